"""Lists and sections as wholes."""

import pytest
from hypothesis import given

from assistant.layout.structure import (
    announces,
    find_body,
    find_counted_parts,
    find_introduced_list,
    find_introduced_parts,
    find_lead,
    find_lead_back,
    find_list,
    find_parts,
    has_items_under,
    is_label,
    is_pointer,
    names_text,
    spans_of,
    turns_items,
)
from ingest.document import Document, Kind, Span
from ingest.spans import split_spans
from tests.documents import documents
from tests.reading_desk import block_of, from_markdown

GUIDE = from_markdown("""# Guide

Some words first. Bring these things:

- Water
  - two litres in summer
  - one litre in winter
- A map

Another list:

1. Go out
2. Come back

## Huts

### Fox Hut

The Fox Hut is small. It sleeps 12.

### Owl Hut

- The Owl Hut is large
""")


def texts(blocks: tuple[int, ...], document: Document = GUIDE) -> list[str]:
    return [document.text[document.blocks[i].start : document.blocks[i].end] for i in blocks]


def test_a_list_is_its_siblings_with_what_is_nested_in_them() -> None:
    run = find_list(GUIDE, block_of(GUIDE, "A map"))
    assert texts(run.items) == ["Water", "A map"]
    assert texts(run.blocks) == ["Water", "two litres in summer", "one litre in winter", "A map"]
    assert run.lead == block_of(GUIDE, "Some words")


def test_a_nested_list_is_led_by_the_item_it_is_under() -> None:
    run = find_list(GUIDE, block_of(GUIDE, "one litre"))
    assert texts(run.items) == texts(run.blocks) == ["two litres in summer", "one litre in winter"]
    assert run.lead == block_of(GUIDE, "Water")


def test_two_lists_with_a_line_between_them_are_two() -> None:
    assert texts(find_list(GUIDE, block_of(GUIDE, "Go out")).items) == ["Go out", "Come back"]


def test_the_lead_in_is_the_sentence_just_before_the_list() -> None:
    lead = find_lead(GUIDE, block_of(GUIDE, "Some words"))
    assert lead is not None
    assert GUIDE.text[lead.start : lead.end] == "Bring these things:"
    assert find_lead(GUIDE, None) is None
    assert find_lead(GUIDE, block_of(GUIDE, "Huts")) is None


def test_only_the_sentence_that_ends_the_paragraph_introduces_its_list() -> None:
    first, last = spans_of(GUIDE, [block_of(GUIDE, "Some words")])
    assert find_introduced_list(GUIDE, first) is None
    run = find_introduced_list(GUIDE, last)
    assert run is not None
    assert texts(run.items) == ["Water", "A map"]


@pytest.mark.parametrize(("beginning", "has"), [("Water", True), ("A map", False),
                                                ("Some words", False), ("Come back", False)])  # fmt: skip
def test_an_item_names_what_is_nested_under_it(beginning: str, has: bool) -> None:
    assert has_items_under(GUIDE, block_of(GUIDE, beginning)) is has


def test_a_section_has_a_body_of_its_own_and_parts() -> None:
    assert texts(find_body(GUIDE, ("Huts", "Fox Hut"))) == ["The Fox Hut is small. It sleeps 12."]
    assert find_body(GUIDE, ("Huts",)) == ()
    assert texts(find_parts(GUIDE, ("Huts",))) == [
        "The Fox Hut is small. It sleeps 12.", "The Owl Hut is large",
    ]  # fmt: skip


def test_a_section_with_one_part_or_none_has_no_parts() -> None:
    assert find_parts(GUIDE, ("Huts", "Fox Hut")) == ()
    assert find_parts(GUIDE, ("Nowhere",)) == ()


FAQ = from_markdown("""# Five rules of the pool

## Can children swim?

In the small pool.

### When does it open?

At nine.

### Is there a lift?

By the door.

## Shower first

Warm or cold.

## Walk

The floor is wet. Here are our tips:

### Shoes

Wear clean ones.

### Stairs

Hold the rail.

## No glass

It breaks.

## Leave on time

At eight.
""")


def test_questions_below_a_question_that_has_its_answer_are_no_parts_of_it() -> None:
    assert find_parts(FAQ, ("Can children swim?",)) == ()
    bare = from_markdown("# A\n\n## What do you ask?\n\n### Why?\n\nX.\n\n### When?\n\nY.\n")
    assert texts(find_parts(bare, ("What do you ask?",)), bare) == ["X.", "Y."]


def test_a_name_that_counts_its_parts_has_just_so_many() -> None:
    assert len(find_counted_parts(FAQ, ())) == 5
    assert find_counted_parts(FAQ, ("Walk",)) == ()
    four = from_markdown("# 4 rules\n\n## Walk\n\nAlways.\n\n## Wash\n\nOften.\n")
    assert find_counted_parts(four, ()) == ()


def test_a_sentence_may_lead_into_the_parts_of_its_section() -> None:
    first, tips = spans_of(FAQ, [block_of(FAQ, "The floor")])
    assert texts(find_introduced_parts(FAQ, tips), FAQ) == ["Wear clean ones.", "Hold the rail."]
    assert find_introduced_parts(FAQ, first) == ()
    [small] = spans_of(FAQ, [block_of(FAQ, "In the small")])
    assert find_introduced_parts(FAQ, small) == ()


