"""PDF files: structure from the place, size and weight of words; and files that can't be read."""

import io
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas
from reportlab.platypus import (
    BalancedColumns,
    ListFlowable,
    ListItem,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Table,
    TableStyle,
)

from ingest.document import Document, Kind
from ingest.formats import read_document
from ingest.isolation import ReaderProcess
from ingest.pdf import read_pdf
from ingest.reading import IngestError, Piece, Reading

PDFS = Path(__file__).parents[2] / "shared/datasets/pdfs/pypdf"
DEJAVU = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
STYLES = getSampleStyleSheet()
SMALL = ParagraphStyle("small", parent=STYLES["Normal"], fontSize=8, leading=10)
HEADER = ("Location", "Entry Level", "Senior Level (8+ years)")
LONG = (
    "The first thing that anybody who hires will look at is the work that you have done, so show "
    "it well and early, and say in a sentence or two what was hard about each part of it."
)


def made(story, title="", **options) -> bytes:
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer, pagesize=A4, title=title, invariant=1).build(story, **options)
    return buffer.getvalue()


def drawn(*texts: tuple[float, float, str], size: float = 11, pages: int = 1) -> bytes:
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, pagesize=A4, invariant=1, pageCompression=0)
    for _ in range(pages):
        page.setFont("Helvetica", size)
        for x, y, text in texts:
            page.drawString(x, y, text)
        page.showPage()
    page.save()
    return buffer.getvalue()


def read(data: bytes) -> Reading:
    return read_pdf(data, "a.pdf")


def seen(pieces: tuple[Piece, ...] | list[Piece]) -> list[tuple[Kind, str]]:
    return [(piece.kind, piece.text) for piece in pieces]


def text(words: str, style: str = "Normal") -> Paragraph:
    return Paragraph(words, STYLES[style])


def test_headings_by_size_and_paragraphs_put_together_again():
    story = [text("A Career", "Title"), text("First steps", "Heading1"), text(LONG), text(LONG)]
    story += [text("Details", "Heading2"), text(LONG)]
    pieces = read(made(story)).pieces
    assert seen(pieces) == [
        (Kind.HEADING, "A Career"),
        (Kind.HEADING, "First steps"),
        (Kind.PARAGRAPH, LONG),
        (Kind.PARAGRAPH, LONG),
        (Kind.HEADING, "Details"),
        (Kind.PARAGRAPH, LONG),
    ]
    levels = [piece.level for piece in pieces if piece.kind is Kind.HEADING]
    assert levels == sorted(levels)
    assert levels[1] < levels[2]


def test_nested_bullets_and_numbers_with_wrapped_lines():
    inner = ListFlowable([text("inner one"), text(LONG)], bulletType="bullet", start="•")
    story = [
        text("What you need:"),
        ListFlowable(
            [text(LONG), ListItem([text("Second"), inner]), text("Third")], bulletFormat="%s."
        ),
        text(LONG),
    ]
    pieces = read(made(story)).pieces
    assert seen(pieces) == [
        (Kind.PARAGRAPH, "What you need:"),
        (Kind.ITEM, LONG),
        (Kind.ITEM, "Second"),
        (Kind.ITEM, "inner one"),
        (Kind.ITEM, LONG),
        (Kind.ITEM, "Third"),
        (Kind.PARAGRAPH, LONG),
    ]
    assert [piece.level for piece in pieces] == [0, 0, 0, 1, 1, 0, 0]


ROWS = [
    HEADER,
    (
        "United States",
        "$85,000 – $110,000 per year",
        "$150,000 – $200,000+ (with bonuses and stock)",
    ),
    ("India", "₹5,00,000 – ₹12,00,000 per year", "₹25,00,000+"),
    ("United Kingdom and the Channel Islands", "£35,000", "£80,000 – £120,000+ per year"),
]


