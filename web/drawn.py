"""An exchange as a page shows it: the answer, its sides, and what a reader may do next.

Knows what the exchange template is given. Knows nothing of HTML or of requests.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from web.asking import Kept
from web.followups import choose_followups
from web.schemas import AnswerOut
from web.seam import ReadableIndex
from web.sides import Sides, find_sides
from web.store.conversations import Conversation, Exchange, Opinion


@dataclass(frozen=True, slots=True)
class DrawnExchange:
    """One exchange; `receipt` is "" where it isn't kept, `followups` are for the last one alone."""

    number: int
    question: str
    answer: AnswerOut
    sides: Sides | None
    receipt: str = ""
    opinion: Opinion | None = None
    followups: tuple[str, ...] = ()


def draw_answer(index: ReadableIndex, question: str, answer: AnswerOut) -> DrawnExchange:
    """Draw an answer that is not kept."""
    asked = [question, answer.standalone_question]
    followups = choose_followups(index, answer, asked)
    return DrawnExchange(1, question, answer, find_sides(answer), followups=followups)


def draw_kept(index: ReadableIndex, question: str, kept: Kept) -> DrawnExchange:
    """Draw the answer of a run."""
    if kept.exchange is None:
        return draw_answer(index, question, AnswerOut.of(kept.answer))
    return _draw(kept.exchange, index, [])


def draw_conversation(index: ReadableIndex, conversation: Conversation) -> list[DrawnExchange]:
    """Draw every exchange of a conversation; the last one with questions to go on with."""
    *before, last = conversation.exchanges
    asked = [exchange.question for exchange in before]
    return [*(_draw(exchange) for exchange in before), _draw(last, index, asked)]


def _draw(
    exchange: Exchange, index: ReadableIndex | None = None, asked: Sequence[str] = ()
) -> DrawnExchange:
    answer = AnswerOut.model_validate(exchange.answer)
    followups: tuple[str, ...] = ()
    if index is not None:
        known = [*asked, exchange.question, answer.standalone_question]
        followups = choose_followups(index, answer, known)
    return DrawnExchange(
        exchange.number,
        exchange.question,
        answer,
        find_sides(answer),
        exchange.receipt,
        exchange.opinion,
        followups,
    )
