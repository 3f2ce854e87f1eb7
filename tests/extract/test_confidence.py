"""The confidence of a quote."""

import math

from hypothesis import given
from hypothesis import strategies as st

from build_dataset.document import Document
from build_dataset.extract.confidence import Weights, confidence
from build_dataset.pipeline import extract_article


@given(
    st.lists(st.sampled_from("abc")),
    st.floats(-5, 5),
    st.dictionaries(st.sampled_from("ab"), st.floats(-5, 5)),
)
def test_it_is_the_logistic_function_of_the_summed_weights(
    features: list[str], bias: float, weights: dict[str, float]
) -> None:
    """A feature that was never weighed weighs nothing; three digits are kept."""
    odds = bias + sum(weights.get(name, 0) for name in features)
    assert confidence(features, Weights(bias=bias, features=weights)) == round(1 / (1 + math.exp(-odds)), 3)


def test_a_plain_quote_is_surer_than_one_whose_speaker_is_guessed() -> None:
    text = "“The road is open,” Maria Lopez said.\n\n“Nobody should drive there in the dark at this time of the year.”"
    plain, guessed = extract_article(Document("case", text)).quotes
    assert plain.confidence > 0.8 > guessed.confidence
