"""The keeper's pages: who gets in, what may be put into the folder, and what is shown."""

import io
import os
import re
import threading
import zipfile
from pathlib import Path

import pytest
from desks import BEES, TOKEN, Bench, make_bench, make_report
from fakes import make_assistant
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen import canvas

import footnote
from eval.corpus_report import Pair, Place, Stale
from index.store import Library
from ingest.corpus import find_files
from ingest.reading import IngestError
from web.admin import pages
from web.admin.access import Door
from web.admin.desk import Desk
from web.admin.english import ENGLISH
from web.admin.errors import PlacingError, TooManyAttemptsError
from web.admin.fetch import FetchedPage
from web.admin.plots import HEIGHT, WIDTH, stack_bars
from web.admin.shelf import ShelfReader, list_names
from web.admin.spanish import SPANISH
from web.admin.upload import Placing, clean_name
from web.app import create_app
from web.serving import check_origins
from web.settings import Settings

PAGE = {"Accept": "text/html"}
HOST = "http://127.0.0.1"
PAGES = ("/admin", "/admin/report", "/admin/questions", "/admin/articles/x", "/admin/progress",
         "/admin/delete?source=bees.md", "/admin/feedback.jsonl")  # fmt: skip
FORMS = ("upload", "add", "delete", "rebuild", "report", "logout")
PAYLOADS = ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}", "../../x")


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return make_bench(tmp_path / "corpus")


def make_client(bench: Bench, token: str = TOKEN, **settings) -> TestClient:
    app = create_app(bench.assistant, Settings(admin_token=token, **settings), bench.workshop())
    return TestClient(app, base_url=HOST, headers=PAGE)


@pytest.fixture
def client(bench: Bench) -> TestClient:
    """A browser that is outside."""
    return make_client(bench)


@pytest.fixture
def keeper(client: TestClient) -> TestClient:
    """A browser that is inside."""
    return come_in(client)


def come_in(client: TestClient) -> TestClient:
    reply = client.post("/admin/login", data={"token": TOKEN})
    assert reply.url.path == "/admin"
    return client


def mark(keeper: TestClient) -> str:
    found = re.search(r'name="csrf" value="([\w-]+)"', keeper.get("/admin/report").text)
    assert found
    return found[1]


def send(keeper: TestClient, form: str, files=None, **fields):
    return keeper.post(f"/admin/{form}", data={"csrf": mark(keeper), **fields}, files=files)


def upload(keeper: TestClient, *files: tuple[str, bytes | str], **fields) -> str:
    return send(keeper, "upload", [("files", file) for file in files], **fields).text


def desk_of(client: TestClient) -> Desk:
    return client.app.state.desk


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# ---- the door


@pytest.mark.parametrize("address", ["/admin", "/admin/login", "/admin/report", "/admin/progress"])
def test_without_a_token_there_are_no_such_pages(bench, address) -> None:
    app = create_app(make_assistant(), Settings(), bench.workshop())
    assert TestClient(app, base_url=HOST).get(address).status_code == 404
    app = create_app(make_assistant(), Settings(admin_token=TOKEN))
    assert TestClient(app, base_url=HOST).get(address).status_code == 404


@pytest.mark.parametrize("address", PAGES)
def test_whoever_is_outside_is_sent_to_the_door(client, address) -> None:
    reply = client.get(address, follow_redirects=False)
    assert reply.status_code == 303
    assert reply.headers["Location"] == "/admin/login"
    assert "bees" not in reply.text


@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_done_for_whoever_is_outside(client, bench, form) -> None:
    before = names_in(bench.corpus)
    fields = {"source": "bees.md", "url": "http://a.test/", "csrf": ""}
    files = {"files": ("new.md", BEES)} if form == "upload" else None
    reply = client.post(f"/admin/{form}", data=fields, files=files, follow_redirects=False)
    assert reply.status_code == 303
    assert (names_in(bench.corpus), bench.builds) == (before, 1)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("csrf", ["", "x" * 43, "\u00e9"])
