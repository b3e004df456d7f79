import pytest
from hypothesis import given

from ingest.assembly import assemble, clean_text
from ingest.document import Document, Kind, cells
from ingest.faq import faq_pairs
from ingest.reading import Piece, Reading
from tests.documents import (
    MARKDOWN,
    article,
    check_blocks,
    documents,
    find,
    load,
    needs_articles,
    needs_markdown,
    of_kind,
    outline_of,
    readings,
)


def heading(text: str, level: int = 0) -> Piece:
    return Piece(Kind.HEADING, text, level)


def paragraph(text: str) -> Piece:
    return Piece(Kind.PARAGRAPH, text)


def item(text: str, level: int = 0) -> Piece:
    return Piece(Kind.ITEM, text, level, "•")


def build(*pieces: Piece, title: str = "", source: str = "baking.txt") -> Document:
    return assemble(Reading(title, pieces), source, "0" * 64)


@given(documents)
def test_blocks_hold_all_of_the_text_in_order(document: Document) -> None:
    check_blocks(document)


@given(readings())
def test_the_same_reading_makes_the_same_document(reading: Reading) -> None:
    assert assemble(reading, "a.md", "1") == assemble(reading, "a.md", "1")


@needs_markdown
@pytest.mark.parametrize("path", sorted(MARKDOWN.rglob("*.md*")), ids=lambda path: path.name)
def test_blocks_of_real_markdown_hold_all_of_its_text(path) -> None:
    document = load(path)
    check_blocks(document)
    assert document == load(path)


def test_text_is_composed_and_its_white_space_reduced() -> None:
    document = build(paragraph("  A cafe\u0301 \u00a0 “open”\tlate \u200b\nline two\n\n "))
    assert document.text == "A café “open” late\nline two"


def test_half_characters_and_overrides_do_not_survive() -> None:
    assert clean_text("a\ud800b\u202ec\x00d") == "a\ufffdbc d"


def test_items_and_rows_are_joined_by_one_line_break_and_others_by_two() -> None:
    document = build(
        paragraph("You need:"),
        item("flour"),
        item("salt"),
        Piece(Kind.ROW, "Loaf | Hours"),
        Piece(Kind.ROW, "Rye | 3", header=("Loaf", "Hours")),
    )
    assert document.text == "You need:\n\nflour\nsalt\n\nLoaf | Hours\nRye | 3"


def test_the_path_leaves_out_the_title_and_follows_levels() -> None:
    document = build(
        heading("Baking", 1),
        heading("Bread", 2),
        heading("Rye", 3),
        paragraph("Dark."),
        heading("Cake", 2),
        paragraph("Sweet."),
    )
    assert document.title == "Baking"
    assert document.blocks[3].heading_path == ("Bread", "Rye")
    assert document.blocks[5].heading_path == ("Cake",)
    assert document.blocks[1].heading_path == ()


@pytest.mark.parametrize(
    ("pieces", "source", "title"),
    [
        ([heading("Top", 1), paragraph("Text.")], "a.md", "Top"),
        ([heading("First"), paragraph("Text.")], "a.txt", "First"),
        ([heading("Bread", 2), heading("Rye", 3), paragraph("Text.")], "a.md", "Bread"),
        ([heading("Bread", 2), heading("Cake", 2), paragraph("Text.")], "my-buns.md", "My buns"),
        ([paragraph("A first line"), paragraph("Text.")], "a.txt", "A first line"),
        ([paragraph("A first sentence.")], "how-to_bake.txt", "How to bake"),
        (
            [paragraph("Flour and water, and time.")],
            "004_ab12cd34ef.txt",
            "Flour and water, and time.",
        ),
    ],
)
def test_the_title_is_the_best_that_there_is(pieces, source, title) -> None:
    assert build(*pieces, source=source).title == title


def test_a_named_title_wins() -> None:
    assert build(heading("Other", 1), paragraph("Text."), title="Named").title == "Named"


def test_an_item_belongs_to_the_nearest_shallower_item_else_to_what_leads_in() -> None:
    document = build(
        paragraph("Two steps:"),
        item("mix"),
        item("flour", 1),
        item("rye", 2),
        item("salt", 1),
        item("bake"),
        heading("Next"),
        item("eat"),
    )
    assert [block.parent for block in document.blocks] == [None, 0, 1, 2, 1, 0, None, None]


def test_a_row_belongs_to_its_caption_and_has_a_name_for_each_cell() -> None:
    document = build(
        paragraph("Hours by loaf."),
        Piece(Kind.ROW, "Loaf | Hours"),
        Piece(Kind.ROW, "Rye | 3 | dark", header=("Loaf", "Hours")),
        Piece(Kind.ROW, "Spelt", header=("Loaf", "Hours")),
    )
    rows = document.blocks[1:]
    assert [row.parent for row in rows] == [0, 0, 0]
    assert all(len(cells(document, row)) == len(row.header) for row in rows[1:])
    assert cells(document, rows[1]) == ("Rye", "3", "dark")


