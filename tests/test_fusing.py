"""A graph with its attention fused gives what it gave before."""

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from numpy.typing import NDArray
from transformers import AutoTokenizer, BertConfig, BertModel

from assistant.ranking.scorer import GRAPH_FILE
from eval.scorer.export import export_network
from eval.scorer.fusing import fuse_attention
from eval.scorer.network import PairNetwork, installed_encoder

HEADS = 4
NAMES = ["input_ids", "attention_mask", "token_type_ids"]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small network of random weights, exported and quantised."""
    torch.manual_seed(3)
    tokenizer = AutoTokenizer.from_pretrained(installed_encoder())
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=HEADS,
        intermediate_size=64,
    )
    network = PairNetwork(BertModel(config, add_pooling_layer=False), 32)
    for weights in network.parameters():
        torch.nn.init.normal_(weights, std=0.5)
    folder = tmp_path_factory.mktemp("fusing")
    export_network(network, tokenizer, folder)
    return folder / GRAPH_FILE


def run(path: Path, feeds: dict[str, NDArray[np.int64]]) -> NDArray[np.float32]:
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    return np.asarray(session.run(None, feeds)[0])


def make_feeds(lengths: list[int]) -> dict[str, NDArray[np.int64]]:
    shape = (len(lengths), max(lengths))
    mask = (np.arange(shape[1]) < np.array(lengths)[:, None]).astype(np.int64)
    ids = np.random.default_rng(5).integers(0, 20_000, shape)
    return dict(zip(NAMES, (ids, mask, np.zeros_like(ids)), strict=True))


@pytest.mark.parametrize("lengths", [[7], [12, 12], [16, 3, 9]])
def test_fused_attention_gives_the_same_also_where_pairs_are_padded(
    plain: Path, tmp_path: Path, lengths: list[int]
) -> None:
    fused = tmp_path / "fused.onnx"
    fused.write_bytes(plain.read_bytes())
    assert fuse_attention(fused, HEADS) == 2
    assert len(onnx.load(str(fused)).graph.node) < len(onnx.load(str(plain)).graph.node) / 2
    feeds = make_feeds(lengths)
    np.testing.assert_allclose(run(fused, feeds), run(plain, feeds), atol=0.02)


def test_another_number_of_heads_is_another_network(plain: Path, tmp_path: Path) -> None:
    """The tolerance of the test above tells right from wrong."""
    fused = tmp_path / "fused.onnx"
    fused.write_bytes(plain.read_bytes())
    fuse_attention(fused, 1)
    feeds = make_feeds([16, 3, 9])
    assert np.abs(run(fused, feeds) - run(plain, feeds)).max() > 0.02


def test_a_graph_without_such_layers_is_left_as_it_is(plain: Path, tmp_path: Path) -> None:
    once = tmp_path / "fused.onnx"
    once.write_bytes(plain.read_bytes())
    fuse_attention(once, HEADS)
    before = once.read_bytes()
    assert fuse_attention(once, HEADS) == 0
    assert once.read_bytes() == before