def test_a_form_without_the_mark_of_its_session_does_nothing(keeper, bench, form, csrf) -> None:
    before = names_in(bench.corpus)
    files = {"files": ("new.md", BEES)} if form == "upload" else None
    data = {"source": "bees.md", "url": "http://a.test/", "csrf": csrf}
    reply = keeper.post(f"/admin/{form}", data=data, files=files)
    assert reply.status_code == 403
    assert (names_in(bench.corpus), bench.builds) == (before, 1)
    assert keeper.get("/admin", follow_redirects=False).status_code == 200


def test_a_session_has_a_mark_of_its_own(client, bench) -> None:
    other = come_in(TestClient(client.app, base_url=HOST, headers=PAGE))
    theirs = mark(other)
    come_in(client)
    assert client.post("/admin/rebuild", data={"csrf": theirs}).status_code == 403


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client) -> None:
    reply = client.post("/admin/login", data={"token": f" {TOKEN}\n"}, follow_redirects=False)
    cookie = reply.headers["Set-Cookie"]
    assert reply.status_code == 303
    for part in ("HttpOnly", "SameSite=strict", "Path=/admin"):
        assert part in cookie
    assert "Secure" not in cookie
    assert TOKEN not in cookie
    secure = TestClient(client.app, base_url="https://127.0.0.1")
    reply = secure.post("/admin/login", data={"token": TOKEN}, follow_redirects=False)
    assert "Secure" in reply.headers["Set-Cookie"]


def test_another_sites_page_can_not_send_the_token(client) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert client.post("/admin/login", data={"token": TOKEN}, headers=headers).status_code == 403


@pytest.mark.parametrize("token", ["", "x", TOKEN[:-1], TOKEN + "x", TOKEN.upper(), "\u00e9"])
def test_a_wrong_token_opens_nothing(client, token) -> None:
    reply = client.post("/admin/login", data={"token": token})
    assert reply.status_code == 403
    assert "Set-Cookie" not in reply.headers
    assert "This is not the token." in reply.text


def test_after_a_few_wrong_tokens_the_right_one_must_wait(client) -> None:
    for _ in range(5):
        assert client.post("/admin/login", data={"token": "wrong"}).status_code == 403
    reply = client.post("/admin/login", data={"token": TOKEN})
    assert reply.status_code == 429
    assert 0 < int(reply.headers["Retry-After"]) <= 300
    assert client.get("/admin", follow_redirects=False).status_code == 303


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_attempts_are_counted_by_address_and_for_a_time() -> None:
    clock = Clock()
    door = Door(TOKEN, clock)
    for _ in range(5):
        assert door.enter("wrong", "2001:db8::1") is None
        clock.now += 10
    with pytest.raises(TooManyAttemptsError, match="250 s"):
        door.enter(TOKEN, "2001:db8::2")  # the same network
    assert door.enter(TOKEN, "2001:db8:0:1::1")
    clock.now += 250
    assert door.enter(TOKEN, "2001:db8::2")


def test_many_addresses_together_are_too_many() -> None:
    door = Door(TOKEN, Clock())
    for number in range(100):
        assert door.enter("wrong", f"198.51.100.{number}") is None
    with pytest.raises(TooManyAttemptsError):
        door.enter(TOKEN, "203.0.113.1")


def test_a_session_ends_by_itself_and_the_oldest_makes_room() -> None:
    clock = Clock()
    door = Door(TOKEN, clock)
    keys = [door.enter(TOKEN, "a") for _ in range(21)]
    assert len(set(keys)) == 21
    assert [door.find(key) is None for key in keys[:3]] == [True, False, False]
    assert door.find("") is None
    clock.now += 12 * 3600
    assert door.find(keys[-1]) is None


def test_leaving_ends_the_session_and_not_only_the_cookie(keeper) -> None:
    cookie = keeper.cookies["footnote_keeper"]
    assert send(keeper, "logout").url.path == "/admin/login"
    assert "footnote_keeper" not in keeper.cookies
    keeper.cookies.set("footnote_keeper", cookie, path="/admin")
    assert keeper.get("/admin", follow_redirects=False).status_code == 303


