from hypothesis import given

from ingest.assembly import assemble
from ingest.document import Document, Kind
from ingest.faq import faq_pairs
from ingest.reading import Piece, Reading
from tests.documents import article, documents, needs_articles


def build(*pieces: Piece) -> Document:
    return assemble(Reading("Baking", pieces), "a.md", "0" * 64)


def heading(text: str, level: int) -> Piece:
    return Piece(Kind.HEADING, text, level)


def paragraph(text: str) -> Piece:
    return Piece(Kind.PARAGRAPH, text)


@given(documents)
def test_a_pair_is_a_question_and_what_follows_it(document: Document) -> None:
    for pair in faq_pairs(document):
        end = pair.question_start + len(pair.question)
        assert document.text[pair.question_start : end] == pair.question
        assert end < pair.start < pair.end
        assert document.text[pair.start : pair.end].strip()


def test_the_questions_of_an_faq_are_explicit_pairs() -> None:
    document = build(
        heading("How to bake", 2),
        paragraph("With heat."),
        heading("FAQ", 2),
        heading("Is rye dark?", 3),
        paragraph("Yes."),
        paragraph("Very."),
        heading("Is it good?", 3),
        heading("Next", 2),
        paragraph("Bake."),
    )
    (pair,) = faq_pairs(document)
    assert (pair.question, pair.explicit) == ("Is rye dark?", True)
    assert document.text[pair.start : pair.end] == "Yes.\n\nVery."


def test_without_an_faq_question_headings_are_pairs_with_their_section() -> None:
    document = build(
        heading("How to bake", 2),
        paragraph("With heat."),
        heading("In winter", 3),
        paragraph("With more heat."),
        heading("Tools", 2),
        paragraph("An oven."),
        heading("Is rye dark?", 2),
        paragraph("Yes."),
    )
    answers = {pair.question: document.text[pair.start : pair.end] for pair in faq_pairs(document)}
    assert answers == {
        "How to bake": "With heat.\n\nIn winter\n\nWith more heat.",
        "Is rye dark?": "Yes.",
    }
    assert not any(pair.explicit for pair in faq_pairs(document))


def test_the_title_is_no_question_of_the_document() -> None:
    document = assemble(
        Reading("", (heading("How to bake?", 1), paragraph("With heat."))), "a.md", "0" * 64
    )
    assert faq_pairs(document) == ()


@needs_articles
def test_a_source_article_has_six_explicit_pairs() -> None:
    pairs = faq_pairs(article("001"))
    assert [pair.explicit for pair in pairs] == [True] * 6
    document = article("001")
    assert document.text[pairs[-1].start : pairs[-1].end].endswith("in-person options.")
