"""Words to rows: any text is a query, rankings are stable, rare words weigh more."""

import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.lexical import MAX_TERMS, LexicalEntry, LexicalIndex, write_lexical

ENTRIES = [
    LexicalEntry("Bread", "Baking > Flour", "Strong flour makes a chewy loaf."),
    LexicalEntry("Bread", "Baking > Yeast", "Yeast is fed with sugar, and the loaf rises."),
    LexicalEntry("Languages", "", "C++ is older than C#, and C is older than both."),
    LexicalEntry("Languages", "", "Crème brûlée is French; 日本語 is Japanese."),
    LexicalEntry("Pay", "", "5+ years of baking loaves pay $1,300."),
    LexicalEntry("Pay", "", "A page about nothing."),
    LexicalEntry("Pay", "", "A page about nothing."),
]

HOSTILE = [
    '"unclosed', "AND OR NOT", "title:bread^9", "(((", "loaf~2 lo*f /l.+f/", "[a TO z]", "\\", "+-!",
    "\x00\x01", "\ud800", "🙂", "a" * 10_000, "loaf AND " * 1200, "' OR 1=1; --", "{}", "row:0",
]  # fmt: skip


@pytest.fixture(scope="module")
def lexical(tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    folder = tmp_path_factory.mktemp("lexical")
    write_lexical(ENTRIES, folder)
    return LexicalIndex(folder)


def rows(lexical: LexicalIndex, query: str, k: int = 10) -> list[int]:
    return [row for row, _ in lexical.search(query, k)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("flours", 0),
        ("RISING", 1),
        ("C++", 2),
        ("C#?", 2),
        ("creme brulee", 3),
        ("日本語", 3),
        ("5 years", 4),
        ("1,300", 4),
        ("yeast loaf", 1),
        ("languages french", 3),
    ],
)
def test_words_are_found_however_they_are_written(
    lexical: LexicalIndex, query: str, first: int
) -> None:
    assert rows(lexical, query)[0] == first


def test_c_plus_plus_is_not_c(lexical: LexicalIndex, tmp_path: Path) -> None:
    write_lexical([LexicalEntry("", "", "in C"), LexicalEntry("", "", "in C++")], tmp_path)
    assert rows(LexicalIndex(tmp_path), "c++") == [1]


def test_a_heading_is_found_and_worth_more_than_text(tmp_path: Path) -> None:
    entries = [LexicalEntry("x", "", "about salary now"), LexicalEntry("x", "salary", "about now")]
    write_lexical(entries, tmp_path)
    assert rows(LexicalIndex(tmp_path), "salary") == [1, 0]


def test_equal_scores_are_ordered_by_row(lexical: LexicalIndex) -> None:
    assert rows(lexical, "nothing") == [5, 6]


def test_k_bounds_the_result(lexical: LexicalIndex) -> None:
    assert len(rows(lexical, "a is the loaf page", 2)) == 2
    assert rows(lexical, "loaf", 0) == []


def test_what_shares_no_word_is_not_found(lexical: LexicalIndex) -> None:
    assert rows(lexical, "submarine") == []
    assert rows(lexical, "") == []


@pytest.mark.parametrize("query", HOSTILE)
def test_any_text_is_a_query(lexical: LexicalIndex, query: str) -> None:
    found = lexical.search(query, 5)
    assert all(math.isfinite(score) and score > 0 for _, score in found)


def test_query_syntax_means_nothing(lexical: LexicalIndex) -> None:
    assert rows(lexical, '"yeast" OR flour^9 -loaf') == rows(lexical, "yeast or flour 9 loaf")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_every_query_gives_a_sorted_ranking(lexical: LexicalIndex, query: str) -> None:
    found = lexical.search(query, 10)
    assert found == sorted(found, key=lambda hit: (-hit[1], hit[0]))
    assert len({row for row, _ in found}) == len(found)


def test_terms_are_distinct_stems_weightiest_first(lexical: LexicalIndex) -> None:
    terms = lexical.terms("Loaves, loaf or loafs of sourdough?")
    assert [term.count for term in terms if term.text in {"sourdough", "loaf"}] == [0, 2]
    assert {term.text: term.weight for term in terms}["or"] < 1  # a function word
    assert terms == sorted(terms, key=lambda term: (-term.idf * term.weight, term.text))
    # Robertson & Zaragoza 2009, as Lucene and tantivy write it: ln(1 + (N - n + 0.5) / (n + 0.5))
    loaf = next(term for term in terms if term.text == "loaf")
    assert loaf.idf == pytest.approx(math.log(1 + (7 - 2 + 0.5) / (2 + 0.5)))


def test_scores_are_bm25(tmp_path: Path) -> None:
    texts = ["pear", "apple apple pear plum", "plum plum"]
    write_lexical([LexicalEntry("", "", text) for text in texts], tmp_path)
    found = dict(LexicalIndex(tmp_path).search("apple", 5))
    idf = math.log(1 + (3 - 1 + 0.5) / (1 + 0.5))
    k1, b, mean = 1.2, 0.75, 7 / 3
    expected = idf * 2 * (k1 + 1) / (2 + k1 * (1 - b + b * 4 / mean))
    assert found == {1: pytest.approx(expected, rel=1e-5)}


def test_a_very_long_query_is_searched_by_its_rarest_words(tmp_path: Path) -> None:
    words = [f"word{number}" for number in range(2 * MAX_TERMS)]
    entries = [LexicalEntry("", "", " ".join(words)), LexicalEntry("", "", " ".join(words[10:]))]
    write_lexical(entries, tmp_path)
    assert rows(LexicalIndex(tmp_path), " ".join(reversed(words)))[0] == 0


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    write_lexical([], tmp_path)
    assert rows(LexicalIndex(tmp_path), "anything") == []
