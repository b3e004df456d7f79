"""Tables as a reader uses them: the row and the column a question names, the cell where they meet.

Knows rows, columns and the figures in cells. Knows nothing of retrieval or of wording beyond the
names of rows and columns.
"""

import re
from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass

from assistant.english.figures import Unit, find_figures
from assistant.english.levels import find_in_ranges, find_on_level
from assistant.english.noun_phrases import VERBS
from assistant.english.opposites import SCALES
from assistant.layout.comparison import Figures, pick_extreme
from assistant.ranking.matching import TermMatcher
from ingest.document import Block, Document, Kind, cells
from ingest.patterns import compile_late
from ingest.spans import name_row
from ingest.words import FUNCTION_WORDS, stem, words


@dataclass(frozen=True, slots=True)
class Row:
    """A data row: the index of its block, its cells, and what it is about: its first cell."""

    block: int
    cells: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is compared with others: whose it is, what it tells, its row, and its figures.

    `across` says that it is compared along its row: it is its column's, and tells what the row says.
    """

    whose: str
    what: str
    text: str
    row: Row
    figures: Figures
    across: bool


@dataclass(frozen=True, slots=True)
class Table:
    """The names of a table's columns, and its data rows in order."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def is_of_lists(self) -> bool:
        """Say whether each column is a list of its own: "Pros | Cons" names nothing in its first."""
        if len(self.header) < 2:
            return False
        first, *others = (frozenset(map(stem, words(name))) for name in self.header)
        return any(
            scale.read(first) * scale.read(other) < 0 for scale in SCALES for other in others
        )


def read_table(document: Document, block_index: int) -> Table:
    """Read the table that a row belongs to: the run of rows around it with the same header."""
    header = document.blocks[block_index].header
    first = last = block_index
    while first > 0 and _same_table(document.blocks[first - 1], header):
        first -= 1
    while last + 1 < len(document.blocks) and _same_table(document.blocks[last + 1], header):
        last += 1
    rows = ((index, cells(document, document.blocks[index])) for index in range(first, last + 1))
    return Table(header, tuple(Row(index, row, name_row(header, row)) for index, row in rows))


def match_lists(table: Table, matcher: TermMatcher) -> tuple[int, ...]:
    """Return the columns, of a table whose columns are lists, that a question names; else all.

    What is at the same pole names one: "Advantages", by "pros".
    """
    asked = frozenset(matcher.terms)
    poles = [pole for scale in SCALES for pole in (scale.high, scale.low) if pole & asked]
    own = [_telling(name, matcher) for name in table.header]
    named = tuple(at for at, stems in enumerate(own) if any(pole & stems for pole in poles))
    return named or tuple(range(len(table.header)))


_NONE = compile_late(r"\W*(?:no|none|never|nothing|not?\b.*|n/?a|✗|✘|✕|×|x)?\W*", re.IGNORECASE)


def keep_having(table: Table, column: int, *, having: bool) -> tuple[Row, ...]:
    """Return the rows that have what a column tells of as "Yes" or "No", or those that have not.

    There are none to choose where the column tells of something else.
    """
    told = [row for row in table.rows if column < len(row.cells)]
    lacking = [row for row in told if _NONE.fullmatch(row.cells[column])]
    tells = any(
        row.cells[column].strip().lower() in ("yes", "no", "none", "✓", "✔") for row in told
    )
    if not tells or not 0 < len(lacking) < len(told):
        return ()
    return tuple(row for row in told if (row in lacking) is not having)


def _same_table(block: Block, header: tuple[str, ...]) -> bool:
    return block.kind is Kind.ROW and block.header == header


NAMED = 0.5
"""Share of the words of a row's name from which on a question that says them names it."""


def match_rows(
    table: Table, matcher: TermMatcher, question: str, least: float = NAMED
) -> tuple[Row, ...]:
    """Return the rows that a question names best, by the stems or the initials of their first cell.

    That is at least some share of it. A row whose name stands there whole is named even if other rows
    share each of its words.
    """
    wanted = matcher.stems(question)
    everywhere = _shared_stems([row.name for row in table.rows], matcher)
    for kind in table.header[:1]:
        everywhere |= _telling(kind, matcher)  # "which seller" names no "Private seller"
    found: list[tuple[float, Row]] = []
    for row in table.rows:
        called = (row.name, _without_brackets(row.name))
        share = max(_share(_telling(name, matcher) - everywhere, wanted) for name in called)
        initials = "".join(word[0] for word in words(row.name)).lower()
        if len(initials) > 1 and initials in wanted:
            share = 1.0
        if share:
            found.append((share, row))
    best = max((share for share, _ in found), default=0.0)
    told = [row for share, row in found if share >= max(least, best)]
    named = [_telling(row.name, matcher) for row in told]
    for row in _find_said_whole(table.rows, question):
        part = any(_telling(row.name, matcher) < longer for longer in named)
        if row not in told and not part:
            told.append(row)  # "Adult", but not where "Adult at weekends" is meant
    return tuple(row for row in table.rows if row in told)


