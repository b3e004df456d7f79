import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.assembly import assemble
from ingest.chunking import MAX_CHARS, chunk_document, embed_text
from ingest.document import Chunk, Document, Kind
from ingest.faq import faq_pairs
from ingest.reading import Piece, Reading
from ingest.spans import split_spans
from tests.documents import (
    MARKDOWN,
    article,
    check_chunks,
    documents,
    load,
    needs_articles,
    needs_markdown,
)

TITLES = (Kind.HEADING, Kind.QUESTION)


def build(*pieces: Piece) -> Document:
    return assemble(Reading("Baking", pieces), "a.md", "0" * 64)


def paragraph(text: str) -> Piece:
    return Piece(Kind.PARAGRAPH, text)


def texts(chunks: tuple[Chunk, ...]) -> list[str]:
    return [chunk.text for chunk in chunks]


@given(documents, st.integers(1, 900))
def test_chunks_hold_all_of_the_text_in_order(document: Document, max_chars: int) -> None:
    check_chunks(document, chunk_document(document, max_chars))


@given(documents, st.integers(1, 900))
def test_a_chunk_is_too_long_only_where_one_span_is(document: Document, max_chars: int) -> None:
    spans = split_spans(document)
    for chunk in chunk_document(document, max_chars):
        if len(chunk.text) > max_chars:
            assert sum(chunk.start <= span.start < chunk.end for span in spans) <= 1


@given(documents, st.integers(1, 900))
def test_no_chunk_ends_in_a_heading_that_has_a_body(document: Document, max_chars: int) -> None:
    ends = {chunk.end for chunk in chunk_document(document, max_chars)}
    for block, after in zip(document.blocks, document.blocks[1:], strict=False):
        if block.kind in TITLES and after.kind not in TITLES:
            assert block.end not in ends


@given(documents)
def test_the_same_document_gives_the_same_chunks(document: Document) -> None:
    assert chunk_document(document) == chunk_document(document)


@needs_markdown
@pytest.mark.parametrize("path", sorted(MARKDOWN.rglob("*.md*")), ids=lambda path: path.name)
def test_chunks_of_real_markdown_hold_all_of_it(path) -> None:
    document = load(path)
    chunks = chunk_document(document)
    check_chunks(document, chunks)
    assert max(len(chunk.text) for chunk in chunks) <= MAX_CHARS


def test_a_limit_must_be_positive() -> None:
    with pytest.raises(ValueError, match="positive"):
        chunk_document(build(paragraph("Bread.")), 0)


def test_sections_are_not_merged_and_empty_ones_go_with_what_is_below() -> None:
    document = build(
        Piece(Kind.HEADING, "Bread", 2),
        Piece(Kind.HEADING, "Rye", 3),
        paragraph("Dark."),
        Piece(Kind.HEADING, "Cake", 2),
        paragraph("Sweet."),
    )
    chunks = chunk_document(document)
    assert texts(chunks) == ["Bread\n\nRye\n\nDark.", "Cake\n\nSweet."]
    assert [chunk.heading_path for chunk in chunks] == [("Bread", "Rye"), ("Cake",)]


def test_a_list_cut_in_two_carries_its_lead_in_and_its_parent_item() -> None:
    document = build(
        paragraph("Bread is old. Two loaves:"),
        Piece(Kind.ITEM, "Rye", 0, "•"),
        Piece(Kind.ITEM, "dark and heavy", 1, "•"),
        Piece(Kind.ITEM, "keeps for a week", 1, "•"),
        Piece(Kind.ITEM, "Spelt", 0, "•"),
    )
    chunks = chunk_document(document, 50)
    assert texts(chunks)[1] == "keeps for a week\nSpelt"
    assert chunks[1].context == "Two loaves:\nRye"
    assert embed_text(chunks[1]) == "Baking\nTwo loaves:\nRye\nkeeps for a week\nSpelt"


