"""What an answer is worth: is it right, is it cited to the right place, should it have been given.

Knows answers, gold spans and demanded phrases. Knows nothing of how an answer was found, of slices
or of means. There is no judge model: rightness is decided by demanded phrases and citations, support
by words and figures, which is a stand-in for a reader (see `wording`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Citation, Outcome, Sentence
from eval.cases import Case
from eval.judging import agrees
from eval.locate import GoldSpan
from eval.wording import content_recall, figures, says
from ingest.document import Document

SUPPORTED = 0.6
"""Share of a sentence's content words that its citations must hold for it to count as supported.

The rest is left to the words that join quotes to a question, such as "The articles name four".
"""

RECALLED = 0.5
"""Share of a reference answer's content words and figures that makes an answer right where nothing
else was demanded of it: for questions that no person has judged."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a system said: its outcome, its text without markers, and what it cites."""

    outcome: Outcome
    confidence: float
    text: str
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]


def make_reply(answer: Answer) -> Reply:
    """Take from an answer what is judged of it."""
    return Reply(
        outcome=answer.verdict.outcome,
        confidence=answer.verdict.confidence,
        text="\n".join(sentence.text for sentence in answer.sentences),
        sentences=answer.sentences,
        citations=answer.citations,
    )


def judge_reply(reply: Reply, case: Case, documents: Mapping[str, Document]) -> dict[str, float]:
    """Give every figure that this reply has, 0 to 1 except `length` in characters.

    A figure that makes no sense for it is absent: a refusal has no citation precision, a question
    that can be answered can't be declined.
    """
    right = not find_faults(reply, case)
    values = {"correct": float(right)}
    declined = reply.outcome is Outcome.NOT_IN_ARTICLES
    if case.answerable:
        values["right_answer"] = float(right)
        values["refuses"] = float(declined)
        values["content"] = float(not _content_faults(reply, case) and not declined)
        if case.articles:
            values["sources_met"] = float(len(_cited(reply)) >= case.articles)
    else:
        values["declines"] = float(declined)
    if not declined:
        values["length"] = float(len(reply.text))
        values |= _judge_citations(reply, case, documents)
    return values


def find_faults(reply: Reply, case: Case) -> list[str]:
    """Say what is wrong with a reply, one line to a fault; a right one has none."""
    faults = []
    if reply.outcome is not case.outcome:
        faults.append(f"verdict is {reply.outcome}, should be {case.outcome}")
    if case.answerable and reply.outcome is not Outcome.NOT_IN_ARTICLES:
        faults += _content_faults(reply, case)
    return faults


def citation_precision(citations: Sequence[Citation], gold: Sequence[GoldSpan]) -> float:
    """Share of the citations that agree with a gold span; with no citations, 0."""
    if not citations:
        return 0.0
    return sum(_is_gold(citation, gold) for citation in citations) / len(citations)


def citation_recall(reply: Reply) -> float:
    """Share of the sentences that what they cite supports (Gao et al., ALCE, EMNLP 2023).

    Support is judged by words: every figure and most content words of the sentence stand in the
    quotes, titles and headings that it cites. A sentence that cites nothing isn't supported.
    """
    if not reply.sentences:
        return 0.0
    return sum(_is_supported(sentence, reply) for sentence in reply.sentences) / len(
        reply.sentences
    )


def quote_exactness(citations: Sequence[Citation], documents: Mapping[str, Document]) -> float:
    """Share of the citations whose quote re-slices from its document; the design demands 1."""
    exact = [
        citation.document_id in documents
        and documents[citation.document_id].text[citation.start : citation.end] == citation.quote
        for citation in citations
    ]
    return sum(exact) / len(exact) if exact else 1.0


def _judge_citations(
    reply: Reply, case: Case, documents: Mapping[str, Document]
) -> dict[str, float]:
    values = {"citation_recall": citation_recall(reply)}
    if reply.citations:
        values["quote_exact"] = quote_exactness(reply.citations, documents)
    if case.gold:
        values["citation_precision"] = citation_precision(reply.citations, case.gold)
    return values


def _content_faults(reply: Reply, case: Case) -> list[str]:
    faults = [
        f"lacks {' or '.join(map(repr, group))}"
        for group in case.must
        if not any(says(reply.text, phrase) for phrase in group)
    ]
    faults += [f"says {phrase!r}" for phrase in case.must_not if says(reply.text, phrase)]
    if not case.must and not _answers_freely(reply, case):
        faults.append("neither cites a passage that answers nor says most of what it says")
    return faults


def _answers_freely(reply: Reply, case: Case) -> bool:
    """Judge a reply of which no phrase is demanded: by where it points, else by what it holds."""
    if any(_is_gold(citation, case.gold) for citation in reply.citations):
        return True
    return bool(case.reference) and content_recall(case.reference, reply.text) >= RECALLED


def _is_gold(citation: Citation, gold: Sequence[GoldSpan]) -> bool:
    quoted = GoldSpan(citation.document_id, citation.start, citation.end)
    return any(agrees(quoted, span) for span in gold)


def _is_supported(sentence: Sentence, reply: Reply) -> bool:
    cited = [citation for citation in reply.citations if citation.number in sentence.citations]
    if not cited:
        return False
    ground = "\n".join(
        "\n".join((citation.title, *citation.heading_path, citation.quote)) for citation in cited
    )
    return (
        figures(sentence.text) <= figures(ground)
        and content_recall(sentence.text, ground) >= SUPPORTED
    )


def _cited(reply: Reply) -> set[str]:
    return {citation.document_id for citation in reply.citations}
