"""What is said together: items under their lead-in, sections in order, cells and comparisons."""

from dataclasses import replace

import pytest

from assistant.asking.question import parse_question
from assistant.composing.passages import PassageChooser, keep_tellable
from assistant.layout.passage import MAX_CHARS, Passage, Shape
from assistant.ranking.evidence import Evidence
from ingest.document import Document, Span
from ingest.profile import CorpusProfile
from tests.reading_desk import PlainWords, evidence_of, from_markdown, matcher_for

TOOLS = from_markdown("""# The workshop

## Equipment

Every member must carry:

- Water
  - In summer: two litres
  - In winter: one litre
- A map
- A whistle

## Do I need a helmet?

No. Adults may go without. Children under twelve must wear one.

## Fees

| Kind | Guests | Members |
| --- | --- | --- |
| Tent | €20 | €12 |
| Hut | €30 | €18 |
| Field | €8 | €5 |
""")


def said(passage: Passage) -> list[str]:
    return [passage.document.text[span.start : span.end] for span in passage.told]


def choose(
    question: str, scores: dict[str, float], document: Document = TOOLS, **signals: float
) -> tuple[Passage, ...]:
    evidence = evidence_of(document, scores, **signals)
    return PassageChooser(parse_question(question), matcher_for(question), evidence).choose(0.5)


def test_the_best_span_is_always_said_and_weak_ones_are_not() -> None:
    [passage] = choose("What about adults?", {"Adults": 0.02, "A map": 0.01})
    assert said(passage) == ["Adults may go without."]


@pytest.mark.parametrize(
    ("best", "second", "told"),
    [
        (0.2, 0.16, ["Adults may go without.", "A whistle"]),
        (0.2, 0.1, ["Adults may go without."]),
        (0.6, 0.45, ["Adults may go without."]),
    ],
)
def test_of_two_weak_spans_that_are_as_good_both_are_said(
    best: float, second: float, told: list[str]
) -> None:
    scores = {"Adults": best, "A whistle": second, "A map": second / 1.1}
    passages = choose("What of adults?", scores)
    assert [line for passage in passages for line in said(passage)] == told


def test_a_list_is_said_whole_under_its_lead_in_with_what_is_nested() -> None:
    [passage] = choose("What must I carry?", {"In winter": 0.5, "A map": 0.4, "A whistle": 0.4})
    assert passage.shape is Shape.LIST
    assert passage.lead is not None
    lead = passage.document.text[passage.lead.start : passage.lead.end]
    assert lead == "Every member must carry:"
    assert said(passage) == [
        "Water", "In summer: two litres", "In winter: one litre", "A map", "A whistle",
    ]  # fmt: skip


def test_the_footnote_of_a_lead_in_shows_the_whole_list() -> None:
    [passage] = choose("What must I carry?", {"A map": 0.5, "A whistle": 0.5, "Water": 0.4})
    whole = passage.spans[0]
    text = passage.document.text[whole.start : whole.end]
    assert text.startswith("Every member must carry:")
    assert text.endswith("A whistle")


def test_a_common_word_picks_no_item_out_of_a_list_that_is_asked_for() -> None:
    tools = from_markdown("# T\n\nThe usual tools:\n\n- Pump: easy to use\n- Lever: flat\n")
    question = parse_question("Which tools are in use?")
    evidence = evidence_of(tools, {"Pump": 0.8, "Lever": 0.6})
    matcher = matcher_for(question, knowledge=PlainWords(ranks={"use": 50}))
    [passage] = PassageChooser(question, matcher, evidence).choose(0.5)
    assert said(passage) == ["Pump: easy to use", "Lever: flat"]


@pytest.mark.parametrize("question", ["Who hires weavers?", "Which places hire weavers?"])
def test_a_list_introduced_as_what_is_asked_for_is_said_whole(question: str) -> None:
    weavers = from_markdown(
        "# Weavers\n\nThe places that hire weavers:\n\n- Museums with old looms\n- Theatres\n"
    )
    [passage] = choose(question, {"Museums": 0.9, "Theatres": 0.05}, weavers)
    assert said(passage) == ["Museums with old looms", "Theatres"]
    [named] = choose("Who hires weavers for looms?", {"Museums": 0.9, "Theatres": 0.05}, weavers)
    assert said(named) == ["Museums with old looms"]


def test_a_word_that_tells_little_picks_no_item_beside_one_that_tells() -> None:
    tools = from_markdown(
        "# T\n\nThe usual tools:\n\n- Pump: fills tyres\n- Lever: of use to all\n- Jack\n- Rag\n"
    )
    question = parse_question("What is a pump used for?")
    evidence = evidence_of(tools, {"Pump": 0.8, "Lever": 0.1})
    matcher = matcher_for(question, knowledge=PlainWords(ranks={"used": 50}))
    [passage] = PassageChooser(question, matcher, evidence).choose(0.5)
    assert said(passage) == ["Pump: fills tyres"]


def test_an_item_that_is_named_so_goes_before_one_that_speaks_of_it() -> None:
    rigging = from_markdown(
        "# Rig\n\n- Sheet: hauls the boom\n- Boom: holds the sail out\n- Mast\n- Keel\n"
    )
    [passage] = choose("What does the boom do?", {"Boom": 0.8, "Sheet": 0.1}, rigging)
    assert said(passage) == ["Boom: holds the sail out"]


def test_a_further_span_without_the_word_that_the_question_turns_on_is_not_said() -> None:
    yard = from_markdown("# Yard\n\nPaint the keel in May.\n\nPaint the shed in June.\n")
    question = "When is the keel painted?"
    evidence = evidence_of(yard, {"Paint the keel": 0.9, "Paint the shed": 0.88}, learned=0.9)
    for vocabulary, told in (({"keel": 2}, 1), ({}, 2)):
        matcher = matcher_for(question, profile=CorpusProfile(vocabulary=vocabulary))
        chosen = PassageChooser(parse_question(question), matcher, evidence).choose(0.5)
        assert len(chosen) == told


def test_a_section_named_as_what_is_asked_about_is_told_whole() -> None:
    camp = from_markdown(
        "# Camp\n\n## Alternatives\n\nRent a hut. Sleep on a boat.\n\n## Costs\n\nOne euro.\n"
    )
    [passage] = choose("What alternatives are there?", {"Sleep": 0.9, "Rent": 0.1}, camp)
    assert said(passage) == ["Rent a hut.", "Sleep on a boat."]
    [alone] = choose("What cheap alternatives are there?", {"Sleep": 0.9, "Rent": 0.1}, camp)
    assert said(alone) == ["Sleep on a boat."]


def test_an_item_that_is_asked_for_by_name_is_said_alone_and_once() -> None:
    scores = {"In winter": 0.8, "In summer": 0.6}
    [passage] = choose("How much water must I carry in winter?", scores)
    assert said(passage) == ["In winter: one litre"]


BADGES = from_markdown("""# Club

## Popular badges

- Gold swimming badge
  - Tests two strokes
  - Takes a day
- Silver sailing pin
  - Tests three knots
- Bronze rowing medal
  - Tests one oar
""")


def test_a_question_for_what_a_heading_names_gets_the_outer_list() -> None:
    [passage] = choose("Which badges are popular?", {"Takes a day": 0.9}, BADGES)
    assert said(passage) == ["Gold swimming badge", "Silver sailing pin", "Bronze rowing medal"]
    [named] = choose("What strokes does the swimming badge test?", {"Tests two": 0.9}, BADGES)
    assert said(named) == ["Tests two strokes"]


def test_an_item_that_is_but_a_name_is_said_with_what_stands_under_it() -> None:
    [passage] = choose("What about sailing?", {"Silver sailing": 0.9}, BADGES)
    assert said(passage) == ["Tests three knots"]


