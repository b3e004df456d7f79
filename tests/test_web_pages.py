"""The pages as a browser without script gets them: whole, and with nothing unescaped."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fakes import FakeAssistant, make_assistant, make_corpus, make_document
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from ingest.document import Kind
from web.app import create_app
from web.links import web_link
from web.schemas import MAX_QUESTION
from web.starters import choose_starters
from web.texts import choose_language

PAYLOADS = Path("../shared/datasets/hostile/xss_payloads.jsonl")
LICENCE = "Must the keeping of bees be reported to the veterinary office?"
STATIC = Path("web/static")


class Page(HTMLParser):
    """What a browser would make of a page: its elements, and the text of each."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data) -> None:
        self.words += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


def client_of(assistant: FakeAssistant) -> TestClient:
    return TestClient(create_app(assistant), base_url="http://localhost")


@pytest.fixture
def assistant() -> FakeAssistant:
    return make_assistant()


@pytest.fixture
def client(assistant) -> TestClient:
    return client_of(assistant)


def test_the_first_page_offers_the_articles_own_questions(client) -> None:
    page = Page(client.get("/").text)
    assert "Do I need a licence to keep bees?" in page.words
    assert "Why is my bread flat?" in page.words
    offered = [b["value"] for b in page.all("button") if b.get("name") == "question"]
    assert len(offered) == 3
    assert client.post("/", data={"question": offered[0]}).status_code == 200


def test_starters_differ_from_one_another() -> None:
    lines = [
        "How does one become a pilot without a licence?",
        "How can I become a pilot without any licence?",
        "What does a pilot earn?",
        "Is a pilot without a licence possible?",
    ]
    asked = [(Kind.QUESTION, line, 2) for line in lines]
    answers = [(Kind.PARAGRAPH, "Text.", 0)] * len(lines)
    pairs = [line for pair in zip(asked, answers, strict=True) for line in pair]
    assert choose_starters([make_document("T", pairs)], 2) == (lines[0], lines[2])
    assert len(choose_starters([make_document("T", pairs)], 9)) == 4
    assert choose_starters([], 3) == ()
    numbered = [(Kind.QUESTION, f"{mark} Why {word}?", 2) for mark, word in
                (("3.", "bees"), ("(4)", "roofs"), ("2026:", "hives"))]  # fmt: skip
    blank = (Kind.PARAGRAPH, "An answer.", 0)
    rows = [row for question in numbered for row in (question, blank)]
    chosen = choose_starters([make_document("T", rows)], 3)
    assert set(chosen) == {"Why bees?", "Why roofs?", "2026: Why hives?"}
    wordless = [(Kind.QUESTION, "???", 2), (Kind.PARAGRAPH, "Text.", 0)]
    assert choose_starters([make_document("T", wordless * 2)], 3) == ("???",)


def test_a_question_in_the_address_is_answered(client) -> None:
    page = Page(client.get("/", params={"q": LICENCE}).text)
    assert "No licence is needed" in page.words
    [mark] = [a for a in page.all("a") if a.get("aria-label", "").startswith("Footnote 1:")]
    assert "Keeping Bees in Town, Frequently Asked Questions" in mark["aria-label"]
    article = Page(client.get(mark["href"]).text)
    assert [attributes["id"] for attributes in article.all("mark")] == ["passage"]


def hidden_in(page: Page) -> dict[str, str]:
    return {i["name"]: i["value"] for i in page.all("input") if i.get("type") == "hidden"}


def test_a_form_post_is_kept_and_continued(client, assistant) -> None:
    reply = client.post("/", data={"question": LICENCE})
    assert reply.url.path.startswith("/c/")
    page = Page(reply.text)
    assert "No licence is needed" in page.words
    assert reply.url.path == f"/c/{hidden_in(page)['conversation']}"
    again = client.post("/", data={"question": "And the roof?", **hidden_in(page)})
    assert again.url.path == reply.url.path
    assert [h["id"] for h in Page(again.text).all("h2") if h.get("class") == "asked"] == [
        "asked-1",
        "asked-2",
    ]
    question, history = assistant.asked[-1]
    assert question == "And the roof?"
    assert history[0].content == LICENCE
    assert history[1].content.startswith("No licence is needed")


def test_a_link_s_answer_is_not_kept_until_it_is_continued(client, assistant) -> None:
    """Following a link changes nothing; going on from it keeps both questions."""
    page = Page(client.get("/", params={"q": LICENCE}).text)
    assert client.get("/api/conversations").json() == {"conversations": []}
    reply = client.post("/", data={"question": "And the roof?", **hidden_in(page)})
    _, history = assistant.asked[-1]
    assert history[0].content == LICENCE
    assert LICENCE in reply.text
    assert "asked-2" in reply.text


