"""Word documents: headings, lists, tables, properties, and files that are none."""

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from ingest.document import Kind
from ingest.docx import read_docx
from ingest.reading import IngestError, Reading


def saved(document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def read(document) -> Reading:
    return read_docx(saved(document), "a.docx")


def test_headings_paragraphs_title_and_properties():
    document = docx.Document()
    document.core_properties.title = "From the properties"
    document.core_properties.author = "Ada Byron"
    document.add_heading("The title", 0)
    document.add_heading("Part", 2)
    document.add_paragraph("Some  text\twith gaps.")
    reading = read(document)
    assert reading.title == "The title"
    assert reading.metadata["author"] == "Ada Byron"
    assert [(p.kind, p.level, p.text) for p in reading.pieces] == [
        (Kind.HEADING, 1, "The title"),
        (Kind.HEADING, 2, "Part"),
        (Kind.PARAGRAPH, 0, "Some text with gaps."),
    ]


def test_the_title_of_the_properties_serves_where_the_text_has_none():
    document = docx.Document()
    document.core_properties.title = "From the properties"
    document.add_paragraph("Text.")
    assert read(document).title == "From the properties"


def test_lists_by_style_and_by_numbering():
    document = docx.Document()
    document.add_paragraph("one", style="List Number")
    document.add_paragraph("two", style="List Number")
    document.add_paragraph("bullet", style="List Bullet")
    document.add_paragraph("deeper", style="List Bullet 2")
    numbered = document.add_paragraph("by its own numbering")
    properties = numbered._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 1
    properties.get_or_add_numId().val = 99
    items = [p for p in read(document).pieces if p.kind is Kind.ITEM]
    assert [(p.marker, p.text) for p in items] == [
        ("1.", "one"),
        ("2.", "two"),
        ("•", "bullet"),
        ("•", "deeper"),
        ("1.", "by its own numbering"),
    ]
    assert items[-1].level == 1


def test_a_table_has_merged_cells_repeated_and_its_columns_named():
    document = docx.Document()
    table = document.add_table(3, 3)
    for row, texts in zip(table.rows, ["Role Low High", "Eng 1 2|3", "Eng 4 4"], strict=True):
        for cell, text in zip(row.cells, texts.split(), strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0)).text = "Eng"
    table.cell(2, 1).merge(table.cell(2, 2)).text = "4"
    header = ("Role", "Low", "High")
    assert [(p.text, p.header) for p in read(document).pieces] == [
        ("Role | Low | High", ()),
        ("Eng | 1 | 2/3", header),
        ("Eng | 4 | 4", header),
    ]


def test_a_fact_box_has_no_names_of_columns():
    document = docx.Document()
    table = document.add_table(2, 2)
    for row, texts in zip(table.rows, ["Salary $50,000", "Length 3"], strict=True):
        for cell, text in zip(row.cells, texts.split(), strict=True):
            cell.text = text
    assert [(p.text, p.header) for p in read(document).pieces] == [
        ("Salary | $50,000", ()),
        ("Length | 3", ()),
    ]


def test_typed_bullets_are_items():
    document = docx.Document()
    for text in ("You need:", "• a helmet", "- gloves", "e-mail us"):
        document.add_paragraph(text)
    assert [(p.kind, p.text) for p in read(document).pieces] == [
        (Kind.PARAGRAPH, "You need:"),
        (Kind.ITEM, "a helmet"),
        (Kind.ITEM, "gloves"),
        (Kind.PARAGRAPH, "e-mail us"),
    ]


def test_a_frame_round_text_is_no_table():
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = "Just framed."
    assert [(p.kind, p.text) for p in read(document).pieces] == [(Kind.PARAGRAPH, "Just framed.")]


def test_links_are_read_and_deleted_text_fields_and_notes_are_not():
    document = docx.Document()
    paragraph = document.add_paragraph("See ")
    for xml in (
        "<w:hyperlink {}><w:r><w:t>the guide</w:t></w:r></w:hyperlink>",
        "<w:del {}><w:r><w:delText>gone</w:delText><w:t>x-out</w:t></w:r></w:del>",
        "<w:r {}><w:instrText>PAGE x-out</w:instrText></w:r>",
        "<w:r {}><w:footnoteReference w:id='1'/></w:r>",
        "<w:ins {}><w:r><w:t xml:space='preserve'> now</w:t></w:r></w:ins>",
    ):
        paragraph._p.append(parse_xml(xml.format(nsdecls("w"))))
    assert [p.text for p in read(document).pieces] == ["See the guide now"]


