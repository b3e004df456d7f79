"""The tables of what the site keeps.

Knows columns and how rows hang together. Knows no query and no request. A change here needs a new
file in `web/migrations/versions`; a test compares the two.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, MetaData, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

KEY_LENGTH = 64
"""Hex digits of a SHA-256, or an unguessable id of 32 characters."""
TITLE_LENGTH = 200


def now() -> datetime:
    """Return the time in UTC without a zone, as both databases keep it alike."""
    return datetime.now(UTC).replace(tzinfo=None)


class Record(DeclarativeBase):
    """What the tables share: the names of their constraints, which migrations refer to."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class ConversationRow(Record):
    """A conversation; `reader` is the SHA-256 of its reader's key, so that the table opens none."""

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(String(KEY_LENGTH), primary_key=True)
    reader: Mapped[str] = mapped_column(String(KEY_LENGTH), index=True)
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    sought: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime] = mapped_column(DateTime, default=now)
    updated: Mapped[datetime] = mapped_column(DateTime, default=now, index=True)


class TurnRow(Record):
    """One question with its answer; `said` is the answer's text, `sought` what is searched.

    `answer` is the reply as the API gives it, `verdict` its verdict. `sources` maps the id of each
    cited article to the SHA-256 of its file, so that a later look can tell which have changed.
    """

    __tablename__ = "turns"
    __table_args__ = (UniqueConstraint("conversation_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    number: Mapped[int]
    receipt: Mapped[str] = mapped_column(String(KEY_LENGTH), unique=True)
    question: Mapped[str] = mapped_column(Text)
    standalone: Mapped[str] = mapped_column(Text)
    verdict: Mapped[str] = mapped_column(String(20), index=True)
    said: Mapped[str] = mapped_column(Text)
    sought: Mapped[str] = mapped_column(Text)
    answer: Mapped[dict[str, Any]] = mapped_column(JSON)
    sources: Mapped[dict[str, str]] = mapped_column(JSON)
    versions: Mapped[dict[str, str]] = mapped_column(JSON)
    corpus_digest: Mapped[str] = mapped_column(String(KEY_LENGTH))
    index_version: Mapped[str] = mapped_column(String(KEY_LENGTH))
    model: Mapped[str] = mapped_column(Text)
    asked: Mapped[datetime] = mapped_column(DateTime, default=now)
    conversation: Mapped[ConversationRow] = relationship()
    feedback: Mapped["FeedbackRow | None"] = relationship(back_populates="turn", uselist=False)


class FeedbackRow(Record):
    """What a reader thought of an answer; one for each turn, the latest.

    `pasted` is the passage as the reader gave it; `source` and `quote` say where in the articles it
    was found, and are empty where it wasn't.
    """

    __tablename__ = "feedback"

    id: Mapped[int] = mapped_column(primary_key=True)
    turn_id: Mapped[int] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"), unique=True)
    verdict: Mapped[str] = mapped_column(String(8), index=True)
    comment: Mapped[str] = mapped_column(Text, default="")
    pasted: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(Text, default="")
    quote: Mapped[str] = mapped_column(Text, default="")
    given: Mapped[datetime] = mapped_column(DateTime, default=now)
    turn: Mapped[TurnRow] = relationship(back_populates="feedback")
