"""A report: every question's figures under every setting and system, and their means by slice.

Knows the shape of a report and its JSON form. Knows nothing of how a figure came about, of how a
report is shown (tables, page) or of floors (gate).

Means are made from the questions' own figures, so a report read from its file is as whole as the
one that was written.
"""

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from eval.ablation import Ablation, parse_ablation, write_ablation
from eval.checks import Checks, parse_checks, write_checks
from eval.measures import MEASURES
from eval.outside import Outside, parse_outside, write_outside
from eval.selective import (
    CalibrationBin,
    CoveragePoint,
    area_under_risk_coverage,
    brier_score,
    calibration_bins,
    expected_calibration_error,
    risk_coverage,
)
from eval.significance import bootstrap_interval
from eval.writers import Trace

SCHEMA = 1
FOOTNOTE = "footnote"
"""The name of our own system among the baselines."""

ALL = "all"
"""The group of all questions; `dev` and `test` are groups too, then each slice."""


class ReportError(Exception):
    """A report can't be read or compared; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a report knows it."""

    id: str
    slice: str
    split: str
    text: str
    expected: str


@dataclass(frozen=True, slots=True)
class Result:
    """What one system made of one question; `values` are figures by their names in MEASURES.

    `confidence` is 0 to 1; a system that decides nothing has 1. `trace` says how a language model
    wrote the answer, where one was to.
    """

    id: str
    outcome: str
    values: Mapping[str, float]
    confidence: float = 1.0
    answer: str = ""
    faults: tuple[str, ...] = ()
    trace: Trace | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """One way to index the corpus, and what each system made of the questions there."""

    name: str
    systems: Mapping[str, tuple[Result, ...]]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole evaluation.

    `provenance` is what it was made from and is the same for the same input; `run` is what differs
    from one run to the next (date, timing). `notes` say what a reader should know of how it was
    judged. `checks` is None where the check of sentences was not measured, `outside` where nothing
    was on other people's data; `ablation` says what the signals are worth, where that is stored.
    """

    provenance: Mapping[str, Any]
    questions: tuple[Asked, ...]
    settings: tuple[Setting, ...]
    notes: tuple[str, ...] = ()
    run: Mapping[str, Any] = field(default_factory=dict)
    checks: Checks | None = None
    outside: Outside | None = None
    ablation: Ablation | None = None

    def setting(self, name: str) -> Setting:
        """Return a setting by name; raises ReportError where there is none of it."""
        for setting in self.settings:
            if setting.name == name:
                return setting
        known = ", ".join(setting.name for setting in self.settings)
        raise ReportError(f"the report has no setting {name!r}, only {known}")

    def groups(self) -> dict[str, list[str]]:
        """Return the ids of the questions in each group: all, each split, each slice by name."""
        found = {ALL: [asked.id for asked in self.questions]}
        if len({asked.split for asked in self.questions}) > 1:
            for split in sorted({asked.split for asked in self.questions}):
                found[split] = [asked.id for asked in self.questions if asked.split == split]
        for name in sorted({asked.slice for asked in self.questions}):
            found[name] = [asked.id for asked in self.questions if asked.slice == name]
        return found


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over `count` questions with the ends of its 95 % bootstrap interval."""

    mean: float
    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True)
class Selection:
    """How well a system's confidence tells right from wrong.

    `area` and `points` are of the risk-coverage curve: questions are taken by confidence, and one
    is gone wrong unless it was answered rightly, so an unanswerable question is always a risk, and
    so is one that was declined. Calibration is of the confidence that the articles answer.
    """

    area: float
    points: tuple[CoveragePoint, ...]
    calibration_error: float
    brier: float
    bins: tuple[CalibrationBin, ...]


def summarise(report: Report, results: Sequence[Result]) -> dict[str, dict[str, Figure]]:
    """Average the results over each group of questions, with intervals."""
    by_id = {result.id: result for result in results}
    summary = {}
    for group, ids in report.groups().items():
        held = [by_id[key] for key in ids if key in by_id]
        summary[group] = {
            name: make_figure(values)
            for name in MEASURES
            if (values := [result.values[name] for result in held if name in result.values])
        }
    return summary


def make_figure(values: Sequence[float]) -> Figure:
    """Average some values, with the interval of their mean."""
    low, high = bootstrap_interval(values)
    return Figure(math.fsum(values) / len(values), low, high, len(values))


def list_traces(setting: Setting) -> list[Trace]:
    """Return how our own answers were written; empty where no language model was to write them."""
    return [result.trace for result in setting.systems[FOOTNOTE] if result.trace is not None]


