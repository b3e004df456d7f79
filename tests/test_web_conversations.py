"""What is kept, as a reader meets it: on the page, by form and by script, in a real Chromium."""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from urllib.parse import quote

import pytest
from browsing import (
    CHESS,
    HOURS,
    PHONE,
    ROOF,
    ask,
    check_access,
    check_no_sideways_scroll,
    launched,
    load_axe,
    opened,
)
from fakes import FakeAssistant, FakeIndex, Waiting, make_assistant, make_corpus, make_document
from live_site import serve_site
from playwright.sync_api import Browser, expect
from sqlalchemy import update
from starlette.testclient import TestClient

from assistant.answer import Answer, Done, Sentence, SentenceReady
from assistant.models import ModelError
from ingest.document import Kind
from web.app import create_app
from web.problems import NOT_KEPT
from web.reader import COOKIE, HEADER
from web.runs import Runs
from web.settings import Settings
from web.spanish_lines import SPANISH_LINES
from web.store.conversations import Conversations
from web.store.database import StoreError
from web.store.models import ConversationRow, now
from web.texts import put_line

PAYLOADS = Path("../shared/datasets/hostile/xss_payloads.jsonl")
LICENCE = "Must the keeping of bees be reported to the veterinary office?"


def client_of(assistant: FakeAssistant, **options) -> TestClient:
    return TestClient(create_app(assistant), base_url="http://localhost", **options)


@pytest.fixture
def assistant() -> FakeAssistant:
    return make_assistant()


@pytest.fixture
def client(assistant) -> TestClient:
    return client_of(assistant)


def ask_by_form(client: TestClient, question: str = LICENCE, **more) -> str:
    """Ask, and return the conversation's address."""
    reply = client.post("/", data={"question": question, **more})
    assert reply.status_code == 200
    return reply.url.path


def receipt_in(html: str) -> str:
    found = re.search(r'href="(/r/[\w-]+)"', html)
    assert found is not None
    return found[1]


def stream(client: TestClient, **body) -> list[tuple[str, dict]]:
    reply = client.post("/api/conversations", json=body)
    assert reply.status_code == 200, reply.text
    frames = [dict(line.split(": ", 1) for line in frame.split("\n")) for frame in
              reply.text.strip().split("\n\n")]  # fmt: skip
    assert [frame["id"] for frame in frames] == [str(n + 1) for n in range(len(frames))]
    return [(frame["event"], json.loads(frame["data"])) for frame in frames]


# ---- without a browser


def test_the_stream_ends_with_where_the_answer_is_kept(client, assistant) -> None:
    events = stream(client, question=LICENCE)
    assert [name for name, _ in events][:2] == ["begin", "status"]
    name, done = events[-1]
    assert (name, done["number"]) == ("done", 1)
    again = stream(client, question="And the roof?", conversation=done["conversation"])[-1][1]
    assert (again["conversation"], again["number"]) == (done["conversation"], 2)
    assert assistant.asked[-1][1][0].content == LICENCE
    page = client.get(f"/c/{done['conversation']}").text
    assert "No licence is needed" in page
    assert "And the roof?" in page


def test_nobody_reaches_another_s_conversation(assistant) -> None:
    app = create_app(assistant)
    ann, bob = (TestClient(app, base_url="http://localhost") for _ in range(2))
    place = ask_by_form(ann)
    ask_by_form(bob)
    conversation = place.removeprefix("/c/")
    for reply in (
        bob.get(place),
        bob.get(f"{place}/export.md"),
        bob.get(f"{place}/export.json"),
        bob.post(f"{place}/rename", data={"title": "Mine"}),
        bob.post(f"{place}/delete"),
        bob.post("/", data={"question": "x", "conversation": conversation}),
        bob.post("/api/conversations", json={"question": "x", "conversation": conversation}),
        bob.post(f"{receipt_in(ann.get(place).text)}/feedback", data={"verdict": "up"}),
    ):
        assert reply.status_code == 404
    assert conversation not in bob.get("/conversations").text
    assert conversation not in bob.get("/api/conversations").text
    assert ann.get(place).status_code == 200


def test_the_cookie_is_out_of_reach(assistant) -> None:
    app = create_app(assistant, Settings(hosts=("*",)))
    for scheme in ("http", "https"):
        client = TestClient(app, base_url=f"{scheme}://localhost", follow_redirects=False)
        assert "set-cookie" not in client.get("/").headers  # nothing is kept yet
        cookie = client.post("/", data={"question": "x"}).headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        assert ("secure" in cookie) is (scheme == "https")


def test_a_framed_site_keeps_a_cookie_for_each_site_around_it(assistant) -> None:
    app = create_app(assistant, Settings(hosts=("*",), embedders=("https://school.example",)))
    client = TestClient(app, base_url="https://localhost", follow_redirects=False)
    cookie = client.post("/", data={"question": "x"}).headers["set-cookie"]
    assert "SameSite=none; Secure; Partitioned" in cookie


def test_without_a_cookie_a_question_goes_on_from_the_answer_before(assistant) -> None:
    client = client_of(assistant)
    client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    page = client.post("/", data={"question": LICENCE}).text
    assert "No licence is needed" in page
    assert "keeps no cookie" in page
    assert "/feedback" not in page  # no opinion of a stranger's is kept
    for question in ("And on the roof?", "And in winter?"):
        sent = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
        reply = client.post("/", data={**sent, "question": question})
        page = reply.text
        assert reply.status_code == 200
        assert question in page
    asked = [(question, [turn.content for turn in turns]) for question, turns in assistant.asked]
    assert [question for question, _ in asked] == [LICENCE, "And on the roof?", "And in winter?"]
    assert [turns[:1] for _, turns in asked] == [[], [LICENCE], ["And on the roof?"]]
    assert "No licence is needed" in asked[1][1][1]
    long = client.post("/", data={**sent, "question": "x" * 2001}).text
    assert "And on the roof?" in long
    assert "x" * 2001 in long


