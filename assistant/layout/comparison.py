"""Figures set side by side: the rows of a table, the items of a list, and which is most or least.

Knows how to find figures that may be compared and to compare them. Knows nothing of wording.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from assistant.english.figures import Figure, Unit, find_figures
from assistant.layout.parallels import find_label, find_own_section, find_parallels
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
    """Find what an item can be compared with: what is alike elsewhere, else its siblings."""
    alike = find_alike(document, block)
    if len(alike) >= 2:
        return _with_figures(document, alike, units)
    blocks = document.blocks
    own = blocks[block]
    siblings = [
        (_label(document, index), index)
        for index, other in enumerate(blocks)
        if own.kind is other.kind is Kind.ITEM
        and other.parent == own.parent
        and other.level == own.level
    ]
    return _with_figures(document, siblings, units)


def find_alike(document: Document, block: int) -> list[tuple[str, int]]:
    """Return the lines with a block's own label of things alike, by what these are called.

    They stand under sibling items ("Price: ..." under each product) or in sections laid out alike.
    """
    blocks = document.blocks
    own = blocks[block]
    if own.parent is None or own.kind is not Kind.ITEM or blocks[own.parent].kind is not Kind.ITEM:
        return _find_in_sections(document, block)
    label = _label(document, block)
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
    return [(item_label(document, blocks[blocks[i].parent or 0]), i) for i in cousins]


def _find_in_sections(document: Document, index: int) -> list[tuple[str, int]]:
    """Return the lines labelled as a block is in sections laid out alike, by what these are called.

    There are none where a section has several such lines, each of a thing of its own.
    """
    own = document.blocks[index]
    section = find_own_section(document, own.heading_path)
    label = find_label(document, index)
    if not section or not label:
        return []
    alike = {section[-1], *find_parallels(document)[section]}
    depth = len(section)
    found = [
        (block.heading_path[depth - 1], at)
        for at, block in enumerate(document.blocks)
        if block.kind is own.kind
        and block.level == own.level
        and block.heading_path[: depth - 1] == section[:-1]
        and alike & {*block.heading_path[depth - 1 : depth]}
        and find_label(document, at) == label
    ]
    names = [name for name, _ in found]
    return found if len(set(names)) == len(names) else []


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
    """Return those of the items compared that some spans, one of theirs first, tell.

    They are compared by figures of some kinds if all of them have such, else by any.
    """
    for find, kinds in product((find_contenders, find_cousins), (units, tuple(Unit))):
        told = tuple(one for one in find(document, spans[0].block, kinds) if one.span in spans)
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