@pytest.mark.skipif(not DEJAVU.exists(), reason="needs the DejaVu fonts (fonts-dejavu-core)")
@pytest.mark.parametrize("valign", ["TOP", "MIDDLE", "BOTTOM"])
@pytest.mark.parametrize("rules", ["grid", "rows", "head", "zebra", "none"])
def test_a_table_with_wrapped_cells_keeps_each_cell_whole(rules, valign):
    if rules in ("head", "zebra", "none") and valign != "TOP":
        pytest.skip("without rules only lines from the top say which row a line is in")
    pdfmetrics.registerFont(TTFont("DejaVu", str(DEJAVU)))
    cell = ParagraphStyle("cell", fontName="DejaVu", fontSize=8, leading=10)
    drawn_rules = {
        "grid": [("GRID", (0, 0), (-1, -1), 0.5, colors.black)],
        "rows": [("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.black)],
        "head": [("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black)],
        "zebra": [("ROWBACKGROUNDS", (0, 0), (-1, -1), [colors.white, colors.lightgrey])],
        "none": [],
    }
    style = TableStyle([("VALIGN", (0, 0), (-1, -1), valign), *drawn_rules[rules]])
    cells = [[Paragraph(entry, cell) for entry in row] for row in ROWS]
    story = [text(LONG), Table(cells, colWidths=[90, 110, 120], style=style), text(LONG)]
    pieces = read(made(story)).pieces
    assert [(piece.text, piece.header) for piece in pieces if piece.kind is Kind.ROW] == [
        (" | ".join(ROWS[0]), ()),
        *((" | ".join(row), HEADER) for row in ROWS[1:]),
    ]
    assert seen(pieces)[0] == seen(pieces)[-1] == (Kind.PARAGRAPH, LONG)


@pytest.mark.parametrize("rule", ["GRID", "LINEBELOW"])
def test_two_tables_of_one_width_under_each_other_stay_two(rule):
    rows = [["City", "Pay"], ["Pune", "$5,000"], ["Leeds", "$6,000"], ["Lima", "$7,000"]]
    style = TableStyle([(rule, (0, 0), (-1, -1), 0.5, colors.black)])
    first, second = (Table(rows, colWidths=[90, 90], style=style, hAlign="LEFT") for _ in range(2))
    story = [text(LONG), text(LONG.upper()), first, text("The second one", "Heading2"), second]
    found = [(piece.kind, piece.header) for piece in read(made(story)).pieces[2:]]
    table = [(Kind.ROW, ()), *[(Kind.ROW, ("City", "Pay"))] * 3]
    assert found == [*table, (Kind.HEADING, ()), *table]


def test_a_diagram_is_no_table():
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, pagesize=A4, invariant=1)
    for i in range(6):
        page.rect(100, 300 + 40 * i, 200, 40)
        page.line(150 + 10 * i, 300, 150 + 10 * i, 540)
        page.drawString(120, 315 + 40 * i, "A label that lines run through")
    page.showPage()
    page.save()
    assert {piece.kind for piece in read(buffer.getvalue()).pieces} == {Kind.PARAGRAPH}


def test_bullets_that_are_drawn_make_items():
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, pagesize=A4, invariant=1)
    for i, words in enumerate(["What you need:", "patience", "a desk"]):
        page.drawString(72 if i == 0 else 90, 700 - 15 * i, words)
        if i:
            page.circle(80, 704 - 15 * i, 2, fill=1, stroke=0)
    page.circle(300, 300, 2, fill=1)
    page.showPage()
    page.save()
    assert seen(read(buffer.getvalue()).pieces) == [
        (Kind.PARAGRAPH, "What you need:"),
        (Kind.ITEM, "patience"),
        (Kind.ITEM, "a desk"),
    ]


def test_a_table_that_goes_on_overleaf_keeps_its_header():
    rows = [["City", "Pay", "Jobs"], *([f"Town {i}", f"${i},000", f"{i} open"] for i in range(60))]
    grid = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)])
    for repeated in (0, 1):
        pieces = read(made([Table(rows, style=grid, repeatRows=repeated)])).pieces
        assert len(pieces) == 61
        assert {piece.header for piece in pieces[1:]} == {("City", "Pay", "Jobs")}
        assert {piece.page for piece in pieces} == {1, 2}


