"""How far a mean can be trusted, and whether two differ: resampling, with fixed seeds.

Knows lists of numbers, one to a question. Knows nothing of what they measure.
"""

from collections.abc import Sequence

import numpy as np

RESAMPLES = 1000
"""Bootstrap samples: the ends of a 95 % interval move by under 0.01 between seeds at n = 300."""

ROUNDS = 10_000
"""Random sign patterns in the paired test: its smallest p value is then 0.0001."""

SEED = 20240229


def bootstrap_interval(values: Sequence[float], *, seed: int = SEED) -> tuple[float, float]:
    """Bound the mean of `values` by the 95 % percentile bootstrap over questions.

    Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13. Raises ValueError
    where there are no values.
    """
    if not values:
        raise ValueError("no values, so no interval")
    data = np.asarray(values, dtype=np.float64)
    picks = np.random.default_rng(seed).integers(0, data.size, size=(RESAMPLES, data.size))
    low, high = np.quantile(data[picks].mean(axis=1), (0.025, 0.975))
    return float(low), float(high)


def randomisation_test(
    ours: Sequence[float], theirs: Sequence[float], *, seed: int = SEED
) -> float:
    """Return the two-sided p value that two systems score alike on the same questions.

    Fisher's paired randomisation test: under the null hypothesis each question's two scores could
    as well be swapped. Smucker, Allan and Carterette, CIKM 2007. The observed order counts as one
    of the rounds, so that p is never 0.
    """
    if len(ours) != len(theirs):
        raise ValueError(f"{len(ours)} scores against {len(theirs)}: the questions differ")
    gaps = np.asarray(ours, dtype=np.float64) - np.asarray(theirs, dtype=np.float64)
    gaps = gaps[gaps != 0]
    if not gaps.size:
        return 1.0
    signs = np.random.default_rng(seed).integers(0, 2, size=(ROUNDS, gaps.size), dtype=np.int8)
    sums = np.abs((signs * 2.0 - 1.0) @ gaps)
    # Rounding must not decide whether a pattern is as extreme as the observed one.
    extreme = int((sums >= abs(gaps.sum()) - 1e-9).sum())
    return (extreme + 1) / (ROUNDS + 1)
