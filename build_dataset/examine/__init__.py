"""What looks at a finished dataset folder."""
