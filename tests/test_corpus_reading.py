"""A folder of files: which are read, which are not and why, and readers that misbehave."""

import dataclasses
import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from ingest.corpus import CorpusReading, find_files, read_corpus
from ingest.formats import detect_format
from ingest.isolation import Limits, ReaderProcess
from ingest.reading import IngestError

ARTICLES = Path(__file__).parents[2] / "shared/articles"
WORDS = "An article with a sentence in it. And another one follows."


def folder(root: Path, **files: str | bytes) -> Path:
    for name, content in files.items():
        path = root / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def sources(reading: CorpusReading) -> list[str]:
    return [document.source for document in reading.documents]


def reasons(reading: CorpusReading) -> dict[str, str]:
    return {skipped.source: skipped.reason for skipped in reading.skipped}


# ---- which files


def test_files_of_all_folders_are_read_in_order_of_their_paths(tmp_path):
    root = folder(
        tmp_path,
        b_md="# B\n\n" + WORDS + "b",
        a__z_txt=WORDS + "z",
        a__c_html=f"<title>C</title><p>{WORDS} c",
        _hidden_md=WORDS,
    )
    folder(tmp_path / ".git", x_md=WORDS)
    reading = read_corpus(root)
    assert sources(reading) == ["a/c.html", "a/z.txt", "b.md"]
    assert reading.skipped == ()
    document = reading.documents[-1]
    assert document.sha256 == hashlib.sha256((root / "b.md").read_bytes()).hexdigest()


def test_content_decides_before_the_name_does():
    page = b"\xef\xbb\xbf <!-- saved --> <!DOCTYPE html><html>"
    assert detect_format(page, "a.txt") == "html"
    assert detect_format(b"junk\n%PDF-1.4", "a.md") == "pdf"
    remarks = b"<!-- a remark -->\n" * 40
    assert detect_format(remarks + b"# A title\n", "a.md") == "markdown"
    assert detect_format(remarks + b"<html>", "a.md") == "html"
    assert detect_format(b"PK\x03\x04....word/document.xml", "a.txt") == "docx"
    assert detect_format("Text".encode("utf-16"), "a.txt") == "text"
    assert detect_format("Text".encode("utf-16-le"), "a.txt") == "text"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.md", b" \n\t ", "empty"),
        ("a.txt", b"\x00\x01\x02\x03" * 50, "binary"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + b"x" * 50, "image"),
        ("a.pdf", b"plain text", "damaged"),
        ("a.pdf", b"%PDF-1.7 and nothing more", "damaged"),
        ("a.docx", b"PK\x03\x04 nothing", "damaged"),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "password",
        ),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "not a format"),
        ("a.txt", b"{\\rtf1 text}", "RTF"),
        ("a.epub", b"PK\x03\x04", "not a format"),
        ("a.html", b"<html><script>x</script></html>", "no text"),
        ("notes", b"text without an ending", "ending"),
    ],
)
def test_what_cannot_be_read_is_skipped_with_a_reason_and_the_rest_is_read(
    tmp_path, name, content, reason
):
    (tmp_path / name).write_bytes(content)
    (tmp_path / "good.txt").write_text(WORDS)
    reading = read_corpus(tmp_path)
    assert sources(reading) == ["good.txt"]
    assert reason in reasons(reading)[name]
    assert "\n" not in reasons(reading)[name]


def test_what_nobody_would_expect_to_be_read_is_passed_over_in_silence(tmp_path):
    root = folder(tmp_path, page_html=f"<p>{WORDS}", style_css="p {}", tool_py="1")
    (root / "page_files").mkdir()
    (root / "page_files" / "logo.png").write_bytes(b"\x89PNG")
    assert reasons(read_corpus(root)) == {}


def test_a_file_that_asks_for_it_is_left_out(tmp_path):
    root = folder(tmp_path, a_md=f"---\ntitle: A\nfootnote: ignore\n---\n{WORDS}", b_md=WORDS)
    reading = read_corpus(root)
    assert sources(reading) == ["b.md"]
    assert reading.skipped == ()