def test_of_both_sides_all_is_said_that_stands_under_their_names() -> None:
    first, second = choose(
        "Swimming badge or sailing pin?", {"Takes a day": 0.9, "Tests three": 0.8}, BADGES
    )
    assert said(first) == ["Tests two strokes", "Takes a day"]
    assert said(second) == ["Tests three knots"]


def test_a_section_that_asks_the_question_is_told_in_order() -> None:
    scores = {"Children": 0.8, "No": 0.5}
    [passage] = choose("What about a helmet?", scores, heading=0.9)
    assert said(passage) == [
        "No.", "Adults may go without.", "Children under twelve must wear one.",
    ]  # fmt: skip


def test_a_bare_reply_is_said_with_the_section_it_opens() -> None:
    [passage] = choose("Do I need a helmet?", {"No": 0.8}, heading=0.9)
    assert said(passage)[:2] == ["No.", "Adults may go without."]


def test_a_bare_reply_is_never_said_without_what_follows_it() -> None:
    [passage] = choose("Is boating dear?", {"No": 0.8}, heading=0.1)
    assert len(said(passage)) > 1


def test_a_bare_no_is_not_said_to_a_question_that_its_heading_does_not_ask() -> None:
    scores = {"Children": 0.8, "Adults": 0.5, "No": 0.5}
    passages = choose("Must children wear a helmet?", scores, heading=0.9)
    assert said(passages[0]) == ["Children under twelve must wear one."]
    assert not any("No." in said(passage) for passage in passages[:1])


def test_one_cell_is_chosen_by_row_and_column() -> None:
    [passage] = choose("What does a hut cost for members?", {"Hut": 0.8})
    assert passage.shape is Shape.TABLE
    assert said(passage) == ["Hut | €30 | €18"]
    assert passage.columns == (2,)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("What do members pay for all sites?", 3),
        ("Fees of members by site", 3),
        ("What do all members pay?", 3),
        ("What do members pay every day?", 1),
    ],
)
def test_what_is_asked_of_all_is_told_of_every_row(question: str, rows: int) -> None:
    [passage] = choose(question, {"Hut": 0.8})
    assert len(said(passage)) == rows


def test_a_superlative_looks_at_every_row() -> None:
    [passage] = choose("Which costs guests the least?", {"Hut": 0.8})
    assert [line.split(" ")[0] for line in said(passage)] == ["Tent", "Hut", "Field"]
    assert passage.columns == (1,)
    assert passage.compared


def test_rows_of_one_table_are_said_together_in_its_order() -> None:
    scores = {"Field": 0.9, "Tent": 0.89, "Hut": 0.88}
    [passage] = choose("What is there?", scores)
    assert [line.split(" ")[0] for line in said(passage)] == ["Tent", "Hut", "Field"]


def test_both_sides_of_a_comparison_are_said() -> None:
    shop = from_markdown(
        "# Fees\n\nA violin costs $15.\n\nA guitar costs $5.\n\nA flute costs $9.\n"
    )
    scores = {"A violin": 0.8, "A flute": 0.1, "A guitar": 0.05}
    passages = choose("Is a violin or a guitar cheaper?", scores, document=shop)
    assert [said(p) for p in passages] == [["A violin costs $15."], ["A guitar costs $5."]]


def test_another_article_is_heard_with_less_than_the_same_one() -> None:
    other = from_markdown("# Elsewhere\n\nHelmets are lent at the door.\n", "other.md")
    mine = evidence_of(TOOLS, {"Adults": 0.9, "A whistle": 0.44})
    theirs = evidence_of(other, {"Helmets": 0.42})
    question = "Are helmets lent?"
    evidence = sorted([*mine, *theirs], key=lambda item: -item.score)
    chooser = PassageChooser(parse_question(question), matcher_for(question), evidence)
    told = [said(passage)[0] for passage in chooser.choose(0.5)]
    assert told == ["Adults may go without.", "Helmets are lent at the door."]


def test_an_item_is_said_under_the_sentence_that_names_what_is_asked_about() -> None:
    trains = from_markdown(
        "# T\n\nNight trains are good for:\n\n- meeting people\n- sleep\n- views\n"
    )
    [passage] = choose("Can people be met on night trains?", {"meeting": 0.8}, trains)
    assert passage.lead is not None
    assert said(passage) == ["meeting people"]
    [alone] = choose("Where are people met?", {"meeting": 0.8}, trains)
    assert alone.lead is None


def test_a_need_of_something_else_is_not_told_where_a_span_names_what_is_asked_about() -> None:
    hives = from_markdown(
        "# Bees\n\n## Find a mentor\n\nPatience is required. A mentor helps a lot.\n"
    )
    scores = {"Patience": 0.8, "A mentor": 0.3}
    [passage] = choose("Is a mentor necessary?", scores, hives, learned=0.9)
    assert said(passage) == ["A mentor helps a lot."]
    [other] = choose("Is a smoker necessary?", scores, hives, learned=0.9)
    assert said(other) == ["Patience is required."]


def test_of_a_list_only_what_denies_is_told_where_that_is_asked_for() -> None:
    tips = from_markdown(
        "# Tips\n\nWhat I'd buy, and what I wouldn't:\n\n- Buy good boots.\n- Never buy maps.\n"
        "- Don't buy flags.\n"
    )
    [passage] = choose("What should I never buy?", {"Never buy": 0.8, "Don't buy": 0.7}, tips)
    assert said(passage) == ["Never buy maps.", "Don't buy flags."]


def test_an_item_that_only_names_something_says_yes_under_its_lead() -> None:
    trains = from_markdown("# T\n\nOn night trains they serve:\n\n- green tea\n- soup\n- bread\n")
    [passage] = choose("Is there green tea?", {"green tea": 0.8}, trains)
    assert passage.lead is not None
    assert said(passage) == ["green tea"]


def test_the_sentence_above_an_item_is_said_if_it_is_found_to_answer_no_less() -> None:
    trains = from_markdown("# T\n\nA berth allows you to:\n\n- meet people\n- sleep\n- look out\n")
    question = "Where are people met?"
    for lead, said_first in ((0.9, True), (0.7, False)):
        heard = [
            *evidence_of(trains, {"meet": 0.8}, learned=0.8),
            *evidence_of(trains, {"A berth": 0.1}, learned=lead),
        ]
        chooser = PassageChooser(parse_question(question), matcher_for(question), heard)
        [passage] = chooser.choose(0.5)
        assert (passage.lead is not None) is said_first


POOL = from_markdown("""# Pool

Guests must not:

- dive from the side
- bring glass
- bring dogs

You may not enter:

- wet shoes on

Bring these:

- goggles of your own
- a towel
""")


@pytest.mark.parametrize(
    ("beginning", "lead"),
    [
        ("dive", "Guests must not:"),
        ("wet shoes", "You may not enter:"),
        ("goggles", ""),
    ],
)
def test_an_item_is_never_said_without_a_lead_in_that_turns_it(beginning: str, lead: str) -> None:
    [passage] = choose("May people dive with goggles in wet shoes?", {beginning: 0.8}, POOL)
    said_first = passage.lead
    assert (POOL.text[said_first.start : said_first.end] if said_first else "") == lead
    assert len(said(passage)) == 1


def test_items_that_are_picked_out_stand_together_under_the_lead_in_that_turns_them() -> None:
    [passage] = choose("Can I bring glass or dogs?", {"bring glass": 0.8, "bring dogs": 0.79}, POOL)
    assert passage.lead is not None
    assert said(passage) == ["bring glass", "bring dogs"]
    scores = {"dive": 0.8, "bring dogs": 0.79}
    [joined] = choose("Is diving fine, and what of a dog?", scores, POOL)
    assert said(joined) == ["dive from the side", "bring dogs"]


RULES = from_markdown("""# Two rules of the sauna

Some history first.

## Be quiet

Others rest. Phones stay outside.

## How do I use the oven?

It is hot. Here is what to do:

### Pour

Use the ladle.

### Wait

Sit down again.
""")


