"""Sections laid out alike, of which each is about one thing of a kind: one company, one pool.

Knows a document's headings, items and labelled lines. Knows nothing of questions or scores.
"""

from collections.abc import Mapping
from functools import lru_cache

from ingest.document import Document, Kind
from ingest.patterns import compile_late

MIN_SECTIONS = 3
"""Sections alike, and at least half of all beside them: others may share their labels by chance."""

MIN_SHARED = 2
"""Labels that a section shares with others like it."""

MAX_LABEL = 40
"""Characters of a label; a longer beginning is a sentence."""

_LABEL_END = compile_late(r":|\s[–—-]\s|\s*\(")
_LABELLED = compile_late(rf"[^:.!?\n]{{1,{MAX_LABEL}}}:\s+\S")
"""A paragraph that is one labelled line: "Length: 14 km"."""

Path = tuple[str, ...]


@lru_cache(maxsize=64)  # it hangs on the document alone: 17 ms for one of 300 sections
def find_parallels(document: Document) -> Mapping[Path, tuple[str, ...]]:
    """Return for each section that has others beside it, laid out alike, their headings.

    "Price: €4" and "Hours: 9 to 5" under each of the baths: a line says of its own bath what it
    says, though only the heading names it.
    """
    labels = _find_labels(document)
    beside: dict[Path, list[Path]] = {}
    for path in labels:
        beside.setdefault(path[:-1], []).append(path)
    parallels: dict[Path, tuple[str, ...]] = {}
    for sections in beside.values():
        for path in sections:
            like = [
                other
                for other in sections
                if other != path and len(labels[path] & labels[other]) >= MIN_SHARED
            ]
            if len(like) + 1 >= max(MIN_SECTIONS, len(sections) / 2):
                parallels[path] = tuple(other[-1] for other in sections if other != path)
    return parallels


def find_own_section(document: Document, path: Path) -> Path:
    """Return the outermost section, of several laid out alike, that a path lies in; () for none."""
    parallels = find_parallels(document)
    depths = range(1, len(path) + 1)
    return next((path[:depth] for depth in depths if path[:depth] in parallels), ())


def name_whose(document: Document, index: int) -> str:
    """Return the heading that says whose line a labelled one is, of sections alike; else ""."""
    section = find_own_section(document, document.blocks[index].heading_path)
    return section[-1] if section and find_label(document, index) else ""


def find_label(document: Document, index: int) -> str:
    """Return what an item or a sub-heading is called, or a labelled line; "" for any other block."""
    block = document.blocks[index]
    text = document.text[block.start : block.end]
    lines = block.kind is Kind.PARAGRAPH and bool(_LABELLED.match(text))
    if not lines and block.kind not in (Kind.ITEM, Kind.HEADING):
        return ""
    label = _LABEL_END.split(text, maxsplit=1)[0].strip().casefold()
    return label if len(label) <= MAX_LABEL else ""


def _find_labels(document: Document) -> dict[Path, set[str]]:
    """Return what the items, labelled lines and sub-headings of each section are called."""
    labels: dict[Path, set[str]] = {}
    for index, block in enumerate(document.blocks):
        label = find_label(document, index)
        for depth in range(1, len(block.heading_path) + 1):
            section = labels.setdefault(block.heading_path[:depth], set())
            section.update((label,) if label else ())
    return labels
