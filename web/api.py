"""The API: other programs ask, search and read here.

Knows addresses and which domain call each stands for. Knows nothing of pages.
"""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import StreamingResponse
from fastapi.routing import APIRoute

from assistant.answer import Done
from index.errors import DocumentMissing
from ingest.document import Document
from ingest.faq import faq_pairs
from web.leaving import until_left
from web.schemas import (
    AnswerIn,
    AnswerOut,
    DocumentOut,
    DocumentsOut,
    HealthOut,
    HitOut,
    SearchIn,
    SearchOut,
    SummaryOut,
)
from web.seam import Answerer, ReadableIndex
from web.site import InSite
from web.sse import EventStream, begin, write_frames


class JsonRoute(APIRoute):
    """A route that takes no body but JSON.

    A form of another site can't send JSON without asking the browser's leave first, so this is also
    what keeps foreign pages from posting to the API.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Check the media type before the body is read."""
        handle = super().get_route_handler()

        async def check(request: Request) -> Response:
            media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            if request.method == "POST" and media_type != "application/json":
                raise HTTPException(415, "Send the body as application/json.")
            return await handle(request)

        return check


router = APIRouter(prefix="/api", route_class=JsonRoute)

_ASKING: dict[int | str, dict[str, Any]] = {
    400: {"description": "The body is not JSON"},
    413: {"description": "The body is too long"},
    415: {"description": "The body is not sent as application/json"},
    422: {"description": "A field is missing, too long or unknown"},
    502: {"description": "The language model could not write"},
    503: {"description": "There is no index yet"},
}
_READING: dict[int | str, dict[str, Any]] = {503: {"description": "There is no index yet"}}
_FINDING: dict[int | str, dict[str, Any]] = {
    404: {"description": "No article has this id"},
    **_READING,
}
_EVENT = {
    "type": "object",
    "properties": {
        "event": {"enum": ["status", "citation", "sentence", "done", "error"]},
        "id": {"type": "string"},
        "data": {"type": "string", "contentMediaType": "application/json"},
    },
    "required": ["event", "id", "data"],
}
_STREAM = {
    "description": "Events status, citation, sentence, then done (the reply of /api/answer) or"
    " error (problem details)",
    "content": {"text/event-stream": {"schema": _EVENT}},
}


CLIENT_LEFT = 499
"""What logs call it where nobody is left to be told."""


@router.post("/answer", responses=_ASKING, response_model=AnswerOut)
def answer(asked: AnswerIn, request: Request, site: InSite) -> AnswerOut | Response:
    """Answer a question from the articles, with a footnote on every sentence."""
    site.check_model(asked.model)
    events = site.assistant.stream(asked.question, asked.turns(), asked.model)
    for event in until_left(events, request):
        if isinstance(event, Done):
            return AnswerOut.of(event.answer)
    return Response(status_code=CLIENT_LEFT)


@router.post(
    "/answer/stream", responses={**_ASKING, 200: _STREAM}, response_class=StreamingResponse
)
def stream_answer(asked: AnswerIn, site: InSite) -> EventStream:
    """Answer a question as server-sent events, sentence by sentence."""
    site.check_model(asked.model)
    events = site.assistant.stream(asked.question, asked.turns(), asked.model)
    return EventStream(write_frames(begin(events)))


@router.post("/search", responses=_ASKING)
def search(asked: SearchIn, site: InSite) -> SearchOut:
    """Find the passages that come nearest to a text, best first."""
    return find_passages(site.assistant, asked)


@router.get("/health", responses=_READING)
def health(site: InSite) -> HealthOut:
    """Say whether questions can be answered, and from which index."""
    index = site.assistant.index
    return HealthOut(status="ok", index_version=index.version, documents=len(index.documents()))


@router.get("/documents", responses=_READING)
def list_documents(site: InSite) -> DocumentsOut:
    """List every article."""
    summaries = site.assistant.index.documents()
    return DocumentsOut(documents=[SummaryOut.of(summary) for summary in summaries])


@router.get("/documents/{document_id}", responses=_FINDING)
def read_document(document_id: str, site: InSite) -> DocumentOut:
    """Return one article whole: its text, blocks and question-and-answer pairs."""
    document = find_document(site.assistant.index, document_id)
    return DocumentOut.of(document, tuple(faq_pairs(document)))


def find_passages(assistant: Answerer, asked: SearchIn) -> SearchOut:
    """Search the articles, and name each passage's file; an article that has just gone is left out."""
    hits = assistant.search(asked.query, asked.k)
    sources = {summary.id: summary.source for summary in assistant.index.documents()}
    kept = [hit for hit in hits if hit.chunk.document_id in sources]
    return SearchOut(hits=[HitOut.of(hit, sources[hit.chunk.document_id]) for hit in kept])


def find_document(index: ReadableIndex, document_id: str) -> Document:
    """Return an article; raise a 404 where none has this id."""
    try:
        return index.read(document_id)
    except DocumentMissing:
        raise HTTPException(404, "No article has this id.") from None
