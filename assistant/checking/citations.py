"""From a writer's stream of text to sentences with citation numbers, strictly.

Knows how markers and sentences are written. Knows nothing of evidence: whether a number was shown
is the caller's to resolve. The result depends on the text alone, never on how it was cut into
pieces.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.answer import Form
from ingest.patterns import compile_late

MAX_RANGE = 20
"""Numbers that [1-20] may stand for; more is a slip of the pen, or mischief."""


@dataclass(frozen=True, slots=True)
class Written:
    """A finished sentence or item as its writer typed it: text without markers, numbers in order."""

    text: str
    numbers: tuple[int, ...]
    form: Form


_INSIDE = r"\s*\d+(?:\s*[,;–-]\s*\d+)*\s*"
_MARK = rf"\[{{1,2}}{_INSIDE}\]{{1,2}}"
_MARKER = compile_late(rf"(?<!\s)\s*{_MARK}")
_NUMBERS = compile_late(r"(\d+)(?:\s*[–-]\s*(\d+))?")
_HALF_MARKER = compile_late(r"\[{1,2}[\d\s,;–-]*$")
_CODE = compile_late(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")
_ITEM = compile_late(r"\s*(?:[-*•–+]|\d{1,2}[.)])\s+")
_MAY_BE_ITEM = compile_late(r"\s*(?:[-*•–+]|\d{1,2}[.)]?)?")
_FENCE = compile_late(r"\s*(`{3,})[^`]*|\s*(~{3,}).*")
_MAY_BE_FENCE = compile_late(r"\s*(?:`{1,2}|~{1,2}|`{3,}[^`]*|~{3,}.*)")
_HEADING = compile_late(r"\s*#{1,6}\s+")
_STRONG = compile_late(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_CLOSING = r"[\"'”’)*_]*"
_BOUNDARY = compile_late(rf"(?<![.!?…])[.!?…]+{_CLOSING}(?:\s*{_MARK}{_CLOSING})*\s+(?=[^\s\[a-z])")
_ABBREVIATION = compile_late(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|approx|Mr|Mrs|Ms|Dr|Prof|St|No|Inc|Ltd|Co|Jr|Sr|Fig|U\.S|U\.K)"
    r"|\b[A-Z])\.$"
)


def parse_stream(pieces: Iterable[str]) -> Iterator[Written]:
    """Yield each sentence as soon as it is certain that it has ended.

    A line that starts with a bullet or a number is one item. Fenced code and headings without a
    citation are passed over whole; a marker inside `code` is no citation; a marker left half typed
    at the end of a line is dropped.
    """
    parser = SentenceParser()
    for piece in pieces:
        yield from parser.feed(piece)
    yield from parser.finish()


class SentenceParser:
    """The state machine: holds back what may yet turn out to be more of the same.

    `_pending` is the rest of the current line, `_fresh` says that it is the whole line so far, and
    `_fence` is the run of signs that closes the code being passed over.
    """

    def __init__(self) -> None:
        self._pending = ""
        self._fresh = True
        self._fence = ""

    def feed(self, piece: str) -> Iterator[Written]:
        """Take a piece; yield the sentences that have certainly ended with it."""
        *lines, self._pending = (self._pending + piece).split("\n")
        for line in lines:
            yield from self._end_line(line)
        if not self._fence and not (self._fresh and _may_be_special(self._pending)):
            sentences, rest = _take_sentences(self._pending)
            if sentences:
                self._fresh = False
            self._pending = rest
            yield from sentences

    def finish(self) -> Iterator[Written]:
        """Yield what was held back; the text has ended."""
        line, self._pending = self._pending, ""
        yield from self._end_line(line)

    def _end_line(self, line: str) -> Iterator[Written]:
        fresh, self._fresh = self._fresh, True
        if self._fence:
            stripped = line.strip()
            if stripped.startswith(self._fence) and not stripped.strip(self._fence[0]):
                self._fence = ""
            return
        fence = _FENCE.fullmatch(line) if fresh else None
        if fence:
            self._fence = fence[1] or fence[2]
            return
        yield from _read_line(_HALF_MARKER.sub("", line).rstrip(), fresh=fresh)


def _may_be_special(line: str) -> bool:
    """Say whether an unfinished line is, or may yet become, an item, a heading or a fence."""
    return bool(
        _MAY_BE_ITEM.fullmatch(line)
        or _ITEM.match(line)
        or _MAY_BE_FENCE.fullmatch(line)
        or line.lstrip().startswith("#")
    )


def _take_sentences(line: str) -> tuple[list[Written], str]:
    """Split off the sentences of a prose line that have certainly ended; return the rest too."""
    found: list[Written] = []
    start = 0
    for match in _BOUNDARY.finditer(line):
        sentence = line[start : match.end()]
        if sentence.count("`") % 2:
            continue  # inside code: a full stop there ends nothing
        if _ABBREVIATION.search(_MARKER.sub("", sentence).rstrip()):
            continue
        found.extend(_read_sentence(sentence, Form.PROSE))
        start = match.end()
    return found, line[start:]


def _read_line(line: str, *, fresh: bool) -> Iterator[Written]:
    item = _ITEM.match(line) if fresh else None
    heading = _HEADING.match(line) if fresh else None
    if item:
        yield from _read_sentence(line[item.end() :], Form.ITEM)
    elif heading:
        said = _read_sentence(line[heading.end() :], Form.PROSE)
        yield from (written for written in said if written.numbers)
    else:
        sentences, rest = _take_sentences(line)
        yield from sentences
        yield from _read_sentence(rest, Form.PROSE)


def _read_sentence(text: str, form: Form) -> Iterator[Written]:
    """Yield the sentence without its markers, unless nothing is left of it."""
    numbers: list[int] = []
    kept: list[str] = []
    position = 0
    for start, end in [*(match.span() for match in _CODE.finditer(text)), (len(text), len(text))]:
        plain = text[position:start]
        for marker in _MARKER.finditer(plain):
            numbers += _read_marker(marker.group())
        kept += [_STRONG.sub(r"\2", _MARKER.sub("", plain)), text[start:end]]
        position = end
    said = " ".join("".join(kept).split())
    if re.search(r"\w", said):
        yield Written(said, tuple(dict.fromkeys(numbers)), form)


def _read_marker(marker: str) -> list[int]:
    numbers: list[int] = []
    for first, last in _NUMBERS.findall(marker):
        low, high = int(first[:9]), int((last or first)[:9])
        if low <= high < low + MAX_RANGE:
            numbers += range(low, high + 1)
        else:
            numbers += [low, high]
    return numbers
