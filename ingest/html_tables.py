"""Tables of a web page: laid out on a rectangle, with the names of their columns.

Knows rows, cells and how cells span. Knows nothing of what stands around a table.
"""

from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from ingest.document import CELL_SEPARATOR, Kind
from ingest.html_elements import HEADINGS, read_number, visible_text
from ingest.reading import Piece
from ingest.table_header import names_columns

_MAX_SPAN = 60
"""No table has more columns; a page that claims a colspan of a billion gets these."""
_MAX_CELLS = 200_000


def find_rows(table: HtmlElement) -> list[HtmlElement]:
    """Find the rows of a table, without those of tables inside it."""
    return [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]


def read_rows(rows: Sequence[HtmlElement]) -> Iterator[Piece]:
    """Read rows as pieces: first the names of the columns if there are any, then each with these."""
    grid = _grid(rows)
    if not grid:
        return
    heads = _header_rows(rows, grid)
    header = tuple(_column_name(column) for column in zip(*grid[:heads], strict=True))
    if heads:
        yield Piece(Kind.ROW, CELL_SEPARATOR.join(header))
    for row in grid[heads:]:
        if any(row):
            yield Piece(Kind.ROW, CELL_SEPARATOR.join(row), header=header)


def is_layout(element: HtmlElement, rows: Sequence[HtmlElement]) -> bool:
    """Tell a table that only arranges a page from one that holds data."""
    if (element.get("role") or "").lower() in ("presentation", "none"):
        return True
    widest = max((len(list(row.iterchildren("td", "th"))) for row in rows), default=0)
    if widest < 2:
        return True
    named = next(element.iter("th"), None) is not None
    return not named and (len(rows) == 1 or next(element.iter(*HEADINGS), None) is not None)


def _grid(rows: Sequence[HtmlElement]) -> list[list[str]]:
    """Lay cells out on a rectangle, those that span several repeated in each."""
    grid: list[list[str]] = []
    hanging: dict[int, tuple[str, int]] = {}  # column -> text and how many more rows it spans
    cells = 0
    for row in rows:
        line: list[str] = []
        for cell in row.iterchildren("td", "th"):
            _hang(line, hanging)
            text = visible_text(cell).replace("|", "/")
            width = min(max(read_number(cell.get("colspan"), 1), 1), _MAX_SPAN)
            height = min(max(read_number(cell.get("rowspan"), 1), 1), len(rows))
            for _ in range(width):
                if height > 1:
                    hanging[len(line)] = (text, height - 1)
                line.append(text)
        _hang(line, hanging)
        cells += len(line)
        if cells > _MAX_CELLS:
            break
        grid.append(line)
    width = max((len(line) for line in grid), default=0)
    if width * len(grid) > _MAX_CELLS:
        return grid and [line[:_MAX_SPAN] + [""] * (_MAX_SPAN - len(line)) for line in grid]
    return [line + [""] * (width - len(line)) for line in grid if line]


def _hang(line: list[str], hanging: dict[int, tuple[str, int]]) -> None:
    """Fill the next places of a row with cells that hang down into it."""
    while len(line) in hanging:
        column = len(line)
        text, left = hanging.pop(column)
        if left > 1:
            hanging[column] = (text, left - 1)
        line.append(text)


def _header_rows(rows: Sequence[HtmlElement], grid: list[list[str]]) -> int:
    """Count the rows on top that name the columns."""
    filled = [row for row in rows if next(row.iterchildren("td", "th"), None) is not None]
    heads = 0
    for row in filled:
        in_head = next(row.iterancestors("thead"), None) is not None
        if not in_head and next(row.iterchildren("td"), None) is not None:
            break
        heads += 1
    if heads == 0 and names_columns(grid):
        return 1
    return min(heads, len(grid) - 1) if len(grid) > 1 else 0


def _column_name(cells: tuple[str, ...]) -> str:
    """Join a column's names from several header rows, each said once."""
    return " ".join(dict.fromkeys(cell for cell in cells if cell))
