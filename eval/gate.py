"""Floors under the figures: what fell short, where, and because of which questions.

Knows reports and the file of floors. Knows nothing of how a figure came about, and doesn't end the
program: the command does, with status 1.

The file holds a `tolerance` and a list of `floors`. A floor names a `corpus` (the folder's name; any
where it is left out), a `setting`, a `group` (all, dev, test or a slice), a `measure`, and a bound:
`at_least` or, for a figure of which less is better, `at_most`. A floor may have a `tolerance` of its
own. A figure fails when it misses its bound by more than the tolerance.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eval.measures import MEASURES
from eval.report import ALL, FOOTNOTE, Report, Result, summarise

FLOORS = Path(__file__).parent / "data" / "floors.json"

TOLERANCE = 0.02
"""Two points, unless a file says otherwise: what a reworded question or two may cost."""

BELOW = 0.02
"""How far floors are set below what was reached: two points."""

SLICE_TOLERANCE = 0.06
"""A slice has some 17 questions, so that one of them is six points."""

FLOORED = (
    "right_answer",
    "citation_precision",
    "citation_recall",
    "sources_met",
    "declines",
    "refuses",
    "length",
    "quote_exact",
    "correct",
    "ndcg@10",
    "recall@5",
    "mrr@10",
    "context@2000",
    "any@2000",
    "words@2000",
)
"""The figures that floors are made for."""

SLICE_FLOORED = ("correct", "ndcg@10")
"""Those that each slice is held to as well: more would say the same again."""

ROUNDING = 1e-9


class FloorsError(Exception):
    """The file of floors can't be used; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Floor:
    """The bound of one figure; exactly one of `at_least` and `at_most` is set."""

    setting: str
    group: str
    measure: str
    at_least: float | None = None
    at_most: float | None = None
    tolerance: float | None = None
    corpus: str | None = None


