"""The whole way from data to a scorer's folder: pairs, training, export, calibration, figures.

Knows the order of the steps. Each step knows its own business.
"""

import hashlib
import json
import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from assistant.ranking.scorer import CARD_FILE, GRAPH_FILE, Scorer
from eval.scorer.calibrating import calibrate
from eval.scorer.export import export_cross_encoder, export_network
from eval.scorer.figures import Figures, measure
from eval.scorer.fusing import fuse_attention
from eval.scorer.mix import PASSES, fit_pairs, held_out_pairs
from eval.scorer.network import load_encoder, start_network
from eval.scorer.pair import Head, Pair
from eval.scorer.rivals import Similarity
from eval.scorer.training import encode, load_weights, train

__all__ = ["export_cross_encoder", "finish", "fit", "report"]

CHECKPOINT_FILE = "network.pt"
HELD_OUT_SEED = 1009
_LOG = logging.getLogger(__name__)


def fit(data: Path, out: Path, *, seconds: float, seed: int) -> Figures:
    """Fit a scorer, export it to `out`, calibrate it and measure it.

    Weights that `out` already has from an earlier fit are fitted further.
    """
    out.mkdir(parents=True, exist_ok=True)
    checkpoint = out / CHECKPOINT_FILE
    for number, mix in enumerate(PASSES):
        rate = _rate_with(checkpoint) if checkpoint.exists() else dense_similarity
        pairs = fit_pairs(data, mix, seed + number, rate)
        _LOG.info("pass %d: %d pairs", number + 1, len(pairs))
        train(pairs, checkpoint, seconds=seconds * mix.time, seed=seed + number)
    return finish(checkpoint, data, out, {"seed": seed})


def _rate_with(checkpoint: Path) -> Similarity:
    """Rate by the weights fitted so far: any order of logits will do, no calibration is needed."""
    network, tokenizer = start_network()
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
    """Export a checkpoint, calibrate it on half of the held-out pairs, measure it on the rest."""
    network, tokenizer = start_network()
    load_weights(network, checkpoint)
    export_network(network, tokenizer, out)
    fuse_attention(out / GRAPH_FILE, network.encoder.config.num_attention_heads)
    half, rest = _halves(held_out_pairs(data, HELD_OUT_SEED))
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
