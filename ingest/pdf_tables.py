"""Finds tables on a page, ruled or only aligned, and puts each cell's lines together.

Knows columns, rows and rules. Knows nothing of text outside tables (pdf_layout).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.document import CELL_SEPARATOR, Kind
from ingest.pdf_lines import Line, Segment, make_segments
from ingest.pdf_text import Rule, Word
from ingest.reading import Piece
from ingest.table_header import names_columns

_SNAP = 3.0
"""Points: rules this close are one."""
_MAX_COLUMNS = 40
_LEAST_FILLED = 0.35
"""Share of cells with text: boxes and arrows make a grid, too, but an empty one."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table's cells, row by row, and the place it takes on its page."""

    rows: tuple[tuple[str, ...], ...]
    has_header: bool
    top: float
    bottom: float
    x0: float


def table_pieces(table: Table, page: int, header: tuple[str, ...] = ()) -> list[Piece]:
    """Make pieces of a table's rows; `header` names the columns of one continued from before."""
    rows = list(table.rows)
    pieces: list[Piece] = []
    if header and rows[0] == header:
        rows = rows[1:]
    elif not header and table.has_header:
        header = rows.pop(0)
        pieces.append(Piece(Kind.ROW, CELL_SEPARATOR.join(header), page=page))
    named = [Piece(Kind.ROW, CELL_SEPARATOR.join(row), header=header, page=page) for row in rows]
    return [*pieces, *named]


# ---- ruled tables


def ruled_tables(words: Sequence[Word], rules: Sequence[Rule]) -> tuple[list[Table], list[Word]]:
    """Find the tables that lines are drawn round; give them and the words outside them."""
    tables: list[Table] = []
    left = list(words)
    for ruled in _frames(words, rules):
        frame = _with_open_top(left, ruled)
        inside = [word for word in left if _is_in(word, frame)]
        table = _ruled_table(inside, frame)
        if table is not None:
            tables.append(table)
            taken = set(map(id, inside))
            left = [word for word in left if id(word) not in taken]
    return tables, left


@dataclass(frozen=True, slots=True)
class _Frame:
    """Horizontal rules of one width under each other, and the vertical ones between them."""

    x0: float
    x1: float
    ys: tuple[float, ...]  # from top to bottom
    upright: tuple[Rule, ...]


def _frames(words: Sequence[Word], rules: Sequence[Rule]) -> list[_Frame]:
    level = [rule for rule in rules if rule.y0 == rule.y1]
    upright = [rule for rule in rules if rule.x0 == rule.x1]
    frames: list[_Frame] = []
    for group in _connected(level, upright):
        across = [rule for rule in group if rule.y0 == rule.y1]
        ys = _distinct([rule.y0 for rule in across])[::-1]
        sides = tuple(rule for rule in group if rule.x0 == rule.x1)
        if len(ys) < (3 if sides else 2):
            continue  # a single box is a shaded row, or drawn round any text
        x0, x1 = min(rule.x0 for rule in across), max(rule.x1 for rule in across)
        whole = _Frame(x0, x1, tuple(ys), sides)
        frames += [whole] if whole.upright else _split(whole, words)
    return frames


def _split(frame: _Frame, words: Sequence[Word]) -> list[_Frame]:
    """Part tables of one width that stand under each other: between them is no row of cells."""
    inside = [word for word in words if _is_in(word, frame)]
    usual = median(word.size for word in inside) if inside else 0.0
    parts: list[list[float]] = [[frame.ys[0]]]
    for high, low in pairwise(frame.ys):
        band = make_segments([word for word in inside if low - 1 <= word.y < high - 1])
        if _is_row(band, usual, frame):
            parts[-1].append(low)
        else:
            parts.append([low])
    return [_Frame(frame.x0, frame.x1, tuple(ys), ()) for ys in parts]


def _is_row(band: Sequence[Segment], usual: float, frame: _Frame) -> bool:
    """Tell cells from a heading or a paragraph between two tables."""
    if any(part.size > 1.08 * usual for part in band):
        return False
    if len(_columns(band)) > 1:
        return True
    return all(part.x1 - part.x0 < 0.5 * (frame.x1 - frame.x0) for part in band)


def _connected(level: Sequence[Rule], upright: Sequence[Rule]) -> list[list[Rule]]:
    """Group rules that touch; and level ones of one extent if nothing upright joins them."""
    groups: list[list[Rule]] = []
    alone = {id(a) for a in level[:2000] if not any(_touch(a, b) for b in upright[:2000])}
    for rule in sorted([*level, *upright], key=lambda r: (-r.y1, r.x0, r.x1))[:4000]:
        touching = [
            group
            for group in groups
            if any(
                _touch(rule, other)
                or (id(rule) in alone and id(other) in alone and _is_under(rule, other))
                for other in group[-60:]
            )
        ]
        merged = [rule]
        for group in touching:
            merged = [*group, *merged]
            groups.remove(group)
        groups.append(merged)
    return groups


