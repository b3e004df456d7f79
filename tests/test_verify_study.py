"""The study of the checking: its baselines, its corruptions, and the sentences it is held to."""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from assistant.answer import Form
from assistant.checking.citations import Written
from assistant.checking.support import Judge, load_support
from assistant.checking.verify import Judgement
from eval.checking import JUDGED, measure_checks
from eval.checks import Checks, Marked
from eval.claims import (
    Claim,
    Measured,
    balanced_accuracy,
    cross_fit,
    draw,
    find_floor,
    fit_support,
    measure_accuracy,
    measure_fluent,
    read_fluent,
    read_made_up,
    show_texts,
)
from eval.corruption import (
    Task,
    invent,
    measure_corruption,
    read_injections,
    read_inventions,
    record_tasks,
    swap_citation,
    swap_figures,
)
from eval.dataset import load_questions
from eval.page import render_page
from eval.report import Report, read_report, render_json
from eval.sets import QUESTIONS
from eval.tables import render_markdown, render_terminal
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


def measured(at: int, share: float, *, right: bool, holds: bool = True) -> Measured:
    claim = Claim(f"own-{at}", "Bees make honey.", SPANS, right)
    return Measured(claim, holds, {"share": share})


def test_numbers_are_fitted_on_what_tells() -> None:
    told = [measured(at, 0.9 if at % 2 else 0.3, right=bool(at % 2)) for at in range(10)]
    weights = fit_support(told, ["share"])
    assert weights.score({"share": 1.0}) > 0.5 > weights.score({"share": 0.2})
    floor = find_floor(told, weights)
    assert all((weights.score(one.signals) >= floor) is one.claim.supported for one in told)


def test_numbers_are_fitted_on_sentences_whose_figures_hold() -> None:
    told = [measured(at, 0.9 if at % 2 else 0.3, right=bool(at % 2)) for at in range(10)]
    misled = [measured(at, 1.0, right=False, holds=False) for at in range(50)]
    assert fit_support(told + misled, ["share"]) == fit_support(told, ["share"])


def test_numbers_are_there_for_every_set_of_signals() -> None:
    for signals in (("share",), ("near",), ("share", "learned")):
        assert 0 < load_support(frozenset(signals)).floor < 1
    full = load_support(frozenset(("near", "learned")))
    assert all(weight > 0 for weight in full.weights.weights.values())


def test_the_check_is_set_beside_length_and_words() -> None:
    texts = [("Bees make honey.", True), ("Bees sleep upstairs.", False)] * 10
    claims = [Claim(f"own-{at}", text, SPANS, right) for at, (text, right) in enumerate(texts)]
    found = {row.way: row for row in measure_accuracy("own", claims, Judge())}
    assert found["the check"].balanced == 1.0
    assert "length of the sentence alone" in found
    assert "share of its words found" in found
    assert {row.count for row in found.values()} == {20}


def test_a_sample_is_always_the_same() -> None:
    claims = [Claim(str(at), "x", SPANS, supported=True) for at in range(20)]
    drawn = draw(claims, 5)
    assert len(drawn) == 5
    assert draw(claims[::-1], 5) == drawn


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


def test_there_is_always_something_to_invent_and_to_obey() -> None:
    assert len(read_inventions()) > 30
    assert len(read_injections()) >= 5


@pytest.fixture(scope="module")
def checks(library: Library) -> Checks:
    """The figures by words alone, of sixty questions."""
    return measure_checks(library, load_questions(QUESTIONS, split="dev")[:60], Judge())


def test_the_corrupting_writer_is_caught(checks: Checks) -> None:
    """The goal, by words alone: 95 % caught, at most 5 % of good sentences marked."""
    marked = {row.kind: row for row in checks.marked if row.source.startswith("answers")}
    assert marked["as they were"].count > 50
    assert marked["as they were"].share <= 0.05
    assert {kind for kind, row in marked.items() if row.wrong} == {
        "a figure swapped",
        "a citation swapped",
        "a sentence invented",
        "a hidden order obeyed",
        "all of these",
    }
    assert all(row.share >= 0.95 for row in marked.values() if row.wrong)


def test_a_check_that_lets_all_through_catches_nothing(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks = record_tasks(library, load_questions(QUESTIONS, split="dev")[:10])
    supported = Judgement(supported=True)
    monkeypatch.setattr("assistant.checking.verify.find_fault", lambda *_: "")
    monkeypatch.setattr("assistant.checking.verify.Verifier._find_support", lambda *_: supported)
    assert {row.share for row in measure_corruption(tasks, Judge())} == {0.0}


def test_what_is_absent_is_said(checks: Checks) -> None:
    for name, (path, _, _) in JUDGED.items():
        measured = [row for row in checks.accuracy if row.source == name]
        told = [line for line in checks.absent if line.startswith(name)]
        assert bool(measured) is path.exists()
        assert bool(told) is not path.exists()


REPORT = Report(
    {"corpus": "bees", "documents": 2, "index_version": "1"},
    (),
    (),
    ("A note.",),
    checks=Checks((Marked("fluent", "reworded", False, 8, 0.125),), (), ("WiCE: is absent",)),
)


def test_a_report_keeps_and_shows_the_figures(tmp_path: Path) -> None:
    path = tmp_path / "eval.json"
    path.write_text(render_json(REPORT), encoding="utf-8")
    assert read_report(path).checks == REPORT.checks
    for shown in (render_markdown(REPORT), render_terminal(REPORT), render_page(REPORT)):
        assert "0.125" in shown
        assert "WiCE: is absent" in shown


def test_a_report_without_the_figures_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "eval.json"
    path.write_text(render_json(replace(REPORT, checks=None)), encoding="utf-8")
    assert read_report(path).checks is None


def test_fluent_sentences_are_told_apart(index: Index) -> None:
    """By words and their meaning; what is held out was never tuned on."""
    judge = Judge(sense=index)
    floors = {"bundled": (0.85, 0.1), "tuned": (0.88, 0.3), "held": (0.75, 0.35)}
    sets = {"bundled": read_fluent(index), "tuned": read_made_up("tuned")}
    for name, claims in {**sets, "held": read_made_up("held")}.items():
        marked = {row.wrong: row.share for row in measure_fluent(name, claims, judge)}
        least, most = floors[name]
        assert marked[True] >= least, name
        assert marked[False] <= most, name
