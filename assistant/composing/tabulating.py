"""Which rows and columns of a table are said: those that are asked for, or all that are compared.

Knows tables, and what a question asks for. Knows nothing of lists and sections, nor of which
passages are chosen.
"""

import re
from collections.abc import Sequence

from assistant.asking.forms import COMPARATIVE, COMPARING, WANTED_UNITS, Ask
from assistant.asking.question import Question, asked_units, find_degrees, names_unit
from assistant.asking.thresholds import Threshold
from assistant.composing.listing import MATCHED
from assistant.composing.tables import (
    Row,
    Table,
    compare_cells,
    find_like_columns,
    find_row_across,
    keep_having,
    match_columns,
    match_lists,
    match_rows,
    read_table,
)
from assistant.english.degrees import name_attributes
from assistant.english.figures import Unit, find_figures
from assistant.english.levels import is_level
from assistant.english.noun_phrases import VERBS
from assistant.layout.comparison import Figures, rank_figures, wants_least
from assistant.layout.passage import Passage, Shape
from assistant.layout.structure import heads_columns, spans_of
from assistant.ranking.evidence import Evidence
from assistant.ranking.matching import TermMatcher
from ingest.document import Document, Kind
from ingest.patterns import compile_late
from ingest.words import stem, words

MOST_OPEN = 8
"""Rows that are all said where none is asked for more than another: what a phone shows at once."""

MOST_COMPARED = 12
"""Rows that a comparison is borne out by: a reader checks no more footnotes under one sentence."""

_EVERY = compile_late(
    r"\b(?:all|each|every|by)\s+(?:of )?(?:the )?(?:other |different )?"
    r"(?!year|month|week|day|hour)(?P<kind>[^\W\d_]+)",
    re.IGNORECASE,
)
"""What asks for one answer a row: "pay by region", "in all regions"."""


_ASKS_WHICH = compile_late(r"(?:which|what|where|who|whose)\b", re.IGNORECASE)
_LACKS = compile_late(r"\b(?:no|not|without|lack|lacks|lacking)\b|n['’]t\b", re.IGNORECASE)
_DEGREE_OF = compile_late(
    r"\b(?:most|least|\w{2,}est)\s+(?P<what>(?:[\w’'-]+\s*){1,3})", re.IGNORECASE
)
_THAN = compile_late(r"\b(?:more|less|\w{3,}er)\b[^?]*\bthan\b", re.IGNORECASE)
"""What asks for two figures though it may name but one: "how much more did it cost than planned?"."""


