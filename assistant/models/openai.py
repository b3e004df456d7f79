"""The writer behind any server that speaks OpenAI's chat protocol, hosted or one's own.

Knows the `openai` package, and imports it only when such a writer is made. Knows nothing of what is
said: prompts say it.
"""

import json
from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from assistant.composing.prompts import FollowUp, Prompt
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
    from openai import APIStatusError

HOSTED = "https://api.openai.com/v1"
KEY_VARIABLE = "OPENAI_API_KEY"


class OpenAI:
    """Writes by way of a chat completion, streamed.

    Raises `ModelError` where the package or, for the hosted service, the key is missing.
    """

    def __init__(self, model: str, options: ModelOptions) -> None:
        missing = find_missing(options)
        if missing or not model:
            raise ModelError(f"openai: {missing or 'name a model: openai:NAME'}")
        import openai

        self._model = model
        self._key = options.openai_key
        # One's own server may be asked for the likeliest answer, the same each time; the hosted
        # service refuses that of some models.
        self._extra: dict[str, Any] = {"temperature": 0} if options.openai_url else {}
        limits = options.limits
        self._lines = Lines()
        self._client = openai.OpenAI(
            api_key=options.openai_key or "none",
            base_url=options.openai_url or HOSTED,
            timeout=openai.Timeout(limits.first, connect=limits.connect),
            max_retries=0,
            http_client=openai.DefaultHttpxClient(event_hooks={"request": [self._lines.watch]}),
        )

    @property
    def name(self) -> str:
        """The writer's name as it was asked for."""
        return f"openai:{self._model}"

    def stream(self, prompt: Prompt | FollowUp, /) -> Iterator[str]:
        """Return the answer's pieces as the server sends it; leaving off closes the request."""
        return self._lines.call(lambda: self._explained(prompt))

    def _explained(self, prompt: Prompt | FollowUp) -> Iterator[str]:
        import openai

        try:
            yield from self._stream(prompt)
        except openai.APIStatusError as error:
            raise self._explain(error) from None
        except openai.APITimeoutError:
            raise explain_silence(self.name, connected=True) from None
        except openai.APIConnectionError as error:
            if error.__cause__ is not None and "Connect" in type(error.__cause__).__name__:
                raise explain_silence(self.name, connected=False) from None
            raise explain_break(self.name) from None
        except (openai.OpenAIError, json.JSONDecodeError, UnicodeDecodeError):
            raise explain_break(self.name) from None

    def _stream(self, prompt: Prompt | FollowUp) -> Iterator[str]:
        messages: Any = [
            {"role": message.role.value, "content": message.content}
            for message in prompt.messages()
        ]
        ended = ""
        with self._client.chat.completions.create(
            model=self._model, messages=messages, stream=True, **self._extra
        ) as chunks:
            for chunk in chunks:
                for choice in (chunk.choices or [])[:1]:
                    content = choice.delta.content if choice.delta else None
                    if content:
                        yield content
                    ended = choice.finish_reason or ended
        if not ended:
            raise explain_break(self.name)
        if ended != "stop":
            raise explain_end(self.name, ended)

    def _explain(self, error: "APIStatusError") -> ModelError:
        return explain_status(
            self.name,
            error.status_code,
            f"{error.code or ''} {error.message}",
            key=self._key,
            variable=KEY_VARIABLE,
            retry_after=read_seconds(error.response.headers.get("retry-after")),
        )


def find_missing(options: ModelOptions) -> str:
    """Say what these writers lack, and how to get it; empty where they are ready."""
    if find_spec("openai") is None:
        return "the openai package is not installed; install it with: pip install openai"
    if not options.openai_key and not options.openai_url:
        return f"no key; set {KEY_VARIABLE}, or give the address of your own server (--model-url)"
    return ""
