"""Pairs from WiCE and BEGIN: people's judgement whether a text bears a statement out.

Knows the files of the two sets. A claim that is only partly supported counts as not supported: a
footnote must carry its whole sentence.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from eval.dataset import read_rows
from eval.scorer.pair import Head, Pair, is_held_out
from eval.scorer.squad import overlap

HELD_OUT = 0.3
"""Share of claims kept for the figures: some 300 of WiCE and 130 of BEGIN."""

PASSAGE_WORDS = 75
"""Words of evidence shown: what fits beside a claim into the scorer's 128 word pieces."""


def claim_pairs(folder: Path) -> tuple[Pair, ...]:
    """Read all pairs of WiCE (oracle evidence) and BEGIN; held-out ones answer `is_kept_apart`."""
    return (*_wice(folder / "wice"), *_begin(folder / "begin"))


def is_kept_apart(group: str) -> bool:
    """Say whether a claim's group is held out from fitting."""
    return is_held_out(group, HELD_OUT)


def _wice(folder: Path) -> Iterator[Pair]:
    for _, row in read_rows(folder / "claim_oracle.dev.jsonl"):
        claim, group = str(row["response"]), f"wice {row['_id']}"
        sentences = [str(one) for one in row["context_sentences"]]
        label = row["label"] == "supported"
        passage = nearest_sentences(claim, sentences)
        yield Pair(Head.SUPPORTS, claim, passage, label=label, kind="wice", group=group)


def nearest_sentences(claim: str, sentences: Sequence[str]) -> str:
    """Keep the sentences that share most with a claim, in their order, up to the word limit."""
    order = sorted(range(len(sentences)), key=lambda at: (-overlap(claim, sentences[at]), at))
    kept: list[int] = []
    room = PASSAGE_WORDS
    for at in order:
        words = len(sentences[at].split())
        if words <= room or not kept:
            kept.append(at)
            room -= words
    return " ".join(sentences[at] for at in sorted(kept))


def _begin(folder: Path) -> Iterator[Pair]:
    for _, row in read_rows(folder / "wow.dev.jsonl"):
        text = re.sub(r"\s+([.,!?;])", r"\1", str(row["response"]))
        label = row["label"] == "Fully attributable"
        passage, group = str(row["context"]), f"begin {row['_id']}"
        yield Pair(Head.SUPPORTS, text, passage, label=label, kind="begin", group=group)
