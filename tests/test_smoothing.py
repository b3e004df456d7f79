"""A smoothed network gives what it gave, and loses less where it is rounded to eight bits."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor
from transformers import AutoTokenizer

from assistant.ranking.scorer import GRAPH_FILE
from eval.scorer.export import export_network
from eval.scorer.fusing import fuse_attention
from eval.scorer.network import PairNetwork, installed_encoder, start_network
from eval.scorer.smoothing import smooth

LARGE = 400
"""So many times as large as it was is one inner channel of each layer, as fitting makes some."""


@pytest.fixture
def network() -> PairNetwork:
    torch.manual_seed(7)
    network = start_network()[0].eval()
    layers: Any = network.encoder.encoder
    with torch.no_grad():
        for layer in layers.layer:
            layer.intermediate.dense.weight[9] *= LARGE
            layer.output.dense.weight[:, 9] /= LARGE
    return network


@pytest.fixture
def inputs() -> list[dict[str, Tensor]]:
    torch.manual_seed(8)
    return [
        {
            "input_ids": torch.randint(1000, 20_000, (1, length)),
            "attention_mask": torch.ones((1, length), dtype=torch.long),
            "token_type_ids": torch.zeros((1, length), dtype=torch.long),
        }
        for length in range(6, 30)
    ]


def run(network: PairNetwork, inputs: list[dict[str, Tensor]]) -> NDArray[np.float32]:
    with torch.no_grad():
        return np.concatenate([network(**one).numpy() for one in inputs])


def test_what_a_smoothed_network_gives_stays_the_same(
    network: PairNetwork, inputs: list[dict[str, Tensor]]
) -> None:
    before = run(network, inputs)
    smooth(network, inputs[:8])
    np.testing.assert_allclose(run(network, inputs), before, rtol=1e-3, atol=1e-3)


def test_rounding_moves_a_smoothed_network_less(
    network: PairNetwork, inputs: list[dict[str, Tensor]], tmp_path: Path
) -> None:
    smoothed = deepcopy(network)
    smooth(smoothed, inputs[:8])
    exact = run(network, inputs)

    def distance(one: PairNetwork, name: str) -> float:
        return float(np.abs(round_and_run(one, inputs, tmp_path / name) - exact).mean())

    assert distance(smoothed, "smoothed") < 0.7 * distance(network, "plain")


def round_and_run(
    network: PairNetwork, inputs: list[dict[str, Tensor]], folder: Path
) -> NDArray[np.float32]:
    export_network(network, AutoTokenizer.from_pretrained(installed_encoder()), folder)
    assert fuse_attention(folder / GRAPH_FILE, network.encoder.config.num_attention_heads) == 6
    session = onnxruntime.InferenceSession(
        str(folder / GRAPH_FILE), providers=["CPUExecutionProvider"]
    )
    feeds = [{name: value.numpy() for name, value in one.items()} for one in inputs]
    return np.concatenate([session.run(None, one)[0] for one in feeds])
