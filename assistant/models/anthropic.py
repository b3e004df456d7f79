"""The writer behind Anthropic's service, which marks its citations itself.

Knows the `anthropic` package, and imports it only when such a writer is made. Passages are sent as
documents of one block a span, so that every citation the service marks is one of our spans; they
come back as the [n] that all writers use. What stands between it and us may read the blocks as one
plain text and mark characters instead: these are led back to the blocks they lie in.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from assistant.composing.prompts import (
    NATIVE_CITATIONS,
    FollowUp,
    Prompt,
    Speaker,
    describe_passage,
    render_rules,
)
from assistant.models import ModelError
from assistant.models.calls import Lines
from assistant.models.failures import (
    explain_break,
    explain_end,
    explain_silence,
    explain_status,
    read_seconds,
)
from assistant.models.options import ModelOptions

if TYPE_CHECKING:
    from anthropic import APIStatusError

KEY_VARIABLE = "ANTHROPIC_API_KEY"
HOSTED = "https://api.anthropic.com"
MAX_TOKENS = 1024
"""Far more than six sentences; the service asks for a bound."""


class Anthropic:
    """Writes by way of a message, streamed, with the service's own citations.

    Raises `ModelError` where the package or the key is missing.
    """

    def __init__(self, model: str, options: ModelOptions) -> None:
        missing = find_missing(options)
        if missing or not model:
            raise ModelError(f"anthropic: {missing or 'name a model: anthropic:NAME'}")
        import anthropic

        self._model = model
        self._key = options.anthropic_key
        limits = options.limits
        self._lines = Lines()
        self._client = anthropic.Anthropic(
            api_key=options.anthropic_key,
            base_url=options.anthropic_url or HOSTED,
            timeout=anthropic.Timeout(limits.first, connect=limits.connect),
            max_retries=0,
            http_client=anthropic.DefaultHttpxClient(event_hooks={"request": [self._lines.watch]}),
        )

    @property
    def name(self) -> str:
        """The writer's name as it was asked for."""
        return f"anthropic:{self._model}"

    def stream(self, prompt: Prompt | FollowUp, /) -> Iterator[str]:
        """Return the answer's pieces as the service sends it; leaving off closes the request."""
        return self._lines.call(lambda: self._explained(prompt))

    def _explained(self, prompt: Prompt | FollowUp) -> Iterator[str]:
        import anthropic

        try:
            yield from self._stream(prompt)
        except anthropic.APIStatusError as error:
            raise self._explain(error) from None
        except anthropic.APITimeoutError:
            raise explain_silence(self.name, connected=True) from None
        except anthropic.APIConnectionError as error:
            if error.__cause__ is not None and "Connect" in type(error.__cause__).__name__:
                raise explain_silence(self.name, connected=False) from None
            raise explain_break(self.name) from None
        except (anthropic.AnthropicError, json.JSONDecodeError, UnicodeDecodeError):
            raise explain_break(self.name) from None
        except _transport_errors() as error:
            # While a stream is read, the package lets its transport's own errors through.
            if "Timeout" in type(error).__name__:
                raise explain_silence(self.name, connected=True) from None
            raise explain_break(self.name) from None

    def _stream(self, prompt: Prompt | FollowUp) -> Iterator[str]:
        if isinstance(prompt, Prompt):
            system, content, sent = lay_out(prompt)
        else:
            system, content, sent = _lay_out_follow_up(prompt)
        marker = _Marker(sent)
        ended = ""
        with self._client.messages.create(
            model=self._model,
            max_tokens=MAX_TOKENS,
            system=system,
            messages=[{"role": "user", "content": content}],
            stream=True,
        ) as events:
            for event in events:
                if event.type == "message_delta":
                    ended = event.delta.stop_reason or ended
                yield from marker.read(event)
        if not ended:
            raise explain_break(self.name)
        if ended not in ("end_turn", "stop_sequence"):
            raise explain_end(self.name, ended)

    def _explain(self, error: "APIStatusError") -> ModelError:
        # An error in the middle of a stream that began well carries the stream's status, 200.
        status = error.status_code if error.status_code >= 400 else 500
        return explain_status(
            self.name,
            status,
            error.message,
            key=self._key,
            variable=KEY_VARIABLE,
            retry_after=read_seconds(error.response.headers.get("retry-after")),
        )


Sent = list[list[tuple[int, str]]]
"""The blocks of each document of a request, in order: the number of its span, and its text."""


