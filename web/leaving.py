"""A reader who goes away while an answer is being written.

Knows how a request tells it, and that the writing then ends. Knows nothing of what is written.
"""

from collections.abc import Iterator

from anyio import from_thread
from fastapi import Request

from assistant.answer import Event
from web.sse import stop


def until_left(events: Iterator[Event], request: Request) -> Iterator[Event]:
    """Pass events on until the client goes away: then the model is stopped, and nobody reads on."""
    try:
        for event in events:
            yield event
            if from_thread.run(request.is_disconnected):
                return
    finally:
        stop(events)
