"""Two rankings to one.

Knows rows and scores. Knows nothing of what the rows are or how either ranking came about. Pure
functions only.
"""

from collections.abc import Sequence
from dataclasses import dataclass

POOL = 100
"""Rows asked of each ranking."""


@dataclass(frozen=True, slots=True)
class Fused:
    """A row with its fused score and what each ranking gave it."""

    row: int
    score: float
    dense: float | None
    lexical: float | None


def fuse(
    dense: Sequence[tuple[int, float]],
    lexical: Sequence[tuple[int, float]],
) -> list[Fused]:
    """Fuse two rankings, best first, by (-score, row)."""
    cosines, words = dict(dense), dict(lexical)
    scaled_dense, scaled_lexical = _scale(cosines), _scale(words)
    weight = 0.5
    fused = [
        Fused(
            row,
            weight * scaled_dense.get(row, 0.0) + (1 - weight) * scaled_lexical.get(row, 0.0),
            cosines.get(row),
            words.get(row),
        )
        for row in sorted(cosines.keys() | words.keys())
    ]
    return sorted(fused, key=lambda one: (-one.score, one.row))


def _scale(scores: dict[int, float]) -> dict[int, float]:
    """Scale scores to 0 to 1 within their ranking."""
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    span = max(high - low, 1e-9)
    return {row: (score - low) / span for row, score in scores.items()}
