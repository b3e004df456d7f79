"""Clipped words, written out as the articles have them."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.asking.clipping import write_out_clipped
from index.encoder import Encoder
from index.types import Vectors
from ingest.profile import CorpusProfile

PROFILE = CorpusProfile(
    vocabulary=dict.fromkeys(
        """mathematics mathematical university universal certification examination example portfolio
    engineer internship assessment veterinary card cards focused groundwork
    differences universities employees running""".split(),
        1,
    )
)


class Encoded:
    """Words as the encoder knows them."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def word_vectors(self, words: Sequence[str], /) -> Vectors:
        return self._encoder.encode(words)

    def word_rank(self, word: str, /) -> int | None:
        return self._encoder.word_rank(word)


@pytest.mark.parametrize(
    ("question", "put"),
    [
        ("do i need maths", "do i need mathematics"),
        ("Math for beginners?", "Mathematics for beginners?"),
        ("Is uni worth it?", "Is university worth it?"),
        ("which certs count", "which certification count"),
        ("When is the exam?", "When is the examination?"),
        ("Who is the vet?", "Who is the veterinary?"),
        ("Is there a port?", "Is there a port?"),  # nothing of a portfolio
        ("Which engine has it?", "Which engine has it?"),
        ("Can I assess it?", "Can I assess it?"),  # another word of the family, not a clipped one
        ("Do interns pay?", "Do interns pay?"),
        ("Do I need a card?", "Do I need a card?"),
        ("Who employs them, and how do they differ?", "Who employs them, and how do they differ?"),
        ("Where does it run in the ground?", "Where does it run in the ground?"),
        ("What is UNI?", "What is UNI?"),
        ("How do I focus?", "How do I focus?"),
    ],
)
def test_a_clipped_word_is_written_out(encoder: Encoder, question: str, put: str) -> None:
    assert write_out_clipped(question, PROFILE, Encoded(encoder)) == put


class Nothing:
    """Knows no word."""

    def word_vectors(self, words: Sequence[str], /) -> Vectors:
        return np.zeros((len(words), 4), dtype=np.float32)

    def word_rank(self, word: str, /) -> int | None:
        return None


@given(st.text())
def test_what_is_not_known_stays_as_it_is(question: str) -> None:
    assert write_out_clipped(question, PROFILE, Nothing()) == question
