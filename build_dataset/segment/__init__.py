"""Documents → paragraphs, sentences, tokens, quotations."""
