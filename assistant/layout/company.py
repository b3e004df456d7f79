"""Which sentences of its paragraph a sentence is said with, for it to be understood by itself.

Knows how English sentences hang together. Knows nothing of questions or scores.
"""

import re

from ingest.document import Document, Kind, Span
from ingest.patterns import compile_late
from ingest.spans import split_block
from ingest.words import stem, words

_BEGINS = r"(?:(?:and|but|so|yet|also|however),?\s+)?"
_SOMETIMES = r"(?:also\s+|then\s+|often\s+|all\s+)?"
_BE = r"(?:is|are|was|were|can|could|will|would|may|might|must|should|has|have|had|do|does|did)"
_IS = rf"{_BE}\b"
_POINTS_BACK = compile_late(
    rf"{_BEGINS}(?:(?:they|he|she)\s+\w|(?:these|those)\s+{_SOMETIMES}{_IS}"
    rf"|(?:it(?!\s+(?:is|was|can be|may be)\s+(?:\w+\s+){{1,3}}(?:to|that|for)\b)|this|that)\s+"
    rf"{_SOMETIMES}(?:{_IS}|\w+(?<!s)s\b)"
    rf"|(?!{_BE}\b|(?:if|when|while|because|since|as|though|although|unless|until|that|what|how|why|where|make|take|call)\b)"
    r"[a-z]+ (?:it|them)\s+\w"
    r"|(?:that['’]s|this is|that is) why\b|(?:therefore|hence|as a result|for this reason)\b"
    r"|(?:until|by|before|after|since) (?:then|that)\b|(?:in|at) (?:that (?:case|point|time)|those cases)\b|otherwise,)",
    re.IGNORECASE,
)
"""A sentence whose subject or reason stands in the one before: "It also allows you to ...", or what
it is done to: "Wear it at night".

"It is good to ..." has its subject behind it."""

_THIS_THING = compile_late(
    rf"{_BEGINS}(?:this|these|such)\s+(?P<noun>[a-z][\w-]*)\s+\w", re.IGNORECASE
)

_SUMS_UP = compile_late(
    rf"{_BEGINS}(?:that|this)(?:['’]s|\s+(?:is|was))\s+(?:what|why|how|where|when)\b", re.IGNORECASE
)

_WORD = r"(?!(?:what|who|whom|which|how|where|when|why|that|as|if|than|because|since)\b)[\w'’-]+\s+"
_LEAVES_OUT = compile_late(
    rf"(?:{_WORD}){{1,6}}?{_BE}(?:\s+not|n['’]t|\b)(?=\s*[,;.!]|\s*$|\s+(?:because|since|either|too|though)\b)",
    re.IGNORECASE,
)
"""A sentence that leaves out what the one before says: "Dogs do not." after "Cats climb trees."."""

_ANNOUNCES = compile_late(
    r"(?:\bnot|n['’]t) (?:just|only)\b|\bmore than (?:just|only)\b"
    r"|(?:\bnot|n['’]t) (?:everything|enough|all)\b(?=\W*(?:(?:however|though|yet|alone)\W*)?$)",
    re.IGNORECASE,
)
_GOES_ON = compile_late(r"\bbut\b(?!\W*$).{12}", re.IGNORECASE)
"""What a sentence that says "not only this" may say itself: "but that as well"."""


def find_company(document: Document, span: Span) -> tuple[Span, ...]:
    """Return a sentence with the one before that it points back to, and the one that it announces.

    "It is not just about coding." tells little without what it is about as well. What "that is why"
    begins a paragraph about was said at the end of the one above, and what "the sum is:" ends one
    with at the beginning of the one below.
    """
    spans = split_block(document, span.block)
    at = spans.index(span)
    text = document.text[span.start : span.end]
    announced = _ANNOUNCES.search(text)
    before = document.text[spans[at - 1].start : spans[at - 1].end] if at else ""
    leans = _POINTS_BACK.match(text) or _LEAVES_OUT.match(text) or _names_again(text, before)
    first = at - 1 if at and leans else at
    last = at + 1 if announced and not _GOES_ON.search(text, announced.end()) else at
    above = _end_paragraph_above(document, span.block) if not at and _SUMS_UP.match(text) else ()
    below = _begin_paragraph_below(document, span.block) if text.endswith(":") else ()
    return (*above, *spans[first : last + 1], *below)


def _names_again(text: str, before: str) -> bool:
    """Say whether a sentence is about what the one before it has named: "This fee is ..."."""
    named = _THIS_THING.match(text)
    return named is not None and stem(named["noun"].lower()) in map(stem, words(before.lower()))


def _end_paragraph_above(document: Document, index: int) -> tuple[Span, ...]:
    """Return the last sentence of the paragraph right above one, if there is one."""
    return split_block(document, index - 1)[-1:] if _are_paragraphs(document, index - 1) else ()


def _begin_paragraph_below(document: Document, index: int) -> tuple[Span, ...]:
    """Return the first sentence of the paragraph right below one, if there is one."""
    return split_block(document, index + 1)[:1] if _are_paragraphs(document, index) else ()


def _are_paragraphs(document: Document, index: int) -> bool:
    """Say whether a block and the one after it are paragraphs."""
    beside = document.blocks[max(index, 0) : index + 2]
    return [block.kind for block in beside] == [Kind.PARAGRAPH] * 2
