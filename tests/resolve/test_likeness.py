"""What is nearly a copy of an earlier text, and which quotes are the same words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_dataset.resolve import likeness
from build_dataset.resolve.likeness import SKETCH_BYTES, SLOT, Slots, find_leaders, sketch, utterance, words

FERRY = """Ferry line to the islands ends after ninety years

The last ferry to the outer islands will leave the port of Elm on Friday evening, the shipping company Nordlicht said.

“We have carried six generations of islanders, and we would have liked to carry a seventh,” said Clara Voss, who runs
the company with her brother. She blamed fuel that costs 40% more than two years ago and a bridge that took the trucks.

About 1,900 people live on the four islands all year. Many of them work in the fish hall of Elm and come home on
weekends only. From Saturday they will have to drive 74 kilometers to the bridge at Holm and wait for the bus there.

The state’s minister of transport, Jonas Thal, said that a smaller boat could run from May, if the islands paid a third
of its cost. The mayors of the islands meet next week; two of them have called the offer an insult.

A crew of twelve will lose its work. The ship itself, built in 1961, has been sold to a museum in the north, which wants
to show visitors how the engine sounds.
"""
HOSPITAL = """Elm hospital opens children's ward

The new children's ward of the hospital in Elm takes its first patients on Monday, after three years of building and two
of argument over the roof. It has 34 beds, a playroom with a view of the harbor and rooms in which parents can sleep.

Doctors had asked for it since the old ward was closed for damp. “We were treating babies in a corridor,” said Peter
Lund, who leads the department. The ward cost 21 million euros, of which the state pays half.

Nurses remain scarce: nine of forty posts are vacant, and the ward will begin with every second room locked.
"""
RESCUE = """海港号渡轮停航九十年航线落幕

北光航运公司周一表示,开往外岛的最后一班渡轮将于周五晚间驶离榆港。公司负责人沃克拉说,燃料价格比两年前上涨四成,
跨海大桥又带走了货车,航线已经无法维持。

“我们送过六代岛民,本来还想送第七代。”她说。四座小岛常年有大约一千九百人居住,其中不少人在榆港的鱼市工作,
只在周末回家。从周六起,他们必须开车七十四公里到霍尔姆的大桥,再在那里换乘公共汽车。

交通部长塔尔表示,如果各岛承担三分之一的费用,五月起可以改开一艘较小的船。各岛的镇长下周开会,其中两人称这一方案是侮辱。

十二名船员将失去工作。这艘一九六一年建成的船已经卖给北方的一家博物馆,博物馆打算让参观者听一听发动机的声音。
"""
SCHOOLS = """榆港新建三所学校