@dataclass(frozen=True, slots=True)
class Floors:
    """All bounds, and the tolerance of those that have none of their own."""

    tolerance: float
    floors: tuple[Floor, ...]


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A figure beyond its bound and tolerance, and the questions that pulled it there.

    `value` is None where the report has no such figure.
    """

    floor: Floor
    value: float | None
    questions: tuple[str, ...]

    def __str__(self) -> str:
        floor = self.floor
        where = f"{floor.setting} / {floor.group} / {floor.measure}"
        if self.value is None:
            return f"{where}: the report has no such figure"
        bound = f"at least {floor.at_least:g}" if floor.at_least is not None else ""
        bound = bound or f"at most {floor.at_most:g}"
        questions = f"; see {', '.join(self.questions)}" if self.questions else ""
        return f"{where}: {self.value:.3f}, must be {bound}{questions}"


def load_floors(path: Path = FLOORS) -> Floors:
    """Read a file of floors; raises FloorsError."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        rows = data["floors"]
        tolerance = float(data.get("tolerance", TOLERANCE))
    except OSError as error:
        raise FloorsError(f"{path}: can't be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        reason = f"{type(error).__name__}: {error}"
        raise FloorsError(f"{path}: is not a file of floors: {reason}") from None
    return Floors(tolerance, tuple(_parse_floor(path, i, row) for i, row in enumerate(rows, 1)))


def check_floors(report: Report, floors: Floors) -> list[Shortfall]:
    """Return what fell short, in the order of the floors.

    A report over some slices only is held against the floors of those slices alone, one over part
    of them (a split) against none: the floors are set for the whole.
    """
    summaries = {s.name: summarise(report, s.systems[FOOTNOTE]) for s in report.settings}
    partial = bool(report.provenance.get("selected"))
    shortfalls = []
    for floor in _applying(report, floors):
        figures = summaries.get(floor.setting, {}).get(floor.group)
        if figures is None and partial:
            continue
        figure = (figures or {}).get(floor.measure)
        if figure is None:
            shortfalls.append(Shortfall(floor, None, ()))
        elif _misses(figure.mean, floor, floors.tolerance):
            shortfalls.append(Shortfall(floor, figure.mean, _blame(report, floor)))
    return shortfalls


def count_applying(report: Report, floors: Floors) -> int:
    """Count the floors that this report is held against."""
    return len(_applying(report, floors))


def make_floors(
    report: Report,
    measures: Sequence[str] = FLOORED,
    *,
    groups: Sequence[str] | None = None,
    below: float = BELOW,
    keep: Sequence[Floor] = (),
) -> str:
    """Write a file of floors `below` what a report reached, to start from on a corpus of one's own.

    Without `groups`, all questions are held to `measures` and each slice to those of a slice. A
    figure of which less is better gets its bound as much above. `keep` are floors to take over.
    """
    floors = list(keep)
    for setting in report.settings:
        summary = summarise(report, setting.systems[FOOTNOTE])
        for group, name in _floored(report, measures, groups):
            if name in summary.get(group, {}):
                mean = summary[group][name].mean
                floors.append(_make_floor(report, setting.name, group, name, mean, below))
    rows = [json.dumps(_without_none(floor), ensure_ascii=False) for floor in floors]
    return '{\n "tolerance": 0.0,\n "floors": [\n  ' + ",\n  ".join(rows) + "\n ]\n}\n"


def write_floors(report: Report, path: Path, *, below: float = BELOW) -> None:
    """Write the floors of a report's corpus into a file, leaving those of other corpora there."""
    held = load_floors(path).floors if path.exists() else ()
    corpus = report.provenance["corpus"]
    others = [floor for floor in held if floor.corpus not in (None, corpus)]
    path.write_text(make_floors(report, below=below, keep=others), encoding="utf-8")


def _floored(
    report: Report, measures: Sequence[str], groups: Sequence[str] | None
) -> list[tuple[str, str]]:
    if groups is not None:
        return [(group, name) for group in groups for name in measures]
    slices = sorted({asked.slice for asked in report.questions})
    return [(ALL, name) for name in measures] + [
        (group, name) for group in slices for name in SLICE_FLOORED if name in measures
    ]


def _make_floor(
    report: Report, setting: str, group: str, name: str, mean: float, below: float
) -> Floor:
    if name == "quote_exact":
        below = 0.0  # a design rule, not a matter of degree
    if name == "length":
        below = 0.1 * mean  # in characters, where points mean nothing
    tolerance = None if group == ALL or name == "quote_exact" else SLICE_TOLERANCE
    better = MEASURES[name].higher_is_better
    return Floor(
        setting,
        group,
        name,
        at_least=max(0.0, round(mean - below, 3)) if better else None,
        at_most=round(mean + below, 3) if not better else None,
        tolerance=tolerance,
        corpus=str(report.provenance["corpus"]),
    )


def _without_none(floor: Floor) -> dict[str, Any]:
    return {name: value for name, value in asdict(floor).items() if value is not None}


def _parse_floor(path: Path, place: int, row: object) -> Floor:
    where = f"{path}: floor {place}"
    if not isinstance(row, Mapping):
        raise FloorsError(f"{where} is not an object")
    try:
        floor = Floor(**row)
    except TypeError as error:
        raise FloorsError(f"{where}: {str(error).removeprefix('Floor.__init__() ')}") from None
    if floor.measure not in MEASURES:
        raise FloorsError(
            f"{where}: unknown measure {floor.measure!r}; known: {', '.join(MEASURES)}"
        )
    if (floor.at_least is None) == (floor.at_most is None):
        raise FloorsError(f"{where} needs either at_least or at_most")
    for value in (floor.at_least, floor.at_most, floor.tolerance):
        if value is not None and not isinstance(value, int | float):
            raise FloorsError(f"{where}: {value!r} is no number")
    return floor


def _applying(report: Report, floors: Floors) -> list[Floor]:
    if report.provenance.get("split"):
        return []
    corpus = report.provenance.get("corpus")
    partial = bool(report.provenance.get("selected"))
    slices = {asked.slice for asked in report.questions}
    return [
        floor
        for floor in floors.floors
        if floor.corpus in (None, corpus) and (not partial or floor.group in slices)
    ]


def _misses(value: float, floor: Floor, tolerance: float) -> bool:
    slack = (tolerance if floor.tolerance is None else floor.tolerance) + ROUNDING
    if floor.at_least is not None:
        return value < floor.at_least - slack
    return floor.at_most is not None and value > floor.at_most + slack


def _blame(report: Report, floor: Floor) -> tuple[str, ...]:
    """Name the questions of the group that lie beyond the bound themselves."""
    held = set(report.groups()[floor.group])
    results = report.setting(floor.setting).systems[FOOTNOTE]
    return tuple(result.id for result in results if result.id in held and _is_worse(result, floor))


def _is_worse(result: Result, floor: Floor) -> bool:
    value = result.values.get(floor.measure)
    if value is None:
        return False
    if floor.at_least is not None:
        return value < floor.at_least
    return floor.at_most is not None and value > floor.at_most
