"""Short forms of names, written out as the articles write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.asking.abbreviations import spell_out
from ingest.profile import CorpusProfile

PROFILE = CorpusProfile(
    vocabulary={"fr": 1},
    abbreviations={
        "uk": "united kingdom",
        "us": "united states",
        "bm": "bicycle mechanic",
        "pc": "popular courses",
        "fr": "fast route",
    },
    subject="bicycle mechanic",
    siblings=(("United Kingdom", "United States"), ("Fast route", "Slow route")),
)


@pytest.mark.parametrize(
    ("question", "put"),
    [
        ("What is paid in the UK?", "What is paid in the United Kingdom?"),
        ("what is paid in the uk", "what is paid in the United Kingdom"),
        ("What is paid in the US?", "What is paid in the United States?"),
        ("what is paid in the us", "what is paid in the United States"),
        ("what do they pay us?", "what do they pay us?"),
        ("TELL US WHAT IT COSTS", "TELL US WHAT IT COSTS"),
        ("What does a BM earn?", "What does a bicycle mechanic earn?"),
        ("Do I need a PC?", "Do I need a PC?"),
        ("Which FR is it?", "Which FR is it?"),
        ("the UK-wide rule", "the UK-wide rule"),
        ("buck", "buck"),
        ("What do they earn in America?", "What do they earn in the United States?"),
        ("wages for great britain", "wages for the United Kingdom"),
        ("What is paid in Holland?", "What is paid in Holland?"),
    ],
)
def test_the_short_form_of_a_name_is_written_out(question: str, put: str) -> None:
    assert spell_out(question, PROFILE) == put


@given(st.text())
def test_without_names_a_question_stays_as_it_is(question: str) -> None:
    assert spell_out(question, CorpusProfile()) == question