def test_the_pages_are_never_framed_kept_or_indexed(bench) -> None:
    keeper = come_in(make_client(bench, embedders=("https://example.org",)))
    reply = keeper.get("/admin")
    assert "frame-ancestors 'none'" in reply.headers["Content-Security-Policy"]
    assert (
        "frame-ancestors https://example.org" in keeper.get("/").headers["Content-Security-Policy"]
    )
    assert reply.headers["Cache-Control"] == "no-store"
    assert reply.headers["X-Robots-Tag"] == "noindex"
    assert "style=" not in reply.text
    assert "unsafe" not in reply.headers["Content-Security-Policy"]


# ---- the articles


def test_articles_are_listed_with_what_they_hold(keeper) -> None:
    text = keeper.get("/admin").text
    for part in ("Keeping Bees", "bees.md", "as indexed", "index built-1", "notes.rtf",
                 "not a format it reads: .rtf", "its table had no header", "up to date"):  # fmt: skip
        assert part in text
    assert "2 articles, " in text


def test_an_article_is_shown_with_its_passages_and_questions(keeper, bench) -> None:
    document = bench.index.documents()[0]
    text = keeper.get(f"/admin/articles/{document.id}").text
    assert "Can I keep bees on a roof?" in text
    assert "Bees are kept in hives of two boxes" in text
    assert keeper.get("/admin/articles/none").status_code == 404


def test_what_waits_for_a_build_is_said(keeper, bench) -> None:
    (bench.corpus / "new.md").write_text("# New\n\nNew.\n")
    (bench.corpus / "private.md").write_text("---\nfootnote: ignore\n---\n# Private\n")
    (bench.corpus / "bread.md").unlink()
    (bench.corpus / "bees.md").write_text(BEES.replace("two", "three"))
    text = keeper.get("/admin").text
    assert "ahead of the index" in text
    for line in ("New: new.md<", "Changed: bees.md<", "Gone: bread.md<", ">gone<", "changed since"):
        assert line in text
    assert "private.md" not in text
    send(keeper, "rebuild")
    desk_of(keeper).jobs.wait()
    text = keeper.get("/admin").text
    assert "up to date" in text
    assert "The index is built. Articles: 2." in text


def test_a_skipped_file_that_was_replaced_waits_too(keeper, bench) -> None:
    (bench.corpus / "torn.pdf").write_bytes(b"torn")
    send(keeper, "rebuild")
    desk_of(keeper).jobs.wait()
    assert "up to date" in keeper.get("/admin").text
    assert "New: torn.pdf<" in upload(keeper, ("torn.pdf", make_pdf()), replace="yes")
    send(keeper, "rebuild")
    desk_of(keeper).jobs.wait()
    assert "up to date" in keeper.get("/admin").text


def test_why_a_file_was_skipped_is_said_in_the_keepers_language(keeper, bench) -> None:
    (bench.corpus / "torn.pdf").write_bytes(b"torn")
    send(keeper, "rebuild")
    desk_of(keeper).jobs.wait()
    spanish = {"accept-language": "es"}
    assert "dañado: por dentro no es un archivo PDF" in keeper.get("/admin", headers=spanish).text
    assert "damaged: not a PDF file inside" in keeper.get("/admin").text


def test_many_articles_are_shown_page_by_page(bench, monkeypatch) -> None:
    monkeypatch.setattr("web.admin.shelf.PER_PAGE", 1)
    keeper = come_in(make_client(bench))
    assert "Page 1 of 2" in keeper.get("/admin").text
    assert "bees.md" in keeper.get("/admin?page=2").text
    for page in ("0", "-1", "99999", "9" * 500, "x", "\u0663", ""):
        assert "of 2" in keeper.get("/admin", params={"page": page}).text


def test_a_changed_file_is_seen_again_only_if_its_stamp_changed(bench) -> None:
    reader = ShelfReader(bench.corpus)
    assert reader.read(bench.index).is_current
    path = bench.corpus / "bees.md"
    stamp = path.stat()
    path.write_bytes(b"!" * stamp.st_size)
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns + 1))
    assert reader.read(bench.index).changed == ("bees.md",)