def test_what_a_title_counts_is_told_by_its_sections() -> None:
    [passage] = choose("What are the two rules of the sauna?", {"Some": 0.8}, RULES)
    assert passage.outline
    assert said(passage) == ["Others rest.", "It is hot."]
    [asked] = choose("What are the rules on phones?", {"Phones": 0.8}, RULES)
    assert said(asked) == ["Phones stay outside."]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("How do I join the old choir?", ["Sing to us.", "Pay for a year."]),
        ("How do I get into the old one?", ["Sing to us.", "Pay for a year."]),
        ("How do I join the new choir?", ["Whoever does so has joined."]),
    ],
)
def test_a_section_around_that_is_headed_by_all_that_is_asked_is_told_by_its_parts(
    asked: str, told: list[str]
) -> None:
    choir = from_markdown(
        "# Voices\n\n## How to join the old choir\n\nThere are two things to do:\n\n"
        "### Sing\n\nSing to us. We listen.\n\n"
        "### Pay\n\nPay for a year.\n\nWhoever does so has joined.\n"
    )
    found = evidence_of(choir, {"Whoever": 0.9, "Sing to us": 0.1, "Pay for": 0.1})
    matcher = matcher_for(asked, CorpusProfile(subject="joining a choir", activity="join a choir"))
    first, *_ = PassageChooser(parse_question(asked), matcher, found).choose(0.5)
    assert said(first) == told
    assert (first.lead is not None) == first.outline


def test_a_label_and_a_pointer_are_no_part_of_a_section_that_is_told() -> None:
    text = "# S\n\n## What is a sauna?\n\nA hot room.\n\nExpert tip\n\nSit low.\n\nRead more about ovens.\n"
    sauna = from_markdown(text)
    told = choose("What is a sauna?", {"A hot room": 0.8}, sauna, heading=0.9)
    assert [line for passage in told for line in said(passage)] == ["A hot room.", "Sit low."]


@pytest.mark.parametrize("heading", [0.9, 0.1])
def test_a_sentence_that_leads_into_parts_is_said_with_them(heading: float) -> None:
    question = "How do I use a sauna oven?"
    [passage] = choose(question, {"Here is": 0.8}, RULES, heading=heading)
    assert passage.lead is not None
    assert said(passage) == ["Use the ladle.", "Sit down again."]


def test_a_section_is_not_told_where_one_of_its_items_is_named() -> None:
    courses = from_markdown(
        "# Guide\n\n## What do the courses cover?\n\nThree are run:\n\n- Gold: silver and brass\n"
        "- Blue: clay\n- Green: wood\n"
    )
    [passage] = choose("What does the gold course cover?", {"Gold": 0.8}, courses, heading=0.9)
    assert said(passage) == ["Gold: silver and brass"]
    [whole] = choose("What do courses cover?", {"Gold": 0.8}, courses, heading=0.9)
    assert len(said(whole)) == 3


def test_of_two_things_compared_only_these_are_set_side_by_side() -> None:
    pay = from_markdown(
        "# Pay\n\n- Data scientists: $90 a day\n- Research scientists: $120 a day\n"
        "- Developers: $100 a day\n- Hard tools: $10\n"
    )
    scores = {"Hard": 0.9, "Developers": 0.8, "Data": 0.7, "Research": 0.6}
    [passage] = choose("Who earns more, data scientists or developers?", scores, pay)
    assert sorted(said(passage)) == ["Data scientists: $90 a day", "Developers: $100 a day"]


def test_a_side_of_which_no_figure_is_told_is_lacking() -> None:
    boats = from_markdown("# Boats\n\n- Skiffs: £300 and up\n- Rafts: £90\n\nPunts are flat.\n")
    parsed = parse_question("Which costs more, a skiff or a punt?")
    evidence = [
        *evidence_of(boats, {"Skiffs: £300": 0.9}, unit=1.0),
        *evidence_of(boats, {"Punts": 0.3}),
    ]
    chooser = PassageChooser(parsed, matcher_for(parsed), evidence)
    assert chooser.find_unmeasured() == ("punt",)
    assert [said(passage) for passage in chooser.choose(0.5)] == [["Skiffs: £300 and up"]]


def test_no_side_is_lacking_where_one_sentence_tells_of_both() -> None:
    boats = from_markdown("# Boats\n\n- Skiffs: £300, twice as much as punts\n- Rafts: £90\n")
    parsed = parse_question("Which costs more, a skiff or a punt?")
    evidence = evidence_of(boats, {"Skiffs": 0.9}, unit=1.0)
    assert PassageChooser(parsed, matcher_for(parsed), evidence).find_unmeasured() == ()


def test_a_row_named_in_part_is_set_beside_one_named_whole() -> None:
    costs = from_markdown(
        "# Costs\n\n| Cost | A year |\n| --- | --- |\n| Flour for the oven | £900 |\n"
        "| Rent | £700 |\n| Salt | £20 |\n"
    )
    scores = {"Rent": 0.9, "Flour": 0.8}
    [passage] = choose("Which costs more, flour or rent?", scores, costs, unit=1.0)
    assert [line.split()[0] for line in said(passage)] == ["Flour", "Rent"]


def test_tables_under_the_names_of_the_sides_are_each_asked_for_the_same_row() -> None:
    clubs = from_markdown(
        "# Clubs\n\n## Otters\n\n| Class | Fee | Bond |\n| --- | --- | --- |\n"
        "| A1 (Full Adult) | £90 | £10 |\n| A2 (Adult) | £70 | £8 |\n\n"
        "## Herons\n\n| Class | Fee | Bond |\n| --- | --- | --- |\n"
        "| B1 (Full Adult) | £80 | £20 |\n| B2 (Adult) | £75 | £9 |\n"
    )
    scores = {"A1": 0.9, "A2": 0.8, "B1": 0.7, "B2": 0.6}
    question = "Which costs a full adult more, Otters or Herons?"
    told = choose(question, scores, clubs, unit=1.0)
    assert [said(passage)[0].split()[0] for passage in told] == ["A1", "B1"]
    assert not any(passage.compared for passage in told)


def test_what_stands_in_two_parts_of_one_list_is_set_side_by_side() -> None:
    fees = from_markdown(
        "# Fees\n\n- Courses\n  - Diploma: $900\n  - Evening class: $300\n"
        "- Visits\n  - Trial lesson: $10\n  - Tour: $20\n"
    )
    scores = {"Diploma": 0.8, "Trial": 0.7, "Tour": 0.6}
    [passage] = choose("cheapest: a diploma, an evening class or a trial lesson?", scores, fees)
    assert said(passage) == ["Diploma: $900", "Evening class: $300", "Trial lesson: $10"]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Which pays more, cooks or bakers?", True),
        ("Which pays more, cooks or waiters?", False),
        ("Which pays more in Oslo, cooks or bakers?", False),
        ("Which earns the higher wages, cooks or bakers?", True),
        ("Which is nicer, cooks or bakers?", False),
        ("What do cooks and bakers pay?", False),
    ],
)
def test_figures_found_for_all_that_is_compared_answer_however_it_is_put(
    question: str, found: bool
) -> None:
    pay = from_markdown("# Pay\n\n- Cooks: pay $90 a day\n- Bakers: pay $100 a day\n")
    evidence = evidence_of(pay, {"Cooks": 0.1, "Bakers": 0.1}, unit=1.0)
    chooser = PassageChooser(parse_question(question), matcher_for(question), evidence)
    assert chooser.finds_sides() is found


def test_what_one_item_says_of_both_sides_is_said_alone() -> None:
    fees = from_markdown(
        "# Fees\n\n- Bachelor: $10 at public schools, $30 at private ones\n- Master: $40 a year\n"
    )
    [passage] = choose("Are private schools dearer than public ones?", {"Bachelor": 0.8}, fees)
    assert said(passage) == ["Bachelor: $10 at public schools, $30 at private ones"]


