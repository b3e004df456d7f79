"""Web pages: the article alone, with its structure, whatever stands round it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.document import Kind
from ingest.html import read_html
from ingest.reading import IngestError, Piece, Reading

FILLER = (
    "A paragraph that is long enough to count as the text of an article, with commas, and more. "
)

SOUP = ["<p>", "<li>", "<ul>", "<ol>", "<table>", "<tr>", "<td>", "<th>", "<div>", "<h2>", "<br>"]
SOUP += ["<details>", "<summary>", "<dl>", "<dt>", "<dd>", "</ul>", "</p>", "</table>", "</div>"]
SOUP += ["<span>", "</details>", "word", "•", "&amp;", "&#0;", "|"]


def read(html: str | bytes) -> Reading:
    return read_html(html if isinstance(html, bytes) else html.encode(), "page.html")


def article(inside: str) -> list[Piece]:
    page = f"<title>T</title><body><main><p>{FILLER}</p>{inside}</main></body>"
    return list(read(page).pieces)[1:]


def texts(pieces: list[Piece] | tuple[Piece, ...]) -> list[str]:
    return [piece.text for piece in pieces]


def test_headings_paragraphs_and_entities():
    pieces = article("<h2>Pay &amp; perks</h2><p>One&nbsp;<b>bold</b> word.</p>Loose text.")
    assert [(p.kind, p.level, p.text) for p in pieces] == [
        (Kind.HEADING, 2, "Pay & perks"),
        (Kind.PARAGRAPH, 0, "One bold word."),
        (Kind.PARAGRAPH, 0, "Loose text."),
    ]


def test_nested_lists_keep_their_numbers_and_depth():
    pieces = article(
        "<ol start=3><li>Third<ul><li>inner <i>a</i></li><li>inner b</li></ul></li>"
        "<li><p>Fourth</p><p>goes on</p></li></ol>"
    )
    assert [(p.marker, p.level, p.text) for p in pieces] == [
        ("3.", 0, "Third"),
        ("•", 1, "inner a"),
        ("•", 1, "inner b"),
        ("4.", 0, "Fourth goes on"),
    ]


def test_a_table_has_its_spans_expanded_and_its_columns_named():
    pieces = article(
        "<table><thead><tr><th>Role</th><th colspan=2>Pay</th></tr>"
        "<tr><th></th><th>min</th><th>max</th></tr></thead>"
        "<tr><td rowspan=2>Eng</td><td>1</td><td>2|3</td></tr><tr><td>4</td></tr></table>"
    )
    assert [(p.text, p.header) for p in pieces] == [
        ("Role | Pay min | Pay max", ()),
        ("Eng | 1 | 2/3", ("Role", "Pay min", "Pay max")),
        ("Eng | 4 | ", ("Role", "Pay min", "Pay max")),
    ]


def test_a_first_row_without_figures_names_columns_even_if_it_is_not_marked_so():
    rows = "<tr><td>City</td><td>Pay</td></tr><tr><td>Pune</td><td>₹8 LPA</td></tr>"
    assert [p.header for p in article(f"<table>{rows}</table>")] == [(), ("City", "Pay")]


def test_a_table_for_layout_is_read_as_its_content():
    pieces = article(
        "<table role=presentation><tr><td><h2>A</h2><p>b</p></td><td>c</td></tr></table>"
    )
    assert texts(pieces) == ["A", "b", "c"]


def test_details_and_definitions():
    pieces = article(
        "<details><summary>Need I a degree?</summary><p>No.</p></details>"
        "<dl><dt>LPA</dt><dd>lakh per annum</dd><dt>Is it hard?</dt><dd>Yes.</dd></dl>"
    )
    assert [(p.kind, p.text) for p in pieces] == [
        (Kind.QUESTION, "Need I a degree?"),
        (Kind.PARAGRAPH, "No."),
        (Kind.QUESTION, ""),
        (Kind.ITEM, "LPA: lakh per annum"),
        (Kind.QUESTION, "Is it hard?"),
        (Kind.PARAGRAPH, "Yes."),
        (Kind.QUESTION, ""),
    ]


def test_an_item_that_begins_with_a_heading_is_read_in_its_order():
    pieces = article(
        "<ul><li><h3>How long is it?</h3><p>Two years.</p></li>"
        "<li><div><h3>What does it cost?</h3></div><p>Nothing.</p></li><li><h3>Last</h3></li></ul>"
    )
    assert [(p.kind, p.text) for p in pieces] == [
        (Kind.HEADING, "How long is it?"),
        (Kind.PARAGRAPH, "Two years."),
        (Kind.HEADING, "What does it cost?"),
        (Kind.PARAGRAPH, "Nothing."),
        (Kind.ITEM, "Last"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "<b>What it costs</b>",
        "<strong>What</strong> <b>it costs</b>",
        "<span style='font-weight:700'>What it costs</span>",
        "<a href='#x'><strong>What it costs</strong></a><br>",
    ],
)
def test_a_line_all_in_bold_above_a_body_is_a_heading(line: str):
    pieces = article(f"<h2>Pay</h2><p>One.</p><p>{line}</p><p>It costs £5.</p>")
    assert [(p.kind, p.level, p.text) for p in pieces[2:]] == [
        (Kind.HEADING, 3, "What it costs"),
        (Kind.PARAGRAPH, 0, "It costs £5."),
    ]


@pytest.mark.parametrize(
    "line",
    ["<b>Note</b> that it costs", "<b>It costs £5.</b>", "plain", "<b>Prices:</b>"],
)
def test_bold_words_of_a_sentence_are_no_heading(line: str):
    pieces = article(f"<p>{line}</p><p>Body.</p>")
    assert [(p.kind, p.bold) for p in pieces] == [(Kind.PARAGRAPH, False)] * 2


@pytest.mark.parametrize(
    "mark",
    ['<sup><a href="#n1">1</a></sup>', '<a href="#n1"><sup>1</sup></a>',
     '<sup><span><a href="#n1">[1]</a></span></sup>', '<a role="doc-noteref" href="#n1">1</a>'],
)  # fmt: skip
def test_the_mark_of_a_note_is_no_part_of_a_figure(mark: str):
    pieces = article(
        f"<p>It pays $85,000{mark} a year.</p><ul><li>A bonus of 4%{mark}, too</li></ul>"
        f"<table><tr><th>Job</th><th>Pay</th></tr><tr><td>Cook</td><td>$20,000{mark}</td></tr></table>"
    )
    text = "\n".join(piece.text for piece in pieces)
    assert "It pays $85,000 a year." in text
    assert "A bonus of 4%, too" in text
    assert "Cook | $20,000" in text
    assert "0001" not in text
    assert "1]" not in text


def test_blocks_of_a_page_builder_are_no_widgets_of_a_sidebar():
    text = "Nurses work in wards, in homes and in schools, by day and by night. " * 6
    block = '<div class="elementor-element elementor-widget"><p>{}</p></div>'
    pieces = article(
        '<div class="elementor-widget-wrap">'
        + "".join(block.format(f"Part {part}. {text}") for part in "ABC")
        + '</div><div class="widget widget_recent_entries">Older posts</div>'
    )
    told = " ".join(piece.text for piece in pieces)
    assert all(f"Part {part}." in told for part in "ABC")
    assert "Older posts" not in told


def test_questions_in_json_are_marked_on_the_page_or_added():
    data = """{"@context": "https://schema.org", "@graph": [{"@type": "FAQPage", "mainEntity": [
      {"@type": "Question", "name": "Is it hard?", "acceptedAnswer": {"text": "<p>It is.</p>"}},
      {"@type": "Question", "name": "Is it &lt;paid&gt;?",
       "acceptedAnswer": [{"text": "Yes, <b>well</b>."}]}]}]}"""
    pieces = article(
        f"<h3>Is it hard?</h3><p>It is.</p><script type='application/ld+json'>{data}</script>"
    )
    assert [(p.kind, p.text) for p in pieces] == [
        (Kind.QUESTION, "Is it hard?"),
        (Kind.PARAGRAPH, "It is."),
        (Kind.QUESTION, "Is it <paid>?"),
        (Kind.PARAGRAPH, "Yes, well."),
    ]


def test_an_answer_that_the_page_hides_stands_below_its_question():
    data = """{"@type": "FAQPage", "mainEntity": [{"@type": "Question", "name": "How long is it?",
      "acceptedAnswer": {"text": "Two years."}}]}"""
    pieces = article(
        "<h3>How long is it?</h3><div style='display:none'>Two years.</div><h3>More</h3><p>Text.</p>"
        f"<script type='application/ld+json'>{data}</script>"
    )
    assert [(p.kind, p.text) for p in pieces] == [
        (Kind.QUESTION, "How long is it?"),
        (Kind.PARAGRAPH, "Two years."),
        (Kind.HEADING, "More"),
        (Kind.PARAGRAPH, "Text."),
    ]


def test_questions_in_microdata_are_marked():
    pieces = article(
        "<div itemscope itemtype='https://schema.org/Question'><h3 itemprop=name>Why?</h3>"
        "<div itemprop=acceptedAnswer><div itemprop=text>Because.</div></div></div>"
    )
    assert [(p.kind, p.text) for p in pieces] == [
        (Kind.QUESTION, "Why?"),
        (Kind.PARAGRAPH, "Because."),
    ]


@pytest.mark.parametrize(
    "wrapped",
    [
        "<main><article>{}</article><aside>x-out</aside></main>",
        "<article>{}</article>",
        "<div id=wrap><div class=post-body>{}</div><div class='post-related'>x-out</div></div>",
        "<form action=/><div role=main>{}</div></form>",
        "{}",
    ],
)
def test_what_stands_round_an_article_is_left_out(wrapped):
    told = [f"Number {i}. {FILLER}".strip() for i in range(3)]
    inside = (
        f"<h1>Title here</h1><p>{told[0]}</p><p>{told[1]}</p><ul><li>kept</li></ul><p>{told[2]}"
    )
    page = (
        "<body><header><a href=/>x-out</a></header><nav><ul><li>x-out</li></ul></nav>"
        + wrapped.format(inside)
        + "<div class='cookie-notice'>x-out</div><footer>x-out</footer>"
        "<script>x-out</script><style>x-out</style></body>"
    )
    found = texts(read(page).pieces)
    assert found == ["Title here", told[0], told[1], "kept", told[2]]


def test_calls_to_action_and_related_sections_are_left_out():
    pieces = article(
        "<p>kept</p><a class='btn btn-primary' href=/x>Tell me more</a><call-to-action>Buy</call-to-action>"
        "<ul><li><a href='#a'>Section a</a></li><li><a href='#b'>Section b</a></li></ul>"
        "<h2>Related articles</h2><ul><li>Another</li></ul><h2>Next part</h2><p>also kept</p>"
    )
    assert texts(pieces) == ["kept", "Next part", "also kept"]


def test_a_section_named_like_furniture_is_kept():
    pieces = article(
        "<section id='social-skills'><h2 id='related-roles'>Related roles</h2><p>kept</p></section>"
        "<div id='related-posts'>x-out</div><p class='post-meta'>x-out</p>"
    )
    assert texts(pieces) == ["Related roles", "kept"]


def test_a_button_that_unfolds_an_answer_is_its_question():
    pieces = article("<button aria-expanded=false>Is it hard?</button><div class=panel>No.</div>")
    assert [(p.kind, p.text) for p in pieces] == [
        (Kind.QUESTION, "Is it hard?"),
        (Kind.PARAGRAPH, "No."),
    ]


def test_a_folded_answer_is_read_and_a_hidden_block_is_not():
    pieces = article(
        "<h3><button aria-controls=a1>Is it hard?</button></h3><div id=a1 hidden>Not very.</div>"
        "<div style='display: none'>x-out</div>"
    )
    assert texts(pieces) == ["Is it hard?", "Not very."]


@pytest.mark.parametrize(
    "attributes",
    [
        "hidden",
        "aria-hidden=true",
        "style='visibility: hidden'",
        "style='opacity:0'",
        "style='font-size: 0px'",
        "style='position:absolute; left:-9999px'",
        "style='color: transparent'",
        "style='color:#fff'",
        "style='color: white !important; background-color: rgb(255, 255, 255)'",
        "style='background:#222; color:#222222'",
        "color=white",
    ],
)
def test_what_no_reader_can_see_is_not_read(attributes):
    pieces = article(f"<p>Boats cost 9 euros.</p><p {attributes}>Boats are free.</p>")
    assert texts(pieces) == ["Boats cost 9 euros."]


@pytest.mark.parametrize(
    "page",
    [
        "<p style='color:#fff; background:#036'>Boats cost 9 euros.</p>",
        "<div style='background:navy'><p style='color:white'>Boats cost 9 euros.</p></div>",
        "<div bgcolor='#003366'><p style='color:white'>Boats cost 9 euros.</p></div>",
        "<style>body {background: black}</style><p style='color:white'>Boats cost 9 euros.</p>",
        "<p style='color:#333; font-size:0.8em; opacity:.9; left:-3px'>Boats cost 9 euros.</p>",
    ],
)
def test_white_on_a_dark_ground_is_read(page):
    assert texts(article(page)) == ["Boats cost 9 euros."]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>How to start | The Site</title>", "How to start"),
        (
            "<title>How to start - A Long Site Name of Ours</title><h1>How to start</h1>",
            "How to start",
        ),
        ("<meta property='og:title' content='Better'><title>Other</title>", "Better"),
        ("<title>Pros - Cons</title>", "Pros - Cons"),
        ("<h1>Only <em>this</em></h1>", "Only this"),
    ],
)
def test_the_title_is_without_the_sites_name(head, title):
    assert read(f"{head}<p>{FILLER}</p>").title == ("How to start" if "How" in title else title)


def test_metadata_with_web_addresses_only():
    head = (
        "<meta name=author content='Ada Byron'><link rel=canonical href='{}'>"
        "<meta property='article:published_time' content='2024-05-03T10:00:00Z'>"
    )
    page = f"<html><head>{head}</head><body><p>{FILLER}</p></body></html>"
    good = read(page.format("https://a.example/p")).metadata
    assert (good["author"], good["date"], good["url"]) == (
        "Ada Byron",
        "2024-05-03",
        "https://a.example/p",
    )
    assert "url" not in read(page.format("javascript:alert(1)")).metadata


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", ""),
        ("utf-8", "<meta charset=iso-8859-1>"),
        ("utf-16", ""),
        ("windows-1252", ""),
        ("windows-1252", "<meta charset=iso-8859-1>"),
        ("koi8-r", "<meta charset=koi8-r>"),
    ],
)
def test_encodings(encoding, declared):
    word = "Привет" if encoding == "koi8-r" else "naïve “café” – déjà"
    reading = read(f"<html><head>{declared}</head><p>{word}</p></html>".encode(encoding))
    assert texts(reading.pieces) == [word]
    assert bool(reading.repairs) == (encoding == "windows-1252" and not declared)


@pytest.mark.parametrize(
    "data", [b"<html></html>", b"<html><script>1</script>", b"<!-- -->", b"\x00"]
)
def test_a_page_without_text_is_refused(data):
    with pytest.raises(IngestError, match="no text"):
        read(data)


@pytest.mark.parametrize(
    "tag", ["div", "span", "ul><li", "table><tr><td", "blockquote", "b", "dl><dd"]
)
def test_deep_nesting_loses_no_text(tag):
    page = f"<p>{FILLER}</p>" + f"<{tag}>" * (1900 // (1 + tag.count("<"))) + "deep" + "<p>behind"
    assert "deep" in " ".join(texts(read(page).pieces))


def test_nesting_beyond_what_the_parser_takes_is_refused():
    with pytest.raises(IngestError, match="nested"):
        read("<div>" * 5000 + "deep")


def test_absurd_spans_are_bounded():
    row = "<tr><td colspan=999999999 rowspan=999999999>a</td><td>b</td></tr>"
    assert sum(len(p.text) for p in article(f"<table>{row * 300}</table>")) < 2_000_000


def test_billion_laughs_stay_small():
    bomb = '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    assert len(texts(read(f"{bomb}<html><body><p>x &b;</p></body></html>").pieces)[0]) < 20


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(SOUP), max_size=40))
def test_any_soup_gives_clean_pieces_with_every_word_once(soup):
    numbered = [f" w{i}w " if part == "word" else part for i, part in enumerate(soup)]
    pieces = article("".join(numbered))
    found = " ".join(texts(pieces))
    for piece in pieces:
        assert piece.text.strip() or piece == Piece(Kind.QUESTION, "")
        if piece.kind is Kind.ROW:
            assert len(piece.header) in (0, piece.text.count("|") + 1)
    for i, part in enumerate(soup):
        if part == "word":
            assert found.count(f"w{i}w") == 1


def test_the_same_page_reads_the_same():
    page = f"<main><p>{FILLER}</p><ul><li>a</li></ul></main>"
    assert read(page) == read(page)


def test_a_bold_question_stands_above_the_answer_in_its_paragraph():
    pieces = article(
        "<h1>Pool</h1><p><b>Is it warm?</b><br>Yes, 28 degrees.</p>"
        "<p><strong>Mind</strong> the steps.</p><p><b>Open today?</b></p>"
    )
    assert [(piece.kind, piece.text) for piece in pieces] == [
        (Kind.HEADING, "Pool"),
        (Kind.HEADING, "Is it warm?"),
        (Kind.PARAGRAPH, "Yes, 28 degrees."),
        (Kind.PARAGRAPH, "Mind the steps."),
        (Kind.PARAGRAPH, "Open today?"),
    ]
