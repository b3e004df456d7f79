"""The study of the checking: its baselines, its corruptions, and the sentences it is held to."""

from random import Random

import pytest

from assistant.answer import Form
from assistant.citations import Written
from eval.verify_study import (
    Claim,
    Task,
    balanced_accuracy,
    cross_fit,
    fit_weights,
    invent,
    measure_corruption,
    measure_fluent,
    read_fluent,
    record_tasks,
    show_texts,
    swap_citation,
    swap_figures,
)
from index.store import Index, Library
from tests.writers import make_prompt

SPANS = show_texts(["Bees make honey. It takes 12 weeks.", "Bread needs flour."])
GOOD = Written("Bake it at 240 degrees.", (1,), Form.PROSE)
TASK = Task(make_prompt("Bake the bread", "flat roof"), (GOOD,))


def test_texts_become_spans_that_reslice() -> None:
    assert [shown.quote for shown in SPANS] == [
        "Bees make honey.",
        "It takes 12 weeks.",
        "Bread needs flour.",
    ]


@pytest.mark.parametrize(
    ("truth", "said", "expected"),
    [
        ([True, True, False], [True, True, False], 1.0),
        ([True, True, False, False], [True, False, False, False], 0.75),
        ([True, True, True, False], [True, True, True, True], 0.5),
    ],
)
def test_balanced_accuracy(truth: list[bool], said: list[bool], expected: float) -> None:
    assert balanced_accuracy(truth, said) == expected


def test_a_threshold_is_fitted_on_the_half_that_it_is_not_scored_on() -> None:
    claims = [Claim(str(at), "x", SPANS, at % 3 == 0) for at in range(60)]
    telling = [float(claim.supported) for claim in claims]
    assert cross_fit(claims, telling) == [claim.supported for claim in claims]
    against = [-value for value in telling]
    assert cross_fit(claims, against) == [claim.supported for claim in claims]


def test_weights_are_fitted_on_what_tells() -> None:
    texts = [("Bees make honey.", True), ("Bees sleep upstairs.", False)] * 5
    claims = [Claim(str(at), text, SPANS, right) for at, (text, right) in enumerate(texts)]
    weights = fit_weights(claims, None)
    assert weights.weigh(1.0, 0.0) > 0.5 > weights.weigh(0.3, 0.0)


def test_corruptions_change_one_thing() -> None:
    rng = Random(1)
    figure = swap_figures(GOOD, TASK, rng)
    assert figure is not None
    assert figure.numbers == GOOD.numbers
    assert "240" not in figure.text
    other = swap_citation(GOOD, TASK, rng)
    assert other is not None
    assert other.text == GOOD.text
    assert other.numbers != GOOD.numbers
    made_up = invent(["Flour is free on Mondays."])(GOOD, TASK, rng)
    assert made_up == Written("Flour is free on Mondays.", (1,), Form.PROSE)
    assert invent([])(GOOD, TASK, rng) is None


def test_the_corrupting_writer_is_caught(library: Library) -> None:
    """The goal, by words alone: 95 % caught, at most 5 % of good sentences marked."""
    figures = measure_corruption(record_tasks(library, 60), None)
    assert figures["good sentences"] > 50
    assert figures["all caught"] >= 0.95
    assert figures["good sentences marked"] <= 0.05


def test_fluent_sentences_are_told_apart(index: Index) -> None:
    figures = measure_fluent(read_fluent(index), None)
    assert figures["wrong caught"] >= 0.85
    assert figures["right marked"] <= 0.08
