"""Words of running text and their stems."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.words import (
    FUNCTION_WORDS,
    are_forms,
    content_set,
    content_words,
    stem,
    stem_set,
    stems,
    words,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A chain, a lock.", ["A", "chain", "a", "lock"]),
        ("second-hand roadsters", ["second-hand", "roadsters"]),
        ("C++ and C# cost 1,150.50.", ["C++", "and", "C#", "cost", "1,150.50"]),
        ("don’t, won't", ["don’t", "won't"]),
        ("Q&A in the U.S. today", ["Q&A", "in", "the", "U.S", "today"]),
        ("Ärger über Öl", ["Ärger", "über", "Öl"]),
        ("a_b —— …", ["a_b"]),
        ("", []),
    ],
)
def test_words_are_as_written(text: str, found: list[str]) -> None:
    assert words(text) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [("bicycles", "bicycle"), ("mended", "mending"), ("club's", "club"), ("club’s", "clubs"),
     ("members'", "member"), ("Renewals", "renewal")],
)  # fmt: skip
def test_forms_of_a_word_share_their_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_words_of_grammar_carry_no_content() -> None:
    assert content_words("How much is the roadster, and what's it for?") == ["roadster"]
    assert stems("the of and") == []
    assert content_set("Lock the lock") == {"lock"}


def test_no_function_word_is_written_in_capitals_or_with_a_curly_apostrophe() -> None:
    assert all(word == word.lower().replace("’", "'") for word in FUNCTION_WORDS)


def test_a_compound_is_found_by_its_parts_and_an_initialism_by_its_letters() -> None:
    found, initialisms = stem_set("A first-aid course for the FL in the USA")
    assert {"first-aid", "first", "aid", "cours"} <= found
    assert initialisms == ("a", "fl", "usa")


@given(st.text(max_size=80))
def test_every_word_stands_in_the_text_in_order(text: str) -> None:
    position = 0
    for word in words(text):
        position = text.index(word, position) + len(word)
        assert word
        assert not word[0].isspace()


@given(st.text(max_size=80))
def test_content_is_part_of_what_is_said(text: str) -> None:
    lowered = {word.lower().replace("’", "'") for word in words(text)}
    assert set(content_words(text)) <= lowered
    assert content_set(text).isdisjoint(FUNCTION_WORDS)
    assert set(stems(text)) <= {stem(word) for word in lowered}


def test_stems_are_the_same_from_several_threads_at_once() -> None:
    asked = [f"{root}{ending}" for root in ROOTS for ending in ("ing", "ed", "ational", "fully")]
    stem.cache_clear()
    with ThreadPoolExecutor(4) as pool:
        together = [list(found) for found in pool.map(lambda _: map(stem, asked), range(4))]
    stem.cache_clear()
    assert together == [[stem(word) for word in asked]] * 4


ROOTS = [f"{a}{b}{c}" for a in "bcdfgt" for b in "aeiou" for c in ("nt", "rm", "st", "lk", "ck")]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("Canada", "Canadian", True), ("India", "Indian", True), ("Germany", "German", True),
     ("Norway", "Norwegian", True), ("Sweden", "Swedish", True), ("Italy", "Italian", True),
     ("Coursera", "course", False), ("Facebook", "face", False), ("Australia", "Austria", False),
     ("Slovenia", "Slovakia", False), ("Java", "JavaScript", False), ("India", "Indiana", False),
     ("150,000", "150,800", False), ("LinkedIn", "links", False)],
)  # fmt: skip
def test_forms_of_one_word_are_told_from_words_that_begin_alike(
    one: str, other: str, same: bool
) -> None:
    assert are_forms(stem(one), stem(other)) is same
    assert are_forms(stem(other), stem(one)) is same
