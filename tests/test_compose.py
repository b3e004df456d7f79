"""Answers put together from passages: every line with its footnote, the asked-for first."""

from collections.abc import Mapping

import pytest

from assistant.answer import Form, Outcome, Verdict
from assistant.asking.question import parse_question
from assistant.checking.citations import parse_stream
from assistant.composing.compose import Statement, compose, render
from assistant.composing.passages import PassageChooser
from assistant.composing.prompts import Prompt
from assistant.composing.tabulating import MOST_COMPARED
from ingest.document import Document
from ingest.formats import read_document
from tests.reading_desk import evidence_of, from_markdown, matcher_for

CLUB = from_markdown("""# The club

Every member must carry:

- Water
  - In summer: two litres
  - In winter: one litre
- A map
- A whistle

Dogs can come along [3]. They are
kept on a lead.

A permit is required to camp.

| Hut | Guests | Members | Beds |
| --- | --- | --- | --- |
| Fox | £18 | £9 | 12 |
| Owl | £26 | £14 | 28 |
| Elk | £30 | £19 | 9 |
| Hare | £22 | €4 | 7 |

The lessons:

- Violin: $40 an hour
- Guitar: $30 an hour
- Flute: $35 an hour
""")
GUIDE = from_markdown("# Guide\n\nYou do not need a permit to camp.\n", "guide.md")


def write(
    question: str, scores: Mapping[str, float], *more: tuple[Document, Mapping[str, float]]
) -> tuple[Prompt, list[Statement]]:
    parsed = parse_question(question)
    evidence = [
        item
        for document, chosen in ((CLUB, scores), *more)
        for item in evidence_of(document, chosen, own=1.0)
    ]
    evidence.sort(key=lambda item: -item.score)
    passages = PassageChooser(parsed, matcher_for(parsed), evidence).choose(0.5)
    prompt = Prompt(((parsed, passages),), Verdict(Outcome.ANSWERED, 1.0))
    return prompt, compose(prompt)


def texts(statements: list[Statement]) -> list[str]:
    return [statement.text for statement in statements]


ASKED = [
    ("What must I carry?", {"A map": 0.5, "A whistle": 0.5, "In winter": 0.4}),
    ("How much water in winter?", {"In winter": 0.8}),
    ("Can dogs come along?", {"Dogs": 0.8, "They": 0.6}),
    ("Do I need a permit to camp?", {"A permit": 0.8}),
    ("What does the Fox hut cost for members?", {"Fox": 0.8}),
    ("What does the Fox hut cost?", {"Fox": 0.8}),
    ("Which hut costs guests the least?", {"Fox": 0.8}),
    ("Which lesson is the cheapest?", {"Violin": 0.8}),
]


@pytest.mark.parametrize(("question", "scores"), ASKED)
def test_every_statement_cites_spans_that_were_given(
    question: str, scores: dict[str, float]
) -> None:
    prompt, statements = write(question, scores)
    assert statements
    for statement in statements:
        assert statement.numbers
        assert all(1 <= number <= len(prompt.spans()) for number in statement.numbers)
        assert "\n" not in statement.text


@pytest.mark.parametrize(("question", "scores"), ASKED)
def test_what_is_rendered_is_read_back_the_same(question: str, scores: dict[str, float]) -> None:
    _, statements = write(question, scores)
    read = list(parse_stream([render(statements)]))
    assert {number for written in read for number in written.numbers} == {
        number for statement in statements for number in statement.numbers
    }
    said = " ".join(written.text for written in read)
    for statement in statements:
        assert statement.text.split(". ")[0].rstrip(".:") in said


def test_a_list_stands_under_its_lead_in_nested_items_with_it() -> None:
    _, statements = write("What must I carry?", {"A map": 0.5, "A whistle": 0.5, "In winter": 0.4})
    assert texts(statements) == [
        "Every member must carry:", "Water", "In summer: two litres", "In winter: one litre",
        "A map", "A whistle",
    ]  # fmt: skip
    assert [s.form for s in statements] == [Form.PROSE, *[Form.ITEM] * 5]
    assert len({s.numbers for s in statements}) == 6


def test_a_nested_item_alone_names_the_item_it_is_under() -> None:
    _, [statement] = write("How much water in winter?", {"In winter": 0.8})
    assert statement.text == "Water: In winter: one litre"