榆港市教育局周二宣布,今年秋天将有三所新学校开学,每班平均二十四名学生,没有一个孩子需要走两公里以上的路。
市长布兰特说,建设费用由市和省各出一半,操场和食堂明年完工。家长协会欢迎这一决定,但是担心老师不够:目前还有九个职位空缺。
"""
NOTICE = """
The reporting above was supported by the Foundation for Local News, which had no part in the choice of its subject and
did not see it before it was published. Reproduction in whole or in part needs our consent. Readers who find a
mistake are asked to write to the corrections desk, whose address stands in the imprint. Comments are open for two days.
We ask all who comment to use their names, to keep to the subject and to leave out whatever a court calls an insult.
Subscribers receive the digital edition every morning at five; those who have moved can change their address by phone.
"""


def leaders(*texts: str) -> list[int]:
    return list(find_leaders(sketches(*texts)))


def sketches(*texts: str) -> Slots:
    return np.stack([np.frombuffer(sketch(text), SLOT) for text in texts])


def paragraphs(text: str) -> list[str]:
    return text.strip().split("\n\n")


COPIES = {
    "other marks and blanks": FERRY.replace("“", '"').replace("”", '"').replace("’", "'").replace("\n", " "),
    "capitals": FERRY.upper(),
    "title, place and agency": "Islanders lose their boat\n\nELM (Agency) — "
    + "\n\n".join(paragraphs(FERRY)[1:]),
    "cut off": "\n\n".join(paragraphs(FERRY)[:5]),
    "a paragraph put in": "\n\n".join(
        [*paragraphs(FERRY)[:3], paragraphs(HOSPITAL)[2], *paragraphs(FERRY)[3:]]
    ),
    "a note before it": f"{paragraphs(NOTICE)[0][:320]}\n\n{FERRY}",
    "a figure corrected": FERRY.replace("1,900", "2,100"),
    "another spelling": FERRY.replace("kilometers", "kilometres").replace("weekends", "week-ends"),
    "all of it": (
        "Islanders lose their boat\n\nELM (Agency) — "
        + "\n\n".join(paragraphs(FERRY)[1:5])
        + "\n\nMore follows."
    )
    .replace("kilometers", "kilometres")
    .replace("“", '"'),
}
COPIES_ZH = {
    "other marks": RESCUE.replace("“", "「").replace("”", "」").replace(",", "\uff0c"),
    "title, place and agency": "岛民失去渡轮\n\n本社榆港三月四日电(记者 王小明)"
    + "\n\n".join(paragraphs(RESCUE)[1:]),
    "cut off": "\n\n".join(paragraphs(RESCUE)[:4]),
    "a paragraph put in": "\n\n".join(
        [*paragraphs(RESCUE)[:2], paragraphs(SCHOOLS)[0], *paragraphs(RESCUE)[2:]]
    ),
    "a figure corrected": RESCUE.replace("一千九百", "两千一百"),
}


class TestCopies:
    @pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES.keys())
    def test_a_syndicated_copy_is_found(self, copy: str) -> None:
        assert leaders(HOSPITAL, FERRY, copy) == [-1, -1, 1]

    @pytest.mark.parametrize("copy", COPIES_ZH.values(), ids=COPIES_ZH.keys())
    def test_a_syndicated_copy_in_chinese_is_found(self, copy: str) -> None:
        assert leaders(SCHOOLS, RESCUE, copy) == [-1, -1, 1]

    @pytest.mark.parametrize("times", [1, 2])
    def test_stories_with_the_same_notice_stay_apart(self, times: int) -> None:
        notice = NOTICE * times
        one, other = paragraphs(FERRY)[1] + notice, paragraphs(HOSPITAL)[1] + notice

        assert leaders(one, other) == [-1, -1]

    def test_a_form_filled_in_for_another_day_is_another_story(self) -> None:
        form = (
            "A quake of magnitude {} shook {} on {} at {}, {} miles from the coast, the survey said. No damage was "
            "reported. In the last ten days there have been {} quakes of magnitude 3.0 or more nearby."
        )
        one = form.format("4.1", "Elm", "Monday", "9:15", "12", "two")
        other = form.format("5.3", "Holm", "Friday", "23:40", "31", "five")

        assert leaders(one, other) == [-1, -1]

    def test_a_brief_text_is_linked_to_one_with_the_same_words_only(self) -> None:
        brief = "No trains run on the northern line today because of a fallen tree."

        assert leaders(brief, brief.upper() + "!", brief.replace("today", "tomorrow")) == [-1, 0, -1]

    def test_texts_without_words_are_like_no_other(self) -> None:
        assert leaders("", "…", "***", "—") == [-1] * 4

    def test_nothing_refers_to_a_copy(self) -> None:
        first = "\n\n".join(paragraphs(FERRY)[:4])

        assert leaders(first, FERRY, "\n\n".join([*paragraphs(FERRY), paragraphs(HOSPITAL)[1]])) in (
            [-1, 0, 0],
            [-1, 0, -1],  # the third may be too far from the first: it is not linked to the second
        )


def slots(kinds: list[int]) -> Slots:
    """Sketches of texts, those of a kind alike."""
    rows = []
    for number, kind in enumerate(kinds):
        rows.append(np.random.default_rng(kind).integers(0, 1 << 16, SKETCH_BYTES // 2).astype(np.uint16))
        part = likeness.SLOTS
        rows[-1][0] = 500
        rows[-1][1 + part * 2 :] = rows[-1][1 + part : 1 + 2 * part]
        rows[-1][1 + number % 40 :: 40] = number  # no two are equal
    return np.stack(rows) if rows else np.empty((0, SKETCH_BYTES // 2), np.uint16)


class TestLeaders:
    @given(st.lists(st.integers(0, 5), max_size=30))
    def test_each_refers_to_the_first_of_its_kind(self, kinds: list[int]) -> None:
        expected = [kinds.index(kind) for kind in kinds]

        assert find_leaders(slots(kinds)).tolist() == [
            -1 if first == row else first for row, first in enumerate(expected)
        ]

    @given(st.lists(st.integers(0, 5), max_size=20), st.lists(st.integers(0, 8), max_size=10))
    def test_what_follows_changes_nothing(self, old: list[int], new: list[int]) -> None:
        assert find_leaders(slots(old + new))[: len(old)].tolist() == find_leaders(slots(old)).tolist()

    def test_a_crowded_bucket_costs_only_its_late_comers(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(likeness, "MOST_LEADERS", 2)
        apart = slots(list(range(10)))
        apart[:, 1:4] = 7  # all in the first bucket
        found = find_leaders(np.concatenate([apart, apart]))

        assert found.tolist() == [-1] * 10 + list(range(10))  # by the other bands


class TestSketch:
    def test_it_is_the_same_everywhere(self) -> None:
        """With another version of the library other sketches would link other articles."""
        assert sketch(FERRY)[:12].hex() == "c000042054d3a8bace710eb7"

    @given(st.text(max_size=300))
    def test_any_text_has_one(self, text: str) -> None:
        assert len(sketch(text)) == SKETCH_BYTES
        assert sketch(text) == sketch(text)


class TestUtterances:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("“It’s a scandal,” he said", '"It\'s a scandal", he said'),
            ("We will not pay for this.", "WE WILL NOT\u00a0PAY FOR THIS"),
            ("We will not pay for this.", "We will\u200b not pay\u00ad for this"),
            ("我们需要更多的工人。", "我们需要 更多的工人"),
            ("1900人", "1900人"),
        ],
    )
    def test_the_same_words_have_one_key(self, one: str, other: str) -> None:
        assert utterance(one, None, False) == utterance(other, None, False)

    @pytest.mark.parametrize(
        ("one", "other"),
        [("It grew by 4.3%", "It grew by 43%"), ("We will go", "We will not go"), ("去", "不去")],
    )
    def test_other_words_have_another(self, one: str, other: str) -> None:
        assert utterance(one, None, False).key != utterance(other, None, False).key

    @pytest.mark.parametrize(
        ("text", "known", "anywhere"),
        [
            ("We will not pay", True, False),
            ("We will not pay twice", True, True),
            ("We will not pay twice", False, False),
            ("我们需要更多的工人", True, False),
            ("我们需要更多的工人们", True, True),
            ("我们需要AI技术和GPU", True, True),
        ],
    )
    def test_only_long_quotes_of_known_speakers_are_found_anywhere(
        self, text: str, known: bool, anywhere: bool
    ) -> None:
        assert utterance(text, "Maria Olsen", known).anywhere is anywhere

    def test_the_name_counts_where_the_speaker_is_not_known(self) -> None:
        text = "We will not pay twice"

        assert utterance(text, "a resident", False) == utterance(text, "A  Resident", False)
        assert utterance(text, "a resident", False).key != utterance(text, "an official", False).key
        assert utterance(text, "Olsen", True).key == utterance(text, "Maria Olsen", True).key

    @given(st.text(max_size=60))
    def test_words_have_no_blanks_and_no_capitals(self, text: str) -> None:
        assert all(word == word.strip() and not any(map(str.isspace, word)) for word in words(text))
        assert words(" ".join(words(text))) == words(text)
