import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.assembly import assemble
from ingest.document import Document, Kind
from ingest.faq import faq_pairs
from ingest.markdown import looks_like_markdown, parse_markdown, read_markdown
from ingest.reading import IngestError
from tests.documents import (
    MARKDOWN,
    article,
    check_blocks,
    load,
    needs_articles,
    needs_markdown,
    of_kind,
)


def shape(text: str) -> list[tuple[str, int, str]]:
    return [(piece.kind.value, piece.level, piece.text) for piece in parse_markdown(text)]


def texts(text: str) -> list[str]:
    return [piece.text for piece in parse_markdown(text)]


def build(text: str) -> Document:
    return assemble(read_markdown(text.encode(), "a.md"), "a.md", "0" * 64)


_MARKUP = st.sampled_from(
    ["# A\n", "## B?\n", "- x\n", "  - y\n", "•\tz\n", "1. w\n", "> q\n", "```\n", "<details>\n", "</details>\n",
     "<summary>Why?</summary>\n", "| a | b |\n", "|---|---|\n", "**bold**\n", "\n", "text ", "<b>", "<script>", "<!--",
     "export const a = {\n", ":::tip\n", "---\n", "[a](b)", "{{< x >}}", "<Aa b={", "\t", "===\n"]
)  # fmt: skip


@given(st.lists(_MARKUP).map("".join) | st.text())
def test_any_markdown_is_read_or_refused(text: str) -> None:
    try:
        document = build(text.encode("utf-8", "replace").decode())
    except IngestError:
        assert "text " not in text.split("<", maxsplit=1)[0]
    else:
        check_blocks(document)


def test_headings_of_both_kinds_have_their_level() -> None:
    text = "Baking\n======\n\n### Rye ###\n\nSpelt\n-----\n\n##Tight\n\n## Named {#id}\n"
    assert shape(text) == [
        ("heading", 1, "Baking"),
        ("heading", 3, "Rye"),
        ("heading", 2, "Spelt"),
        ("heading", 2, "Tight"),
        ("heading", 2, "Named"),
    ]


def test_a_paragraph_right_above_a_rule_is_no_heading() -> None:
    assert shape("It is dark, and it is heavy.\n---\n") == [
        ("paragraph", 0, "It is dark, and it is heavy.")
    ]


def test_markup_in_a_line_leaves_its_text() -> None:
    text = "A *dark* [**loaf**](https://x.y) `rye` ~~old~~ ![img](a.png)with &amp; <b>more</b>[^1]<br>or less."
    assert texts(text) == ["A dark loaf rye old with & more\nor less."]


def test_lists_nest_and_keep_their_markers() -> None:
    text = "1. Rye\n   - dark\n     * very\n1. Spelt\n\n   It is light.\n"
    pieces = parse_markdown(text)
    assert [(p.level, p.marker, p.text) for p in pieces] == [
        (0, "1.", "Rye"),
        (1, "-", "dark"),
        (2, "*", "very"),
        (0, "2.", "Spelt"),
        (1, "", "It is light."),
    ]


def test_a_list_indented_too_little_is_nested_all_the_same() -> None:
    assert [(p.level, p.text) for p in parse_markdown("1. Rye\n  - dark\n2. Spelt\n")] == [
        (0, "Rye"),
        (1, "dark"),
        (0, "Spelt"),
    ]


def test_odd_bullets_and_boxes_are_items() -> None:
    pieces = parse_markdown("Take:\n\n•\tRye: dark\n\n•Spelt\n\n-\tWheat\n\n- [x] Oats\n")
    assert [(p.kind.value, p.marker, p.text) for p in pieces][1:] == [
        ("item", "•", "Rye: dark"),
        ("item", "•", "Spelt"),
        ("item", "-", "Wheat"),
        ("item", "-", "Oats"),
    ]


def test_a_table_has_named_columns() -> None:
    rows = parse_markdown("| Loaf | *Hours* |\n| :-- | --- |\n| Rye | 3 \\| 4 |\n| Spelt |\n")
    assert [row.text for row in rows] == ["Loaf | Hours", "Rye | 3 / 4", "Spelt | "]
    assert [row.header for row in rows] == [(), ("Loaf", "Hours"), ("Loaf", "Hours")]


def test_code_keeps_its_lines() -> None:
    assert texts("```python\n- a\n  b\n\n# c\n```\n") == ["- a\n  b\n\n# c\n"]
    assert build("```\na\n\nb\n```").text == "a\nb"