def test_a_cell_names_its_row_and_its_column_and_nothing_else() -> None:
    _, [statement] = write("What does the Fox hut cost for members?", {"Fox": 0.8})
    assert statement.text == "Fox, Members: £9"
    assert statement.form is Form.PROSE


def test_a_row_asked_for_as_a_whole_names_every_column() -> None:
    _, [statement] = write("What about the Fox?", {"Fox": 0.8})
    assert statement.text == "Fox: Guests: £18; Members: £9; Beds: 12"


def test_an_empty_cell_is_not_said() -> None:
    huts = from_markdown("# Huts\n\n| Hut | Beds | Note |\n| --- | --- | --- |\n| Yak | 5 | |\n")
    _, [statement] = write("What about the Yak?", {}, (huts, {"Yak": 0.8}))
    assert statement.text == "Yak, Beds: 5"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Which hut costs guests the least?", "Fox has the lowest Guests: £18"),
        ("Which hut costs guests the most?", "Elk has the highest Guests: £30"),
        ("Which hut has the most beds?", "Owl has the highest Beds: 28"),
    ],
)
def test_the_extreme_row_is_named_first_and_rests_on_all_rows(question: str, said: str) -> None:
    prompt, statements = write(question, {"Fox": 0.8})
    assert statements[0].text == said
    assert len(statements[0].numbers) == 4
    first = prompt.spans()[statements[0].numbers[0] - 1]
    assert CLUB.text[first[1].start : first[1].end].startswith(said[:3])


def test_rows_in_two_currencies_are_shown_but_not_ranked() -> None:
    _, statements = write("Which hut costs members the least?", {"Fox": 0.8})
    assert texts(statements) == [
        "Fox, Members: £9", "Owl, Members: £14", "Elk, Members: £19", "Hare, Members: €4",
    ]  # fmt: skip


def test_of_rows_with_the_same_name_the_one_with_the_figure_is_named() -> None:
    jobs = from_markdown(
        "# Jobs\n\n| Job | Level | Salary |\n| --- | --- | --- |\n"
        "| Engineer | Junior | $50k |\n| Engineer | Senior | $90k |\n", "jobs.md"
    )  # fmt: skip
    _, statements = write("Which has the highest salary?", {}, (jobs, {"Engineer | S": 0.8}))
    assert texts(statements)[0] == "Engineer has the higher Salary: $90k"


def test_a_row_under_no_names_of_columns_is_said_with_its_cells() -> None:
    facts, _ = read_document(
        b"<table><tr><th>Salary</th><td>$50,000</td></tr>"
        b"<tr><th>Length</th><td>3 years</td></tr></table>", "facts.html"
    )  # fmt: skip
    assert not any(block.header for block in facts.blocks)
    _, statements = write("What is the salary?", {}, (facts, {"Salary": 0.8}))
    assert texts(statements) == ["Salary: $50,000"]


def test_the_cheapest_item_comes_first_and_the_others_after_it() -> None:
    _, statements = write("Which lesson is the cheapest?", {"Violin": 0.8})
    assert texts(statements)[0] == "Guitar: $30 an hour"
    assert statements[0].form is Form.PROSE
    assert {s.form for s in statements[1:]} == {Form.ITEM}
    assert len(statements) == 3


def test_yes_or_no_is_said_first_with_the_footnote_of_what_says_so() -> None:
    _, statements = write("Do I need a permit to camp?", {"A permit": 0.8})
    assert texts(statements) == ["Yes.", "A permit is required to camp."]
    assert statements[0].numbers == statements[1].numbers


