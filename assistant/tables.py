"""Tables as a reader uses them: the row and the column a question names, the cell where they meet.

Knows rows, columns and the figures in cells. Knows nothing of retrieval or of wording beyond the
names of rows and columns.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.comparison import Figures
from assistant.evidence import TermMatcher
from assistant.figures import Unit, find_figures
from assistant.levels import find_in_range, find_on_level
from ingest.document import Block, Document, Kind, cells
from ingest.words import FUNCTION_WORDS, words


@dataclass(frozen=True, slots=True)
class Row:
    """A data row: the index of its block, and its cells."""

    block: int
    cells: tuple[str, ...]

    @property
    def name(self) -> str:
        """What the row is about: its first cell."""
        return self.cells[0] if self.cells else ""


@dataclass(frozen=True, slots=True)
class Table:
    """The names of a table's columns, and its data rows in order."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(document: Document, block_index: int) -> Table:
    """Read the table that a row belongs to: the run of rows around it with the same header."""
    header = document.blocks[block_index].header
    first = last = block_index
    while first > 0 and _same_table(document.blocks[first - 1], header):
        first -= 1
    while last + 1 < len(document.blocks) and _same_table(document.blocks[last + 1], header):
        last += 1
    rows = tuple(
        Row(index, cells(document, document.blocks[index])) for index in range(first, last + 1)
    )
    return Table(header, rows)


def _same_table(block: Block, header: tuple[str, ...]) -> bool:
    return block.kind is Kind.ROW and block.header == header


def match_rows(table: Table, matcher: TermMatcher, asked: Sequence[str]) -> tuple[Row, ...]:
    """Return the rows that a question names, by the stems or the initials of their first cell."""
    wanted = frozenset(asked)
    everywhere = _shared_stems([row.name for row in table.rows], matcher)
    found: list[tuple[float, Row]] = []
    for row in table.rows:
        own = _telling(row.name, matcher) - everywhere
        initials = "".join(word[0] for word in words(row.name)).lower()
        share = len(own & wanted) / len(own) if own else 0.0
        if len(initials) > 1 and initials in wanted:
            share = 1.0
        if share:
            found.append((share, row))
    best = max((share for share, _ in found), default=0.0)
    return tuple(row for share, row in found if share >= max(0.5, best))


def match_columns(
    table: Table, matcher: TermMatcher, asked: Sequence[str], units: Collection[Unit]
) -> tuple[int, ...]:
    """Return the columns, from 1, that a question names; none where it names none.

    A column is named by a stem that tells it from the other columns, by a number inside its range,
    by a word for the same place on a scale of levels, or by the kind of figure that is asked for:
    "Starting pay", by "wages".
    """
    names = table.header[1:]
    everywhere = _shared_stems(names, matcher)
    distinct = [_telling(_without_brackets(name), matcher) - everywhere for name in names]
    literal = [i for i, own in enumerate(distinct) if own & set(asked)]
    if literal:
        best = max(len(distinct[i] & set(asked)) for i in literal)
        return tuple(i + 1 for i in literal if len(distinct[i] & set(asked)) == best)
    ranged = [i for i, name in enumerate(names) if find_in_range(name, asked)]
    if ranged:
        return tuple(i + 1 for i in ranged)
    on_level = tuple(i + 1 for i, own in enumerate(distinct) if find_on_level(own, asked))
    return on_level or _columns_of(table, units)


def _columns_of(table: Table, units: Collection[Unit]) -> tuple[int, ...]:
    """Return the columns most of whose cells have a figure of some kinds; none where all are so.

    A count names no column, for it may be of anything.
    """
    units = set(units) - {Unit.COUNT}
    having = tuple(
        column
        for column in range(1, len(table.header))
        if sum(
            any(figure.unit in units for figure in figures)
            for _, figures in read_column(table.rows, column)
        )
        > len(table.rows) / 2
    )
    return having if len(having) < len(table.header) - 1 else ()


def find_only_column(table: Table, columns: Sequence[int]) -> int | None:
    """Return the one column that is told, where one of several is or the table has but one."""
    told = columns or range(1, len(table.header))
    return told[0] if len(told) == 1 else None


def read_column(rows: Sequence[Row], column: int) -> list[tuple[Row, Figures]]:
    """Return the rows that have figures in a column, with these."""
    found = ((row, find_figures(row.cells[column])) for row in rows if column < len(row.cells))
    return [(row, tuple(figures)) for row, figures in found if figures]


def _telling(name: str, matcher: TermMatcher) -> frozenset[str]:
    """Return the stems of a name; "of" names no column but one that is called so."""
    content = " ".join(word for word in words(name) if word.lower() not in FUNCTION_WORDS)
    return matcher.stems(content or name)


def _shared_stems(names: Sequence[str], matcher: TermMatcher) -> frozenset[str]:
    """Return the stems that more than one of several names hold: they tell none apart."""
    seen: set[str] = set()
    shared: set[str] = set()
    for name in names:
        own = set(_telling(name, matcher))
        shared |= own & seen
        seen |= own
    return frozenset(shared)


def _without_brackets(name: str) -> str:
    return re.sub(r"\([^)]*\)", " ", name)


def describe_cell(table: Table, row: Row, column: int) -> str:
    """Name a cell by its row and column: "Lyon, Adult ticket: 12 EUR"."""
    return f"{row.name}, {table.header[column]}: {row.cells[column]}"


def describe_row(table: Table, row: Row, columns: Sequence[int]) -> str:
    """Say a row's cells in some columns, or in all, under their names where they have any."""
    told = [i for i in columns or range(1, len(row.cells)) if i < len(row.cells) and row.cells[i]]
    if not table.header:
        return ": ".join(filter(None, (row.name, "; ".join(row.cells[i] for i in told))))
    if len(told) == 1:
        return describe_cell(table, row, told[0])
    named = "; ".join(f"{table.header[i]}: {row.cells[i]}" for i in told)
    return f"{row.name}: {named}" if named else row.name
