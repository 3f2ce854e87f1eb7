"""HTML pages of articles: their text, and what they say of it.

| module         | knows                                                                           |
| -------------- | ------------------------------------------------------------------------------- |
| page.py        | the stages in order                                                             |
| tree.py        | parsing within bounds, and what is never text                                   |
| head.py        | all that a page says of its article for machines, and its headline              |
| structured.py  | JSON-LD                                                                         |
| meta.py        | `meta` elements, microdata, RDFa                                                |
| titles.py      | the headline                                                                    |
| days.py        | the day of publication                                                          |
| origin.py      | address, publisher, language, licence                                           |
| near.py        | the lines above and below the article, where bylines stand                      |
| writers.py     | the byline: what is said for machines, checked against the lines round the text |
| blocks.py      | the paragraphs of a page                                                        |
| boilerplate.py | what is beside an article by its own word: comments, captions, links elsewhere  |
| extractor.py   | what trafilatura takes for the article                                          |
| region.py      | where on the page the article stands                                            |
| body.py        | which paragraphs are the article, from the three before                         |
| article.py     | its text and the lines about it, told apart; whether there is an article at all |

Superscripts and subscripts of digits become Unicode ones: 10⁶, CO₂.
Nothing is fetched and nothing of a page is run. What is found does not depend on the day or on other pages.
"""

from build_dataset.read.html.page import Page, read_page

__all__ = ["Page", "read_page"]