def test_a_few_files_are_named_and_the_rest_counted() -> None:
    assert list_names(("a", "b")) == "a, b"
    assert list_names([str(n) for n in range(9)]) == "0, 1, 2, 3, 4 … (+4)"


# ---- files in and out


def make_pdf() -> bytes:
    out = io.BytesIO()
    page = canvas.Canvas(out)
    page.drawString(100, 700, "Bread needs steam at the beginning of baking.")
    page.save()
    return out.getvalue()


def test_several_files_are_put_into_the_folder_each_with_its_outcome(keeper, bench) -> None:
    text = upload(
        keeper,
        ("hives.md", "# Hives\n\nA hive has boxes.\n"),
        ("steam", make_pdf()),
        ("fake.pdf", b"no PDF at all"),
        ("empty.txt", b"  \n"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(50)),
        ("table.csv", "a,b\n1,2\n"),
        ("page.php", "<!doctype html><title>T</title><p>Bees fly far and wide.</p>"),
        ("mine.md", "---\nfootnote: ignore\n---\n# Mine\n"),
    )
    for line in (
        *("hives.md is in the folder", "steam.pdf is in the folder", "fake.pdf: damaged"),
        *("empty.txt: empty", "picture.png: not a format it reads: an image"),
        *("table.csv: not a format it reads: .csv", "page.php.html is in the folder"),
        "mine.md is in the folder; it asks to be left out",
    ):
        assert line in text
    expected = {"hives.md", "steam.pdf", "page.php.html", "mine.md", "bees.md", "bread.md"}
    assert set(names_in(bench.corpus)) == expected | {"notes.rtf"}
    assert (bench.corpus / "hives.md").read_text() == "# Hives\n\nA hive has boxes.\n"
    assert "New: hives.md, page.php.html, steam.pdf" in text
    assert "is in the folder" not in keeper.get("/admin").text  # said once


def test_nothing_is_overwritten_unless_that_was_asked_for(keeper, bench) -> None:
    text = upload(keeper, ("bees.md", "# Other\n\nOther bees.\n"))
    assert "bees.md: a file of this name is there already" in text
    assert (bench.corpus / "bees.md").read_text() == BEES
    text = upload(keeper, ("bees.md", "# Other\n\nOther bees.\n"), replace="yes")
    assert "bees.md has been replaced" in text
    assert (bench.corpus / "bees.md").read_text() == "# Other\n\nOther bees.\n"
    (bench.corpus / "folder.md").mkdir()
    assert "folder.md: a file of" in upload(keeper, ("folder.md", BEES), replace="yes")


