"""The chat on another site's page, in a real Chromium: shown where it may be, refused elsewhere."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from browsing import CHESS, HOURS, PHONE, ROOF, launched
from certificates import write_certificate
from fakes import make_assistant
from live_site import serve_site
from playwright.sync_api import Browser, FrameLocator, Page, expect

from web.settings import Settings

pytestmark = pytest.mark.browser

STATIC = Path(__file__).parent.parent / "web" / "static"
HOST = """<!doctype html><html lang="{language}"><title>School</title>
<h1>Our school</h1><p><a href="/">Home</a></p>
<script src="{site}/static/widget.js" {attributes} defer></script></html>"""


class School(BaseHTTPRequestHandler):
    """Another site, with a strict policy of its own."""

    def do_GET(self):
        body = self.server.page.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        site = self.server.site
        policy = f"default-src 'none'; script-src {site}; frame-src {site}; style-src 'none'"
        policy += "; require-trusted-types-for 'script'; trusted-types 'none'"
        self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="module")
def school() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), School)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def site(school) -> Iterator[str]:
    """A chat that the school may embed, by both of its names."""
    port = school.server_port
    embedders = (f"http://127.0.0.1:{port}", f"http://localhost:{port}")
    with serve_site(make_assistant(), Settings(embedders=embedders)) as address:
        yield address


@contextmanager
def visited(
    browser: Browser, school: ThreadingHTTPServer, site: str, attributes: str = "", *,
    name: str = "127.0.0.1", language: str = "en", **options,
) -> Iterator[Page]:  # fmt: skip
    """Open the school's page with the chat's button on it; nothing may go wrong in it unnoticed."""
    school.site = site
    school.page = HOST.format(site=site, attributes=attributes, language=language)
    options.setdefault("viewport", {"width": 1000, "height": 800})
    context = browser.new_context(reduced_motion="reduce", **options)
    context.set_default_timeout(8000)
    page, faults = context.new_page(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda m: m.type in ("error", "warning") and faults.append(m.text))
    page.goto(f"http://{name}:{school.server_port}/")
    page.faults = faults
    yield page
    context.close()
    assert [fault for fault in faults if "favicon" not in fault] == []


def toggle_of(page: Page):
    return page.get_by_role("button", name="Ask the articles")


def chat_in(page: Page) -> FrameLocator:
    """Find the chat, once its scripts have run."""
    frame = page.locator("footnote-chat iframe").element_handle().content_frame()
    assert frame
    frame.wait_for_url(lambda url: url.startswith("http"))
    return page.frame_locator("footnote-chat iframe")


def ask(chat: FrameLocator, question: str, count: int) -> None:
    field = chat.get_by_role("textbox", name="Your question")
    field.fill(question)
    field.press("Enter")
    expect(chat.locator(".exchange .permalink")).to_have_count(count)


def test_the_widget_is_small() -> None:
    assert (STATIC / "widget.js").stat().st_size < 15_000
    assert (STATIC / "embedded.js").stat().st_size < 2_000


def test_the_button_opens_the_chat_and_gives_it_the_focus(browser, school, site) -> None:
    with visited(browser, school, site) as page:
        toggle = toggle_of(page)
        expect(toggle).to_have_attribute("aria-expanded", "false")
        expect(page.locator("footnote-chat iframe")).to_have_count(0)  # nothing loads unasked
        toggle.press("Enter")
        expect(toggle).to_have_attribute("aria-expanded", "true")
        expect(page.get_by_role("dialog", name="Questions and answers")).to_be_visible()
        chat = chat_in(page)
        expect(chat.get_by_role("textbox", name="Your question")).to_be_focused()
        ask(chat, ROOF, 1)
        expect(chat.locator(".said")).to_contain_text("bees keep well on a flat roof")


def test_a_conversation_goes_on_in_the_frame_of_another_site(browser, school, tmp_path) -> None:
    """To a browser, localhost is another site than 127.0.0.1, whose cookies it keeps apart."""
    settings = Settings(embedders=(f"http://localhost:{school.server_port}",))
    certificate = write_certificate(tmp_path / "chat.pem", "chat.test")
    with (
        serve_site(make_assistant(), settings, certificate) as site,
        visited(browser, school, site, name="localhost", ignore_https_errors=True) as page,
    ):
        toggle_of(page).click()
        chat = chat_in(page)
        ask(chat, ROOF, 1)
        ask(chat, HOURS, 2)
        expect(chat.locator("#kept li")).to_have_count(1)


def test_a_conversation_goes_on_where_the_browser_keeps_no_cookie(browser, school) -> None:
    """Over plain http no cookie of ours is kept in the frame of another site."""
    assistant = make_assistant()
    settings = Settings(embedders=(f"http://localhost:{school.server_port}",))
    with (
        serve_site(assistant, settings) as site,
        visited(browser, school, site, name="localhost") as page,
    ):
        toggle_of(page).click()
        chat = chat_in(page)
        ask(chat, ROOF, 1)
        assert page.context.cookies() == []
        ask(chat, HOURS, 2)
        assert [turn.content for turn in assistant.asked[-1][1][:1]] == [ROOF]
        chat.get_by_role("button", name="Good answer").last.click()
        expect(chat.locator(".thanks")).to_contain_text("Thank you.")
        # What would lead to an address that knows no reader is not offered.
        for part in ("#kept", "#tools"):
            expect(chat.locator(part)).to_be_hidden()
        frame = page.locator("footnote-chat iframe").element_handle().content_frame()
        assert frame.url == f"{site}/"
        chat.locator(".mark a").first.click()
        expect(chat.locator("#panel #passage")).to_be_visible()
        chat.locator("#panel .close").click()
        with page.context.expect_page() as opened:
            chat.locator(
                ".permalink"
            ).first.click()  # elsewhere: it would end the conversation here
        expect(opened.value.get_by_role("heading", name=ROOF)).to_be_visible()
        expect(chat.locator(".exchange")).to_have_count(2)
        chat.locator(".brand").click()
        expect(chat.locator(".exchange")).to_have_count(0)


def test_escape_closes_from_both_sides_and_gives_the_focus_back(browser, school, site) -> None:
    with visited(browser, school, site) as page:
        toggle, dialog = toggle_of(page), page.get_by_role("dialog", name="Questions and answers")
        toggle.click()
        chat = chat_in(page)
        expect(chat.get_by_role("textbox", name="Your question")).to_be_focused()
        ask(chat, ROOF, 1)
        chat.locator(".mark a").first.click()
        expect(chat.locator("#panel #passage")).to_be_visible()
        page.keyboard.press("Escape")  # the article
        expect(chat.locator("#panel")).to_be_hidden()
        expect(dialog).to_be_visible()
        page.keyboard.press("Escape")  # the chat
        expect(dialog).to_be_hidden()
        expect(toggle).to_be_focused()
        expect(toggle).to_have_attribute("aria-expanded", "false")
        toggle.click()
        expect(chat.locator(".exchange")).to_have_count(1)  # as it was left
        expect(chat.get_by_role("textbox", name="Your question")).to_be_focused()
        page.get_by_role("button", name="Close").focus()
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(toggle).to_be_focused()
        toggle.click()
        page.get_by_role("button", name="Close").click()
        expect(dialog).to_be_hidden()


def test_escape_elsewhere_on_the_page_is_the_pages_own(browser, school, site) -> None:
    with visited(browser, school, site, 'data-open="true"') as page:
        expect(chat_in(page).get_by_role("textbox", name="Your question")).to_be_visible()
        assert page.evaluate("document.activeElement === document.body")  # opened unasked
        page.get_by_role("link", name="Home").focus()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog", name="Questions and answers")).to_be_visible()


def test_it_looks_as_the_host_page_says(browser, school, site) -> None:
    attributes = """data-label="Ask our teachers" data-title="Teachers" data-accent="rgb(1, 2, 3)"
        data-on-accent="#ffffff" data-position="left" data-radius="3px" data-width="300px"
        data-font="monospace" data-scheme="dark" data-layer="7" """
    with visited(browser, school, site, attributes) as page:
        toggle = page.get_by_role("button", name="Ask our teachers")
        style = "e => { const s = getComputedStyle(e); return [s.backgroundColor, s.color, s.borderRadius, s.fontFamily, s.zIndex]; }"
        shown = ["rgb(1, 2, 3)", "rgb(255, 255, 255)", "3px", "monospace", "7"]
        assert toggle.evaluate(style) == shown
        assert toggle.bounding_box()["x"] == 20
        toggle.click()
        dialog = page.get_by_role("dialog", name="Teachers")
        assert dialog.bounding_box()["width"] == 300
        assert dialog.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(23, 21, 18)"


@pytest.mark.parametrize("slip", ["red; position: static", "}"])
def test_a_slip_in_an_attribute_leaves_the_default(browser, school, site, slip) -> None:
    with visited(browser, school, site, f'data-accent="{slip}"') as page:
        color = toggle_of(page).evaluate("e => getComputedStyle(e).backgroundColor")
        assert color == "rgb(143, 44, 28)"


def test_labels_are_text_and_follow_the_pages_language(browser, school, site) -> None:
    label = "data-label='<img src=x onerror=alert(1)>'"
    with visited(browser, school, site, label) as page:
        expect(page.get_by_role("button", name="<img src=x")).to_be_visible()
    with visited(browser, school, site, language="es-AR") as page:
        page.get_by_role("button", name="Pregunte a los artículos").click()
        expect(page.get_by_role("button", name="Cerrar")).to_be_visible()


def test_it_fills_a_phone_and_nothing_runs_over(browser, school, site) -> None:
    with visited(browser, school, site, viewport=PHONE) as page:
        toggle_of(page).click()
        dialog = page.get_by_role("dialog", name="Questions and answers")
        assert dialog.bounding_box() == {"x": 0, "y": 0, **PHONE}
        expect(page.locator("footnote-chat .toggle")).to_be_hidden()
        chat = chat_in(page)
        ask(chat, CHESS, 1)
        width = chat.locator("html").evaluate("e => [e.scrollWidth, innerWidth]")
        assert width[0] <= width[1]
        page.get_by_role("button", name="Close").click()
        expect(toggle_of(page)).to_be_focused()


def test_a_page_that_says_it_is_the_chat_is_not_believed(browser, school, site) -> None:
    with visited(browser, school, site) as page:
        toggle_of(page).click()
        expect(chat_in(page).get_by_role("textbox", name="Your question")).to_be_focused()
        page.evaluate("postMessage({ footnote: 'close' }, '*')")
        page.evaluate("new Promise(done => setTimeout(done, 50))")
        expect(page.get_by_role("dialog", name="Questions and answers")).to_be_visible()


def test_a_site_that_is_not_named_is_refused_and_says_so(browser, school) -> None:
    embedders = ("https://example.org",)
    with (
        serve_site(make_assistant(), Settings(embedders=embedders)) as site,
        visited(browser, school, site) as page,
    ):
        toggle_of(page).click()
        expect(page.get_by_role("alert")).to_contain_text("can’t be shown on this page")
        link = page.get_by_role("link", name="Open it in a tab")
        assert link.get_attribute("href") == f"{site}/"
        expect(page.locator("footnote-chat iframe")).to_have_count(0)
        assert any("frame-ancestors" in fault for fault in page.faults)
        page.faults.clear()


def test_without_embedders_the_script_itself_is_refused(browser, school) -> None:
    with (
        serve_site(make_assistant()) as site,
        visited(browser, school, site, name="localhost") as page,
    ):
        expect(page.get_by_role("heading", name="Our school")).to_be_visible()
        expect(page.locator("footnote-chat")).to_have_count(0)
        assert any("NotSameOrigin" in fault for fault in page.faults)
        page.faults.clear()


def test_the_script_twice_is_one_button(browser, school, site) -> None:
    again = f'defer></script><script src="{site}/static/widget.js"'
    with visited(browser, school, site, again) as page:
        expect(page.locator("footnote-chat")).to_have_count(1)
