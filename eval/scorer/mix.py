"""The whole set of pairs, and how much of each source a fit sees.

Knows the sources and their shares. Knows nothing of models.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from random import Random

from eval.scorer import asked, claims, faqs, markdown, squad
from eval.scorer.made_statements import made_pairs
from eval.scorer.pair import Pair
from eval.scorer.rivals import Vectors

MADE_ROUNDS = 30
SQUAD_ROUNDS = 2
SMALL_ROUNDS = 2
ASKED_ROUNDS = 4
"""How often a fit meets each source, in a new draw each time: some 1,100 pairs a round over the made
worlds, 75,000 over SQuAD, 12,000 over written questions, and few thousand each over Markdown
articles, FAQ threads and claims."""

MAX_CHARACTERS = 480
"""Pairs longer than this are left out of a fit: they take the time of three of the usual length."""


def fit_pairs(data: Path, seed: int) -> list[Pair]:
    """Build the pairs that a fit sees: those of one question side by side, questions shuffled."""
    rng = Random(seed)  # noqa: S311 - sampling, no secret
    vectors = Vectors()
    rounds = [list(made_pairs(1, seed + at, held_out=False)) for at in range(MADE_ROUNDS)]
    questions = _questions(data, vectors, held_out=False)
    rounds += [list(_squad_pairs(questions, rng)) for _ in range(SQUAD_ROUNDS)]
    threads = faqs.read_threads(data / "stackfaq", vectors)
    rows = asked.read_rows(data, vectors)
    rounds += [list(asked.asked_pairs(rows, rng, held_out=False)) for _ in range(ASKED_ROUNDS)]
    for _ in range(SMALL_ROUNDS):
        rounds.append(list(_markdown_pairs(data, rng, vectors, held_out=False)))
        rounds.append(list(faqs.faq_pairs(threads, rng, held_out=False)))
        judged = claims.claim_pairs(data)
        rounds.append([one for one in judged if not claims.is_kept_apart(one.group)])
    alike = list(chain.from_iterable(_by_question(pairs) for pairs in rounds))
    rng.shuffle(alike)
    return [pair for pairs in alike for pair in pairs]


def held_out_pairs(data: Path, seed: int) -> list[Pair]:
    """Build the pairs that figures and temperatures come from; none of their groups is fitted."""
    rng = Random(seed)  # noqa: S311 - sampling, no secret
    vectors = Vectors()
    questions = _questions(data, vectors, held_out=True)
    threads = faqs.read_threads(data / "stackfaq", vectors)
    pairs = list(made_pairs(8, seed, held_out=True))
    pairs += rng.sample(list(_squad_pairs(questions, rng)), k=2000)
    pairs += _markdown_pairs(data, rng, vectors, held_out=True)
    pairs += faqs.faq_pairs(threads, rng, held_out=True)
    pairs += asked.asked_pairs(asked.read_rows(data, vectors), rng, held_out=True)
    pairs += [one for one in claims.claim_pairs(data) if claims.is_kept_apart(one.group)]
    return pairs


def _by_question(pairs: Iterable[Pair]) -> list[list[Pair]]:
    """Gather the pairs that ask the same of one text, leaving out those that are too long."""
    alike: dict[tuple[str, str, str], list[Pair]] = {}
    for pair in pairs:
        if len(pair.text) + len(pair.passage) <= MAX_CHARACTERS:
            alike.setdefault((pair.head, pair.group, pair.text), []).append(pair)
    return list(alike.values())


def _questions(data: Path, vectors: Vectors, *, held_out: bool) -> tuple[squad.Question, ...]:
    questions = squad.read_questions(data / "squad")
    kept = [one for one in questions if squad.is_kept_apart(one.title) == held_out]
    return squad.find_rivals(kept, vectors)


def _squad_pairs(questions: tuple[squad.Question, ...], rng: Random) -> Iterator[Pair]:
    yield from squad.answer_pairs(questions, rng)
    yield from squad.statement_pairs(questions, rng)


def _markdown_pairs(data: Path, rng: Random, vectors: Vectors, *, held_out: bool) -> Iterator[Pair]:
    for name, pieces in markdown.read_articles(data / "markdown").items():
        if markdown.is_kept_apart(name) == held_out:
            yield from markdown.article_pairs(name, pieces, rng, vectors)
