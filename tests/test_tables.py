"""The row and the column that a question names."""

import pytest

from assistant.asking.question import asked_units, parse_question
from assistant.composing.tables import (
    Table,
    describe_cell,
    describe_row,
    find_like_columns,
    keep_having,
    match_columns,
    match_lists,
    match_rows,
    read_table,
)
from assistant.english.degrees import name_attributes
from assistant.english.levels import names_other_level, put_in_names
from ingest.profile import CorpusProfile
from ingest.words import stem, words
from tests.reading_desk import PlainWords, block_of, from_markdown, matcher_for

PRICES = from_markdown("""# Fees

| Place | Guests (a night) | Members (a night) | Group of 4-9 | Group of 10-20 |
| --- | --- | --- | --- | --- |
| Fox Hut | £18 | £9 | £50 | £90 |
| Owl Hut | £26 | £14 | £80 | £120 |
| Camping Field North | £8 | £5 | £20 | £30 |

| Ticket | Entry | Middle | Advanced |
| --- | --- | --- | --- |
| Lesson | £10 | £20 | £30 |
""")
JOBS = from_markdown("""# Work

| Field | Share of posts | Caseload | Starting pay |
| --- | --- | --- | --- |
| Schools | 11% | 40 pupils | £31,800 |
| Prisons | 9% | varies | £33,000 |
| Service in hospitals | 20% | 30 patients | £35,000 |
""")
FIELDS = read_table(JOBS, block_of(JOBS, "Schools"))
LEVELS = read_table(PRICES, block_of(PRICES, "Lesson"))
HUTS = read_table(PRICES, block_of(PRICES, "Owl Hut"))


def rows_named(question: str, table: Table = HUTS) -> list[str]:
    matcher = matcher_for(question, CorpusProfile())
    return [row.name for row in match_rows(table, matcher, question)]


def columns_named(question: str, table: Table = HUTS) -> list[str]:
    matcher = matcher_for(question, CorpusProfile(), PlainWords(alike=[("bulk", "size")]))
    asked = [stem(word) for word in words(question)] + sorted(matcher.stems(question))
    units = asked_units(parse_question(question))
    measured = name_attributes(question)
    columns = match_columns(table, matcher, asked, units, measured)
    return [table.header[column] for column in columns]


def test_a_table_is_read_whole_from_any_of_its_rows_and_not_past_it() -> None:
    for name in ("Fox Hut", "Owl Hut", "Camping"):
        assert read_table(PRICES, block_of(PRICES, name)) == HUTS
    assert [row.name for row in HUTS.rows] == ["Fox Hut", "Owl Hut", "Camping Field North"]
    assert HUTS.header[0] == "Place"
    assert [row.name for row in LEVELS.rows] == ["Lesson"]


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("What does the Owl Hut cost?", ["Owl Hut"]),
        ("the owl hut or the fox hut?", ["Fox Hut", "Owl Hut"]),
        ("What does a hut cost?", []),
        ("How much is the CFN?", ["Camping Field North"]),
        ("What is a field in the north?", ["Camping Field North"]),
        ("What does a tent cost?", []),
    ],
)
def test_rows_are_named_by_words_that_tell_them_apart(question: str, rows: list[str]) -> None:
    assert rows_named(question) == rows


@pytest.mark.parametrize(
    ("question", "columns"),
    [
        ("What do members pay in the Owl Hut?", ["Members (a night)"]),
        ("guests or members?", ["Guests (a night)", "Members (a night)"]),
        ("What does a night cost?", []),
        ("We are 12, what is the price?", ["Group of 10-20"]),
        ("We are 30, what is the price?", []),
    ],
)
def test_columns_are_named_by_words_or_by_a_number_in_their_range(
    question: str, columns: list[str]
) -> None:
    assert columns_named(question) == columns


BINS = from_markdown("""# Bins

| Bin | What it is for | Size | Charge |
| --- | --- | --- | --- |
| Blue | Paper | 180 litres | £32 |
| Green | Glass | 240 litres | £38 |
""")


@pytest.mark.parametrize(
    ("question", "columns"),
    [
        ("Is the blue bin in the yard?", []),
        ("What is it for?", ["What it is for"]),
        ("How many litres is the blue bin?", ["Size"]),
        ("What bulk is the blue bin?", ["Size"]),
        ("What is green?", []),
    ],
)
def test_a_column_is_named_by_what_its_cells_hold_or_by_a_word_of_its_meaning(
    question: str, columns: list[str]
) -> None:
    assert columns_named(question, read_table(BINS, block_of(BINS, "Blue"))) == columns


@pytest.mark.parametrize(
    ("question", "column"),
    [("for beginners", "Entry"), ("junior price", "Entry"), ("intermediate", "Middle"),
     ("a newbie", "Entry"), ("fresh out of school", "Entry"), ("graduates", "Entry"),
     ("seniors", "Advanced"), ("an experienced rider", "Advanced")],
)  # fmt: skip
def test_levels_are_matched_by_their_place_on_the_scale(question: str, column: str) -> None:
    assert columns_named(question, LEVELS) == [column]