def test_a_file_over_the_size_limit_is_not_even_opened(tmp_path):
    with (tmp_path / "big.txt").open("wb") as file:
        file.truncate(51 << 20)  # a sparse file
    (tmp_path / "good.txt").write_text(WORDS)
    assert "too large" in reasons(read_corpus(tmp_path))["big.txt"]


def test_links_inside_the_folder_are_followed_once_and_out_of_it_never(tmp_path):
    outside = folder(tmp_path / "outside", secret_txt="Secret. " + WORDS)
    root = folder(tmp_path / "root", a__a_txt=WORDS)
    folder(root / ".data", hidden_txt="Reached by a link only. " + WORDS)
    (root / "out.txt").symlink_to(outside / "secret.txt")
    (root / "outdir").symlink_to(outside)
    (root / "again.txt").symlink_to(root / "a/a.txt")
    (root / "a" / "loop").symlink_to(root)
    (root / "loop2").symlink_to(root / "a")
    (root / "broken.txt").symlink_to(root / "none.txt")
    (root / "self.txt").symlink_to(root / "self.txt")
    (root / "linked.txt").symlink_to(root / ".data" / "hidden.txt")
    reading = read_corpus(root)
    assert sources(reading) == ["a/a.txt", "linked.txt"]
    told = reasons(reading)
    assert sorted(told) == ["broken.txt", "out.txt", "outdir", "self.txt"]
    assert "out of the folder" in told["out.txt"]
    assert "out of the folder" in told["outdir"]


def test_a_pipe_does_not_hang(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "good.txt").write_text(WORDS)
    assert "pipe" in reasons(read_corpus(tmp_path))["a.txt"]


def test_a_name_that_breaks_a_line_is_told_in_one(tmp_path):
    (tmp_path / "bad\nname.txt").write_text(WORDS)
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")).write_text(WORDS)
    (tmp_path / "good name é.txt").write_text(WORDS)
    reading = read_corpus(tmp_path)
    assert sources(reading) == ["good name é.txt"]
    assert sorted(reasons(reading)) == ["\\xff.txt", "bad\\x0aname.txt"]


def test_a_folder_that_is_none_or_holds_nothing_says_what_to_do(tmp_path):
    (tmp_path / "file.txt").write_text(WORDS)
    (tmp_path / "empty").mkdir()
    for path in (tmp_path / "none", tmp_path / "file.txt", tmp_path / "empty"):
        with pytest.raises(IngestError) as caught:
            find_files(path)
        assert str(path) in str(caught.value)


# ---- documents together


def test_a_copy_is_skipped_and_names_its_original(tmp_path):
    reading = read_corpus(folder(tmp_path, a_txt=WORDS, b_md=WORDS, c_txt=WORDS + " More."))
    assert sources(reading) == ["a.txt", "c.txt"]
    assert "a.txt" in reasons(reading)["b.md"]


def test_two_files_with_one_title_can_be_told_apart(tmp_path):
    root = folder(tmp_path, a_md=f"# Guide\n\n{WORDS}", x__a_md=f"# guide\n\n{WORDS} More.")
    reading = read_corpus(root)
    assert [document.title for document in reading.documents] == ["Guide (a.md)", "guide (x/a.md)"]
    assert [note.source for note in reading.repaired] == ["a.md", "x/a.md"]
    (root / "a.md").unlink()
    known = {document.source: document for document in reading.documents}
    again = read_corpus(root, known)
    assert [document.title for document in again.documents] == ["guide"]


def test_what_had_to_be_mended_is_noted(tmp_path):
    (tmp_path / "a.html").write_bytes(f"<p>{WORDS} naïve".encode("windows-1252"))
    assert [(r.source, r.note) for r in read_corpus(tmp_path).repaired] == [
        ("a.html", "decoded as windows-1252")
    ]


def test_nothing_is_noted_of_a_copy_that_is_skipped(tmp_path):
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_bytes(f"<p>{WORDS} naïve".encode("windows-1252"))
    assert [note.source for note in read_corpus(tmp_path).repaired] == ["a.html"]