def lay_out(prompt: Prompt) -> tuple[Any, Any, Sent]:
    """Lay a prompt out as documents and a task; the third says which blocks they have.

    The last document of a whole corpus is marked to be cached, for the next question.
    """
    documents: list[dict[str, Any]] = []
    index: dict[str, int] = {}
    sent: Sent = []
    for number, (document, span) in enumerate(prompt.shown(), start=1):
        if document.id not in index:
            index[document.id] = len(documents)
            sent.append([])
            documents.append(
                {
                    "type": "document",
                    "title": document.title[:255] or document.source[:255],
                    "source": {"type": "content", "content": []},
                    "citations": {"enabled": True},
                }
            )
        at, text = index[document.id], describe_passage(document, span)
        documents[at]["source"]["content"].append({"type": "text", "text": text})
        sent[at].append((number, text))
    if prompt.library and documents:
        documents[-1]["cache_control"] = {"type": "ephemeral"}
    rules = render_rules(prompt.nonce, NATIVE_CITATIONS)
    return rules, [*documents, {"type": "text", "text": prompt.task()}], sent


def _lay_out_follow_up(prompt: FollowUp) -> tuple[Any, Any, Sent]:
    said = {message.role: message.content for message in prompt.messages()}
    return said[Speaker.SYSTEM], [{"type": "text", "text": said[Speaker.USER]}], []


class _Marker:
    """Turns the service's events into text, with [n] where a block of text ends that cites."""

    def __init__(self, sent: Sent) -> None:
        self._sent = sent
        self._numbers: list[int] = []
        self._space = ""

    def read(self, event: Any) -> Iterator[str]:  # noqa: ANN401  # one of the package's many types
        """Yield the text that an event brings."""
        if event.type == "content_block_delta" and event.delta.type == "text_delta":
            text = self._space + event.delta.text
            # Held back: a line break must come after the marker, not before it.
            self._space = text[len(text.rstrip()) :]
            yield text.rstrip()
        elif event.type == "content_block_delta" and event.delta.type == "citations_delta":
            self._numbers += self._resolve(event.delta.citation)
        elif event.type == "content_block_stop":
            yield "".join(f"[{number}]" for number in dict.fromkeys(self._numbers)) + self._space
            self._numbers, self._space = [], ""

    def _resolve(self, citation: Any) -> list[int]:  # noqa: ANN401  # as above
        if citation.type not in ("content_block_location", "char_location"):
            return []
        at = citation.document_index
        blocks = self._sent[at] if 0 <= at < len(self._sent) else []
        if citation.type == "char_location":
            return find_blocks(
                blocks, citation.start_char_index, citation.end_char_index, citation.cited_text
            ) or [NOT_SENT]
        cited = range(citation.start_block_index, citation.end_block_index)
        return [blocks[one][0] if 0 <= one < len(blocks) else NOT_SENT for one in cited]


NOT_SENT = 0
"""The number of no span: it is dropped, and counted."""


def find_blocks(blocks: Sequence[tuple[int, str]], start: int, end: int, cited: str) -> list[int]:
    """Return the numbers of the blocks that a stretch of characters lies in.

    How the blocks were joined is not known: of the ways that are usual, the one counts by which the
    stretch is the cited text. Where it is by none, the blocks count that hold the cited text.
    """
    for join in ("", " ", "\n", "\n\n"):
        text = join.join(block for _, block in blocks)
        if cited and text[start:end] == cited:
            return list(_overlapping(blocks, len(join), start, end))
    wanted = " ".join(cited.split())
    return [number for number, block in blocks if wanted and wanted in " ".join(block.split())]


def _overlapping(
    blocks: Sequence[tuple[int, str]], join: int, start: int, end: int
) -> Iterator[int]:
    begin = 0
    for number, block in blocks:
        if start < begin + len(block) and begin < end:
            yield number
        begin += len(block) + join


def find_missing(options: ModelOptions) -> str:
    """Say what these writers lack, and how to get it; empty where they are ready."""
    if find_spec("anthropic") is None:
        return "the anthropic package is not installed; install it with: pip install anthropic"
    return "" if options.anthropic_key else f"no key; set {KEY_VARIABLE}"


def _transport_errors() -> tuple[type[Exception], ...]:
    """Name the errors of whichever transport the installed package was built on."""
    modules = [sys.modules[name] for name in ("httpx", "httpx2") if name in sys.modules]
    return tuple(module.TransportError for module in modules)
