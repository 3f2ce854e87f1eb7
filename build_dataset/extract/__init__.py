"""Segmented text → candidates with spans. The text is never altered."""
