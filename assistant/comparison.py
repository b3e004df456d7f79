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
    least cheapest lowest shortest smallest fewest minimum min less cheaper lower shorter smaller
    fewer worst easiest youngest earliest earlier
    """.split()
)
_FAST = frozenset(stem(word) for word in "fastest quickest soonest faster quicker sooner".split())
_SLOW = frozenset(stem(word) for word in "slowest slower".split())

Figures = tuple[Figure, ...]
"""The figures of one of several things compared, in their order."""


@dataclass(frozen=True, slots=True)
class Contender:
    """One of several things compared: its name, where its figure stands, and the figures."""

    name: str
    span: Span
    figures: Figures


def wants_least(question: str, compared: Sequence[Figures]) -> bool:
    """Say whether a superlative or comparative asks for the least of the figures compared.

    The fastest course takes the least time; the fastest growing job has the greatest rate.
    """
    asked = {stem(word) for word in words(question)}
    times = any(figure.unit is Unit.DURATION for figures in compared for figure in figures[:1])
    return bool(asked & (_LEAST | (_FAST if times else _SLOW)))


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


def find_cousins(document: Document, block: int, units: Sequence[Unit]) -> tuple[Contender, ...]:
    """Find what stands under the items of one list, as "Diploma" under "Courses", by its own name."""
    blocks = document.blocks
    parent = blocks[block].parent
    if parent is None or blocks[parent].kind is not Kind.ITEM:
        return ()
    uncles = [
        at
        for at, one in enumerate(blocks)
        if one.kind is Kind.ITEM
        and (one.parent, one.level, one.heading_path)
        == (blocks[parent].parent, blocks[parent].level, blocks[parent].heading_path)
    ]
    cousins = [
        (_label(document, at), at)
        for at, one in enumerate(blocks)
        if one.kind is Kind.ITEM and one.parent in uncles
    ]
    return _with_figures(document, cousins, units)


def find_told(
    document: Document, spans: Sequence[Span], units: Sequence[Unit]
) -> tuple[Contender, ...]:
    """Return those of the items compared that some spans, one of theirs first, tell."""
    for find in (find_contenders, find_cousins):
        told = tuple(one for one in find(document, spans[0].block, units) if one.span in spans)
        if len(told) == len(spans):
            return told
    return ()


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


def pick_extreme(compared: Sequence[Figures], *, least: bool) -> int | None:
    """Pick the place of the least or the greatest figure; None where they cannot be compared."""
    return next(iter(rank_figures(compared, least=least)), None)


def rank_figures(compared: Sequence[Figures], *, least: bool) -> list[int]:
    """Return the places of figures, the least or the greatest first; ties in their order.

    Of a range, the low end counts for the least and the high end for the greatest. Empty where the
    figures are fewer than two, or of different kinds or currencies: they cannot be compared.
    """
    ranges = [take_range(figures) for figures in compared]
    measures = {(figure.unit, figure.currency) for ends in ranges for figure in ends}
    if len(ranges) < 2 or len(measures) > 1:
        return []
    if least:
        return sorted(range(len(ranges)), key=lambda at: min(f.value for f in ranges[at]))
    return sorted(range(len(ranges)), key=lambda at: -max(f.value for f in ranges[at]))


def take_range(figures: Figures) -> Figures:
    """Return the first figure, with the second where the two are a range of one unit."""
    first, *rest = figures
    if rest and rest[0].unit is first.unit and rest[0].start - first.end <= 6:
        return (first, rest[0])
    return (first,)
