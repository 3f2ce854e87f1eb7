"""Web archives (ISO 28500): `records` finds their records, `pages` makes articles of these, `archives` reads files."""
