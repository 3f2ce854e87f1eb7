"""HTML pages of articles: their text, and what they say of it.

| module         | knows                                                                             |
| -------------- | --------------------------------------------------------------------------------- |
| page.py        | the stages in order                                                               |
| tree.py        | parsing within bounds, and what is never text                                     |
| structured.py  | JSON-LD                                                                           |
| meta.py        | `meta` elements, microdata, RDFa                                                  |
| titles.py      | the headline                                                                      |
| days.py        | the day of publication                                                            |
| writers.py     | the byline                                                                        |
| origin.py      | address, publisher, language, licence                                             |
| boilerplate.py | what is beside an article by its own word: comments, captions, links elsewhere    |
| blocks.py      | the paragraphs of a page                                                          |
| body.py        | which of them are the article; trafilatura decides, what stands round them checks |

Nothing is fetched and nothing of a page is run. What is found does not depend on the day or on other pages.
"""

from build_dataset.read.html.page import Page, read_page

__all__ = ["Page", "read_page"]
