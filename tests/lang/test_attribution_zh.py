"""People, pronouns and short names of Chinese, and what the cases in tests/cases/zh/quotes.yaml do not show."""

import pytest

from build_dataset.document import SourceMention
from build_dataset.lang.pack import Pronoun, load_pack
from build_dataset.schema import SpeakerKind
from build_dataset.segment.text import segment

PACK = load_pack("zh")


def source(text: str) -> SourceMention:
    """The source of the only frame of a text."""
    frames = PACK.attribution.frames(segment(text, PACK))
    assert len(frames) == 1
    assert frames[0].source is not None
    return frames[0].source


@pytest.mark.parametrize(
    ("text", "name", "role", "organization"),
    [
        ("江城大学法学院院长陈文华说，好。", "陈文华", "院长", "江城大学法学院"),
        ("远山集团创始人兼董事长陈文华说，好。", "陈文华", "创始人兼董事长", "远山集团"),
        (
            "江城大学教授、中国地震学会理事陈文华说，好。",
            "陈文华",
            "江城大学教授、中国地震学会理事",
            "江城大学",
        ),
        ("国会议长陈文华说，好。", "陈文华", "国会议长", None),
        ("世界银行首席经济学家玛丽亚·洛佩斯说，好。", "玛丽亚·洛佩斯", "首席经济学家", "世界银行"),
        ("新华社江城3月1日电（记者李明）市教育局局长陈文华说，好。", "陈文华", "局长", "市教育局"),
        ("店主王女士说，好。", "王女士", "店主", None),
        ("公司董事长陈文华说，好。", "陈文华", "董事长", None),
        ("陳文華教授說，好。", "陳文華", "教授", None),
    ],
)
def test_a_post_before_a_name_gives_role_and_organization(
    text: str, name: str, role: str | None, organization: str | None
) -> None:
    """The mention is the name alone; several posts are one role as written, with the first organization."""
    mention = source(text)

    assert (name, role, organization) == (mention.name, mention.role, mention.organization)
    assert mention.kind is SpeakerKind.PERSON


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("他说，好。", "他", None),
        ("该公司表示，好。", "该公司", None),
        ("该负责人表示，好。", "该负责人", None),
        ("工信部表示，好。", "工信部", SpeakerKind.ORGANIZATION),
        ("会议强调，好。", "会议", SpeakerKind.ORGANIZATION),
        ("《通知》指出，好。", "《通知》", SpeakerKind.DOCUMENT),
        ("《江城日报》称，好。", "《江城日报》", SpeakerKind.ORGANIZATION),
        ("多位业内人士认为，好。", "多位业内人士", SpeakerKind.UNNAMED),
        ("有外媒认为，好。", "外媒", SpeakerKind.UNNAMED),
        ("该局相关负责人表示，好。", "该局相关负责人", SpeakerKind.UNNAMED),
        ("12家企业表示，好。", "12家企业", SpeakerKind.UNNAMED),
        ("小花奶奶说，好。", "小花奶奶", SpeakerKind.PERSON),
        ("OpenAI表示，好。", "OpenAI", SpeakerKind.ORGANIZATION),
    ],
)
def test_the_kind_of_a_source_is_told_by_its_words(text: str, name: str, kind: SpeakerKind | None) -> None:
    """A pronoun or a description of what was named before has no kind of its own."""
    mention = source(text)

    assert (name, kind) == (mention.name, mention.kind)


def test_people_are_found_where_they_say_nothing() -> None:
    """Persons and organizations that only act are there for a later pronoun."""
    text = "江城大学教授陈文华昨天到访远山集团。李女士没有出席。"

    people = PACK.attribution.people(segment(text, PACK))

    assert {"陈文华", "远山集团", "李女士"} <= {mention.name for mention in people}
    assert ("教授", "江城大学") in {(mention.role, mention.organization) for mention in people}


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("陈先生", "陈文华"),
        ("陈某", "陈文华"),
        ("文华", "陈文华"),
        ("洛佩斯", "玛丽亚·洛佩斯"),
        ("远山", "远山集团"),
    ],
)
def test_a_short_form_stands_for_the_full_name(short: str, full: str) -> None:
    """A surname with a form of address, a given name, one part of a foreign name, a firm without its kind."""
    assert PACK.attribution.same_name(short, full)
    assert not PACK.attribution.same_name(full, short)


@pytest.mark.parametrize(
    ("short", "full"), [("小花", "小花奶奶"), ("李先生", "陈文华"), ("公安部", "公安部治安管理局")]
)
def test_a_part_of_another_name_is_no_short_form(short: str, full: str) -> None:
    """Whose grandmother she is, is not who she is; a ministry is not its bureau."""
    assert not PACK.attribution.same_name(short, full)


def test_pronouns_say_what_they_can_stand_for() -> None:
    """Number, person or thing, and gender where the word tells it."""
    attribution = PACK.attribution

    assert attribution.pronoun("她") == Pronoun(plural=False, person=True, female=True)
    assert attribution.pronoun("他们") == Pronoun(plural=True, person=True, female=None)
    assert attribution.pronoun("该公司") == Pronoun(plural=False, person=False, female=None)
    assert attribution.pronoun("该局") == Pronoun(plural=False, person=False, female=None, ending="局")
    assert attribution.pronoun("陈文华") is None
    assert attribution.female("李女士") is True
    assert attribution.female("陈文华") is None


def test_the_first_person_is_heard() -> None:
    """我 and 我们 speak for themselves."""
    assert PACK.attribution.first_person("我们没有别的选择")
    assert not PACK.attribution.first_person("大桥将于五月通车")


@pytest.mark.parametrize("text", ["“" * 2000, "表示" * 2000, "他说，" * 2000, "《" * 2000, "据报道，" * 2000])
def test_any_text_is_read(text: str) -> None:
    """Frames stand in order inside the text, whatever it is."""
    frames = PACK.attribution.frames(segment(text, PACK))

    assert [frame.clause.start for frame in frames] == sorted(frame.clause.start for frame in frames)
    assert all(0 <= frame.clause.start <= frame.clause.end <= len(text) for frame in frames)