def test_a_link_in_the_folder_is_replaced_and_not_followed(keeper, bench, tmp_path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text("mine")
    (bench.corpus / "link.md").symlink_to(outside)
    upload(keeper, ("link.md", "# Other\n\nOther bees.\n"))
    upload(keeper, ("link.md", "# Other\n\nOther bees.\n"), replace="yes")
    assert outside.read_text() == "mine"
    assert not (bench.corpus / "link.md").is_symlink()


@pytest.mark.parametrize(
    "name",
    ["../up.md", "/etc/up.md", "..\\up.md", "C:\\x\\up.md", "a/b/up.md", ".up.md", "~$up.md",
     "\u202eup.md", "u\np.md", "up.md ", "...up.md"],
)  # fmt: skip
def test_a_name_leads_nowhere_and_hides_nothing(bench, name) -> None:
    with Placing.into(bench.corpus) as placing:
        placed = placing.place(name, BEES.encode(), replace=False)
    assert placed.source == "up.md"
    assert (bench.corpus / "up.md").exists()
    assert names_in(bench.corpus.parent) == ["corpus"]


@pytest.mark.parametrize("name", ["", ".", "..", "/", "...", "-", "\u202e", "a/", "\x00", "~$"])
def test_a_name_of_nothing_is_refused(name) -> None:
    with pytest.raises(PlacingError, match="rename it"):
        clean_name(name)


@given(st.text(max_size=400))
def test_any_name_is_refused_or_is_one_that_a_build_finds(name: str) -> None:
    try:
        clean = clean_name(name)
    except PlacingError:
        return
    assert clean == clean_name(clean)
    assert "/" not in clean
    assert clean not in (".", "..")
    assert not clean.startswith((".", "~$"))
    assert clean.isprintable()
    assert len(clean.encode()) <= 200


def test_a_file_may_not_be_larger_than_one_that_is_read(bench, monkeypatch) -> None:
    monkeypatch.setattr("web.admin.upload.MAX_BYTES", 100)
    with Placing.into(bench.corpus) as placing, pytest.raises(PlacingError, match="larger than"):
        placing.place("x.md", b"x" * 101, replace=False)


def test_an_upload_has_a_limit_of_its_own_and_other_forms_the_usual_one(bench) -> None:
    keeper = come_in(make_client(bench, max_body=1000))
    assert "long.md is in the folder" in upload(keeper, ("long.md", "# L\n\n" + "word " * 1000))
    assert keeper.post("/admin/delete", data={"source": "x" * 2000}).status_code == 413
    headers = {"Content-Length": str(pages.MAX_UPLOAD + 1)}
    assert keeper.post("/admin/upload", headers=headers, content=b"").status_code == 413


def test_a_broken_upload_is_said_to_be_one(keeper, bench) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    reply = keeper.post("/admin/upload", content=b"--y\r\nnothing", headers=headers)
    assert reply.status_code in (400, 403)
    assert "No file was chosen" in upload(keeper)
    files = [("files", (f"{n}.md", BEES)) for n in range(101)]
    assert send(keeper, "upload", files).status_code == 400
    assert len(names_in(bench.corpus)) == 3


def test_a_bomb_is_refused_without_harm(keeper, bench) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<a>" * 3_000_000)
    text = upload(keeper, ("bomb.docx", out.getvalue()))
    assert "bomb.docx: " in text
    assert "bomb.docx" not in names_in(bench.corpus)


def test_a_folder_that_can_not_be_written_to_is_said(bench) -> None:
    placing = Placing(bench.corpus / "gone")
    with pytest.raises(PlacingError, match="can't be written: No such file"):
        placing.place("x.md", b"---\nfootnote: ignore\n---\nx", replace=False)


def test_a_file_is_deleted_after_asking(keeper, bench) -> None:
    text = keeper.get("/admin/delete?source=notes.rtf").text
    assert "will be deleted" in text
    assert "notes.rtf" in names_in(bench.corpus)
    assert "notes.rtf has been deleted" in send(keeper, "delete", source="notes.rtf").text
    assert names_in(bench.corpus) == ["bees.md", "bread.md"]


@pytest.mark.parametrize(
    "source", ["", ".", "..", "../outside.md", "/etc/passwd", "bees.md/", "./bees.md", "none.md",
               "../corpus/bees.md", ".hidden.md", "sub"]
)  # fmt: skip
def test_only_files_of_the_folder_are_deleted(keeper, bench, tmp_path, source) -> None:
    (tmp_path / "outside.md").write_text("mine")
    (bench.corpus / ".hidden.md").write_text("mine")
    (bench.corpus / "sub").mkdir()
    before = names_in(bench.corpus)
    assert keeper.get("/admin/delete", params={"source": source}).status_code == 404
    assert "there is no such file" in send(keeper, "delete", source=source).text
    assert (tmp_path / "outside.md").exists()
    assert names_in(bench.corpus) == before


def test_files_in_subfolders_are_deleted_too_and_links_by_themselves(
    keeper, bench, tmp_path
) -> None:
    (bench.corpus / "sub").mkdir()
    (bench.corpus / "sub" / "a.md").write_text("# A\n\nA.\n")
    outside = tmp_path / "outside.md"
    outside.write_text("mine")
    (bench.corpus / "link.md").symlink_to(outside)
    send(keeper, "delete", source="sub/a.md")
    send(keeper, "delete", source="link.md")
    assert names_in(bench.corpus / "sub") == []
    assert "link.md" not in names_in(bench.corpus)
    assert outside.exists()


# ---- a page from the web


def test_a_page_is_added_with_its_origin(keeper, bench, monkeypatch) -> None:
    def fetched(url, network):
        assert network is desk_of(keeper).network
        html = b"<!doctype html><title>Roofs</title><h1>Roofs</h1><p>Roofs carry hives.</p>"
        return FetchedPage(url, ".html", html)

    monkeypatch.setattr(pages, "fetch_page", fetched)
    text = send(keeper, "add", url="https://example.org/roofs").text
    assert "example.org-roofs.html is in the folder" in text
    bench.build(lambda *_: None)
    (roofs,) = [one.id for one in bench.index.documents() if one.title == "Roofs"]
    shown = keeper.get(f"/articles/{roofs}").text
    assert '<a href="https://example.org/roofs" rel="noopener noreferrer nofollow">' in shown
    again = send(keeper, "add", url="https://example.org/roofs").text
    assert "a file of this name is there already" in again
    assert "replaced" in send(keeper, "add", url="https://example.org/roofs", replace="yes").text


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://localhost:8000/", "ftp://a.test/", ""]
)
def test_no_page_of_the_inside_is_added(keeper, bench, url) -> None:
    before = names_in(bench.corpus)
    assert "The page was not added: " in send(keeper, "add", url=url).text
    assert names_in(bench.corpus) == before


