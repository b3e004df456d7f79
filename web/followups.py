"""Questions to go on with, which the articles answer near what has just been cited.

Knows FAQ pairs, and what has been asked. Makes up no question: each stands in an article with its
answer below it. Knows nothing of pages.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from ingest.document import Document, FaqPair
from web.likeness import likeness, rarity
from web.schemas import AnswerOut, CitationOut
from web.seam import ReadableIndex
from web.starters import inviting_pairs

_OFFERED = 3
_ASKED_ALREADY = 0.6
"""Likeness from which a question counts as asked; "What does X earn?" and "How much does X earn?"
come out at about 0.6 among a dozen questions."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    question: str
    distance: float


def choose_followups(
    index: ReadableIndex, answer: AnswerOut, asked: Sequence[str]
) -> tuple[str, ...]:
    """Choose questions answered near the passages cited, or near the sections that came nearest.

    Leaves out what resembles anything in `asked`, and what the cited passages have answered.
    """
    cited = list(dict.fromkeys(citation.document_id for citation in answer.citations))
    near = list(dict.fromkeys(section.document_id for section in answer.nearest))
    documents = [index.read(document_id) for document_id in cited or near]
    found = [_from_document(document, answer.citations) for document in documents]
    candidates = list(chain.from_iterable(found))
    weights = rarity([*asked, *(candidate.question for candidate in candidates)])
    if not cited:
        candidates = [
            _Candidate(one.question, -max(likeness(one.question, a, weights) for a in asked))
            for one in candidates
        ]
    chosen: list[str] = []
    for candidate in sorted(candidates, key=lambda one: (one.distance, one.question)):
        known = [*asked, *chosen]
        if all(likeness(candidate.question, one, weights) < _ASKED_ALREADY for one in known):
            chosen.append(candidate.question)
    return tuple(chosen[:_OFFERED])


def _from_document(document: Document, citations: Sequence[CitationOut]) -> list[_Candidate]:
    """Measure how far each of a document's questions stands from what is cited of it, in characters."""
    places = [one.start for one in citations if one.document_id == document.id]
    spans = [(one.start, one.end) for one in citations if one.document_id == document.id]
    return [
        _Candidate(
            pair.question.strip(),
            min((abs(pair.question_start - place) for place in places), default=0),
        )
        for pair in inviting_pairs(document)
        if not any(_overlaps(pair, start, end) for start, end in spans)
    ]


def _overlaps(pair: FaqPair, start: int, end: int) -> bool:
    return pair.question_start < end and start < pair.end