def test_a_further_span_that_the_scorer_doubts_is_not_said() -> None:
    for learned, count in ((0.9, 2), (0.5, 1)):
        heard = [
            *evidence_of(TOOLS, {"Adults": 0.9}, learned=0.9),
            *evidence_of(TOOLS, {"A whistle": 0.88}, learned=learned),
        ]
        question = "What may adults do?"
        chooser = PassageChooser(parse_question(question), matcher_for(question), heard)
        assert len(chooser.choose(0.5)) == count


@pytest.mark.parametrize(
    ("question", "signals", "count"),
    [
        ("Are kilns dear?", {"own": 0.5}, 2),
        ("Are kilns dear?", {"own": 0.1}, 1),
        ("Are kilns dear?", {"own": 0.1, "heading": 0.95}, 2),
        ("How long do kilns cool?", {"unit": 1.0}, 2),
        ("How long do kilns cool?", {"unit": 0.0}, 1),
        ("How much heat do kilns give?", {"unit": 0.0}, 2),
    ],
)
def test_an_article_heard_already_says_no_more_than_what_itself_answers(
    question: str, signals: dict[str, float], count: int
) -> None:
    kilns = from_markdown("# Kilns\n\nThey cool for 9 hours.\n\nMost stand in a shed.\n")
    heard = [
        *evidence_of(kilns, {"They": 0.9}, unit=1.0),
        *evidence_of(kilns, {"Most": 0.88}, **signals),
    ]
    chooser = PassageChooser(parse_question(question), matcher_for(question), heard)
    assert len([line for passage in chooser.choose(0.5) for line in said(passage)]) == count


def test_what_sets_all_sides_against_each_other_needs_no_more_than_their_entries() -> None:
    pots = from_markdown(
        "# Pots\n\nClay breathes, while plastic keeps the water.\n\n## Deliveries\n\n"
        "- Monday: clay from the pit\n- Plastic: light and cheap\n\nWater pots at dawn.\n"
    )
    scores = {"Clay": 0.9, "Water": 0.88, "Monday": 0.2, "Plastic": 0.2}
    passages = choose("What is the difference between clay and plastic?", scores, pots)
    spoken = [line for passage in passages for line in said(passage)]
    assert spoken == ["Clay breathes, while plastic keeps the water.", "Plastic: light and cheap"]


@pytest.mark.parametrize(("learned", "count"), [(0.9, 2), (0.3, 1)])
def test_of_a_side_that_is_told_already_more_is_told_if_it_is_as_likely(
    learned: float, count: int
) -> None:
    pots = from_markdown(
        "# Pots\n\nClay breathes, while plastic keeps the water.\n\n## Clay\n\nIt is €9.\n"
    )
    question = "Which is cheaper, clay or plastic?"
    heard = [
        *evidence_of(pots, {"Clay breathes": 0.9}, learned=0.9),
        *evidence_of(pots, {"It is": 0.2}, learned=learned, unit=1.0),
    ]
    chooser = PassageChooser(parse_question(question), matcher_for(question), heard)
    assert len(chooser.choose(0.5)) == count


@pytest.mark.parametrize(
    ("item", "told"), [(0.2, ["Rinse the glaze off."]), (0.6, ["Rinse the glaze off.", "A sponge"])]
)
def test_a_list_is_told_with_its_section_if_an_item_of_it_answers_too(
    item: float, told: list[str]
) -> None:
    glaze = from_markdown(
        "# Pots\n\n## How is glaze removed?\n\nRinse the glaze off.\n\nOn the bench lie:\n\n- A sponge\n"
    )
    heard = evidence_of(glaze, {"Rinse": 0.9, "A sponge": item}, heading=0.95)
    question = "How do I remove glaze?"
    chooser = PassageChooser(parse_question(question), matcher_for(question), heard)
    assert [line for passage in chooser.choose(0.95) for line in said(passage)] == told


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What of raku?", ["Raku is fired fast.", "It cools for 2 hours."]),
        ("What is raku?", ["Raku is fired fast.", "It cools for 2 hours.", "My aunt made it."]),
        ("How long does raku cool?", ["Raku is fired fast.", "It cools for 2 hours."]),
    ],
)
def test_of_a_section_only_what_answers_is_told_unless_it_does_so_together(
    question: str, told: list[str]
) -> None:
    raku = from_markdown(
        "# Pots\n\n## Raku\n\nRaku is fired fast. It cools for 2 hours.\n\nMy aunt made it.\n"
    )
    scores = {"Raku": 0.3, "It cools": 0.9, "My aunt": 0.1}
    passages = choose(question, scores, raku, heading=0.95)
    assert [line for passage in passages for line in said(passage)] == told


def test_a_sentence_before_a_lead_in_is_told_if_it_answers_too() -> None:
    glaze = from_markdown(
        "# Pots\n\n## How is glaze removed?\n\nGlazes change fast. On the bench lie:\n\n- A sponge\n"
    )
    question = "How do I remove glaze?"
    for score, told in ((0.1, ["A sponge"]), (0.6, ["Glazes change fast.", "A sponge"])):
        heard = evidence_of(glaze, {"Glazes": score, "A sponge": 0.9}, heading=0.95)
        chooser = PassageChooser(parse_question(question), matcher_for(question), heard)
        assert [line for passage in chooser.choose(0.95) for line in said(passage)] == told


def test_sentences_of_one_paragraph_are_said_in_its_order() -> None:
    cells = from_markdown(
        "# Cells\n\nNever bin batteries. Take them to a shop. Crews take them too.\n"
    )
    scores = {"Take": 0.9, "Crews": 0.89, "Never": 0.88}
    passages = choose("Where do batteries go?", scores, cells)
    spoken = [text for passage in passages for text in said(passage)]
    assert spoken == ["Never bin batteries.", "Take them to a shop.", "Crews take them too."]


def test_the_section_that_asks_the_very_question_is_told_before_a_sentence_about_it() -> None:
    bakers = from_markdown(
        "# Bakers\n\n## How do I become a baker?\n\nRise early. Knead daily.\n\n## Summing up\n\n"
        "Who does all this can become a baker.\n"
    )
    question = "How can I become a baker?"
    for heading, first in ((0.95, "Rise early."), (0.5, "Who does all this can become a baker.")):
        heard = [
            *evidence_of(bakers, {"Who does": 0.8}),
            *evidence_of(bakers, {"Rise": 0.5}, heading=heading),
        ]
        chooser = PassageChooser(parse_question(question), matcher_for(question), heard)
        assert said(chooser.choose(0.9)[0])[0] == first


def test_a_heading_that_lacks_what_the_question_turns_on_asks_another() -> None:
    bakers = from_markdown(
        "# Work\n\n## Who is a baker?\n\nSomeone with flour.\n\n## Jobs\n\nHotels hire a baker.\n"
    )
    question = "Who hires a baker?"
    heard = [
        *evidence_of(bakers, {"Hotels": 0.8}),
        *evidence_of(bakers, {"Someone": 0.5}, heading=0.95),
    ]
    profile = CorpusProfile(vocabulary={"hire": 3, "baker": 3})
    chooser = PassageChooser(
        parse_question(question), matcher_for(question, profile=profile), heard
    )
    assert said(chooser.choose(0.9)[0]) == ["Hotels hire a baker."]


def test_the_same_words_are_not_said_twice() -> None:
    copy = from_markdown("# Copy\n\nAdults may go without.\n", "copy.md")
    evidence = [*evidence_of(TOOLS, {"Adults": 0.9}), *evidence_of(copy, {"Adults": 0.8})]
    question = "May adults go without?"
    chooser = PassageChooser(parse_question(question), matcher_for(question), evidence)
    assert len(chooser.choose(0.5)) == 1