def test_the_average_is_no_level_and_a_number_in_words_is_of_something() -> None:
    years = from_markdown(
        "# Pay\n\n| Town | Junior | Practised (3-5 years) | Senior |\n| --- | --- | --- | --- |\n"
        "| Ulm | £10 | £20 | £30 |\n"
    )
    table = read_table(years, block_of(years, "Ulm"))
    assert columns_named("average pay in Ulm", LEVELS) == []
    assert columns_named("pay in Ulm after four years", table) == ["Practised (3-5 years)"]
    assert columns_named("pay in Ulm for the four of us", table) == []
    assert columns_named("pay in Ulm after 2 years", table) == ["Junior"]
    assert columns_named("pay in Ulm after ten years", table) == ["Senior"]
    assert columns_named("pay in Ulm for 2 towns", table) == []
    assert "Senior" not in columns_named("pay in Ulm in 2024 a year", table)
    assert "Senior" not in columns_named("pay of the best 10% of bakers a year", table)


def test_a_column_is_named_by_what_somebody_tells_of_themselves() -> None:
    pay = from_markdown(
        "# Pay\n\n| Town | Junior | Practised (3-5 years) |\n|---|---|---|\n| Ulm | £10 | £20 |\n"
    )
    told = "I have four years behind me and live in Ulm. What is the pay?"
    assert columns_named(told, read_table(pay, block_of(pay, "Ulm"))) == ["Practised (3-5 years)"]


def test_two_levels_name_two_columns_whatever_they_are_called() -> None:
    assert columns_named("juniors beside advanced riders", LEVELS) == ["Entry", "Advanced"]
    assert columns_named("an entry-level or an advanced lesson", LEVELS) == ["Entry", "Advanced"]


@pytest.mark.parametrize(
    ("text", "put"),
    [
        ("What does a junior baker earn?", "What does a entry-level baker earn?"),
        ("experienced bakers", "senior bakers"),
        ("mid-level pay of a senior", "mid-level pay of a senior"),
        ("the oldest baker", "the oldest baker"),
        ("a baker with 4 years of practice", "a baker with 3-5 years of practice"),
        ("a baker with four years of practice", "a baker with 3-5 years of practice"),
        ("a baker of 4 loaves after 7 years", "a baker of 4 loaves after senior"),
        ("a baker with 10+ years", "a baker with senior"),
        ("a baker with one year", "a baker with entry-level"),
        ("a bakery of 120 years", "a bakery of 120 years"),
        ("a baker of 40 loaves", "a baker of 40 loaves"),
    ],
)
def test_levels_are_put_in_the_words_of_a_tables_names(text: str, put: str) -> None:
    assert put_in_names(text, ("Ulm", "Entry-Level Pay", "Pay (3-5 years)", "Senior Pay")) == put


def test_a_cell_is_described_by_its_row_and_column() -> None:
    assert describe_cell(HUTS, HUTS.rows[1], 2) == "Owl Hut, Members (a night): £14"


def test_an_abbreviation_of_the_corpus_names_its_row() -> None:
    question = parse_question("What does the CF cost?")
    profile = CorpusProfile(abbreviations={"cf": "camping field"})
    matcher = matcher_for(question, profile)
    rows = match_rows(HUTS, matcher, question.text)
    assert [row.name for row in rows] == ["Camping Field North"]


@pytest.mark.parametrize(
    ("question", "columns"),
    [
        ("Which kind of field has the highest wages?", ["Starting pay"]),
        ("Which kind of field is the kindest of all?", []),
        ("In which field do most people work?", []),
        ("What do they earn in schools?", ["Starting pay"]),
    ],
)
def test_a_column_is_named_by_the_kind_of_figure_asked_for_and_never_by_of(
    question: str, columns: list[str]
) -> None:
    assert columns_named(question, FIELDS) == columns


SHORES = from_markdown("""# Piers

| Pier | Berths | Ticket (summer) |
| --- | --- | --- |
| North Pier | 40 | £6 |
| North Quay | 30 | £5 |
| Old Pier | 20 | £4 |
| Old North Pier | 10 | £3 |
""")


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("Which is dearer, North Pier or North Quay?", ["North Pier", "North Quay"]),
        ("Is there a kiosk on the old pier?", ["Old Pier"]),
        ("How many berths has the Old North Pier?", ["Old North Pier"]),
        ("How many piers are there?", []),
    ],
)
def test_a_row_said_whole_is_named_though_others_share_its_words(
    question: str, rows: list[str]
) -> None:
    assert rows_named(question, read_table(SHORES, block_of(SHORES, "North Quay"))) == rows


def test_a_row_is_named_by_what_stands_before_its_brackets() -> None:
    pay = from_markdown(
        "# Pay\n\n| Cook | A day |\n| --- | --- |\n| New cook | £90 |\n| Trained (3 years or more) | £120 |\n"
    )
    table = read_table(pay, block_of(pay, "New cook"))
    assert rows_named("What does a trained cook earn?", table) == ["Trained (3 years or more)"]


