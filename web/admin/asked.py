"""What readers asked and how it went, as the keeper may see it: questions, never who asked them.

Knows the tables of what is kept. Knows nothing of pages.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from web.store.conversations import fold
from web.store.database import Database
from web.store.models import FeedbackRow, TurnRow

DAYS = 30
"""Days that the plot shows."""
_LOOKED_AT = 1000
"""Latest turns in which repeated questions are counted."""
_SHOWN = 100
_ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that the articles did not answer whole, and how often it was asked lately."""

    question: str
    verdict: str
    times: int
    last: datetime


@dataclass(frozen=True, slots=True)
class Disliked:
    """An answer that a reader was not content with, and what the reader said."""

    question: str
    receipt: str
    comment: str
    source: str
    quote: str
    pasted: str
    given: datetime


@dataclass(frozen=True, slots=True)
class Day:
    """How the questions of one day went."""

    date: date
    counts: dict[str, int]


def count_verdicts(database: Database, today: date) -> list[Day]:
    """Count the verdicts of the last `DAYS` days, the days without any included."""
    first = today - timedelta(days=DAYS - 1)
    day = func.date(TurnRow.asked)
    chosen = (
        select(day, TurnRow.verdict, func.count())
        .where(TurnRow.asked >= datetime(first.year, first.month, first.day))  # as kept
        .group_by(day, TurnRow.verdict)
    )
    with database.transaction() as session:
        # SQLite has no type of its own for a date, and gives it as text.
        found = {(str(on), verdict): count for on, verdict, count in session.execute(chosen)}
    days = [first + timedelta(days=n) for n in range(DAYS)]
    verdicts = sorted({verdict for _, verdict in found})
    return [Day(on, {v: found.get((str(on), v), 0) for v in verdicts}) for on in days]


def list_unanswered(database: Database) -> list[Unanswered]:
    """List the questions that were not answered whole: the most frequent first, then the latest."""
    chosen = (
        select(TurnRow.standalone, TurnRow.verdict, TurnRow.asked)
        .where(TurnRow.verdict != _ANSWERED)
        .order_by(TurnRow.asked.desc(), TurnRow.id.desc())
        .limit(_LOOKED_AT)
    )
    with database.transaction() as session:
        rows = list(session.execute(chosen))
    times = Counter(_same(question) for question, _, _ in rows)
    latest: dict[str, Unanswered] = {}
    for question, verdict, asked in rows:
        key = _same(question)
        latest.setdefault(key, Unanswered(question, verdict, times[key], asked))
    return sorted(latest.values(), key=lambda one: -one.times)[:_SHOWN]


def list_disliked(database: Database) -> list[Disliked]:
    """List the answers that got a thumbs-down, the latest first."""
    chosen = (
        select(FeedbackRow)
        .where(FeedbackRow.verdict == "down")
        .order_by(FeedbackRow.given.desc(), FeedbackRow.id.desc())
        .limit(_SHOWN)
        .options(joinedload(FeedbackRow.turn))
    )
    with database.transaction() as session:
        return [
            Disliked(
                row.turn.question,
                row.turn.receipt,
                row.comment,
                row.source,
                row.quote,
                row.pasted,
                row.given,
            )
            for row in session.scalars(chosen)
        ]


def count_opinions(database: Database) -> dict[str, int]:
    """Count the opinions by their verdict, "up" and "down"."""
    chosen = select(FeedbackRow.verdict, func.count()).group_by(FeedbackRow.verdict)
    with database.transaction() as session:
        found = [(verdict, count) for verdict, count in session.execute(chosen)]
    return {"up": 0, "down": 0} | dict(found)


def sum_verdicts(days: Sequence[Day]) -> dict[str, int]:
    """Add the days up."""
    total: Counter[str] = Counter()
    for day in days:
        total.update(day.counts)
    return dict(total)


def _same(question: str) -> str:
    return " ".join(fold(question).split()).rstrip("?.! ")
