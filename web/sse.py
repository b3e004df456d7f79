"""An answer as server-sent events.

Knows the event stream format and how to leave off when the reader goes away. Knows nothing of how
an answer comes about.
"""

from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from typing import TypeVar, cast

import anyio
from anyio.to_thread import run_sync
from fastapi.responses import StreamingResponse
from pydantic import BaseModel
from starlette.types import Send

from assistant.answer import CitationReady, Done, Event, SentenceReady, Status
from web.problems import describe
from web.schemas import AnswerOut, CitationOut, SentenceOut

T = TypeVar("T")


class StatusOut(BaseModel):
    """A stage has begun."""

    stage: str


class EventStream(StreamingResponse):
    """Sends frames as they come and closes their source when the reader goes away."""

    media_type = "text/event-stream"

    def __init__(self, frames: AsyncGenerator[bytes]) -> None:
        # A proxy that buffers would hold the whole answer back.
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        self.frames = frames
        super().__init__(frames, headers=headers)

    async def stream_response(self, send: Send) -> None:
        """Send the frames; a cancelled reply must close the generator at once, not when collected."""
        async with aclosing(self.frames):
            await super().stream_response(send)


async def write_frames(events: Iterator[Event]) -> AsyncGenerator[bytes]:
    """Write each event as a frame as it comes; an error is a last frame."""
    number = 0
    try:
        async with aclosing(draw(events)) as drawn:
            async for event in drawn:
                number += 1
                yield write_frame(*name_event(event), number)
    except Exception as error:  # noqa: BLE001  # described, and logged where unforeseen
        yield write_frame("error", describe(error), number + 1)


async def draw(items: Iterator[T]) -> AsyncGenerator[T]:
    """Draw from an iterator in a thread, one by one, and close it at the end or when left."""
    end = object()
    try:
        while (item := await run_sync(next, items, end)) is not end:
            yield cast("T", item)
    finally:
        with anyio.CancelScope(shield=True):
            await run_sync(stop, items)


def begin(events: Iterator[Event]) -> Iterator[Event]:
    """Draw the first event before anything is sent, and pass it on with the rest.

    What keeps an answer from being begun, such as a missing index, still gets a status of its own.
    """
    first = next(events)

    def go_on() -> Iterator[Event]:
        try:
            yield first
            yield from events
        finally:
            stop(events)

    return go_on()


def stop(items: Iterator[object]) -> None:
    """Close an iterator, where it can be closed: what it holds on to is let go at once."""
    close = getattr(items, "close", None)
    if close is not None:
        close()


def write_frame(name: str, data: BaseModel, number: int) -> bytes:
    """Write one event; JSON has no raw line break, so its data is one line."""
    body = data.model_dump_json(exclude_none=name == "error")
    return f"id: {number}\nevent: {name}\ndata: {body}\n\n".encode()


def name_event(event: Event) -> tuple[str, BaseModel]:
    """Name an event, and give it the shape that is sent."""
    match event:
        case Status():
            return "status", StatusOut(stage=event.stage)
        case CitationReady():
            return "citation", CitationOut.of(event.citation)
        case SentenceReady():
            return "sentence", SentenceOut.of(event.sentence)
        case Done():
            return "done", AnswerOut.of(event.answer)
