"""The whole way from data to a scorer's folder: pairs, training, export, calibration, figures.

Knows the order of the steps. Each step knows its own business.
"""

import hashlib
import json
import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray

from assistant.ranking.scorer import CARD_FILE, GRAPH_FILE, Scorer
from eval.scorer.calibrating import calibrate
from eval.scorer.export import export_cross_encoder, export_network
from eval.scorer.figures import Figures, measure
from eval.scorer.fusing import fuse_attention
from eval.scorer.mix import (
    ASKED,
    BESIDE_RATED,
    PASSES,
    fit_pairs,
    held_out_pairs,
    shuffle_questions,
)
from eval.scorer.network import load_encoder, start_network
from eval.scorer.pair import Head, Pair
from eval.scorer.rivals import Similarity
from eval.scorer.smoothing import smooth
from eval.scorer.training import encode, gather, load_weights, train

__all__ = ["export_cross_encoder", "finish", "fit", "report"]

CHECKPOINT_FILE = "network.pt"
TEACHER_FILE = "teacher.pt"
HELD_OUT_SEED = 1009
TEACHER_RATE = 3e-5
"""Learning rate of an encoder twice as wide and deep as the scorer's."""

TEACHER_SHARE = 2 / 3
"""Of a rating, the rest is the scorer's own: over unseen guides a teacher put a right span first for
.79 of 130 questions, the scorer for .69, the mean of both for .79; over 65 development questions
about the bundled articles and their sources .79, .82 and .82, the teacher counted twice .83."""

RATED, SHOWN_RATED = 118_000, 2
"""Pairs that a teacher rates (50 a second on two cores), and how often the scorer is shown each.

After a pass over 42,000 a right span was first for .72 of 562 questions over unseen guides and for
.785 of 214 over the bundled articles and their sources; after one more over all, .73 and .81."""

UNRATED = 15_000
"""More pairs of the same kind that are shown once, by their labels alone."""

WATCH_EVERY = 10
"""Of the pairs that calibrate, one in so many shows how large a layer's channels are."""

_LOG = logging.getLogger(__name__)


def fit(data: Path, out: Path, *, seconds: float, seed: int, teacher: Path | None) -> Figures:
    """Fit a scorer, export it to `out`, calibrate it and measure it.

    Weights that `out` already has from an earlier fit are fitted further. With the folder of a larger
    encoder as its teacher, half of the time goes to what `_learn_from` says.
    """
    out.mkdir(parents=True, exist_ok=True)
    checkpoint = out / CHECKPOINT_FILE
    alone = seconds / 2 if teacher else seconds
    for number, mix in enumerate(PASSES):
        rate = _rate_with(checkpoint) if checkpoint.exists() else dense_similarity
        pairs = fit_pairs(data, mix, seed + number, rate)
        _LOG.info("pass %d: %d pairs", number + 1, len(pairs))
        train(pairs, checkpoint, seconds=alone * mix.time, seed=seed + number)
    if teacher:
        _learn_from(teacher, data, out, seconds=seconds - alone, seed=seed + len(PASSES))
    return finish(checkpoint, data, out, {"seed": seed})


def _learn_from(teacher: Path, data: Path, out: Path, *, seconds: float, seed: int) -> None:
    """Fit a larger encoder on the questions that we wrote, and the scorer on what both think of them.

    A larger network learns more of the same questions; a pass over its ratings brings a small one
    nearer to it than labels do (distillation: Hinton, Vinyals, Dean 2015).
    """
    checkpoint, lessons = out / CHECKPOINT_FILE, out / TEACHER_FILE
    asked = fit_pairs(data, ASKED, seed)
    train(
        asked, lessons, seconds=seconds * ASKED.time, seed=seed,
        encoder=teacher, learning_rate=TEACHER_RATE,
    )  # fmt: skip
    rated = rate_pairs(asked[:RATED], _rate_with(lessons, teacher), _rate_with(checkpoint))
    beside = fit_pairs(data, BESIDE_RATED, seed)
    rng = Random(seed)  # noqa: S311 - an order, no secret
    labelled = asked[RATED : RATED + UNRATED]
    pairs = shuffle_questions([*[rated] * SHOWN_RATED, labelled, beside], rng)
    train(pairs, checkpoint, seconds=seconds * BESIDE_RATED.time, seed=seed)


def rate_pairs(pairs: Sequence[Pair], teacher: Similarity, scorer: Similarity) -> list[Pair]:
    """Rate each pair by a teacher and by the scorer itself, on the teacher's scale.

    One question's neighbours are rated together. What was fitted longer is surer of what it says,
    hence the scale.
    """
    alike = gather(pairs)
    by_teacher, by_scorer = (
        np.concatenate([rate(one[0].text, [pair.passage for pair in one]) for one in alike])
        for rate in (teacher, scorer)
    )
    own = by_scorer * by_teacher.std() / by_scorer.std()
    ratings = TEACHER_SHARE * by_teacher + (1 - TEACHER_SHARE) * own
    return [replace(pair, rating=float(one)) for pair, one in zip(pairs, ratings, strict=True)]


def _rate_with(checkpoint: Path, encoder: Path | None = None) -> Similarity:
    """Rate by the weights fitted so far: any order of logits will do, no calibration is needed."""
    network, tokenizer = start_network(encoder)
    load_weights(network, checkpoint)
    network.eval()

    def rate(text: str, passages: Sequence[str]) -> NDArray[np.float32]:
        if not passages:
            return np.zeros(0, dtype=np.float32)
        pairs = [
            Pair(Head.ANSWERS, text, passage, label=False, kind="", group="")
            for passage in passages
        ]
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            logits = network(**encode(tokenizer, pairs).inputs).float()
        return np.asarray(logits[:, 0], dtype=np.float32)

    return rate


def finish(checkpoint: Path, data: Path, out: Path, facts: dict[str, object]) -> Figures:
    """Smooth, export and calibrate a checkpoint on half of the held-out pairs; measure the rest."""
    network, tokenizer = start_network()
    load_weights(network, checkpoint)
    half, rest = _halves(held_out_pairs(data, HELD_OUT_SEED))
    smooth(network, (encode(tokenizer, [pair]).inputs for pair in half[::WATCH_EVERY]))
    export_network(network, tokenizer, out)
    fuse_attention(out / GRAPH_FILE, network.encoder.config.num_attention_heads)
    facts = {**facts, "sha256": hashlib.sha256((out / GRAPH_FILE).read_bytes()).hexdigest()}
    calibrate(out, half, facts)
    figures = measure(Scorer(out), data, rest, dense_similarity)
    card = json.loads((out / CARD_FILE).read_text("utf-8"))
    card["figures"] = figures
    (out / CARD_FILE).write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    return figures


def report(data: Path, folder: Path) -> Figures:
    """Measure a scorer's folder on the held-out half that its calibration did not see."""
    _, rest = _halves(held_out_pairs(data, HELD_OUT_SEED))
    return measure(Scorer(folder), data, rest, dense_similarity)


def _halves(pairs: Sequence[Pair]) -> tuple[list[Pair], list[Pair]]:
    return list(pairs[::2]), list(pairs[1::2])


def dense_similarity(text: str, passages: Sequence[str]) -> NDArray[np.float32]:
    """Cosine similarity of the encoder that the scorer starts from, before any fitting."""
    vectors = load_encoder().encode([text, *passages], normalize_embeddings=True)
    return np.asarray(vectors[1:] @ vectors[0], dtype=np.float32)