def test_no_more_is_said_than_fits_a_screen() -> None:
    sentences = [f"Rule {at} asks members for {'very ' * 30}different things." for at in range(9)]
    long = from_markdown("# Rules\n\n" + "\n\n".join(sentences))
    passages = choose("What is asked?", {f"Rule {at}": 0.9 for at in range(9)}, document=long)
    length = sum(len(passage.text) for passage in passages)
    assert length <= MAX_CHARS + max(map(len, sentences))


@pytest.mark.parametrize("question", ["", "?", "Which is best, a or b?", "tent hut field"])
def test_every_passage_says_spans_of_its_document(question: str) -> None:
    scores = {"Tent": 0.5, "Hut": 0.5, "Adults": 0.5, "In winter": 0.5, "A map": 0.5}
    for passage in choose(question, scores, heading=0.6):
        for span in passage.spans:
            assert isinstance(span, Span)
            assert 0 <= span.start < span.end <= len(passage.document.text)


def test_evidence_names_its_place() -> None:
    [item] = evidence_of(TOOLS, {"A map": 0.5})
    assert isinstance(item, Evidence)
    assert item.text == "A map"
    assert item.key == (TOOLS.id, item.span.start, item.span.end)


def test_plain_words_are_near_to_themselves_alone() -> None:
    vectors = PlainWords([("pay", "wage")]).word_vectors(["pay", "wage", "tent"])
    assert vectors[0] @ vectors[1] == pytest.approx(1.0)
    assert abs(vectors[0] @ vectors[2]) < 0.4


def test_two_sides_that_one_item_could_be_are_each_said_once() -> None:
    pay = from_markdown(
        "# Pay\n\n- Lake guides:\n  - Growth: 36% by 2033.\n- Lake and hill guides:\n"
        "  - Growth: 26% by 2033.\n"
    )
    question = parse_question("Is the growth for lake guides higher than for hill guides?")
    evidence = evidence_of(pay, {"Growth: 36%": 0.9, "Growth: 26%": 0.8}, learned=0.9)
    chosen = PassageChooser(question, matcher_for(question), evidence).choose(0.1)
    for passage in chosen:
        assert len(set(passage.spans)) == len(passage.spans)
    told = " ".join(passage.text for passage in chosen)
    assert "36%" in told
    assert "26%" in told


def test_a_lead_in_that_points_back_is_said_after_what_it_points_to() -> None:
    trip = from_markdown(
        "# Trips\n\nThe lake can be crossed on foot. However, it requires:\n\n- ice of 20 cm\n- a rope\n"
    )
    question = "What does crossing the lake require?"
    evidence = evidence_of(trip, {"However": 0.9}, learned=0.9)
    told = PassageChooser(parse_question(question), matcher_for(question), evidence).choose(0.5)
    assert [passage.text.split()[0] for passage in told] == ["The", "ice"]


def test_what_is_told_of_another_level_alone_does_not_answer() -> None:
    crew = from_markdown(
        "# The crew\n\n## Entry-level work\n\nYou scrub the deck.\n\n## Work\n\n"
        "- Junior hand: helps senior hands to steer.\n\n## Watch\n\n- Senior hand: steers.\n\nAll hands eat.\n"
    )
    question = parse_question("What does a senior hand do?")
    scores = {"You scrub": 0.9, "Junior hand": 0.88, "Senior hand": 0.8, "All hands": 0.7}
    evidence = keep_tellable(question, evidence_of(crew, scores, learned=0.9))
    chosen = PassageChooser(question, matcher_for(question), evidence).choose(0.1)
    told = " ".join(passage.text for passage in chosen)
    assert "steers" in told
    assert "scrub" not in told
    assert "Junior" not in told


HARBOUR = from_markdown(
    "# Harbour\n\nThe ferry runs all year.\n\nThe ferry rarely fails.\n\nThe ferry is blue.\n",
    "harbour.md",
)
ISLAND = from_markdown("# Island\n\nThe ferry stops in a storm.\n", "island.md")


def choose_among(
    question: str, *found: tuple[Document, dict[str, dict[str, float]]]
) -> list[tuple[str, str]]:
    """Choose among spans of several articles, each with its signals; return document and words."""
    evidence = [
        replace(item, signals=replace(item.signals, **signals))
        for document, spans in found
        for beginning, (score, signals) in {
            begins: (own.get("score", 0.0), {k: v for k, v in own.items() if k != "score"})
            for begins, own in spans.items()
        }.items()
        for item in evidence_of(document, {beginning: score}, learned=0.9)
    ]
    evidence.sort(key=lambda item: -item.score)
    chooser = PassageChooser(parse_question(question), matcher_for(question), evidence)
    return [(passage.document.id, " ".join(said(passage))) for passage in chooser.choose(0.1)]


def test_every_article_is_heard_before_one_is_heard_again_and_its_passages_stand_together() -> None:
    told = choose_among(
        "When does the ferry run?",
        (HARBOUR, {"The ferry runs": {"score": 0.9}, "The ferry rarely": {"score": 0.88}}),
        (ISLAND, {"The ferry stops": {"score": 0.5}}),
    )
    assert [words for _, words in told] == [
        "The ferry runs all year.", "The ferry rarely fails.", "The ferry stops in a storm.",
    ]  # fmt: skip


def test_every_article_is_heard_on_a_topic_that_it_names() -> None:
    found = (
        (HARBOUR, {"The ferry runs": {"score": 0.9, "own": 1.0}}),
        (ISLAND, {"The ferry stops": {"score": 0.12, "own": 1.0, "learned": 0.2}}),
    )
    assert [words for _, words in choose_among("the ferry", *found)] == [
        "The ferry runs all year.", "The ferry stops in a storm.",
    ]  # fmt: skip
    asked = choose_among("When does the ferry run?", *found)
    assert [words for _, words in asked] == ["The ferry runs all year."]


def test_a_word_above_a_list_picks_out_no_item_that_only_means_much_the_same() -> None:
    weavers = from_markdown(
        "# Weavers\n\nThe places that employ weavers:\n\n- Old firms\n- Theatres\n- Schools\n"
    )
    question = parse_question("Who employs weavers?")
    evidence = evidence_of(weavers, {"Old firms": 0.9, "Theatres": 0.1, "Schools": 0.1})
    matcher = matcher_for(question, knowledge=PlainWords([["employs", "firms"]]))
    matcher.learn([weavers.text])
    [passage] = PassageChooser(question, matcher, evidence).choose(0.5)
    assert said(passage) == ["Old firms", "Theatres", "Schools"]


def test_an_article_whose_list_has_no_room_is_heard_by_its_best_item() -> None:
    quay, dock = (
        from_markdown(f"# {name}\n\n{' '.join([f'The ferry waits for the tide at the {name}'] * 9)}.\n",
                      f"{name}.md")
        for name in ("quay", "dock")
    )  # fmt: skip
    items = "".join(
        f"- Pier {n}: the ferry calls there in summer, {n} times a day\n" for n in range(2, 9)
    )
    piers = from_markdown(f"# Piers\n\nThe ferry calls at:\n\n{items}", "piers.md")
    scores = {f"Pier {n}": {"score": 0.5} for n in range(2, 9)} | {"Pier 4": {"score": 0.6}}
    told = choose_among(
        "Where does the ferry go?",
        (quay, {"The ferry": {"score": 0.9}}),
        (dock, {"The ferry": {"score": 0.8}}),
        (piers, scores),
    )
    assert sum(len(words) for _, words in told) > MAX_CHARS
    assert [words for name, words in told if name == piers.id] == [
        "Pier 4: the ferry calls there in summer, 4 times a day"
    ]


