"""What pages ask of a language's wording beyond what texts ask of it."""

import pytest

from build_dataset.lang.pack import load_part


@pytest.mark.parametrize(
    ("language", "value", "names"),
    [
        ("en", "Ann Lee", ["Ann Lee"]),
        ("en", "By Ann Lee, Quay News", ["Ann Lee"]),
        ("en", "Ann Lee, Bo Diaz and Cy Young", ["Ann Lee", "Bo Diaz", "Cy Young"]),
        ("en", "Ann Lee, Staff Writer", ["Ann Lee"]),
        ("en", "ANN LEE in Rome", ["ANN LEE"]),
        ("en", "Quay News", []),
        ("en", "Associated Press", []),
        ("en", "The latest news and analysis of the day", []),
        ("zh", "张伟、王芳", ["张伟", "王芳"]),
        ("zh", "本报记者 张伟 王芳", ["张伟", "王芳"]),
        ("zh", "《棱镜》作者 张伟", ["张伟"]),
        ("zh", "海港報／ 記者陳美玲／高雄即時報導", ["陳美玲"]),
        ("zh", "作者：网络整理", []),
        ("zh", "海港新闻网", []),
        ("zh", "海港日报", []),
    ],
)
def test_the_people_in_a_field_for_writers(language: str, value: str, names: list[str]) -> None:
    assert [one.name for one in load_part(language, "metadata").writers(value)] == names


@pytest.mark.parametrize(
    ("language", "value", "nobody"),
    [
        ("en", "No Author", True),
        ("en", "WEB DESK", True),
        ("en", "Staff Reporter", True),
        ("en", "Ann Webb", False),
        ("zh", "佚名", True),
        ("zh", "本站", True),
        ("zh", "網絡整理", True),
        ("zh", "张伟", False),
    ],
)
def test_what_stands_for_nobody(language: str, value: str, nobody: bool) -> None:
    assert load_part(language, "metadata").is_nobody(value) is nobody


@pytest.mark.parametrize(
    ("language", "line", "related"),
    [
        ("en", "Related stories", True),
        ("en", "More from Quay Herald", True),
        ("en", "MOST READ", True),
        ("en", "Related costs will rise", False),
        ("en", "More", True),
        ("zh", "相关阅读", True),
        ("zh", "延伸閱讀：", True),
        ("zh", "【热门评论】", True),
        ("zh", "相关部门表示", False),
    ],
)
def test_headings_of_other_articles(language: str, line: str, related: bool) -> None:
    assert load_part(language, "metadata").related(line) is related


@pytest.mark.parametrize(
    ("language", "line", "aside"),
    [
        ("en", "Advertisement", True),
        ("en", "Sign up for our newsletter", True),
        ("en", "READ MORE: Tunnel opens after years", True),
        ("en", "Advertisements cost more this year, said the paper.", False),
        ("en", "“Sign up for our lists,” she said.", False),
        ("zh", "扫描二维码关注我们", True),
        ("zh", "免责声明：本文仅代表作者观点。", True),
        ("zh", "广告支出增加。”他说，“未经授权。", False),
    ],
)
def test_lines_that_ask_the_reader_for_something(language: str, line: str, aside: bool) -> None:
    assert load_part(language, "metadata").aside(line) is aside
