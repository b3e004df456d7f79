"""What other assistants may call: ask, search, and read an article.

Knows each tool's arguments and result. Knows nothing of the protocol that carries them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Self

from fastapi import HTTPException
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from assistant.answer import Done, make_article_url
from ingest.document import Document
from web.api import find_document, find_passages
from web.schemas import (
    MAX_TURNS,
    AnswerOut,
    Asked,
    CitationOut,
    SearchIn,
    SearchOut,
    SectionOut,
    TurnIn,
    to_whole,
)
from web.seam import Answerer
from web.sse import stop

MAX_READ = 20_000
"""Characters of an article in one result: some 5,000 tokens, which leaves a model room to think."""


class AskIn(BaseModel):
    """A question, with the conversation before it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    question: Asked
    history: Annotated[list[TurnIn], Field(max_length=MAX_TURNS)] | None = None


class ReadIn(BaseModel):
    """An article, and the part of it that is wanted: offsets in characters, the end exclusive."""

    model_config = ConfigDict(extra="forbid", strict=True)

    document_id: Annotated[str, Field(max_length=500)]
    start: Annotated[int, Field(ge=0), BeforeValidator(to_whole)] = 0
    end: Annotated[int, Field(ge=0), BeforeValidator(to_whole)] | None = None


class PassageOut(BaseModel):
    """Part of an article: `text` is what stands from `start` to `end`, of `length` in all."""

    document_id: str
    title: str
    source: str
    text: str
    start: int
    end: int
    length: int
    url: str

    @classmethod
    def of(cls, document: Document, start: int, end: int, base_url: str) -> Self:
        """Fill from a document."""
        return cls(
            document_id=document.id,
            title=document.title,
            source=document.source,
            text=document.text[start:end],
            start=start,
            end=end,
            length=len(document.text),
            url=base_url + make_article_url(document.id, start, end),
        )


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool: `call` takes the assistant, the arguments and the site's address.

    It yields after every step, so that it can be left off; what it yields last is the result.
    """

    name: str
    title: str
    description: str
    takes: type[BaseModel]
    gives: type[BaseModel]
    call: Callable[[Answerer, Any, str], Iterator[BaseModel | None]]


def ask(assistant: Answerer, asked: AskIn, base_url: str) -> Iterator[AnswerOut | None]:
    """Answer a question."""
    turns = tuple(turn.to_turn() for turn in asked.history or ())
    events = assistant.stream(asked.question, turns)
    try:
        for event in events:
            if isinstance(event, Done):
                yield _locate(AnswerOut.of(event.answer), base_url)
            else:
                yield None
    finally:
        stop(events)


def search(assistant: Answerer, asked: SearchIn, _base_url: str) -> Iterator[SearchOut]:
    """Find passages."""
    yield find_passages(assistant, asked)


def read_article(assistant: Answerer, asked: ReadIn, base_url: str) -> Iterator[PassageOut]:
    """Read part of an article; raises `HTTPException` where there is no such article or part."""
    document = find_document(assistant.index, asked.document_id)
    length = len(document.text)
    end = length if asked.end is None else min(asked.end, length)
    if not asked.start < end:
        raise HTTPException(
            422, f"start and end name no part of the article, which has {length} characters."
        )
    yield PassageOut.of(document, asked.start, min(end, asked.start + MAX_READ), base_url)


def _locate(answer: AnswerOut, base_url: str) -> AnswerOut:
    """Make the addresses absolute, as far as the site's own is known."""
    places: list[CitationOut | SectionOut] = [*answer.citations, *answer.nearest]
    for place in places:
        place.url = base_url + place.url
    return answer


TOOLS = (
    Tool(
        "ask",
        "Ask the articles",
        "Answer a question from the articles alone, each sentence with numbered citations that"
        " quote them. The verdict is answered, partial (`missing` says what they lack) or"
        " not_in_articles. Give earlier turns as history where the question follows up on them.",
        AskIn,
        AnswerOut,
        ask,
    ),
    Tool(
        "search",
        "Search the articles",
        "Find the k passages of the articles that come nearest to a text, best first. Each names"
        " its article (document_id) and where it stands in it (start, end), as read_article takes.",
        SearchIn,
        SearchOut,
        search,
    ),
    Tool(
        "read_article",
        "Read an article",
        "Return the plain text of an article, or its part from start to end (in characters)."
        f" One call gives at most {MAX_READ} characters: read on from `end` while it is below"
        " `length`.",
        ReadIn,
        PassageOut,
        read_article,
    ),
)