def test_the_address_of_a_kept_conversation_tells_nothing_else(client) -> None:
    reply = client.post("/", data={"question": LICENCE})
    assert reply.url.query == b""
    assert "keeps no cookie" not in reply.text


def test_a_question_in_a_conversation_that_is_gone_is_given_back(client) -> None:
    place = ask_by_form(client)
    client.post(f"{place}/delete")
    for gone in ({"conversation": place[3:]}, {"after": "none"}):
        reply = client.post("/", data={"question": "And the <roof>?", **gone})
        assert reply.status_code == 404
        assert "And the &lt;roof&gt;?</textarea>" in reply.text
        assert "Ask again to begin a new one." in reply.text
        assert f'value="{place[3:]}"' not in reply.text


@pytest.mark.parametrize("forged", ["", "x", "a" * 33, "<script>" * 4, "é" * 32])
def test_a_forged_cookie_is_a_stranger_s(client, forged) -> None:
    headers = {"cookie": f"{COOKIE}={forged}".encode()}
    assert client.get("/api/conversations", headers=headers).json() == {"conversations": []}


def test_a_key_of_the_page_s_own_is_as_good_as_a_cookie_and_no_better(assistant) -> None:
    app = create_app(assistant)

    def visitor(key: str) -> TestClient:
        return TestClient(app, base_url="http://localhost", headers={HEADER: key})

    ann, bob = visitor("a" * 32), visitor("b" * 32)
    done = stream(ann, question=LICENCE)[-1][1]
    place = f"/c/{done['conversation']}"
    ann.cookies.clear()
    assert stream(ann, question="And?", conversation=place[3:])[-1][1]["number"] == 2
    ann.cookies.clear()
    assert ann.get(place).status_code == 200
    for stranger in (bob, visitor("a" * 31), visitor(""), visitor("+" * 32)):
        assert stranger.get(place).status_code == 404
        assert place not in stranger.get("/conversations").text
        body = {"question": "x", "conversation": place[3:]}
        assert stranger.post("/api/conversations", json=body).status_code == 404
    known = visitor("b" * 32)
    known.cookies.set(COOKIE, "a" * 32)
    assert known.get(place).status_code == 200  # the cookie counts for more


CROSS = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": "http://[broken"},
]
OWN = [
    {},
    {"sec-fetch-site": "same-origin", "origin": "null"},
    {"origin": "http://localhost"},
]


@pytest.mark.parametrize(
    ("headers", "known"), [*((h, False) for h in CROSS), *((h, True) for h in OWN)]
)
def test_only_the_site_s_own_pages_change_what_is_kept(client, headers, known) -> None:
    place = ask_by_form(client)
    receipt = receipt_in(client.get(place).text)
    posts = (
        lambda: client.post("/", data={"question": "x"}, headers=headers),
        lambda: client.post("/api/conversations", json={"question": "x"}, headers=headers),
        lambda: client.delete("/api/conversations/runs/x", headers=headers),
        lambda: client.post(f"{receipt}/feedback", data={"verdict": "up"}, headers=headers),
        lambda: client.post(f"{place}/rename", data={"title": "y"}, headers=headers),
        lambda: client.post(f"{place}/delete", headers=headers),
    )
    assert all((post().status_code == 403) is not known for post in posts)


def test_a_form_can_not_post_to_the_page_s_own_api(client) -> None:
    for media_type in ("text/plain", "application/x-www-form-urlencoded"):
        reply = client.post(
            "/api/conversations", content=b'{"question":"x"}', headers={"content-type": media_type}
        )
        assert reply.status_code == 415


def test_an_answer_is_read_on_from_where_it_broke(client) -> None:
    events = stream(client, question=LICENCE)
    run = events[0][1]["run"]
    rest = client.get(f"/api/conversations/runs/{run}", headers={"last-event-id": "4"}).text
    assert rest.startswith("id: 5\n")
    assert rest.count("\n\n") == len(events) - 4
    assert client.get("/api/conversations/runs/none").status_code == 404
    bad = client.get(f"/api/conversations/runs/{run}", headers={"last-event-id": "-1"})
    assert bad.status_code == 400


def test_the_answer_of_a_run_is_drawn_for_its_reader(client) -> None:
    run = stream(client, question=LICENCE)[0][1]["run"]
    assert "No licence is needed" in client.get(f"/runs/{run}").text
    assert client.get("/runs/none").status_code == 404


def test_a_model_that_fails_leaves_nothing(assistant, client) -> None:
    assistant.fault = ModelError("The model is busy.", retryable=True)
    assert stream(client, question=LICENCE)[-1][0] == "error"
    assert client.post("/", data={"question": LICENCE}).status_code == 502
    assert client.get("/api/conversations").json() == {"conversations": []}


