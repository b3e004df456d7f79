"""What is not told because the question leaves it out: an item or row of that name.

Knows documents and what is left out of a question. Knows nothing of scores or verdicts.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant.asking.exclusion import enumerates, split_exclusion
from assistant.layout.passage import Passage
from assistant.layout.structure import name_block
from ingest.document import Document, Kind, Span
from ingest.patterns import compile_late
from ingest.words import FUNCTION_WORDS, content_words, has_form, stem, stem_set, words

_BETWEEN = compile_late(r",|/|\b(?:and|or|nor)\b", re.IGNORECASE)

_BARS = compile_late(r"\b(?:without|no|not|beyond|besides|instead|after)\b", re.IGNORECASE)
"""What makes a heading with a thing's name one for what is other than it."""

SHORTEST_CUT = 4
"""Letters from which a word may stand for a longer one that begins so."""


def leave_out(passages: Sequence[Passage], left_out: str) -> tuple[Passage, ...]:
    """Drop from what is told the items, rows and sentences that speak only of what is left out."""
    kept = []
    for passage in passages:
        if passage.lead and speaks_only_of(left_out, passage.document, passage.lead):
            continue
        told = tuple(s for s in passage.told if not speaks_only_of(left_out, passage.document, s))
        if told:
            whole = passage.spans[: len(passage.spans) - len(passage.told)]
            kept.append(replace(passage, spans=(*whole, *told)))
    return tuple(kept)


def speaks_only_of(left_out: str, document: Document, span: Span) -> bool:
    """Say whether a span speaks of nothing but what a question leaves out, or one of such things.

    That is a row, item or section named by it, and a sentence that does not enumerate it among
    others.
    """
    apart = (content_words(part) for part in _BETWEEN.split(left_out))
    return any(_speaks_of([stem(w) for w in part], document, span) for part in apart if part)


def _speaks_of(wanted: Sequence[str], document: Document, span: Span) -> bool:
    block = document.blocks[span.block]
    if _heads(wanted, "".join(block.heading_path[-1:])):
        return True
    name = name_block(document, span.block)
    if _has_all(wanted, stem_set(name)[0]):
        alone = _is_named_alone(wanted, name) or not enumerates(wanted, name)
        return block.kind is Kind.ROW or alone
    if block.kind is Kind.ROW:
        return False
    text = document.text[span.start : span.end]
    _, beside = split_exclusion(text)
    if beside and _has_all(wanted, stem_set(beside)[0]):
        return False  # "On top of the rent, you pay ..." tells of what comes on top
    return _has_all(wanted, stem_set(text)[0]) and not enumerates(wanted, text)


def _heads(wanted: Sequence[str], heading: str) -> bool:
    """Say whether a heading names just this, with one word more at most: "Seek Internships"."""
    named = [stem(word) for word in content_words(heading)]
    if not _has_all(wanted, named) or _BARS.search(heading) or enumerates(wanted, heading):
        return False
    return sum(not has_form(one, wanted) for one in named) <= 1


def _is_named_alone(wanted: Sequence[str], name: str) -> bool:
    """Say whether a name begins with just this and goes on about it: "the loft, with 30 cm of wool"."""
    told = [word.lower() for word in words(name)]
    begin = next((at for at, word in enumerate(told) if word not in FUNCTION_WORDS), 0)
    end = begin + len(wanted)
    after = told[end : end + 1]
    goes_on = all(word in FUNCTION_WORDS and word not in ("and", "or") for word in after)
    return goes_on and _has_all(wanted, [stem(word) for word in told[begin:end]])


def _has_all(wanted: Sequence[str], found: Collection[str]) -> bool:
    """Say whether each word is there in some form, or cut short: "tech" for technology."""
    return all(
        has_form(one, found)
        or (len(one) >= SHORTEST_CUT and any(other.startswith(one) for other in found))
        for one in wanted
    )