def test_pages_start_where_their_first_block_does() -> None:
    document = build(
        Piece(Kind.PARAGRAPH, "One.", page=1),
        Piece(Kind.PARAGRAPH, "Two.", page=2),
        Piece(Kind.PARAGRAPH, "Four.", page=4),
    )
    assert [document.text[start : start + 4] for start in document.pages] == [
        "One.",
        "Two.",
        "Four",
        "Four",
    ]


def test_numbered_headings_are_steps_of_the_heading_above() -> None:
    document = build(
        heading("Baking"),
        paragraph("Text."),
        heading("Five steps"),
        paragraph("In order."),
        heading("1. Mix"),
        paragraph("Text."),
        heading("2. Bake"),
        paragraph("Text."),
        heading("Cleaning up"),
        paragraph("Text."),
    )
    levels = {text: level for kind, level, text in outline_of(document) if kind == "heading"}
    assert levels == {"Baking": 1, "Five steps": 2, "1. Mix": 3, "2. Bake": 3, "Cleaning up": 2}


def test_numbered_headings_with_others_between_are_the_sections() -> None:
    document = build(
        heading("Baking"),
        paragraph("Text."),
        heading("1. Mix"),
        paragraph("Text."),
        heading("Flour"),
        paragraph("Text."),
        heading("2. Bake"),
        paragraph("Text."),
    )
    levels = [level for kind, level, _ in outline_of(document) if kind == "heading"]
    assert levels == [1, 2, 3, 2]


def test_questions_of_an_faq_are_above_their_answers_until_it_ends() -> None:
    document = build(
        heading("Baking"),
        paragraph("Text."),
        heading("FAQ"),
        heading("Is rye dark?"),
        paragraph("Yes."),
        heading("How long does it take?"),
        item("Three hours."),
        heading("What to do next"),
        paragraph("Bake."),
        heading("Why bake?"),
        paragraph("It tastes."),
    )
    assert of_kind(document, Kind.QUESTION) == ["Is rye dark?", "How long does it take?"]
    assert document.blocks[4].heading_path == ("FAQ", "Is rye dark?")
    assert document.blocks[find(document, "Three")].heading_path[-1] == "How long does it take?"
    assert document.blocks[find(document, "Bake.")].heading_path == ("What to do next",)


def test_a_question_set_below_an_faq_needs_no_question_mark() -> None:
    document = build(
        heading("Baking FAQs", 2),
        heading("How long does rye take", 3),
        paragraph("Three hours."),
        heading("How to go on", 2),
        paragraph("Bake."),
        title="Baking",
    )
    assert of_kind(document, Kind.QUESTION) == ["How long does rye take"]


def test_an_faq_set_deeper_ends_at_a_question_beside_it() -> None:
    document = build(
        heading("Häufig gestellte Fragen", 2),
        heading("Ist Roggen dunkel?", 3),
        paragraph("Ja."),
        heading("Warum backen?", 2),
        paragraph("Es schmeckt."),
    )
    assert of_kind(document, Kind.QUESTION) == ["Ist Roggen dunkel?"]


def test_lone_question_paragraphs_of_an_faq_are_questions() -> None:
    document = build(
        heading("Questions and answers", 2),
        paragraph("Is rye dark?"),
        paragraph("Yes. Why? Because."),
        paragraph("Is it good? For whom?"),
        item("For all."),
    )
    assert of_kind(document, Kind.QUESTION) == ["Is rye dark?", "Is it good? For whom?"]


def test_an_answer_without_a_question_stays_a_paragraph() -> None:
    document = build(heading("FAQ"), paragraph("You can bake without yeast."))
    assert [kind for kind, _, _ in outline_of(document)] == ["heading", "paragraph"]


def test_marked_questions_and_answers_are_pairs_anywhere() -> None:
    document = build(paragraph("Intro."), paragraph("Q: Is rye dark?"), paragraph("A: Yes."))
    assert [pair.question for pair in faq_pairs(document)] == ["Is rye dark?"]


def test_a_question_without_text_ends_the_answer() -> None:
    document = build(
        heading("Bread", 2),
        Piece(Kind.QUESTION, "Is rye dark?"),
        paragraph("Yes."),
        Piece(Kind.QUESTION, ""),
        paragraph("More on bread."),
        title="Baking",
    )
    assert document.blocks[2].heading_path == ("Bread", "Is rye dark?")
    assert document.blocks[3].heading_path == ("Bread",)