@pytest.mark.parametrize("yes", ["Yes, you", "Yes. You"])
def test_a_yes_to_another_question_is_left_out(yes: str) -> None:
    faq = from_markdown(
        f"# G\n\n## Can I camp without a permit?\n\n{yes} can camp without a permit.\n", "g.md"
    )
    question = parse_question("Is a permit required to camp?")
    scores = {"Yes,": 0.8} if "," in yes else {"Yes.": 0.8, "You": 0.75}
    evidence = evidence_of(faq, scores, own=1.0)
    passages = PassageChooser(question, matcher_for(question), evidence).choose(0.5)
    prompt = Prompt(((question, passages),), Verdict(Outcome.ANSWERED, 1.0))
    said, because = compose(prompt)
    assert (said.text, because.text) == ("No.", "You can camp without a permit.")
    assert said.numbers == because.numbers


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        ("No, so bring a torch.", "Are the pitches lit: No, so bring a torch."),
        ("Only with a key.", "Are the pitches lit: Only with a key."),
        ("On Sundays, yes.", "Are the pitches lit: On Sundays, yes."),
        ("No, they are not lit.", "They are not lit."),
        ("In May, a lamp is hung up.", "In May, a lamp is hung up."),
    ],
)
def test_a_reply_that_says_nothing_without_its_question_is_told_with_it(
    reply: str, told: str
) -> None:
    faq = from_markdown(f"# Camp\n\n## Are the pitches lit?\n\n{reply}\n", "camp.md")
    question = parse_question("What do I see at night?")
    evidence = evidence_of(faq, {reply: 0.8}, own=1.0)
    passages = PassageChooser(question, matcher_for(question), evidence).choose(0.5)
    [statement] = compose(Prompt(((question, passages),), Verdict(Outcome.ANSWERED, 1.0)))
    assert statement.text == told


RULES = """# Pool

These swimmers do not have to register:

- members of the rowing club
- children under ten

A swimmer must not:

- dive from the roof; diving is for the tower
- feed ducks

## Can I swim without a ticket?

Yes, you can swim without a ticket on Mondays.
"""


@pytest.mark.parametrize(
    ("question", "scores", "first"),
    [
        ("Do children have to register?", {"children": 0.8, "members": 0.7}, "No."),
        ("Do sailors have to register?", {"children": 0.8, "members": 0.7},
         "These swimmers do not have to register:"),
        ("Can a swimmer feed ducks?", {"feed": 0.8}, "No."),
        ("Can a swimmer feed swans?", {"feed": 0.8}, "A swimmer must not:"),
        ("Can I swim without a ticket?", {"Yes": 0.8}, "Yes, you can swim without a ticket on Mondays."),
        ("Can I swim without a cap?", {"Yes": 0.8}, "You can swim without a ticket on Mondays."),
    ],
)  # fmt: skip
def test_a_verdict_is_on_what_is_asked(question: str, scores: dict[str, float], first: str) -> None:
    parsed = parse_question(question)
    evidence = evidence_of(from_markdown(RULES), scores, own=1.0)
    passages = PassageChooser(parsed, matcher_for(parsed), evidence).choose(0.5)
    prompt = Prompt(((parsed, passages),), Verdict(Outcome.ANSWERED, 1.0))
    assert texts(compose(prompt))[0] == first


def test_articles_that_disagree_are_shown_to_disagree() -> None:
    _, statements = write(
        "Do I need a permit to camp?", {"A permit": 0.8}, (GUIDE, {"You do not": 0.7})
    )
    assert texts(statements) == [
        "The articles disagree.", "A permit is required to camp.",
        "You do not need a permit to camp.",
    ]  # fmt: skip
    assert set(statements[0].numbers) == {*statements[1].numbers, *statements[2].numbers}


def test_an_article_does_not_disagree_with_itself() -> None:
    both = from_markdown("# G\n\nA permit is required to camp.\n\nNo permit is needed to camp "
                         "in a hut.\n", "g.md")  # fmt: skip
    question = parse_question("Do I need a permit to camp?")
    evidence = evidence_of(both, {"A permit": 0.8, "No permit": 0.7}, own=1.0)
    passages = PassageChooser(question, matcher_for(question), evidence).choose(0.5)
    prompt = Prompt(((question, passages),), Verdict(Outcome.ANSWERED, 1.0))
    assert texts(compose(prompt))[0] == "Yes."


def test_no_yes_is_said_to_a_question_of_another_form() -> None:
    _, statements = write("What is required to camp?", {"A permit": 0.8})
    assert texts(statements) == ["A permit is required to camp."]


def test_note_marks_and_line_breaks_of_the_source_are_not_said() -> None:
    _, statements = write("Who can come along?", {"Dogs": 0.8, "They": 0.7})
    assert texts(statements) == ["Dogs can come along.", "They are kept on a lead."]


