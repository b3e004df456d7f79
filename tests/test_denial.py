"""Questions for what is not so, and what can answer one."""

import pytest

from assistant.denial import asks_what_not, denies
from ingest.spans import split_spans
from tests.reading_desk import from_markdown

POOL = from_markdown("""# The pool

Children swim in the small pool. Babies cannot use the slide. Caps are optional.
It is not just for swimmers.

You must not bring:

- Glass
- Radios

You may bring:

- A ball

## Swimming without a ticket

A book of ten costs less.

## Non-swimmers

A kick board is lent to them.

## What is not allowed

Running.

| Bath | Sauna |
|---|---|
| North | Yes |
""")


@pytest.mark.parametrize(
    "question",
    [
        "Who shouldn't swim?",
        "What don't I have to bring?",
        "Which caps are not allowed?",
        "What is not included in the ticket?",
        "Which of the baths can’t I use?",
    ],
)
def test_what_asks_for_what_is_not_so_is_known(question: str) -> None:
    assert asks_what_not(question)


@pytest.mark.parametrize(
    "question",
    [
        "What if I don't have a cap?",
        "Why don't they open on Sundays?",
        "Which pool is for people who can't swim?",
        "What should I not miss?",
        "Isn't there a slide?",
        "What do I do when it isn't open?",
    ],
)
def test_a_denial_that_is_not_asked_for_is_none(question: str) -> None:
    assert not asks_what_not(question)


@pytest.mark.parametrize(
    ("beginning", "does"),
    [
        ("Children swim", False),
        ("Babies cannot", True),
        ("Caps are", True),
        ("It is not just", False),
        ("A book", False),
        ("A kick", True),
        ("Glass", True),
        ("A ball", False),
        ("Running", True),
        ("North", True),
    ],
)
def test_a_span_denies_itself_or_by_what_stands_above_it(beginning: str, does: bool) -> None:
    [span] = [s for s in split_spans(POOL) if POOL.text[s.start : s.end].startswith(beginning)]
    assert denies(POOL, span) is does