@pytest.mark.parametrize(
    ("said", "leads"),
    [
        ("Here are three:", True),
        ("The tips below help you to stay dry.", True),
        ("You need the following.", True),
        ("Stay below the boom.", False),
        ("Stay dry.", False),
    ],
)
def test_a_sentence_above_parts_leads_into_them_if_it_says_so(said: str, leads: bool) -> None:
    boat = from_markdown(
        f"# Boats\n\n## Sail\n\n{said}\n\n### Hats\n\nWear one.\n\n### Feet\n\nTwo.\n"
    )
    span = next(one for one in split_spans(boat) if boat.text[one.start : one.end] == said)
    assert texts(find_introduced_parts(boat, span), boat) == (
        ["Wear one.", "Two."] if leads else []
    )


ASIDES = from_markdown("""# Pool

## Price

Free of charge

Towels are lent.

Expert tip

Come early.

Note:

Bring change.

By Jo Reed

It is warm. Read more about it at the desk.

Read more about our sauna in the other guide.

Open daily
""")


@pytest.mark.parametrize(
    ("beginning", "label", "pointer"),
    [
        ("Free of charge", False, False),
        ("Expert tip", True, False),
        ("Note:", True, False),
        ("By Jo Reed", False, False),
        ("It is warm", False, False),
        ("Read more", False, True),
        ("Open daily", False, False),
    ],
)
def test_labels_and_pointers_are_told_from_what_is_said(
    beginning: str, label: bool, pointer: bool
) -> None:
    index = block_of(ASIDES, beginning)
    assert (is_label(ASIDES, index), is_pointer(ASIDES, index)) == (label, pointer)


@pytest.mark.parametrize(
    ("text", "announced"),
    [
        ("This guide sets out what a sauna costs and who may use one.", True),
        ("In this article you'll learn all about saunas.", True),
        ("This short introduction sums up what is known of saunas.", True),
        ("If you wonder what a sauna costs, you're in the right place!", True),
        ("Discover the steps that take you into a sauna.", True),
        ("Read on to learn who may use one.", True),
        ("Let’s take a closer look at what it costs.", True),
        ("Let's dive into the cold:", False),
        ("Keep towels dry.", False),
        ("The prices are in this overview:", False),
        ("This guide dog sleeps in the sauna.", False),
        ("A sauna is hot.", False),
        ("On this bench you'll be warmest.", False),
    ],
)
def test_a_sentence_that_announces_its_own_text_is_told_from_what_is_said(
    text: str, announced: bool
) -> None:
    assert announces(text) is announced


def test_a_question_may_be_about_the_texts_themselves() -> None:
    assert names_text("Who is this guide for?")
    assert not names_text("Who is the sauna for?")


@pytest.mark.parametrize(
    ("lead", "turns"),
    [
        ("Guests must not:", True),
        ("Members must:", True),
        ("Entry is refused if:", True),
        ("These need no ticket:", True),
        ("Bring these:", False),
        ("Night trains are good for:", False),
        ("You must not.", False),
    ],
)
def test_a_lead_in_turns_its_items_if_it_denies_demands_or_sets_a_condition(
    lead: str, turns: bool
) -> None:
    document = from_markdown(f"# T\n\n{lead}\n\n- dogs\n- glass\n")
    found = find_lead(document, block_of(document, lead))
    assert found is not None
    assert turns_items(document, found) is turns


@given(documents)
def test_every_item_of_any_document_is_in_its_own_list(document: Document) -> None:
    for index, block in enumerate(document.blocks):
        has_items_under(document, index)
        for span in spans_of(document, [index]):
            found = find_introduced_list(document, span)
            assert found is None or found.lead == index
        if block.kind is Kind.ITEM:
            run = find_list(document, index)
            assert index in run.items
            assert set(run.items) <= set(run.blocks)
            assert all(document.blocks[i].kind is Kind.ITEM for i in run.blocks)
            assert list(run.blocks) == list(range(run.blocks[0], run.blocks[-1] + 1))


RULES = from_markdown("""# Mushrooms

## How to pick them

Here are some rules for the forest:

### Go early

The best are gone by nine.

### Cut, don't pull

A knife spares the roots. Following these rules keeps the forest full. These mushrooms rot fast.
""")


def span_of(document: Document, beginning: str) -> Span:
    return next(
        span
        for span in split_spans(document)
        if document.text[span.start : span.end].startswith(beginning)
    )


def test_what_points_back_to_a_list_leads_to_what_leads_into_it() -> None:
    lead = find_lead_back(RULES, span_of(RULES, "Following these"))
    assert lead is not None
    assert RULES.text[lead.start : lead.end] == "Here are some rules for the forest:"


def test_what_speaks_of_things_before_they_are_listed_leads_to_their_list() -> None:
    boats = from_markdown("""# Boats

These boats are easy to row. Some boats to begin with are:

- The punt
- The skiff
""")
    lead = find_lead_back(boats, span_of(boats, "These boats"))
    assert lead is not None
    assert boats.text[lead.start : lead.end] == "Some boats to begin with are:"


@pytest.mark.parametrize("beginning", ["A knife", "These mushrooms"])
def test_what_points_back_to_no_list_leads_nowhere(beginning: str) -> None:
    assert find_lead_back(RULES, span_of(RULES, beginning)) is None
