"""The whole set of pairs, and how much of each source a fit sees.

Knows the sources and their shares. Knows nothing of models.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from eval.scorer import claims, markdown, squad
from eval.scorer.made_statements import made_pairs
from eval.scorer.pair import Pair


@dataclass(frozen=True, slots=True)
class Share:
    """What one pass sees: rounds over the made worlds, rounds over SQuAD, and its part of the time.

    A made round over all fitted worlds is some 1,100 pairs, a SQuAD round some 24,000 questions
    with a sentence and 12,000 statements.
    """

    made: int
    squad: int
    time: float


PASSES = (
    Share(made=26, squad=1, time=0.25),
    Share(made=12, squad=2, time=0.6),
    Share(made=30, squad=1, time=0.15),
)
"""After a quarter of an hour the made pairs of unseen worlds are told apart (AUROC .94), SQuAD's
are not yet (.78): the second pass, which starts from the first one's weights, is mostly SQuAD, and the third brings the
made kinds back. Pairs come in a new draw each time."""

MAX_CHARACTERS = 480
"""Pairs longer than this are left out of a fit: they take the time of three of the usual length."""

CLAIM_REPEATS = 2
"""How often the few human support judgements are shown in a fit."""


def fit_pairs(data: Path, share: Share, seed: int) -> list[Pair]:
    """Build the pairs that one pass is fitted on, shuffled."""
    rng = Random(seed)  # noqa: S311 - sampling, no secret
    pairs = list(made_pairs(share.made, seed, held_out=False))
    for _ in range(share.squad):
        pairs += _squad_pairs(data, rng, held_out=False)
    pairs += _markdown_pairs(data, rng, held_out=False)
    judged = [one for one in claims.claim_pairs(data) if not claims.is_kept_apart(one.group)]
    pairs += judged * CLAIM_REPEATS
    pairs = [one for one in pairs if len(one.text) + len(one.passage) <= MAX_CHARACTERS]
    rng.shuffle(pairs)
    return pairs


def held_out_pairs(data: Path, seed: int) -> list[Pair]:
    """Build the pairs that figures and temperatures come from; none of their groups is fitted."""
    rng = Random(seed)  # noqa: S311 - sampling, no secret
    pairs = list(made_pairs(8, seed, held_out=True))
    pairs += rng.sample(list(_squad_pairs(data, rng, held_out=True)), k=2000)
    pairs += _markdown_pairs(data, rng, held_out=True)
    pairs += [one for one in claims.claim_pairs(data) if claims.is_kept_apart(one.group)]
    return pairs


def _squad_pairs(data: Path, rng: Random, *, held_out: bool) -> Iterator[Pair]:
    questions = tuple(
        one
        for one in squad.read_questions(data / "squad")
        if squad.is_kept_apart(one.title) == held_out
    )
    yield from squad.answer_pairs(questions, rng)
    yield from squad.statement_pairs(questions, rng)


def _markdown_pairs(data: Path, rng: Random, *, held_out: bool) -> Iterator[Pair]:
    for name, pieces in markdown.read_articles(data / "markdown").items():
        if markdown.is_kept_apart(name) == held_out:
            yield from markdown.article_pairs(name, pieces, rng)