# ---- what takes a while


def test_the_old_index_answers_while_the_new_one_is_built(keeper, bench) -> None:
    (bench.corpus / "hives.md").write_text("# Hives\n\nHives stand in gardens and orchards.\n")
    bench.go.clear()
    text = send(keeper, "rebuild").text
    assert "Building the index" in text or "Reading files: 0 of 3" in text
    assert '<noscript><meta http-equiv="refresh"' in text
    question = {"question": "Where do hives stand, in gardens or orchards?"}
    before = keeper.post("/api/answer", json=question, headers={"Accept": "*/*"}).json()
    assert before["index_version"] == "built-1"
    assert "under way already" in send(keeper, "rebuild").text
    bench.go.set()
    desk_of(keeper).jobs.wait()
    after = keeper.post("/api/answer", json=question, headers={"Accept": "*/*"}).json()
    assert after["index_version"] == "built-2"
    assert after["verdict"] == "answered"
    assert bench.builds == 2


def test_progress_is_sent_as_it_comes(keeper, bench) -> None:
    bench.go.clear()
    send(keeper, "rebuild")
    seen = []
    with keeper.stream("GET", "/admin/progress") as reply:
        assert reply.headers["Content-Type"].startswith("text/event-stream")
        for line in reply.iter_lines():
            seen.append(line)
            bench.go.set()
    assert "event: finished" in seen
    assert any("The index is built" in line for line in seen)
    assert "event: finished" in keeper.get("/admin/progress").text  # nothing under way


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (IngestError("corpus", "no articles in it"), "It did not work: corpus: no articles in it."),
        (
            RuntimeError("/secret/path"),
            "It did not work: something went wrong; it has been logged.",
        ),
    ],
)
def test_a_build_that_fails_says_why_and_leaves_the_index(
    keeper, bench, caplog, fault, said
) -> None:
    bench.fault = fault
    send(keeper, "rebuild")
    desk_of(keeper).jobs.wait()
    text = keeper.get("/admin").text
    assert said in text
    assert "index built-1" in text
    bench.fault = None
    send(keeper, "rebuild")
    desk_of(keeper).jobs.wait()
    assert "index built-2" in keeper.get("/admin").text