def test_two_columns_are_read_one_after_the_other():
    parts = [f"Part {i}. {LONG}" for i in range(8)]
    story = [text("A title above both", "Title"), BalancedColumns([text(p) for p in parts])]
    pieces = read(made(story)).pieces
    assert [piece.text for piece in pieces[1:]] == parts


def test_running_heads_and_page_numbers_are_left_out():
    def furniture(page, _template):
        page.drawString(60, 810, "The Company Guide")
        page.drawString(280, 20, f"Page {page.getPageNumber()} of 3")

    one, two = "One. " + LONG, "Two. " + LONG.replace("s", "z")
    story = [text(one), PageBreak(), text(two), PageBreak(), text("Three.")]
    pieces = read(made(story, onFirstPage=furniture, onLaterPages=furniture)).pieces
    assert [piece.text for piece in pieces] == [one, two, "Three."]
    assert [piece.page for piece in pieces] == [1, 2, 3]


def test_a_paragraph_goes_on_over_the_page():
    pages = [
        *(
            (72, 700 - 14 * i, "A line that is as long as all of the others in this text")
            for i in range(3)
        ),
    ]
    first = drawn(*pages, (72, 658, "and that ends in the middle of a sentence which"))
    second = drawn((72, 700, "goes on overleaf."))
    writer = PdfWriter()
    for data in (first, second):
        writer.append(io.BytesIO(data))
    buffer = io.BytesIO()
    writer.write(buffer)
    pieces = read(buffer.getvalue()).pieces
    assert [piece.text.endswith("which goes on overleaf.") for piece in pieces] == [True]


def column(*lines: str) -> bytes:
    return drawn(*((72, 700 - 13 * i, line) for i, line in enumerate(lines)))


def test_hyphenation_is_mended_and_real_hyphens_stay():
    pieces = read(
        column(
            "Every engineer who cares about problem-solving and self-",
            "taught skills needs patience, and a soft-",
            "ware engi-",
            "neer who likes problem-",
            "solving, in 1990-",
            "2000 say, is self-taught; software and engineer are words.",
        )
    ).pieces
    assert pieces[0].text == (
        "Every engineer who cares about problem-solving and self-taught skills needs patience, and a "
        "software engineer who likes problem-solving, in 1990-2000 say, is self-taught; software and "
        "engineer are words."
    )


@pytest.mark.skipif(not DEJAVU.exists(), reason="needs the DejaVu fonts (fonts-dejavu-core)")
def test_ligatures_are_taken_apart_and_nothing_else_is_changed():
    pdfmetrics.registerFont(TTFont("DejaVu", str(DEJAVU)))
    style = ParagraphStyle("ligatures", fontName="DejaVu")
    pieces = read(made([Paragraph("\ufb01nd e\ufb00ort \ufb02oat ½ x² ™ ﾶ", style)])).pieces
    assert pieces[0].text.startswith("find effort float ½ x² ™")


def test_words_drawn_letter_by_letter_or_twice_are_words():
    width = pdfmetrics.stringWidth
    letters = [(72 + width("data"[:i], "Helvetica", 11), 700, "data"[i]) for i in range(4)]
    twice = [(72, 650, "Bold words"), (72.3, 650, "Bold words")]
    pieces = read(drawn(*letters, *twice)).pieces
    assert [piece.text for piece in pieces] == ["data", "Bold words"]


def test_a_turned_page_is_read_upright():
    writer = PdfWriter(clone_from=io.BytesIO(column("First line of text.", "Second line.")))
    writer.pages[0].rotate(90)
    buffer = io.BytesIO()
    writer.write(buffer)
    assert " ".join(p.text for p in read(buffer.getvalue()).pieces) == (
        "First line of text. Second line."
    )


@pytest.mark.parametrize(
    ("metadata", "title"),
    [
        ("A Good Title", "A Good Title"),
        ("Microsoft Word - draft_v3.docx", "Largest of all"),
        ("report-final.pdf", "Largest of all"),
        ("untitled", "Largest of all"),
        ("", "Largest of all"),
    ],
)
def test_the_title_is_the_files_own_if_it_makes_sense(metadata, title):
    story = [text("Largest of all", "Title"), text(LONG), text(LONG), text(LONG)]
    assert read(made(story, title=metadata)).title == title


