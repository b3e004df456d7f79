"""Fits the scorer that `assistant.ranking.scorer` runs: made and borrowed pairs, training, export, figures."""
