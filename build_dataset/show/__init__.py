"""What a reader sees on the terminal: a build, an extraction, an evaluation, the schema."""