@pytest.mark.parametrize("question", ["", "  \n", "\x00"])
def test_a_blank_question_shows_the_first_page(client, assistant, question) -> None:
    assert "Ask the articles" in client.post("/", data={"question": question}).text
    assert assistant.asked == []


def test_too_long_a_question_is_given_back_with_a_reason(client, assistant) -> None:
    reply = client.post("/", data={"question": "y" * (MAX_QUESTION + 1)})
    assert reply.status_code == 422
    assert "longer than 2000 characters" in reply.text
    assert "y" * (MAX_QUESTION + 1) in reply.text
    assert assistant.asked == []


def test_a_question_the_articles_do_not_answer(client) -> None:
    page = Page(client.get("/", params={"q": "Who won the chess cup?"}).text)
    assert "The articles don’t say" in page.words
    assert "The sections that come nearest" in page.words
    assert any("/articles/" in a["href"] for a in page.all("a"))


def test_an_answer_in_part_says_what_is_missing(client) -> None:
    text = client.get("/", params={"q": f"partly {LICENCE}"}).text
    assert "Answered in part" in text
    assert "how long it takes" in text


def test_a_sentence_that_was_not_supported_is_marked(client) -> None:
    bees = "bees keep garden hive boxes stings veil face smoker licence roof"
    marked = '<span class="unsupported">not borne out</span>'
    assert marked in client.get("/", params={"q": bees}).text


@pytest.mark.parametrize(
    "query",
    ["", "start=5", "start=9&end=5", "start=a&end=b", "start=-4&end=9", "start=0&end=99999999",
     "start=٣&end=٤", "start=1e3&end=2e3", f"start=0&end={'9' * 5000}", "start=3&end=3"],
)  # fmt: skip
def test_an_impossible_passage_leaves_the_article_unmarked(client, query) -> None:
    bees, _ = make_corpus()
    reply = client.get(f"/articles/{bees.id}?{query}")
    assert reply.status_code == 200
    assert "<mark" not in reply.text


def test_several_passages_are_marked_and_the_first_is_the_anchor(client) -> None:
    bees, _ = make_corpus()
    last = bees.text.index("Yes: bees")
    page = Page(client.get(f"/articles/{bees.id}?start={last}&end={last + 4}&start=21&end=30").text)
    marks = page.all("mark")
    assert [mark["data-passages"] for mark in marks] == ["1", "0"]
    assert [mark.get("id") for mark in marks] == [None, "passage"]


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        ("2025-05-28T15:17:55+00:00", "2025-05-28"),
        ("May 2025", "May 2025"),
        ("2025-05-28", "2025-05-28"),
    ],
)
def test_an_article_is_dated_by_the_day(date, shown) -> None:
    one = make_document("T", [(Kind.PARAGRAPH, "Text.", 0)], metadata={"date": date})
    client = TestClient(create_app(make_assistant([one])), base_url="http://localhost")
    assert f'<p class="byline">{shown} · ' in client.get(f"/articles/{one.id}").text


def test_an_article_keeps_its_structure(client) -> None:
    bees, _ = make_corpus()
    page = Page(client.get(f"/articles/{bees.id}").text)
    assert len(page.all("ul")) == 2
    assert [th.get("scope") for th in page.all("th")] == ["col"] * 3 + ["row"] * 3
    assert [a["rel"] for a in page.all("a") if a["href"] == "https://example.org/bees"] == [
        "noopener noreferrer nofollow"
    ]


def test_every_article_is_listed(client) -> None:
    page = Page(client.get("/articles").text)
    for link in [a["href"] for a in page.all("a") if a["href"].startswith("/articles/")]:
        assert client.get(link).status_code == 200
    assert "Bread with Wild Yeast" in page.words


def test_a_person_gets_an_error_as_a_page(client) -> None:
    reply = client.get("/articles/none", headers={"accept": "text/html,*/*"})
    assert reply.status_code == 404
    assert "No article has this id" in reply.text
    assert reply.headers["content-type"].startswith("text/html")


def test_the_api_page_shows_every_address_and_loads_nothing_from_elsewhere(client) -> None:
    page = Page(client.get("/docs").text)
    for path in client.get("/openapi.json").json()["paths"]:
        assert path in page.words
    for tag, attributes in page.elements:
        if tag in ("script", "link", "img"):
            assert attributes.get("src", attributes.get("href", "/")).startswith("/")


@pytest.mark.parametrize(
    ("site", "model"),
    [("same-origin", None), ("none", None), ("cross-site", "extractive"), ("", "extractive")],
)
def test_a_link_on_another_site_cannot_make_a_model_write(client, assistant, site, model) -> None:
    headers = {"sec-fetch-site": site} if site else {}
    assert client.get(f"/?q={LICENCE}", headers=headers).status_code == 200
    assert assistant.models == [model]