def test_what_two_questions_share_is_said_once() -> None:
    parts = []
    for text in ("Who comes?", "Who is along?"):
        question = parse_question(text)
        evidence = evidence_of(CLUB, {"Dogs": 0.8})
        chooser = PassageChooser(question, matcher_for(question), evidence)
        parts.append((question, chooser.choose(0.5)))
    prompt = Prompt(tuple(parts), Verdict(Outcome.ANSWERED, 1.0))
    assert texts(compose(prompt)) == ["Dogs can come along."]


def test_nothing_to_say_is_nothing() -> None:
    assert compose(Prompt((), Verdict(Outcome.ANSWERED, 1.0))) == []
    assert render([]) == ""


def test_what_can_be_compared_is_said_before_a_column_in_two_currencies() -> None:
    _, statements = write("What is the cheapest for members?", {"Fox": 0.8, "Violin": 0.5})
    assert statements[0].text.startswith("Guitar: $30")
    assert any("Fox" in statement.text for statement in statements)
    _, alone = write("What is the cheapest for members?", {"Fox": 0.8, "Violin": 0.2})
    assert "Fox" in alone[0].text, "far less likely to be what is asked for"


def test_a_sentence_may_say_in_words_what_is_the_cheapest() -> None:
    _, statements = write("What is the cheapest?", {"A permit": 0.8, "Violin": 0.7})
    assert statements[0].text.startswith("A permit")


def test_the_only_column_of_a_table_can_be_compared() -> None:
    fees = from_markdown("# Fees\n\n| Boat | Fee |\n| --- | --- |\n| Punt | $9 |\n| Gig | $20 |\n")
    _, statements = write("Which is the cheapest?", {"Violin": 0.7}, (fees, {"Punt": 0.8}))
    assert statements[0].text.startswith("Punt has the lower Fee: $9")


TERMS = """# Terms

| | Evening course | Morning course |
| --- | --- | --- |
| Length | 14 months | 6 months |
| Fee | $540 | $620 |
| Starts | February | April |
"""


def test_things_that_are_columns_are_compared_along_the_row_that_has_the_figure() -> None:
    terms = from_markdown(TERMS)
    for question, said in (
        ("Which takes the least time?", "Length: Morning course is the shorter, 6 months"),
        ("Which is cheaper, the evening course or the morning one?",
         "Fee: Evening course is the lower, $540"),
    ):  # fmt: skip
        _, statements = write(question, {}, (terms, {"Starts": 0.8}))
        assert texts(statements)[0] == said
        assert len(statements[0].numbers) == 1


def test_a_row_that_is_one_side_is_not_compared_with_itself() -> None:
    _, statements = write("Which costs more, the Owl Hut or the Bear Den?", {"Owl": 0.8})
    assert texts(statements) == ["Owl: Guests: £26; Members: £14"]


def test_a_row_with_a_bare_number_is_named_with_its_column() -> None:
    years = from_markdown("# Years\n\n| Year | Days out |\n| --- | --- |\n| 1 | 10 |\n| 2 | 40 |\n")
    _, statements = write("Which year has the most days out?", {}, (years, {"1 |": 0.8}))
    assert texts(statements)[0] == "Year 2 has the higher Days out: 40"


def test_of_many_rows_those_nearest_to_the_most_bear_out_which_it_is() -> None:
    rows = "".join(f"| Boat {number} | ${number} |\n" for number in range(1, 60))
    fees = from_markdown(f"# Fees\n\n| Boat | Fee |\n| --- | --- |\n{rows}", "fees.md")
    _, statements = write("Which boat has the highest fee?", {}, (fees, {"Boat 7 ": 0.8}))
    [most] = statements
    assert most.text == "Boat 59 has the highest Fee: $59"
    assert len(most.numbers) == MOST_COMPARED


def test_all_are_named_that_have_the_most_but_for_a_crowd() -> None:
    def most(*fees: int) -> str:
        rows = "".join(
            f"| Boat {name} | ${fee} |\n"
            for name, fee in zip("ABCDEFGHIJKLMNOPQ"[: len(fees)], fees, strict=True)
        )
        table = from_markdown(f"# Fees\n\n| Boat | Fee |\n| --- | --- |\n{rows}", "fees.md")
        _, statements = write("Which boat has the highest fee?", {}, (table, {"Boat A": 0.8}))
        return statements[0].text

    assert most(9, 9, 4) == "Boat A and Boat B have the highest Fee: $9"
    assert most(9, 9) == "Boat A and Boat B have the same Fee: $9"
    assert most(9, 9, 9, 9, 9, 4) == "Boat A, Boat B, Boat C and others have the highest Fee: $9"
    crowd = [9] * (MOST_COMPARED + 3)
    assert most(*crowd, 4) == "Boat A, Boat B, Boat C and others have the highest Fee: $9"


