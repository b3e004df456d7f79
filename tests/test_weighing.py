"""Fitted numbers stay within what they were fitted on."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ranking.answerability import Sufficiency
from assistant.ranking.weighing import FAR, PairedWeights, load_weighing

PAIRED = PairedWeights(
    intercept=0.5,
    centres={"a": 1.0, "b": 0.0},
    scales={"a": 2.0, "b": 0.5},
    weights={"a": 1.0, "b": -1.0, "a*b": 0.25},
)
PERFECT = {
    **dict.fromkeys(Sufficiency.__dataclass_fields__, 1.0),
    "gap": 0.0,
    "gap_all": 0.0,
    "unknown": 0.0,
}


def test_a_product_is_one_of_scaled_signals() -> None:
    odds = 0.5 + 1.0 * 1.0 - 1.0 * -1.0 + 0.25 * 1.0 * -1.0
    assert PAIRED.score({"a": 3.0, "b": -0.5}) == pytest.approx(1 / (1 + math.exp(-odds)))


@given(st.floats(FAR, 1e6), st.floats(FAR, 1e6))
def test_what_lies_far_off_says_no_more_than_the_bound(a: float, b: float) -> None:
    near = PAIRED.score({"a": 1.0 + 2.0 * FAR, "b": 0.5 * FAR})
    assert PAIRED.score({"a": 1.0 + 2.0 * a, "b": 0.5 * b}) == near


@pytest.mark.parametrize("learned", [False, True])
@pytest.mark.parametrize("figure", [0.0, 1.0])
@pytest.mark.parametrize("second", [0.0, 1.0])
@pytest.mark.parametrize("brief", [0.0, 1.0])
def test_the_very_answer_to_the_very_question_suffices(
    figure: float, second: float, brief: float, *, learned: bool
) -> None:
    weighing = load_weighing(learned=learned)
    told = {**PERFECT, "figure": figure, "second": second, "brief": brief}
    assert weighing.verdict.score(told) >= weighing.threshold


@pytest.mark.parametrize("learned", [False, True])
def test_nothing_at_all_does_not_suffice(*, learned: bool) -> None:
    weighing = load_weighing(learned=learned)
    unheard = {"odds": -1.0, "baseline": -1.0, "gap": 1.0, "gap_all": 1.0}
    nothing = {**dict.fromkeys(PERFECT, 0.0), **unheard}
    assert weighing.verdict.score(nothing) < weighing.threshold
