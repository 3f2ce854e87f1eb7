"""One model, many descriptions: they agree with each other and with what consumers read."""

import json
from datetime import date

import pyarrow as pa
import pytest
from datasets import Features

from build_dataset.schema import TABLES, Alias, Article, Byline, Speaker, SpeakerKind, derived


@pytest.mark.parametrize("table", TABLES)
class TestEachTable:
    def test_features_round_trip_through_arrow(self, table: str) -> None:
        features = derived.features(table)

        assert features == Features.from_arrow_schema(features.arrow_schema)
        assert features == Features.from_arrow_schema(derived.arrow_schema(table))

    def test_the_features_of_the_card_are_those_of_datasets(self, table: str) -> None:
        assert derived.yaml_features(table) == derived.features(table)._to_yaml_list()

    def test_every_column_has_a_description(self, table: str) -> None:
        rows = derived.column_table(table).splitlines()[2:]

        assert len(rows) == len(TABLES[table].model_fields)
        assert all(row.split(" | ")[2].strip(" |") for row in rows)

    def test_only_plain_types_that_every_reader_knows(self, table: str) -> None:
        text = derived.arrow_schema(table).to_string()

        assert not any(odd in text for odd in ("dictionary", "large_", "view", "map<"))


def test_types_are_those_of_the_contract() -> None:
    schema = derived.arrow_schema("quotes")

    assert schema.field("confidence").type == pa.float32()
    assert schema.field("speaker_id").nullable and not schema.field("quote_id").nullable
    assert [field.name for field in schema.field("mention").type] == ["text", "start", "end"]
    assert schema.field("spans").type.value_type == pa.struct(
        [pa.field("start", pa.int32(), False), pa.field("end", pa.int32(), False)]
    )
    assert derived.arrow_schema("articles").field("published").type == pa.date32()
    assert derived.arrow_schema("statistics").field("value").type == pa.float64()


def test_records_become_rows_unchanged() -> None:
    article = Article(
        article_id="art_" + "0" * 20,
        source="a.txt",
        sources=["a.txt"],
        encoding=None,
        url=None,
        title="T",
        byline=[Byline(name="Ann", role=None), Byline(name="Bo", role="editor")],
        published=date(2024, 3, 4),
        publisher=None,
        license=None,
        language="en",
        text="t",
        text_sha256="0" * 64,
        characters=1,
        words=1,
        duplicate_of=None,
        flags=[],
    )

    assert derived.to_arrow("articles", [article]).to_pylist() == [article.model_dump()]
    assert derived.to_arrow("articles", []).schema == derived.arrow_schema("articles")


def test_lists_of_records_and_enumerations_become_rows() -> None:
    speaker = Speaker(
        speaker_id="spk_" + "0" * 20,
        name="Ann",
        aliases=[Alias(name="安", language="zh-Hans")],
        kind=SpeakerKind.PERSON,
        role=None,
        organization=None,
        articles=1,
        quotes=2,
    )

    assert derived.to_arrow("speakers", [speaker]).to_pylist() == [speaker.model_dump(mode="json")]


def test_enumerations_are_listed() -> None:
    assert derived.allowed_values("quotes")["type"] == ("direct", "mixed", "indirect")
    assert derived.allowed_values("statistics")["qualifier"] == ("about", "at_least", "at_most", "nearly")


def test_the_column_table_names_every_value_of_an_enumeration() -> None:
    for table in TABLES:
        rows = {row.split("`")[1]: row for row in derived.column_table(table).splitlines()[2:]}
        for column, values in derived.allowed_values(table).items():
            assert all(f"`{value}`" in rows[column] for value in values)


def test_the_json_schema_is_one_document_with_all_tables() -> None:
    schema = json.loads(json.dumps(derived.json_schema()))

    assert list(schema["properties"]) == list(TABLES)
    assert {"Article", "Quote", "Statistic", "Speaker", "Span", "Mention"} <= schema["$defs"].keys()
