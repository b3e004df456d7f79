"""Whether the articles can answer a question, decided before anything is written.

Knows the signals of sufficiency and weighs them. Knows nothing of wording or of models.
"""

from collections.abc import Sequence

from assistant.answer import Outcome, Verdict
from assistant.evidence import Evidence
from assistant.question import Question

ANSWERABLE = 0.2


def decide(question: Question, evidence: Sequence[Evidence]) -> Verdict:
    """Decide whether the evidence, sorted best first, suffices to answer the question."""
    if not evidence:
        return Verdict(Outcome.NOT_IN_ARTICLES, 0.0, (question.text,))
    best = evidence[0].score
    if best < ANSWERABLE:
        return Verdict(Outcome.NOT_IN_ARTICLES, best, (question.text,))
    return Verdict(Outcome.ANSWERED, best)