def test_a_list_that_is_asked_for_is_said_whole_past_the_room_of_an_answer() -> None:
    quay, dock = (
        from_markdown(f"# {name}\n\n{' '.join([f'The ferry calls at a pier of the {name}'] * 9)}.\n",
                      f"{name}.md")
        for name in ("quay", "dock")
    )  # fmt: skip
    names = ("East", "West", "North", "South", "Old")
    items = "".join(f"- {name} pier\n" for name in names)
    piers = from_markdown(f"# Piers\n\nThe ferry calls at these piers:\n\n{items}", "piers.md")
    told = choose_among(
        "Which piers does the ferry call at?",
        (quay, {"The ferry": {"score": 0.9}}),
        (dock, {"The ferry": {"score": 0.8}}),
        (piers, {name: {"score": 0.6} for name in names}),
    )
    assert [words for name, words in told if name == piers.id] == [
        "East pier West pier North pier South pier Old pier"
    ]


@pytest.mark.parametrize(
    ("asked", "told"), [("Which piers are there?", True), ("Why a pier?", False)]
)
def test_a_list_is_heard_for_what_its_items_say_together(asked: str, told: bool) -> None:
    coast = from_markdown("# Coast\n\nThe East pier is the oldest.\n", "coast.md")
    town = from_markdown(
        "# Town\n\n## Piers\n\nA town by the sea.\n\nThe piers:\n\n- North\n- South\n- Old\n",
        "town.md",
    )
    weak = {"score": 0.25, "learned": 0.4, "coverage": 1.0}
    found = choose_among(
        asked,
        (coast, {"The East": {"score": 0.8, "learned": 0.9}}),
        (town, {"North": weak, "South": weak, "Old": weak}),
    )
    assert ((town.id, "North South Old") in found) is told


@pytest.mark.parametrize(("asked", "told"), [("Which piers are there?", 2), ("What of piers?", 1)])
def test_what_a_paragraph_enumerates_is_said_with_its_best_sentence(asked: str, told: int) -> None:
    coast = from_markdown(
        "# Coast\n\nThe East pier is the oldest. The West pier is of iron. Gulls are loud.\n\nOld piers rot.\n"
    )
    scores = {"The East": 0.9, "The West": 0.4, "Gulls": 0.1, "Old": 0.4}
    passages = choose(asked, scores, coast)
    lines = [line for passage in passages for line in said(passage)]
    assert lines == ["The East pier is the oldest.", "The West pier is of iron."][:told]


PIERS = from_markdown(
    "# Coast\n\nWe know two kinds of pier.\n\n| Kind | Age |\n| --- | --- |\n| Iron | 90 |\n| Wood | 40 |\n\n"
    "Two gulls live there.\n"
)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Which kinds are there?", ["We know two kinds of pier.", "Iron | 90", "Wood | 40"]),
        ("Why piers?", ["We know two kinds of pier."]),
    ],
)
def test_a_table_below_a_sentence_that_counts_its_rows_is_told_with_it(
    asked: str, told: list[str]
) -> None:
    passages = choose(asked, {"We know": 0.9}, PIERS)
    assert [line for passage in passages for line in said(passage)] == told


def test_a_sentence_that_counts_other_things_leads_into_no_table() -> None:
    [passage] = choose("Which gulls are there?", {"Two gulls": 0.9}, PIERS)
    assert said(passage) == ["Two gulls live there."]


def test_who_asks_for_steps_wants_each() -> None:
    boat = from_markdown(
        "# Boats\n\n## Building\n\n- Draw it\n- Saw the planks\n- Caulk a boat\n- Launch it\n"
    )
    scores = {"Draw": 0.4, "Saw": 0.4, "Caulk": 0.9, "Launch": 0.4}
    [passage] = choose("What are the steps to a boat?", scores, boat)
    assert len(said(passage)) == 4


def test_a_list_of_other_things_is_not_heard_for_having_many() -> None:
    coast = from_markdown("# Coast\n\nThe East pier is the oldest.\n", "coast.md")
    bars = from_markdown("# Town\n\nThe bars:\n\n- North\n- South\n- Old\n", "town.md")
    weak = {"score": 0.25, "learned": 0.4, "coverage": 0.5}
    found = choose_among(
        "Which piers are there?",
        (coast, {"The East": {"score": 0.8, "learned": 0.9}}),
        (bars, {"North": weak, "South": weak, "Old": weak}),
    )
    assert [name for name, _ in found] == [coast.id]


def test_another_article_tells_its_list_without_the_section_around_it() -> None:
    coast = from_markdown("# Coast\n\nThe East pier is the oldest.\n", "coast.md")
    town = from_markdown(
        "# Town\n\n## Piers\n\nIt lies by the sea.\n\nThe piers:\n\n- North\n- South\n", "town.md"
    )
    good = {"score": 0.7, "learned": 0.9, "heading": 0.9}
    found = choose_among(
        "Which piers are there?",
        (coast, {"The East": {"score": 0.8, "learned": 0.9, "heading": 0.9}}),
        (town, {"North": good, "South": good}),
    )
    assert found[1:] == [(town.id, "North South")]


@pytest.mark.parametrize("asked", ["Which soft skills count?", "Which skills count?"])
def test_a_word_above_a_list_that_is_asked_for_picks_out_no_item(asked: str) -> None:
    text = "# Choir\n\n## What counts\n\nSoft skills:\n\n- Patience: wait\n- Hearing skills: listen\n- Tact: smile\n"
    choir = from_markdown(text)
    scores = {"Hearing": 0.9, "Patience": 0.5, "Tact": 0.5}
    [passage] = choose(asked, scores, choir)
    assert len(said(passage)) == 3


@pytest.mark.parametrize("ranks", [{}, {"soft": 1500}])
def test_an_item_that_is_called_all_that_is_asked_for_is_picked_out(ranks: dict[str, int]) -> None:
    """However common the word is that tells it from the others."""
    text = "# Choir\n\nYou need hard and soft skills:\n\n- Voice: sing\n- Soft skills: tact\n- Ear: listen\n"
    asked = "Which soft skills count?"
    found = evidence_of(from_markdown(text), {"Soft": 0.9, "Voice": 0.5, "Ear": 0.5})
    matcher = matcher_for(asked, knowledge=PlainWords(ranks=ranks))
    [passage] = PassageChooser(parse_question(asked), matcher, found).choose(0.5)
    assert said(passage) == ["Soft skills: tact"]


def test_what_a_lead_in_points_back_to_is_not_said_without_its_list() -> None:
    tides = " ".join(["The raft waits for the tide in the harbour"] * 15) + "."
    long = from_markdown(f"# Quay\n\n{tides}\n", "quay.md")
    ropes = from_markdown(
        "# Ropes\n\nA raft can be built by anyone. It requires:\n\n"
        "- " + "rope that is strong and long " * 4 + "\n- planks\n",
        "ropes.md",
    )  # fmt: skip
    told = choose_among("What does a raft require?", (long, {"The raft": {"score": 0.9}}),
                        (ropes, {"It requires": {"score": 0.6, "leads": 1.0}}))  # fmt: skip
    assert [name for name, _ in told] == [long.id]


def test_beside_a_definition_only_another_one_is_said() -> None:
    reef = from_markdown(
        "# Reef\n\nA skiff is a small flat boat.\n\nThe skiff races are in May.\n", "reef.md"
    )
    told = choose_among(
        "What is a skiff?",
        (reef, {"A skiff": {"score": 0.9, "defines": 1.0}, "The skiff": {"score": 0.88}}),
        (ISLAND, {"The ferry": {"score": 0.8}}),
    )
    assert [words for _, words in told] == ["A skiff is a small flat boat."]


def test_a_long_section_is_told_from_its_definition_on() -> None:
    before = "Everybody has seen one on the water, whether they knew it or not, and liked it. " * 5
    after = "It goes fast in a breeze and slowly in a calm, as all boats of its kind do. " * 5
    boats = from_markdown(
        f"# Boats\n\n## What is a skiff?\n\n{before}\n\nA skiff is a small flat boat.\n\n{after}\n"
    )
    [first, *_] = choose("What is a skiff?", {"A skiff": 0.9}, boats, heading=1.0)
    assert said(first) == ["A skiff is a small flat boat."]


