"""Identifiers are made from content, so that a rebuild anywhere gives the same ones."""

from hashlib import sha256

DIGITS = 20  # 80 bits: a collision among a billion records has a chance below one in a million


def text_sha256(text: str) -> str:
    """SHA-256 of the text's UTF-8 form, in hexadecimal."""
    return sha256(text.encode("utf-8")).hexdigest()


def _identifier(prefix: str, *parts: object) -> str:
    content = "\x1f".join(str(part) for part in parts)
    return f"{prefix}_{sha256(content.encode('utf-8')).hexdigest()[:DIGITS]}"


def article_identifier(text: str) -> str:
    """`art_…` of an article's text."""
    return f"art_{text_sha256(text)[:DIGITS]}"


def quote_identifier(article_id: str, spans: list[tuple[int, int]]) -> str:
    """`quo_…` of the spans of a quote in its article."""
    return _identifier("quo", article_id, *(f"{start}-{end}" for start, end in spans))


def statistic_identifier(article_id: str, start: int, end: int) -> str:
    """`sta_…` of the span of a statistic in its article."""
    return _identifier("sta", article_id, start, end)


def change_identifier(article_id: str, start: int, end: int) -> str:
    """`cha_…` of the first figure of a change in its article."""
    return _identifier("cha", article_id, start, end)


def speaker_identifier(kind: str, *identity: str) -> str:
    """`spk_…` of what makes a speaker: the kind, the key of the name, and what tells namesakes apart."""
    return _identifier("spk", kind, *identity)