def _share(own: Set[str], wanted: Set[str]) -> float:
    return len(own & wanted) / len(own) if own else 0.0


def _find_said_whole(rows: Sequence[Row], question: str) -> list[Row]:
    """Return the rows whose whole name stands in a question, but for what is part of a longer one."""
    said = _stem_in_order(question)
    places: list[tuple[range, Row]] = []
    for row in rows:
        bracketed = re.findall(r"\(([^)]*)\)", row.name)
        called = (row.name, _without_brackets(row.name), *bracketed)
        for name in dict.fromkeys(tuple(_stem_in_order(one)) for one in called):
            starts = range(len(said) - len(name) + 1) if name else ()
            places += [
                (range(at, at + len(name)), row)
                for at in starts
                if tuple(said[at : at + len(name)]) == name
            ]
    return [
        row
        for place, row in places
        if not any(set(place) < set(longer) for longer, other in places if other is not row)
    ]


def _stem_in_order(text: str) -> list[str]:
    return [stem(word) for word in words(text.replace("-", " "))]


def match_columns(
    table: Table,
    matcher: TermMatcher,
    asked: Sequence[str],
    units: Collection[Unit],
    attributes: Sequence[str] = (),
) -> tuple[int, ...]:
    """Return the columns, from 1, that a question names, by its stems in order; none if it does not.

    A column is named by a stem that tells it from the other columns, by a number inside its range,
    by a word for the same place on a scale of levels, by the noun for what an adjective measures
    ("Height", by "highest", which is among the `attributes`), or by the kind of figure that is asked
    for: "Starting pay", by "wages"; else by a word that means nearly the same ("Size", by "how big")
    or that stands in most of its cells ("140 litres").
    """
    names = table.header[1:]
    everywhere = _shared_stems([*map(_without_brackets, names)], matcher)
    plain = {term for term in asked if "-" not in term}
    plain = (
        plain - VERBS if any(_telling(name, matcher) & plain - VERBS for name in names) else plain
    )
    distinct = [_name_column(name, matcher, plain) - everywhere for name in names]
    literal = _name_best([own & plain for own in distinct])
    if literal:
        rest = plain - frozenset[str]().union(*(distinct[i] for i in literal))
        literal += [i for i, own in enumerate(distinct) if find_on_level(own, sorted(rest))]
        return tuple(sorted({i + 1 for i in literal}))
    ranged = [i for i, numbers in enumerate(find_in_ranges(names, asked)) if numbers]
    if ranged:
        return tuple(i + 1 for i in ranged)
    on_level = tuple(i + 1 for i, own in enumerate(distinct) if find_on_level(own, asked))
    measured = _columns_called(distinct, attributes)
    return on_level or measured or _columns_of(table, units) or _column_meant(table, matcher)


def _columns_called(names: Sequence[Set[str]], nouns: Sequence[str]) -> tuple[int, ...]:
    """Return the columns, from 1, that the first of some nouns which any of them has is in."""
    having = ([at for at, own in enumerate(names, start=1) if noun in own] for noun in nouns)
    return tuple(next(filter(None, having), ()))


MEANT = 0.45
"""A word names a column from this match on: big and size are worth .52, pay and level 0."""


def _column_meant(table: Table, matcher: TermMatcher) -> tuple[int, ...]:
    """Return the one column that a word means which names no row; none where several may be meant."""
    names = table.header[1:]
    matcher.learn(names)
    in_rows = matcher.stems(" ".join(row.name for row in table.rows))
    for kind in table.header[:1]:
        in_rows |= _telling(kind, matcher)  # what the rows are is no column
    asked = [term for term in matcher.telling_terms() if matcher.match(term, in_rows) < MEANT]
    meant: set[int] = set()
    for at, name in enumerate(names if asked else (), start=1):
        called = _telling(name, matcher)
        told = [matcher.stems(row.cells[at]) for row in table.rows if at < len(row.cells)]
        for term in asked:
            holding = sum(term in found for found in told)
            if matcher.match(term, called) >= MEANT or holding > len(told) / 2:
                meant.add(at)
    return tuple(meant) if len(meant) == 1 else ()


