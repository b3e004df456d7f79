"""Figures on other people's data, as a part of a report: their shape, rows and JSON form.

Knows nothing of how a figure came about.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple, dataclass
from typing import Any

TITLE = "On other people's data"

MEANING = (
    "Nothing of Footnote was fitted on what is measured here, but for what is said beside a "
    "figure. These sets are not part of the project."
)

REFUSED = 0.10
"""Share of answerable questions that a confidence may refuse where two confidences are compared."""


_PASSAGES = (
    "SQuAD 2.0, by passage",
    "answerable",
    "not",
    "AUROC",
    f"declines at {REFUSED:.0%} refusals",
    "first span right",
)
_RETRIEVAL = ("retrieval", "ranking", "queries", "nDCG@10", "Recall@100", "MRR@10")
_ARTICLES = (
    "Markdown articles, asked their own questions",
    "articles",
    "n",
    "right answer",
    "citation precision",
    "refuses",
    "length",
)
_DECLINED = ("Markdown articles, asked what isn't in them", "questions", "n", "declines")


class OutsideError(Exception):
    """Other people's data can't be used; the message says which and why."""


@dataclass(frozen=True, slots=True)
class PassageRow:
    """How well one confidence tells what a passage answers.

    `declines` is the share of the unanswerable that is declined where `REFUSED` of the answerable
    are refused, `first` the share of the answerable whose first span holds the answer.
    """

    way: str
    answerable: int
    unanswerable: int
    auroc: float
    declines: float
    first: float


@dataclass(frozen=True, slots=True)
class RetrievalRow:
    """How well one ranking finds the texts of a set."""

    source: str
    ranking: str
    queries: int
    ndcg: float
    recall: float
    mrr: float


@dataclass(frozen=True, slots=True)
class ArticlesRow:
    """What becomes of the questions that articles themselves ask; lengths are in characters."""

    way: str
    articles: str
    questions: int
    right_answer: float
    citation_precision: float
    refuses: float
    length: float


@dataclass(frozen=True, slots=True)
class DeclinedRow:
    """What becomes of questions that belong to other corpora."""

    way: str
    source: str
    questions: int
    declines: float


@dataclass(frozen=True, slots=True)
class Outside:
    """All figures on other people's data; `notes` say what they rest on and what is absent."""

    passages: tuple[PassageRow, ...] = ()
    retrieval: tuple[RetrievalRow, ...] = ()
    articles: tuple[ArticlesRow, ...] = ()
    declined: tuple[DeclinedRow, ...] = ()
    notes: tuple[str, ...] = ()


def outside_tables(outside: Outside) -> list[list[Sequence[str]]]:
    """Make the tables that have rows."""
    tables: tuple[tuple[Sequence[str], Sequence[Any]], ...] = (
        (_PASSAGES, outside.passages),
        (_RETRIEVAL, outside.retrieval),
        (_ARTICLES, outside.articles),
        (_DECLINED, outside.declined),
    )
    return [
        [header, *(tuple(_shown(value) for value in astuple(row)) for row in rows)]
        for header, rows in tables
        if rows
    ]


def write_outside(outside: Outside) -> dict[str, Any]:
    """Return the figures ready for JSON."""
    return {
        "passages": [_rounded(asdict(row)) for row in outside.passages],
        "retrieval": [_rounded(asdict(row)) for row in outside.retrieval],
        "articles": [_rounded(asdict(row)) for row in outside.articles],
        "declined": [_rounded(asdict(row)) for row in outside.declined],
        "notes": list(outside.notes),
    }


def parse_outside(data: Mapping[str, Any]) -> Outside:
    """Read what `write_outside` wrote; raises KeyError or TypeError where it isn't that."""
    return Outside(
        tuple(PassageRow(**row) for row in data["passages"]),
        tuple(RetrievalRow(**row) for row in data["retrieval"]),
        tuple(ArticlesRow(**row) for row in data["articles"]),
        tuple(DeclinedRow(**row) for row in data["declined"]),
        tuple(data["notes"]),
    )


def _shown(value: object) -> str:
    """Write a share with three digits, a mean length without any."""
    if isinstance(value, float):
        return f"{value:.3f}" if value <= 1 else f"{value:.0f}"
    return str(value)


def _rounded(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: round(value, 6) if isinstance(value, float) else value for name, value in row.items()
    }
