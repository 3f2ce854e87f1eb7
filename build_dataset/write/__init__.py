"""Records → Parquet, and the files that describe them."""
