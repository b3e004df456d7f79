"""Sections laid out alike, of which each is about one thing of a kind: one company, one pool.

Knows a document's headings and items. Knows nothing of questions or scores.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from ingest.document import Document, Kind

MIN_SECTIONS = 3
"""Sections alike, and at least half of all beside them: others may share their labels by chance."""

MIN_SHARED = 2
"""Labels that a section shares with others like it."""

MAX_LABEL = 40
"""Characters of a label; a longer beginning is a sentence."""

_LABEL_END = re.compile(r":|\s[–—-]\s|\s*\(")

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


def _find_labels(document: Document) -> dict[Path, set[str]]:
    """Return what the items and sub-headings of each section are called."""
    labels: dict[Path, set[str]] = {}
    for block in document.blocks:
        text = document.text[block.start : block.end]
        label = _LABEL_END.split(text, maxsplit=1)[0].strip().casefold()
        labelled = block.kind in (Kind.ITEM, Kind.HEADING) and 0 < len(label) <= MAX_LABEL
        for depth in range(1, len(block.heading_path) + 1):
            section = labels.setdefault(block.heading_path[:depth], set())
            section.update((label,) if labelled else ())
    return labels
