"""What each retrieval figure means, as pure functions of a ranking's gains.

Knows gains: `gains[i]` is how many relevant things the item at rank i + 1 is the first to show (0 or
1 where each thing is an item of its own, as in TREC judgements). `relevant` is how many there are
in all, found or not, indexed or not. Knows nothing of spans, documents or questions (see `judging`).

An empty ranking scores 0 everywhere; a question with nothing relevant has no figure, and asking for
one raises ValueError.
"""

import math
from collections.abc import Sequence


def dcg(gains: Sequence[float], k: int) -> float:
    """Discounted cumulative gain: the gain itself over log2(rank + 1), summed to rank k.

    Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", TOIS 2002, with
    the linear gain and base 2 that trec_eval uses.
    """
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains[:k], start=1))


def ndcg(gains: Sequence[float], relevant: int, k: int) -> float:
    """DCG at k over the best that could be had (Järvelin and Kekäläinen 2002).

    The best order has the found gains first, largest first, then each thing not found on an item of
    its own: a passage that shows two things at once is not punished for it, and a thing that was
    lost counts in full.
    """
    _check(gains, relevant)
    lost = relevant - round(sum(gains))
    return graded_ndcg(gains, [*gains, *[1.0] * lost], k)


def graded_ndcg(gains: Sequence[float], ideal: Sequence[float], k: int) -> float:
    """DCG at k over that of all the gains there are to have, `ideal`, in their best order."""
    best = dcg(sorted(ideal, reverse=True), k)
    if best <= 0:
        raise ValueError("nothing is relevant to this question, so it has no retrieval figure")
    return dcg(gains, k) / best


def recall(gains: Sequence[float], relevant: int, k: int) -> float:
    """Share of all relevant things that the first k items show."""
    _check(gains, relevant)
    return sum(gains[:k]) / relevant


def precision(gains: Sequence[float], relevant: int, k: int) -> float:
    """Share of the first k places that show something relevant and new; empty places count."""
    _check(gains, relevant)
    return sum(gain > 0 for gain in gains[:k]) / k


def reciprocal_rank(gains: Sequence[float], relevant: int, k: int) -> float:
    """One over the rank of the first relevant item, 0 past rank k (Voorhees, TREC-8, 1999)."""
    _check(gains, relevant)
    return next((1 / rank for rank, gain in enumerate(gains[:k], start=1) if gain > 0), 0.0)


def _check(gains: Sequence[float], relevant: int) -> None:
    if relevant < 1:
        raise ValueError("nothing is relevant to this question, so it has no retrieval figure")
    if round(sum(gains)) > relevant:
        raise ValueError(f"gains add up to {sum(gains)}, more than the {relevant} relevant things")
