"""Small plots as numbers for a template: where each bar stands, in the units of its drawing.

Knows lengths and coordinates. Knows nothing of SVG or of what is counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH = 600
HEIGHT = 96
_GAP = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle; `kind` says which of several counts it stands for."""

    kind: str
    x: float
    y: float
    width: float
    height: float


def stack_bars(columns: Sequence[Mapping[str, int]], kinds: Sequence[str]) -> list[Bar]:
    """Stack each column's counts, the first kind at the bottom, the highest column full height."""
    most = max((sum(column.values()) for column in columns), default=0)
    if not most:
        return []
    step = WIDTH / len(columns)
    bars = []
    for number, column in enumerate(columns):
        top = float(HEIGHT)
        for kind in kinds:
            height = column.get(kind, 0) * HEIGHT / most
            top -= height
            if height:
                x = round(number * step, 2)
                bars.append(Bar(kind, x, round(top, 2), round(step - _GAP, 2), round(height, 2)))
    return bars
