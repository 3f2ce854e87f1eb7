"""What looks at the outcome: the records of one source, scores against annotated articles."""
