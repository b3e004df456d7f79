"""The way of a question on the page: with the history that was kept, and its answer kept in turn.

Knows the order: read the conversation, answer, keep. Knows nothing of streams, cookies or HTML.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answer import Answer, Done, Event, Role, Turn
from web.receipts import trace
from web.schemas import MAX_TURN, MAX_TURNS, AnswerOut
from web.seam import Answerer, ReadableIndex
from web.store.conversations import Conversations, Exchange, NewTurn, NotKeptError
from web.store.database import StoreError

_log = logging.getLogger("footnote.web")


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer, and where it is kept; `conversation` and `exchange` are None where that failed."""

    answer: Answer
    conversation: str | None
    exchange: Exchange | None


@dataclass(frozen=True, slots=True)
class Asking:
    """A question of a reader's: in a conversation or a new one, to the default writer or another.

    `first` is a question that was answered without being kept, and begins a new conversation. `after`
    is the receipt of the exchange before, for a reader who can't be known again.
    """

    reader: str
    question: str
    conversation: str | None = None
    first: str | None = None
    after: str | None = None
    model: str | None = None


def ask(
    assistant: Answerer, conversations: Conversations, asking: Asking
) -> Iterator[Event | Kept]:
    """Answer and keep a question, event by event; the last is `Kept`, in the place of `Done`.

    The conversation is read at once: raises `NotKeptError` or `StoreError` before any event.
    """
    history: tuple[Turn, ...] = ()
    if asking.conversation is not None:
        history = conversations.history(asking.reader, asking.conversation, MAX_TURNS // 2)
    elif asking.after is not None:
        before = AnswerOut.model_validate(conversations.read_receipt(asking.after).answer)
        history = _to_turns(before.standalone_question, before.answer)  # all that is known of it
    return _ask(assistant, conversations, asking, history)


def ask_whole(assistant: Answerer, conversations: Conversations, asking: Asking) -> Kept:
    """Answer and keep a question: the last event of `ask`."""
    for event in ask(assistant, conversations, asking):
        if isinstance(event, Kept):
            return event
    raise AssertionError("a stream ends with Done")


def _ask(
    assistant: Answerer,
    conversations: Conversations,
    asking: Asking,
    history: tuple[Turn, ...],
) -> Iterator[Event | Kept]:
    conversation = asking.conversation
    if conversation is None and asking.first:
        index = assistant.index
        first = assistant.answer(asking.first, (), asking.model)
        kept = keep(conversations, index, asking.reader, None, asking.first, first)
        conversation = kept.conversation
        history = _to_turns(asking.first, first.text)
    index = assistant.index
    recent = tuple(Turn(turn.role, turn.content[:MAX_TURN]) for turn in history)
    for event in assistant.stream(asking.question, recent, asking.model):
        if isinstance(event, Done):
            yield keep(
                conversations, index, asking.reader, conversation, asking.question, event.answer
            )
        else:
            yield event


def keep(
    conversations: Conversations,
    index: ReadableIndex,
    reader: str,
    conversation: str | None,
    question: str,
    answer: Answer,
) -> Kept:
    """Keep an answer; one that can't be kept is given all the same, and the log says why."""
    turn = NewTurn(question, AnswerOut.of(answer).model_dump(mode="json"), trace(answer, index))
    try:
        return _add(conversations, reader, conversation, turn, answer)
    except StoreError as error:
        _log.error("an answer could not be kept: %s", error)  # one line says it
        return Kept(answer, None, None)


def _add(
    conversations: Conversations,
    reader: str,
    conversation: str | None,
    turn: NewTurn,
    answer: Answer,
) -> Kept:
    try:
        return Kept(answer, *conversations.add(reader, conversation, turn))
    except NotKeptError:  # deleted while the answer was written
        return Kept(answer, *conversations.add(reader, None, turn))


def _to_turns(question: str, said: str) -> tuple[Turn, ...]:
    return (Turn(Role.USER, question), Turn(Role.ASSISTANT, said))