def test_items_that_head_a_list_each_are_no_items_of_one_list() -> None:
    bins = from_markdown(
        "# Bins\n\n## What can go in the green bin?\n\n- Yes please:\n  - glass\n  - tins\n"
        "- No thank you:\n  - toys\n  - film\n"
    )
    _, statements = write(
        "Which things can go in the green bin?",
        {},
        (bins, {"glass": 0.9, "tins": 0.8, "toys": 0.7}),
    )
    heads = [statement.text for statement in statements if statement.form is Form.PROSE]
    assert heads == ["Yes please:", "No thank you:"]
    assert [s.text for s in statements if s.form is Form.ITEM] == ["glass", "tins", "toys", "film"]


def test_times_of_day_are_compared_by_the_clock() -> None:
    shops = from_markdown(
        "# Shops\n\n| Shop | Open |\n| --- | --- |\n| Baker | 10 am to 6 pm |\n| Grocer | 8 am to 8 pm |\n"
    )
    for question, said in (
        ("Which shop is open latest?", "Grocer has the later Open: 8 am to 8 pm"),
        ("Which shop opens earliest?", "Grocer has the earlier Open: 8 am to 8 pm"),
    ):
        _, statements = write(question, {}, (shops, {"Baker": 0.8}))
        assert texts(statements)[0] == said


def test_a_bare_no_of_one_article_is_not_said_for_all_that_disagree() -> None:
    faq = from_markdown(
        "# F\n\n## FAQ\n\n### Is a permit needed to camp?\n\nNo. Nobody needs a permit here.\n\n"
        "### Are dogs welcome?\n\nYes.\n",
        "faq.md",
    )
    question = parse_question("Is a permit needed to camp?")
    evidence = [
        *evidence_of(faq, {"No.": 0.9}, heading=1.0),
        *evidence_of(CLUB, {"A permit": 0.8}, own=0.4, learned=0.9),
    ]
    passages = PassageChooser(question, matcher_for(question), evidence).choose(0.5)
    prompt = Prompt(((question, passages),), Verdict(Outcome.ANSWERED, 1.0))
    assert texts(compose(prompt)) == [
        "The articles disagree.", "Nobody needs a permit here.", "A permit is required to camp.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "question", ["Is a permit required to camp?", "Is a permit required or optional to camp?"]
)
def test_articles_of_which_one_says_at_times_are_shown_to_differ(question: str) -> None:
    other = from_markdown(
        "# Other\n\nA permit to camp is often required by the rangers in spring.\n", "other.md"
    )
    _, statements = write(question, {"A permit": 0.8}, (other, {"A permit": 0.7}))
    assert texts(statements)[0] == "The articles differ."
    assert set(statements[0].numbers) == {*statements[1].numbers, *statements[2].numbers}


@pytest.mark.parametrize(
    ("asked", "reply"),
    [
        ("Is a permit required to camp?", "Not necessarily."),
        ("Can I camp without a permit?", "Yes."),
        ("May one camp without permit?", "Yes."),
    ],
)
def test_what_one_needs_at_times_and_another_never_can_be_done_without(
    asked: str, reply: str
) -> None:
    sometimes = from_markdown("# Hills\n\nA permit is not always required to camp.\n", "hills.md")
    never = from_markdown("# Woods\n\nA permit is not required to camp here.\n", "woods.md")
    question = parse_question(asked)
    evidence = [
        *evidence_of(sometimes, {"A permit": 0.9}, own=1.0, learned=0.9),
        *evidence_of(never, {"A permit": 0.8}, own=1.0, learned=0.9),
    ]
    passages = PassageChooser(question, matcher_for(question), evidence).choose(0.5)
    first, *rest = compose(Prompt(((question, passages),), Verdict(Outcome.ANSWERED, 1.0)))
    assert first.text == reply
    assert set(first.numbers) == {number for one in rest for number in one.numbers}