def test_the_report_is_made_when_asked_for_and_said_to_be_old(keeper, bench) -> None:
    text = keeper.get("/admin/report").text
    assert "No report has been made" in text
    bees = Place("bees.md", ("Roofs",), 3, 9, "Bees need wind.")
    bread = Place("bread.md", (), 0, 5, "Bees need\nno wind.")
    bench.report = lambda: make_report(
        clashes=(Pair(bees, bread, "needed against not needed"),),
        doubles=(Pair(bees, bread),),
        stale=(Stale("bees.md", 1999, bees), Stale("bread.md", 2001, None, "date")),
        unreached=(bread,) * 60,
    )
    send(keeper, "report")
    desk_of(keeper).jobs.wait()
    text = keeper.get("/admin/report").text
    for part in ("Articles: 2, questions: 3", "needed against not needed", "1999", "2001", "date",
                 "bees.md › Roofs", "?start=3&amp;end=9#passage", "… and 10 more."):  # fmt: skip
        assert part in text
    assert "The index has changed since" not in text
    send(keeper, "rebuild")
    desk_of(keeper).jobs.wait()
    assert "The index has changed since" in keeper.get("/admin/report").text


# ---- what was asked


def ask(client: TestClient, question: str) -> str:
    return client.post("/", data={"question": question}).text


def test_what_was_not_answered_is_counted_and_who_asked_is_not_said(keeper, bench) -> None:
    assert "Nothing has been asked" in keeper.get("/admin/questions").text
    for question in ("Who won the chess cup?", "who won the CHESS cup", "Where is the sea?"):
        ask(TestClient(keeper.app, base_url=HOST, headers=PAGE), question)
    reader = TestClient(keeper.app, base_url=HOST, headers=PAGE)
    kept = ask(reader, "Which hives of boxes are bees kept in?")
    receipt = re.search(r'href="/r/([\w-]+)"', kept)[1]
    opinion = {"verdict": "down", "comment": "Too short", "pasted": "a flat roof carries a hive"}
    reader.post(f"/r/{receipt}/feedback", data=opinion)
    text = keeper.get("/admin/questions").text
    rows = re.findall(r'<th scope="row">(.*?)</th><td class="figure"[^>]*>(\d+)</td>', text)
    assert sorted(rows) == [("Where is the sea?", "1"), ("who won the CHESS cup", "2")]
    assert "1 answered, 0 answered in part, 3 not in the articles" in text
    for part in ("Too short", "a flat roof carries a hive", f"/r/{receipt}"):
        assert part in text
    assert reader.cookies["footnote_reader"] not in text
    exported = keeper.get("/admin/feedback.jsonl")
    assert '"question": "Which hives of boxes are bees kept in?"' in exported.text
    assert "attachment" in exported.headers["Content-Disposition"]


def test_bars_stand_on_each_other_and_fill_the_plot() -> None:
    assert stack_bars([{"a": 0}], ["a"]) == []
    bars = stack_bars([{"a": 1, "b": 3}, {}, {"a": 2}], ["a", "b"])
    assert [(bar.kind, bar.x, bar.y, bar.height) for bar in bars] == [
        ("a", 0.0, HEIGHT * 0.75, HEIGHT * 0.25),
        ("b", 0.0, 0.0, HEIGHT * 0.75),
        ("a", WIDTH * 2 / 3, HEIGHT * 0.5, HEIGHT * 0.5),
    ]


# ---- put together by the command


@pytest.mark.parametrize("token", ["short", "123456789012345"])
def test_a_token_that_can_be_guessed_is_refused(monkeypatch, capsys, token) -> None:
    monkeypatch.setenv("FOOTNOTE_ADMIN_TOKEN", token)
    assert footnote.run(["serve", "--port", "0"]) == 2
    assert capsys.readouterr().err == (
        "footnote: FOOTNOTE_ADMIN_TOKEN is too short: at least 16 characters\n"
    )


@pytest.mark.parametrize("name", ["*", "example.org", "https://a.test/page", "https://a; script-src *",
                                  "https://a.test\r\nX: y", "'self'", "https://"])  # fmt: skip
def test_a_site_that_may_embed_the_chat_is_an_origin(capsys, name) -> None:
    assert footnote.run(["serve", "--port", "0", "--embedder", name]) == 2
    assert "is no site" in capsys.readouterr().err
    good = ["https://example.org/", "http://localhost:8080", "https://*.example.org"]
    assert check_origins(good)[0] == "https://example.org"