def test_a_yes_or_no_is_not_answered_with_all_that_another_question_asks_for() -> None:
    crew = from_markdown(
        "# Crew\n\n## FAQ\n\n### What do I need to join the crew?\n\nYou typically need:\n\n"
        "- A licence for boats\n- Warm boots\n\nOld hands need less.\n\n### Where do we sail?\n\nNorth.\n"
    )
    told = choose(
        "Is a licence needed to join the crew?", {"A licence": 0.9}, crew, heading=0.9, own=1.0
    )
    assert "Old hands need less." not in [words for passage in told for words in said(passage)]


def test_a_sentence_that_has_the_figure_is_said_without_the_list_below_it() -> None:
    log = from_markdown("# Log\n\nThe following boats were counted in 2019:\n\n- Skiffs\n- Rafts\n")
    [passage] = choose("In which year were the boats counted?", {"The following": 0.9}, log)
    assert said(passage) == ["The following boats were counted in 2019:"]


@pytest.mark.parametrize(("score", "is_said"), [(0.8, True), (0.3, False)])
def test_what_stands_below_a_told_list_is_said_if_it_answers_too(
    score: float, *, is_said: bool
) -> None:
    kit = from_markdown(
        "# Kit\n\n## Which kit should I bring?\n\nBring:\n\n- Boots\n- A rope\n\nBring a hat as well.\n"
    )
    scores = {"Boots": 0.9, "A rope": 0.8, "Bring a hat": score}
    told = choose("Which kit should I bring?", scores, kit, heading=1.0)
    assert ("Bring a hat as well." in [words for one in told for words in said(one)]) is is_said


def test_a_list_of_as_many_as_are_asked_for_is_said_whole() -> None:
    risks = from_markdown(
        "# Cliffs\n\nThe chief dangers are:\n\n- Loose stones\n- High tide\n- Danger of fog\n"
    )
    [passage] = choose("What are the three dangers?", {"Danger of fog": 0.9}, risks, learned=0.9)
    assert said(passage) == ["Loose stones", "High tide", "Danger of fog"]
    [passage] = choose("What about the danger of fog?", {"Danger of fog": 0.9}, risks, learned=0.9)
    assert said(passage) == ["Danger of fog"]


def test_nothing_is_told_of_a_side_that_the_articles_lack() -> None:
    trades = from_markdown(
        "# Trades\n\nA roof tiler lays tiles.\n\n## Painters\n\nThey work with wall tilers.\n"
    )
    question = parse_question("Wall tiler or roof tiler: who does what?")
    evidence = evidence_of(trades, {"A roof": 0.9, "They work": 0.1}, learned=0.1)
    matcher = matcher_for(question)
    both = PassageChooser(question, matcher, evidence).choose(0.5)
    assert [passage.text for passage in both] == [
        "A roof tiler lays tiles.",
        "They work with wall tilers.",
    ]
    one = PassageChooser(question, matcher, evidence, ("Wall tiler",)).choose(0.5)
    assert [passage.text for passage in one] == ["A roof tiler lays tiles."]


def test_two_items_under_one_heading_are_each_known_by_their_own_name() -> None:
    crew = from_markdown(
        "# The crew\n\n## Deck hands\n\n- Junior deck hand: scrubs.\n- Senior deck hand: steers.\n"
    )
    question = parse_question("How does a junior deck hand's day differ from a senior deck hand's?")
    assert question.sides == ("junior deck hand's", "senior deck hand's")
    evidence = evidence_of(crew, {"Senior": 0.9, "Junior": 0.5}, learned=0.9)
    told = " ".join(
        p.text for p in PassageChooser(question, matcher_for(question), evidence).choose(0.5)
    )
    assert "scrubs" in told
    assert "steers" in told


def test_the_column_that_follows_the_degree_is_compared() -> None:
    pools = from_markdown(
        "# Pools\n\n| Pool | Lanes at the pool side | Guests last year |\n|---|---|---|\n"
        "| North | 6 | 90 |\n| South | 8 | 70 |\n"
    )
    [passage] = choose("Which pool side has the fewest guests?", {"North": 0.9}, pools)
    assert passage.columns == (2,)


HENS = from_markdown("""# Allotments

## What you may keep

- hens: a handful, but no cockerels
- rabbits: up to 4
- trees: no taller than 3 metres
""")


def test_an_item_that_is_found_is_not_left_for_those_with_a_figure() -> None:
    scores = {"hens": 0.9, "rabbits": 0.2}
    [passage] = choose("How many hens may I keep?", scores, HENS)
    assert said(passage) == ["hens: a handful, but no cockerels"]


CLASSES = from_markdown("""# The boat

## Deck

Bring a coat.

From $9, you get a bench.

## Cabin

Bunks for four.

It starts at $40 a night.

## Wages

| Port | Entry-level | Senior |
|---|---|---|
| Oslo | $20 | $40 |

- Junior hand: helps the senior ones
""")


def test_a_figure_is_of_the_thing_that_its_section_is_called_by() -> None:
    passages = choose(
        "Which is cheaper, deck or cabin?", {"From": 0.9, "It starts": 0.5, "Bunks": 0.6}, CLASSES
    )
    assert [text for passage in passages for text in said(passage)] == [
        "From $9, you get a bench.",
        "It starts at $40 a night.",
    ]


def test_the_highest_is_no_level_beside_one_that_is_named() -> None:
    wages = from_markdown(
        "# Wages\n\n| Port | Entry-level wage | Senior wage |\n|---|---|---|\n"
        "| Oslo | $20 | $40 |\n| Bonn | $25 | $30 |\n"
    )
    [passage] = choose("Which port pays juniors the highest wage?", {"Oslo": 0.9}, wages)
    assert passage.columns == (1,)


def test_a_level_that_is_a_column_is_told_of_in_the_row() -> None:
    [passage] = choose(
        "How much more does a senior earn than a junior in Oslo?",
        {"Oslo": 0.9, "Junior hand": 0.1},
        CLASSES,
    )
    assert passage.columns == (1, 2)


ROPES = from_markdown("""# Ropes

Gloves are worn by most climbers. A helmet is essential on every wall. A harness is not needed.
""")
HOBBY = from_markdown(
    "# A climber's blog\n\nHonestly, a helmet is optional on low walls.\n", "blog.md"
)


def test_an_article_speaks_by_what_says_yes_or_no_to_a_need_and_of_no_other() -> None:
    scores = {"A harness": 0.6, "Gloves": 0.5, "A helmet": 0.4}
    [passage] = choose("Do I need a helmet?", scores, ROPES, learned=0.9)
    assert said(passage) == ["A helmet is essential on every wall."]


@pytest.mark.parametrize("question", ["Is a helmet required?", "How important is a helmet?"])
def test_an_article_that_says_the_contrary_is_heard_for_less(question: str) -> None:
    def find_heard(score: float) -> list[str]:
        found = [
            *evidence_of(ROPES, {"A helmet": 0.9}, learned=0.9),
            *evidence_of(HOBBY, {"Honestly": score}, learned=0.9),
        ]
        chooser = PassageChooser(parse_question(question), matcher_for(question), found)
        return [text for passage in chooser.choose(0.5) for text in said(passage)]

    assert len(find_heard(0.3)) == 2
    assert len(find_heard(0.2)) == 1


def test_a_bare_reply_is_said_with_no_more_than_what_gives_it_sense() -> None:
    [passage] = choose("Are helmets compulsory?", {"No.": 0.9})
    assert said(passage) == ["No.", "Adults may go without."]


