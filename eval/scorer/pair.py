"""What the scorer is fitted on: one pair of texts, one question asked of it, one label.

Knows the two questions that a pair can be asked, and how a span is written. Knows nothing of where
pairs come from.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ingest.spans import HEADINGS_SHOWN, join_description


class Head(StrEnum):
    """What is asked of a pair; the model has one output for each, in this order."""

    ANSWERS = "answers"
    SUPPORTS = "supports"


@dataclass(frozen=True, slots=True)
class Pair:
    """A question or statement, a described span, and whether the one answers or supports the other.

    `kind` says how the pair came about ("same subject, other attribute"); `group` is the article,
    title or made world that it is from, by which fitted and held-out pairs are kept apart. `rating`
    is the logit that a teacher gives it, where one was asked.
    """

    head: Head
    text: str
    passage: str
    label: bool
    kind: str
    group: str
    rating: float | None = None


def describe(headings: Sequence[str], text: str, lead_in: str = "", antecedent: str = "") -> str:
    """Write a span as `ingest.spans.describe_span` does: what stands above it, then the span."""
    body = f"{lead_in} {text}" if lead_in else text
    return join_description(headings[-HEADINGS_SHOWN:], body, antecedent)


def is_held_out(group: str, share: float) -> bool:
    """Decide by a hash of the group's name, so that the same groups are held out on any machine."""
    number = int.from_bytes(hashlib.sha256(group.encode()).digest()[:4], "big")
    return number / 2**32 < share
