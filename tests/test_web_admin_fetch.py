"""Fetching a page: what is refused before and after a name is looked up, and every limit."""

import io
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address, ip_address
from pathlib import Path

import docx
import pytest
from certificates import write_certificate
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter
from reportlab.pdfgen import canvas

from ingest.formats import read_document
from web.admin.addresses import Target, is_public, read_target, resolve
from web.admin.errors import FetchError
from web.admin.fetch import FetchedPage, Limits, Network, fetch_page, name_page
from web.admin.origin import mark_origin, write_pdf_address

PAGE = b"<!doctype html><title>Rest</title><main><h1>Rest</h1><p>Sleep eight hours.</p></main>"
QUICK = Limits(seconds=5.0, redirects=3, size=100_000)


class Site(BaseHTTPRequestHandler):
    """Does what its path says."""

    protocol_version = "HTTP/1.1"
    hosts: list[str]

    def do_GET(self):
        self.server.hosts.append(self.headers["Host"])
        name = self.path.strip("/").partition("/")[0]
        getattr(self, f"say_{name}")()

    def reply(self, body=PAGE, status=200, **headers):
        self.send_response(status)
        headers = {"Content-Type": "text/html; charset=utf-8", "Content-Length": len(body)} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        for name, value in headers.items():
            if value is not None:
                self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body)

    def say_page(self):
        self.reply()

    def say_pdf(self):
        self.reply(b"%PDF-1.7", Content_Type="application/pdf")

    def say_image(self):
        self.reply(Content_Type="image/png")

    def say_untyped(self):
        self.reply(Content_Type=None)

    def say_gone(self):
        self.reply(status=410)

    def say_zipped(self):
        self.reply(Content_Encoding="gzip")

    def say_moved(self):
        self.reply(b"", 302, Location="/page")

    def say_round(self):
        self.reply(b"", 301, Location="/round")

    def say_elsewhere(self):
        self.reply(b"", 307, Location=self.server.elsewhere)

    def say_nowhere(self):
        self.reply(b"", 302)

    def say_claimed(self):
        self.reply(Content_Length=10**9)

    def say_endless(self):
        self.reply(b"", Content_Length=None, Connection="close")
        try:
            for _ in range(1000):
                self.wfile.write(b"x" * 1000)
        except OSError:
            pass

    def say_cut(self):
        self.reply(PAGE, Content_Length=len(PAGE) + 50)
        self.close_connection = True

    def say_drip(self):
        """Sends a byte of its headers now and then, until it is hung up on."""
        try:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not self.server.over.wait(0.02):
                self.wfile.write(b"x")
        except OSError:
            pass

    def say_garbage(self):
        self.wfile.write(b"\x00\xff\r\n\r\n")
        self.close_connection = True

    def log_message(self, *arguments):
        pass


@contextmanager
def standing(context: ssl.SSLContext | None = None) -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    server.hosts, server.elsewhere, server.over = [], "", threading.Event()
    server.handle_error = lambda *_: None
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def server() -> Iterator[ThreadingHTTPServer]:
    with standing() as server:
        yield server


@pytest.fixture
def fetch(server):
    """Fetch from the server under a name that only this test's look-up knows."""
    network = Network(resolve=lambda *_: ["127.0.0.1"], allows=lambda _: True)
    return lambda path: fetch_page(
        f"http://articles.test:{server.server_port}/{path}", network, QUICK
    )


def test_a_page_is_fetched_under_its_own_name(fetch, server) -> None:
    page = fetch("page/one?x=1#there")
    assert page.data == PAGE
    assert page.suffix == ".html"
    assert page.url == f"http://articles.test:{server.server_port}/page/one?x=1"
    assert server.hosts[-1] == f"articles.test:{server.server_port}"


def test_a_redirect_is_followed_and_its_end_is_the_address(fetch) -> None:
    assert fetch("moved").url.endswith("/page")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("image", "not a page or an article but image/png"),
        ("untyped", "of no type"),
        ("gone", "410 Gone"),
        ("zipped", "compressed"),
        ("round", "redirects more than 3 times"),
        ("nowhere", "redirects more than 3 times"),
        ("claimed", "larger than"),
        ("endless", "larger than"),
        ("cut", "could not be read|broke off"),
        ("garbage", "could not be read"),
    ],
)
def test_what_is_no_article_or_too_much_is_refused(fetch, path, reason) -> None:
    with pytest.raises(FetchError, match=reason):
        fetch(path)


