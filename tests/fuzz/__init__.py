"""Fuzzing: bytes that a coverage-guided fuzzer makes up, through the readers and the extraction."""