def locked(password: str, owner: str) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(column("Secret text.")))
    writer.encrypt(password, owner, algorithm="AES-256")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_a_password_is_asked_for_and_an_empty_one_is_none():
    assert read(locked("", "owner")).pieces[0].text == "Secret text."
    with pytest.raises(IngestError, match="password-protected"):
        read(locked("secret", "owner"))


def test_pictures_without_text_are_refused():
    with pytest.raises(IngestError, match="scanned"):
        read(drawn())


def test_a_broken_index_is_rebuilt_and_noted():
    good = column("Text that is there.")
    broken = good.replace(b"startxref\n", b"startxref\n7")
    reading = read(broken)
    assert reading.pieces[0].text == "Text that is there."
    assert reading.repairs


def test_a_page_that_draws_itself_without_end_ends():
    writer = PdfWriter(clone_from=io.BytesIO(column("Text.")))
    form = StreamObject()
    form.set_data(b"/F Do " * 50)
    reference = writer._add_object(form)
    names = DictionaryObject({NameObject("/F"): reference})
    form.update({NameObject("/Type"): NameObject("/XObject")})
    form.update({NameObject("/Subtype"): NameObject("/Form")})
    form.update({NameObject("/Resources"): DictionaryObject({NameObject("/XObject"): names})})
    writer.pages[0]["/Resources"][NameObject("/XObject")] = names
    contents = writer.pages[0]["/Contents"].get_object()
    contents.set_data(contents.get_data() + b"\n/F Do")
    buffer = io.BytesIO()
    writer.write(buffer)
    assert read(buffer.getvalue()).pieces[0].text == "Text."


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2000), st.binary(min_size=1, max_size=30), st.integers(0, 3000))
def test_a_damaged_file_is_read_or_refused(at, noise, end):
    data = made([text(LONG), Table([list("abc")] * 3)])
    damaged = data[:at] + noise + data[at + len(noise) : max(len(data) - end, at + 40)]
    assert outcome(damaged)


def outcome(data: bytes) -> tuple[Piece, ...] | str:
    try:
        return read(data).pieces
    except IngestError as error:
        return error.reason.splitlines()[0] if "\n" not in error.reason else ""


def letters(written: str) -> Counter[str]:
    return Counter(sign for sign in written.casefold() if sign.isalnum())


@pytest.mark.skipif(not PDFS.exists(), reason="needs ../shared/datasets")
def test_every_awkward_file_gives_a_document_or_one_line():
    paths = sorted(PDFS.glob("*.pdf"))
    documents: dict[str, Document] = {}
    refused: dict[str, str] = {}
    with ReaderProcess(read_document) as reader:
        for path in paths:
            try:
                documents[path.name], _ = reader.run(path.read_bytes(), path.name)
            except IngestError as error:
                refused[path.name.removeprefix("resources__")] = error.reason
    assert not any("\n" in reason for reason in refused.values())
    for document in documents.values():
        assert all(document.text[block.start : block.end].strip() for block in document.blocks)
    assert "password-protected" in refused["encryption__r3-user-password.pdf"]
    assert "scanned" in refused["imagemagick-images.pdf"]
    assert len(documents) >= 50


@pytest.mark.skipif(not PDFS.exists(), reason="needs ../shared/datasets")
@pytest.mark.parametrize(
    "name", ["GeoBase_NHNC1_Data_Model_UML_EN", "pdflatex-outline", "crazyones"]
)
def test_no_text_is_lost(name):
    """An independent reading of the same pages has the same letters, running heads aside."""
    data = (PDFS / f"resources__{name}.pdf").read_bytes()
    ours = letters(" ".join(piece.text for piece in read(data).pieces))
    theirs = letters(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages))
    assert sum((theirs - ours).values()) < 0.06 * sum(theirs.values())
    assert sum((ours - theirs).values()) < 0.02 * sum(theirs.values())
