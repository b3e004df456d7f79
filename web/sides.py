"""Two views of a question side by side, where articles disagree.

Knows which sentences of an answer say yes and which say no. Knows nothing of how columns are drawn.
"""

from dataclasses import dataclass

from assistant.polarity import Polarity, judge_polarity
from assistant.question import Ask, parse_question
from web.schemas import AnswerOut, SentenceOut


@dataclass(frozen=True, slots=True)
class Sides:
    """The sentences of an answer in order: those on neither side, those for yes, those for no."""

    common: tuple[SentenceOut, ...]
    yes: tuple[SentenceOut, ...]
    no: tuple[SentenceOut, ...]


def find_sides(answer: AnswerOut) -> Sides | None:
    """Part an answer to a yes/no question by what the cited articles say.

    None where it isn't one, or where no two articles are on different sides.
    """
    question = answer.standalone_question
    if parse_question(question).ask is not Ask.YES_NO:
        return None
    cited = {citation.number: citation for citation in answer.citations}
    groups: dict[Polarity | None, list[SentenceOut]] = {}
    homes: dict[Polarity | None, set[str]] = {}
    for sentence in answer.sentences:
        own = [cited[number] for number in sentence.citations]
        # A sentence that rests on several passages sums them up: it is on no side.
        said = judge_polarity(question, own[0].quote) if len(own) == 1 else None
        side = said if said in (Polarity.YES, Polarity.NO) else None
        groups.setdefault(side, []).append(sentence)
        homes.setdefault(side, set()).update(citation.document_id for citation in own)
    yes, no = homes.get(Polarity.YES, set()), homes.get(Polarity.NO, set())
    if not yes or not no or len(yes | no) < 2:
        return None
    common, for_yes, for_no = (tuple(groups.get(s, ())) for s in (None, Polarity.YES, Polarity.NO))
    return Sides(common, for_yes, for_no)