@pytest.mark.parametrize(
    ("flags", "variable", "days"),
    [([], "", 365), ([], "7", 7), (["--keep-days", "0"], "7", 0)],
)
def test_how_long_conversations_are_kept_is_set(
    monkeypatch, tmp_path, built_index, flags, variable, days
) -> None:
    served = []

    def serve(app, listener, proxies) -> None:
        listener.close()
        served.append((app.state.site.settings, proxies))

    monkeypatch.setattr("web.serving.run_server", serve)
    monkeypatch.setenv("FOOTNOTE_KEEP_DAYS", variable) if variable else None
    places = ["--index", str(built_index), "--database", str(tmp_path / "kept.db")]
    trusted = ["--trusted-proxy", "10.0.0.7"]
    assert footnote.run(["serve", "--port", "0", *places, *trusted, *flags]) == 0
    settings, proxies = served[0]
    assert (settings.keep_days, proxies) == (days, ["10.0.0.7"])


def test_a_real_index_is_built_and_reported_on(tmp_path) -> None:
    bench = make_bench(tmp_path / "corpus")
    library = Library(tmp_path / "index")
    workshop = footnote._workshop(library, bench.corpus, tmp_path / "index", None)
    workshop.build(lambda *_: None)
    app = create_app(bench.assistant, Settings(admin_token=TOKEN), workshop)
    keeper = come_in(TestClient(app, base_url=HOST, headers=PAGE))
    upload(keeper, ("hives.md", "# Hives\n\nHives were last counted in 1999, in the old town.\n"))
    for job in ("rebuild", "report"):
        send(keeper, job)
        desk_of(keeper).jobs.wait()
    text = keeper.get("/admin").text
    assert "up to date" in text
    assert "3 articles, " in text
    text = keeper.get("/admin/report").text
    assert "Articles: 3, questions: 1." in text
    assert "1999" in text
    document = library.current().documents()[0]
    assert "Can I keep bees on a roof?" in keeper.get(f"/admin/articles/{document.id}").text


# ---- words


def test_every_word_is_there_in_every_language() -> None:
    assert ENGLISH.keys() == SPANISH.keys()
    for key, text in ENGLISH.items():
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", SPANISH[key])), key


def test_the_pages_speak_spanish(keeper) -> None:
    for address, words in (("/admin", "Añadir artículos"), ("/admin/report", "Informe"),
                           ("/admin/questions", "Preguntas")):  # fmt: skip
        assert words in keeper.get(address, headers={"Accept-Language": "es"}).text


def test_no_name_or_text_of_a_stranger_becomes_markup(keeper, bench) -> None:
    for payload in PAYLOADS:
        text = upload(keeper, (f"{payload}.md", f"# {payload}\n\nBees {payload}\n"))
        upload(keeper, (payload, b"\x89PNG"))
        send(keeper, "add", url=f"http://{payload}/")
        ask(TestClient(keeper.app, base_url=HOST, headers=PAGE), f"Who is {payload}?")
    send(keeper, "rebuild")
    desk_of(keeper).jobs.wait()
    for address in ("/admin", "/admin/questions"):
        text = keeper.get(address).text
        assert "<script>alert" not in text
        assert "<img" not in text
        assert "49" not in re.sub(r'value="[\w-]+"', "", text)
    for found in find_files(bench.corpus)[0]:
        assert keeper.get("/admin/delete", params={"source": found.source}).status_code == 200


def test_pages_hold_while_files_come_and_go(keeper, bench) -> None:
    """The folder changes under a page that is being made."""
    over = threading.Event()

    def stir() -> None:
        while not over.is_set():
            path = bench.corpus / "coming.md"
            path.write_text("# C\n\nC.\n")
            path.unlink()

    thread = threading.Thread(target=stir)
    thread.start()
    try:
        assert {keeper.get("/admin").status_code for _ in range(15)} == {200}
    finally:
        over.set()
        thread.join()
