"""Fits the scorer that `assistant.scorer` runs: made and borrowed pairs, training, export, figures."""