def test_an_answer_that_can_not_be_kept_is_given(client, monkeypatch, caplog) -> None:
    kept = client.app.state.site.conversations

    def fail(*_: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(kept, "add", fail)
    assert "No licence is needed" in client.post("/", data={"question": LICENCE}).text
    done = stream(client, question=LICENCE)[-1][1]
    assert done["conversation"] is None
    assert done["answer"]["verdict"] == "answered"
    assert "disk is full" in caplog.text
    monkeypatch.setattr(kept, "find", fail)
    assert client.get("/").status_code == 200
    assert client.get("/conversations").status_code == 503


def test_a_conversation_deleted_meanwhile_goes_on_anew(client, monkeypatch) -> None:
    place = ask_by_form(client)
    kept = client.app.state.site.conversations
    add = kept.add

    def delete_first(reader, conversation, turn):
        if conversation is not None:
            kept.delete(reader, conversation)
        return add(reader, conversation, turn)

    monkeypatch.setattr(kept, "add", delete_first)
    assert ask_by_form(client, "And?", conversation=place.removeprefix("/c/")) != place


def test_exports_hold_everything_and_stay_text(client) -> None:
    place = ask_by_form(client)
    ask_by_form(client, "# <b>[x](javascript:1)</b> `roof wind bees`", conversation=place[3:])
    markdown = client.get(f"{place}/export.md")
    assert "attachment" in markdown.headers["content-disposition"]
    assert "No licence is needed, but the keeping" in markdown.text
    assert re.search(r"^\[\^1-1\]: “No licence", markdown.text, re.MULTILINE)
    assert r"\# \<b\>\[x\](javascript:1)\</b\> \`roof" in markdown.text
    exported = client.get(f"{place}/export.json").json()
    first = exported["exchanges"][0]
    assert first["question"] == LICENCE
    assert first["answer"]["citations"][0]["quote"].startswith("No licence")
    assert first["corpus_digest"] == "digest of fake-1"
    assert first["index_version"] == "fake-1"
    assert first["versions"]["footnote"]
    assert list(first["sources"].values()) == ["0" * 64]


def changed(assistant: FakeAssistant, old: str, new: str) -> None:
    """Put an index of changed articles in the place of the one before."""
    bees, bread = make_corpus()
    text = bees.text.replace(old, new)
    edited = replace(bees, text=text, sha256="1" * 64) if new != "-" else None
    assistant.index = FakeIndex([*filter(None, [edited]), bread])
    assistant.index.version = "fake-2"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("old", "new", "state"),
    [
        ("Before the first", "Before the first", "still there"),
        ("Keeping Bees in Town\n", "Keeping Honey Bees in Any Town\n", "in another place"),
        ("No licence is needed", "A licence is needed", "no longer in the article"),
        ("", "-", "the article is gone"),
    ],
)
def test_a_receipt_checked_again_says_what_has_changed(assistant, client, old, new, state) -> None:
    place = ask_by_form(client)
    receipt = receipt_in(client.get(place).text)
    stranger = client_of(assistant)
    stranger.app.state.site = client.app.state.site
    shown = stranger.get(receipt).text  # a permalink is for whoever has it
    assert LICENCE in shown
    assert "digest of fake-1" in shown
    assert "The index is the same as then" in stranger.get(f"{receipt}?check=1").text
    changed(assistant, old, new)
    again = stranger.get(f"{receipt}?check=1").text
    assert state in again
    assert "it is now fake-2" in again
    gone = state not in ("still there", "in another place")
    page = client.get(place).text
    assert (state in page) is gone  # the conversation tells too, where there is something to tell
    mark = re.search(r'<sup class="mark"><a href="([^"]+)"', page)
    assert mark is not None
    if not gone:
        article = client.get(mark[1].replace("&amp;", "&")).text
        assert re.search('<mark id="passage"[^>]*>No licence is needed', article)
    assert ("Not every quotation" in again) is gone


def test_an_opinion_is_kept_with_the_passage_found(client) -> None:
    place = ask_by_form(client)
    receipt = receipt_in(client.get(place).text)
    pasted = "“bees keep well on a\nFLAT roof”"
    page = client.post(
        f"{receipt}/feedback", data={"verdict": "down", "comment": "no", "pasted": pasted}
    ).text
    assert "Found in keeping bees in town.md" in page
    exchange = client.app.state.site.conversations.read_receipt(receipt.removeprefix("/r/"))
    assert exchange.question == LICENCE
    page = client.post(f"{receipt}/feedback", data={"verdict": "down", "pasted": "one two three"})
    assert "was not found in the articles" in page.text
    page = client.post(f"{receipt}/feedback", data={"verdict": "up", "passage": "note-1"}).text
    assert "Found in" in page
    assert client.post(f"{receipt}/feedback", data={"verdict": "sideways"}).status_code == 422
    assert client.post("/r/none/feedback", data={"verdict": "up"}).status_code == 404


def test_a_nearest_section_can_be_the_right_passage(client) -> None:
    receipt = receipt_in(client.get(ask_by_form(client, CHESS)).text)
    page = client.post(f"{receipt}/feedback", data={"verdict": "down", "passage": "near-1"}).text
    assert "Found in keeping bees in town.md" in page