TAILS = {
    "related": [heading("Related Articles"), heading("What is a scone?")],
    "buttons": [paragraph("Find it! »"), paragraph("Oven search"), paragraph("Scroll to Top")],
    "both": [
        heading("More articles"),
        paragraph("What is a scone?"),
        paragraph("Tell me more »"),
        paragraph("Back to top"),
    ],
    "links": [paragraph("You may also like"), item("Scones"), item("What is a bun?")],
    "copyright": [paragraph("© 2024 Some Bakery. All rights reserved.")],
    "german": [paragraph("Weitere Artikel"), paragraph("Brezeln"), paragraph("Nach oben")],
    "empty heading": [heading("A bun in the oven", 2)],
}


@pytest.mark.parametrize("tail", TAILS.values(), ids=TAILS.keys())
def test_the_tail_of_a_page_is_no_content(tail: list[Piece]) -> None:
    body = [heading("Baking"), paragraph("Flour and water.")]
    assert build(*body, *tail).text == build(*body).text


@pytest.mark.parametrize(
    "button", ["Skip to content", "Read more", "Share this", "Lire la suite ›"]
)
def test_a_button_between_paragraphs_is_no_content(button: str) -> None:
    document = build(paragraph("Flour and water."), paragraph(button), paragraph("Then bake it."))
    assert document.text == "Flour and water.\n\nThen bake it."


REAL = {
    "signature": [paragraph("Yours"), paragraph("Jo Baker"), paragraph("Master baker")],
    "unmarked list": [paragraph("Bring along"), paragraph("Bowl"), paragraph("Spoon")],
    "list before a button": [
        paragraph("Share"),
        *(paragraph(word) for word in ("Bowl", "Spoon", "Sieve", "Tin")),
    ],
    "outline": [heading("Bread", 2), heading("Cake", 2), heading("Buns", 2)],
    "subscribing explained": [heading("Subscribe", 2), paragraph("A subscription brings bread.")],
    "lead-in": [paragraph("Search"), item("for flour"), item("for yeast")],
    "quotation": [paragraph("« Bon pain »")],
    "item like a button": [item("Share"), item("Bake"), item("Eat")],
}


@pytest.mark.parametrize("ending", REAL.values(), ids=REAL.keys())
def test_real_endings_stay(ending: list[Piece]) -> None:
    document = build(heading("Baking"), paragraph("Flour and water."), *ending)
    kept = [text for _, _, text in outline_of(document)]
    lost = [piece.text for piece in ending if piece.text not in kept]
    assert lost in ([], ["Share"])


def test_a_page_of_nothing_but_buttons_is_kept() -> None:
    assert build(paragraph("Read more"), paragraph("Share this")).text


@needs_articles
def test_the_source_articles_have_no_furniture() -> None:
    text = article("001").text
    assert not [
        line for line in ("Tell Me More", "Search Programs", "Scroll to Top") if line in text
    ]
    assert "Related Articles" not in text
    assert text.endswith("dynamic careers in technology.")


@needs_articles
def test_nested_items_of_a_source_article_are_under_their_certificate() -> None:
    document = article("001")
    path = ("Popular Certifications for Machine Learning Engineers",)
    items = [i for i, block in enumerate(document.blocks) if block.heading_path == path]
    top = [i for i in items if document.blocks[i].level == 0]
    assert [document.blocks[i].marker for i in top] == ["1.", "2.", "3."]
    nested = [i for i in items if document.blocks[i].level == 1]
    assert [document.blocks[i].parent for i in nested] == [at for at in top for _ in range(2)]


@needs_articles
def test_an_faq_without_a_question_stays_a_paragraph_in_a_source_article() -> None:
    document = article("003")
    assert not of_kind(document, Kind.QUESTION)
    assert document.blocks[-1].heading_path == ("Frequently Asked Questions",)


@pytest.mark.parametrize(
    "line",
    [
        "Print this page | Back to top",
        "© The Guild of Bakers 2025",
        "Subscribe to our bread email",
        "Did this page help you? Yes / No",
        "More in this section: Cakes | Ovens",
    ],
)
def test_a_line_of_furniture_below_an_article_is_left_out(line: str) -> None:
    document = build(heading("Bread"), paragraph("It is baked."), paragraph(line))
    assert document.text == "Bread\n\nIt is baked."


@pytest.mark.parametrize(
    "line",
    [
        "Print this page on thick paper",
        "Copyright ends in 2025",
        "Subscribe to the pool rules",
        "Flour | Water",
    ],
)
def test_a_line_that_only_begins_like_furniture_stays(line: str) -> None:
    document = build(heading("Bread"), paragraph("It is baked."), paragraph(line))
    assert document.text.endswith(line)


def test_the_trail_of_pages_is_left_out_above_an_article_alone() -> None:
    trail = paragraph("Home > Kitchen > Bread")
    document = build(heading("Bread"), trail, paragraph("It is baked."), paragraph("Go to:"), trail)
    assert document.text.count("Kitchen") == 1
    assert document.text.endswith("Kitchen > Bread")