def test_a_table_cut_in_two_carries_its_caption_and_header() -> None:
    header = ("Loaf", "Hours")
    rows = [Piece(Kind.ROW, f"Loaf {i} | {i}", header=header) for i in range(9)]
    document = build(paragraph("Hours."), Piece(Kind.ROW, "Loaf | Hours"), *rows)
    first, *others = chunk_document(document, 60)
    assert first.context == ""
    assert others
    assert all(chunk.context == "Hours.\nLoaf | Hours" for chunk in others)


def test_a_list_begins_a_chunk_of_its_own_rather_than_being_cut() -> None:
    items = [Piece(Kind.ITEM, f"loaf number {i}", 0, "•") for i in range(4)]
    document = build(paragraph("Bread is old and good to eat."), paragraph("Loaves:"), *items)
    assert texts(chunk_document(document, 80)) == [
        "Bread is old and good to eat.",
        "Loaves:\n\nloaf number 0\nloaf number 1\nloaf number 2\nloaf number 3",
    ]


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    document = build(
        Piece(Kind.HEADING, "Bread", 2), paragraph("It is old. It is good. It is dark.")
    )
    assert texts(chunk_document(document, 25)) == ["Bread\n\nIt is old.", "It is good. It is dark."]


def test_a_question_stays_with_its_answer_sub_headings_and_all() -> None:
    document = build(
        Piece(Kind.HEADING, "FAQ", 2),
        Piece(Kind.HEADING, "Is rye dark?", 3),
        paragraph("Yes."),
        Piece(Kind.HEADING, "In the north", 4),
        paragraph("Darker."),
        Piece(Kind.HEADING, "Is it good?", 3),
        paragraph("Yes."),
    )
    assert texts(chunk_document(document)) == [
        "FAQ\n\nIs rye dark?\n\nYes.\n\nIn the north\n\nDarker.",
        "Is it good?\n\nYes.",
    ]


def test_alike_chunks_have_ids_of_their_own() -> None:
    document = build(
        Piece(Kind.HEADING, "Bread", 2),
        paragraph("Good."),
        Piece(Kind.HEADING, "Bread", 2),
        paragraph("Good."),
    )
    one, other = chunk_document(document)
    assert one.text == other.text
    assert one.id != other.id


def test_a_change_elsewhere_leaves_a_chunk_its_id() -> None:
    def ids(ending: str) -> list[str]:
        document = build(
            Piece(Kind.HEADING, "Bread", 2),
            paragraph("Old."),
            Piece(Kind.HEADING, "Cake", 2),
            paragraph(ending),
        )
        return [chunk.id for chunk in chunk_document(document)]

    before, after = ids("Sweet."), ids("Very sweet.")
    assert before[0] == after[0]
    assert before[1] != after[1]


def test_headings_in_the_text_are_not_embedded_twice() -> None:
    document = build(
        Piece(Kind.HEADING, "Bread", 2),
        Piece(Kind.HEADING, "Rye", 3),
        paragraph("Dark and heavy. " * 3),
    )
    first, second = chunk_document(document, 40)
    assert embed_text(first).count("Rye") == 1
    assert embed_text(second).startswith("Baking\nBread\nRye\n")


@needs_articles
def test_each_faq_pair_of_a_source_article_is_in_one_chunk() -> None:
    document = article("001")
    chunks = chunk_document(document)
    for pair in faq_pairs(document):
        holding = [chunk for chunk in chunks if chunk.start < pair.end and pair.start < chunk.end]
        assert len(holding) == 1
        assert holding[0].start <= pair.question_start


@needs_articles
def test_no_chunk_of_the_source_table_parts_a_cell_from_its_names() -> None:
    document = article("003")
    for chunk in chunk_document(document):
        for block in document.blocks:
            if block.header and chunk.start <= block.start < chunk.end:
                assert block.end <= chunk.end
                assert all(name in chunk.text + chunk.context for name in block.header)
