"""The wrong texts that similarity likes best: what a scorer meets when it serves.

Knows vectors of the encoder that a fit starts from. Knows nothing of where texts come from or what
a pair is.

Serving, the scorer is shown the spans of a whole corpus that similarity ranked first. Fitted only
on the neighbours of the right sentence, it put the right span first for 49 % of the development
questions, less than similarity itself (60 %): it had never been shown what similarity gets wrong.
"""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from eval.scorer.network import load_encoder

Similarity = Callable[[str, Sequence[str]], NDArray[np.float32]]
"""Rates passages for one text: a scorer, or a baseline in its place."""


class Vectors:
    """Unit vectors of texts, each encoded once."""

    def __init__(self) -> None:
        self._known: dict[str, NDArray[np.float32]] = {}

    def encode(self, texts: Iterable[str]) -> NDArray[np.float32]:
        """Return the vectors of texts, shape (texts, width)."""
        wanted = list(texts)
        new = [text for text in dict.fromkeys(wanted) if text not in self._known]
        if new:
            found = load_encoder().encode(
                new, normalize_embeddings=True, batch_size=64, show_progress_bar=False
            )
            self._known.update(zip(new, np.asarray(found, dtype=np.float32), strict=True))
        return np.stack([self._known[text] for text in wanted])


def order_by_likeness(
    vectors: Vectors, questions: Sequence[str], texts: Sequence[str]
) -> NDArray[np.int64]:
    """Return for each question the texts' places, most like it first: (questions, texts)."""
    if not questions or not texts:
        return np.zeros((len(questions), 0), dtype=np.int64)
    return np.argsort(-(vectors.encode(questions) @ vectors.encode(texts).T), axis=1)
