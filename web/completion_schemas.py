"""The shapes of chat completions: what OpenAI's clients send, and what they are sent.

Knows their JSON names and limits, and where the question is. Knows nothing of how a reply is filled.
"""

from typing import Annotated, Any, Literal

from fastapi import HTTPException
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)

from assistant.answer import Role, Turn
from web.schemas import MAX_QUESTION, MAX_TURN, MAX_TURNS, clean

DEFAULT = "footnote"
"""The name under which the site's own choice of writer is asked for."""


# ---- what a request may hold


class _Read(BaseModel):
    """Part of a request; what is not named is ignored, as every server of this protocol does."""

    model_config = ConfigDict(extra="ignore", strict=True)


class Part(_Read):
    """One part of a message; all but text is only looked at to be refused."""

    type: str
    text: str | None = None


def _to_parts(content: object) -> object:
    if isinstance(content, str):
        return [{"type": "text", "text": content}]
    return [] if content is None else content


_PARTS = {"type": "array", "items": {"$ref": "#/components/schemas/Part"}}
Parts = Annotated[
    list[Part],
    BeforeValidator(_to_parts),
    WithJsonSchema({"anyOf": [{"type": "string"}, _PARTS, {"type": "null"}]}),
]


class MessageIn(_Read):
    """A message of the conversation."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Parts = Field(default_factory=list)

    def to_text(self) -> str:
        """Return what it says, cleaned."""
        return clean("\n".join(part.text or "" for part in self.content if part.type == "text"))


class FormatIn(_Read):
    """The format that the answer is wanted in."""

    type: str


class CompletionIn(_Read):
    """A conversation whose last user message is the question.

    Sampling parameters, limits on length and stop words are ignored: what is said follows from the
    articles. What would change the shape of the reply is refused, not ignored.
    """

    messages: Annotated[list[MessageIn], Field(min_length=1)]
    model: Annotated[str, StringConstraints(max_length=200)] = DEFAULT
    stream: bool | None = None
    n: int | None = None
    tools: list[Any] | None = None
    functions: list[Any] | None = None
    logprobs: bool | None = None
    modalities: list[str] | None = None
    response_format: FormatIn | None = None

    def refuse_what_is_not_done(self) -> None:
        """Raise a 400 where the request asks for what can't be given."""
        if self.n not in (None, 1):
            raise HTTPException(400, "n: the articles give one answer; leave n out or send 1.")
        if self.tools or self.functions:
            raise HTTPException(
                400, "tools: the articles call none; leave tools and functions out."
            )
        if self.logprobs:
            raise HTTPException(400, "logprobs: there are none; leave it out.")
        if "audio" in (self.modalities or ()):
            raise HTTPException(400, "modalities: the answer is text only.")
        if self.response_format is not None and self.response_format.type != "text":
            raise HTTPException(400, "response_format: the answer is text only.")

    def read(self) -> tuple[str, tuple[Turn, ...]]:
        """Return the question and the turns before it; raises a 400 where there is no question.

        A client sends its whole conversation each time, so a long one is cut, not refused: to the
        last turns, and each to its length.
        """
        last = max(
            (at for at, message in enumerate(self.messages) if message.role == "user"),
            default=None,
        )
        if last is None:
            raise HTTPException(400, "messages: there is no user message, so no question.")
        turns = [
            Turn(Role(message.role), message.to_text()[:MAX_TURN])
            for message in self.messages[:last]
            if message.role in ("user", "assistant")
        ]
        spoken = [turn for turn in turns if turn.content]
        return _read_question(self.messages[last]), tuple(spoken[-MAX_TURNS:])


def _read_question(message: MessageIn) -> str:
    if any(part.type != "text" for part in message.content):
        raise HTTPException(
            400, "messages: a question is text only, without images, sound or files."
        )
    question = message.to_text()
    if not question:
        raise HTTPException(400, "messages: the last user message is blank.")
    if len(question) > MAX_QUESTION:
        raise HTTPException(
            400, f"messages: the last user message is over {MAX_QUESTION} characters long."
        )
    return question


# ---- what a reply holds


class UrlCitation(BaseModel):
    """An article, and the marker in the text that stands for it: `content[start_index:end_index]`.

    Indices count Unicode code points; the end is exclusive.
    """

    start_index: int
    end_index: int
    url: str
    title: str


class Annotation(BaseModel):
    """One footnote marker of the text."""

    type: Literal["url_citation"] = "url_citation"
    url_citation: UrlCitation


class MessageOut(BaseModel):
    """The answer, with [1] markers and what they stand for."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    annotations: list[Annotation]


class ChoiceOut(BaseModel):
    """The one answer."""

    index: Literal[0] = 0
    message: MessageOut
    finish_reason: Literal["stop"] = "stop"
    logprobs: None = None


class CompletionOut(BaseModel):
    """A chat completion. There is no `usage`: no tokens are counted here."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str
    choices: list[ChoiceOut]


class ChunkOut(BaseModel):
    """A piece of a chat completion that is streamed."""

    id: str
    object: Literal["chat.completion.chunk"] = "chat.completion.chunk"
    created: int
    model: str
    choices: list[dict[str, Any]]


class ModelOut(BaseModel):
    """A model that may be asked for."""

    id: str
    object: Literal["model"] = "model"
    created: int = 0
    owned_by: Literal["footnote"] = "footnote"


class ModelsOut(BaseModel):
    """Every model that may be asked for."""

    object: Literal["list"] = "list"
    data: list[ModelOut]
