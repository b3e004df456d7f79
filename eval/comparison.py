"""Two reports over the same questions: what changed, whether it can be chance, and what flipped.

Knows reports. Knows nothing of how either came about.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from eval.measures import MEASURES
from eval.report import FOOTNOTE, Report, ReportError, Result, summarise
from eval.significance import randomisation_test


@dataclass(frozen=True, slots=True)
class Change:
    """One figure in both reports over the questions that have it in both.

    `p` is the two-sided p value of a paired randomisation test.
    """

    setting: str
    measure: str
    before: float
    after: float
    count: int
    p: float


@dataclass(frozen=True, slots=True)
class Flip:
    """A question that one report has right and the other wrong."""

    setting: str
    id: str
    slice: str
    question: str
    won: bool
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs between two reports."""

    changes: tuple[Change, ...]
    flips: tuple[Flip, ...]
    slices: Mapping[str, tuple[float, float]]


def compare_reports(before: Report, after: Report) -> Comparison:
    """Compare two reports; raises ReportError where their questions or judgements differ."""
    for name in ("questions_digest", "corpus"):
        if before.provenance.get(name) != after.provenance.get(name):
            raise ReportError(
                f"the reports can't be compared: their {name} differ "
                f"({before.provenance.get(name)} and {after.provenance.get(name)})"
            )
    if [asked.id for asked in before.questions] != [asked.id for asked in after.questions]:
        raise ReportError("the reports can't be compared: they are over different questions")
    shared = [s.name for s in before.settings if s.name in {t.name for t in after.settings}]
    changes: list[Change] = []
    flips: list[Flip] = []
    for name in shared:
        old = _results(before, name)
        new = _results(after, name)
        changes += _changes(name, old, new)
        flips += _flips(before, name, old, new)
    return Comparison(tuple(changes), tuple(flips), _slices(before, after))


def _results(report: Report, setting: str) -> dict[str, Result]:
    return {result.id: result for result in report.setting(setting).systems[FOOTNOTE]}


def _changes(
    setting: str, before: Mapping[str, Result], after: Mapping[str, Result]
) -> list[Change]:
    changes = []
    for measure in MEASURES:
        both = [
            (result.values[measure], after[key].values[measure])
            for key, result in before.items()
            if measure in result.values and key in after and measure in after[key].values
        ]
        if both:
            old, new = [pair[0] for pair in both], [pair[1] for pair in both]
            p = randomisation_test(new, old)
            means = (sum(old) / len(old), sum(new) / len(new))
            changes.append(Change(setting, measure, *means, len(both), p))
    return changes


def _flips(
    report: Report, setting: str, before: Mapping[str, Result], after: Mapping[str, Result]
) -> list[Flip]:
    flips = []
    for asked in report.questions:
        if asked.id not in before or asked.id not in after:
            continue
        old, new = before[asked.id], after[asked.id]
        if old.values["correct"] != new.values["correct"]:
            won = new.values["correct"] > old.values["correct"]
            said = (_said(old), _said(new))
            flips.append(Flip(setting, asked.id, asked.slice, asked.text, won, *said))
    return flips


def _said(result: Result) -> str:
    return result.answer or f"({result.outcome})"


def _slices(before: Report, after: Report) -> dict[str, tuple[float, float]]:
    """Give the share of correct outcomes by group in the first setting, before and after."""
    first = before.settings[0].name
    old = summarise(before, before.setting(first).systems[FOOTNOTE])
    new = summarise(after, after.setting(first).systems[FOOTNOTE])
    return {
        group: (old[group]["correct"].mean, new[group]["correct"].mean)
        for group in old
        if "correct" in old[group] and "correct" in new.get(group, {})
    }
