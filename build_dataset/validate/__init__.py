"""Records and dataset folders → findings."""
