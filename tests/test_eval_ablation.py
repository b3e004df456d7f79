"""What each kind of signal is worth: the groups, the fits without them, and the stored table."""

import json
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from assistant.asking.question import parse_question
from assistant.finding import Search
from assistant.ranking.answerability import Sufficiency
from assistant.ranking.evidence import Evidence, Signals
from eval.ablation import (
    EVERYTHING,
    GROUPS,
    STORED,
    Ablated,
    Ablation,
    ablation_rows,
    digest_weights,
    load_ablation,
    parse_ablation,
    write_ablation,
)
from eval.ablation_study import Remembering, ablate, compare_with_use, describe
from eval.fit import Asked
from eval.page import render_page
from eval.report import Report, read_report, render_json
from eval.tables import render_markdown, render_terminal
from ingest.spans import split_spans
from tests.reading_desk import NOTHING, from_markdown, matcher_for

TOOLS = from_markdown("""# Tools

A pump has a gauge.

A lock has two keys.

A saddle is soft.
""")
ALWAYS_IN = {"own", "length", "best", "brief", "long", "yes_no", "listing"}
"""Signals that belong to no kind: every fit has them."""


class Clueless:
    """A scorer that tells no passage from another."""

    def score_answers(self, question: str, passages: Sequence[str], /) -> np.ndarray:
        return np.full(len(passages), 0.5, dtype=np.float32)


class Counting:
    """A scorer of lengths that counts what it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def score_answers(self, question: str, passages: Sequence[str], /) -> np.ndarray:
        self.asked += len(passages)
        return np.array([len(text) / 8 for text in passages], dtype=np.float32)


def ask(number: int, *, answerable: bool) -> Asked:
    """A question whose right span stands out by the cosine of its chunk alone."""
    drawn = np.random.default_rng(number)
    right = "A pump" if number % 2 else "A lock"
    evidence = []
    for span in split_spans(TOOLS):
        is_right = answerable and TOOLS.text[span.start :].startswith(right)
        signals = replace(NOTHING, chunk=0.9 if is_right else 0.4, length=float(drawn.random()))
        evidence.append(Evidence(TOOLS, span, "chunk", 0.5, signals))
    question = parse_question("What has the pump?" if number % 2 else "What has the lock?")
    gold = frozenset(item.key for item in evidence if answerable and item.text.startswith(right))
    matcher = matcher_for(question)
    return Asked(f"q{number}", answerable, matcher, Search(question, ()), tuple(evidence), gold)


ASKED = [ask(number, answerable=number % 3 > 0) for number in range(24)]


def test_every_signal_belongs_to_a_kind_or_is_in_every_fit() -> None:
    signals = {field.name for kind in (Signals, Sufficiency) for field in fields(kind)}
    grouped = {name for group in GROUPS.values() for name in group}
    assert grouped <= signals
    assert signals - grouped == ALWAYS_IN


def test_what_a_fit_needs_costs_figures_where_it_is_left_out() -> None:
    rows = {row.name: row for row in ablate(ASKED, Clueless())}
    assert list(rows) == [EVERYTHING, *GROUPS]
    assert rows["hybrid scores"].left_out == GROUPS["hybrid scores"]
    assert rows["hybrid scores"].span_p1 < 0.7
    for name in (EVERYTHING, "heading and lead-in", "learned scorer"):
        assert rows[name].span_p1 == 1.0


def test_a_pair_is_scored_once() -> None:
    scorer = Counting()
    remembering = Remembering(scorer)
    for _ in range(2):
        found = remembering.score_answers("a pump?", ["gauge", "lock", "gauge"])
        assert found.tolist() == [0.625, 0.5, 0.625]
    assert scorer.asked == 2


def test_a_question_counts_once_however_many_indexes_it_is_asked_over() -> None:
    known = describe([*ASKED, *ASKED[:5]], [Path("corpus")])
    assert (known["questions"], known["unanswerable"], known["indexes"]) == (24, 8, 2)


def test_a_table_of_another_fit_than_the_weights_in_use_says_so(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    figures = {"span_p1": 0.75, "answerable_auroc": 0.9, "declines": 0.7}
    path.write_text(json.dumps({"with scorer": {"figures": figures}}), encoding="utf-8")
    whole = make_table("").rows[0]
    assert compare_with_use(whole, path) == []
    (told,) = compare_with_use(replace(whole, declines=0.69), path)
    assert "eval.fit" in told


def make_table(weights: str) -> Ablation:
    provenance = {
        "questions": 48,
        "unanswerable": 16,
        "indexes": 2,
        "refuses": 0.08,
        "weights": weights,
    }
    rows = (
        Ablated(EVERYTHING, (), 0.75, 0.9, 0.7),
        Ablated("learned scorer", ("learned",), 0.75, 0.88, 0.725),
    )
    return Ablation(provenance, rows)


def test_each_figure_stands_beside_its_difference() -> None:
    _, whole, without = ablation_rows(make_table(""))
    assert tuple(whole) == ("nothing", "", "0.750", "0.900", "0.700")
    assert without[2:] == ("0.750 (+0.000)", "0.880 (-0.020)", "0.725 (+0.025)")


def test_a_table_of_other_weights_says_so(tmp_path: Path) -> None:
    stored, weights = tmp_path / "ablation.json", tmp_path / "weights.json"
    weights.write_text('{"a": 1, "b": 2}', encoding="utf-8")
    table = make_table(digest_weights(weights))
    stored.write_text(json.dumps(write_ablation(table)), encoding="utf-8")
    assert load_ablation(stored, weights) == table
    weights.write_text('{"b": 2,\n "a": 1}', encoding="utf-8")
    assert load_ablation(stored, weights) == table
    weights.write_text('{"a": 1, "b": 3}', encoding="utf-8")
    stale = load_ablation(stored, weights)
    assert stale is not None
    assert "earlier weights" in stale.notes[0]
    assert load_ablation(tmp_path / "none.json", weights) is None


def test_files_show_the_table_and_a_terminal_does_not(tmp_path: Path) -> None:
    table = replace(make_table(""), notes=("Of earlier weights.",))
    made_from = {"corpus": "bees", "documents": 2, "index_version": "1"}
    report = Report(made_from, (), (), ("A note.",), ablation=table)
    for shown in (render_markdown(report), render_page(report)):
        assert "0.880 (-0.020)" in shown
        assert "Of earlier weights." in shown
        assert "48 questions" in shown
    assert "0.880" not in render_terminal(report)
    path = tmp_path / "eval.json"
    path.write_text(render_json(report), encoding="utf-8")
    assert read_report(path).ablation == table


def test_the_stored_table_is_of_split_dev_and_of_all_kinds() -> None:
    if not STORED.exists():
        pytest.skip("no table is stored: python -m eval.ablation_study")
    table = parse_ablation(json.loads(STORED.read_text(encoding="utf-8")))
    assert table.provenance["split"] == "dev"
    assert {row.name: row.left_out for row in table.rows} == {EVERYTHING: (), **GROUPS}
