"""A trained pair network to the files that `assistant.ranking.scorer` runs.

Knows ONNX and int8. Knows nothing of training, nor of how good the network is.

Weights and the embedding table are kept as int8 and activations are quantised as they come
(`onnxruntime`'s dynamic quantisation); seven bits for weights, since processors without VNNI add
products of eight in sixteen bits, which can overflow.
"""

import json
import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from transformers import AutoModelForSequenceClassification, AutoTokenizer, PreTrainedTokenizerBase

from assistant.ranking.scorer import CARD_FILE, GRAPH_FILE, TOKENIZER_FILE, Calibration
from eval.scorer.network import MAX_TOKENS

OPSET = 17


def export_network(
    network: nn.Module, tokenizer: PreTrainedTokenizerBase, folder: Path, *, int8: bool = True
) -> None:
    """Write a network's graph and its tokenizer to a folder; the card is written on its own."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.backend_tokenizer.no_padding()
    tokenizer.backend_tokenizer.no_truncation()
    tokenizer.backend_tokenizer.save(str(folder / TOKENIZER_FILE))
    with tempfile.TemporaryDirectory() as scratch:
        traced = Path(scratch) / "traced.onnx"
        _trace(network, _names(tokenizer), traced)
        if int8:
            _quantize(traced, folder / GRAPH_FILE)
        else:
            onnx.save_model(onnx.load(str(traced)), str(folder / GRAPH_FILE))


def write_card(
    folder: Path,
    answers: Calibration,
    supports: Calibration,
    facts: Mapping[str, object],
    max_tokens: int = MAX_TOKENS,
) -> None:
    """Write the card, last, with whatever facts should stand beside the numbers."""
    heads = {
        name: {
            "output": one.output,
            "temperature": round(one.temperature, 4),
            "bias": round(one.bias, 4),
        }
        for name, one in (("answers", answers), ("supports", supports))
    }
    card = {"heads": heads, "max_tokens": max_tokens, **facts}
    (folder / CARD_FILE).write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def export_cross_encoder(source: Path, folder: Path) -> None:
    """Export a sentence-transformers CrossEncoder with one logit; it serves both heads."""
    model = AutoModelForSequenceClassification.from_pretrained(source, attn_implementation="eager")
    if model.config.num_labels != 1:
        labels = model.config.num_labels
        raise ValueError(f"{source}: the cross-encoder has {labels} outputs; name one with 1")
    tokenizer = AutoTokenizer.from_pretrained(source)
    export_network(_Logits(model), tokenizer, folder)
    plain = Calibration(output=0, temperature=1.0, bias=0.0)
    limit = min(MAX_TOKENS, int(model.config.max_position_embeddings))
    write_card(folder, plain, plain, {"name": source.name}, limit)


class _Logits(nn.Module):
    """A classifier that returns its logits alone."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, *inputs: Tensor, **named: Tensor) -> Tensor:
        names = ("input_ids", "attention_mask", "token_type_ids")
        logits: Tensor = self.model(**dict(zip(names, inputs, strict=False)), **named).logits
        return logits


def _names(tokenizer: PreTrainedTokenizerBase) -> list[str]:
    usual = ("input_ids", "attention_mask", "token_type_ids")
    return [name for name in usual if name in tokenizer.model_input_names]


def _trace(network: nn.Module, names: list[str], path: Path) -> None:
    network.eval()
    example = torch.ones((2, 12), dtype=torch.long)
    example[1, 6:] = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of shapes and negative indices, which a test covers
        torch.onnx.export(
            network,
            tuple(example for _ in names),
            str(path),
            input_names=names,
            output_names=["logits"],
            dynamic_axes={name: {0: "pairs", 1: "tokens"} for name in names}
            | {"logits": {0: "pairs"}},
            opset_version=OPSET,
            dynamo=False,
        )


def _quantize(source: Path, target: Path) -> None:
    quantize_dynamic(
        str(source),
        str(target),
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
    )
