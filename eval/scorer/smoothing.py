"""A trained network whose products are more even, so that eight bits hold more of them.

Knows BERT's layers, and that a few channels of their states are many times as large as the others
and decide the step in which all are rounded. Such a channel is shrunk before a product and its
weights are stretched as much: what the product gives stays the same (SmoothQuant, Xiao et al. 2023).
Knows nothing of ONNX, nor of what the network is for.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import torch
from torch import Tensor, nn

from eval.scorer.network import PairNetwork

STATES_SHARE, INNER_SHARE = 0.6, 0.9
"""How much of the difference between channels the weights take over, in products of a layer's states
and of its inner activations. Of .3 to .7 and .65 to 1 these brought the rounded logits closest to the
others: .07 of their spread among a question's passages, not .14, on 40 development questions.
Products of the attention's own output got worse with any share, and are left."""

LEAST = 1e-4
"""A channel or a weight of zero is taken for this; it has nothing to be stretched."""


class SmoothedLinear(nn.Linear):
    """A linear layer whose inputs are multiplied by `shrink` first: (inputs,)."""

    shrink: Tensor

    def forward(self, states: Tensor) -> Tensor:
        """Return the product, as the layer it stands for does."""
        return super().forward(states * self.shrink)


def smooth(network: PairNetwork, batches: Iterable[Mapping[str, Tensor]]) -> None:
    """Smooth a network in place, by how large its states are on some inputs without padding."""
    layers: Any = network.encoder.encoder
    products = [
        (parent, names, share)
        for layer in layers.layer
        for parent, names, share in (
            (layer.attention.self, ("query", "key", "value"), STATES_SHARE),
            (layer.intermediate, ("dense",), STATES_SHARE),
            (layer.output, ("dense",), INNER_SHARE),
        )
    ]
    first = [getattr(parent, names[0]) for parent, names, _ in products]
    for (parent, names, share), peak in zip(
        products, _find_peaks(network, first, batches), strict=True
    ):
        linears = [getattr(parent, name) for name in names]
        weights = torch.stack([one.weight.detach().abs().amax(0) for one in linears]).amax(0)
        stretch = peak.clamp(min=LEAST) ** share / weights.clamp(min=LEAST) ** (1 - share)
        for name, linear in zip(names, linears, strict=True):
            setattr(parent, name, _stretch(linear, stretch / stretch.mean()))


def _find_peaks(
    network: PairNetwork, linears: list[nn.Linear], batches: Iterable[Mapping[str, Tensor]]
) -> list[Tensor]:
    """Return the largest size of each channel that goes into each layer: (inputs,) for each."""
    peaks = [torch.zeros(one.in_features) for one in linears]

    def watch(at: int) -> Callable[[nn.Module, tuple[Tensor]], None]:
        def note(_: nn.Module, states: tuple[Tensor]) -> None:
            peaks[at] = torch.maximum(peaks[at], states[0].flatten(0, -2).abs().amax(0))

        return note

    hooks = [one.register_forward_pre_hook(watch(at)) for at, one in enumerate(linears)]
    network.eval()
    with torch.no_grad():
        for inputs in batches:
            network(**inputs)
    for hook in hooks:
        hook.remove()
    return peaks


def _stretch(linear: nn.Linear, stretch: Tensor) -> SmoothedLinear:
    smoothed = SmoothedLinear(linear.in_features, linear.out_features)
    with torch.no_grad():
        smoothed.weight.copy_(linear.weight * stretch)
        smoothed.bias.copy_(linear.bias)
    smoothed.register_buffer("shrink", 1 / stretch)
    return smoothed
