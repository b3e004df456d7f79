"""What the chat's own script asks for: an answer as a stream that survives a lost connection.

Knows addresses and JSON of the page's own. Other programs use `web.api`, which keeps nothing.
"""

from typing import Annotated

from fastapi import APIRouter, Header, HTTPException, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, StringConstraints

from web.api import JsonRoute
from web.asking import Asking, ask
from web.reader import Reader, SameOrigin, name_reader, remember
from web.runs import Run
from web.schemas import Asked
from web.site import InSite
from web.sse import EventStream
from web.texts import choose_language

router = APIRouter(
    prefix="/api/conversations",
    route_class=JsonRoute,
    dependencies=[SameOrigin],
    include_in_schema=False,
)

_FORGOTTEN = "This answer is not at hand any more. Ask again."


class AskIn(BaseModel):
    """A question in a conversation of the reader's; without one it begins one.

    `first` was answered without being kept: the conversation begins with it.
    """

    model_config = ConfigDict(extra="forbid", strict=True)

    question: Asked
    conversation: Annotated[str, StringConstraints(max_length=64)] | None = None
    first: Asked | None = None
    model: Annotated[str, StringConstraints(max_length=200)] | None = None


class ListedOut(BaseModel):
    """A conversation as a list shows it."""

    id: str
    title: str
    updated: str


class ListOut(BaseModel):
    """The reader's conversations, the latest first."""

    conversations: list[ListedOut]


@router.post("", response_class=StreamingResponse)
def ask_and_keep(asked: AskIn, request: Request, site: InSite) -> EventStream:
    """Answer as events `begin`, `status`, `citation`, `sentence`, `done` or `error`, and keep it."""
    site.check_model(asked.model)
    reader = name_reader(request)
    asking = Asking(reader, asked.question, asked.conversation, asked.first, asked.model)
    events = ask(site.assistant, site.conversations, asking)
    language = choose_language(request.headers.get("accept-language", ""))
    run = site.runs.start(asked.question, events, language)
    reply = EventStream(run.read())
    remember(request, reply, reader)
    return reply


@router.get("")
def list_conversations(site: InSite, reader: Reader, search: str = "") -> ListOut:
    """List the reader's conversations, or those that hold a text."""
    found = site.conversations.find(reader, search[:200])
    listed = [ListedOut(id=s.id, title=s.title, updated=s.updated.isoformat()) for s in found]
    return ListOut(conversations=listed)


@router.get("/runs/{key}", response_class=StreamingResponse)
def read_on(
    key: str, site: InSite, last_event_id: Annotated[str | None, Header()] = None
) -> EventStream:
    """Send the events of an answer past the last one that arrived."""
    seen = last_event_id or "0"
    if not (seen.isascii() and seen.isdigit() and len(seen) < 9):
        raise HTTPException(400, "Last-Event-ID is the number of an event.")
    return EventStream(_find(site, key).read(int(seen)))


@router.delete("/runs/{key}", status_code=204)
def stop(key: str, site: InSite) -> Response:
    """Leave off writing an answer; it is not kept."""
    _find(site, key).stop()
    return Response(status_code=204)


def _find(site: InSite, key: str) -> Run:
    run = site.runs.find(key)
    if run is None:
        raise HTTPException(404, _FORGOTTEN)
    return run
