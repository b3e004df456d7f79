"""The writer in process: a folder of weights, run by the `transformers` package.

Knows that package and torch, and imports them only when the first answer is wanted. Loads no code
from the folder and nothing from the network.
"""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any

from assistant.composing.prompts import FollowUp, Prompt
from assistant.models import ModelError
from assistant.models.options import ModelOptions

MAX_NEW_TOKENS = 400
"""Six sentences with their numbers, and room to spare."""


class Transformers:
    """Writes with the causal language model of a folder, one answer at a time.

    Raises `ModelError` where the packages or the folder are missing.
    """

    def __init__(self, folder: str, options: ModelOptions) -> None:
        missing = find_missing(options)
        if missing:
            raise ModelError(f"transformers: {missing}")
        self._folder = Path(folder)
        if not folder or not (self._folder / "config.json").is_file():
            raise ModelError(
                f"transformers: {folder or '(no folder)'}: no model there (no config.json); "
                "name a folder that save_pretrained wrote: transformers:FOLDER"
            )
        self._limits = options.limits
        self._writing = Lock()
        self._loaded: tuple[Any, Any] | None = None

    @property
    def name(self) -> str:
        """The writer's name: the folder's, without the way to it, which is nobody's business."""
        return f"transformers:{self._folder.name}"

    def stream(self, prompt: Prompt | FollowUp, /) -> Iterator[str]:
        """Yield the answer as it is made; leaving off stops the model at its next token."""
        if not self._writing.acquire(timeout=self._limits.total):
            raise ModelError(f"{self.name}: busy with other answers")
        try:
            tokenizer, model = self._load()
            yield from self._generate(tokenizer, model, self._encode(tokenizer, model, prompt))
        finally:
            self._writing.release()

    def _load(self) -> tuple[Any, Any]:
        if self._loaded is None:
            from transformers import AutoModelForCausalLM, AutoTokenizer

            try:
                tokenizer = AutoTokenizer.from_pretrained(self._folder, local_files_only=True)
                model: Any = AutoModelForCausalLM.from_pretrained(
                    self._folder, local_files_only=True
                )
            except Exception as error:
                raise ModelError(f"{self.name}: the model can’t be loaded: {error}") from error
            self._loaded = (tokenizer, model.eval())
        return self._loaded

    def _encode(self, tokenizer: Any, model: Any, prompt: Prompt | FollowUp) -> Any:  # noqa: ANN401
        messages = [{"role": m.role.value, "content": m.content} for m in prompt.messages()]
        if tokenizer.chat_template:
            encoded = tokenizer.apply_chat_template(
                messages, add_generation_prompt=True, return_tensors="pt", return_dict=True
            )
        else:
            plain = "\n\n".join(message["content"] for message in messages)
            encoded = tokenizer(f"{plain}\n\n", return_tensors="pt")
        room = getattr(model.config, "max_position_embeddings", None)
        if room and encoded["input_ids"].shape[1] + MAX_NEW_TOKENS > room:
            raise ModelError(f"{self.name}: the passages are longer than the model can read")
        return encoded

    def _generate(self, tokenizer: Any, model: Any, encoded: Any) -> Iterator[str]:  # noqa: ANN401
        from transformers import TextIteratorStreamer

        streamer = TextIteratorStreamer(tokenizer, skip_prompt=True, skip_special_tokens=True)
        run = _Run(model, encoded, streamer)
        run.start()
        try:
            yield from streamer
        finally:
            run.stop()
        if run.error is not None:
            raise ModelError(f"{self.name}: the model failed: {type(run.error).__name__}")
        if run.length >= MAX_NEW_TOKENS:
            raise ModelError(f"{self.name}: the model stopped before the end (length)")


class _Run:
    """One generation in a thread of its own, which can be stopped."""

    def __init__(self, model: Any, encoded: Any, streamer: Any) -> None:  # noqa: ANN401
        self.error: Exception | None = None
        self.length = 0
        self._stopped = Event()
        self._thread = Thread(target=self._generate, args=(model, encoded, streamer), daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join()

    def _generate(self, model: Any, encoded: Any, streamer: Any) -> None:  # noqa: ANN401
        from transformers import StoppingCriteriaList

        try:
            made = model.generate(
                **encoded,
                max_new_tokens=MAX_NEW_TOKENS,
                do_sample=False,
                streamer=streamer,
                stopping_criteria=StoppingCriteriaList([self._should_stop]),
            )
            self.length = int(made.shape[1] - encoded["input_ids"].shape[1])
        except Exception as error:  # noqa: BLE001  # told by whoever waits for the text
            self.error = error
            streamer.end()

    def _should_stop(self, ids: Any, _scores: Any, **_: Any) -> Any:  # noqa: ANN401
        import torch

        return torch.full((ids.shape[0],), self._stopped.is_set(), device=ids.device)


def find_missing(_options: ModelOptions) -> str:
    """Say what these writers lack, and how to get it; empty where they are ready."""
    missing = [name for name in ("torch", "transformers") if find_spec(name) is None]
    if not missing:
        return ""
    return f"{missing[0]} is not installed; install it with: pip install transformers torch"
