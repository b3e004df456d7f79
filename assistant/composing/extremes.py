"""Which of several cells has the most or the least: said in one sentence, and checked by comparing.

Knows tables and their figures. Knows nothing of which cells a question asks for.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

from assistant.composing.tables import Cell, compare_cells, read_table
from assistant.english.figures import Unit
from assistant.layout.comparison import rank_figures
from assistant.layout.shown import Shown
from ingest.document import Kind
from ingest.patterns import compile_late

MOST_NAMED = 4

_DEGREES = {
    Unit.DURATION: ("short", "long"),
    Unit.CLOCK: ("earli", "lat"),
    Unit.YEAR: ("earli", "lat"),
}
"""What the least and the most are called of figures that are not high or low."""

_STEMS = "|".join({"low", "high", *(stem for pair in _DEGREES.values() for stem in pair)})
_EXTREME = compile_late(rf" (?:has|have|is|are) the (?:same|(?:{_STEMS})(?:er|est))[ ,]")


def say_extreme(cells: Sequence[Cell], *, least: bool) -> tuple[str, Cell] | None:
    """Say whose figure is the most or the least, and which cell that is; None if none can be told.

    All are named that share it, but for a crowd.
    """
    order = rank_figures([cell.figures for cell in cells], least=least)
    if not order:
        return None
    best = cells[order[0]]
    tied = [cells[at].whose for at in order if cells[at].text == best.text]
    named = tied if len(tied) <= MOST_NAMED else [*tied[: MOST_NAMED - 1], "others"]
    who = " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))
    one = len(named) == 1
    degree = _name_degree(best.figures[0].unit, len(cells), len(tied), least=least)
    if best.across:
        return f"{best.what}: {who} {'is' if one else 'are'} the {degree}, {best.text}", best
    return f"{who} {'has' if one else 'have'} the {degree} {best.what}: {best.text}", best


def _name_degree(unit: Unit, compared: int, tied: int, *, least: bool) -> str:
    if tied == compared:
        return "same"
    low, high = _DEGREES.get(unit, ("low", "high"))
    return (low if least else high) + ("er" if compared == 2 else "est")


def compares(text: str, cited: Sequence[Shown]) -> bool:
    """Say whether a sentence names the most or the least of the rows that it cites."""
    in_rows = all(one.document.blocks[one.span.block].kind is Kind.ROW for one in cited)
    return in_rows and bool(_EXTREME.search(text))


def is_extreme(text: str, cited: Sequence[Shown]) -> bool:
    """Say whether a sentence says of the rows it cites just what comparing them gives."""
    return any(
        said is not None and said[0] == text
        for cells in _find_comparable(cited)
        for said in (say_extreme(cells, least=least) for least in (False, True))
    )


def _find_comparable(cited: Sequence[Shown]) -> Iterator[list[Cell]]:
    """Yield what can be set side by side in rows of one table: each column, or cells along a row."""
    first, *_ = cited
    blocks = {shown.span.block for shown in cited if shown.document.id == first.document.id}
    table = read_table(first.document, first.span.block)
    rows = [row for row in table.rows if row.block in blocks]
    if len(rows) < len(cited):
        return
    columns = range(1, len(table.header))
    chosen = [(column,) for column in columns] if len(rows) > 1 else combinations(columns, 2)
    for some in (*chosen, ()):
        yield compare_cells(table, rows, some)