def test_a_row_is_not_named_by_in() -> None:
    assert rows_named("In which field do I earn most?", FIELDS) == []


@pytest.mark.parametrize(
    ("question", "said", "other"),
    [
        ("What do seniors do?", "Entry-level work", True),
        ("What do seniors do?", "Junior and senior work", False),
        ("What do juniors do?", "A beginner scrubs", False),
        ("What do intermediate pilots do?", "A senior steers", True),
        ("What do juniors and seniors do?", "Mid-level work", False),
        ("What do seniors do?", "They came first, to the new hall", False),
        ("What do pilots do?", "A senior steers", False),
    ],
)
def test_another_level_is_told_by_words_for_levels_alone(
    question: str, said: str, *, other: bool
) -> None:
    assert names_other_level(question, said) is other


SIDES = from_markdown("""# Bikes

| Advantages of a folding bike | Drawbacks of a folding bike |
|---|---|
| Fits on a train | Small wheels |
| Stands in a cupboard | |

| Hut | Stove | Beds | Planned cost | Real cost |
|---|---|---|---|---|
| Fox Hut | Yes | 12 | £200 | £250 |
| Owl Hut | No | 20 | £300 | £280 |
| Elk Hut | Gas only | 8 | £90 | £95 |
""")
LISTS = read_table(SIDES, block_of(SIDES, "Fits on"))
STOVES = read_table(SIDES, block_of(SIDES, "Fox Hut"))


def test_columns_with_opposite_names_are_lists_of_their_own() -> None:
    assert LISTS.is_of_lists
    assert not STOVES.is_of_lists
    assert not HUTS.is_of_lists


@pytest.mark.parametrize(
    ("question", "columns"),
    [
        ("What are the drawbacks of a folding bike?", (1,)),
        ("What are the pros of a folding bike?", (0,)),
        ("What are the pros and cons of a folding bike?", (0, 1)),
        ("What is there to know about a folding bike?", (0, 1)),
    ],
)
def test_a_list_is_named_by_what_is_at_the_same_pole(
    question: str, columns: tuple[int, ...]
) -> None:
    assert match_lists(LISTS, matcher_for(question)) == columns


def test_a_cell_of_a_list_is_said_under_no_other_cell() -> None:
    first, last = LISTS.rows
    assert describe_row(LISTS, first, (1,)) == "Small wheels"
    assert describe_row(LISTS, last, ()) == "Advantages of a folding bike: Stands in a cupboard"


def test_rows_are_told_apart_by_what_they_have() -> None:
    assert [row.name for row in keep_having(STOVES, 1, having=False)] == ["Owl Hut"]
    assert [row.name for row in keep_having(STOVES, 1, having=True)] == ["Fox Hut", "Elk Hut"]
    assert keep_having(STOVES, 2, having=False) == ()


def test_figures_of_one_kind_stand_in_columns_alike() -> None:
    assert find_like_columns(STOVES, STOVES.rows[0], 3) == (3, 4)
    assert find_like_columns(STOVES, STOVES.rows[0], 2) == (2,)


def test_a_verb_names_no_column_beside_one_that_is_named() -> None:
    vans = from_markdown("""# Vans

| Van | Fuel per 100 km | Typical used price |
|---|---|---|
| Heron | 9 l | £9,000 |
| Stork | 7 l | £8,000 |
""")
    table = read_table(vans, block_of(vans, "Heron"))
    assert columns_named("Which van uses the least fuel?", table) == ["Fuel per 100 km"]


def test_what_the_rows_are_is_no_column() -> None:
    knowledge = PlainWords(alike=[("hut", "beds")])
    question = "How does the Fox hut differ from the Owl hut?"
    matcher = matcher_for(question, CorpusProfile(), knowledge)
    assert match_columns(STOVES, matcher, sorted(matcher.stems(question)), ()) == ()


def test_a_word_for_what_the_rows_are_names_none_of_them() -> None:
    sellers = from_markdown(
        "# Boats\n\n| Seller | Warranty |\n|---|---|\n| Boatyard | 1 year |\n| Private seller | none |\n"
    )
    table = read_table(sellers, block_of(sellers, "Boatyard"))
    assert rows_named("Which seller gives a warranty?", table) == []
    assert rows_named("What does a private seller give?", table) == ["Private seller"]


RATES = from_markdown("""# Hire

| Boat | Two-day hire | Five-day hire | Deposit over 30 days (five-day) | Length |
| --- | --- | --- | --- | --- |
| Punt | £40 | £80 | £10 | 7 m |
| Skiff | £50 | £95 | £12 | 5 m |
""")


@pytest.mark.parametrize(
    ("question", "columns"),
    [
        ("Which boat is longest?", ["Length"]),
        ("Which boat is cheaper over five days?", ["Five-day hire"]),
    ],
)
def test_a_column_is_named_by_what_a_degree_measures_and_not_by_what_stands_in_brackets(
    question: str, columns: list[str]
) -> None:
    assert columns_named(question, read_table(RATES, block_of(RATES, "Punt"))) == columns
