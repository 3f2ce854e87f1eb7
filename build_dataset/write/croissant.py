"""croissant.json: the dataset in the vocabulary of MLCommons Croissant 1.1, with its responsible-AI terms."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from build_dataset import __version__
from build_dataset.schema import SCHEMA_VERSION, TABLES
from build_dataset.schema.derived import KEYS, croissant_fields
from build_dataset.write.inventory import Shard

NAME = "croissant.json"

CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "excludes": "cr:excludes",
    "isArray": "cr:isArray",
    "arrayShape": "cr:arrayShape",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "prov": "http://www.w3.org/ns/prov#",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}

PARQUET = ["application/x-parquet", "application/vnd.apache.parquet"]
"""mlcroissant reads by the first; the second is the registered one."""

HOME = "https://pypi.org/project/build-dataset/"

DESCRIPTION = (
    "News articles with the quotes and statistics found in them, each tied to its exact place in the text, "
    "and the people, organizations and documents that are quoted, identified across articles and languages."
)


def record_sets() -> list[dict[str, Any]]:
    """A Croissant record set for each table."""
    return [
        {
            "@type": "cr:RecordSet",
            "@id": table,
            "name": table,
            "description": (model.__doc__ or "").strip(),
            "key": {"@id": f"{table}/{KEYS[table]}"},
            "field": croissant_fields(table, f"{table}-files"),
        }
        for table, model in TABLES.items()
    ]


def croissant(
    shards: Mapping[str, Iterable[Shard]], published: tuple[date, date] | None = None
) -> dict[str, Any]:
    """The whole description.

    Args:
        shards: table → its files; none for the description of the record types alone.
        published: the first and the last day on which the articles appeared.
    """
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"],
        "name": "news-quotes-and-statistics",
        "description": DESCRIPTION,
        "version": SCHEMA_VERSION,
        "license": "https://choosealicense.com/licenses/other/",
        "url": HOME,
        "creator": {
            "@type": "sc:Organization",
            "name": "build-dataset",
            "url": HOME,
        },
        "citeAs": CITATION,
        "isLiveDataset": False,
        **_temporal(published),
        "keywords": ["news", "quotations", "quote attribution", "statistics"],
        **RESPONSIBLE_AI,
        **PROVENANCE,
        "distribution": [part for table in TABLES for part in _distribution(table, shards.get(table, ()))],
        "recordSet": record_sets(),
    }


CITATION = (
    "@misc{news_quotes_and_statistics, title = {News quotes and statistics}, "
    "note = {Built with build-dataset, schema " + SCHEMA_VERSION + "}}"
)

RESPONSIBLE_AI = {
    "rai:dataCollection": (
        "News articles in English and Chinese, as plain text or JSON Lines, chosen by whoever built this "
        "dataset; the manifest lists them with their hashes."
    ),
    "rai:dataPreprocessingProtocol": (
        "Decoding, and line ends as line feeds; nothing else in a text is changed."
    ),
    "rai:dataAnnotationProtocol": (
        "By rules and word lists for each language, and in English also by a small neural network; no record is "
        "written or corrected by hand. Each record says where in the text it stands and how sure it is."
    ),
    "rai:machineAnnotationTools": "build-dataset",
    "rai:dataBiases": (
        "Those of the media it was read from: officials and organizations are quoted more than others."
    ),
    "rai:dataLimitations": (
        "Attribution and figures are as the articles give them, not checked against the world. Most errors "
        "are in indirect speech, pronouns and machine-translated text."
    ),
    "rai:dataUseCases": (
        "Studies of who is quoted, training and measuring of quote attribution, finding claims to check. Not "
        "for decisions about a person."
    ),
    "rai:dataSocialImpact": (
        "Makes it possible to check what is reported as said and who gets a say. It could be used to watch or profile "
        "people, and a wrong attribution puts words into somebody's mouth: compare with the article before relying on "
        "a record."
    ),
    "rai:personalSensitiveInformation": (
        "Names, offices and words of people as published in the news. A person can ask to be taken out."
    ),
    "rai:dataReleaseMaintenancePlan": (
        "Each release is a tag that is never moved, with a semantic version. The dataset can be built again from its "
        "sources, byte for byte. Who asks to be taken out, in a discussion on the dataset's page, is left out of every "
        "later build."
    ),
}


PROVENANCE = {
    "prov:wasDerivedFrom": "The articles whose sources the manifest lists with their hashes.",
    "prov:wasGeneratedBy": {
        "@type": "prov:Activity",
        "name": "build",
        "description": "Reading, segmenting, extracting, resolving, validating; README.md describes each step.",
        "prov:wasAssociatedWith": {
            "@type": "prov:SoftwareAgent",
            "name": "build-dataset",
            "softwareVersion": __version__,
            "url": HOME,
        },
    },
}


def _temporal(published: tuple[date, date] | None) -> dict[str, Any]:
    """The days covered; the last also stands for the day of publication, since a build knows no clock."""
    if published is None:
        return {}
    first, last = (day.isoformat() for day in published)
    return {
        "temporalCoverage": f"{first}/{last}",
        "datePublished": last,
        "rai:dataCollectionTimeFrame": [first, last],
    }


def _distribution(table: str, shards: Iterable[Shard]) -> list[dict[str, Any]]:
    """A table's files one by one, with their hashes, and as the set that its fields are read from."""
    objects: list[dict[str, Any]] = [
        {
            "@type": "cr:FileObject",
            "@id": shard.path,
            "name": shard.path,
            "contentUrl": shard.path,
            "contentSize": f"{shard.bytes} B",
            "encodingFormat": PARQUET,
            "sha256": shard.sha256,
        }
        for shard in shards
    ]
    file_set = {
        "@type": "cr:FileSet",
        "@id": f"{table}-files",
        "name": f"{table}-files",
        "encodingFormat": PARQUET,
        "includes": f"{table}/*.parquet",
    }
    return [*objects, file_set]


def write_croissant(
    folder: Path, shards: Mapping[str, Iterable[Shard]], published: tuple[date, date] | None
) -> None:
    """Write croissant.json into a dataset folder."""
    text = json.dumps(croissant(shards, published), ensure_ascii=False, indent=2)
    (folder / NAME).write_text(text + "\n", encoding="utf-8", newline="\n")