def test_a_site_that_drips_is_broken_off_at_the_deadline(server) -> None:
    network = Network(resolve=lambda *_: ["127.0.0.1"], allows=lambda _: True)
    with pytest.raises(FetchError, match="too long"):
        fetch_page(f"http://articles.test:{server.server_port}/drip", network, Limits(seconds=0.3))


def test_nothing_is_sent_to_an_address_that_is_not_allowed(server) -> None:
    before = len(server.hosts)
    for host in ("127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "127.1"):
        with pytest.raises(FetchError, match=r"not on the public internet|no site of this name"):
            fetch_page(f"http://{host}:{server.server_port}/page")
    assert len(server.hosts) == before


def test_one_forbidden_address_among_several_refuses_them_all(server) -> None:
    network = Network(
        resolve=lambda *_: ["127.0.0.1", "127.0.0.2"], allows=lambda ip: ip != "127.0.0.2"
    )
    with pytest.raises(FetchError, match="not on the public internet"):
        fetch_page(f"http://articles.test:{server.server_port}/page", network)


def test_every_redirect_is_checked_anew(server) -> None:
    port = server.server_port
    server.elsewhere = f"http://inside.test:{port}/page"
    looked_up = []

    def look_up(host, *_):
        looked_up.append(host)
        return ["127.0.0.1"] if host == "articles.test" else ["127.0.0.9"]

    network = Network(resolve=look_up, allows=lambda ip: ip == "127.0.0.1")
    with pytest.raises(FetchError, match="not on the public internet"):
        fetch_page(f"http://articles.test:{port}/elsewhere", network)
    assert looked_up == ["articles.test", "inside.test"]
    for unfetched in ("file:///etc/passwd", "gopher://articles.test/", "//u:p@articles.test/"):
        server.elsewhere = unfetched
        with pytest.raises(FetchError, match=r"only addresses|name or password"):
            fetch_page(f"http://articles.test:{port}/elsewhere", network)


def test_a_name_is_looked_up_once_and_its_checked_address_is_used(server) -> None:
    """A name that means another address the second time gains nothing: there is no second time."""
    answers = iter([["127.0.0.1"], ["127.0.0.9"]])
    network = Network(resolve=lambda *_: next(answers), allows=lambda ip: ip == "127.0.0.1")
    page = fetch_page(f"http://articles.test:{server.server_port}/page", network)
    assert page.data == PAGE
    assert next(answers) == ["127.0.0.9"]


def test_the_next_address_is_tried_where_one_does_not_answer(server) -> None:
    network = Network(resolve=lambda *_: ["::1", "127.0.0.1"], allows=lambda _: True)
    assert fetch_page(f"http://a.test:{server.server_port}/page", network).data == PAGE


# ---- encrypted


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for articles.test, with its key, in one file."""
    path = tmp_path_factory.mktemp("certificate") / "articles.pem"
    return write_certificate(path, "articles.test")


def test_a_certificate_must_be_for_the_name_that_was_asked(certificate) -> None:
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(certificate)
    trusting = ssl.create_default_context(cafile=str(certificate))
    network = partial(Network, resolve=lambda *_: ["127.0.0.1"], allows=lambda _: True)
    with standing(served) as server:
        port = server.server_port
        page = fetch_page(f"https://articles.test:{port}/page", network(context=trusting), QUICK)
        assert page.data == PAGE
        assert server.hosts == [f"articles.test:{port}"]
        for host, context in (("other.test", trusting), ("articles.test", None)):
            known = network(context=context) if context else network()
            with pytest.raises(FetchError, match="certificate is not valid"):
                fetch_page(f"https://{host}:{port}/page", known, QUICK)


def test_a_handshake_that_never_ends_is_broken_off() -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:
        network = Network(resolve=lambda *_: ["127.0.0.1"], allows=lambda _: True)
        url = f"https://articles.test:{silent.getsockname()[1]}/"
        with pytest.raises(FetchError, match="too long"):
            fetch_page(url, network, Limits(seconds=0.2))


# ---- addresses


@pytest.mark.parametrize(
    "address",
    "127.0.0.1 127.8.8.8 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 0.0.0.0"
    " 0.1.2.3 100.64.0.1 192.0.0.8 192.0.2.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1"
    " 239.255.255.255 240.0.0.1 255.255.255.255 :: ::1 fe80::1 fe80::1%eth0 fc00::1 fd12::1 fec0::1"
    " ff02::1 2001:db8::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::127.0.0.1 64:ff9b::7f00:1"
    " 64:ff9b::a9fe:a9fe 64:ff9b:1::1 2002:7f00:1:: 2002:c0a8:101::1 2001:0:1:2:3:4:80ff:fffe"
    " articles.test".split(),
)
def test_addresses_inside_are_refused(address) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", "8.8.8.8 1.1.1.1 2606:4700::1111 ::ffff:8.8.8.8 64:ff9b::808:808".split()
)
def test_public_addresses_are_allowed(address) -> None:
    assert is_public(address)


@given(st.ip_addresses())
def test_no_private_or_local_address_is_public(ip) -> None:
    holds_another = ip.version == 6 and (ip.ipv4_mapped or str(ip).startswith("64:ff9b::"))
    if is_public(str(ip)) and not holds_another:
        inside = (ip.is_private, ip.is_loopback, ip.is_link_local, ip.is_multicast)
        assert inside == (False,) * 4


@given(st.ip_addresses(v=4))
def test_an_address_is_no_more_public_inside_another(ip: IPv4Address) -> None:
    for prefix in ("::ffff:", "64:ff9b::"):
        assert is_public(f"{prefix}{ip}") == is_public(str(ip))
    first, second = ip.packed[:2].hex(), ip.packed[2:].hex()
    assert is_public(str(ip_address(f"2002:{first}:{second}::1"))) == is_public(str(ip))


@pytest.mark.parametrize(
    "url",
    [
        *("", " ", "articles.test", "/etc/passwd", "file:///etc/passwd", "ftp://articles.test/"),
        *("javascript:alert(1)", "data:text/html,x", "http://", "http:///x", "https://:443/"),
        *("http://user@articles.test/", "http://a:b@articles.test/", "http://@articles.test/"),
        *("http://articles.test:0/", "http://articles.test:22/", "http://articles.test:70000/"),
        *("http://articles.test:x/", "http://[::1/", "http://art icles.test/", "http://a\r\nb/"),
        *("http://a.test/x\r\nHost: b", "http://a%2eb/", "http://" + "a" * 64 + ".test/"),
        "http://a.test/" + "x" * 2000,
    ],
)
def test_addresses_of_no_page_are_refused(url) -> None:
    with pytest.raises(FetchError):
        read_target(url)


def test_an_address_is_spelt_as_the_network_does() -> None:
    target = read_target(" HTTPS://Bücher.Test:443/Grüße und?ä=1 ".replace(" und", "%20und"))
    assert target == Target("https", "xn--bcher-kva.test", 443, "/Gr%C3%BC%C3%9Fe%20und?%C3%A4=1")
    assert read_target(target.url) == target
    assert read_target("http://[2606:4700::1]:8080").url == "http://[2606:4700::1]:8080/"


@given(st.text())
def test_any_text_is_an_address_or_refused(text) -> None:
    for url in (text, f"http://{text}", f"https://a.test/{text}"):
        try:
            target = read_target(url)
        except FetchError:
            continue
        assert target.scheme in ("http", "https")
        assert target.url.isascii()
        assert not any(c.isspace() for c in target.url)
        assert read_target(target.url).host == target.host


def test_a_look_up_that_hangs_is_given_up_on(monkeypatch) -> None:
    stuck = threading.Event()

    def hang(*_, **__):
        stuck.wait()
        return []

    monkeypatch.setattr("socket.getaddrinfo", hang)
    with pytest.raises(FetchError, match="in time"):
        resolve("articles.test", 80, 0.05)
    stuck.set()


# ---- how a page is kept


@pytest.mark.parametrize(
    ("url", "suffix", "name"),
    [
        ("https://www.example.org/", ".html", "example.org.html"),
        ("https://example.org/guides/How-to_rest/", ".html", "example.org-guides-How-to_rest.html"),
        ("https://example.org/rest.htm?x=../y", ".html", "example.org-rest.htm"),
        ("https://example.org/rest.php", ".html", "example.org-rest.php.html"),
        ("https://example.org/rest.md", ".txt", "example.org-rest.md"),
        ("https://example.org/rest.pdf", ".html", "example.org-rest.html"),
        ("https://example.org/a/../../b.pdf", ".pdf", "example.org-a-..-..-b.pdf"),
        ("https://example.org/%2e%2e%2f", ".txt", "example.org-2e-2e-2f.txt"),
    ],
)
def test_a_page_is_named_after_its_address(url, suffix, name) -> None:
    assert name_page(FetchedPage(url, suffix, b"")) == name


HEADED = (
    b"<html lang=en><head><title>Rest</title><link rel=canonical href='https://b.test/'></head>"
)


@pytest.mark.parametrize(
    "data",
    [
        *(
            head + PAGE
            for head in (
                b"",
                b"\xef\xbb\xbf",
                b'<?xml version="1.0" encoding="utf-8"?>\n',
                b"<!-- by me -->\n",
            )
        ),
        PAGE.removeprefix(b"<!doctype html>"),
        HEADED + b"<main><h1>Rest</h1><p>Sleep eight hours, d\xe9j\xe0.</p></main>",
        PAGE.decode().encode("utf-16"),
        "\ufeff".encode("utf-16-be") + PAGE.decode().encode("utf-16-be"),
    ],
)
def test_a_web_page_knows_its_address_and_reads_the_same(data) -> None:
    page = FetchedPage("https://example.org/a--b?c=1&d=%22", ".html", data)
    marked = mark_origin(page)
    before, after = (read_document(data, "page.html")[0] for data in (page.data, marked))
    assert (before.title, before.text, before.blocks) == (after.title, after.text, after.blocks)
    assert after.metadata["url"] == page.url


@pytest.mark.parametrize(
    ("data", "url"),
    [
        (b"# Rest\n\nSleep eight hours.\n", "https://a.test/b"),
        (b"\xef\xbb\xbf# Rest\r\n\r\nSleep eight hours.\r\n", "https://a.test/b"),
        ("# Rest\n\nSleep – déjà.\n".encode("utf-16"), "https://a.test/b"),
        (b"---\ntitle: Rest\n---\nSleep eight hours.\n", "https://a.test/b"),
        (b"---\r\ntitle: Rest\r\n---\r\nSleep eight hours.\r\n", "https://a.test/b"),
        (b"---\nlink: https://its.own/\n---\nSleep eight hours.\n", "https://its.own/"),
        (b"---\n\nSleep eight hours.\n\n---\n\nAnd rest.\n", "https://a.test/b"),
    ],
)
@pytest.mark.parametrize("suffix", [".md", ".txt"])
def test_a_text_knows_its_address_and_reads_the_same(data, url, suffix) -> None:
    page = FetchedPage("https://a.test/b", suffix, data)
    marked = mark_origin(page)
    before, after = (read_document(data, f"rest{suffix}")[0] for data in (page.data, marked))
    assert (before.title, before.text) == (after.title, after.text)
    assert after.metadata["url"] == url


def write_pdf(address: str = "") -> bytes:
    data = io.BytesIO()
    page = canvas.Canvas(data, invariant=1)
    page.drawString(72, 700, "Sleep eight hours.")
    page.save()
    return write_pdf_address(data.getvalue(), address) if address else data.getvalue()


def write_docx(address: str = "") -> bytes:
    document, data = docx.Document(), io.BytesIO()
    document.add_heading("Rest", 1)
    document.add_paragraph("Sleep eight hours.")
    document.core_properties.identifier = address
    document.save(data)
    return data.getvalue()


@pytest.mark.parametrize(("suffix", "write"), [(".pdf", write_pdf), (".docx", write_docx)])
@pytest.mark.parametrize("own", ["", "https://its.own/", "urn:isbn:9780262035613"])
def test_a_document_knows_its_address_and_reads_the_same(suffix, write, own) -> None:
    page = FetchedPage("https://a.test/b?c=%22d%22&e=(1)", suffix, write(own))
    before, after = (
        read_document(data, f"b{suffix}")[0] for data in (page.data, mark_origin(page))
    )
    assert (before.title, before.text, before.blocks) == (after.title, after.text, after.blocks)
    assert after.metadata["url"] == (own if own.startswith("https:") else page.url)


def test_what_can_not_be_changed_stays_as_it_came() -> None:
    locked = io.BytesIO()
    writer = PdfWriter(clone_from=io.BytesIO(write_pdf()))
    writer.encrypt("", "owner")
    writer.write(locked)
    for page in (
        FetchedPage("https://a.test/x.pdf", ".pdf", b"%PDF-"),
        FetchedPage("https://a.test/x.pdf", ".pdf", locked.getvalue()),
        FetchedPage("https://a.test/x.docx", ".docx", b"PK\x03\x04"),
        FetchedPage(f"https://a.test/{'x' * 300}", ".docx", write_docx()),
        FetchedPage("https://a.test/", ".html", PAGE.decode().encode("utf-32")),
        FetchedPage("https://a.test/", ".html", b"\xff\xfeodd"),
    ):
        assert mark_origin(page) == page.data