def test_quoted_text_is_kept() -> None:
    assert texts("> It is dark.\n>\n> > It is good.\n") == ["It is dark.", "It is good."]


@pytest.mark.parametrize(
    "markup",
    [
        '<call-to-action title="Bake now" text="Join us"></call-to-action>',
        "<script>alert(1)</script>",
        "<style>p { color: red }</style>",
        "<!-- a note -->",
        "<InDocAd />",
        "<Tabs items={['a', 'b']}>\n</Tabs>",
        "import Oven from './oven.js';",
        "export const heat = {\n  top: 200,\n};",
        "{/* a note */}",
        "<head>\n  <title>Other</title>\n</head>",
        "{{< figure src='a.png' >}}",
        "[[toc]]",
        "![a loaf](loaf.png)",
        "***",
        "<svg><text>drawn</text></svg>",
    ],
)
def test_what_is_no_text_is_dropped(markup: str) -> None:
    assert texts(f"Before.\n\n{markup}\n\nAfter.\n") == ["Before.", "After."]


def test_hidden_elements_in_a_line_are_dropped() -> None:
    assert texts("Rye <script>alert(1)</script>is dark.") == ["Rye is dark."]


def test_code_that_looks_like_mdx_is_kept_in_a_fence() -> None:
    assert texts("```\nimport a from 'b';\n:::\n• x\n```\n") == ["import a from 'b';\n:::\n• x\n"]


def test_an_export_that_never_closes_takes_one_line_along() -> None:
    assert texts("export const a = {\n\nText.\n") == ["Text."]


def test_the_title_of_a_container_and_its_text_are_kept() -> None:
    assert texts(":::tip A hint\n\nBake it.\n\n:::\n") == ["A hint", "Bake it."]


def test_html_blocks_give_their_text() -> None:
    text = "<div>Dark\nbread<br>is old.<p>It is good.</p><ul><li>rye</ul></div>\n"
    assert shape(text) == [
        ("paragraph", 0, "Dark bread\nis old."),
        ("paragraph", 0, "It is good."),
        ("item", 0, "rye"),
    ]


def test_an_html_table_has_named_columns_unless_it_only_lays_out() -> None:
    table = "<table><tr><th>Loaf</th><th>Hours</th></tr><tr><td>Rye</td><td>3</td></tr></table>\n"
    rows = parse_markdown(table)
    assert [(row.text, row.header) for row in rows] == [
        ("Loaf | Hours", ()),
        ("Rye | 3", ("Loaf", "Hours")),
    ]
    assert shape("<table><tr><td>!</td><td>Take care.</td></tr></table>\n") == [
        ("paragraph", 0, "!"),
        ("paragraph", 0, "Take care."),
    ]


def test_an_html_table_may_have_empty_lines_and_merged_cells() -> None:
    table = """Before.

<table>
  <tr><th>Loaf</th><th>Hours</th></tr>

  <tr><td rowspan="2">Rye</td>

    <td>3</td></tr>

  <tr><td>4 if <b>cold</b></td></tr>
</table>

After, with `<table>` named.

More."""
    assert [(piece.kind.value, piece.text) for piece in parse_markdown(table)] == [
        ("paragraph", "Before."),
        ("row", "Loaf | Hours"),
        ("row", "Rye | 3"),
        ("row", "Rye | 4 if cold"),
        ("paragraph", "After, with <table> named."),
        ("paragraph", "More."),
    ]


def test_a_table_that_a_script_writes_is_no_part_of_the_article() -> None:
    script = '<script>w("<table><tr><td>x</td><td>y</td></tr></table>")</script>'
    assert [piece.text for piece in parse_markdown(f"Text.\n\n{script}\n\nMore.\n")] == [
        "Text.",
        "More.",
    ]


def test_an_html_table_that_never_ends_takes_nothing_along() -> None:
    texts = " ".join(piece.text for piece in parse_markdown("<table>\n<tr><td>a\n\nOne.\n\n- two"))
    assert all(word in texts for word in ("a", "One.", "two"))


def test_what_unfolds_below_a_question_is_its_answer() -> None:
    document = build(
        "## Bread\n\n<details>\n<summary>Is rye <b>dark</b>?</summary>\n\nYes, *very*.\n\n</details>\n\nMore.\n"
    )
    (pair,) = faq_pairs(document)
    assert (pair.question, pair.explicit) == ("Is rye dark?", True)
    assert document.text[pair.start : pair.end] == "Yes, very."