def _name_column(name: str, matcher: TermMatcher, asked: Set[str]) -> frozenset[str]:
    """Return the stems that name a column; of one without a word that tells, "What it is for", all."""
    own = _telling(_without_brackets(name), matcher)
    tells = any(word.lower() not in FUNCTION_WORDS for word in words(name))
    return own if tells or own <= asked else frozenset()


def _name_best(named: Sequence[Set[str]]) -> list[int]:
    """Return the places with the most words that are named, of those named by the same word."""
    most = {word: max(len(own) for own in named if word in own) for own in named for word in own}
    return [
        at for at, own in enumerate(named) if own and any(len(own) == most[word] for word in own)
    ]


def _columns_of(table: Table, units: Collection[Unit]) -> tuple[int, ...]:
    """Return the columns most of whose cells have a figure of some kinds; none where all are so.

    A count names no column, for it may be of anything.
    """
    units = set(units) - {Unit.COUNT}
    having = tuple(
        column
        for column in range(1, len(table.header))
        if sum(
            any(figure.unit in units for figure in cell.figures)
            for cell in compare_cells(table, table.rows, [column])
        )
        > len(table.rows) / 2
    )
    return having if len(having) < len(table.header) - 1 else ()


def find_like_columns(table: Table, row: Row, column: int) -> tuple[int, ...]:
    """Return the columns whose cells in a row have figures of the same kind as one column's."""
    cells = {at: compare_cells(table, [row], [at]) for at in range(1, len(row.cells))}
    kinds = {at: found[0].figures[0].unit for at, found in cells.items() if found}
    return tuple(at for at, unit in kinds.items() if unit is kinds.get(column)) or (column,)


def find_row_across(
    table: Table, rows: Sequence[Row], columns: Sequence[int], own: int, units: Collection[Unit]
) -> Row | None:
    """Return the row along which things are compared that are columns; None where they are rows.

    It is the one that is named, or of the few that have such figures in several columns, the one of
    the block `own` before others. Where one column is named, its cells are compared.
    """
    if len(columns) == 1 or len(rows) > 1:
        return None
    across = [row for row in rows or table.rows if _can_compare(table, row, columns, units)]
    if not across or (not rows and len(across) > len(table.rows) / 2):
        return None
    return min(across, key=lambda row: row.block != own)


def _can_compare(table: Table, row: Row, columns: Sequence[int], units: Collection[Unit]) -> bool:
    figures = [cell.figures for cell in compare_cells(table, [row], columns)]
    wanted = all(found[0].unit in units for found in figures)
    return wanted and pick_extreme(figures, least=False) is not None


def compare_cells(table: Table, rows: Sequence[Row], columns: Sequence[int]) -> list[Cell]:
    """Return the cells with figures that can be set side by side: along one row, or down a column.

    A column is compared where one of several is told or the table has but one; else there are none.
    """
    told = columns or range(1, len(table.header))
    found = []
    for row in rows:
        for at in (one for one in told if one < len(row.cells)):
            figures = find_figures(row.cells[at])
            across = len(told) > 1
            names = (table.header[at], row.name) if across else (row.name, table.header[at])
            if figures:
                found.append(Cell(*names, row.cells[at], row, figures, across))
    return found if len(told) == 1 or len(rows) == 1 else []


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
    """Say a row's cells in some columns, or in all, under their names where they have any.

    A table whose columns are lists has no names of rows; a cell of the one column asked for is said
    alone.
    """
    if table.is_of_lists:
        told = [
            at
            for at in columns or range(len(row.cells))
            if row.cells[at : at + 1] not in [(), ("",)]
        ]
        if len(columns) == 1:
            return row.cells[columns[0]]
        return "; ".join(f"{table.header[at]}: {row.cells[at]}" for at in told)
    told = [i for i in columns or range(1, len(row.cells)) if i < len(row.cells) and row.cells[i]]
    if not table.header:
        return ": ".join(filter(None, (row.name, "; ".join(row.cells[i] for i in told))))
    if len(told) == 1:
        return describe_cell(table, row, told[0])
    named = "; ".join(f"{table.header[i]}: {row.cells[i]}" for i in told)
    return f"{row.name}: {named}" if named else row.name
