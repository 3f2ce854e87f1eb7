"""What the dataset counts as a quote, out of all that the tagger takes for an attribution.

The tagger learned from a corpus that also annotates plans, perceptions and support ("wants to win", "backed the
bill"), and what was not said. The guidelines ask for words in quotation marks, or for a cue of saying or thinking that
reports a statement.
"""

import re
from collections.abc import Sequence

from build_dataset.document import Frame, Range
from build_dataset.lang.en.attribution.lexicon import Lexicon
from build_dataset.schema import QuoteType

_WORD = re.compile(r"\w[\w'’-]*")
_ANONYMITY = re.compile(r"(?:not )?to be (?:named|identified|quoted)\b")
"""What sources ask for who stay unnamed."""
_SHARE = re.compile(r"(?:[a-z]+ ){0,3}\d[\d.,]*(?:%| per ?cent) of (?:\S+ ){2,}")
"""A share of some group and what it does."""
_MARKS = frozenset('"“”‘')
_VERB = re.compile(r"(?<!^)c?[xvV]|^x|i|(?<!^)e")
"""The first verb or subject pronoun of a content; behind "and" it is that of another clause."""
_PLURAL = re.compile("[^su]s$")
"""How a noun ends behind "to", and no infinitive does: "responded to requests"."""
_PHRASE = frozenset("dN0")
"""Classes of words that no infinitive begins with."""
_AUTHOR = frozenset(("i", "one", "we", "you"))
"""Outside quotation marks, the author's own voice."""


class Reports:
    """Tells reports of words and thoughts from other attributions."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        cues = lexicon.cues
        self._cues = cues.noun | cues.view | cues.feeling | {"according"} | lexicon.verbs.keys()

    def is_report(
        self, text: str, frame: Frame, kind: QuoteType, spans: Sequence[Range], *, speaks: bool
    ) -> bool:
        """Whether a frame of the tagger is a quote by the guidelines.

        Args:
            text: the article's text.
            frame: what the tagger found.
            kind: whose words the content is in.
            spans: where the content stands.
            speaks: whether the source is somebody, or something with words in it, and no mere fact.
        """
        if kind is QuoteType.DIRECT:
            return True
        evidence = frame.evidence
        if evidence is None or frame.cue is None or not evidence.asserted:
            return False
        if frame.source is not None and frame.source.name.lower() in _AUTHOR:
            return False
        verb = self._lexicon.verbs.get(text[slice(*frame.cue)].lower())
        if not speaks and verb is not None and verb.lemma in self._lexicon.cues.evidence:
            return False  # "the rise in sales suggests …"
        if frame.rule.endswith("verb_figure"):
            return True  # "expect revenue of $3 million"
        return self.says(text, frame) and any(self._is_statement(text, span) for span in spans)

    def says(self, text: str, frame: Frame) -> bool:
        """Whether the cue of a frame says or thinks something."""
        if frame.evidence is None or frame.cue is None:
            return True
        cue = text[slice(*frame.cue)].lower()
        return frame.evidence.saying > 0 or not self._cues.isdisjoint(cue.split())

    def _is_statement(self, text: str, span: Range) -> bool:
        """Whether a content has a verb, is linked by "that", begins with an infinitive, or has quotation marks."""
        content = text[slice(*span)]
        if _ANONYMITY.match(content):
            return False
        if not _MARKS.isdisjoint(content) or text[max(0, span.start - 5) : span.start].lower() == "that ":
            return True
        if _SHARE.match(content):
            return True  # "found 40 percent of adults own a car": its verb looks like a noun
        words = _WORD.findall(content)
        letters = [self._lexicon.word(word)[1] for word in words]
        if letters[:1] == ["t"]:
            return len(letters) > 1 and letters[1] not in _PHRASE and not _PLURAL.search(words[1])
        clause = _VERB.search("".join(letters))
        return clause is not None and clause[0][0] != "c"