class TableReader:
    """Reads tables for one question, each but once for all of its rows."""

    def __init__(self, question: Question, matcher: TermMatcher) -> None:
        self._question = question
        self._matcher = matcher
        said = map(stem, words(question.text))
        self._asked = tuple(dict.fromkeys((*said, *sorted(matcher.stems(question.text)))))
        self._tables: dict[tuple[str, int], tuple[Table, tuple[Row, ...], tuple[int, ...]]] = {}

    def build(self, item: Evidence) -> Passage:
        """Build the passage that a row is said in: it alone, the rows asked for, or all compared."""
        table, rows, columns = self._match_table(item.document, item.span.block)
        if table.is_of_lists:
            return self._tell_lists(item, table)
        units = asked_units(self._question)
        if self._question.threshold:
            rows = _keep_admitted(table, rows, columns, self._question.threshold) or rows
        compares = self._question.ask in COMPARING
        along = compares and not self._set_beside(rows) and not self._heads_side(item)
        across = find_row_across(table, rows, columns, item.span.block, units) if along else None
        if across is not None:
            rows = (across,)
        elif not rows and len(columns) == 1 and (having := self._find_having(table, columns[0])):
            rows = having
        elif not rows:
            own = tuple(row for row in table.rows if row.block == item.span.block)
            compared = compares and self._may_compare_rows(table, columns)
            every = (
                compared or self._asks_for_rows(table) or self._leaves_open(item, table, columns)
            )
            rows = table.rows if every else own
        one = len(rows) == len(columns) == 1 and not self._question.sides
        if one and _THAN.search(self._question.text):
            columns = find_like_columns(table, rows[0], columns[0])
        compared = across is not None or (compares and len(rows) > 1)
        if compared and not columns and self._asks_measure():
            columns = self._find_comparable(table, rows)
        if compared:
            rows = self._keep_foremost(table, rows, columns)
        spans = spans_of(item.document, [row.block for row in rows])
        return Passage(
            Shape.TABLE, item.document, spans, item.score, columns=columns, compared=compared
        )

    def build_below(self, item: Evidence) -> Passage | None:
        """Build the whole table below a paragraph whose sentence says how many its rows are.

        "There are four kinds of seller" leads into the table that names the four.
        """
        document, below = item.document, item.span.block + 1
        blocks = document.blocks
        while below < len(blocks) and heads_columns(document, below):
            below += 1
        if below >= len(blocks) or blocks[below].kind is not Kind.ROW:
            return None
        rows = read_table(document, below).rows
        counts = [one.value for one in find_figures(item.text) if one.unit is Unit.COUNT]
        if len(rows) not in counts:
            return None
        spans = spans_of(document, [row.block for row in rows])
        return Passage(Shape.TABLE, document, spans, item.score)

    def _asks_measure(self) -> bool:
        """Say whether a question asks for the most or the least of what has figures."""
        return bool(asked_units(self._question) or name_attributes(self._question.text))

    @staticmethod
    def _find_comparable(table: Table, rows: Sequence[Row]) -> tuple[int, ...]:
        """Return the one column whose figures in some rows can be compared; none if there are more."""
        columns = tuple(
            at
            for at in range(1, len(table.header))
            if rank_figures([cell.figures for cell in compare_cells(table, rows, [at])], least=True)
        )
        return columns if len(columns) == 1 else ()

    def _may_compare_rows(self, table: Table, columns: Sequence[int]) -> bool:
        """Say whether all rows are something to compare: in columns that are named, or by figures.

        Where a table tells an item's price in one row and its weight in the next, nobody can; nor are
        they what is compared where two other things are.
        """
        if self._question.sides and re.search(COMPARATIVE, self._question.text, re.IGNORECASE):
            return False
        cells = compare_cells(table, table.rows, columns)
        several = len(columns or table.header[1:]) > 1
        return (
            bool(columns) or several or bool(rank_figures([c.figures for c in cells], least=True))
        )

    def _tell_lists(self, item: Evidence, table: Table) -> Passage:
        """Tell the columns that are asked for, of a table whose columns are lists of their own."""
        columns = match_lists(table, self._matcher)
        told = (r.block for r in table.rows if any(r.cells[at : at + 1] > ("",) for at in columns))
        spans = spans_of(item.document, tuple(told))
        return Passage(Shape.TABLE, item.document, spans, item.score, columns=columns)

    def _set_beside(self, rows: Sequence[Row]) -> bool:
        """Say whether a row is one of the things that the question sets side by side."""
        return any(self._tells_of(row, side) for row in rows for side in self._question.sides)

    def _heads_side(self, item: Evidence) -> bool:
        """Say whether a table's heading names one of the things set beside each other."""
        heading = self._matcher.stems(" ".join(item.block.heading_path[-1:]))
        return any(self._matcher.stems(side) <= heading for side in self._question.sides)

    def _keep_foremost(
        self, table: Table, rows: tuple[Row, ...], columns: Sequence[int]
    ) -> tuple[Row, ...]:
        """Keep of many rows compared those that come nearest to the most or the least.

        Where a crowd shares it, one that does not is among them: that they all have the same would
        else be all that can be said.
        """
        cells = compare_cells(table, rows, columns)
        figures = [cell.figures for cell in cells]
        order = rank_figures(figures, least=wants_least(self._question.text, figures))
        most = [at for at in order if cells[at].text == cells[order[0]].text]
        others = [at for at in order if cells[at].text != cells[order[0]].text]
        kept = [*most[: MOST_COMPARED - bool(others)], *others][:MOST_COMPARED]
        foremost = {cells[at].row.block for at in kept}
        return tuple(row for row in rows if row.block in foremost) or rows

    def _match_table(
        self, document: Document, block: int
    ) -> tuple[Table, tuple[Row, ...], tuple[int, ...]]:
        """Read a row's table, and the rows and columns that are asked for: once for all its rows."""
        if (document.id, block) not in self._tables:
            table = read_table(document, block)
            rows = self._match_rows(table)
            units = asked_units(self._question)
            measured = name_attributes(self._question.text)
            asked = self._leave_degrees(table, rows)
            columns = self._find_sides(table) or match_columns(
                table, self._matcher, asked, units, measured
            )
            if self._question.ask is Ask.SUPERLATIVE and len(columns) > 1:
                columns = self._keep_compared(table, columns)
            for row in table.rows:
                self._tables[document.id, row.block] = (table, rows, columns)
        return self._tables[document.id, block]

    def _find_sides(self, table: Table) -> tuple[int, ...]:
        """Return the columns that are the things compared, each by its name; none unless all are.

        Of several that have a thing's words the one with the fewest others is it: "Employed" is in
        "Self-employed" too.
        """
        names = {at: self._matcher.stems(name) for at, name in enumerate(table.header) if at}
        telling = self._matcher.telling_terms()
        sides = [self._matcher.stems(side).intersection(telling) for side in self._question.sides]
        having = [[at for at, own in names.items() if side and side <= own] for side in sides]
        columns = {min(some, key=lambda at: len(names[at])) for some in having if some}
        return tuple(sorted(columns)) if len(columns) == len(sides) else ()

    def _leave_degrees(self, table: Table, rows: Sequence[Row]) -> tuple[str, ...]:
        """Return what is asked in order, but for degrees and names of rows that sound like levels.

        The highest pay for beginners is no matter of the highest level, nor is "Top firms" one.
        """
        own = rows if len(rows) < len(table.rows) else ()
        named = frozenset[str]().union(*(self._matcher.stems(row.name) for row in own))
        degrees = frozenset(map(stem, find_degrees(self._question)))
        levels = {term for term in named | degrees if is_level(term)}
        return tuple(term for term in self._asked if term not in levels)

    def _keep_compared(self, table: Table, columns: tuple[int, ...]) -> tuple[int, ...]:
        """Keep of several columns those that follow the degree: "which pool has the fewest lanes?"."""
        degree = _DEGREE_OF.search(self._question.text)
        wanted = self._matcher.stems(degree["what"]) if degree else frozenset()
        shared = {at: len(wanted & self._matcher.stems(table.header[at])) for at in columns}
        most = max(shared.values())
        return tuple(at for at in columns if shared[at] == most)

    def _match_rows(self, table: Table) -> tuple[Row, ...]:
        """Return the rows that are asked for; of things compared also one that is named in part.

        "Insurance or gas?" asks for "Gas for the forge" no less than for "Insurance", by any word.
        """
        rows = match_rows(table, self._matcher, self._question.text)
        sides = self._question.sides if rows else ()
        missed = [side for side in sides if not any(self._tells_of(row, side) for row in rows)]
        more = {row for side in missed for row in match_rows(table, self._matcher, side, 0.0)}
        return tuple(row for row in table.rows if row in rows or row in more)

    def _tells_of(self, row: Row, side: str) -> bool:
        return bool(self._matcher.stems(side) & self._matcher.stems(row.name))

    def _asks_for_rows(self, table: Table) -> bool:
        """Say whether a question asks for all that the table's rows are: "which grades?".

        What it asks each of is what the rows are, unless columns are: "pay in every country". Where
        it leaves out one row it asks for the others: "which fees besides the rent?".
        """
        out = self._question.left_out
        if out and any(self._tells_of(row, out) for row in table.rows):
            return True
        kind = self._matcher.stems(table.header[0]) if table.header else frozenset()
        if self._question.ask is Ask.LIST and self._matcher.has_any(kind, MATCHED):
            return True
        every = _EVERY.search(self._question.text)
        named = stem(every["kind"].lower()) if every else ""
        columns = self._matcher.stems(" ".join(table.header[1:]))
        telling = self._matcher.weights.get(named) == 1.0
        return telling and self._matcher.match(named, columns) < MATCHED

    def _leaves_open(self, item: Evidence, table: Table, columns: Sequence[int]) -> bool:
        """Say whether a figure is asked for that each of a few rows has, and no row more than another.

        "What does a guide earn?" says nothing that picks one country from a table of all.
        """
        units = asked_units(self._question)
        if self._question.ask not in WANTED_UNITS or len(table.rows) > MOST_OPEN:
            return False
        above = (*item.block.heading_path[-1:], *table.header)
        shared = self._matcher.stems(" ".join(above))
        tells = (
            self._matcher.match(term, shared) < MATCHED
            for term in self._matcher.telling_terms()
            if term not in VERBS and not names_unit(self._matcher.written(term), units)
        )
        told = columns or range(1, len(table.header))
        return not any(tells) and all(
            any(
                figure.unit in units
                for column in told
                for cell in compare_cells(table, [row], [column])
                for figure in cell.figures
            )
            for row in table.rows
        )

    def _find_having(self, table: Table, column: int) -> tuple[Row, ...]:
        """Return the rows asked for by what they have or lack: "which huts have no stove?"."""
        asked = self._question.text
        if not _ASKS_WHICH.match(asked):
            return ()
        return keep_having(table, column, having=not _LACKS.search(asked))

    def find_compared(self, passage: Passage) -> list[Figures]:
        """Return the figures that a passage of rows sets side by side."""
        table, _, _ = self._match_table(passage.document, passage.spans[0].block)
        told = {span.block for span in passage.spans}
        rows = [row for row in table.rows if row.block in told]
        return [cell.figures for cell in compare_cells(table, rows, passage.columns)]


def _keep_admitted(
    table: Table, rows: Sequence[Row], columns: Sequence[int], threshold: Threshold
) -> tuple[Row, ...]:
    """Keep the rows one of whose cells, in the columns asked for, passes a limit."""
    told = columns or range(1, len(table.header))
    return tuple(
        row
        for row in rows or table.rows
        if any(
            threshold.admits(cell.figures)
            for column in told
            for cell in compare_cells(table, [row], [column])
        )
    )
