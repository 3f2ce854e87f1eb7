"""What differs between languages, and only that. `pack` says what a language must provide."""
