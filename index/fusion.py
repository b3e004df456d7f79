"""Two rankings to one, each trusted as far as it is sure of itself.

Knows rows and scores. Knows nothing of what the rows are or how either ranking came about. Pure
functions only.

A row's fused score is `cosine + weight * share`. `share` is its BM25 score as a part of what the
query could reach at most, so that a query of which the corpus knows half the words cannot shout.
`weight` comes from two signals of the two rankings at hand:

- the *lead* of the lexical one: how far its first row stands above its tenth, as a part of the
  first. Words that single out a few rows are names and terms; trust them.
- the *gap* of the dense one: the cosine of its first row less that of its tenth. A meaning that
  stands out alone is a paraphrase found; trust it.

The numbers were fitted on two thirds of the queries of seven sets; `python -m eval.fusion_study
--fit` finds them again. nDCG@10 over all queries, beside a fixed weight (both scores scaled to 0 to
1 in their ranking, then averaged) and reciprocal ranks (Cormack 2009, k = 60); nothing at all was
fitted on scifact-titles:

    set               dense  lexical  fixed  reciprocal  fused
    scifact            .647     .695   .722        .706   .734
    scifact-titles     .941     .961   .975        .961   .974
    stackfaq           .948     .790   .919        .898   .947
    stackfaq-answers   .743     .487   .690        .658   .743
    squad              .765     .879   .896        .855   .900
    squad-keywords     .744     .873   .883        .839   .893
    wice               .630     .755   .767        .744   .765
    headings           .551     .517   .594        .582   .599

With a whole family of sets left out of the fit, the fusion is above the better single ranking on
SciFact, WiCE, SQuAD and the headings, and 0.009 and 0.011 below on StackFAQ's two: sets whose
meaning is found so much better than their words are needed in a fit.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

POOL = 100
"""Rows asked of each ranking; deeper ones are never among the first ten of the fusion."""

DEPTH = 10
"""The row that the first is compared with."""

BIAS = -1.0
LEAD = 7.0
GAP = -13.0
"""The natural logarithm of the weight is `BIAS + LEAD * lead + GAP * gap`."""

LEAST, MOST = -3.0, 1.0
"""Bounds of that logarithm: past them, one ranking would merely break the other's ties."""

Ranking = Sequence[tuple[int, float]]
"""Rows with their scores, best first."""


@dataclass(frozen=True, slots=True)
class Fused:
    """A row with its fused score, its cosine, and its BM25 score if it shares a word."""

    row: int
    score: float
    dense: float | None
    lexical: float | None


def fuse(
    dense: Ranking,
    lexical: Ranking,
    *,
    attainable: float,
    cosines: Mapping[int, float] | None = None,
) -> list[Fused]:
    """Fuse two rankings; returns the rows of both, by (-score, row).

    `attainable` is the BM25 score that a row with all the query's words would have. `cosines` holds
    those of rows that only the lexical ranking found; a row whose cosine is unknown is taken to be
    as far as the farthest that is known.
    """
    known = {**(cosines or {}), **dict(dense)}
    farthest = min(known.values(), default=0.0)
    shares = {row: score / attainable for row, score in lexical} if attainable > 0 else {}
    weight = lexical_weight(dense, lexical)
    words = dict(lexical)
    fused = [
        Fused(
            row,
            known.get(row, farthest) + weight * shares.get(row, 0.0),
            known.get(row),
            words.get(row),
        )
        for row in known.keys() | words.keys()
    ]
    return sorted(fused, key=lambda one: (-one.score, one.row))


def lexical_weight(dense: Ranking, lexical: Ranking) -> float:
    """Return how much a full match of the words counts against a cosine of one."""
    exponent = BIAS + LEAD * lexical_lead(lexical) + GAP * dense_gap(dense)
    return math.exp(min(max(exponent, LEAST), MOST))


def lexical_lead(lexical: Ranking) -> float:
    """Return how far the first row stands above the tenth, 0 to 1; 1 if there is no tenth."""
    if not lexical or lexical[0][1] <= 0:
        return 0.0
    tenth = lexical[DEPTH - 1][1] if len(lexical) >= DEPTH else 0.0
    return (lexical[0][1] - tenth) / lexical[0][1]


def dense_gap(dense: Ranking) -> float:
    """Return the first row's cosine less the tenth's, or the last one's if there are fewer."""
    if not dense:
        return 0.0
    return dense[0][1] - dense[min(DEPTH, len(dense)) - 1][1]
