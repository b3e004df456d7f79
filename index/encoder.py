"""Texts to unit vectors, with an exported encoder and nothing else.

Knows how to run the files that `index.export` writes, with onnxruntime and tokenizers. Must not
know torch, transformers or sentence-transformers: serving never imports them.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from index.onnx import group_by_length, make_options
from index.types import Vectors

GRAPH_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
CARD_FILE = "encoder.json"

THREADS = 2
"""A query takes 2.3 ms with two threads and 2.9 ms with one; long texts take half the time."""

TOKENS_PER_BATCH = 512
"""Padded tokens in one run. Larger batches are no faster on a CPU (32 texts of 256 tokens: 1.0 s
one at a time, 1.1 s eight at a time) and cost memory that is never given back (130 MB against
199 MB resident)."""


class EncoderDamaged(Exception):  # noqa: N818  (named for what is the matter)
    """The files of an exported encoder are missing or do not belong together."""


@dataclass(frozen=True, slots=True)
class EncoderCard:
    """What an exported encoder says of itself.

    `digest` is a SHA-256 over the model it was made of, the same on every machine; `max_length`
    counts tokens; `prefix` is what the model wants before every text.
    """

    name: str
    dim: int
    max_length: int
    pooling: str
    digest: str
    prefix: str = ""


class Encoder:
    """An exported sentence encoder; implements `index.types.Embedder` and may be shared by threads.

    Raises `EncoderDamaged` where the folder holds no complete export.
    """

    def __init__(self, folder: Path, *, threads: int = THREADS) -> None:
        self.card = read_card(folder)
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
            self._session = onnxruntime.InferenceSession(
                str(folder / GRAPH_FILE), make_options(threads), providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # both libraries raise their own undocumented types
            raise EncoderDamaged(f"{folder}: the encoder cannot be loaded: {error}") from error
        self._tokenizer.enable_truncation(self.card.max_length)
        self._tokenizer.no_padding()
        self._inputs = [entry.name for entry in self._session.get_inputs()]

    def word_rank(self, word: str) -> int | None:
        """Return the place of a lower-case word in the encoder's own vocabulary, if it is there.

        Such a vocabulary is ordered by frequency, more or less, so that the rank of an ordinary
        word is low. A rare word or a misspelt one falls into pieces and has none.
        """
        rank: int | None = self._tokenizer.token_to_id(word)
        return rank

    def encode(self, texts: Sequence[str], /) -> Vectors:
        """Encode texts; returns unit vectors, shape (texts, dim), in the order of the texts."""
        vectors = np.zeros((len(texts), self.card.dim), dtype=np.float32)
        if not texts:
            return vectors
        prefixed = [self.card.prefix + _encodable(text) for text in texts]
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch_fast(prefixed)]
        for rows in group_by_length([len(ids) for ids in tokens], TOKENS_PER_BATCH):
            vectors[rows] = self._run([tokens[row] for row in rows])
        return vectors

    def _run(self, tokens: list[list[int]]) -> Vectors:
        width = max(1, *(len(ids) for ids in tokens))
        feeds = {name: np.zeros((len(tokens), width), dtype=np.int64) for name in self._inputs}
        for row, ids in enumerate(tokens):
            feeds["input_ids"][row, : len(ids)] = ids
            feeds["attention_mask"][row, : len(ids)] = 1
        output = np.asarray(self._session.run(None, feeds)[0], dtype=np.float32)
        norms = np.linalg.norm(output, axis=1, keepdims=True)
        vectors: Vectors = output / np.maximum(norms, np.float32(1e-12))
        return vectors


def read_card(folder: Path) -> EncoderCard:
    """Read what an exported encoder says of itself; raises `EncoderDamaged`."""
    try:
        return EncoderCard(**json.loads((folder / CARD_FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise EncoderDamaged(f"{folder}: no readable {CARD_FILE}: {error}") from error


def write_card(card: EncoderCard, folder: Path) -> None:
    """Write the card; the last file of an export, so that its presence means a whole one."""
    (folder / CARD_FILE).write_text(json.dumps(asdict(card), indent=1) + "\n", encoding="utf-8")


def _encodable(text: str) -> str:
    """Replace lone surrogates, which the tokenizer cannot take."""
    return text.encode("utf-8", "replace").decode("utf-8")
