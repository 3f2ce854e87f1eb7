"""How carefully articles are read."""

from enum import StrEnum


class Engine(StrEnum):
    """What reads attributions where a language has a choice; the records are of the same kind."""

    FAST = "fast"
    """A small network in exact arithmetic: the same records on every machine."""
    ACCURATE = "accurate"
    """A pretrained encoder, fine-tuned: better, slower, and equal to the last byte only on processors of one kind."""
