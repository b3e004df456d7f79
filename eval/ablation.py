"""What each kind of signal is worth: the fit again without it, and what that costs.

Knows which signals belong together, and the table as a part of a report: its rows and JSON form.
Knows nothing of how a fit is made (`eval.fit`, run by `python -m eval.ablation_study`).
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from assistant.ranking.weighing import WEIGHTS_FILE

STORED = Path(__file__).parent / "data" / "ablation.json"
COMMAND = "python -m eval.ablation_study"

TITLE = "What each kind of signal is worth"

EVERYTHING = "everything"

GROUPS: Mapping[str, tuple[str, ...]] = {
    "hybrid scores": ("dense", "chunk", "behind", "rank"),
    "heading and lead-in": ("heading", "coverage"),
    "question type against span type": ("unit", "figure", "defines", "item", "leads"),
    "specifics matched": ("names", "kin", "gap", "unknown"),
    "agreement of several spans": ("second", "coverage_all", "names_all", "least", "gap_all"),
    "learned scorer": ("learned", "odds", "baseline"),
}
"""The signals left out together, by their names in `Signals` and `Sufficiency`.

Without heading and lead-in a question's terms still count in the span itself (`own`); vectors of
chunks hold their headings in every row."""


@dataclass(frozen=True, slots=True)
class Ablated:
    """The figures of one fit without some signals, all cross-validated by question."""

    name: str
    left_out: tuple[str, ...]
    span_p1: float
    answerable_auroc: float
    declines: float


@dataclass(frozen=True, slots=True)
class Ablation:
    """The fits, the one with everything first, and what they were made from.

    `notes` say what a reader must know before the figures.
    """

    provenance: Mapping[str, Any]
    rows: tuple[Ablated, ...]
    notes: tuple[str, ...] = ()

    @property
    def meaning(self) -> str:
        """One paragraph on what was done."""
        known = self.provenance
        return (
            f"The weights of spans and verdict, fitted again without some signals on split dev "
            f"alone, cross-validated by question: {known['questions']} questions, "
            f"{known['unanswerable']} of them unanswerable, each asked over up to "
            f"{known['indexes']} indexes. In brackets the difference to everything; declines are "
            f"where {known['refuses']:.0%} of the answerable are refused. One of the unanswerable "
            f"questions is {1 / known['unanswerable']:.3f}: smaller differences say little."
        )


def load_ablation(path: Path = STORED, weights: Path = WEIGHTS_FILE) -> Ablation | None:
    """Read the stored table, None where there is none, and say if it is of other weights."""
    if not path.exists():
        return None
    ablation = parse_ablation(json.loads(path.read_text(encoding="utf-8")))
    if ablation.provenance["weights"] == digest_weights(weights):
        return ablation
    stale = f"These figures are of earlier weights than those in use: {COMMAND} measures anew."
    return replace(ablation, notes=(*ablation.notes, stale))


def digest_weights(path: Path = WEIGHTS_FILE) -> str:
    """Hash the fitted numbers, so that a table is known to be of these or of others."""
    numbers = json.loads(path.read_text(encoding="utf-8"))
    text = json.dumps(numbers, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def ablation_rows(ablation: Ablation) -> list[Sequence[str]]:
    """Make the table, each figure with its difference to that of everything."""
    rows: list[Sequence[str]] = [("left out", "signals", "span P@1", "AUROC", "declines")]
    whole = ablation.rows[0]
    for row in ablation.rows:
        pairs = (
            (row.span_p1, whole.span_p1),
            (row.answerable_auroc, whole.answerable_auroc),
            (row.declines, whole.declines),
        )
        first = row is whole
        name = "nothing" if first else row.name
        rows.append((name, ", ".join(row.left_out), *(_show(*pair, first) for pair in pairs)))
    return rows


def write_ablation(ablation: Ablation) -> dict[str, Any]:
    """Return the table ready for JSON."""
    return {
        "provenance": dict(ablation.provenance),
        "rows": [{**asdict(row), "left_out": list(row.left_out)} for row in ablation.rows],
        "notes": list(ablation.notes),
    }


def parse_ablation(data: Mapping[str, Any]) -> Ablation:
    """Read what `write_ablation` wrote; raises KeyError or TypeError where it isn't that."""
    rows = (Ablated(**{**row, "left_out": tuple(row["left_out"])}) for row in data["rows"])
    return Ablation(data["provenance"], tuple(rows), tuple(data["notes"]))


def _show(value: float, whole: float, first: bool) -> str:  # noqa: FBT001 - of one row, not a mode
    return f"{value:.3f}" if first else f"{value:.3f} ({value - whole:+.3f})"