def confusion(report: Report, results: Sequence[Result]) -> dict[tuple[str, str], int]:
    """Count (expected outcome, given outcome) pairs."""
    expected = {asked.id: asked.expected for asked in report.questions}
    return dict(Counter((expected[result.id], result.outcome) for result in results))


def judge_selection(report: Report, results: Sequence[Result]) -> Selection:
    """Measure the confidence of a system over all its questions."""
    expected = {asked.id: asked.expected for asked in report.questions}
    confidences = [result.confidence for result in results]
    good = [bool(result.values.get("right_answer", 0.0)) for result in results]
    answerable = [expected[result.id] != "not_in_articles" for result in results]
    return Selection(
        area=area_under_risk_coverage(confidences, good),
        points=tuple(risk_coverage(confidences, good)),
        calibration_error=expected_calibration_error(confidences, answerable),
        brier=brier_score(confidences, answerable),
        bins=tuple(calibration_bins(confidences, answerable)),
    )


def render_json(report: Report) -> str:
    """Write a report as JSON; the same input gives the same text but for `run`."""
    data = {
        "schema": SCHEMA,
        "run": dict(report.run),
        "provenance": dict(report.provenance),
        "notes": list(report.notes),
        "settings": {s.name: _setting_json(report, s) for s in report.settings},
        "questions": [_asked_json(asked) for asked in report.questions],
    }
    if report.checks is not None:
        data["checks"] = write_checks(report.checks)
    if report.outside is not None:
        data["outside"] = write_outside(report.outside)
    if report.ablation is not None:
        data["ablation"] = write_ablation(report.ablation)
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def read_report(path: Path) -> Report:
    """Read a report's JSON file; raises ReportError."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["schema"] != SCHEMA:
            raise ReportError(f"{path}: is of schema {data['schema']}; run the evaluation again")
        return Report(
            provenance=data["provenance"],
            questions=tuple(Asked(**asked) for asked in data["questions"]),
            settings=tuple(_parse_setting(*item) for item in data["settings"].items()),
            notes=tuple(data["notes"]),
            run=data["run"],
            checks=parse_checks(data["checks"]) if "checks" in data else None,
            outside=parse_outside(data["outside"]) if "outside" in data else None,
            ablation=parse_ablation(data["ablation"]) if "ablation" in data else None,
        )
    except OSError as error:
        raise ReportError(f"{path}: can't be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReportError(f"{path}: is not a report: {type(error).__name__}: {error}") from None


def _setting_json(report: Report, setting: Setting) -> dict[str, Any]:
    return {
        system: {
            "figures": _figures_json(summarise(report, results)),
            "confusion": [
                {"expected": pair[0], "given": pair[1], "count": count}
                for pair, count in sorted(confusion(report, results).items())
            ],
            "selection": _selection_json(judge_selection(report, results)),
            "results": [_result_json(result) for result in results],
        }
        for system, results in setting.systems.items()
    }


def _figures_json(summary: Mapping[str, Mapping[str, Figure]]) -> dict[str, Any]:
    return {
        group: {
            name: {
                "mean": _round(figure.mean),
                "low": _round(figure.low),
                "high": _round(figure.high),
                "n": figure.count,
            }
            for name, figure in figures.items()
        }
        for group, figures in summary.items()
    }


def _selection_json(selection: Selection) -> dict[str, Any]:
    return {
        "aurc": _round(selection.area),
        "ece": _round(selection.calibration_error),
        "brier": _round(selection.brier),
        "risk_coverage": [
            [_round(point.coverage), _round(point.risk), _round(point.threshold)]
            for point in selection.points
        ],
    }


def _result_json(result: Result) -> dict[str, Any]:
    return {
        "id": result.id,
        "outcome": result.outcome,
        "confidence": _round(result.confidence),
        "values": {name: _round(value) for name, value in sorted(result.values.items())},
        "answer": result.answer,
        "faults": list(result.faults),
        **({} if result.trace is None else {"trace": asdict(result.trace)}),
    }


def _asked_json(asked: Asked) -> dict[str, str]:
    return {
        "id": asked.id,
        "slice": asked.slice,
        "split": asked.split,
        "text": asked.text,
        "expected": asked.expected,
    }


def _parse_setting(name: str, systems: Mapping[str, Any]) -> Setting:
    return Setting(
        name,
        {
            system: tuple(_parse_result(row) for row in held["results"])
            for system, held in systems.items()
        },
    )


def _parse_result(row: Mapping[str, Any]) -> Result:
    trace = Trace(**row["trace"]) if "trace" in row else None
    return Result(**{**row, "faults": tuple(row["faults"]), "trace": trace})


def _round(value: float) -> float:
    # Six digits: the last bits of a float differ between machines, the figures don't.
    return round(float(value), 6)
