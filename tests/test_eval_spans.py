"""Where judged passages stand, and what counts as finding one."""

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.baselines import CHUNK, OVERLAP, Cut, keep_rest, rank_first, split_recursively
from eval.cases import SpanMap, leave_faq_out, load_span_map, map_questions, mine_cases
from eval.dataset import DatasetError, Expected, Outcome, Question, Quote
from eval.judging import Passage, agrees, judge_context, judge_ranking
from eval.locate import GoldSpan, NotFoundError, locate_quote, locate_slice
from ingest.document import Document, Kind
from tests.fakes import make_corpus, make_document

BEES, BREAD = make_corpus()


def passage(start: int, end: int, document_id: str = "d") -> Passage:
    return Passage(document_id, start, end, "x" * (end - start))


# ---- quotes


def test_a_quote_is_found_whatever_its_white_space():
    span = locate_quote(BEES, "A smoker,\n which calms   the bees")
    assert BEES.text[span.start : span.end] == "A smoker, which calms the bees"


def test_a_quote_that_is_not_there_is_refused():
    with pytest.raises(NotFoundError, match="is not in keeping bees in town"):
        locate_quote(BEES, "wasps")


def test_a_quote_that_is_there_twice_is_refused():
    with pytest.raises(NotFoundError, match="times"):
        locate_quote(BEES, "bees")


def test_an_empty_quote_is_refused():
    with pytest.raises(NotFoundError):
        locate_quote(BEES, "  ")


@given(st.integers(0, len(BEES.text) - 1), st.integers(1, 200))
def test_whatever_is_found_has_the_words_of_the_quote(start: int, length: int):
    quote = BEES.text[start : start + length]
    try:
        span = locate_quote(BEES, quote)
    except NotFoundError:
        return
    assert BEES.text[span.start : span.end].split() == quote.split()


# ---- slices of raw files

RAW = """---
title: Bees
---
# Tools

You need **two** things:

-\tA [smoker](https://example.org/smoker)
1. A veil

| Year | Honey |
|---|---|
| First | 5 kg |

A veil
"""
DOCUMENT = make_document(
    "Tools",
    [
        (Kind.PARAGRAPH, "You need two things:", 0),
        (Kind.ITEM, "A smoker", 0),
        (Kind.ITEM, "A veil", 0),
        (Kind.ROW, "Year | Honey", 0),
        (Kind.ROW, "First | 5 kg", 0),
        (Kind.PARAGRAPH, "A veil", 0),
    ],
)


def located(part: str, nth: int = 0) -> str:
    start = -1
    for _ in range(nth + 1):
        start = RAW.index(part, start + 1)
    span = locate_slice(DOCUMENT, RAW, start, start + len(part))
    return DOCUMENT.text[span.start : span.end]


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("You need **two** things:", "You need two things"),
        ("-\tA [smoker](https://example.org/smoker)", "A smoker"),
        ("1. A veil", "A veil"),
        ("| First | 5 kg |", "First | 5 kg"),
        ("two** things:\n\n-\tA [smoker]", "two things:\nA smoker"),
    ],
)
def test_markup_makes_no_difference(part: str, text: str):
    assert located(part) == text


def test_a_passage_that_recurs_is_told_by_its_turn():
    first = RAW.index("A veil")
    second = RAW.index("A veil", first + 1)
    one = locate_slice(DOCUMENT, RAW, first, first + 6)
    two = locate_slice(DOCUMENT, RAW, second, second + 6)
    assert one.start < two.start
    assert DOCUMENT.text[two.start : two.end] == "A veil"


def test_a_slice_that_the_document_lacks_is_refused():
    start = RAW.index("title: Bees")
    with pytest.raises(NotFoundError, match="lacks"):
        locate_slice(DOCUMENT, RAW, start, start + 11)
    with pytest.raises(NotFoundError, match="no words"):
        locate_slice(DOCUMENT, RAW, 0, 3)


# ---- judging


def test_a_passage_needs_half_of_a_span():
    span = GoldSpan("d", 100, 200)
    assert judge_ranking([passage(0, 149)], [span]) == [0]
    assert judge_ranking([passage(0, 150)], [span]) == [1]
    assert judge_ranking([passage(100, 200, "other")], [span]) == [0]


def test_a_span_counts_once_and_a_passage_may_hold_several():
    spans = [GoldSpan("d", 0, 10), GoldSpan("d", 20, 30)]
    assert judge_ranking([passage(0, 15), passage(0, 40), passage(0, 50)], spans) == [1, 1, 0]
    assert judge_ranking([passage(0, 40)], [*spans, spans[0]]) == [2]


def test_context_is_cut_at_its_characters():
    spans = [GoldSpan("d", 0, 10), GoldSpan("d", 500, 510)]
    ranking = [passage(495, 515), passage(0, 100)]
    assert judge_context(ranking, spans, 10) == [False, True]
    assert judge_context(ranking, spans, 25) == [True, True]
    assert judge_context([], spans, 1000) == [False, False]


