"""Places on a PDF page: matrices, and points as the reader of the page sees them.

Knows coordinate systems (ISO 32000-2, 8.3). Knows nothing of what is drawn.
"""

import math
from collections.abc import Sequence

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


def read_matrix(values: Sequence[float]) -> Matrix:
    """Read the six numbers [a b c d e f]; raises ValueError or TypeError for others."""
    a, b, c, d, e, f = (float(value) for value in values)
    return (a, b, c, d, e, f)


def multiply(m: Matrix, n: Matrix) -> Matrix:
    """Multiply two matrices: `m` first, then `n`."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def count_quarter_turns(dx: float, dy: float) -> int | None:
    """Give a baseline's direction in quarter turns; None for a slanting one (a watermark)."""
    if dx == dy == 0:
        return None
    quarters = math.atan2(dy, dx) / (math.pi / 2)
    nearest = round(quarters)
    return nearest % 4 if abs(quarters - nearest) < 0.12 else None


def turn_back(x: float, y: float, turn: int) -> tuple[float, float]:
    """Turn a point back so that its text reads from left to right."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[turn]


def transform(x: float, y: float, ctm: Matrix) -> tuple[float, float]:
    """Give a point where a matrix puts it."""
    return (x * ctm[0] + y * ctm[2] + ctm[4], x * ctm[1] + y * ctm[3] + ctm[5])
