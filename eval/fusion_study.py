"""The measurement behind the fusion: `python -m eval.fusion_study --data ../shared/datasets`.

Knows the product's encoder, rankings and fusion, and runs them over public and derived sets. Knows
nothing of answers. Encoding the sets takes about ten minutes on two cores; `--vectors DIR` keeps
the vectors for the next run. `--fit` finds the fusion's three numbers again on two thirds of each
set's queries; every third query is for measuring alone.
"""

import argparse
import hashlib
import itertools
import math
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval.retrieval_sets import Passage, RetrievalSet, read_sets
from index import fusion
from index.adapter import adapt_query
from index.dense import DenseIndex, write_dense
from index.encoder import Encoder
from index.export import export_once
from index.fusion import POOL, Ranking, dense_gap, fuse, lexical_lead
from index.lexical import LexicalEntry, LexicalIndex, write_lexical
from index.types import Embedder, Vectors

DEPTH = 10
TOLERATED = 0.01
"""The fusion may be at most this much below the better single ranking, on any set."""

EXPONENTS = np.arange(-4.0, 2.01, 0.25)
"""Logarithms of the weight at which each query is judged, for fitting between them."""

BIASES = np.arange(-3.5, 0.01, 0.25)
LEADS = np.arange(0.0, 12.01, 0.5)
GAPS = np.arange(-16.0, 0.01, 1.0)
"""The grid that is searched for the three numbers; the best lie on a flat ridge inside it."""

UNSEEN = frozenset({"scifact-titles"})
"""Sets that nothing at all is fitted on."""

PENALTY = 2.0
"""What a set below its better single ranking costs, on top of what it lacks."""


@dataclass(frozen=True, slots=True)
class Case:
    """One query's two rankings, what they are fused with, and the gain of each relevant row."""

    dense: Ranking
    lexical: Ranking
    attainable: float
    cosines: Mapping[int, float]
    gains: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Curve:
    """One query's signals, its nDCG at each of `EXPONENTS`, and that of its better ranking."""

    lead: float
    gap: float
    scores: tuple[float, ...]
    dense: float
    lexical: float


