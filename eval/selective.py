"""How well a confidence tells right from wrong: risk against coverage, and calibration.

Knows confidences between 0 and 1 and whether each outcome was good. Knows nothing of questions,
verdicts or answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

BINS = 10
"""Equal bins of confidence in the calibration error, as in Guo et al. 2017 for small sets."""


@dataclass(frozen=True, slots=True)
class CoveragePoint:
    """The share of questions taken, most confident first, and the share of those gone wrong."""

    coverage: float
    risk: float
    threshold: float


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """Outcomes of like confidence: how many, their mean confidence, and how often they were good."""

    count: int
    confidence: float
    accuracy: float


def risk_coverage(confidences: Sequence[float], good: Sequence[bool]) -> list[CoveragePoint]:
    """Trace the risk-coverage curve, one point to each distinct confidence.

    El-Yaniv and Wiener, "On the foundations of noise-free selective classification", JMLR 2010.
    """
    points = []
    taken = wrong = 0
    for threshold, group in _tied(confidences, good):
        taken += len(group)
        wrong += len(group) - sum(group)
        points.append(CoveragePoint(taken / len(good), wrong / taken, threshold))
    return points


def area_under_risk_coverage(confidences: Sequence[float], good: Sequence[bool]) -> float:
    """Mean risk over all coverages 1/n ... n/n; outcomes of equal confidence come in mean order.

    Geifman, Uziel and El-Yaniv, "Bias-reduced uncertainty estimation", ICLR 2019. Lower is better;
    no outcomes at all have area 0.
    """
    risks = []
    taken, wrong = 0, 0.0
    for _, group in _tied(confidences, good):
        rate = 1 - sum(group) / len(group)
        for _ in group:
            taken += 1
            wrong += rate
            risks.append(wrong / taken)
    return sum(risks) / len(risks) if risks else 0.0


def calibration_bins(confidences: Sequence[float], good: Sequence[bool]) -> list[CalibrationBin]:
    """Sort outcomes into equal bins of confidence; empty bins are left out."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, outcome in zip(confidences, good, strict=True):
        bins[min(int(confidence * BINS), BINS - 1)].append((confidence, outcome))
    return [
        CalibrationBin(
            len(held),
            sum(confidence for confidence, _ in held) / len(held),
            sum(outcome for _, outcome in held) / len(held),
        )
        for held in bins
        if held
    ]


def expected_calibration_error(confidences: Sequence[float], good: Sequence[bool]) -> float:
    """Mean gap between confidence and accuracy over equal bins, weighted by their size.

    Guo et al., "On calibration of modern neural networks", ICML 2017.
    """
    bins = calibration_bins(confidences, good)
    total = sum(held.count for held in bins)
    return sum(held.count * abs(held.confidence - held.accuracy) for held in bins) / max(total, 1)


def brier_score(confidences: Sequence[float], good: Sequence[bool]) -> float:
    """Mean squared gap between confidence and outcome (Brier 1950); 0 for no outcomes."""
    gaps = [(c - outcome) ** 2 for c, outcome in zip(confidences, good, strict=True)]
    return sum(gaps) / max(len(gaps), 1)


def _tied(confidences: Sequence[float], good: Sequence[bool]) -> list[tuple[float, list[bool]]]:
    """Group outcomes of equal confidence, most confident first."""
    pairs = sorted(zip(confidences, good, strict=True), key=lambda pair: -pair[0])
    return [
        (confidence, [outcome for _, outcome in group])
        for confidence, group in groupby(pairs, key=lambda pair: pair[0])
    ]
