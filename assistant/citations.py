"""From a writer's stream of text to sentences with citation numbers, strictly.

Knows how markers and sentences are written. Knows nothing of evidence: whether a number was shown
is the caller's to resolve. The result depends on the text alone, never on how it was cut into
pieces.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.answer import Form


@dataclass(frozen=True, slots=True)
class Written:
    """A finished sentence or item as its writer typed it: text without markers, numbers in order."""

    text: str
    numbers: tuple[int, ...]
    form: Form


_MARKER = re.compile(r"\s*\[\s*\d+(?:\s*[,;]\s*\d+)*\s*\]")
_NUMBER = re.compile(r"\d+")
_HALF_MARKER = re.compile(r"\s*\[[\d\s,;]*$")
_CODE = re.compile(r"`+[^`]*`+")
_ITEM = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+")
_BOUNDARY = re.compile(
    r"[.!?…]+[\"'”’)]*(?:\s*\[\s*\d+(?:\s*[,;]\s*\d+)*\s*\])*[\"'”’)]*\s+(?=[^\s\[a-z])"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|approx|Mr|Mrs|Ms|Dr|Prof|St|No|Inc|Ltd|Co|Jr|Sr|Fig|U\.S|U\.K)"
    r"|\b[A-Z])\.$"
)
_FENCE = re.compile(r"^\s*(?:```|~~~)")


def parse_stream(pieces: Iterable[str]) -> Iterator[Written]:
    """Yield each sentence as soon as it is certain that it has ended.

    A line that starts with a bullet or a number is one item. Fenced code is passed over whole; a
    marker inside `code` is no citation; a marker left half typed at the end is dropped.
    """
    buffer = ""
    fenced = False
    for piece in pieces:
        buffer += piece
        while "\n" in buffer:
            line, buffer = buffer.split("\n", 1)
            if _FENCE.match(line):
                fenced = not fenced
            elif not fenced:
                yield from _finish_line(line)
        if not fenced and not _could_be_special(buffer):
            sentences, buffer = _take_sentences(buffer)
            yield from sentences
    if not fenced and not _FENCE.match(buffer):
        yield from _finish_line(_HALF_MARKER.sub("", buffer))


def _could_be_special(line: str) -> bool:
    """Say whether an unfinished line is, or may yet become, an item, a fence or a code span."""
    start = line.lstrip()
    return (
        not start
        or bool(_ITEM.match(start))
        or bool(re.fullmatch(r"(?:[-*•–]|\d{1,2}[.)]?|`{1,3}.*|~{1,3}.*)", start))
        or line.count("`") % 2 == 1
    )


def _take_sentences(line: str) -> tuple[list[Written], str]:
    """Split off the sentences of a prose line that have certainly ended; return the rest too."""
    found: list[Written] = []
    start = 0
    for match in _BOUNDARY.finditer(line):
        if line[start : match.end()].count("`") % 2:
            continue
        ending = _MARKER.sub("", line[start : match.end()]).rstrip()
        if _ABBREVIATION.search(ending):
            continue
        found.extend(_read_sentence(line[start : match.end()], Form.PROSE))
        start = match.end()
    return found, line[start:]


def _finish_line(line: str) -> Iterator[Written]:
    item = _ITEM.match(line)
    if item:
        yield from _read_sentence(line[item.end() :], Form.ITEM)
        return
    sentences, rest = _take_sentences(line)
    yield from sentences
    yield from _read_sentence(rest, Form.PROSE)


def _read_sentence(text: str, form: Form) -> Iterator[Written]:
    numbers: list[int] = []
    kept: list[str] = []
    position = 0
    code = [match.span() for match in _CODE.finditer(text)]
    for marker in _MARKER.finditer(text):
        if any(start <= marker.start() < end for start, end in code):
            continue
        kept.append(text[position : marker.start()])
        position = marker.end()
        numbers += [int(number) for number in _NUMBER.findall(marker.group())]
    kept.append(text[position:])
    said = " ".join("".join(kept).split())
    if said.strip(" .*_#"):
        yield Written(re.sub(r"^#+\s+", "", said), tuple(dict.fromkeys(numbers)), form)
