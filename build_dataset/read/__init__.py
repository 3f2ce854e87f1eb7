"""Sources → documents: one format a file."""