@pytest.mark.parametrize("choice", ["required or optional", "required or can I skip it"])
def test_a_need_set_against_a_choice_is_answered_with_no_yes(choice: str) -> None:
    _, statements = write(f"Is a permit {choice} to camp?", {"A permit": 0.8})
    assert texts(statements) == ["A permit is required to camp."]


def test_figures_that_differ_are_announced_with_the_footnotes_of_both() -> None:
    other = from_markdown("# Other\n\nA hut sleeps 12 people.\n", "other.md")
    third = from_markdown("# Third\n\nA hut sleeps 20 people.\n", "third.md")
    question = parse_question("How many people does a hut sleep?")
    evidence = [
        *evidence_of(other, {"A hut": 0.9}, learned=0.9),
        *evidence_of(third, {"A hut": 0.8}, learned=0.9),
    ]
    passages = PassageChooser(question, matcher_for(question), evidence).choose(0.5)
    first, *rest = compose(Prompt(((question, passages),), Verdict(Outcome.ANSWERED, 1.0)))
    assert first.text == "The articles differ."
    assert set(first.numbers) == {number for one in rest for number in one.numbers}


WALKS = from_markdown("""# Walks

## Ridge

Windy.

- Length: 14 km
- Fee: $3

## Gorge

Shady.

- Length: 6 km
- Fee: $5

## Lake

Flat.

- Length: 21 km
- Fee: $4
""")


@pytest.mark.parametrize(
    ("question", "scores", "said"),
    [
        ("Which walk is longest?", {"Length: 6": 0.8}, "Lake: Length: 21 km"),
        ("cheapest walk of all?", {"Fee: $5": 0.8}, "Ridge: Fee: $3"),
        ("Which is dearer, the ridge or the lake?", {"Fee: $4": 0.8}, "Lake: Fee: $4"),
        ("What is the fee for the gorge?", {"Fee: $5": 0.8}, "Gorge: Fee: $5"),
    ],
)
def test_a_line_of_sections_laid_out_alike_is_named_and_compared_by_its_section(
    question: str, scores: dict[str, float], said: str
) -> None:
    _, statements = write(question, {}, (WALKS, scores))
    assert texts(statements)[0] == said


def test_one_kind_is_not_compared_with_others_for_what_is_the_cheapest_of_it() -> None:
    stays = from_markdown("# Stays\n\n- Inns: $60 to $90\n- Huts: $20 to $35\n- Tents: $9\n")
    _, statements = write("Which inn is the cheapest?", {}, (stays, {"Inns": 0.8}))
    assert texts(statements) == ["Inns: $60 to $90"]


def test_a_table_of_one_thing_is_not_told_whole_for_what_compares_two() -> None:
    bill = from_markdown(
        "# Bill\n\n| Item | Amount |\n| --- | --- |\n| Oars | $50 |\n| Term | 3 years |\n| Rate | 4% |\n"
    )
    _, statements = write("Which is cheaper, oars or paddles?", {}, (bill, {"Oars": 0.8}))
    assert texts(statements) == ["Oars, Amount: $50"]


def test_a_line_for_one_of_two_things_is_named_by_its_section_where_it_is_not_itself() -> None:
    boat = from_markdown("# Boat\n\n## Deck\n\nFrom $9 a night.\n\n## Cabin\n\nA cabin is $40.\n")
    _, statements = write(
        "Which is cheaper, the deck or a cabin?", {}, (boat, {"From": 0.8, "A cabin": 0.7})
    )
    assert texts(statements) == ["Deck: From $9 a night.", "A cabin is $40."]


SPENT = from_markdown("""# What I spent

| Item | Paid | Again? |
|---|---|---|
| Oars | $50 | yes |
| Tent | $90 | no |
| Rope | $8 | half of it |
""")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What was her biggest expense?", "Tent has the highest Paid: $90"),
        ("What was the nicest of the things?", "Oars: Paid: $50; Again?: yes"),
    ],
)
def test_the_one_column_with_figures_is_compared_for_what_has_a_measure(
    question: str, said: str
) -> None:
    _, statements = write(question, {}, (SPENT, {"Oars": 0.8}))
    assert texts(statements)[0] == said


def test_rows_are_not_compared_where_two_other_things_are() -> None:
    _, statements = write("Which costs less, a punt or a gig?", {}, (SPENT, {"Oars": 0.8}))
    assert texts(statements) == ["Oars, Paid: $50"]
