"""The learned scorer: does this span answer the question, does it bear the statement out.

Knows how to run the files that `eval.scorer` writes, with onnxruntime and tokenizers. Must not know
torch, transformers or sentence-transformers: serving never imports them. Knows nothing of how
spans are found or of what is decided with the scores.
"""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from index.onnx import make_options

GRAPH_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
CARD_FILE = "scorer.json"
SHIPPED = Path(__file__).parents[1] / "data" / "scorer"

THREADS = 2
"""Pairs scored at once: the class of machine that serving is measured on has two cores. Each pair is
run by itself on one thread. Sixteen of them took 40 ms where batches of 512 tokens, each spread over
two threads that are woken for every operator, took 56; and as activations are quantised by what a
batch holds, a pair by itself has the same score in any company."""

MAX_CHARACTERS = 4000
"""Characters of a text that are looked at: far more than the tokens that are, and a bound on the
tokenizer's time for a hostile one."""

Scores = NDArray[np.float32]
"""Probabilities, 0 to 1, one for each passage."""


class ScorerDamaged(Exception):  # noqa: N818  (named for what is the matter)
    """The files of a scorer are missing or do not belong together."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """How a head's logit becomes a probability: sigmoid(logit / temperature + bias).

    `output` is the head's column of the graph's output. Temperature and bias are fitted on pairs
    that the network never saw (Platt 1999; Guo et al. 2017).
    """

    output: int
    temperature: float
    bias: float


@dataclass(frozen=True, slots=True)
class ScorerCard:
    """What a scorer's folder says of it: the calibration of both heads, and its token limit."""

    answers: Calibration
    supports: Calibration
    max_tokens: int


class Scorer:
    """A pair scorer from a folder; may be shared by threads. Loads its files at the first score.

    Raises `ScorerDamaged` where the folder's card cannot be read, or at the first score where the
    other files cannot be loaded.
    """

    def __init__(self, folder: Path, *, threads: int = THREADS) -> None:
        self.card = read_card(folder)
        self._folder = folder
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="scorer")
        self._loading = Lock()
        self._loaded: _Files | None = None

    def score_answers(self, question: str, passages: Sequence[str]) -> Scores:
        """Return, for each passage, the probability that it answers the question."""
        return _calibrate(self._logits(question, passages), self.card.answers)

    def score_support(self, statement: str, passages: Sequence[str]) -> Scores:
        """Return, for each passage, the probability that it bears out all of the statement."""
        return _calibrate(self._logits(statement, passages), self.card.supports)

    def _logits(self, text: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """Score distinct passages once, each by itself; returns shape (passages, outputs)."""
        # the longest first: no thread is left with a long one while the others have nothing to do
        distinct = sorted(dict.fromkeys(passages), key=len, reverse=True)
        if not distinct:
            return np.zeros((0, 2), dtype=np.float32)
        files = self._load()
        pairs = [(_encodable(text), _encodable(passage)) for passage in distinct]
        scored = self._pool.map(files.run, files.tokenizer.encode_batch_fast(pairs))
        logits = dict(zip(distinct, scored, strict=True))
        return np.stack([logits[passage] for passage in passages])

    def _load(self) -> "_Files":
        with self._loading:
            if self._loaded is None:
                self._loaded = _open(self._folder, self.card.max_tokens)
            return self._loaded


def load_scorer(folder: Path | None = None) -> Scorer:
    """Load the scorer of a folder, by default the shipped one; raises `ScorerDamaged`."""
    return Scorer(SHIPPED if folder is None else folder)


def read_card(folder: Path) -> ScorerCard:
    """Read what a scorer's folder says of it; raises `ScorerDamaged`."""
    try:
        raw = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
        return ScorerCard(
            answers=Calibration(**raw["heads"]["answers"]),
            supports=Calibration(**raw["heads"]["supports"]),
            max_tokens=int(raw["max_tokens"]),
        )
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ScorerDamaged(
            f"{folder}: no readable {CARD_FILE} ({error}); fetch or fit the scorer again"
        ) from error


@dataclass(frozen=True, slots=True)
class _Files:
    """A scorer's files, opened, and the names of what its graph wants."""

    tokenizer: Tokenizer
    session: onnxruntime.InferenceSession
    inputs: tuple[str, ...]

    def run(self, encoding: Encoding) -> NDArray[np.float32]:
        """Run one pair; returns its logits, shape (outputs,)."""
        tokens = {
            "input_ids": encoding.ids,
            "attention_mask": encoding.attention_mask,
            "token_type_ids": encoding.type_ids,
        }
        feeds = {name: np.array([tokens[name]], dtype=np.int64) for name in self.inputs}
        return np.asarray(self.session.run(None, feeds)[0][0], dtype=np.float32)


def _open(folder: Path, max_tokens: int) -> _Files:
    try:
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        session = onnxruntime.InferenceSession(
            str(folder / GRAPH_FILE), make_options(threads=1), providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # both libraries raise their own undocumented types
        raise ScorerDamaged(f"{folder}: the scorer cannot be loaded: {error}") from error
    tokenizer.enable_truncation(max_tokens, strategy="longest_first")
    tokenizer.no_padding()
    return _Files(tokenizer, session, tuple(entry.name for entry in session.get_inputs()))


def _encodable(text: str) -> str:
    """Shorten a text to what can matter, and drop the lone surrogates no tokenizer takes."""
    return text[:MAX_CHARACTERS].encode("utf-8", "replace").decode("utf-8")


def _calibrate(logits: NDArray[np.float32], calibration: Calibration) -> Scores:
    scaled = logits[:, calibration.output] / calibration.temperature + calibration.bias
    scores: Scores = (1.0 / (1.0 + np.exp(-np.clip(scaled, -40, 40)))).astype(np.float32)
    return scores