def _is_under(a: Rule, b: Rule) -> bool:
    same = abs(a.x0 - b.x0) <= _SNAP and abs(a.x1 - b.x1) <= _SNAP
    return same and abs(a.y0 - b.y0) < 150


def _touch(a: Rule, b: Rule) -> bool:
    return (
        a.x0 <= b.x1 + _SNAP
        and b.x0 <= a.x1 + _SNAP
        and a.y0 <= b.y1 + _SNAP
        and b.y0 <= a.y1 + _SNAP
    )


def _distinct(values: Sequence[float]) -> list[float]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > _SNAP:
            kept.append(value)
    return kept


def _is_in(word: Word, frame: _Frame) -> bool:
    middle = (word.x0 + word.x1) / 2
    return (
        frame.x0 - _SNAP <= middle <= frame.x1 + _SNAP and frame.ys[-1] - 1 <= word.y <= frame.ys[0]
    )


def _with_open_top(words: Sequence[Word], frame: _Frame) -> _Frame:
    """Take in the line right above the first rule if it is cells: rules may only be under rows."""
    inside = make_segments([word for word in words if _is_in(word, frame)])
    columns = _columns(inside)
    if not inside or len(columns) < 2:
        return frame
    top, size = frame.ys[0], inside[0].size
    above = make_segments(
        [w for w in words if top < w.y < top + 4 * size and frame.x0 - _SNAP <= w.x0 <= frame.x1]
    )
    lines = sorted({part.y for part in above})
    taken: list[float] = []
    for y in lines:
        parts = [part for part in above if part.y == y]
        fits = all(sum(min(p.x1, b) > max(p.x0, a) for a, b in columns) == 1 for p in parts)
        is_near = y - (taken[-1] if taken else top) < 1.6 * size
        if not fits or not is_near or (not taken and len(parts) < 2):
            break
        taken.append(y)
    new_top = taken[-1] + 1.2 * size if taken else top
    return _Frame(frame.x0, frame.x1, ((new_top,) if taken else ()) + frame.ys, frame.upright)


def _ruled_table(words: Sequence[Word], frame: _Frame) -> Table | None:
    if not words or len(frame.ys) < 3 or _is_drawing(words, frame):
        return None
    bands = [
        [word for word in words if low - 1 <= word.y < high - 1] for high, low in pairwise(frame.ys)
    ]
    segments = [make_segments(band) for band in bands]
    flat = [part for band in segments for part in band]
    xs = _distinct([rule.x0 for rule in frame.upright])
    inner = [x for x in xs if frame.x0 + _SNAP < x < frame.x1 - _SNAP]
    columns = _between(frame.x0, inner, frame.x1) if inner else _columns(flat)
    if not 2 <= len(columns) <= _MAX_COLUMNS:
        return None
    rows: list[tuple[str, ...]] = []
    for band, parts in zip(bands, segments, strict=True):
        # Where rules part only some rows (head and body), alignment has to part the others.
        is_one_row = len(frame.ys) > 3 and not _has_wide_gap(parts)
        lines = [parts] if is_one_row else _rows_by_gap(parts, columns)
        rows += [
            _cells(line, columns, band if is_one_row and inner else None) for line in lines if line
        ]
    rows = [row for row in rows if any(row)]
    filled = sum(bool(cell) for row in rows for cell in row)
    if len(rows) < 2 or filled < _LEAST_FILLED * len(rows) * len(columns):
        return None
    bold = all(part.bold for part in segments[0]) and not all(part.bold for part in flat)
    has_header = bold or names_columns(rows)
    return Table(tuple(rows), has_header, frame.ys[0], frame.ys[-1], frame.x0)


def _is_drawing(words: Sequence[Word], frame: _Frame) -> bool:
    """Tell a diagram from a table: a table's rules don't run through words."""
    cut = sum(
        any(word.x0 + 1 < r.x0 < word.x1 - 1 and r.y0 < word.y < r.y1 for r in frame.upright)
        for word in words
    )
    return cut > 0.05 * len(words)


def _has_wide_gap(parts: Sequence[Segment]) -> bool:
    """Tell several rows in one band: no cell's own lines stand this far apart."""
    ys = sorted({part.y for part in parts})
    return any(high - low > 1.7 * parts[0].size for low, high in pairwise(ys))


def _between(x0: float, inner: Sequence[float], x1: float) -> list[tuple[float, float]]:
    return list(pairwise([x0, *inner, x1]))


def _cells(
    parts: Sequence[Segment], columns: Sequence[tuple[float, float]], words: Sequence[Word] | None
) -> tuple[str, ...]:
    """Put a row's text into its columns, the lines of each cell from top to bottom."""
    if words is not None:  # a rule parts what a gap is too narrow to part
        return tuple(
            _text(make_segments([w for w in words if x0 <= (w.x0 + w.x1) / 2 < x1]))
            for x0, x1 in columns
        )
    return tuple(
        _text([p for p in parts if _column_of(p, columns) == i]) for i in range(len(columns))
    )