def test_parts_of_a_span_add_up_and_overlaps_do_not():
    span = [GoldSpan("d", 0, 100)]
    assert judge_context([passage(0, 30), passage(10, 40)], span, 1000) == [False]
    assert judge_context([passage(0, 30), passage(70, 95)], span, 1000) == [True]


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 50)), max_size=8), st.data())
def test_gains_never_exceed_the_spans(places: list[tuple[int, int]], data: st.DataObject):
    ranking = [passage(start, start + length) for start, length in places]
    spans = [
        GoldSpan("d", start, start + length)
        for start, length in data.draw(
            st.lists(st.tuples(st.integers(0, 50), st.integers(1, 20)), max_size=5)
        )
    ]
    assert sum(judge_ranking(ranking, spans)) <= len(set(spans))


def test_a_citation_agrees_if_it_shares_half_of_the_shorter():
    span = GoldSpan("d", 0, 100)
    assert agrees(GoldSpan("d", 20, 30), span)
    assert agrees(GoldSpan("d", 0, 1000), span)
    assert not agrees(GoldSpan("d", 90, 190), span)
    assert not agrees(GoldSpan("e", 0, 100), span)


# ---- cases


def ask(document: Document, quote: str, must: tuple[tuple[str, ...], ...] = ()) -> Question:
    expected = Expected(Outcome.ANSWERED, (Quote(document.source, quote),), must)
    return Question("q", "s", "dev", "?", expected, line=7)


def test_every_faq_pair_becomes_a_case():
    cases = mine_cases([BEES, BREAD])
    assert [case.question.text for case in cases] == [
        "Why is my bread flat?",
        "Do I need a licence to keep bees?",
        "Can I keep bees without a garden?",
    ]
    assert BEES.text[cases[1].gold[0].start :].startswith("No licence is needed")
    assert len({case.id for case in cases}) == 3


def test_without_the_faq_its_own_spans_are_no_longer_gold():
    (bread,) = leave_faq_out(mine_cases([BREAD]), [BREAD])
    assert bread.gold == ()
    assert bread.reference == "A flat bread has mostly stood too long before baking."


def test_without_the_faq_a_fact_said_elsewhere_is_still_demanded():
    case = mine_cases([BEES])[0]
    kept = replace(case, question=ask(BEES, "No licence", (("honey",),)))
    lost = replace(case, question=ask(BEES, "No licence", (("veterinary",),)))
    assert [one.must for one in leave_faq_out([kept, lost], [BEES])] == [(("honey",),)]


def make_map(folder: Path, **change: object) -> SpanMap:
    row = {
        "source": "ours.md",
        "quote": "We say so.",
        "original": DOCUMENT.source,
        "sha256": DOCUMENT.sha256,
        "start": RAW.index("1. A veil"),
        "end": RAW.index("1. A veil") + 9,
    }
    path = folder / "map.jsonl"
    path.write_text(json.dumps({**row, **change}), encoding="utf-8")
    (folder / DOCUMENT.source).write_text(RAW, encoding="utf-8")
    return load_span_map(path)


OURS = Question(
    "q", "s", "dev", "?", Expected(Outcome.ANSWERED, (Quote("ours.md", "We say so."),)), line=7
)


def test_a_mapped_passage_is_found_in_the_original(tmp_path: Path):
    path = tmp_path / "q.jsonl"
    (case,) = map_questions([OURS], [DOCUMENT], make_map(tmp_path), tmp_path, path)
    (span,) = case.gold
    assert DOCUMENT.text[span.start : span.end] == "A veil"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"sha256": "1" * 64}, "has changed"),
        ({"original": "gone.txt"}, "is gone"),
        ({"start": 0, "end": 3}, "no words"),
        ({"quote": "Something else."}, "doesn't map 'We say so.'"),
    ],
)
def test_a_mapping_that_leads_nowhere_is_refused(
    tmp_path: Path, change: dict[str, object], reason: str
):
    path = tmp_path / "q.jsonl"
    with pytest.raises(DatasetError, match=reason) as caught:
        map_questions([OURS], [DOCUMENT], make_map(tmp_path, **change), tmp_path, path)
    assert caught.value.line in (1, 7)


# ---- the field's default chunks


TEXTS = st.text(alphabet="ab .\n", max_size=6000)


@given(TEXTS)
def test_default_chunks_cover_the_text_and_fit(text: str):
    chunks = split_recursively(text, Cut(0, len(text)))
    assert all(0 < chunk.end - chunk.start <= CHUNK for chunk in chunks)
    covered = {i for chunk in chunks for i in range(chunk.start, chunk.end)}
    assert {i for i, letter in enumerate(text) if letter.strip()} <= covered
    assert [chunk.start for chunk in chunks] == sorted(chunk.start for chunk in chunks)


def test_default_chunks_share_at_most_the_overlap():
    text = " ".join(f"word{i}" for i in range(1000))
    chunks = split_recursively(text, Cut(0, len(text)))
    shared = [one.end - two.start for one, two in pairwise(chunks)]
    assert all(0 < share <= OVERLAP for share in shared)
    assert min(shared) > OVERLAP - 20


def test_what_is_left_out_is_in_no_chunk():
    assert keep_rest("aaabbbccc", [Cut(3, 6)]) == [Cut(0, 3), Cut(6, 9)]
    assert keep_rest("aaabbb", [Cut(3, 6)]) == [Cut(0, 3)]
    assert keep_rest("   bbb", [Cut(3, 6)]) == []


def test_the_first_paragraphs_are_shown_whatever_is_asked():
    shown = rank_first([BEES, BREAD])("?")
    assert [one.text[:12] for one in shown] == ["Flour and wa", "A colony in "]
