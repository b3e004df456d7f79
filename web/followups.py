"""Questions to go on with, which the articles answer near what has just been cited.

Knows FAQ pairs, and what has been asked. Makes up no question: each stands in an article with its
answer below it. Knows nothing of pages.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.document import Document, FaqPair
from web.likeness import likeness, rarity
from web.schemas import AnswerOut, CitationOut
from web.seam import ReadableIndex, read_present
from web.starters import inviting_pairs

_OFFERED = 3
_ASKED_ALREADY = 0.6
"""Likeness from which a question counts as asked: in the bundled articles the same question in other
words comes out at 0.67, most different ones below 0.45."""
_LOOKED_INTO = 8
"""Passages that a search for the question brings up: their articles may have more to offer."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    question: str
    distance: float


def choose_followups(
    index: ReadableIndex, answer: AnswerOut, asked: Sequence[str], starters: Sequence[str]
) -> tuple[str, ...]:
    """Choose questions answered near the passages cited, then those of other articles that are like it.

    Leaves out what resembles anything in `asked`, and what the cited passages have answered. Where the
    articles had no answer and nothing like it either, `starters` show what they do answer.
    """
    found = index.search(answer.standalone_question, _LOOKED_INTO)
    cited = dict.fromkeys(citation.document_id for citation in answer.citations)
    others = dict.fromkeys(hit.chunk.document_id for hit in found)
    documents = read_present(index, cited)
    near = [one for document in documents for one in _near(document, answer.citations)]
    # Another article's question in the same words has been answered just now.
    asked = [*asked, *(one.question for one in near if one.distance == 0)]
    far = [
        pair.question
        for key in others
        if key not in cited
        for pair in inviting_pairs(index.read(key))
    ]
    last = starters if not answer.citations else ()
    questions = [*asked, answer.standalone_question, *far, *last]
    weights = rarity([*questions, *(one.question for one in near)])
    near.sort(key=lambda one: (one.distance, one.question))
    nearest = [one.question for one in near if one.distance > 0]
    far.sort(key=lambda one: (-likeness(one, answer.standalone_question, weights), one))
    chosen: list[str] = []
    for question in [*nearest, *far, *last]:
        known = [*asked, *chosen]
        if all(likeness(question, one, weights) < _ASKED_ALREADY for one in known):
            chosen.append(question)
    return tuple(chosen[:_OFFERED])


def _near(document: Document, citations: Sequence[CitationOut]) -> list[_Candidate]:
    """Measure how far each of a document's questions stands from what is cited of it, in characters.

    What lies in a question's own answer is at distance 0.
    """
    spans = [(one.start, one.end) for one in citations if one.document_id == document.id]
    return [
        _Candidate(pair.question, min(_distance(pair, *span) for span in spans))
        for pair in inviting_pairs(document)
    ]


def _distance(pair: FaqPair, start: int, end: int) -> int:
    if pair.question_start < end and start < pair.end:
        return 0
    return max(1, abs(pair.question_start - start))