def test_a_known_file_is_taken_over_unread_and_a_changed_one_is_read(tmp_path):
    root = folder(tmp_path, a_txt=WORDS, b_txt=WORDS + " b")
    first = read_corpus(root)
    marked = {d.source: dataclasses.replace(d, metadata={"mark": "1"}) for d in first.documents}
    (root / "b.txt").write_text(WORDS + " changed")
    second = read_corpus(root, marked)
    assert second.unchanged == 1
    assert second.documents[0].metadata == {"mark": "1"}
    assert "changed" in second.documents[1].text


def test_progress_counts_every_file(tmp_path):
    seen: list[tuple[int, int]] = []
    root = folder(tmp_path, a_txt=WORDS, b_txt="", c_md=WORDS + "c")
    read_corpus(root, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(0, 3), (1, 3), (2, 3), (3, 3)]


@pytest.mark.skipif(not ARTICLES.exists(), reason="needs ../shared/articles")
def test_the_source_articles_are_read():
    reading = read_corpus(ARTICLES)
    assert len(reading.documents) == 4
    assert reading.skipped == ()
    assert read_corpus(ARTICLES) == reading


# ---- readers that misbehave (they run in a child process, which finds them by name)


def misbehave(data: bytes, source: str) -> str:
    sys.stdout.write("noise on standard output")
    if source == "hang":
        while True:
            pass
    if source == "eat":
        eaten = []
        while True:
            eaten.append(bytearray(1 << 24))
    if source == "die":
        os._exit(1)
    if source == "recurse":
        return misbehave(data, source)
    if source == "raise":
        raise ValueError("two\nlines")
    if source == "refuse":
        raise IngestError(source, "a reason")
    if source == "import":
        import no_such_module_here  # noqa: F401
    return f"{source} {len(data)} {os.getpid()}"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("hang", "given up on after 2 s"),
        ("eat", "takes over 200 MB of memory"),
        ("die", "crashed"),
        ("recurse", "nested"),
        ("raise", "ValueError: two lines"),
        ("refuse", "a reason"),
        ("import", "needs no_such_module_here"),
    ],
)
def test_a_reader_that_misbehaves_is_given_up_on_and_the_next_file_read(source, words):
    seconds = 2 if source == "hang" else 60  # however slow the machine, only one is out of time
    with ReaderProcess(misbehave, Limits(seconds=seconds, memory=200 << 20)) as reader:
        with pytest.raises(IngestError) as caught:
            reader.run(b"", source)
        assert caught.value.source == source
        assert words in caught.value.reason
        assert "\n" not in caught.value.reason
        assert reader.run(b"1234", "fine").startswith("fine 4 ")


def test_one_child_serves_all_files_and_ends_with_its_owner():
    with ReaderProcess(misbehave) as reader:
        children = {reader.run(bytes(1 << 20), "a").split()[-1] for _ in range(3)}
    (child,) = children
    assert not psutil.pid_exists(int(child))


PARENT = """
import sys
from ingest.isolation import ReaderProcess
from test_corpus_reading import misbehave
reader = ReaderProcess(misbehave)
print(reader.run(b"", "a").split()[-1], flush=True)
reader.run(b"", "hang")
"""


def test_killing_the_parent_ends_a_child_at_work():
    path = os.pathsep.join([str(Path(__file__).parents[1]), str(Path(__file__).parent)])
    with subprocess.Popen(
        [sys.executable, "-c", PARENT],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": path},
    ) as parent:
        child = psutil.Process(int(parent.stdout.readline()))
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        psutil.wait_procs([child], timeout=20)
    assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE


def test_a_hostile_page_costs_one_line(tmp_path):
    root = folder(tmp_path, deep_html="<div>" * 200_000, good_txt=WORDS)
    reading = read_corpus(root, limits=Limits(seconds=10))
    assert sources(reading) == ["good.txt"]
    assert "deep.html" in reasons(reading)