@pytest.mark.parametrize("address", ["/", f"/?q={LICENCE}", "/articles", "/docs"])
def test_pages_have_no_inline_script_or_style(client, address) -> None:
    for tag, attributes in Page(client.get(address).text).elements:
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
        assert tag != "style"
        if tag == "script":
            assert "src" in attributes or attributes["type"] == "application/json"


def test_the_whole_page_is_small(client) -> None:
    reply = client.get("/")
    page = Page(reply.text)
    links = [e.get("href", e.get("src", "")) for tag in ("link", "script") for e in page.all(tag)]
    files = {STATIC / link.removeprefix("/static/") for link in links if link}
    imported = re.findall(r'from "./(\w+.js)"', "".join(f.read_text() for f in files))
    assert {STATIC / name for name in imported} <= files  # all fetched at once, none on the way
    assert sum(file.stat().st_size for file in files) + len(reply.content) < 60_000


SHELL = {"html", "head", "meta", "title", "link", "body", "a", "header", "sup", "nav", "main", "h1",
         "article", "p", "span", "mark", "h2", "h3", "ul", "ol", "li", "div", "table", "thead", "tr",
         "th", "tbody", "td"}  # fmt: skip


CHAT = SHELL | {"script", "textarea", "button", "form", "input", "label", "section", "dialog",
                "cite", "svg", "symbol", "path", "use", "details", "summary", "select", "option",
                "time", "b", "dl", "dt", "dd"}  # fmt: skip


def hostile_documents(text: str):
    """An article with a text in every place an author, or a file's name, can put one."""
    line = " ".join(text.split()) or "x"
    cell = line.replace("|", "/")
    return make_document(
        line,
        [
            (Kind.HEADING, line, 2),
            (Kind.PARAGRAPH, line, 0),
            (Kind.ITEM, line, 0, line),
            (Kind.QUESTION, f"{line}?", 3),
            (Kind.ROW, f"{cell} | {cell}", 0),
            (Kind.ROW, f"{cell} | x", 0),
        ],
        source=f"{line}.md",
        metadata={"author": line, "date": line, "url": line},
    )


def check_harmless(text: str) -> None:
    document = hostile_documents(text)
    client = client_of(make_assistant([document]))
    for address in (f"/articles/{document.id}?start=1&end=9", "/articles"):
        for tag, attributes in Page(client.get(address).text).elements:
            assert tag in SHELL
            assert not [name for name in attributes if name.startswith("on")]
            if "href" in attributes:
                assert attributes["href"].startswith(("/", "#", "http://", "https://"))
    page = Page(client.get("/", params={"q": text[:MAX_QUESTION]}).text)
    assert {tag for tag, _ in page.elements} <= CHAT
    assert [s.get("src") for s in page.all("script")] == ["/static/chat.js", None]


def test_hostile_payloads_stay_text() -> None:
    if not PAYLOADS.exists():
        pytest.skip(f"{PAYLOADS} is not here")
    payloads = [
        json.loads(line)["payload"] for line in PAYLOADS.read_text(encoding="utf-8").splitlines()
    ]
    # All of them in a few pages: each breaks out by itself or not at all.
    for start in range(0, len(payloads), 40):
        check_harmless("\n".join(payloads[start : start + 40]))


@settings(max_examples=30, deadline=None)
@given(st.text("<>&\"'/= aonscript{}%#`\\\n", max_size=60))
def test_hostile_text_stays_text(text) -> None:
    check_harmless(text)


def test_a_title_s_path_is_not_said_twice_where_it_stands_beside_it() -> None:
    lines = [(Kind.HEADING, "Rest", 1), (Kind.PARAGRAPH, "Sleep eight hours.", 0)]
    one = replace(make_document("Rest", lines, "a/rest.md"), title="Rest (a/rest.md)")
    client = client_of(make_assistant([one]))
    assert client.get("/articles").text.count("a/rest.md") == 1
    page = client.get(f"/articles/{one.id}").text
    body = page[page.index("<body") :]
    assert (body.count("Rest"), body.count("a/rest.md")) == (1, 1)
    assert "<title>Rest (a/rest.md)" in page


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://example.org/a?b=c#d", True),
        (" HTTP://example.org ", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("https://a b", False),
        ("https://a\x00b", False),
        ("", False),
    ],
)
def test_only_plain_web_addresses_become_links(address, link) -> None:
    assert bool(web_link(address)) is link


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("", "en"), ("es", "es"), ("es-MX,en;q=0.9", "es"), ("fr,es;q=0.2,en;q=0.3", "en"),
     ("es;q=0,en", "en"), ("en-GB,fr;q=0.5", "en"), ("xx;q=1, en;q=0.1", "en"), (";;,q=,", "en"),
     ("en;q=0", "en"), ("zz", "en")],
)  # fmt: skip
def test_the_language_is_chosen(accepted, language) -> None:
    assert choose_language(accepted) == language
