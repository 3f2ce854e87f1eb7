"""News articles in; a dataset of who said what, and which figures they gave, out.

The data flows one way, and each step is a folder:

    read → segment → extract → resolve → write → validate → publish

Nothing is put in place, let alone published, before it is valid.
`pipeline` holds the steps in order for one article. What differs between languages is in `lang`, what is published
in `schema`, and what looks at a finished dataset folder in `examine`.
"""

__version__ = "0.1.0"
