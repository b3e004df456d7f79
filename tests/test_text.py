import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.assembly import assemble
from ingest.document import Kind, cells
from ingest.reading import IngestError, Reading
from ingest.text import parse_text, read_text
from tests.documents import (
    article,
    check_blocks,
    find,
    needs_articles,
    of_kind,
)


def shape(text: str) -> list[tuple[str, str]]:
    return [(piece.kind.value, piece.text) for piece in parse_text(text)]


def levels(text: str) -> list[tuple[int, str, str]]:
    return [(piece.level, piece.marker, piece.text) for piece in parse_text(text)]


LONG = "Bread is made of flour and water, and it takes a while until it is done."


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc"])))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        reading = read_text(text.encode(), "a.txt")
    except IngestError:
        assert text.startswith("%PDF-") or not any(letter.isalnum() for letter in text)
    else:
        check_blocks(assemble(reading, "a.txt", "0" * 64))


_LINES = st.sampled_from(
    [
        "",
        "Bread",
        "Is it?",
        LONG,
        "  • x",
        "    - y",
        "1. z",
        "| a | b |",
        "|---|---|",
        "a\tb",
        "===",
        "Q: w",
    ]
)


@given(st.lists(_LINES).map("\n".join))
def test_every_word_is_read_once(text: str) -> None:
    words = [word for word in text.replace("|", " ").split() if word[0].isalnum() and word != "1."]
    read = " ".join(piece.text for piece in parse_text(text)).replace("|", " ").split()
    assert [word for word in read if word[0].isalnum() and word != "1."] == words


def test_headings_stand_above_a_body_with_blank_lines_or_without() -> None:
    spaced = f"Baking\n\nBread\n\n{LONG}\n\nCake\n\n{LONG}"
    tight = f"Baking\nBread\n{LONG}\nCake\n{LONG}"
    expected = [
        ("heading", "Baking"),
        ("heading", "Bread"),
        ("paragraph", LONG),
        ("heading", "Cake"),
        ("paragraph", LONG),
    ]
    assert shape(spaced) == expected
    assert shape(tight) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Bread is good.",
        "You need the following:",
        "so it goes",
        "But is it worth it?",
        "Really? Great bread",
        "By Jo Baker",
        "12 March 2024",
        "42",
        "Bread " * 16,
    ],
)
def test_a_line_that_reads_as_a_sentence_is_no_heading(line: str) -> None:
    pieces = parse_text(f"Baking\n\n{LONG}\n\n{line.strip()}\n\n{LONG}")
    assert [piece.kind for piece in pieces][2] is Kind.PARAGRAPH


def test_short_lines_in_a_row_are_no_headings() -> None:
    text = f"Baking\n\n{LONG}\n\nFlour\n\nSalt\n\nYeast\n\nWater\n\nBowls\n\n{LONG}"
    assert [kind for kind, _ in shape(text)].count("heading") <= 4
    assert ("paragraph", "Flour") in shape(text)


def test_lines_at_the_end_are_no_headings() -> None:
    assert shape(f"{LONG}\n\nBread\n\nCake")[1:] == [("paragraph", "Bread"), ("paragraph", "Cake")]


def test_underlined_lines_are_headings_of_their_level() -> None:
    pieces = parse_text(f"Baking\n======\n\n{LONG}\n\nBread\n-----\n\n{LONG}")
    assert [(p.text, p.level) for p in pieces if p.kind is Kind.HEADING] == [
        ("Baking", 1),
        ("Bread", 2),
    ]


@pytest.mark.parametrize("bullet", ["•", "-", "*", "–", "‣", "◦", "✓"])
def test_bullets_of_every_kind_begin_items(bullet: str) -> None:
    assert levels(f"You need:\n{bullet} flour\n{bullet}\tsalt")[1:] == [
        (0, bullet, "flour"),
        (0, bullet, "salt"),
    ]


def test_lists_nest_by_indentation() -> None:
    text = "Loaves:\n\n  1. Rye\n    • dark\n        o very\n    • heavy\n  2. Spelt\n    • light"
    assert levels(text)[1:] == [
        (0, "1.", "Rye"),
        (1, "•", "dark"),
        (2, "o", "very"),
        (1, "•", "heavy"),
        (0, "2.", "Spelt"),
        (1, "•", "light"),
    ]


def test_a_number_at_the_margin_heads_what_follows_but_begins_an_item_in_a_list() -> None:
    headed = f"Steps\n\n{LONG}\n\n1. Mix\n\n  • flour\n\n2. Bake\n\n{LONG}"
    assert [text for kind, text in shape(headed) if kind == "heading"] == [
        "Steps",
        "1. Mix",
        "2. Bake",
    ]
    listed = "Steps:\n\n1. Mix\n\n2. Bake\n\n3. Eat"
    assert [kind for kind, _ in shape(listed)] == ["paragraph", "item", "item", "item"]


