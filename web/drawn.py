"""An exchange as a page shows it: the answer, its sides, and what a reader may do next.

Knows what the exchange template is given. Knows nothing of HTML or of requests.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from web.asking import Kept
from web.followups import choose_followups
from web.schemas import AnswerOut
from web.sides import Sides, find_sides
from web.site import Site
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


def draw_answer(site: Site, question: str, answer: AnswerOut) -> DrawnExchange:
    """Draw an answer that is not kept."""
    asked = [question, answer.standalone_question]
    followups = _go_on(site, answer, asked)
    return DrawnExchange(1, question, answer, find_sides(answer), followups=followups)


def draw_kept(site: Site, question: str, kept: Kept) -> DrawnExchange:
    """Draw the answer of a run."""
    if kept.exchange is None:
        return draw_answer(site, question, AnswerOut.of(kept.answer))
    return _draw(kept.exchange, site, [])


def draw_conversation(site: Site, conversation: Conversation) -> list[DrawnExchange]:
    """Draw every exchange of a conversation; the last one with questions to go on with."""
    *before, last = conversation.exchanges
    asked = [exchange.question for exchange in before]
    return [*(_draw(exchange) for exchange in before), _draw(last, site, asked)]


def _draw(exchange: Exchange, site: Site | None = None, asked: Sequence[str] = ()) -> DrawnExchange:
    answer = AnswerOut.model_validate(exchange.answer)
    followups: tuple[str, ...] = ()
    if site is not None:
        known = [*asked, exchange.question, answer.standalone_question]
        followups = _go_on(site, answer, known)
    return DrawnExchange(
        exchange.number,
        exchange.question,
        answer,
        find_sides(answer),
        exchange.receipt,
        exchange.opinion,
        followups,
    )


def _go_on(site: Site, answer: AnswerOut, asked: Sequence[str]) -> tuple[str, ...]:
    index = site.assistant.index
    return choose_followups(index, answer, asked, site.starters.of(index))