Method = Callable[[Case], list[int]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; return 1 if the fusion is too far below a single ranking somewhere."""
    parser = argparse.ArgumentParser(prog="python -m eval.fusion_study", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/datasets"))
    parser.add_argument("--vectors", type=Path, help="a folder to keep vectors in")
    parser.add_argument("--fit", action="store_true", help="fit the numbers again")
    options = parser.parse_args(arguments)
    sets = read_sets(options.data)
    encoder = Encoder(export_once(None))
    studied = {one.name: list(rank(one, encoder, options.vectors)) for one in sets}
    if not studied:
        _say(f"{options.data}: none of the sets is here; nothing was measured")
        return 0
    for line in render(studied):
        _say(line)
    if options.fit:
        seen = {name: cases for name, cases in studied.items() if name not in UNSEEN}
        bias, lead, gap = fit({name: [curve(c) for c in cases] for name, cases in seen.items()})
        _say(f"fitted: BIAS = {bias:.2f}, LEAD = {lead:.2f}, GAP = {gap:.2f}")
    return 0 if all(harm(cases) <= TOLERATED for cases in studied.values()) else 1


def rank(source: RetrievalSet, encoder: Encoder, kept: Path | None) -> Iterator[Case]:
    """Run both rankings of the product over a set."""
    queries = adapt_query(_encode(source.queries, encoder, kept), encoder.card)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_dense(_encode([one.embedded for one in source.passages], encoder, kept), folder)
        write_lexical(map(_entry, source.passages), folder)
        dense, lexical = DenseIndex(folder), LexicalIndex(folder)
        for query, vector, gains in zip(source.queries, queries, source.relevant, strict=True):
            near, worded = dense.search(vector, POOL), lexical.search(query, POOL)
            rows = [row for row, _ in worded]
            cosines = dict(zip(rows, dense.score(vector, rows), strict=True))
            yield Case(near, worded, lexical.attainable(query), cosines, gains)


def by_product(case: Case) -> list[int]:
    """Rank as the product does."""
    fused = fuse(case.dense, case.lexical, attainable=case.attainable, cosines=case.cosines)
    return [one.row for one in fused]


def by_reciprocal_rank(case: Case) -> list[int]:
    """Rank by 1 / (60 + rank), summed (Cormack, Clarke & Buettcher 2009)."""
    scores: dict[int, float] = {}
    for ranking in (case.dense, case.lexical):
        for place, (row, _) in enumerate(ranking, start=1):
            scores[row] = scores.get(row, 0.0) + 1 / (60 + place)
    return _order(scores)


def by_fixed_weight(case: Case) -> list[int]:
    """Rank by the mean of both scores, each scaled to 0 to 1 in its ranking."""
    scores: dict[int, float] = {}
    for ranking in (case.dense, case.lexical):
        values = [score for _, score in ranking]
        low, high = min(values, default=0.0), max(values, default=0.0)
        for row, score in ranking:
            scores[row] = scores.get(row, 0.0) + (score - low) / max(high - low, 1e-9)
    return _order(scores)


METHODS: Mapping[str, Method] = {
    "dense": lambda case: [row for row, _ in case.dense],
    "lexical": lambda case: [row for row, _ in case.lexical],
    "fixed 0.5": by_fixed_weight,
    "reciprocal": by_reciprocal_rank,
    "fused": by_product,
}


def ndcg(rows: Sequence[int], gains: Mapping[int, int]) -> float:
    """nDCG@10 with linear gain and log2 discount (Järvelin & Kekäläinen 2002), as TREC has it."""
    found = sum(gains.get(row, 0) / math.log2(i + 2) for i, row in enumerate(rows[:DEPTH]))
    ideal = sorted(gains.values(), reverse=True)[:DEPTH]
    return found / sum(gain / math.log2(i + 2) for i, gain in enumerate(ideal))


def mean_ndcg(cases: Sequence[Case], method: Method) -> float:
    """Average nDCG@10 over queries."""
    return float(np.mean([ndcg(method(case), case.gains) for case in cases]))


def harm(cases: Sequence[Case]) -> float:
    """Return how far the fusion is below the better single ranking; negative where it is above."""
    single = max(mean_ndcg(cases, METHODS[name]) for name in ("dense", "lexical"))
    return single - mean_ndcg(cases, by_product)


def render(studied: Mapping[str, Sequence[Case]]) -> Iterator[str]:
    """Write the table, one line to a set; nothing was fitted on the queries held out."""
    yield (
        f"{'set':17}{'queries':>8}"
        + "".join(f"{name:>12}" for name in METHODS)
        + f"{'held out':>12}"
    )
    for name, cases in studied.items():
        figures = [mean_ndcg(cases, method) for method in METHODS.values()]
        figures.append(mean_ndcg(cases[2::3], by_product))
        yield f"{name:17}{len(cases):>8}" + "".join(f"{figure:>12.4f}" for figure in figures)


def curve(case: Case) -> Curve:
    """Judge a query at every weight."""
    known = {**case.cosines, **dict(case.dense)}
    words = dict(case.lexical)
    rows = sorted(known)
    cosines = np.array([known[row] for row in rows])
    shares = np.array([words.get(row, 0.0) for row in rows]) / max(case.attainable, 1e-9)
    orders = [np.argsort(-(cosines + math.exp(e) * shares), kind="stable") for e in EXPONENTS]
    return Curve(
        lexical_lead(case.lexical),
        dense_gap(case.dense),
        tuple(ndcg([rows[i] for i in order[:DEPTH]], case.gains) for order in orders),
        ndcg([row for row, _ in case.dense], case.gains),
        ndcg([row for row, _ in case.lexical], case.gains),
    )


def fit(studied: Mapping[str, Sequence[Curve]]) -> tuple[float, float, float]:
    """Find bias, lead and gap on the queries that are not held out, by trying the whole grid.

    Every set counts the same, however many queries it has.
    """
    sets = [_stack([c for i, c in enumerate(curves) if i % 3 != 2]) for curves in studied.values()]
    grid = itertools.product(BIASES.tolist(), LEADS.tolist(), GAPS.tolist())
    bias, lead, gap = min(grid, key=lambda numbers: _loss(numbers, sets))
    return bias, lead, gap


@dataclass(frozen=True, slots=True)
class _Stack:
    leads: Vectors
    gaps: Vectors
    scores: Vectors
    single: float


def _stack(curves: Sequence[Curve]) -> _Stack:
    singles = [float(np.mean([getattr(c, name) for c in curves])) for name in ("dense", "lexical")]
    return _Stack(
        np.array([c.lead for c in curves], dtype=np.float32),
        np.array([c.gap for c in curves], dtype=np.float32),
        np.array([c.scores for c in curves], dtype=np.float32),
        max(singles),
    )


def _loss(numbers: tuple[float, float, float], sets: Sequence[_Stack]) -> float:
    """What is lacking of a perfect mean over sets, worse where a single ranking does better."""
    bias, lead, gap = numbers
    total = 0.0
    for one in sets:
        exponents = bias + lead * one.leads + gap * one.gaps
        exponents = np.clip(exponents, fusion.LEAST, fusion.MOST)
        places = (exponents - EXPONENTS[0]) / (EXPONENTS[1] - EXPONENTS[0])
        low = places.astype(int)
        part = places - low
        rows = np.arange(len(low))
        high = np.minimum(low + 1, len(EXPONENTS) - 1)
        reached = float(np.mean(one.scores[rows, low] * (1 - part) + one.scores[rows, high] * part))
        total -= reached - PENALTY * max(0.0, one.single - reached)
    return total / len(sets)


def _encode(texts: Sequence[str], encoder: Embedder, kept: Path | None) -> Vectors:
    if kept is None:
        return encoder.encode(texts)
    name = hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:16]
    path = kept / f"{name}.npy"
    if not path.exists():
        kept.mkdir(parents=True, exist_ok=True)
        np.save(path, encoder.encode(texts))
    vectors: Vectors = np.load(path)
    return vectors


def _entry(passage: Passage) -> LexicalEntry:
    return LexicalEntry(passage.title, "\n".join(passage.headings), passage.text)


def _order(scores: Mapping[int, float]) -> list[int]:
    return sorted(scores, key=lambda row: (-scores[row], row))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
