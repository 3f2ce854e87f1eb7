"""The errors of the project.

DatasetError            the call or an input is wrong: one or two plain sentences, exit status 2
├── SourceError         one source cannot be read: reported and listed in the manifest, the others go on
├── MissingError, MovedError, UnansweredError    what the hub says (`publish.errors`)
└── LanguagePackError   a language pack's data is not what its model asks for
"""


class DatasetError(Exception):
    """The call or an input is wrong; the message says what, where, and what to do."""


class SourceError(DatasetError):
    """One source cannot be read; the message says why."""


class LanguagePackError(DatasetError):
    """The data of a language pack is wrong; the message names file and key."""
