"""A quantised BERT graph with each layer's attention as one operator.

Knows ONNX and how the exporter names BERT's layers. Knows nothing of training, nor of what the graph
is for.

As it is exported, the attention of a layer is some forty nodes: three products of the same states,
and much reshaping and masking. onnxruntime's `QAttention` does all of it; the pairs of a question
then took 34 ms in place of 40, and the file opens in 32 ms in place of 67.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import GraphProto, NodeProto, TensorProto, helper, numpy_helper

PROJECTIONS = ("query", "key", "value")
DOMAIN = "com.microsoft"
MASK = "attention_mask"
SHORT_MASK = "attention_mask_int32"


def fuse_attention(path: Path, heads: int) -> int:
    """Rewrite a graph file in place and return how many layers were fused.

    What the graph gives stays the same, but for rounding. Raises `ValueError` where a layer's weights
    are not those of a symmetric int8 quantisation.
    """
    model = onnx.load(str(path))
    layers = list(_find_layers(model.graph))
    for layer in layers:
        _fuse_layer(model.graph, layer, heads)
    if layers:
        model.graph.node.insert(
            0, helper.make_node("Cast", [MASK], [SHORT_MASK], to=TensorProto.INT32)
        )
        model.opset_import.append(helper.make_opsetid(DOMAIN, 1))
        _drop_unread(model.graph)
        onnx.save_model(model, str(path))
    return len(layers)


def _find_layers(graph: GraphProto) -> Iterator[str]:
    """Yield the start of the names of each layer's nodes: "/encoder/encoder/layer.0/attention/"."""
    end = "self/query/MatMul_quant"
    for node in graph.node:
        if node.name.endswith(end):
            yield node.name.removesuffix(end)


def _fuse_layer(graph: GraphProto, layer: str, heads: int) -> None:
    nodes = {node.name: node for node in graph.node}
    products = [nodes[f"{layer}self/{name}/MatMul_quant"] for name in PROJECTIONS]
    values = {tensor.name: tensor for tensor in graph.initializer}

    def read(name: str) -> NDArray[np.generic]:
        return numpy_helper.to_array(values[name])

    def add(name: str, value: NDArray[np.generic]) -> str:
        graph.initializer.append(numpy_helper.from_array(value, f"{layer}{name}"))
        return f"{layer}{name}"

    if any(read(product.input[3]).any() for product in products):
        raise ValueError(f"{layer}: the weights have a zero point, so they cannot be fused")
    weights = [read(product.input[1]) for product in products]
    scales = [
        np.broadcast_to(read(product.input[1].replace("_quantized", "_scale")), weight.shape[1:])
        for product, weight in zip(products, weights, strict=True)
    ]
    biases = [_read_bias(nodes[f"{layer}self/{name}/Add"], values) for name in PROJECTIONS]
    states, _, point, _ = products[0].input
    quantised = _find_maker(graph, states)
    context = _find_maker(graph, nodes[f"{layer}output/dense/MatMul_quant"].input[0]).input[0]
    fused = helper.make_node(
        "QAttention",
        [
            states,
            add("weight", np.concatenate(weights, axis=1)),
            add("bias", np.concatenate(biases)),
            quantised.output[1],
            add("scale", np.concatenate(scales)),
            SHORT_MASK,
            point,
            add("zero_point", np.zeros((), dtype=np.int8)),
        ],
        [context],
        name=f"{layer}QAttention",
        domain=DOMAIN,
        num_heads=heads,
    )
    before = _find_maker(graph, context)
    at = list(graph.node).index(before)
    graph.node.remove(before)
    graph.node.insert(at, fused)


def _read_bias(add: NodeProto, values: dict[str, TensorProto]) -> NDArray[np.generic]:
    return numpy_helper.to_array(next(values[name] for name in add.input if name in values))


def _find_maker(graph: GraphProto, name: str) -> NodeProto:
    maker: NodeProto = next(node for node in graph.node if name in node.output)
    return maker


def _drop_unread(graph: GraphProto) -> None:
    """Drop the nodes that nothing reads any more, and then the weights."""
    while True:
        read = {name for node in graph.node for name in node.input}
        read |= {output.name for output in graph.output}
        unread = [node for node in graph.node if not read.intersection(node.output)]
        if not unread:
            break
        for node in unread:
            graph.node.remove(node)
    for tensor in [tensor for tensor in graph.initializer if tensor.name not in read]:
        graph.initializer.remove(tensor)