def _text(parts: Sequence[Segment]) -> str:
    ordered = sorted(parts, key=lambda part: (-part.y, part.x0))
    text = " ".join(f"{part.marker} {part.text}".strip() for part in ordered)
    # A cell is narrow: words are broken at hyphens that are there anyway.
    return re.sub(r"(?<=\w)([-/–]) (?=[a-z])", r"\1", text).replace("|", "/").strip()


def _column_of(part: Segment, columns: Sequence[tuple[float, float]]) -> int:
    shared = [min(part.x1, x1) - max(part.x0, x0) for x0, x1 in columns]
    return max(range(len(columns)), key=lambda i: (shared[i], -i))


# ---- aligned tables


def aligned_table(lines: Sequence[Line]) -> tuple[Table, int] | None:
    """Read a table off the start of these lines, with the number of lines it takes."""
    if len(lines) < 2 or len(lines[0].segments) < 2 or any(p.marker for p in lines[0].segments):
        return None
    taken = 0
    parts: list[Segment] = []
    columns: list[tuple[float, float]] = []
    for line in lines:
        if taken and not _continues(line, lines[taken - 1], columns):
            break
        merged = _columns([*parts, *line.segments])
        if len(merged) < max(len(columns), 2):
            break
        parts, columns, taken = [*parts, *line.segments], merged, taken + 1
    full = [line for line in lines[:taken] if len(line.segments) >= 2]
    while taken and len(lines[taken - 1].segments) < 2 and _is_apart(lines, taken):
        taken -= 1
    parts = [part for line in lines[:taken] for part in line.segments]
    columns = _columns(parts)
    rows = [_cells(row, columns, None) for row in _rows_by_gap(parts, columns)]
    if not 2 <= len(columns) <= _MAX_COLUMNS or len(full) < (2 if len(columns) > 2 else 3):
        return None
    if len(rows) < 2 or _is_contents(rows):
        return None
    first, rest = lines[0].segments, [p for line in full[1:] for p in line.segments]
    bold = all(part.bold for part in first) and not all(part.bold for part in rest)
    has_header = bold or names_columns(rows)
    table = Table(tuple(rows), has_header, lines[0].y, lines[taken - 1].y, columns[0][0])
    return table, taken


def _continues(line: Line, above: Line, columns: Sequence[tuple[float, float]]) -> bool:
    pitch = above.y - line.y
    if not 0 < pitch < 4 * line.size:
        return False
    if len(line.segments) > 1:
        return True
    only = line.segments[0]
    inside = sum(min(only.x1, x1) > max(only.x0, x0) for x0, x1 in columns) == 1
    return inside and not only.marker and pitch < 1.7 * line.size


def _is_apart(lines: Sequence[Line], taken: int) -> bool:
    """Tell a line under the table from the last line of its last cell."""
    last = lines[taken - 1]
    is_first_column = last.x0 <= min(line.x0 for line in lines[:taken]) + 1
    return is_first_column and (taken < 2 or lines[taken - 2].y - last.y > 1.4 * last.size)


def _columns(parts: Sequence[Segment]) -> list[tuple[float, float]]:
    """Join the extents of segments that stand over each other."""
    merged: list[tuple[float, float]] = []
    for part in sorted(parts, key=lambda p: p.x0):
        if merged and part.x0 <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], part.x1))
        else:
            merged.append((part.x0, part.x1))
    return merged


def _rows_by_gap(
    parts: Sequence[Segment], columns: Sequence[tuple[float, float]]
) -> list[list[Segment]]:
    """Part lines into rows: lines of one cell stand closer than two rows do."""
    lines: dict[float, list[Segment]] = {}
    for part in sorted(parts, key=lambda p: (-p.y, p.x0)):
        near = next((y for y in lines if abs(y - part.y) < 0.25 * part.size), part.y)
        lines.setdefault(near, []).append(part)
    ys = list(lines)
    pitches = [high - low for high, low in pairwise(ys)]
    wide = max(pitches, default=0.0)
    narrow = min(pitches, default=0.0)
    # Two pitches mean wrapped cells and row padding; one pitch means one line to a row, but for
    # lines that leave the first column empty.
    has_two = (
        wide > 1.2 * narrow and narrow < 1.6 * median(p.size for p in parts) if parts else False
    )
    rows: list[list[Segment]] = []
    for i, y in enumerate(ys):
        is_close = i > 0 and has_two and pitches[i - 1] < (wide + narrow) / 2
        starts = any(_column_of(part, columns) == 0 for part in lines[y])
        if rows and (is_close or (not has_two and not starts)):
            rows[-1] += lines[y]
        else:
            rows.append(list(lines[y]))
    return rows


def _is_contents(rows: Sequence[tuple[str, ...]]) -> bool:
    """A table of contents points with dots; its lines say nothing."""
    return sum("...." in "".join(row).replace(" ", "") for row in rows) > 0.5 * len(rows)
