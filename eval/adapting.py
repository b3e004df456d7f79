"""Fits what moves a query's vector to where its answers lie: `python -m eval.adapting`.

Knows the questions that we wrote over articles and which pieces answer them, the encoder, and the
fit of one matrix. Knows nothing of rankings or of what serves.

For a question q and the pieces p of its articles, the fit raises the share of the pieces that
answer in softmax(cos(q + q W, p) / t), as embedding models are fitted (Gutmann & Hyvärinen 2010;
van den Oord et al. 2018), and keeps W small. Encoding the pieces takes some three minutes on two
cores, the fit a quarter of one.
"""

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import normalize

from eval.scorer.asked import read_questions
from eval.scorer.markdown import is_kept_apart
from index.adapter import SHIPPED, QueryAdapter, write_adapter
from index.encoder import Encoder
from index.export import export_once
from index.types import Embedder

TEMPERATURE = 0.05
RATE = 1e-3
EPOCHS = 4
SEED = 1

SHRINKING = 5e-3
"""Weight of the squared matrix. With an eighth of the articles left out, a piece that answers is
among their first five for .867 of the questions at 1e-3, .861 at 5e-3, .856 at 1e-2 and .814 without
an adapter; StackFAQ's answers lose .011, .005 and .003 nDCG@10 of the fused ranking."""

CUTS = (1, 5, 20)


@dataclass(frozen=True, slots=True)
class Lesson:
    """The questions about one folder of articles, and its pieces.

    Unit vectors of questions (n, dim) and of pieces (m, dim), and which piece answers which
    question (n, m).
    """

    questions: Tensor
    pieces: Tensor
    right: Tensor


def read_lessons(data: Path, encoder: Embedder) -> tuple[list[Lesson], list[Lesson]]:
    """Read and encode the articles whose questions have answers: those to fit, those held out."""
    fitted: list[Lesson] = []
    apart: list[Lesson] = []
    for name, pieces, rows in read_questions(data):
        answered = [row for row in rows if row.pieces]
        if not answered:
            continue
        right = np.zeros((len(answered), len(pieces)), dtype=np.bool_)
        for at, row in enumerate(answered):
            right[at, list(row.pieces)] = True
        part = apart if is_kept_apart(name) else fitted
        part.append(
            Lesson(
                torch.from_numpy(encoder.encode([row.text for row in answered])),
                torch.from_numpy(encoder.encode([piece.described for piece in pieces])),
                torch.from_numpy(right),
            )
        )
    return fitted, apart


def fit(lessons: Sequence[Lesson]) -> QueryAdapter:
    """Fit the matrix; the same lessons in the same order give the same one."""
    width = lessons[0].questions.shape[1]
    matrix = torch.zeros(width, width, requires_grad=True)
    order = torch.Generator().manual_seed(SEED)
    steps = EPOCHS * len(lessons)
    optimiser = torch.optim.Adam([matrix], lr=RATE)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: 1 - step / steps)
    for _ in range(EPOCHS):
        for at in torch.randperm(len(lessons), generator=order).tolist():
            optimiser.zero_grad()
            _measure_loss(lessons[at], matrix).backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
    return QueryAdapter(matrix.detach().numpy())


def _measure_loss(lesson: Lesson, matrix: Tensor) -> Tensor:
    moved = normalize(lesson.questions + lesson.questions @ matrix, dim=1)
    likeness = moved @ lesson.pieces.T / TEMPERATURE
    right = likeness.masked_fill(~lesson.right, -torch.inf)
    missed = torch.logsumexp(likeness, 1) - torch.logsumexp(right, 1)
    return missed.mean() + SHRINKING * matrix.square().sum()


def measure(lessons: Sequence[Lesson], adapter: QueryAdapter | None) -> Mapping[str, float]:
    """Give the share of questions with a piece that answers among the first k of their articles."""
    found: dict[int, list[float]] = {cut: [] for cut in CUTS}
    for lesson in lessons:
        vectors = lesson.questions.numpy()
        if adapter is not None:
            vectors = adapter.adapt(vectors)
        order = np.argsort(-(vectors @ lesson.pieces.numpy().T), axis=1, kind="stable")
        right = np.take_along_axis(lesson.right.numpy(), order, axis=1)
        for cut in CUTS:
            found[cut] += right[:, :cut].any(axis=1).astype(float).tolist()
    return {f"right within {cut}": round(float(np.mean(found[cut])), 4) for cut in CUTS}


def main(
    arguments: Sequence[str] | None = None, say: Callable[[str], None] = lambda _: None
) -> None:
    """Fit, measure on articles held out, and write the adapter."""
    parser = argparse.ArgumentParser(prog="python -m eval.adapting", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/datasets"))
    parser.add_argument("--out", type=Path, default=SHIPPED)
    options = parser.parse_args(arguments)
    encoder = Encoder(export_once(None))
    lessons, apart = read_lessons(options.data, encoder)
    adapter = fit(lessons)
    figures = {"adapted": measure(apart, adapter), "as encoded": measure(apart, None)}
    card: dict[str, object] = {
        "encoder": encoder.card.digest,
        "provenance": "python -m eval.adapting, on the questions in eval/scorer/asked alone",
        "questions": sum(len(lesson.questions) for lesson in lessons),
        "held out": sum(len(lesson.questions) for lesson in apart),
        "figures": figures,
    }
    write_adapter(adapter, card, options.out)
    for name, values in figures.items():
        say(f"{name}: {values}")


if __name__ == "__main__":
    main(say=print)