def test_what_no_reader_can_see_is_not_read():
    document = docx.Document()
    paragraph = document.add_paragraph("A boat costs 9 euros. ")
    for marks in ("<w:vanish/>", "<w:color w:val='ffffff'/>"):
        run = f"<w:r {{}}><w:rPr>{marks}</w:rPr><w:t>It is free.</w:t></w:r>"
        paragraph._p.append(parse_xml(run.format(nsdecls("w"))))
    shaded = "<w:color w:val='FFFFFF'/><w:shd w:val='clear' w:fill='003366'/>"
    for marks in ("<w:vanish w:val='0'/>", "<w:color w:val='FF0000'/>", shaded):
        run = f"<w:r {{}}><w:rPr>{marks}</w:rPr><w:t>Row!</w:t></w:r>"
        document.add_paragraph()._p.append(parse_xml(run.format(nsdecls("w"))))
    cell = document.add_table(2, 2).cell(0, 0).paragraphs[0]
    run = "<w:r {}><w:rPr><w:color w:val='FFFFFF'/></w:rPr><w:t>Boat</w:t></w:r>"
    cell._p.append(parse_xml(run.format(nsdecls("w"))))
    assert [p.text for p in read(document).pieces][:4] == ["A boat costs 9 euros."] + ["Row!"] * 3
    assert "Boat" in read(document).pieces[4].text


def test_a_table_of_contents_is_left_out():
    document = docx.Document()
    document.styles.add_style("toc 1", 1)
    document.add_paragraph("Chapter ..... 3", style="toc 1")
    document.add_paragraph("Text.")
    assert [p.text for p in read(document).pieces] == ["Text."]


def with_part(name: str, content: bytes) -> bytes:
    """A good document with one of its parts replaced."""
    document = docx.Document()
    document.add_paragraph("Text.")
    source = zipfile.ZipFile(io.BytesIO(saved(document)))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            target.writestr(part, content if part == name else source.read(part))
    return buffer.getvalue()


def test_damaged_files_are_refused_in_one_line():
    good = saved(docx.Document())
    body = b"<w:document xmlns:w='" + qn("w:p").partition("}")[0][1:].encode() + b"'>"
    for data in (
        b"PK\x03\x04 and nothing more",
        good[: len(good) // 2],
        good.replace(b"word/document.xml", b"word/documint.xml"),
        with_part("word/document.xml", b"not xml"),
        with_part("word/document.xml", body),
        with_part("word/document.xml", body + b"<w:body>" + b"<w:sdt>" * 3000),
        with_part("[Content_Types].xml", b"<Types/>"),
        saved(docx.Document()),
    ):
        with pytest.raises(IngestError) as caught:
            read_docx(data, "a.docx")
        assert "\n" not in caught.value.reason


def test_a_bomb_is_refused_before_it_is_unpacked():
    with pytest.raises(IngestError, match="too large"):
        read_docx(with_part("word/document.xml", bytes(201 << 20)), "a.docx")


def test_entities_are_not_expanded():
    entities = "".join(f"<!ENTITY e{i} '{f'&e{i - 1};' * 10}'>" for i in range(1, 10))
    namespace = qn("w:p").partition("}")[0][1:]
    xml = (
        f"<!DOCTYPE x [<!ENTITY e0 'ha'>{entities}]><w:document xmlns:w='{namespace}'><w:body>"
        "<w:p><w:r><w:t>Text &e{};</w:t></w:r></w:p></w:body></w:document>"
    )
    reading = read_docx(with_part("word/document.xml", xml.replace("e{}", "e0").encode()), "a.docx")
    assert [p.text for p in reading.pieces] == ["Text"]
    with pytest.raises(IngestError, match="damaged"):
        read_docx(with_part("word/document.xml", xml.replace("e{}", "e9").encode()), "a.docx")


def test_a_line_all_in_bold_above_a_body_is_a_heading():
    document = docx.Document()
    document.add_heading("The title", 0)
    document.add_paragraph().add_run("What it costs").bold = True
    document.add_paragraph("It costs £5.")
    mixed = document.add_paragraph()
    mixed.add_run("Note").bold = True
    mixed.add_run(" that this is one sentence among others")
    document.add_paragraph().add_run("The last line, with nothing below it").bold = True
    assert [(p.kind, p.level, p.bold) for p in read(document).pieces] == [
        (Kind.HEADING, 1, False),
        (Kind.HEADING, 2, False),
        (Kind.PARAGRAPH, 0, False),
        (Kind.PARAGRAPH, 0, False),
        (Kind.PARAGRAPH, 0, False),
    ]


def test_bold_may_come_from_the_style_and_be_taken_back_by_a_run():
    document = docx.Document()
    document.styles.add_style("Loud", 1).font.bold = True
    document.add_paragraph("A heading by its look", style="Loud")
    document.add_paragraph("Body.")
    document.add_paragraph(style="Loud").add_run("No heading").bold = False
    document.add_paragraph("Body.")
    kinds = [piece.kind for piece in read(document).pieces]
    assert kinds == [Kind.HEADING, Kind.PARAGRAPH, Kind.PARAGRAPH, Kind.PARAGRAPH]
