"""Answers that readers were not content with, as rows for an evaluation set.

Knows which turns those are and the row format of question files. Knows nothing of how an opinion is
given. A row's verdict is "unjudged": it waits for a person to say what the right answer is.
"""

import json
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from web.store.database import Database, StoreError, open_database
from web.store.models import FeedbackRow, TurnRow

_UNJUDGED = "unjudged"


def export_feedback(address: str, path: Path) -> int:
    """Write the thumbs-down of a database as a question file; returns how many rows it has.

    Raises `StoreError` where the database can't be opened or the file is there already.
    """
    if path.exists():
        raise StoreError(f"{path} is there already: name another file, or remove it")
    if "://" not in address and not Path(address).exists():
        raise StoreError(f"there is no database {address}: no conversation has been kept yet")
    database = open_database(address)
    try:
        rows = render_thumbs_down(database)
    finally:
        database.close()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    return len(rows)


def render_thumbs_down(database: Database) -> list[str]:
    """Render each answer that got a thumbs-down as a line of a question file, the oldest first."""
    chosen = (
        select(FeedbackRow)
        .where(FeedbackRow.verdict == "down")
        .order_by(FeedbackRow.id)
        .options(joinedload(FeedbackRow.turn))
    )
    with database.transaction() as session:
        rows = []
        for opinion in session.scalars(chosen):
            before = (
                select(TurnRow)
                .where(
                    TurnRow.conversation_id == opinion.turn.conversation_id,
                    TurnRow.number < opinion.turn.number,
                )
                .order_by(TurnRow.number)
            )
            rows.append(_render_row(opinion, list(session.scalars(before))))
        return rows


def _render_row(opinion: FeedbackRow, before: list[TurnRow]) -> str:
    turn = opinion.turn
    row: dict[str, object] = {
        # The receipt's beginning: the same answer has the same id in every export.
        "id": f"feedback-{turn.receipt[:12]}",
        "slice": "feedback",
        "split": "dev",
        "question": turn.question,
        "verdict": _UNJUDGED,
    }
    if opinion.comment:
        row["note"] = opinion.comment
    if opinion.quote:
        row["spans"] = [{"source": opinion.source, "quote": opinion.quote}]
    if before:
        row["history"] = [
            {"role": role, "content": content}
            for one in before
            for role, content in (("user", one.question), ("assistant", one.said))
        ]
    return json.dumps(row, ensure_ascii=False)
