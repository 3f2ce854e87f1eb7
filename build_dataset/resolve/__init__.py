"""Mentions → speakers: within an article, then across articles and languages."""
