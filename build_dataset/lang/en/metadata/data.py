"""What the words of English metadata are."""

from build_dataset.read.wording import MetadataWords


class MetadataData(MetadataWords):
    """`metadata.yaml`."""

    professions: frozenset[str]
    months: dict[int, tuple[str, ...]]
    weekdays: frozenset[str]
    caption_openings: frozenset[str]
    nobody: frozenset[str]
    """What stands in the place of a writer where nobody is named."""
