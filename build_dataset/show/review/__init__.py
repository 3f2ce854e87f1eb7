"""A page on which people check a dataset: articles with their records marked in the text.

What a source says stays text: every value is escaped by the template engine, and characters that would reorder or hide
others are shown as what they are. The page is one file without script; it loads nothing, and tells browsers to refuse
it if it ever did.
"""
