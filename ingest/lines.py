"""Lines of unmarked text to blocks: which lines are items or rows, and which were only wrapped.

Knows bullets, numbers, pipes, indentation and line width. Knows nothing of headings or sections.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from ingest.document import CELL_SEPARATOR
from ingest.phrases import is_asked, is_reply

MAX_WIDTH = 120
"""Columns: no program wraps text wider, so a longer line is a paragraph of its own."""

MIN_WIDTH = 40
"""Columns: a line shorter than this was not broken for want of room."""

MIN_UNMARKED = 2
"""Lines after a colon from which they may be a list that has no marks."""

TAB = 4
"""Columns of a tab in an indentation."""

_BULLETS = "•◦▪▫‣⁃●○■□◆◇➢➤➔▶►✓✔✗✘★☆·∙\uf0b7\uf0a7"
_BULLET = re.compile(
    rf"\s*(?:(?P<sign>[{_BULLETS}])\s*|(?P<dash>[-*+–—]|o(?=\s\s|\t))\s+"
    r"|(?P<number>\(?(?:\d{1,3}|[a-z])\)|\d{1,3}\.)\s+)(?=\S)"
)
_NESTED_ROUND = re.compile(r"\s+(?P<sign>o)\s+(?=\S)")
_RULE = re.compile(r"\s*([-*_=~–—])(?:\s?\1){2,}\s*")
_SEPARATOR = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?\|?\s*")
_PIPE = re.compile(r"(?<!\\)\|")
_TERMINAL = (".", "!", "?", ":", "。", "！", "？", ".”", '."', "!”", "?”", ".)", ";")


class Line(StrEnum):
    """What a block of lines is by its shape."""

    TEXT = "text"
    ITEM = "item"
    ROW = "row"


@dataclass(slots=True)
class LineBlock:
    """A paragraph, item or row of the text, and how it stands among the others.

    `indent` is in columns. `lines` counts the lines joined in it, `last` is the length of the last
    one. `gap` says that a blank line comes before. `columns` names a data row's columns.
    `underline` is 1 or 2 where the next line underlines this one as a heading of that level.
    """

    shape: Line
    text: str
    indent: int = 0
    marker: str = ""
    lines: int = 1
    last: int = 0
    gap: bool = False
    columns: tuple[str, ...] = ()
    underline: int = 0


def read_lines(text: str) -> list[LineBlock]:
    """Read text into blocks, joining lines that were only wrapped."""
    lines = [line.rstrip() for line in text.split("\n")]
    unmarked = _find_unmarked(lines)
    width = _wrap_width([line for at, line in enumerate(lines) if at not in unmarked])
    blocks: list[LineBlock] = []
    gap, at = True, 0
    while at < len(lines):
        rows, used = _table(lines, at)
        if used:
            blocks.extend(rows)
            gap, at = False, at + used
            continue
        line = lines[at]
        at += 1
        if _RULE.fullmatch(line) or not line:
            _underline(blocks, line, gap=gap)
            gap = True
            continue
        if at - 1 in unmarked:
            item = LineBlock(Line.ITEM, line.strip(), _indent(line), "-", last=len(line), gap=gap)
            blocks.append(item)
        else:
            _take(blocks, line, gap=gap, width=width)
        gap = False
    return blocks


def _find_unmarked(lines: Sequence[str]) -> frozenset[int]:
    """Find the lines that are a list without marks: several after a colon, each of which begins small.

    Where they begin with a capital they are short, and none ends a sentence.
    """
    found: set[int] = set()
    for at, line in enumerate(lines):
        if not line.endswith((":", "：")):
            continue
        start = at + 1 + (at + 1 < len(lines) and not lines[at + 1])
        end = start
        while end < len(lines) and lines[end]:
            end += 1
        if end - start >= MIN_UNMARKED and _are_items(lines[start:end]):
            found.update(range(start, end))
    return frozenset(found)


def _are_items(lines: Sequence[str]) -> bool:
    if any(_bullet(line) or "|" in line or "\t" in line.strip() for line in lines):
        return False
    if all(line.lstrip()[:1].islower() for line in lines):
        width = max(map(len, lines))  # a word that had room below its line was not wrapped
        return any(
            len(left) + 1 + len(right.split(maxsplit=1)[0]) <= width
            for left, right in pairwise(lines)
        )
    capital = all(line.lstrip()[:1].isupper() for line in lines)
    return capital and all(len(line) < MIN_WIDTH and not line.endswith(_TERMINAL) for line in lines)


def _wrap_width(lines: Sequence[str]) -> int:
    """Find the column at which the text was wrapped, 0 if it was not.

    Certain breaks tell: a line that ends no sentence, and the next goes on in lower case.
    """
    broken = [
        len(left)
        for left, right in pairwise(lines)
        if MIN_WIDTH <= len(left) <= MAX_WIDTH and _goes_on(left, right)
    ]
    return max(broken, default=0)


def _goes_on(left: str, right: str) -> bool:
    return not left.endswith(_TERMINAL) and right.lstrip()[:1].islower() and not _bullet(right)


def _underline(blocks: list[LineBlock], rule: str, *, gap: bool) -> None:
    sign = rule.strip()[:1]
    if sign and sign in "=-" and not gap and blocks and " " not in rule.strip():
        above = blocks[-1]
        if above.shape is Line.TEXT and above.lines == 1:
            above.underline = 1 if sign == "=" else 2


def _take(blocks: list[LineBlock], line: str, *, gap: bool, width: int) -> None:
    indent = _indent(line)
    match = _bullet(line)
    previous = blocks[-1] if blocks else None
    if match:
        text, marker = line[match.end() :], match.group().strip()
        blocks.append(LineBlock(Line.ITEM, text, indent, marker, last=len(line), gap=gap))
    elif previous is not None and not gap and _wrapped(previous, line, indent, width):
        previous.text = _joined(previous.text, line.strip())
        previous.lines += 1
        previous.last = len(line)
    elif previous is not None and _inside_item(previous, indent):
        # a further paragraph of the item: an item without a marker, one step below it
        below = previous.indent + 1 if previous.marker else previous.indent
        blocks.append(LineBlock(Line.ITEM, line.strip(), below, last=len(line), gap=gap))
    else:
        blocks.append(LineBlock(Line.TEXT, line.strip(), indent, last=len(line), gap=gap))


def _bullet(line: str) -> re.Match[str] | None:
    return _BULLET.match(line) or _NESTED_ROUND.match(line)


def _indent(line: str) -> int:
    return len(line[: len(line) - len(line.lstrip())].expandtabs(TAB))


def _inside_item(previous: LineBlock, indent: int) -> bool:
    return previous.shape is Line.ITEM and indent > previous.indent


def _wrapped(previous: LineBlock, line: str, indent: int, width: int) -> bool:
    """Say whether a line only continues the one before, which had no room for its first word."""
    if previous.shape is Line.ROW or is_asked(line.strip()) or is_reply(line.strip()):
        return False
    if _inside_item(previous, indent):
        return True
    if previous.last > MAX_WIDTH or not width or previous.underline:
        return False
    words = line.split(maxsplit=1)
    full = previous.last + 1 + len(words[0]) > width
    return full and (not previous.text.endswith(_TERMINAL) or previous.last + 12 > width)


def _joined(left: str, right: str) -> str:
    """Join two lines; a word broken at its own hyphen keeps it."""
    broken = left[-1:] == "-" and left[-2:-1].isalpha() and right[:1].islower()
    return left + right if broken else f"{left} {right}"


def _table(lines: Sequence[str], at: int) -> tuple[list[LineBlock], int]:
    """Read a table that begins here; returns its rows and the lines used, none and 0 if none."""
    if "|" in lines[at]:
        return _pipe_table(lines, at)
    return _tab_table(lines, at) if "\t" in lines[at].strip() else ([], 0)


def _pipe_table(lines: Sequence[str], at: int) -> tuple[list[LineBlock], int]:
    end = at
    while end < len(lines) and "|" in lines[end]:
        end += 1
    ruled = end - at > 1 and bool(_SEPARATOR.fullmatch(lines[at + 1]))
    framed = end - at > 1 and all(
        line.lstrip().startswith("|") and line.endswith("|") for line in lines[at:end]
    )
    if not ruled and not framed:
        return [], 0
    rows = [_pipe_cells(line) for line in lines[at:end] if not _SEPARATOR.fullmatch(line)]
    return _rows(rows), end - at


def _pipe_cells(line: str) -> tuple[str, ...]:
    cells = _PIPE.split(line.strip())
    if len(cells) > 1 and not cells[0].strip():
        cells = cells[1:]
    if len(cells) > 1 and not cells[-1].strip():
        cells = cells[:-1]
    return tuple(cell.replace("\\|", "/").strip() for cell in cells)


def _tab_table(lines: Sequence[str], at: int) -> tuple[list[LineBlock], int]:
    """Three lines or more with as many tabs each: a table as copied from a page or a sheet."""
    columns = len(_tab_cells(lines[at]))
    end = at
    while end < len(lines) and _is_tab_row(lines[end], columns):
        end += 1
    if end - at < 3:
        return [], 0
    return _rows([_tab_cells(line) for line in lines[at:end]]), end - at


def _is_tab_row(line: str, columns: int) -> bool:
    return bool(line) and not _bullet(line) and len(_tab_cells(line)) == columns > 1


def _tab_cells(line: str) -> tuple[str, ...]:
    return tuple(cell.replace("|", "/").strip() for cell in line.strip().split("\t"))


def _rows(rows: Sequence[tuple[str, ...]]) -> list[LineBlock]:
    if not rows:  # nothing but the line below a header
        return []
    header, *body = rows
    blocks = [LineBlock(Line.ROW, CELL_SEPARATOR.join(header))]
    blocks.extend(LineBlock(Line.ROW, CELL_SEPARATOR.join(row), columns=header) for row in body)
    return blocks