def test_what_unfolds_below_a_label_is_no_answer() -> None:
    assert texts("<details><summary>Solution</summary>Mix it.</details>\n") == [
        "Solution",
        "Mix it.",
    ]


def test_a_bold_line_above_a_body_is_a_heading_below_the_one_above() -> None:
    text = "## Bread\n\n**Is rye dark? 👶**\n\nYes.\n\n**Take care!**\n\n**You need:**\n\n- flour\n"
    assert shape(text) == [
        ("heading", 2, "Bread"),
        ("heading", 3, "Is rye dark? 👶"),
        ("paragraph", 0, "Yes."),
        ("paragraph", 0, "Take care!"),
        ("paragraph", 0, "You need:"),
        ("item", 0, "flour"),
    ]


def test_front_matter_is_metadata_under_common_names() -> None:
    reading = read_markdown(
        b"---\ntitle: 'Rye: a loaf'\nauthors: [Jo, Al]\ndate: 2024-03-01\nexcerpt: On\n  rye.\ndraft: true\n---\nText.",
        "a.md",
    )
    assert reading.title == "Rye: a loaf"
    assert dict(reading.metadata) == {
        "title": "Rye: a loaf",
        "author": "Jo, Al",
        "date": "2024-03-01",
        "description": "On rye.",
    }
    assert reading.repairs == ()


@pytest.mark.parametrize(
    "yaml",
    [
        "title: Rye: a loaf\n",
        "title: Rye: a loaf\nlist: [a\n",
        "a: &a [x]\nb: *a\ntitle: Rye: a loaf\n",
        "title: Rye: a loaf\nx: !!python/object/apply:os.system [ls]\n",
        "title: Rye: a loaf\ndeep: " + "[" * 5000 + "\n",
    ],
)
def test_broken_front_matter_is_read_line_by_line(yaml: str) -> None:
    reading = read_markdown(f"---\n{yaml}---\nText.".encode(), "a.md")
    assert reading.title == "Rye: a loaf"
    assert [piece.text for piece in reading.pieces] == ["Text."]
    assert reading.repairs == ("front matter is no valid YAML; read line by line",)


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert texts("---\n\nSome text.\n\n---\n\nMore.") == ["Some text.", "More."]
    assert read_markdown(b"---\nSome text\n---\nMore.", "a.md").metadata == {}


@pytest.mark.parametrize(
    "text",
    ["---\n\n# Nurse\n\nHard work.\n\nNote: a licence.\n\n---\n\nMore.",
     "---\nNurses: all of them.\nThey work hard.\n\n---\n\nMore."],
)  # fmt: skip
def test_an_article_between_two_rules_is_no_front_matter(text: str) -> None:
    reading = read_markdown(text.encode(), "a.md")
    assert reading.metadata == {}
    assert "work" in reading.pieces[0].text + reading.pieces[1].text
    assert reading.pieces[-1].text == "More."


def test_front_matter_in_toml_is_read_too() -> None:
    reading = read_markdown(b'+++\ntitle = "Nurse"\ndate = 2024-03-01\n+++\nText.', "a.md")
    assert dict(reading.metadata) == {"title": "Nurse", "date": "2024-03-01"}
    assert [piece.text for piece in reading.pieces] == ["Text."]
    assert texts("+++\nno toml\n+++\nText.")[-1].endswith("Text.")


def test_a_tick_in_a_cell_and_a_dot_in_a_line_stay() -> None:
    rows = parse_markdown("| Perk | Us | Them |\n| - | - | - |\n| Insurance | ✓ | ✗ |\n")
    assert rows[1].text == "Insurance | ✓ | ✗"
    assert texts("Open Mon · Tue · Wed.") == ["Open Mon · Tue · Wed."]


def test_the_mark_of_a_note_is_left_out_and_its_words_are_kept() -> None:
    text = "Pay rose 4%[^1] and `x[^1]`.\n\n[^1]: https://stats.example/x\n"
    first, *rest = texts(text)
    assert first == "Pay rose 4% and x[^1]."
    assert not any("^1" in piece for piece in rest)


