"""What the words of Chinese metadata are."""

from build_dataset.read.wording import MetadataWords


class MetadataData(MetadataWords):
    """`metadata.yaml`."""

    professions: dict[str, tuple[str, ...]]
    dateline_marks: frozenset[str]
    captions: frozenset[str]
    licensing: frozenset[str]
    nobody: frozenset[str]
    """What stands behind a label where nobody is named."""
