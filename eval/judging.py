"""Whether a retrieved passage or a quoted span is what the question file asks for, by overlap.

Knows spans of documents: gold spans and passages, both as offsets. Knows nothing of chunks, indexes
or figures. Judging by span and not by chunk lets chunks change without touching a judgement.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eval.locate import GoldSpan

ENOUGH = 0.5
"""Share of a gold span that a passage must hold to count as having it.

Half: a cut within a long list is no miss, and a sentence grazed at a chunk's border is no hit.
"""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document that a ranking returned, with its score."""

    document_id: str
    start: int
    end: int
    text: str
    score: float = 0.0


def judge_ranking(passages: Sequence[Passage], gold: Sequence[GoldSpan]) -> list[int]:
    """Count, for each passage in order, the gold spans that it is the first to hold.

    A gold span counts once however many passages hold it, so overlapping passages gain nothing.
    """
    open_spans = list(dict.fromkeys(gold))
    gains = []
    for passage in passages:
        held = [span for span in open_spans if holds(passage, span)]
        gains.append(len(held))
        open_spans = [span for span in open_spans if span not in held]
    return gains


def judge_context(
    passages: Sequence[Passage], gold: Sequence[GoldSpan], characters: int
) -> list[bool]:
    """Say of each distinct gold span whether the first characters of the ranking hold it.

    The passages' texts are read one after the other until `characters` are used up; what is cut off
    is not seen. Parts of a span that several passages hold add up.
    """
    seen = _cut(passages, characters)
    return [
        _covered(span, (p for p in seen if p.document_id == span.document_id))
        >= ENOUGH * (span.end - span.start)
        for span in dict.fromkeys(gold)
    ]


def holds(passage: Passage, span: GoldSpan) -> bool:
    """Whether a passage holds enough of a gold span."""
    return overlap(passage, span) >= ENOUGH * (span.end - span.start)


def agrees(quoted: GoldSpan, span: GoldSpan) -> bool:
    """Whether a citation and a gold span are about the same words: half of the shorter is shared."""
    shorter = min(quoted.end - quoted.start, span.end - span.start)
    return overlap(quoted, span) >= max(ENOUGH * shorter, 1)


def overlap(one: GoldSpan | Passage, other: GoldSpan | Passage) -> int:
    """Count the characters that two stretches share."""
    if one.document_id != other.document_id:
        return 0
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _cut(passages: Sequence[Passage], characters: int) -> list[Passage]:
    """Keep what the first characters show; a passage's text may differ in length from its range."""
    kept = []
    for passage in passages:
        if characters <= 0:
            break
        shown = min(characters, passage.end - passage.start)
        kept.append(
            Passage(passage.document_id, passage.start, passage.start + shown, passage.text)
        )
        characters -= shown
    return kept


def _covered(span: GoldSpan, passages: Iterable[Passage]) -> int:
    """Count the characters of a span that any of the passages shows, each once."""
    covered = 0
    reached = span.start
    for passage in sorted(passages, key=lambda passage: passage.start):
        start, end = max(passage.start, reached), min(passage.end, span.end)
        if end > start:
            covered += end - start
            reached = end
    return covered
