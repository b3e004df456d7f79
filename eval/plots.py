"""Where the marks of a plot go: figures to coordinates.

Knows geometry alone, in the units of an SVG's view box. Knows nothing of colours, of SVG's syntax
(the template draws) or of what the figures mean.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.report import Figure
from eval.selective import CalibrationBin, CoveragePoint

LABELS = 190
"""Room to the left for the names of slices."""

BAR_SPAN = 400
ROW = 22
SIDE = 260
MARGIN = 34


@dataclass(frozen=True, slots=True)
class Bar:
    """A share as a bar from LABELS to the right, with the ends of its interval."""

    label: str
    top: float
    width: float
    low: float
    high: float
    text: str


@dataclass(frozen=True, slots=True)
class BarPlot:
    """Bars one below the other."""

    height: float
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of a square plot with its size and what to say of it."""

    x: float
    y: float
    radius: float
    text: str


@dataclass(frozen=True, slots=True)
class SquarePlot:
    """A curve or dots over the unit square; `path` are SVG polyline points."""

    path: str
    dots: tuple[Dot, ...]
    ticks: tuple[tuple[float, float, str], ...]


def plot_bars(figures: Sequence[tuple[str, Figure]]) -> BarPlot:
    """Place one bar to each labelled share."""
    bars = tuple(
        Bar(
            label=f"{label} ({figure.count})",
            top=i * ROW,
            width=figure.mean * BAR_SPAN,
            low=LABELS + figure.low * BAR_SPAN,
            high=LABELS + figure.high * BAR_SPAN,
            text=f"{figure.mean:.3f} ({figure.low:.3f}–{figure.high:.3f})",
        )
        for i, (label, figure) in enumerate(figures)
    )
    ticks = tuple((LABELS + step * BAR_SPAN / 4, f"{step / 4:g}") for step in range(5))
    return BarPlot(len(bars) * ROW + 22, bars, ticks)


def plot_risk(points: Sequence[CoveragePoint]) -> SquarePlot:
    """Draw risk upwards over coverage to the right, both from 0 to 1."""
    path = " ".join(f"{_x(point.coverage):.1f},{_y(point.risk):.1f}" for point in points)
    dots = tuple(
        Dot(
            _x(point.coverage),
            _y(point.risk),
            2.5,
            f"confidence ≥ {point.threshold:.2f}: "
            f"coverage {point.coverage:.2f}, risk {point.risk:.2f}",
        )
        for point in points
    )
    return SquarePlot(path, dots, _ticks())


def plot_calibration(bins: Sequence[CalibrationBin]) -> SquarePlot:
    """Draw how often the articles answered upwards over the confidence that they would."""
    most = max((held.count for held in bins), default=1)
    dots = tuple(
        Dot(
            _x(held.confidence),
            _y(held.accuracy),
            3 + 9 * (held.count / most) ** 0.5,  # the area, not the width, shows the count
            f"{held.count} questions: confidence {held.confidence:.2f}, true {held.accuracy:.2f}",
        )
        for held in bins
    )
    return SquarePlot(f"{_x(0):.1f},{_y(0):.1f} {_x(1):.1f},{_y(1):.1f}", dots, _ticks())


def _x(share: float) -> float:
    return MARGIN + share * SIDE


def _y(share: float) -> float:
    return 10 + (1 - share) * SIDE


def _ticks() -> tuple[tuple[float, float, str], ...]:
    return tuple((_x(step / 4), _y(step / 4), f"{step / 4:g}") for step in range(5))
