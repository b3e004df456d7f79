"""Which headings stand above which, and which of them are the questions of an FAQ.

Knows pieces in reading order, with or without levels. Knows nothing of formats, offsets or
boilerplate. Pieces come out with the level of every heading and question set.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.document import Kind
from ingest.phrases import (
    MAX_QUESTION,
    drop_letter,
    ends_as_question,
    is_asked,
    is_question,
    is_reply,
    opens_faq,
)
from ingest.reading import Piece
from ingest.sentences import split_sentences

SECTION = 2
"""The level of a heading whose format names none: the title alone has level 1."""

_NUMBERED = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)(?:[.):]|(?<=\.\d)|(?<=\.\d\d))\s+\S")

_Number = tuple[int, ...]


def same_heading(left: str, right: str) -> bool:
    """Say whether two headings are the same words, whatever their case and final signs."""
    return left.casefold().strip(" :.") == right.casefold().strip(" :.")


def outline(pieces: Sequence[Piece], title: str) -> tuple[Piece, ...]:
    """Set the level of headings that have none, and mark the questions of FAQ sections."""
    marked = _mark_questions(_infer_levels(pieces, title), title)
    return tuple(_level_questions(_drop_letters(marked)))


def _infer_levels(pieces: Sequence[Piece], title: str) -> list[Piece]:
    levelled = list(pieces)
    unknown = [
        i for i, piece in enumerate(pieces) if piece.kind is Kind.HEADING and not piece.level
    ]
    if unknown and same_heading(pieces[unknown[0]].text, title):
        levelled[unknown[0]] = replace(pieces[unknown[0]], level=1)
        unknown = unknown[1:]
    numbers = [_number(pieces[i].text) for i in unknown]
    for index, level in zip(unknown, _levels(numbers), strict=True):
        levelled[index] = replace(pieces[index], level=level)
    return levelled


def _number(heading: str) -> _Number | None:
    match = _NUMBERED.match(heading)
    return tuple(int(part) for part in match.group(1).split(".")) if match else None


def _levels(numbers: Sequence[_Number | None]) -> list[int]:
    """Level headings by their numbers.

    Numbered headings that follow one another are steps of the unnumbered heading above them. Where
    unnumbered ones come between, the numbered are the sections, and those between are theirs.
    """
    levels = [SECTION] * len(numbers)
    plain = [at for at, number in enumerate(numbers) if number is None]
    for series in _series(numbers):
        first, last = series[0], series[-1]
        between = [at for at in range(first, last) if numbers[at] is None]
        steps = not between and bool(plain) and plain[0] < first
        level = SECTION + 1 if steps else SECTION
        for at in range(first, last + 1):
            number = numbers[at]
            levels[at] = level + (1 if number is None else len(number) - 1)
    return levels


def _series(numbers: Sequence[_Number | None]) -> list[list[int]]:
    """Find runs of headings numbered 1, 2, 3, ... with their sub-numbers (2.1) after them."""
    series: list[list[int]] = []
    for at, number in enumerate(numbers):
        if number is None:
            continue
        current = numbers[series[-1][-1]] if series else None
        if current is not None and _follows(number, current):
            series[-1].append(at)
        else:
            series.append([at])
    return series


def _follows(number: _Number, current: _Number) -> bool:
    deeper = len(number) > 1 and number[0] == current[0]
    return deeper or (len(number) == 1 and number[0] == current[0] + 1)


def _mark_questions(pieces: Sequence[Piece], title: str) -> list[Piece]:
    """Turn question headings inside FAQ sections into questions, else question paragraphs."""
    marked = list(pieces)
    for start, end, level in _faq_sections(pieces, title):
        asked = [
            at
            for at in range(start, end)
            if pieces[at].kind is Kind.HEADING and _asks(pieces[at].text)
        ]
        for at in asked:
            own = pieces[at].level
            marked[at] = replace(pieces[at], kind=Kind.QUESTION, level=max(own, level + 1))
        if not asked and not any(piece.kind is Kind.QUESTION for piece in pieces[start:end]):
            _promote(marked, range(start, end))
    for at in range(len(marked) - 1):
        if marked[at].kind is Kind.PARAGRAPH and is_asked(marked[at].text):
            _promote_if(marked, at, answered=is_reply(marked[at + 1].text))
    return marked


def _faq_sections(pieces: Sequence[Piece], title: str) -> list[tuple[int, int, int]]:
    """Return (start, end, level) of each FAQ's body; a title that announces one covers all."""
    if opens_faq(title) and _is_above_all(pieces, title):
        return [(0, len(pieces), 0)]
    sections: list[tuple[int, int, int]] = []
    opened: int | None = None
    deeper = False
    for at, piece in enumerate(pieces):
        if piece.kind is not Kind.HEADING:
            continue
        if opened is not None:
            level = pieces[opened].level
            if _ends_faq(piece, level, deeper=deeper):
                sections.append((opened + 1, at, level))
                opened = None
            deeper = deeper or piece.level > level
        if opened is None and opens_faq(piece.text):
            opened, deeper = at, False
    if opened is not None:
        sections.append((opened + 1, len(pieces), pieces[opened].level))
    return sections


