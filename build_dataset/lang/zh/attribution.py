"""Who says what in Chinese: the grammar of reported speech and thought, simplified and traditional.

========================= ==========================================================================
module                    what it knows
========================= ==========================================================================
attribution_text.py       the text in one script, quotations covered, and its sentences
attribution_cues.py       where a verb of speech or thought stands
attribution_subjects.py   whose it is by its own clause
attribution_topics.py     whose it is by the clauses and sentences before
attribution_names.py      who that is: organizations, documents, unnamed people
attribution_persons.py    who that is: persons
attribution_posts.py      which post, in which organization
attribution_verbs.py      X表示，C
attribution_channels.py   据X介绍，C; 在X看来，C
attribution_colons.py     X：C; X松了口气，“…”
attribution_frames.py     which of these reports stand, and what they attribute
attribution_people.py     everybody whom the text names
attribution_words.py      the word lists
========================= ==========================================================================
"""

import re
from collections.abc import Sequence

from build_dataset.document import Frame, Range, SegmentedText, SourceMention
from build_dataset.lang.pack import Pronoun
from build_dataset.lang.zh.attribution_frames import FrameFinder
from build_dataset.lang.zh.attribution_names import NameReader
from build_dataset.lang.zh.attribution_people import PeopleFinder
from build_dataset.lang.zh.attribution_text import View
from build_dataset.lang.zh.attribution_words import Lexicon, report_words, source_words
from build_dataset.lang.zh.script import to_simplified
from build_dataset.options import Engine
from build_dataset.schema import QuoteType

_DOTS = "·•・‧∙．"
_MEETINGS = frozenset(("会议", "大会", "峰会", "论坛"))
_COUNTRY_PREFIXES = frozenset(("中国", "国家", "我国", "全国", "中共中央", "国务院"))
_LONGEST_TERM = 16
"""Characters of a name or term."""


class ChineseAttribution:
    """Frames, people, pronouns and short names of Chinese news."""

    def __init__(self) -> None:
        """Read the lists of words."""
        self._reader = NameReader()
        self._people = PeopleFinder(self._reader)
        self._frames = FrameFinder(self._reader)
        words = source_words()
        self._pronouns = words.pronouns
        self._forms = words.forms
        self._organization_nouns = words.organizations.endings | {"公司", "集团"}
        self._addresses = Lexicon(words.persons.honorifics | words.titles.words)
        self._kinds = Lexicon(words.organizations.endings)
        self._surnames = words.persons.surnames
        self._first_person = report_words().context.first_person
        self._naming = tuple(report_words().context.naming)
        self._last: tuple[SegmentedText, View, list[SourceMention]] | None = None

    def frames(self, segmented: SegmentedText) -> list[Frame]:
        """Every cue of the text with its source and where its content can stand, in order of the text."""
        view, people = self._look(segmented)
        return self._frames.frames(view, self._people.known(view, people))

    def people(self, segmented: SegmentedText) -> list[SourceMention]:
        """Every person or organization named in the text, with the post where a title chain says it."""
        return self._look(segmented)[1]

    def pronoun(self, mention: str) -> Pronoun | None:
        """What a mention can stand for if it is a pronoun or a short description, else None."""
        word = to_simplified(mention)
        pronouns = self._pronouns
        if word in pronouns.thing:
            repeated = word[1] if word[0] == "该" and len(word) == 2 else None  # 该局: …局, not …部
            return Pronoun(plural=word == "它们", person=False, female=None, ending=repeated)
        if word in pronouns.person or word in pronouns.plural:
            female = (
                True
                if word in pronouns.female
                else False
                if word in pronouns.male and word != "他们"
                else None
            )
            return Pronoun(plural=word in pronouns.plural, person=True, female=female)
        for length in (2, 1):
            if word[:length] in pronouns.definite and len(word) > length:
                return Pronoun(
                    plural=word.startswith("这些"), person=self._is_person_noun(word[length:]), female=None
                )
        return None

    def female(self, name: str) -> bool | None:
        """What a form of address in a name says of the gender: 李女士, 高男; None where it says nothing."""
        word = to_simplified(name)
        if word.endswith(tuple(self._forms.female)):
            return True
        return False if word.endswith(tuple(self._forms.male)) else None

    def same_name(self, short: str, full: str) -> bool:
        """Whether `short` can be a short form of the name `full`: 李先生, 李某, 远山 of 远山公司."""
        short, full = to_simplified(short), to_simplified(full)
        if not short or short == full:
            return short == full
        if any(dot in full for dot in _DOTS):
            return short in re.split(f"[{_DOTS}]", full)
        if full.isascii():
            return short in full.split() if short.isascii() else False
        if self._is_person_name(full):
            return self._is_short_person(short, full)
        if len(short) < 2 or len(short) >= len(full):
            return False
        rest = full[len(short) :]
        if full.startswith(short) and self._kinds.ending(rest, 0, len(rest)) == len(rest):
            return True
        return full.endswith(short) and (full[: -len(short)] in _COUNTRY_PREFIXES or short in _MEETINGS)

    def _is_person_name(self, name: str) -> bool:
        if not 2 <= len(name) <= 4:
            return False
        return (name[0] in self._surnames and len(name) <= 4) or name[:2] in self._surnames

    def _is_short_person(self, short: str, full: str) -> bool:
        """A surname with a form of address, a given name, or what a careless repost left of the name."""
        surname = full[:2] if full[:2] in self._surnames and len(full) > 2 else full[:1]
        length = self._addresses.ending(short, 0, len(short))
        if 0 < length < len(short):
            return short[:-length] == surname
        if short.rstrip("某") == surname:
            return True
        return short in full and short != surname and len(short) < len(full)

    def is_term(self, text: str, quoted: Range) -> bool:
        """Whether the words in marks at `quoted` are short and given as a name: 推出“…”, 名为“…”."""
        if quoted.end - quoted.start > _LONGEST_TERM or text[quoted.end - 1] in "。！？!?，,":
            return False
        before = to_simplified(text[max(0, quoted.start - 6) : quoted.start]).rstrip('“"「『‘ ')
        return before.endswith(self._naming)

    def reports(self, text: str, frame: Frame, kind: QuoteType, spans: Sequence[Range]) -> bool:  # noqa: ARG002
        """Always: the grammar makes frames of nothing else."""
        return True

    def first_person(self, text: str) -> bool:
        """Whether a passage speaks in the first person."""
        folded = to_simplified(text)
        return any(word in folded for word in self._first_person if word not in {"本人", "吾"})

    def _is_person_noun(self, noun: str) -> bool:
        return (
            noun not in self._organization_nouns
            and noun[-1:] not in "院校局部厅署社会司市省县州国报台网店厂所行"
        )

    def _look(self, segmented: SegmentedText) -> tuple[View, list[SourceMention]]:
        """The view and the people of a text; kept for the last one, because both calls come together."""
        if self._last is None or self._last[0] is not segmented:
            view = View(segmented)
            self._last = (segmented, view, self._people.people(view))
        return self._last[1], self._last[2]


def load(engine: Engine = Engine.FAST) -> ChineseAttribution:  # noqa: ARG001 - there is only one way to read it
    """The Chinese attribution."""
    return ChineseAttribution()
