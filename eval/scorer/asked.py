"""Pairs from questions that we wrote over articles, as people would type them, with what answers.

Knows the question files and the articles they are about: Markdown articles of other people (not
part of this project) and our own guides, a folder of one to three articles each. Knows nothing of
training.

A row names its article or guide and, by number, the pieces that answer (none: nothing there does)
and those that nearly do; a guide's articles are counted through, by file name. Rows hold no words
of other people's articles.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import numpy as np

from eval import dataset
from eval.scorer.markdown import Piece, is_kept_apart, read_articles
from eval.scorer.pair import Head, Pair
from eval.scorer.rivals import Similarity, Vectors, order_by_likeness
from eval.scorer.wording import reword

QUESTIONS = Path(__file__).parent / "asked"
GUIDES = Path(__file__).parents[1] / "data" / "guides"

NEAREST = 24
"""Pieces of the same article kept as wrong answers, nearest first."""

RIVALS = 8
"""Of these, how many of the first a round draws from."""

SHOWN_RIGHT, SHOWN_NEAR, SHOWN_RIVALS = 2, 2, 3


@dataclass(frozen=True, slots=True)
class Row:
    """A question with the pieces of one article that answer it, and those that don't."""

    article: str
    question: str
    form: str
    right: tuple[str, ...]
    near: tuple[str, ...]
    rivals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is written down: the numbers of the pieces that answer, and that nearly do."""

    text: str
    form: str
    pieces: tuple[int, ...]
    near: tuple[int, ...]


def read_questions(data: Path) -> Iterator[tuple[str, tuple[Piece, ...], list[Question]]]:
    """Yield each article or guide that is there with its pieces and the questions about it."""
    articles = read_guides() | read_articles(data / "markdown")
    by_article: dict[str, list[Question]] = {}
    for path in sorted(QUESTIONS.glob("*.jsonl")):
        for _, row in dataset.read_rows(path):
            by_article.setdefault(str(row["article"]), []).append(
                Question(
                    str(row["question"]),
                    str(row["form"]),
                    _numbers(row["pieces"]),
                    _numbers(row["near"]),
                )
            )
    for name, questions in by_article.items():
        if name in articles:
            yield name, articles[name], questions


def read_rows(data: Path, vectors: Vectors, *, held_out: bool) -> tuple[Row, ...]:
    """Read the questions of one part whose article is there, each with its rivals."""
    return tuple(
        row
        for name, pieces, questions in read_questions(data)
        if is_kept_apart(name) == held_out
        for row in _find_rivals(name, pieces, questions, vectors)
    )


def read_guides() -> dict[str, tuple[Piece, ...]]:
    """Read our own guides by name, the pieces of their articles one after another."""
    guides: dict[str, tuple[Piece, ...]] = {}
    for path, pieces in read_articles(GUIDES).items():
        name = path.partition("/")[0]
        guides[name] = (*guides.get(name, ()), *pieces)
    return guides


def put_mistakes_first(rows: Sequence[Row], rate: Similarity) -> tuple[Row, ...]:
    """Put those rivals first that are rated highest: a scorer learns most from its own mistakes.

    Negatives mined by the model that is fitted: Xiong et al. 2021.
    """
    ranked = []
    for row in rows:
        order = np.argsort(-rate(row.question, row.rivals), kind="stable")
        ranked.append(replace(row, rivals=tuple(row.rivals[at] for at in order)))
    return tuple(ranked)


def asked_pairs(rows: Sequence[Row], rng: Random) -> Iterator[Pair]:
    """Yield each question beside pieces that answer it and pieces that do not."""
    for row in rows:
        question = reword(row.question, rng) if rng.random() < 0.15 else row.question
        right, near, rivals = (
            rng.sample(texts, k=min(count, len(texts)))
            for texts, count in (
                (row.right, SHOWN_RIGHT),
                (row.near, SHOWN_NEAR),
                (row.rivals[:RIVALS], SHOWN_RIVALS),
            )
        )
        kinds = {"right": right, "near": near, "rival": rivals}
        for kind, texts in kinds.items():
            for text in texts:
                label = kind == "right"
                yield Pair(Head.ANSWERS, question, text, label, f"{row.form} {kind}", row.article)


def _find_rivals(
    name: str, pieces: Sequence[Piece], questions: Sequence[Question], vectors: Vectors
) -> Iterator[Row]:
    described = [one.described for one in pieces]
    order = order_by_likeness(vectors, [one.text for one in questions], described)
    for asked, places in zip(questions, order, strict=True):
        right = [described[at] for at in asked.pieces]
        near = [described[at] for at in asked.near if described[at] not in right]
        rivals = [described[at] for at in places if described[at] not in (*right, *near)]
        yield Row(name, asked.text, asked.form, tuple(right), tuple(near), tuple(rivals[:NEAREST]))


def _numbers(value: object) -> tuple[int, ...]:
    if not isinstance(value, list):
        raise TypeError(f"not a list of numbers: {value!r}")
    return tuple(int(number) for number in value)
