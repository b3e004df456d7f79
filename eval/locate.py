"""Where a judged passage stands in a document, as character offsets.

Knows two ways of pointing: an exact quote of the canonical text, and a slice of the raw file the
document was read from. Knows nothing of questions, chunks or rankings.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from ingest.document import Document

MARKUP = re.compile(r"\]\([^)\s]*\)|<[^>\n]*>|https?://[^\s)>\]]+")
"""Raw text whose words a reader doesn't see: link targets, tags, bare addresses."""

MARKER = re.compile(r"^[ \t]*(\d+|[a-zA-Z])[.)][ \t]", re.MULTILINE)
"""The number or letter of a list item: in the raw file, but perhaps not in the canonical text."""

WORD = re.compile(r"\w+")


class NotFoundError(Exception):
    """A passage isn't in its document, or isn't there only once; the message says which."""


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """A passage that supports an answer: `start` and `end` are offsets into the document's text."""

    document_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int
    optional: bool = False


def locate_quote(document: Document, quote: str) -> GoldSpan:
    """Find the one place of a quote, any run of white space being as good as another.

    Raises NotFoundError where it isn't there, or is there more than once.
    """
    pattern = r"\s+".join(re.escape(word) for word in quote.split())
    if not pattern:
        raise NotFoundError("an empty quote is found everywhere")
    found = [match.span() for match in re.finditer(pattern, document.text)]
    if not found:
        raise NotFoundError(f"quote is not in {document.source}: {_shorten(quote)!r}")
    if len(found) > 1:
        raise NotFoundError(
            f"quote is {len(found)} times in {document.source}, make it longer: {_shorten(quote)!r}"
        )
    return GoldSpan(document.id, *found[0])


def locate_slice(document: Document, raw: str, start: int, end: int) -> GoldSpan:
    """Find `raw[start:end]`, a slice of the document's own file, in its canonical text.

    Words decide; markup, bullets, pipes and link targets don't, and an item's number may be absent.
    A passage that recurs is told by its turn: the second in the file is the second in the text.
    Raises NotFoundError.
    """
    words = _raw_words(raw)
    first = bisect_left([word.start for word in words], start)
    wanted = [word for word in words[first:] if word.end <= end]
    if not any(not word.optional for word in wanted):
        raise NotFoundError(f"the slice {start}:{end} of {document.source} holds no words")
    places = _match(wanted, _text_words(document.text))
    turns = [place for place, _ in _match(wanted, words)]
    if not places:
        raise NotFoundError(f"{document.source} lacks {_shorten(raw[start:end])!r}")
    if len(places) > 1 and len(turns) != len(places):
        raise NotFoundError(f"{document.source} repeats {_shorten(raw[start:end])!r}")
    turn = sum(place < wanted[0].start for place in turns) if len(places) > 1 else 0
    return GoldSpan(document.id, *places[turn])


# All passages of a document are sought one after the other.
@lru_cache(maxsize=16)
def _raw_words(raw: str) -> tuple[_Word, ...]:
    seen = MARKUP.sub(lambda match: " " * len(match.group()), raw)
    optional = {match.start(1) for match in MARKER.finditer(seen)}
    return _words(seen, optional)


@lru_cache(maxsize=16)
def _text_words(text: str) -> tuple[_Word, ...]:
    return _words(text, set())


def _words(text: str, optional: Set[int]) -> tuple[_Word, ...]:
    return tuple(
        _Word(match.group().casefold(), match.start(), match.end(), match.start() in optional)
        for match in WORD.finditer(text)
    )


def _match(wanted: Sequence[_Word], text: Sequence[_Word]) -> list[tuple[int, int]]:
    """Find where the wanted words run on in the text; optional ones may be absent."""
    needed = [word for word in wanted if not word.optional]
    starts = [i for i, word in enumerate(text) if word.text in (wanted[0].text, needed[0].text)]
    found: list[tuple[int, int]] = []
    for start in starts:
        end = _run(wanted, text, start)
        if end is not None and (not found or text[start].start >= found[-1][1]):
            found.append((text[start].start, text[end - 1].end))
    return found


def _run(wanted: Sequence[_Word], text: Sequence[_Word], place: int) -> int | None:
    """Follow the wanted words from a place in the text; return the place after them."""
    for word in wanted:
        if place < len(text) and text[place].text == word.text:
            place += 1
        elif not word.optional:
            return None
    return place


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else line[:77] + "..."
