"""The whole set of pairs, and how much of each source a fit sees.

Knows the sources and their shares. Knows nothing of models.
"""

from collections.abc import Iterator
from pathlib import Path
from random import Random

from eval.scorer import claims, markdown, squad
from eval.scorer.made_statements import made_pairs
from eval.scorer.pair import Pair

MADE_ROUNDS = 26
"""Rounds over the made worlds: about as many made pairs as SQuAD ones."""

MAX_CHARACTERS = 480
"""Pairs longer than this are left out of a fit: they take the time of three of the usual length."""

CLAIM_REPEATS = 2
"""How often the few human support judgements are shown in a fit."""


def fit_pairs(data: Path, seed: int) -> list[Pair]:
    """Build the pairs that are fitted on, shuffled."""
    rng = Random(seed)  # noqa: S311 - sampling, no secret
    pairs = list(made_pairs(MADE_ROUNDS, seed, held_out=False))
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