def test_what_names_the_thing_is_said_before_what_a_heading_names_it_for() -> None:
    knots = from_markdown("""# Knots

## Gloves

Some halls lend shoes. Gloves spare the skin.
""")
    scores = {"Some halls": 0.5, "Gloves spare": 0.4}
    [passage] = choose("Are gloves worth it?", scores, knots)
    assert said(passage) == ["Gloves spare the skin."]
    [passage] = choose("Are gloves worth it?", scores | {"Gloves spare": 0.3}, knots)
    assert said(passage) == ["Some halls lend shoes."]


PAY = from_markdown(
    "# Cooks\n\n| Stage | Employed, a day | Self-employed, a day | Hours |\n| --- | --- | --- | --- |\n"
    "| New | £90 | £80 | 7 |\n| Trained | £120 | £150 | 9 |\n\n"
    "Employers offer much:\n\n- clinics that train cooks\n"
)


@pytest.mark.parametrize(
    "question",
    [
        "employed or self-employed: what pays more once trained?",
        "Does a trained one earn more employed or self-employed?",
    ],
)
def test_two_columns_that_are_the_sides_are_set_side_by_side(question: str) -> None:
    [passage] = choose(question, {"Trained": 0.9, "clinics": 0.2}, PAY, unit=1.0)
    assert said(passage) == ["Trained | £120 | £150 | 9"]
    assert passage.columns == (1, 2)


def test_an_article_that_covers_a_yes_no_question_is_heard_in_less_likely_words() -> None:
    def tell(question: str, coverage: float) -> list[str]:
        found = (
            (HARBOUR, {"The ferry runs": {"score": 0.9, "coverage": 1.0}}),
            (
                ISLAND,
                {
                    "The ferry stops": {
                        "score": 0.1,
                        "coverage": coverage,
                        "unit": 1.0,
                        "learned": 0.55,
                    }
                },
            ),
        )
        return [words for _, words in choose_among(question, *found)]

    both = ["The ferry runs all year.", "The ferry stops in a storm."]
    assert tell("Does the ferry run in winter?", 0.6) == both
    assert tell("Does the ferry run in winter?", 0.4) == both[:1]
    assert tell("When does the ferry run?", 0.6) == both[:1]


LICENCE = from_markdown("# Rowing\n\nA licence is not required on the lake.\n", "lake.md")
RIVER = from_markdown("# Rivers\n\nA licence is often required there.\n", "river.md")


@pytest.mark.parametrize(("own", "count"), [(1.0, 2), (0.3, 1)])
def test_another_view_of_the_very_thing_is_told_though_it_scores_little(
    own: float, count: int
) -> None:
    told = choose_among(
        "Do I need a licence?",
        (LICENCE, {"A licence": {"score": 0.9, "own": 1.0}}),
        (RIVER, {"A licence": {"score": 0.06, "own": own, "learned": 0.4}}),
    )
    assert len(told) == count


def test_a_need_said_of_the_very_thing_speaks_for_an_article_before_what_it_is_good_for() -> None:
    oars = from_markdown("# Oars\n\nOars of ash are light.\n\nLearning to mend oars is critical.\n")
    for own, first in (
        (1.0, "Learning to mend oars is critical."),
        (0.3, "Oars of ash are light."),
    ):
        found = {"Oars": {"score": 0.5}, "Learning": {"score": 0.13, "own": own, "learned": 0.4}}
        assert choose_among("Is it necessary to mend oars?", (oars, found))[0][1] == first


def test_what_only_a_heading_names_is_said_beside_what_names_it_in_another_article() -> None:
    told = choose_among(
        "Can herons nest here?",
        (ISLAND, {"The ferry stops": {"score": 0.9}}),
        (from_markdown("# Birds\n\nHerons nest in the reeds.\n"), {"Herons": {"score": 0.8}}),
    )
    assert [words for _, words in told] == [
        "Herons nest in the reeds.",
        "The ferry stops in a storm.",
    ]


def test_how_often_is_answered_by_what_says_so() -> None:
    oil = from_markdown(
        "# Pumps\n\nOiling a pump is dull.\n\nA pump is seen to at intervals of no more than nine days.\n"
    )
    found = {"Oiling": {"score": 0.9}, "A pump": {"score": 0.5}}
    told = choose_among("How often do I oil a pump?", (oil, found))
    assert [words for _, words in told] == [
        "A pump is seen to at intervals of no more than nine days."
    ]
    told = choose_among("How do I oil a pump?", (oil, found))
    assert told[0][1] == "Oiling a pump is dull."


def test_a_side_may_be_called_by_what_the_rows_are() -> None:
    boats = from_markdown(
        "# Boats\n\n| Crew | Lap |\n| --- | --- |\n| Otter | 6:15 min |\n| Heron | 6:50 min |\n"
    )
    question = "Is the Otter crew faster than Heron?"
    evidence = evidence_of(boats, {"Otter": 0.1, "Heron": 0.1}, unit=1.0)
    assert PassageChooser(parse_question(question), matcher_for(question), evidence).finds_sides()


WARES = from_markdown("""# Pots

Clay belongs to the earthen goods. Earthen goods are whatever is fired. Earthen goods shops are few.

- Clay: heavy, and it breathes
- Plastic: light and cheap
- Glue: holds clay and plastic
- Be gentle (with clay, plastic)
""")


def test_what_says_what_each_of_two_things_is_tells_their_difference() -> None:
    scores = {"Clay belongs": 0.9, "Earthen goods shops": 0.89, "Earthen goods are": 0.88}
    asked = "What is the difference between clay and earthen goods?"
    passages = choose(asked, scores, WARES, learned=0.9)
    spoken = [line for passage in passages for line in said(passage)]
    assert spoken[:2] == [
        "Clay belongs to the earthen goods.", "Earthen goods are whatever is fired.",
    ]  # fmt: skip


def test_what_both_are_told_of_under_is_no_name_of_either() -> None:
    scores = {"Glue": 0.9, "Be gentle": 0.5, "Clay: heavy": 0.4, "Plastic: light": 0.4}
    passages = choose("Clay versus plastic?", scores, WARES)
    spoken = [line for passage in passages for line in said(passage)]
    assert spoken[:2] == ["Clay: heavy, and it breathes", "Plastic: light and cheap"]


def test_a_side_is_told_by_nothing_that_hardly_answers() -> None:
    scores = {"Clay: heavy": 0.9, "Plastic: light": 0.01}
    passages = choose("Is clay or plastic better?", scores, WARES)
    assert [said(passage) for passage in passages] == [["Clay: heavy, and it breathes"]]


PILOTAGE = from_markdown("""# Harbour

## Wages of pilots

| Port | First year | Later |
| --- | --- | --- |
| Oslo | $40,000 | $50,000 |
| Bonn | $30,000 | $35,000 |
| Cork | $20,000 | $28,000 |
""")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What do pilots earn?", ["Oslo", "Bonn", "Cork"]),
        ("What do pilots earn in Bonn?", ["Bonn"]),
        ("What do pilots on ferries earn?", ["Oslo"]),
        ("How long are pilots trained?", ["Oslo"]),
    ],
)
def test_of_rows_that_nothing_picks_one_from_all_are_said(question: str, told: list[str]) -> None:
    best = "Bonn" if told == ["Bonn"] else "Oslo"
    [passage] = choose(question, {best: 0.9}, PILOTAGE)
    assert [line.split(" ")[0] for line in said(passage)] == told


def test_where_to_begin_is_told_by_all_that_stands_under_how_to() -> None:
    hens = from_markdown(
        "# Hens\n\n## Getting started\n\n1. Ask the council.\n2. Buy a coop.\n3. Fetch them.\n"
    )
    [passage] = choose("i want hens, where do i begin", {"Buy a coop": 0.5}, hens)
    assert said(passage) == ["Ask the council.", "Buy a coop.", "Fetch them."]
    [passage] = choose("what do i keep hens in", {"Buy a coop": 0.5}, hens)
    assert said(passage) == ["Buy a coop."]