def test_follow_ups_are_the_articles_own_and_not_what_was_asked(client) -> None:
    page = client.get("/", params={"q": HOURS}).text
    offered = re.findall(r'name="question" value="([^"]+)"', page)
    assert "Can I keep bees without a garden?" in offered
    assert "Do I need a licence to keep bees?" in offered
    place = ask_by_form(client, "Do I need a licence to keep bees?")
    page = client.post("/", data={"question": HOURS, "conversation": place[3:]}).text
    offered = re.findall(r'name="question" value="([^"]+)"', page)
    assert "Do I need a licence to keep bees?" not in offered
    declined = client.get("/", params={"q": CHESS}).text
    offered = re.findall(r'name="question" value="([^"]+)"', declined)
    assert "Why is my bread flat?" in offered  # it could be answered


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (365, "is deleted 365 days after its last question"),
        (1, "is deleted a day after its last question"),
        (0, "is kept until you delete it"),
    ],
)
def test_the_page_says_how_long_conversations_are_kept(assistant, days, said) -> None:
    client = TestClient(
        create_app(assistant, Settings(keep_days=days)), base_url="http://localhost"
    )
    assert said in client.get("/conversations").text
    assert said in client.get(ask_by_form(client)).text


def test_what_was_kept_long_enough_is_gone_when_the_site_starts(assistant, tmp_path) -> None:
    settings = Settings(database=str(tmp_path / "kept.db"), keep_days=7)
    client = TestClient(create_app(assistant, settings), base_url="http://localhost")
    place = ask_by_form(client)
    database = client.app.state.site.conversations.database
    with database.transaction() as session:
        session.execute(update(ConversationRow).values(updated=now() - timedelta(days=8)))
    assert client.get(place).status_code == 200
    client.app = create_app(assistant, settings)
    assert client.get(place).status_code == 404


def test_texts_of_the_interface_are_in_every_language() -> None:
    from web.english import ENGLISH
    from web.spanish import SPANISH
    from web.texts import SCRIPT_TEXTS

    assert ENGLISH.keys() == SPANISH.keys()
    holes = re.compile(r"\{\w+\}")
    for key, text in ENGLISH.items():
        assert sorted(holes.findall(text)) == sorted(holes.findall(SPANISH[key])), key
        assert not hasattr(dict, key), "a template would find the method instead"
    assert set(SCRIPT_TEXTS) <= ENGLISH.keys()
    scripts = "".join(path.read_text() for path in Path("web/static").glob("*.js"))
    templates = "".join(path.read_text() for path in Path("web/templates").glob("*.html"))
    assert set(re.findall(r'say\("(\w+)"', scripts)) <= set(SCRIPT_TEXTS)
    used = set(re.findall(r"\btext\.(\w+)", templates)) - {"format"}
    assert used <= ENGLISH.keys()
    indexed = {"answered", "partial", "not_in_articles", "too_long", "begin_anew", "up", "down"}
    states = {key for key in ENGLISH if key.startswith("state_")}
    assert ENGLISH.keys() - used - indexed - states - set(SCRIPT_TEXTS) == set()


