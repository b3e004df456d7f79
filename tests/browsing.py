"""A real Chromium for the tests, and what they do with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip
ROOF = "Can bees be kept on a roof out of the wind?"
HOURS = "How many hours of work in the second year?"
CHESS = "Who won the chess cup?"
PHONE = {"width": 390, "height": 800}


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


def load_axe() -> str:
    """Read axe-core's script, or skip the test where it is not installed."""
    package = pytest.importorskip("axe_playwright_python", reason="pip install -e '.[dev]'")
    return (Path(package.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def check_access(page: Page, axe: str) -> None:
    """Run axe-core in light and in dark; it comes by the debugger, so the page's policy stands."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    run = """async rules => (await axe.run(document, rules)).violations.map(violation =>
        [violation.id, ...violation.nodes.slice(0, 3).map(node => node.html.slice(0, 150))])"""
    page.emulate_media(color_scheme="light")
    assert page.evaluate(run, {}) == []
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(run, {"runOnly": ["color-contrast"]}) == []


def check_no_sideways_scroll(page: Page) -> None:
    """Check that the page fits its window's width."""
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]