def test_what_a_component_says_above_its_content_is_a_heading() -> None:
    text = '<Accordion title="How long does it take?">\nTwo years.\n</Accordion>\n\nMore.'
    assert shape(text)[:2] == [
        ("heading", 5, "How long does it take?"), ("paragraph", 0, "Two years."),
    ]  # fmt: skip


def test_lists_set_deeper_than_most_parsers_go_are_read() -> None:
    deep = "\n".join("  " * level + f"- item {level}" for level in range(40))
    assert len(parse_markdown(deep)) == 40


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("# A\n\ntext\n\n## B\n", True),
        ("# A\n\nSee [b](c).\n", True),
        ("# a comment\n\ntext\n", False),
        ("Bread\n\n- rye\n- spelt\n", False),
        ("```\na\n```\n\nand **bold**\n", True),
    ],
)
def test_markdown_is_told_from_text(text: str, marked: bool) -> None:
    assert looks_like_markdown(text) is marked


@needs_articles
def test_a_source_article_in_markdown_is_read_whatever_its_name() -> None:
    document = article("000")
    assert document.title == "How To Become A Machine Learning Engineer"
    assert document.metadata["author"] == "alesanchezr"
    assert len(of_kind(document, Kind.ITEM)) == 7
    assert {block.marker for block in document.blocks if block.kind is Kind.ITEM} == {"•", "-"}
    assert all(block.parent for block in document.blocks if block.kind is Kind.ITEM)
    assert not [sign for sign in ("](", "**", "<call", "Enroll now", "•") if sign in document.text]


@needs_markdown
@pytest.mark.parametrize("path", sorted(MARKDOWN.rglob("*.md*")), ids=lambda path: path.name)
def test_real_markdown_leaves_no_markup_behind(path) -> None:
    document = load(path)
    assert document.title
    assert not [
        sign for sign in ("](http", "<br", "<InDocAd", ":::", "@site") if sign in document.text
    ]


@pytest.mark.parametrize(
    "source",
    [
        "Boats <span style='color:#fff'>are <b>free</b>, <span>all</span> of them. They</span> cost 9.",
        "Boats cost 9.\n\n<div style='font-size:0'>Boats <div>are</div> free.</div>",
        "Boats cost 9.\n\n<p hidden>Boats are free.</p>",
        "Boats <i>cost</i> <span style='color:#fff;background:#000'>9.</span>",
    ],
)
def test_html_that_no_reader_sees_is_no_text(source: str) -> None:
    [piece] = parse_markdown(source)
    assert piece.text.split() == ["Boats", "cost", "9."]


def test_a_bold_question_stands_above_the_answer_in_its_paragraph() -> None:
    source = "# Pool\n\n**Is it warm?**\nYes, **28** degrees.\n\n**Mind** the steps. Ready?"
    assert [(piece.kind, piece.text.strip()) for piece in parse_markdown(source)] == [
        (Kind.HEADING, "Pool"),
        (Kind.HEADING, "Is it warm?"),
        (Kind.PARAGRAPH, "Yes, 28 degrees."),
        (Kind.PARAGRAPH, "Mind the steps. Ready?"),
    ]


def test_clauses_numbered_line_by_line_are_items_under_their_title() -> None:
    source = "# Rules\n\n1. Fees\n1.1 Members pay yearly.\n1.2 Guests pay\nat the desk.\n\n2. Lockers\n2.1 Bring a coin.\n2.2 Take it back."
    assert [(piece.kind, piece.text, piece.level) for piece in parse_markdown(source)] == [
        (Kind.HEADING, "Rules", 1),
        (Kind.HEADING, "1. Fees", 2),
        (Kind.ITEM, "1.1 Members pay yearly.", 0),
        (Kind.ITEM, "1.2 Guests pay at the desk.", 0),
        (Kind.HEADING, "2. Lockers", 2),
        (Kind.ITEM, "2.1 Bring a coin.", 0),
        (Kind.ITEM, "2.2 Take it back.", 0),
    ]


@pytest.mark.parametrize(
    "source",
    [
        "The water has\n26.5 degrees and\nthe air 30.1 of them.",
        "2.1 One.\n\n2.2 Two.",
        "Up by\n3.1 per cent",
    ],
)
def test_a_decimal_or_a_clause_set_apart_stays_as_it_is(source: str) -> None:
    assert {piece.kind for piece in parse_markdown(source)} == {Kind.PARAGRAPH}
