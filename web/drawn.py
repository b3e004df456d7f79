"""An exchange as a page shows it: the answer, its sides, and what a reader may do next.

Knows what the exchange template is given. Knows nothing of HTML or of requests.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from web.asking import Kept
from web.followups import choose_followups
from web.receipts import ReceiptCheck, check_receipt
from web.schemas import AnswerOut
from web.seam import ReadableIndex
from web.sides import Sides, find_sides
from web.site import Site
from web.store.conversations import Conversation, Exchange, Opinion


@dataclass(frozen=True, slots=True)
class DrawnExchange:
    """One exchange; `receipt` is "" where it isn't kept, `followups` are for the last one alone.

    `check` says what has become of its passages, where the articles were indexed anew since. One that
    `is_alone` is kept, but its reader can't be known again: no opinion on it can be kept, and the next
    question goes on from it alone.
    """

    number: int
    question: str
    answer: AnswerOut
    sides: Sides | None
    receipt: str = ""
    opinion: Opinion | None = None
    followups: tuple[str, ...] = ()
    check: ReceiptCheck | None = None
    is_alone: bool = False


def draw_answer(site: Site, question: str, answer: AnswerOut) -> DrawnExchange:
    """Draw an answer that is not kept."""
    asked = [question, answer.standalone_question]
    followups = _go_on(site, answer, asked)
    return DrawnExchange(1, question, answer, find_sides(answer), followups=followups)


def draw_kept(site: Site, question: str, kept: Kept) -> DrawnExchange:
    """Draw the answer of a run."""
    if kept.exchange is None:
        return draw_answer(site, question, AnswerOut.of(kept.answer))
    drawn = _draw(kept.exchange, site.assistant.index)
    return _add_followups(site, drawn, [])


def draw_conversation(site: Site, conversation: Conversation) -> list[DrawnExchange]:
    """Draw every exchange of a conversation; the last one with questions to go on with."""
    index = site.assistant.index
    *before, last = [_draw(exchange, index) for exchange in conversation.exchanges]
    return [*before, _add_followups(site, last, [drawn.question for drawn in before])]


def draw_alone(site: Site, exchange: Exchange) -> DrawnExchange:
    """Draw an exchange for a reader whose browser keeps no cookie."""
    drawn = replace(_draw(exchange, site.assistant.index), is_alone=True)
    return _add_followups(site, drawn, [])


def point_kept(exchange: Exchange, index: ReadableIndex) -> tuple[AnswerOut, ReceiptCheck | None]:
    """Return a kept answer whose links open what it cites as the articles are now.

    Where they have changed since, also what became of each citation; the nearest sections are then
    no more than their articles, as nothing is kept by which to find them again.
    """
    answer = AnswerOut.model_validate(exchange.answer)
    if index.version == exchange.provenance.index_version:
        return answer, None
    check = check_receipt(index, answer, exchange.provenance)
    pointed = {
        "citations": [check.point(citation) for citation in answer.citations],
        "nearest": [
            section.model_copy(update={"url": section.url.partition("?")[0].partition("#")[0]})
            for section in answer.nearest
        ],
    }
    return answer.model_copy(update=pointed), check


def _draw(exchange: Exchange, index: ReadableIndex) -> DrawnExchange:
    answer, check = point_kept(exchange, index)
    return DrawnExchange(
        exchange.number,
        exchange.question,
        answer,
        find_sides(answer),
        exchange.receipt,
        exchange.opinion,
        check=check,
    )


def _add_followups(site: Site, drawn: DrawnExchange, asked: Sequence[str]) -> DrawnExchange:
    known = [*asked, drawn.question, drawn.answer.standalone_question]
    return replace(drawn, followups=_go_on(site, drawn.answer, known))


def _go_on(site: Site, answer: AnswerOut, asked: Sequence[str]) -> tuple[str, ...]:
    index = site.assistant.index
    return choose_followups(index, answer, asked, site.starters.of(index))