WRAPPED = """\
The baker rises before the sun does, and when the first people of the
town are out in the street the bread is on its shelf. It has been so
for years.
Nobody minds.

  - flour, which comes from the mill on the hill and is brought to the
    town on a cart
  - water
"""


def test_wrapped_lines_are_joined_and_short_ones_are_not() -> None:
    first, second, third, fourth = shape(WRAPPED)
    assert first[1].endswith("the bread is on its shelf. It has been so for years.")
    assert second == ("paragraph", "Nobody minds.")
    assert third[1].endswith("is brought to the town on a cart")
    assert fourth == ("item", "water")


def test_a_paragraph_set_under_an_item_is_one_step_below_it() -> None:
    assert levels("Loaves:\n- Rye\n\n  It is dark.\n- Spelt")[1:] == [
        (0, "-", "Rye"),
        (1, "", "It is dark."),
        (0, "-", "Spelt"),
    ]


def test_a_table_in_pipes_has_named_columns() -> None:
    pieces = parse_text(
        "Hours by loaf.\n| Loaf | Hours |\n|---|---:|\n| Rye | 3 |\n| a \\| b | 2 |\nMore text."
    )
    rows = [piece for piece in pieces if piece.kind is Kind.ROW]
    assert [row.text for row in rows] == ["Loaf | Hours", "Rye | 3", "a / b | 2"]
    assert [row.header for row in rows] == [(), ("Loaf", "Hours"), ("Loaf", "Hours")]
    assert pieces[-1].text == "More text."


def test_a_table_in_tabs_has_named_columns_but_two_lines_are_none() -> None:
    rows = parse_text("Loaf\tHours\nRye\t3\nSpelt\t2")
    assert [row.header for row in rows] == [(), ("Loaf", "Hours"), ("Loaf", "Hours")]
    assert all(piece.kind is not Kind.ROW for piece in parse_text("Loaf\tHours\nRye\t3"))


def test_a_pipe_in_prose_is_no_table() -> None:
    assert [kind for kind, _ in shape("Use a | b here.\nAnd c | d there, or so they say.")] == [
        "paragraph",
        "paragraph",
    ]


@pytest.mark.parametrize(
    ("data", "note"),
    [
        ("Bäcker backen.".encode(), ""),
        (b"\xef\xbb\xbf" + "Bäcker backen.".encode(), ""),
        ("Bäcker backen.".encode("utf-16"), ""),
        ("Bäcker backen.".encode("utf-32"), ""),
        ("Bäcker backen.".encode("utf-16-le"), "utf-16-le"),
        ("Bäcker backen.".encode("utf-16-be"), "utf-16-be"),
        ("Bäcker backen.".encode("windows-1252"), "windows-1252"),
    ],
)
def test_text_is_decoded_and_repairs_are_told(data: bytes, note: str) -> None:
    reading = read_text(data, "a.txt")
    assert reading.pieces[0].text == "Bäcker backen."
    assert note in " ".join(reading.repairs)
    assert bool(reading.repairs) == bool(note)


