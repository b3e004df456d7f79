"""Conversations as their reader, and nobody else, finds them again.

Knows who may see what: a conversation is its reader's, known by a key in a cookie; a receipt is
open to whoever has its unguessable name. Knows nothing of requests or of how an answer is shown.
"""

import hashlib
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session, joinedload

from assistant.answer import Role, Turn
from web.store.database import Database
from web.store.models import TITLE_LENGTH, ConversationRow, FeedbackRow, TurnRow, now

_SHOWN = 100
"""Conversations in a list; a search finds older ones."""
_TITLE = 80
"""Characters of a question that name its conversation."""


class NotKeptError(LookupError):
    """There is no such conversation or receipt, or it is another reader's: the two look alike."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What an answer came from.

    `sources` maps the id of each cited article to the SHA-256 of its file, `versions` the parts of
    the program to their versions.
    """

    corpus_digest: str
    index_version: str
    model: str
    sources: Mapping[str, str]
    versions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class NewTurn:
    """A question and its answer, as the API gives it, not kept yet."""

    question: str
    answer: Mapping[str, Any]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a reader thought: up or down, in words, and where the right passage is."""

    verdict: str
    comment: str = ""
    pasted: str = ""
    source: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A kept question with its answer; `receipt` is its unguessable name."""

    number: int
    receipt: str
    question: str
    answer: Mapping[str, Any]
    provenance: Provenance
    asked: datetime
    opinion: Opinion | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """A conversation as a list shows it."""

    id: str
    title: str
    updated: datetime


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation whole."""

    id: str
    title: str
    exchanges: tuple[Exchange, ...]


def make_key() -> str:
    """Make a name that nobody guesses: 192 random bits."""
    return secrets.token_urlsafe(24)


class Conversations:
    """Keeps conversations for their readers; shared by threads.

    One that nobody has added to for `keep_days` is forgotten, unless that is 0. Every method raises
    `StoreError` where the database fails.
    """

    def __init__(self, database: Database, keep_days: int = 0) -> None:
        self.database = database
        self._keep_days = keep_days

    def forget(self) -> None:
        """Delete what has been kept for long enough; beginning a conversation does so too."""
        with self.database.transaction() as session:
            self._forget(session)

    def add(self, reader: str, conversation: str | None, turn: NewTurn) -> tuple[str, Exchange]:
        """Add a turn to a reader's conversation, or to a new one; raises `NotKeptError`."""
        with self.database.transaction() as session:
            if conversation is None:
                conversation = self._begin(session, reader, turn.question)
            # The first statement writes: it takes the conversation for this transaction alone, so
            # that two turns at once get two numbers.
            _own(session, reader, conversation, updated=now())
            last = select(func.max(TurnRow.number)).where(TurnRow.conversation_id == conversation)
            row = _make_row(conversation, (session.scalar(last) or 0) + 1, turn)
            session.add(row)
            session.flush()
            return conversation, _to_exchange(row, None)

    def _begin(self, session: Session, reader: str, question: str) -> str:
        self._forget(session)
        title = make_title(question)
        row = ConversationRow(
            id=make_key(), reader=hash_key(reader), title=title, sought=fold(title)
        )
        session.add(row)
        session.flush()
        return row.id

    def _forget(self, session: Session) -> None:
        if self._keep_days:
            long_ago = now() - timedelta(days=self._keep_days)
            session.execute(delete(ConversationRow).where(ConversationRow.updated < long_ago))

    def find(self, reader: str, search: str = "") -> list[Summary]:
        """Find a reader's conversations, the latest first; those alone that hold the search text."""
        chosen = select(ConversationRow).where(ConversationRow.reader == hash_key(reader))
        if search.strip():
            wanted = fold(search.strip())
            within = select(TurnRow.conversation_id).where(
                TurnRow.sought.contains(wanted, autoescape=True)
            )
            titled = ConversationRow.sought.contains(wanted, autoescape=True)
            chosen = chosen.where(or_(titled, ConversationRow.id.in_(within)))
        latest = chosen.order_by(ConversationRow.updated.desc(), ConversationRow.id).limit(_SHOWN)
        with self.database.transaction() as session:
            return [Summary(row.id, row.title, row.updated) for row in session.scalars(latest)]

    def read(self, reader: str, conversation: str) -> Conversation:
        """Read a reader's conversation; raises `NotKeptError`."""
        with self.database.transaction() as session:
            row = session.get(ConversationRow, conversation)
            if row is None or row.reader != hash_key(reader):
                raise NotKeptError
            turns = (
                select(TurnRow)
                .where(TurnRow.conversation_id == conversation)
                .order_by(TurnRow.number)
                .options(joinedload(TurnRow.feedback))
            )
            exchanges = [_to_exchange(turn, turn.feedback) for turn in session.scalars(turns)]
            return Conversation(row.id, row.title, tuple(exchanges))

    def history(self, reader: str, conversation: str, count: int) -> tuple[Turn, ...]:
        """Read what was said last in a reader's conversation, `count` exchanges of it."""
        said = (
            select(TurnRow.question, TurnRow.said)
            .join(TurnRow.conversation)
            .where(*_mine(reader, conversation))
            .order_by(TurnRow.number.desc())
            .limit(count)
        )
        with self.database.transaction() as session:
            rows = session.execute(said).all()
        if not rows:  # a conversation has a turn from its beginning
            raise NotKeptError
        both = [(Turn(Role.USER, row.question), Turn(Role.ASSISTANT, row.said)) for row in rows]
        return tuple(turn for pair in reversed(both) for turn in pair)

    def rename(self, reader: str, conversation: str, title: str) -> None:
        """Give a conversation another title; raises `NotKeptError`."""
        title = " ".join(title.split())[:TITLE_LENGTH]
        with self.database.transaction() as session:
            _own(session, reader, conversation, title=title, sought=fold(title))

    def delete(self, reader: str, conversation: str) -> None:
        """Delete a conversation with its receipts and opinions; raises `NotKeptError`."""
        mine = _mine(reader, conversation)
        with self.database.transaction() as session:
            if not session.execute(delete(ConversationRow).where(*mine)).rowcount:  # type: ignore[attr-defined]
                raise NotKeptError

    def read_receipt(self, receipt: str) -> Exchange:
        """Read one exchange by its unguessable name; raises `NotKeptError`."""
        with self.database.transaction() as session:
            row = session.scalar(select(TurnRow).where(TurnRow.receipt == receipt))
            if row is None:
                raise NotKeptError
            return _to_exchange(row, None)

    def judge(self, reader: str, receipt: str, opinion: Opinion) -> tuple[str, int]:
        """Keep what the reader thinks of an answer of theirs, in place of what they thought before.

        Returns the conversation and the number of the turn; raises `NotKeptError`.
        """
        found = (
            select(TurnRow)
            .join(TurnRow.conversation)
            .where(TurnRow.receipt == receipt, ConversationRow.reader == hash_key(reader))
        )
        with self.database.transaction() as session:
            turn = session.scalar(found)
            if turn is None:
                raise NotKeptError
            session.execute(delete(FeedbackRow).where(FeedbackRow.turn_id == turn.id))
            session.add(
                FeedbackRow(
                    turn_id=turn.id,
                    verdict=opinion.verdict,
                    comment=opinion.comment,
                    pasted=opinion.pasted,
                    source=opinion.source,
                    quote=opinion.quote,
                )
            )
            return turn.conversation_id, turn.number


