"""How well sentences are checked, as a part of a report: its shape, its rows and its JSON form.

Knows nothing of how a figure came about.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Marked:
    """Of `count` sentences of a kind, the share that the check marked.

    Where they are wrong that is the share caught, else the share of good sentences wrongly marked.
    """

    source: str
    kind: str
    wrong: bool
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How well one way of deciding agrees with people's judgements of `count` sentences."""

    source: str
    way: str
    count: int
    balanced: float


@dataclass(frozen=True, slots=True)
class Checks:
    """All figures of the check; `absent` says, a line each, what could not be measured and why."""

    marked: tuple[Marked, ...] = ()
    accuracy: tuple[Accuracy, ...] = ()
    absent: tuple[str, ...] = ()


TITLE = "How well sentences are checked"

MEANING = (
    "What a language model writes is checked sentence by sentence. Caught: the share of wrong "
    "sentences that are marked; wrongly marked: the share of right ones. Goal: .95 caught at .05."
)


def marked_rows(checks: Checks) -> list[Sequence[str]]:
    """Make the table of what was caught and what was wrongly marked."""
    rows: list[Sequence[str]] = [("sentences", "kind", "n", "caught", "wrongly marked")]
    rows += [
        (
            one.source,
            one.kind,
            str(one.count),
            f"{one.share:.3f}" if one.wrong else "",
            "" if one.wrong else f"{one.share:.3f}",
        )
        for one in checks.marked
    ]
    return rows


def accuracy_rows(checks: Checks) -> list[Sequence[str]]:
    """Make the table of agreement with people's judgements."""
    rows: list[Sequence[str]] = [("judged by people", "way", "n", "balanced accuracy")]
    rows += [
        (one.source, one.way, str(one.count), f"{one.balanced:.3f}") for one in checks.accuracy
    ]
    return rows


def write_checks(checks: Checks) -> dict[str, Any]:
    """Return the figures ready for JSON."""
    return {
        "marked": [{**asdict(one), "share": round(one.share, 6)} for one in checks.marked],
        "accuracy": [
            {**asdict(one), "balanced": round(one.balanced, 6)} for one in checks.accuracy
        ],
        "absent": list(checks.absent),
    }


def parse_checks(data: Mapping[str, Any]) -> Checks:
    """Read what `write_checks` wrote; raises KeyError or TypeError where it isn't that."""
    return Checks(
        tuple(Marked(**row) for row in data["marked"]),
        tuple(Accuracy(**row) for row in data["accuracy"]),
        tuple(data["absent"]),
    )
