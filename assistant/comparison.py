"""Figures set side by side: the rows of a table, the items of a list, and which is most or least.

Knows how to find figures that may be compared and to compare them. Knows nothing of wording.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.figures import Figure, Unit, find_figures
from ingest.document import Document, Kind, Span
from ingest.spans import item_label
from ingest.words import stem, words

_LEAST = frozenset(
    stem(word)
    for word in """
    least cheapest lowest shortest smallest fewest fastest quickest soonest slowest minimum
    min less cheaper lower shorter smaller fewer faster quicker sooner worst easiest
    youngest
    """.split()
)


@dataclass(frozen=True, slots=True)
class Contender:
    """One of several things compared: its name, where its figure stands, and the figures."""

    name: str
    span: Span
    figures: tuple[Figure, ...]


def wants_least(question: str) -> bool:
    """Say whether a superlative or comparative asks for the lesser figure."""
    return any(stem(word) in _LEAST for word in words(question))


def find_contenders(document: Document, block: int, units: Sequence[Unit]) -> tuple[Contender, ...]:
    """Find what an item can be compared with: its cousins under one label, else its siblings.

    Cousins are items with the same label under sibling items ("Price: ..." under each product).
    """
    blocks = document.blocks
    own = blocks[block]
    if own.kind is not Kind.ITEM:
        return ()
    label = _label(document, block)
    parent = own.parent
    if parent is not None and blocks[parent].kind is Kind.ITEM:
        cousins = [
            index
            for index, other in enumerate(blocks)
            if other.kind is Kind.ITEM
            and other.level == own.level
            and other.heading_path == own.heading_path
            and other.parent is not None
            and blocks[other.parent].kind is Kind.ITEM
            and _label(document, index) == label
        ]
        found = [(item_label(document, blocks[blocks[i].parent or 0]), i) for i in cousins]
        if len(found) >= 2:
            return _with_figures(document, found, units)
    siblings = [
        (_label(document, index), index)
        for index, other in enumerate(blocks)
        if other.kind is Kind.ITEM and other.parent == parent and other.level == own.level
    ]
    return _with_figures(document, siblings, units)


def _with_figures(
    document: Document, found: Sequence[tuple[str, int]], units: Sequence[Unit]
) -> tuple[Contender, ...]:
    contenders = []
    for name, index in found:
        block = document.blocks[index]
        figures = find_figures(document.text[block.start : block.end])
        wanted = tuple(figure for figure in figures if figure.unit in units)
        if wanted:
            contenders.append(Contender(name, Span(block.start, block.end, index), wanted))
    return tuple(contenders)


def _label(document: Document, index: int) -> str:
    block = document.blocks[index]
    return re.split(r":\s|\s[–—]\s", document.text[block.start : block.end])[0].strip()


def pick_extreme(contenders: Sequence[Contender], *, least: bool) -> Contender | None:
    """Pick the contender with the least or the greatest figure; ties go to the first.

    Of a range, the low end counts for the least and the high end for the greatest. None where the
    figures are of different kinds or currencies: they cannot be compared.
    """
    measures = {(figure.unit, figure.currency) for item in contenders for figure in _range(item)}
    if len(contenders) < 2 or len(measures) > 1:
        return None
    if least:
        return min(contenders, key=lambda item: min(f.value for f in _range(item)))
    return max(contenders, key=lambda item: max(f.value for f in _range(item)))


def _range(contender: Contender) -> tuple[Figure, ...]:
    """Return the first figure, with the second where the two are a range of one unit."""
    first, *rest = contender.figures
    if rest and rest[0].unit is first.unit and rest[0].start - first.end <= 6:
        return (first, rest[0])
    return (first,)