def hash_key(reader: str) -> str:
    """Hash a reader's key, so that whoever reads the tables can't pass for a reader."""
    return hashlib.sha256(reader.encode("utf-8", "replace")).hexdigest()


def make_title(question: str) -> str:
    """Name a conversation by its first question, cut at a word."""
    line = " ".join(question.split())
    if len(line) <= _TITLE:
        return line
    return line[:_TITLE].rsplit(" ", 1)[0] + " …"


def fold(text: str) -> str:
    """Fold case and forms of letters, for a search that finds É by é in any database."""
    return unicodedata.normalize("NFKC", text).casefold()


def _mine(reader: str, conversation: str) -> tuple[Any, Any]:
    return ConversationRow.id == conversation, ConversationRow.reader == hash_key(reader)


def _own(session: Session, reader: str, conversation: str, **changes: object) -> None:
    """Change a conversation if it is the reader's; raises `NotKeptError`."""
    done = session.execute(
        update(ConversationRow).where(*_mine(reader, conversation)).values(**changes)
    )
    if not done.rowcount:  # type: ignore[attr-defined]
        raise NotKeptError


def _make_row(conversation: str, number: int, turn: NewTurn) -> TurnRow:
    said = str(turn.answer["answer"])
    return TurnRow(
        conversation_id=conversation,
        number=number,
        receipt=make_key(),
        question=turn.question,
        standalone=str(turn.answer["standalone_question"]),
        verdict=str(turn.answer["verdict"]),
        said=said,
        sought=fold(f"{turn.question}\n{said}"),
        answer=dict(turn.answer),
        sources=dict(turn.provenance.sources),
        versions=dict(turn.provenance.versions),
        corpus_digest=turn.provenance.corpus_digest,
        index_version=turn.provenance.index_version,
        model=turn.provenance.model,
        asked=now(),
    )


def _to_exchange(row: TurnRow, feedback: FeedbackRow | None) -> Exchange:
    came_from = Provenance(
        row.corpus_digest, row.index_version, row.model, row.sources, row.versions
    )
    opinion = None
    if feedback is not None:
        opinion = Opinion(
            feedback.verdict, feedback.comment, feedback.pasted, feedback.source, feedback.quote
        )
    return Exchange(
        row.number, row.receipt, row.question, row.answer, came_from, row.asked, opinion
    )
