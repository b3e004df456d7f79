"""Sentences that are not said without the one beside them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.layout.company import find_company
from ingest.document import Document
from ingest.spans import split_spans
from tests.reading_desk import from_markdown


def said_with(document: Document, beginning: str) -> list[str]:
    span = next(s for s in split_spans(document) if document.text[s.start :].startswith(beginning))
    company = find_company(document, span)
    assert span in company
    return [document.text[one.start : one.end] for one in company]


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        ("A map is best.", "It also shows the springs."),
        ("Glass melts late.", "That’s why your jug is not wanted."),
        ("The bridge fell.", "Therefore walk around."),
        ("Rangers know the way.", "They can guide you."),
        ("Boots are fine on ice.", "Sandals and clogs are not, because they slip."),
        ("Goats climb.", "Cows don’t."),
        ("The toll is €2.", "This toll is per cart."),
        ("Rangers hand out a pass.", "Wear it on your coat."),
    ],
)
def test_a_sentence_that_points_back_comes_with_the_one_before(before: str, sentence: str) -> None:
    document = from_markdown(f"# Paths\n\nFirst. {before} {sentence} Last.\n")
    assert said_with(document, sentence) == [before, sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "It’s raining cats.",
        "This hut is open.",
        "These paths are steep.",
        "Walk around.",
        "It is also good to rest.",
        "Cows do not climb, because they fall.",
        "Think about what it is.",
    ],
)
def test_a_sentence_with_a_subject_of_its_own_stands_alone(sentence: str) -> None:
    document = from_markdown(f"# Paths\n\nA map is best. {sentence}\n")
    assert said_with(document, sentence) == [sentence]


def test_what_a_sentence_announces_comes_with_it() -> None:
    document = from_markdown("# Paths\n\nIt’s not just about legs. Maps matter. Boots too.\n")
    assert said_with(document, "It’s not") == ["It’s not just about legs.", "Maps matter."]
    document = from_markdown("# Paths\n\nNot only legs count, but a good map as well. Boots too.\n")
    assert said_with(document, "Not only") == ["Not only legs count, but a good map as well."]


def test_company_is_sought_in_the_paragraph_above_by_what_sums_it_up_alone() -> None:
    document = from_markdown("# Paths\n\nA map is best.\n\nIt shows springs.\n")
    assert said_with(document, "It shows") == ["It shows springs."]
    document = from_markdown("# Paths\n\nNo. It shows springs.\n\nThat is why a map is best. Go.\n")
    assert said_with(document, "That is") == ["It shows springs.", "That is why a map is best."]
    document = from_markdown("# Paths\n\nNo.\n\n## Maps\n\nThat is why a map is best.\n")
    assert said_with(document, "That is") == ["That is why a map is best."]


def test_what_the_end_of_a_paragraph_leads_into_is_said_with_it() -> None:
    document = from_markdown(
        "# Tolls\n\nPay. For a cart it is:\n\n3 x 2 = 6. Keep the slip.\n\nGo.\n"
    )
    assert said_with(document, "For a cart") == ["For a cart it is:", "3 x 2 = 6."]
    document = from_markdown("# Tolls\n\nFor a cart it is:\n\n## Carts\n\nSix.\n")
    assert said_with(document, "For a cart") == ["For a cart it is:"]


@given(st.lists(st.sampled_from(["It is.", "They go.", "A hut.", "Not just legs.", "Hence rain."])))
def test_company_is_a_run_of_sentences_around_the_one(parts: list[str]) -> None:
    document = from_markdown(f"# P\n\n{' '.join(parts) or 'A.'}\n")
    spans = split_spans(document)
    for span in spans:
        company = find_company(document, span)
        start = spans.index(company[0])
        assert span in company
        assert company == spans[start : start + len(company)]
        assert len(company) <= 3


@pytest.mark.parametrize(
    "sentence", ["But legs are not everything.", "Legs aren’t enough, however.", "They’re not all."]
)
def test_what_says_that_there_is_more_comes_with_what_is(sentence: str) -> None:
    document = from_markdown(f"# Paths\n\n{sentence} Maps matter.\n")
    assert said_with(document, sentence) == [sentence, "Maps matter."]