def said_in(path: Path) -> Iterator[str]:
    """The sentences by which a module says what went wrong."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and len(node.args) > 1:
            name = getattr(node.func, "id", "")
            said = getattr(node.args[1], "value", None)
            if name in ("HTTPException", "make_problem") and isinstance(said, str):
                yield said


def test_what_goes_wrong_is_said_in_spanish(client) -> None:
    openai = {Path("web/completion_schemas.py"), Path("web/completions.py"), Path("web/mcp.py")}
    ours = set(Path("web").rglob("*.py")) - openai
    said = {sentence for path in ours for sentence in said_in(path)} | {NOT_KEPT}
    assert len(said) > 15
    assert said <= SPANISH_LINES.keys()
    spanish = {"accept-language": "es", "accept": "text/html"}
    assert "En esta dirección no hay nada." in client.get("/nowhere", headers=spanish).text
    body = {"question": "x", "conversation": "none"}
    reply = client.post("/api/conversations", json=body, headers=spanish)
    assert reply.json()["detail"].startswith("Aquí no hay tal conversación")
    assert client.get("/api/nowhere", headers=spanish).json()["detail"].startswith("There is")


def lines_in(path: Path, wanted: str) -> Iterator[str]:
    """Find the lines of a module that hold something, with "{}" for what is filled in; no docstrings."""
    tree = ast.parse(path.read_text())
    described = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    within = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    for node in ast.walk(tree):
        parts = node.values if isinstance(node, ast.JoinedStr) else [node]
        said = "".join(
            getattr(part, "value", "")
            if isinstance(part, ast.Constant) and isinstance(part.value, str)
            else "{}"
            for part in parts
        )
        if id(node) not in described | within and re.search(wanted, said):
            yield said


def test_what_the_program_says_of_an_answer_is_said_in_spanish() -> None:
    checks = [
        Path(f"assistant/checking/{name}.py") for name in ("facts", "turning", "verify", "writing")
    ]
    failures = [Path(f"assistant/models/{name}.py") for name in ("bounded", "failures")]
    reasons = {
        line for path in checks for line in lines_in(path, r"it cites|borne out|articles say")
    }
    faults = {
        line
        for path in failures
        for line in lines_in(path, r"^\{\}: |^the model|^check|^set |a while")
    }
    assert (len(reasons), len(faults)) > (8, 10)
    # "is" or "are" comes with what is quoted.
    known = {re.sub(r"\{\} (is|are)", "{}", line) for line in SPANISH_LINES}
    assert reasons | faults <= known


def reasons_in(path: Path) -> Iterator[str]:
    """The reasons by which a module refuses a file or a page, with "{}" for what is filled in."""
    named = {"IngestError", "Skipped", "PlacingError", "FetchError", "ChildError", "_ChildLost"}
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in named and node.args:
            said = node.args[-1]
            if isinstance(said, ast.Constant):
                yield said.value
            elif isinstance(said, ast.JoinedStr):
                yield "".join(
                    getattr(part, "value", None) if isinstance(part, ast.Constant) else "{}"
                    for part in said.values
                )


def test_why_a_file_is_not_read_is_said_in_spanish() -> None:
    modules = [*Path("ingest").rglob("*.py"), *Path("web/admin").rglob("*.py")]
    of_the_folder = {  # said when the folder itself is named to the command
        *("no such folder: make it and put articles in it", "can't be opened: {}"),
        *("not a folder: name the folder that holds the articles",),
        *("no articles in it: put files there ({})",),
    }
    reasons = {reason for path in modules for reason in reasons_in(path)} - of_the_folder
    assert len(reasons) > 40
    assert [reason for reason in reasons if put_line(reason, "es") == reason] == []


@pytest.mark.parametrize(
    ("line", "put"),
    [
        ("damaged: not a PDF file inside", "dañado: por dentro no es un archivo PDF"),
        ("not a format it reads: an image", "no es un formato que se lea: una imagen"),
        ("2 others with the title “Bees”: path added", "hay 2 más con el título «Bees»: se añadió la ruta"),
        ("“900”, “Lyon” are not in the passages it cites", "“900”, “Lyon” no están en los pasajes que cita"),
        ("the passages it cites say no", "los pasajes que cita dicen «no»"),
        ("the passages it cites say the opposite", "los pasajes que cita dicen lo contrario"),
        ("a.b: the server refused the key (401); set {x}", "a.b: el servidor rechazó la clave (401); defina {x}"),
        ("x: the answer broke off. What follows is put together from the articles’ own words.",
         "x: la respuesta se interrumpió. Lo que sigue está compuesto con las palabras de los propios artículos."),
        ("Nothing of ours.", "Nothing of ours."),
    ],
)  # fmt: skip
def test_what_is_filled_into_a_line_is_kept_or_put_in_turn(line, put) -> None:
    assert put_line(line, "es") == put
    assert put_line(line, "en") == line


def test_a_spanish_page_remarks_in_spanish_and_the_api_in_english(monkeypatch) -> None:
    reason = "“900” is not in the passages it cites"
    note = "x: the answer broke off. What follows is put together from the articles’ own words."
    doubted = Sentence("It takes 900 hives.", (), supported=False, reason=reason)
    assistant = make_assistant()
    answered = assistant.answer(LICENCE)
    whole = replace(answered, sentences=(*answered.sentences, doubted), notes=(note, "Odd <i>."))
    monkeypatch.setattr(assistant, "stream", lambda *_: iter((SentenceReady(doubted), Done(whole))))
    monkeypatch.setattr(assistant, "answer", lambda *_: whole)
    client = client_of(assistant, headers={"accept-language": "es"})
    page = client.post("/", data={"question": LICENCE}).text
    for html in (page, client.get(receipt_in(page)).text):
        assert "sin respaldo: “900” no está en los pasajes que cita</span>" in html
        assert "x: la respuesta se interrumpió. Lo que sigue" in html
        assert '<span lang="en">Odd &lt;i&gt;.</span>' in html
        assert reason not in html
    events = dict(stream(client, question=LICENCE))
    assert events["sentence"]["reason"].endswith("no está en los pasajes que cita")
    assert events["done"]["answer"]["notes"][0].startswith("x: la respuesta")
    told = client.post("/api/answer", json={"question": LICENCE}).json()
    assert (told["sentences"][-1]["reason"], told["notes"][0]) == (reason, note)
    exported = client.get(f"/c/{events['done']['conversation']}/export.json").json()
    assert exported["exchanges"][0]["answer"]["notes"][0] == note


def test_a_spanish_reader_gets_spanish(client) -> None:
    page = client.get("/", headers={"accept-language": "es-ES,es;q=0.9,en;q=0.1"}).text
    assert '<html lang="es">' in page
    assert "Pregunte a los artículos." in page


# ---- in a real Chromium


class Parted(FakeAssistant):
    """Two articles that say yes and no, cited by an answer that says so first."""

    def _stream(self, question):
        for event in super()._stream(question):
            if isinstance(event, Done) and len(event.answer.citations) > 1:
                both = tuple(citation.number for citation in event.answer.citations)
                opening = Sentence("The articles disagree.", both, supported=True)
                answer: Answer = replace(event.answer, sentences=(opening, *event.answer.sentences))
                yield Done(answer)
            else:
                yield event


DEGREE = "Do I need a diploma for this trade?"


def parted() -> Parted:
    def article(title: str, line: str):
        return make_document(title, [(Kind.PARAGRAPH, line, 0)])

    return Parted(
        FakeIndex([
            article("The Guild", "A diploma is required for this trade."),
            article("The Market", "A diploma is not required for this trade."),
        ])
    )  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serve_site(make_assistant()) as address:
        yield address


@pytest.mark.browser
def test_a_conversation_is_continued_found_renamed_and_deleted(browser, site) -> None:
    with opened(browser, site, viewport={"width": 1440, "height": 900}) as page:
        page.goto(site)
        ask(page, ROOF)
        expect(page).to_have_url(re.compile("/c/"))
        ask(page, HOURS)
        kept = page.get_by_role("navigation", name="Conversations")
        expect(kept.get_by_role("link", name=ROOF)).to_have_attribute("aria-current", "page")
        kept.get_by_role("link", name="New conversation").click()
        expect(page.get_by_role("heading", name="Ask the articles.")).to_be_visible()
        ask(page, CHESS)
        kept.get_by_role("link", name=ROOF).click()
        expect(page.locator(".exchange")).to_have_count(2)
        page.get_by_text("This conversation").click()
        page.get_by_label("Title").fill("Roofs <i>")
        page.get_by_role("button", name="Rename").click()
        expect(kept.get_by_role("link", name="Roofs <i>")).to_be_visible()
        kept.get_by_role("searchbox").fill("SECOND year")
        page.keyboard.press("Enter")
        expect(page.locator(".shelf a")).to_have_text(["Roofs <i>"])
        page.get_by_role("searchbox").fill("nothing like it")
        page.keyboard.press("Enter")
        expect(page.get_by_text("No conversation holds “nothing like it”.")).to_be_visible()
        page.get_by_role("link", name="All conversations").click()
        page.get_by_role("link", name="Roofs <i>").click()
        page.get_by_text("This conversation").click()
        page.get_by_text("Delete", exact=True).click()
        page.get_by_role("button", name="Delete for good").click()
        expect(page.locator(".shelf a")).to_have_text([CHESS])


@pytest.mark.browser
def test_without_script_everything_kept_works(browser, site) -> None:
    with opened(browser, site, java_script_enabled=False, viewport=PHONE) as page:
        page.goto(site)
        page.get_by_role("textbox", name="Your question").fill(ROOF)
        page.get_by_role("button", name="Ask", exact=True).click()
        page.get_by_role("button", name="Bad answer").click()
        expect(page.get_by_text("Thank you.")).to_be_visible()
        page.get_by_label("What is right or wrong").fill("Too short")
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_role("button", name="Bad answer")).to_have_attribute(
            "aria-pressed", "true"
        )
        page.get_by_role("button", name="Do I need a licence to keep bees?").click()
        expect(page.locator(".exchange")).to_have_count(2)
        page.get_by_role("link", name="Receipt").last.click()
        page.get_by_role("button", name="Check again").click()
        expect(page.get_by_role("status")).to_contain_text("Every quotation still stands")
        page.get_by_role("link", name="Conversations").click()
        expect(page.locator(".shelf a")).to_have_text([ROOF])


@pytest.mark.browser
def test_opinions_follow_ups_and_edits_with_script(browser, site) -> None:
    with opened(browser, site) as page:
        page.goto(site)
        ask(page, ROOF)
        page.get_by_role("button", name="Bad answer").click()
        expect(page.get_by_role("status")).to_contain_text("Thank you.")
        expect(page.get_by_label("What is right or wrong")).to_be_focused()
        page.get_by_label("… or paste it").fill("no licence is needed, but the keeping")
        page.get_by_role("button", name="Send").click()
        expect(page.locator(".thanks")).to_contain_text("Found in keeping bees in town.md.")
        page.get_by_role("button", name="Do I need a licence to keep bees?").click()
        expect(page.locator(".exchange .permalink")).to_have_count(2)
        expect(page.get_by_role("textbox", name="Your question")).to_be_focused()
        page.locator("[data-act=edit]").last.click()
        field = page.get_by_role("textbox", name="Your question")
        expect(field).to_be_focused()
        expect(field).to_have_value("Do I need a licence to keep bees?")


@pytest.mark.browser
def test_an_answer_is_copied_with_its_footnotes(browser, site) -> None:
    with opened(browser, site, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto(site)
        ask(page, ROOF)
        page.get_by_role("button", name="Copy with footnotes").click()
        expect(page.get_by_role("button", name="Copied.")).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith(f"{ROOF}\n\nYes: bees keep well on a flat roof")
        assert "out of the wind.[1]" in copied
        assert "\n[1] “Yes: bees" in copied
        assert f"{site}/r/" in copied


REASON = "“900” not in the passages it cites"
NOTE = "The model is <busy>. The quotes stand in for it."


class Doubtful(Waiting):
    """Says a second sentence that is not borne out, and remarks on how the answer came about."""

    def _stream(self, question):
        doubted = Sentence("It takes 900 hives.", (), supported=False, reason=REASON)
        for event in super()._stream(question):
            if isinstance(event, Done):
                said = (event.answer.sentences[0], doubted)
                yield Done(replace(event.answer, sentences=said, notes=(NOTE,)))
                continue
            yield event
            if isinstance(event, SentenceReady):
                yield SentenceReady(doubted)
                self.go_on.wait(10)


@pytest.mark.browser
@pytest.mark.parametrize("keeps", [True, False])
def test_what_is_not_borne_out_says_why_and_notes_are_shown(browser, monkeypatch, keeps) -> None:
    doubt = f"not borne out: {REASON}"
    assistant = Doubtful()
    allowed = ["clipboard-read", "clipboard-write"]
    if not keeps:
        monkeypatch.setattr(Conversations, "add", refuse_to_keep)
        monkeypatch.setattr(Runs, "find", lambda *_: None)
    with (
        serve_site(assistant) as site,
        opened(browser, site, refused=404, permissions=allowed) as page,
    ):
        page.goto(site)
        page.get_by_role("textbox", name="Your question").fill(ROOF)
        page.keyboard.press("Enter")
        expect(page.locator(".draft .sentence").nth(0)).to_be_visible()
        assistant.go_on.set()
        expect(page.locator(".unsupported")).to_have_text(doubt)
        expect(page.locator(".exchange > .remark")).to_have_text(NOTE)
        if not keeps:
            expect(page.locator(".draft .acts")).to_contain_text("could not be kept")
            return
        page.get_by_role("button", name="Copy with footnotes").click()
        expect(page.get_by_role("button", name="Copied.")).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert f"It takes 900 hives. ({doubt})\n" in copied
        assert f"\n\n{NOTE}\n\n[1] “Yes: bees" in copied
        receipt = page.locator(".permalink").get_attribute("href")
        markdown, exported = (
            page.request.get(f"{page.url}/export.{kind}").text() for kind in ("md", "json")
        )
        page.goto(f"{site}{receipt}")
        expect(page.locator(".unsupported")).to_have_text(doubt)
        expect(page.locator(".remark")).to_have_text(NOTE)
    answer = json.loads(exported)["exchanges"][0]["answer"]
    assert (answer["sentences"][1]["reason"], answer["notes"]) == (REASON, [NOTE])
    assert f"It takes 900 hives. *({doubt})*\n" in markdown
    assert "\n> The model is \\<busy\\>. The quotes stand in for it.\n" in markdown


def refuse_to_keep(*_: object) -> None:
    raise StoreError("the disk is full")


@pytest.mark.browser
def test_two_views_stand_side_by_side(browser) -> None:
    with serve_site(parted()) as site, opened(browser, site) as page:
        page.goto(site)
        ask(page, DEGREE)
        expect(page.locator(".said > p")).to_contain_text("The articles disagree.")
        yes, no = page.get_by_role("region", name="Yes"), page.get_by_role("region", name="No")
        expect(yes).to_contain_text("A diploma is required")
        expect(no).to_contain_text("A diploma is not required")
        expect(no.locator(".place")).to_have_text("The Market")
        boxes = [side.bounding_box() for side in (yes, no)]
        assert boxes[0]["y"] == boxes[1]["y"]
        page.set_viewport_size({"width": 320, "height": 700})
        boxes = [side.bounding_box() for side in (yes, no)]
        assert boxes[0]["y"] < boxes[1]["y"]


@pytest.mark.browser
def test_a_broken_stream_is_read_on(browser) -> None:
    """The connection ends after the first event; the rest comes by its number."""
    assistant = Waiting()
    app = create_app(assistant)
    with serve_site(assistant) as site, opened(browser, site) as page:
        page.goto(site)
        run = page.evaluate("""async question => {
            const abort = new AbortController();
            const reply = await fetch("/api/conversations", {method: "POST", signal: abort.signal,
                headers: {"Content-Type": "application/json"}, body: JSON.stringify({question})});
            const { value } = await reply.body.getReader().read();
            abort.abort();
            return JSON.parse(new TextDecoder().decode(value).match(/data: (.*)/)[1]).run; }""", ROOF)  # fmt: skip
        begun = f'id: 1\nevent: begin\ndata: {{"run": "{run}"}}\n\n'
        page.route("**/api/conversations", lambda route: route.fulfill(
            body=begun, content_type="text/event-stream"))  # fmt: skip
        page.get_by_role("textbox", name="Your question").fill(ROOF)
        page.keyboard.press("Enter")
        expect(page.locator(".draft .sentence")).to_be_visible()
        assistant.go_on.set()
        expect(page.locator(".exchange .permalink")).to_be_visible()
        expect(page.get_by_role("status")).to_contain_text("From the articles")
    assert len(assistant.asked) == 1
    del app


@pytest.mark.browser
def test_a_conversation_deleted_elsewhere_is_begun_anew(browser, site) -> None:
    with opened(browser, site, refused=404) as page:
        page.goto(site)
        ask(page, ROOF)
        place = page.url
        page.request.post(f"{place}/delete")
        page.get_by_role("textbox", name="Your question").fill(CHESS)
        page.keyboard.press("Enter")
        expect(page.locator(".draft .verdict")).to_contain_text("no such conversation")
        page.get_by_role("button", name="Ask again").click()
        expect(page.locator(".exchange .permalink")).to_have_count(2)
        assert page.url != place


@pytest.mark.browser
def test_leaving_the_page_loses_no_answer(browser) -> None:
    assistant = Waiting()
    with serve_site(assistant) as site, opened(browser, site) as page:
        page.goto(site)
        page.get_by_role("textbox", name="Your question").fill(ROOF)
        page.keyboard.press("Enter")
        expect(page.locator(".draft .sentence")).to_be_visible()
        page.goto(f"{site}/articles")
        assistant.go_on.set()
        link = page.get_by_role("link", name=ROOF)
        for _ in range(20):
            page.goto(f"{site}/conversations")
            if link.count():
                break
        expect(link).to_be_visible()


@pytest.mark.browser
def test_no_payload_runs_from_history_or_titles(browser) -> None:
    if not PAYLOADS.exists():
        pytest.skip(f"{PAYLOADS} is not here")
    lines = PAYLOADS.read_text(encoding="utf-8").splitlines()
    payloads = [json.loads(line)["payload"] for line in lines]
    with serve_site(make_assistant()) as site, opened(browser, site) as page:
        page.goto(site)
        place = ""
        for start in range(0, len(payloads), 60):
            question = " ".join(payloads[start : start + 60])[:1900]
            form = {"question": question, "conversation": place}
            reply = page.request.post(site, form=form)
            place = reply.url.partition("/c/")[2].partition("#")[0]
            title = {"title": " ".join(payloads[start : start + 3])[:190] or "x"}
            page.request.post(f"{site}/c/{place}/rename", form=title)
            if start % 240 == 0:
                page.goto(f"{site}/conversations?search={quote(payloads[start][:150])}")
                page.goto(f"{site}/c/{place}")
        page.goto(f"{site}/c/{place}")
        receipt = page.locator(".permalink").last.get_attribute("href")
        form = {"verdict": "down", "comment": payloads[0], "pasted": " ".join(payloads[:9])[:1900]}
        page.request.post(f"{site}{receipt}/feedback", form=form)
        page.goto(f"{site}/c/{place}")
        page.goto(f"{site}{receipt}?check=1")
        expect(page.get_by_role("button", name="Check again")).to_be_visible()


# ---- accessibility


@pytest.fixture(scope="module")
def axe() -> str:
    return load_axe()


@pytest.mark.browser
def test_axe_finds_nothing_on_any_page(browser, axe) -> None:
    with serve_site(make_assistant()) as site, opened(browser, site) as page:
        bees = make_corpus()[0].id
        for address in ("/", "/articles", f"/articles/{bees}?start=0&end=9", "/docs",
                        "/conversations"):  # fmt: skip
            page.goto(site + address)
            check_access(page, axe)
        page.goto(f"{site}/?q={quote('partly bees keep garden hive boxes roof licence smoker')}")
        check_access(page, axe)


@pytest.mark.browser
@pytest.mark.parametrize(
    "viewport", [{"width": 1440, "height": 900}, {"width": 320, "height": 640}]
)
def test_axe_finds_nothing_in_any_state_of_the_chat(browser, axe, viewport) -> None:
    with serve_site(make_assistant()) as site, opened(browser, site, viewport=viewport) as page:
        page.goto(site)
        ask(page, HOURS)
        page.get_by_role("button", name="Bad answer").click()
        expect(page.get_by_role("status")).to_contain_text("Thank you.")
        page.get_by_text("This conversation").click()
        page.locator(".tools").get_by_text("Delete", exact=True).click()
        check_access(page, axe)
        page.locator(".mark a").first.click()
        expect(page.locator("#panel #passage")).to_be_visible()
        check_access(page, axe)
        page.get_by_role("button", name="Close").click()
        ask(page, CHESS)
        check_access(page, axe)
        receipt = page.locator(".permalink").first.get_attribute("href")
        page.goto(f"{site}{receipt}?check=1")
        check_access(page, axe)
        page.goto(f"{site}/conversations?search=hours")
        check_access(page, axe)


@pytest.mark.browser
def test_axe_finds_nothing_while_answering_or_failing(browser, axe) -> None:
    assistant = Waiting()
    with serve_site(assistant) as site, opened(browser, site) as page:
        page.goto(site)
        page.get_by_role("textbox", name="Your question").fill(ROOF)
        page.keyboard.press("Enter")
        expect(page.locator(".draft .sentence")).to_be_visible()
        check_access(page, axe)
        page.get_by_role("button", name="Stop").click()
        expect(page.locator(".verdict")).to_contain_text("Stopped")
        check_access(page, axe)
        assistant.go_on.set()
    with serve_site(parted()) as site, opened(browser, site) as page:
        page.goto(site)
        ask(page, DEGREE)
        check_access(page, axe)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("address", "status"), [("/articles/none", 404), ("/c/none", 404), (f"/?q={ROOF}", 500)]
)
@pytest.mark.parametrize("locale", ["en-GB", "es-ES"])
def test_axe_finds_nothing_where_something_went_wrong(
    browser, axe, address, status, locale
) -> None:
    assistant = make_assistant(fault=RuntimeError("unforeseen"))
    with (
        serve_site(assistant) as site,
        opened(browser, site, refused=status, locale=locale) as page,
    ):
        reply = page.goto(site + address)
        assert reply is not None
        assert reply.status == status
        check_access(page, axe)
        check_no_sideways_scroll(page)


@pytest.mark.browser
@pytest.mark.parametrize("viewport", [{"width": 1440, "height": 900}, PHONE])
def test_axe_finds_nothing_in_spanish(browser, axe, viewport) -> None:
    with (
        serve_site(make_assistant()) as site,
        opened(browser, site, viewport=viewport, locale="es-ES") as page,
    ):
        page.goto(site)
        check_access(page, axe)
        for question in (HOURS, CHESS):
            page.get_by_role("textbox", name="Su pregunta").fill(question)
            page.keyboard.press("Enter")
            expect(page.locator(".draft")).to_have_count(0)
        expect(page.locator(".exchange .permalink")).to_have_count(2)
        page.get_by_role("button", name="Mala respuesta").first.click()
        expect(page.locator(".thanks")).to_be_visible()
        page.locator(".tools summary").first.click()
        check_access(page, axe)
        check_no_sideways_scroll(page)
        receipt = page.locator(".permalink").first.get_attribute("href")
        for place in ("/articles", "/conversations", "/docs", f"{receipt}?check=1"):
            page.goto(site + place)
            check_access(page, axe)
            check_no_sideways_scroll(page)


@pytest.mark.browser
def test_at_twice_the_size_nothing_is_lost(browser, site) -> None:
    """200 % on a 1280 pixel screen is 640 pixels of CSS; every control stays reachable."""
    with opened(browser, site, viewport={"width": 640, "height": 400}) as page:
        page.goto(site)
        ask(page, ROOF)
        for control in page.locator(".acts a, .acts button, #ask button").all():
            if control.is_visible():
                control.scroll_into_view_if_needed()
                expect(control).to_be_in_viewport()
        width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert width[0] <= width[1]
