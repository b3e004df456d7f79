"""The articles as a model: what OpenAI's clients call, answered from the articles.

Knows addresses, and how an answer with footnotes fills a chat completion, whole or in chunks. Knows
nothing of how an answer comes about. `web.problems` gives its errors OpenAI's shape, by address.
"""

import secrets
import time
from collections.abc import Iterator
from typing import Any, Self

from fastapi import APIRouter, Request
from pydantic import BaseModel

from assistant.answer import (
    Answer,
    Citation,
    CitationReady,
    Done,
    Event,
    Outcome,
    Sentence,
    SentenceReady,
    Status,
    render_text,
)
from web.api import JsonRoute
from web.completion_schemas import (
    DEFAULT,
    Annotation,
    ChoiceOut,
    ChunkOut,
    CompletionIn,
    CompletionOut,
    MessageOut,
    ModelOut,
    ModelsOut,
    UrlCitation,
)
from web.leaving import until_left
from web.openai_errors import PREFIX
from web.problems import describe, to_api_error
from web.site import InSite, Site
from web.sse import EventStream, begin, draw, stop

router = APIRouter(prefix=PREFIX.rstrip("/"), route_class=JsonRoute)

_READING: dict[int | str, dict[str, Any]] = {404: {"description": "No model goes by this name"}}
_ASKING: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The answer; with `stream`, in chunks that end with [DONE]",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    },
    400: {"description": "A field is missing, too long or asks for what can't be given"},
    **_READING,
    413: {"description": "The body is too long"},
    415: {"description": "The body is not sent as application/json"},
    502: {"description": "The language model could not write"},
    503: {"description": "There is no index yet"},
}


@router.get("/models")
def list_models(site: InSite) -> ModelsOut:
    """List the models that may be asked for: the site's own choice first."""
    return ModelsOut(data=[ModelOut(id=name) for name in _list_names(site)])


@router.get("/models/{name:path}", responses=_READING)
def read_model(name: str, site: InSite) -> ModelOut:
    """Return one model."""
    site.check_model(name, DEFAULT)
    return ModelOut(id=name)


@router.post("/chat/completions", responses=_ASKING, response_model=CompletionOut)
def complete_chat(
    asked: CompletionIn, request: Request, site: InSite
) -> CompletionOut | EventStream:
    """Answer the last user message from the articles, with a footnote on every sentence.

    Its markers, [1], are explained by annotations of the kind that web searches have. System
    messages are ignored: what may be said is settled by the articles.
    """
    asked.refuse_what_is_not_done()
    site.check_model(asked.model, DEFAULT)
    question, turns = asked.read()
    model = None if asked.model == DEFAULT else asked.model
    events = site.assistant.stream(question, turns, model)
    envelope = Envelope.address(asked.model)
    if not asked.stream:
        return complete(until_left(events, request), envelope, str(request.base_url))
    return EventStream(draw(write_chunks(begin(events), envelope, str(request.base_url))))


def _list_names(site: Site) -> tuple[str, ...]:
    return tuple(dict.fromkeys((DEFAULT, *site.settings.models)))


# ---- from an answer to a reply


class Writing:
    """The text of an answer as it grows, and the annotations of its markers.

    `base_url` is the site's own, which makes an article's address absolute. What is added at a
    time, put together, is the whole text.
    """

    def __init__(self, base_url: str) -> None:
        self.text = ""
        self.annotations: list[Annotation] = []
        self._base_url = base_url.rstrip("/")
        self._sentences: tuple[Sentence, ...] = ()
        self._citations: dict[int, Citation] = {}

    def add(self, event: Event) -> str:
        """Take an event and return what it adds to the text."""
        before = len(self.text)
        match event:
            case CitationReady(citation):
                self._citations[citation.number] = citation
            case SentenceReady(sentence):
                self._sentences += (sentence,)
                self.text = render_text(self._sentences)
                self._annotate(sentence)
            case Done(answer):
                self.text += self._end(answer)
        return self.text[before:]

    def _annotate(self, sentence: Sentence) -> None:
        """Find the markers from the end: the sentence's own words may hold others like them."""
        end = len(self.text) - sum(len(f"[{number}]") for number in sentence.citations)
        for number in sentence.citations:
            start, end = end, end + len(f"[{number}]")
            citation = self._citations[number]
            cited = UrlCitation(
                start_index=start,
                end_index=end,
                url=self._base_url + citation.url,
                title=citation.title,
            )
            self.annotations.append(Annotation(url_citation=cited))

    def _end(self, answer: Answer) -> str:
        """Return what a reader must see besides the answer: a client shows nothing but text."""
        if answer.verdict.outcome is Outcome.NOT_IN_ARTICLES:
            return answer.text
        return "".join(f"\n\n{remark}" for remark in answer.remarks)


class Envelope(BaseModel):
    """What all pieces of one reply share."""

    id: str
    created: int
    model: str

    @classmethod
    def address(cls, model: str) -> Self:
        """Make a new one for the model that was asked for."""
        return cls(id=f"chatcmpl-{secrets.token_hex(12)}", created=int(time.time()), model=model)

    def put(self, delta: dict[str, Any], finish_reason: str | None = None) -> bytes:
        """Write a piece as a server-sent event."""
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
        chunk = ChunkOut(**self.model_dump(), choices=[choice])
        return f"data: {chunk.model_dump_json()}\n\n".encode()


def complete(events: Iterator[Event], envelope: Envelope, base_url: str) -> CompletionOut:
    """Make one reply of an answer's events."""
    writing = Writing(base_url)
    for event in events:
        writing.add(event)
    message = MessageOut(content=writing.text, annotations=writing.annotations)
    return CompletionOut(**envelope.model_dump(), choices=[ChoiceOut(message=message)])


PULSE = b": still at it\n\n"
"""A comment, which clients pass over: only a reply that is being sent shows that its reader left."""


def write_chunks(events: Iterator[Event], envelope: Envelope, base_url: str) -> Iterator[bytes]:
    """Write an answer's events as chunks: its text, then its annotations; an error is the last."""
    writing = Writing(base_url)
    stages: set[str] = set()
    yield envelope.put({"role": "assistant", "content": ""})
    try:
        for event in events:
            added = writing.add(event)
            if added:
                yield envelope.put({"content": added})
            elif isinstance(event, Status):
                if event.stage in stages:
                    yield PULSE
                stages.add(event.stage)
    except Exception as error:  # noqa: BLE001  # described, and logged where unforeseen
        yield f"data: {to_api_error(describe(error)).model_dump_json()}\n\n".encode()
        return
    finally:
        stop(events)
    if writing.annotations:
        annotations = [annotation.model_dump() for annotation in writing.annotations]
        yield envelope.put({"annotations": annotations})
    yield envelope.put({}, finish_reason="stop")
    yield b"data: [DONE]\n\n"
