"""Two views of a question side by side, where articles disagree.

Knows which sentences of an answer say yes and which say no. Knows nothing of how columns are drawn.
"""

from dataclasses import dataclass

from assistant.asking.forms import Ask
from assistant.asking.question import parse_question
from assistant.composing.compose import SAID
from assistant.ranking.clauses import Polarity
from assistant.ranking.polarity import judge_polarity
from web.schemas import AnswerOut, CitationOut, SentenceOut


@dataclass(frozen=True, slots=True)
class Sides:
    """The sentences of an answer: those that sum up, those for yes, those for no, and the rest."""

    summary: tuple[SentenceOut, ...]
    yes: tuple[SentenceOut, ...]
    no: tuple[SentenceOut, ...]
    rest: tuple[SentenceOut, ...]


def find_sides(answer: AnswerOut) -> Sides | None:
    """Part an answer to a yes/no question by what the cited articles say.

    None where it isn't one, where no two articles are on different sides, or where the answer says
    first what they say together.
    """
    question = parse_question(answer.standalone_question)
    together = any(sentence.text in SAID for sentence in answer.sentences[:1])
    if question.ask is not Ask.YES_NO or together:
        return None
    cited = {citation.number: citation for citation in answer.citations}
    summary: list[SentenceOut] = []
    parts: dict[Polarity | None, list[SentenceOut]] = {Polarity.YES: [], Polarity.NO: [], None: []}
    homes: dict[Polarity | None, set[str]] = {Polarity.YES: set(), Polarity.NO: set(), None: set()}
    led: tuple[Polarity | None, str] | None = None
    for sentence in answer.sentences:
        own = [cited[number] for number in sentence.citations]
        if len(own) > 1:
            summary.append(sentence)
            led = None
            continue
        home = own[0].document_id if own else ""
        if led is None or sentence.form != "item" or led[1] != home:
            side = _judge(question.text, own)
            led = (side, home) if sentence.text.rstrip().endswith(":") else None
        else:
            side = led[0]  # torn from the line that leads into it, an item says nothing
        parts[side].append(sentence)
        homes[side].update(citation.document_id for citation in own)
    yes, no = homes[Polarity.YES], homes[Polarity.NO]
    if not yes or not no or len(yes | no) < 2:
        return None
    order = (parts[Polarity.YES], parts[Polarity.NO], parts[None])
    return Sides(tuple(summary), *map(tuple, order))


def _judge(question: str, own: list[CitationOut]) -> Polarity | None:
    said = judge_polarity(question, own[0].quote) if own else None
    return said if said in (Polarity.YES, Polarity.NO) else None