def test_one_broken_byte_does_not_spoil_the_others() -> None:
    reading = read_text("Bäcker mögen Brötchen ".encode() + b"\xff.", "a.txt")
    assert reading.pieces[0].text == "Bäcker mögen Brötchen \ufffd."
    assert reading.repairs == ("replaced 1 bytes that are no UTF-8",)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"---\ntitle: Bread\n---\n", "no text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 4, "not text"),
        (b"%PDF-1.7 and then some", "not text"),
        (bytes(200), "not text"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(IngestError, match=reason):
        read_text(data, "a.txt")


def test_a_text_file_that_is_markdown_is_read_as_such() -> None:
    reading = read_text(b"## Bread\n\nIt is *old*.\n\n## Cake\n\nSweet.", "a.txt")
    assert [(piece.level, piece.text) for piece in reading.pieces][:2] == [
        (2, "Bread"),
        (0, "It is old."),
    ]


def test_front_matter_may_stand_above_plain_text() -> None:
    reading = read_text(f"---\ntitle: Loaves\nauthor: Jo\n---\nBread\n{LONG}\n".encode(), "a.txt")
    assert (reading.title, reading.metadata["author"]) == ("Loaves", "Jo")
    assert [piece.kind for piece in reading.pieces] == [Kind.HEADING, Kind.PARAGRAPH]


def test_questions_and_answers_on_lines_of_their_own_are_told_apart() -> None:
    text = f"{LONG}\nQ: Is rye dark?\nA: Yes.\nQ: Is it good?\nA: Yes."
    document = assemble(Reading("", parse_text(text)), "a.txt", "")
    assert of_kind(document, Kind.QUESTION) == ["Is rye dark?", "Is it good?"]
    assert of_kind(document, Kind.PARAGRAPH)[1:] == ["Yes.", "Yes."]


@pytest.mark.parametrize(
    "entries",
    [
        ["Adults: £5", "Children (under 12): £2 a visit", "Locker: £1"],
        ["Adults: £5", "Children, Tuesdays: £2", "Dogs: not allowed", "Families £12", "Towel: £3"],
    ],
)
def test_labelled_lines_are_one_list_whatever_form_one_of_them_has(entries: list[str]) -> None:
    text = "\n".join([LONG, "", "4. Fees", "", *entries, "", LONG])
    assert shape(text)[1:-1] == [("heading", "4. Fees"), *(("item", line) for line in entries)]


@pytest.mark.parametrize(
    "lines",
    [
        ["Author: Jo", "Updated: May"],
        ["Note: the oven is hot.", "Note: the tin is hot.", "Note: the rack is hot."],
        ["Q: Rye?", "A: No", "Q: Oats?", "A: No", "Q: Spelt?", "A: Yes"],
    ],
)
def test_few_labelled_lines_sentences_and_replies_are_no_list(lines: list[str]) -> None:
    assert "item" not in dict(shape("\n".join([LONG, "", *lines, "", LONG])))


def test_a_line_above_the_questions_of_an_faq_heads_them() -> None:
    text = f"{LONG}\n\nTHE BREAD\n\nQ: Is rye dark?\nA: Yes.\n\nTHE OVEN\n\nQ: Is it hot?\nA: Yes."
    document = assemble(Reading("", parse_text(text)), "a.txt", "")
    assert of_kind(document, Kind.HEADING) == ["THE BREAD", "THE OVEN"]
    assert [block.heading_path for block in document.blocks][-1] == ("THE OVEN", "Is it hot?")


@needs_articles
def test_the_headings_of_a_source_article_without_blank_lines_are_found() -> None:
    headings = of_kind(article("003"), Kind.HEADING)
    assert headings[:4] == [
        "What is Machine Learning?",
        "Types of Machine Learning",
        "Who is a Machine Learning Engineer?",
        "Role of a Machine Learning Engineer",
    ]
    assert len(headings) == 17
    assert headings[-1] == "Frequently Asked Questions"


@needs_articles
def test_the_table_of_a_source_article_has_six_rows_of_three_levels() -> None:
    document = article("003")
    rows = [block for block in document.blocks if block.header]
    assert len(rows) == 6
    assert all(len(row.header) == len(cells(document, row)) == 4 for row in rows)
    assert rows[0].header[1:] == (
        "Entry-Level Salary",
        "Mid-Level Salary (3-5 years)",
        "Senior-Level Salary",
    )
    assert all(document.blocks[row.parent or 0].kind is Kind.PARAGRAPH for row in rows)


@needs_articles
def test_the_sections_of_a_source_article_with_blank_lines_are_found() -> None:
    document = article("001")
    assert document.title == "How to Become a Machine Learning Engineer"
    assert len(of_kind(document, Kind.QUESTION)) == 6
    step = document.blocks[find(document, "1. Gain Hands-On")]
    assert (step.level, step.heading_path) == (
        3,
        ("Tips for Success as a Machine Learning Engineer",),
    )
    assert article("002").title == document.title


UNMARKED = """How to pack

Take these with you:

{lines}

Leave the rest at home, where it is safe and dry.
"""


@pytest.mark.parametrize(
    "lines",
    [
        [
            "a rope, which you will need on the steep side of the hill",
            "two lamps",
            "bread and cheese",
        ],
        ["A rope", "Two lamps"],
    ],
)
def test_lines_after_a_colon_are_a_list_without_marks(lines: list[str]) -> None:
    pieces = parse_text(UNMARKED.format(lines="\n".join(lines)))
    assert [piece.text for piece in pieces if piece.kind is Kind.ITEM] == lines


@pytest.mark.parametrize(
    "lines",
    [
        [
            "a rope, which you will need on the steep side of the",
            "hill, and two lamps as well, one for each of the two",
            "of you",
        ],
        ["It rained.", "We left."],
        ["a rope"],
    ],
)
def test_wrapped_lines_and_sentences_after_a_colon_are_no_list(lines: list[str]) -> None:
    pieces = parse_text(UNMARKED.format(lines="\n".join(lines)))
    assert not [piece for piece in pieces if piece.kind is Kind.ITEM]
