"""A real Chromium for the tests, and sites for it to visit."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from fakes import FakeAssistant
from playwright.sync_api import Browser, Page, expect, sync_playwright

from web.app import create_app
from web.settings import Settings

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip
ROOF = "Can bees be kept on a roof out of the wind?"
HOURS = "How many hours of work in the second year?"
CHESS = "Who won the chess cup?"
PHONE = {"width": 390, "height": 800}


@contextmanager
def serving(assistant: FakeAssistant, settings: Settings | None = None) -> Iterator[str]:
    """Serve on a free loopback port; the socket listens before the server starts."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(create_app(assistant, settings), log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


@contextmanager
def launched() -> Iterator[Browser]:
    """Start Chromium, or skip the test where there is none."""
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not here: install it with `apt-get install chromium`")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


class Watched:
    """A page, and whatever went wrong in it or left for elsewhere."""

    def __init__(self, page: Page, site: str) -> None:
        self.page = page
        self.faults: list[str] = []
        page.on("dialog", self._dismiss)
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("console", self._listen)
        page.on("request", lambda request: self._leave(request.url, site))

    def _dismiss(self, dialog) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _listen(self, message) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"console: {message.text}")

    def _leave(self, url: str, site: str) -> None:
        if not url.startswith(site):
            self.faults.append(f"request: {url}")


@contextmanager
def opened(browser: Browser, site: str, refused: int = 0, **options) -> Iterator[Page]:
    """Open a page at the site; nothing may go wrong in it unnoticed but a refusal of this status."""
    options.setdefault("viewport", {"width": 1280, "height": 800})
    context = browser.new_context(reduced_motion="reduce", **options)
    watched = Watched(context.new_page(), site)
    watched.page.set_default_timeout(8000)
    yield watched.page
    context.close()
    assert [fault for fault in watched.faults if f"status of {refused} " not in fault] == []


def ask(page: Page, question: str) -> None:
    page.get_by_role("textbox", name="Your question").fill(question)
    page.keyboard.press("Enter")
    draft = page.locator(".draft [data-verdict=pending], .draft:not(:has(.acts > *))")
    expect(draft).to_have_count(0)
