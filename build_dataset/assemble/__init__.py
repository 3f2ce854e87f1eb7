"""From the rows of all shards to the published files: which articles stay, what is there twice, who is who.

`assembly` has the first and the last stage, `speakers` links those of all articles, `merge` puts them into one order,
`duplicates` finds copies and repeated quotes, `final` puts what was found into the rows.
"""
