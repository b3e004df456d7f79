"""A site's furniture, told from the article it surrounds.

Knows pieces in reading order and where furniture stands: alone between paragraphs, or in a tail
after the last of the body. Knows nothing of formats and offsets. In doubt a piece stays: an article
with a stray button is better than an article without its last line.
"""

from collections.abc import Sequence
from itertools import groupby

from ingest.document import Kind
from ingest.phrases import is_button, is_chrome, is_related, is_trail
from ingest.reading import Piece

MAX_TAIL_LINE = 100
"""Characters: a link to another article is no longer than a long title."""

MAX_EMPTY = 2
"""Headings at the end with nothing below them: a label and a link's title. More are an outline."""

MAX_GAP = 2
"""Lines between two buttons of a tail that go with them; more may be an article's own list."""

MAX_ABOVE = 3
"""First lines among which the trail of pages stands: the site's name may be above it."""

_TERMINAL = (".", "!", ":", ";", ",", "。", "！")


def drop_boilerplate(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Leave out a site's furniture; a reading of nothing else is returned as it is."""
    kept = _drop_empty(_drop_strays(_drop_trail(pieces[: _tail_start(pieces)])))
    return kept if any(_is_body(piece) for piece in kept) else tuple(pieces)


def _tail_start(pieces: Sequence[Piece]) -> int:
    """Find where the tail begins: links to other articles, then buttons, after the last body.

    Short lines at the end are no evidence by themselves (they may be a list). A tail needs a line
    that announces other articles, or a button; lines between two buttons go with them, and so do
    headings just above the first, whose body they would be.
    """
    start = len(pieces)
    while start and _may_be_tail(pieces[start - 1]):
        start -= 1
    tail = range(start, len(pieces))
    related = [i for i in tail if _stands_alone(pieces[i]) and is_related(pieces[i].text)]
    if related:
        return related[0]
    buttons = [i for i in tail if _stands_alone(pieces[i]) and is_chrome(pieces[i].text)]
    if not buttons:
        return len(pieces)
    if buttons[-1] != len(pieces) - 1:
        return len(pieces)
    cut = _first_of_row(buttons)
    while cut > start and pieces[cut - 1].kind in (Kind.HEADING, Kind.QUESTION):
        cut -= 1
    return cut


def _first_of_row(buttons: Sequence[int]) -> int:
    """Walk up from the last button to the next while few lines lie between."""
    cut = buttons[-1]
    for button in reversed(buttons[:-1]):
        if cut - button - 1 > MAX_GAP:
            break
        cut = button
    return cut


def _may_be_tail(piece: Piece) -> bool:
    if piece.kind is Kind.ROW or len(piece.text) > MAX_TAIL_LINE:
        return False
    return is_chrome(piece.text) or not piece.text.rstrip().endswith(_TERMINAL)


def _drop_trail(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Drop the trail of pages above an article; further down a trail is a way to go."""
    for at, piece in enumerate(pieces[:MAX_ABOVE]):
        if _stands_alone(piece) and is_trail(piece.text):
            return (*pieces[:at], *pieces[at + 1 :])
    return pieces


def _drop_strays(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Drop buttons that stand alone anywhere, and runs of items that are nothing but buttons."""
    kept: list[Piece] = []
    for is_list, group in groupby(pieces, key=lambda piece: piece.kind is Kind.ITEM):
        run = list(group)
        if not is_list or not all(is_chrome(item.text) for item in run):
            kept.extend(run)
    following: list[Piece | None] = [*kept, None][1:]
    pairs = zip(kept, following, strict=True)
    return tuple(piece for piece, after in pairs if not _is_stray(piece, after))


def _drop_empty(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Drop headings at the very end: what they announced was no text, or not the article's."""
    end = len(pieces)
    while end and pieces[end - 1].kind is Kind.HEADING:
        end -= 1
    return tuple(pieces[:end] if len(pieces) - end <= MAX_EMPTY else pieces)


def _is_stray(piece: Piece, after: Piece | None) -> bool:
    """Say whether a piece is a button; what leads in a list or heads a section never is."""
    if piece.kind is Kind.PARAGRAPH:
        leads_in = after is not None and after.kind in (Kind.ITEM, Kind.ROW)
        return is_chrome(piece.text) and not leads_in
    if piece.kind is Kind.HEADING:
        bodyless = after is None or after.kind is Kind.HEADING
        return is_button(piece.text) or (bodyless and is_chrome(piece.text))
    return False


def _stands_alone(piece: Piece) -> bool:
    return piece.kind in (Kind.HEADING, Kind.QUESTION, Kind.PARAGRAPH)


def _is_body(piece: Piece) -> bool:
    return piece.kind in (Kind.PARAGRAPH, Kind.ITEM, Kind.ROW)