def _is_above_all(pieces: Sequence[Piece], title: str) -> bool:
    """A title that is only the first of several sections covers no more than itself."""
    headings = (piece for piece in pieces if piece.kind is Kind.HEADING)
    return all(piece.level == 1 for piece in headings if same_heading(piece.text, title))


def _ends_faq(heading: Piece, level: int, *, deeper: bool) -> bool:
    """A question beside the FAQ's heading belongs to it, unless its questions are set deeper.

    Beside it only the question mark tells: "What to do next" is the section that follows.
    """
    if heading.level > level:
        return False
    beside = heading.level == level and not deeper
    return not (beside and ends_as_question(heading.text))


def _asks(heading: str) -> bool:
    """A heading is known to be one, so its question may be of any length."""
    return is_question(heading) or ends_as_question(heading)


def _promote(pieces: list[Piece], section: range) -> None:
    for at in section[:-1]:
        piece, after = pieces[at], pieces[at + 1]
        if piece.kind is Kind.PARAGRAPH:
            answered = after.kind in (Kind.PARAGRAPH, Kind.ITEM, Kind.ROW)
        else:
            nested = after.kind is Kind.ITEM and after.level > piece.level
            answered = piece.kind is Kind.ITEM and (nested or after.kind is Kind.PARAGRAPH)
        _promote_if(pieces, at, answered=answered and _is_lone_question(piece.text))


def _promote_if(pieces: list[Piece], at: int, *, answered: bool) -> None:
    if answered:
        pieces[at] = replace(pieces[at], kind=Kind.QUESTION, level=0, marker="")


def _is_lone_question(text: str) -> bool:
    if len(text) > MAX_QUESTION:
        return False
    return all(ends_as_question(text[start:end]) for start, end in split_sentences(text))


def _drop_letters(pieces: Sequence[Piece]) -> list[Piece]:
    """Drop the letters that only tell a question from its answer ("Q: ...", "A: ...")."""
    bare = list(pieces)
    for at, (asked, reply) in enumerate(pairwise(pieces)):
        poses = asked.kind in (Kind.HEADING, Kind.QUESTION) and is_asked(asked.text)
        if poses and reply.kind is Kind.PARAGRAPH and is_reply(reply.text):
            bare[at] = replace(asked, text=drop_letter(asked.text))
            bare[at + 1] = replace(reply, text=drop_letter(reply.text))
    return bare


def _level_questions(pieces: Sequence[Piece]) -> list[Piece]:
    """Put a question without a level one below the heading above it."""
    levelled = []
    above = 1
    for piece in pieces:
        if piece.kind is Kind.HEADING:
            above = piece.level
        if piece.kind is Kind.QUESTION and not piece.level:
            levelled.append(replace(piece, level=above + 1))
        else:
            levelled.append(piece)
    return levelled
