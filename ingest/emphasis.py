"""Lines all in bold that stand above a body: headings their author set by hand, with no style.

Knows pieces in reading order, and which of them a reader saw in bold. Knows nothing of formats.
"""

from collections.abc import Sequence
from dataclasses import replace

from ingest.document import Kind
from ingest.phrases import MAX_QUESTION, ends_as_question, is_asked
from ingest.reading import Piece

MAX_HEADING = 120
"""Characters of a line that is all bold, or underlined, and still a heading."""


def head_bold_lines(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Turn bold lines that stand above a body into headings, one level below the one above."""
    settled: list[Piece] = []
    above = 1
    for at, piece in enumerate(pieces):
        plain = replace(piece, bold=False)
        if piece.kind is Kind.HEADING:
            above = piece.level or above
        elif piece.bold and at + 1 < len(pieces) and _heads(piece, pieces[at + 1]):
            plain = replace(plain, kind=Kind.HEADING, level=min(above + 1, 6))
        settled.append(plain)
    return tuple(settled)


def _heads(piece: Piece, after: Piece) -> bool:
    text = piece.text.strip()
    limit = MAX_QUESTION if ends_as_question(text) else MAX_HEADING
    if piece.kind is not Kind.PARAGRAPH or len(text) > limit or is_asked(text):
        return False
    if "\n" in text or text.endswith((".", ":", ";", ",", "!", "…")):
        return False
    return after.kind not in (Kind.HEADING, Kind.QUESTION) and not after.bold
