"""How an article is drawn: its structure kept, its passages marked exactly."""

from fakes import make_corpus, make_document
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import CELL_SEPARATOR, Kind
from web.article import Article, Heading, ItemList, PageMark, Paragraph, Run, Table, draw_article


def all_runs(article: Article) -> list[Run]:
    """Every run of an article, in reading order."""
    runs: list[Run] = []

    def from_list(node: ItemList) -> None:
        for item in node.items:
            runs.extend(item.runs)
            for nested in item.lists:
                from_list(nested)

    for node in article.nodes:
        if isinstance(node, Heading | Paragraph):
            runs.extend(node.runs)
        elif isinstance(node, ItemList):
            from_list(node)
        elif isinstance(node, Table):
            for row in (*filter(None, [node.head]), *node.rows):
                for cell in row.cells:
                    runs.extend(cell)
    return runs


lines = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from([Kind.HEADING, Kind.QUESTION]), st.text("ab c", min_size=1), st.just(2)
        ),
        st.tuples(st.just(Kind.PARAGRAPH), st.text("ab <&", min_size=1), st.just(0)),
        st.tuples(
            st.just(Kind.ITEM),
            st.text("xyz", min_size=1),
            st.integers(0, 40),
            st.sampled_from(["•", "1.", "12)", ""]),
        ),
        st.tuples(
            st.just(Kind.ROW),
            st.lists(st.text("pq", min_size=1), min_size=2, max_size=3).map(CELL_SEPARATOR.join),
            st.just(0),
        ),
    ),
    max_size=12,
)


@given(lines, st.data())
def test_drawing_keeps_every_text_and_marks_what_was_asked(written, data) -> None:
    document = make_document("Title", written)
    offsets = st.integers(-5, len(document.text) + 5)
    passages = data.draw(st.lists(st.tuples(offsets, offsets), max_size=3))
    article = draw_article(document, passages)
    runs = all_runs(article)
    shown = "".join(run.text for run in runs)
    expected = "".join(document.text[b.start : b.end] for b in document.blocks)
    assert shown == expected.replace(CELL_SEPARATOR, "")
    marked = [run for run in runs if run.passages]
    # Where anything is marked, one run holds the anchor, and it belongs to the first valid passage.
    assert [run.anchor for run in marked].count(True) <= 1
    for index, (start, end) in enumerate(passages):
        if not 0 <= start < end <= len(document.text):
            assert not any(index in run.passages for run in runs)


@given(lines, st.data())
def test_prose_is_marked_to_the_character(written, data) -> None:
    prose = [line for line in written if line[0] is not Kind.ROW]
    document = make_document("Title", prose)
    start = data.draw(st.integers(0, len(document.text)))
    end = data.draw(st.integers(0, len(document.text)))
    marked = "".join(r.text for r in all_runs(draw_article(document, [(start, end)])) if r.passages)
    inside = "".join(
        document.text[max(b.start, start) : max(min(b.end, end), b.start, start)]
        for b in document.blocks
    )
    assert marked == inside


def test_nested_lists_stay_under_their_item() -> None:
    bees, _ = make_corpus()
    [items] = [node for node in draw_article(bees).nodes if isinstance(node, ItemList)]
    assert [item.runs[0].text.split()[0] for item in items.items] == ["A", "Protection", "A"]
    [nested] = items.items[1].lists
    assert len(nested.items) == 2


def test_numbered_items_keep_their_numbers() -> None:
    document = make_document(
        "T", [(Kind.ITEM, "c", 0, "3."), (Kind.ITEM, "d", 0, "4."), (Kind.ITEM, "e", 0, "•")]
    )
    numbered, bulleted = draw_article(document).nodes
    assert isinstance(numbered, ItemList)
    assert [item.value for item in numbered.items] == [3, 4]
    assert isinstance(bulleted, ItemList)
    assert not bulleted.ordered


def test_a_touched_row_is_marked_whole() -> None:
    bees, _ = make_corpus()
    start = bees.text.index("20 | 45")
    [table] = [n for n in draw_article(bees, [(start, start + 2)]).nodes if isinstance(n, Table)]
    assert table.head is not None
    assert next(run.text for cell in table.head.cells for run in cell) == "Year"
    assert [row.passages for row in table.rows] == [(), (0,), ()]
    assert all(run.passages for cell in table.rows[1].cells for run in cell)


def test_two_tables_in_a_row_are_two() -> None:
    bees, _ = make_corpus()
    rows = [block for block in bees.blocks if block.kind is Kind.ROW]
    twice = make_document(
        "T",
        [(Kind.ROW, bees.text[b.start : b.end], 0) for b in rows]
        + [(Kind.PARAGRAPH, "x", 0)]
        + [(Kind.ROW, "A | B", 0), (Kind.ROW, "1 | 2", 0)],
    )
    tables = [node for node in draw_article(twice).nodes if isinstance(node, Table)]
    assert [len(table.rows) for table in tables] == [3, 1]


def test_headings_never_skip_a_level_on_the_way_down() -> None:
    document = make_document(
        "T", [(Kind.HEADING, str(level), level) for level in (3, 6, 6, 4, 1, 5)]
    )
    levels = [node.level for node in draw_article(document).nodes if isinstance(node, Heading)]
    assert levels == [2, 3, 3, 3, 2, 3]


def test_the_title_is_not_said_twice_unless_it_is_the_passage() -> None:
    bees, _ = make_corpus()
    assert not isinstance(draw_article(bees).nodes[0], Heading)
    assert isinstance(draw_article(bees, [(0, 5)]).nodes[0], Heading)


def test_pages_of_a_pdf_are_shown() -> None:
    _, bread = make_corpus()
    marks = [node.number for node in draw_article(bread).nodes if isinstance(node, PageMark)]
    assert marks == [2]


def test_absurd_nesting_is_drawn() -> None:
    document = make_document("T", [(Kind.ITEM, "x", depth, "•") for depth in range(5000)])
    assert len(all_runs(draw_article(document))) == 5000
