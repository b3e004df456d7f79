"""Labelled lines of unmarked text that are one list though no bullet says so: "Adults: £5".

Knows how people set names against values by hand. Knows nothing of headings or sections.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.lines import Line, LineBlock
from ingest.phrases import is_asked, is_reply
from ingest.sentences import split_sentences

MAX_ENTRY = 100
"""Characters of a labelled line; a longer one is a paragraph that begins with its subject."""

MIN_ENTRIES = 3
"""Labelled lines one below the other that make a list; two may be an address or a by-line."""

_LABELLED = re.compile(r"[^\W_][^:;?!|]{0,59}:\s+\S")
_TERMINAL = (".", "!", "?", ":", "…")


def list_labelled(blocks: Sequence[LineBlock]) -> list[LineBlock]:
    """Make items of the lines of each labelled list."""
    listed = list(blocks)
    for run in _find_runs(blocks):
        for at in run:
            listed[at] = replace(blocks[at], shape=Line.ITEM)
    return listed


def _find_runs(blocks: Sequence[LineBlock]) -> Iterator[range]:
    at = 0
    while at < len(blocks):
        end = at
        while end < len(blocks) and _goes_on(blocks, at, end):
            end += 1
        if sum(_is_labelled(blocks[place]) for place in range(at, end)) >= MIN_ENTRIES:
            yield range(at, end)
        at = max(end, at + 1)


def _goes_on(blocks: Sequence[LineBlock], first: int, at: int) -> bool:
    """Say whether a line is an entry: labelled, or with a figure amid others ("Families £12")."""
    block = blocks[at]
    if at == first:
        return _is_labelled(block)
    if block.gap or block.indent != blocks[first].indent:
        return False
    unlabelled = _is_entry(block) and any(sign.isdigit() for sign in block.text)
    return _is_labelled(block) or unlabelled


def _is_labelled(block: LineBlock) -> bool:
    return _is_entry(block) and bool(_LABELLED.match(block.text))


def _is_entry(block: LineBlock) -> bool:
    """Say whether a line may be an entry: short, whole, and no sentence."""
    text = block.text
    if block.shape is not Line.TEXT or block.lines > 1 or block.underline:
        return False
    if len(text) > MAX_ENTRY or text.endswith(_TERMINAL) or is_asked(text) or is_reply(text):
        return False
    return len(split_sentences(text)) == 1
