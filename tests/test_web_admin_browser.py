"""The keeper's pages in a real Chromium: a build followed live, by hand, by ear, and without script."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from browsing import (
    PHONE,
    check_access,
    check_no_sideways_scroll,
    launched,
    load_axe,
    opened,
)
from desks import TOKEN, Bench, make_bench, make_report
from live_site import serve_app
from playwright.sync_api import Browser, Page, expect

from eval.corpus_report import Pair, Place, Stale
from web.app import create_app
from web.settings import Settings

pytestmark = pytest.mark.browser

PAYLOADS = Path("../shared/datasets/hostile/xss_payloads.jsonl")

HIVES = {"name": "hives.md", "mimeType": "text/markdown", "buffer": b"# Hives\n\nHives stand.\n"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def axe() -> str:
    return load_axe()


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return make_bench(tmp_path / "corpus")


@contextmanager
def serving(bench: Bench) -> Iterator[str]:
    app = create_app(bench.assistant, Settings(admin_token=TOKEN), bench.workshop())
    with serve_app(app) as site:
        try:
            yield site
        finally:
            bench.go.set()


@contextmanager
def inside(browser: Browser, bench: Bench, **options) -> Iterator[Page]:
    with serving(bench) as site, opened(browser, site, **options) as page:
        page.goto(f"{site}/admin")
        expect(page.get_by_label("Token")).to_be_focused()
        page.keyboard.type(TOKEN)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Articles", level=1)).to_be_visible()
        yield page


def test_a_build_is_followed_live_and_heard(browser, bench) -> None:
    with inside(browser, bench) as page:
        page.get_by_label("Files", exact=True).set_input_files([HIVES])
        page.get_by_role("button", name="Upload").click()
        expect(page.locator(".notices")).to_have_text("hives.md is in the folder.")
        bench.go.clear()
        page.get_by_role("button", name="Rebuild the index").click()
        bar = page.get_by_role("progressbar", name="Building the index")
        expect(bar).to_have_attribute("max", "3")
        expect(page.locator("#live")).to_have_text("Reading files: 0 of 3")
        page.get_by_label("A page on the web").fill("https://example.org/half-written")
        bench.go.set()
        expect(page.locator(".outcome")).to_contain_text("The index is built. Articles: 3.")
        expect(page.locator("#live")).to_contain_text("The index is built. Articles: 3.")
        expect(page.get_by_role("row", name="Hives hives.md")).to_be_visible()
        field = page.get_by_label("A page on the web")
        expect(field).to_have_value("https://example.org/half-written")
        expect(field).to_be_focused()


def test_a_file_is_deleted_by_keyboard_after_asking(browser, bench) -> None:
    with inside(browser, bench) as page:
        page.get_by_role("link", name="Delete bread.md").press("Enter")
        expect(page.get_by_role("heading", name="Delete bread.md")).to_be_visible()
        page.get_by_role("button", name="Delete for good").press("Enter")
        expect(page.locator(".notices")).to_have_text("bread.md has been deleted.")
        expect(page.get_by_role("row", name="bread.md")).to_contain_text("gone")
        page.get_by_role("button", name="Leave").press("Enter")
        expect(page.get_by_label("Token")).to_be_visible()


def test_all_of_it_works_without_script(browser, bench) -> None:
    with inside(browser, bench, java_script_enabled=False) as page:
        page.get_by_label("Files", exact=True).set_input_files([HIVES])
        page.get_by_role("button", name="Upload").click()
        expect(page.locator(".notices")).to_have_text("hives.md is in the folder.")
        bench.go.clear()
        page.get_by_role("button", name="Rebuild the index").click()
        expect(page.get_by_role("progressbar", name="Building the index")).to_be_visible()
        bench.go.set()
        # The page asks again by itself.
        expect(page.locator(".outcome")).to_contain_text("The index is built. Articles: 3.")
        page.get_by_role("link", name="Report").click()
        page.get_by_role("button", name="Make the report").click()
        expect(page.get_by_role("heading", name="Articles that seem to disagree")).to_be_visible()


@pytest.mark.parametrize(
    "viewport", [{"width": 1280, "height": 800}, PHONE, {**PHONE, "width": 320}]
)
def test_axe_finds_nothing_and_nothing_runs_over(browser, bench, axe, viewport) -> None:
    with inside(browser, bench, viewport=viewport) as page:
        page.get_by_label("Files", exact=True).set_input_files([HIVES])
        page.get_by_role("button", name="Upload").click()
        expect(page.locator(".notices")).to_have_text("hives.md is in the folder.")
        check(page, axe)
        page.get_by_role("link", name="Keeping Bees").click()
        expect(page.get_by_role("heading", name="Passages")).to_be_visible()
        check(page, axe)
        site = page.url.partition("/admin")[0]
        page.goto(f"{site}/?q=chess")
        page.get_by_role("textbox", name="Your question").fill("Who won the chess cup?")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Bad answer").click()
        expect(page.get_by_text("Thank you.").first).to_be_visible()
        for address in ("/admin/questions", "/admin/report", "/admin/delete?source=bees.md"):
            page.goto(site + address)
            check(page, axe)
        page.goto(f"{site}/admin/report")
        page.get_by_role("button", name="Make the report").click()
        expect(page.get_by_role("heading", name="Old years")).to_be_visible()
        check(page, axe)
        page.get_by_role("button", name="Leave").click()
        expect(page.get_by_label("Token")).to_be_visible()
        check(page, axe)


def test_no_text_of_a_stranger_runs_on_the_keepers_pages(browser, tmp_path) -> None:
    if not PAYLOADS.exists():
        pytest.skip("../shared/datasets is not here: the payloads are part of it")
    payloads = [json.loads(line)["payload"] for line in PAYLOADS.read_text().splitlines()]
    payloads = payloads[::8]
    bench = make_bench(tmp_path / "corpus")
    for number, payload in enumerate(payloads):
        line = " ".join(payload.split())
        name = "".join(c for c in line if c.isprintable() and c not in "/\0")[:60].strip(". ")
        (bench.corpus / f"{number} {name}.md").write_text(f"# {line}\n\nBees: {line}\n", "utf-8")
        (bench.corpus / f"{number} {name}.rtf").write_text("{\\rtf1 x}")
    bench.build(lambda *_: None)
    place = Place("bees.md", tuple(payloads[:3]), 0, 1, payloads[0])
    bench.report = lambda: make_report(
        clashes=tuple(Pair(place, place, payload) for payload in payloads),
        stale=tuple(Stale("bees.md", 1999, None, payload) for payload in payloads),
        unreached=tuple(Place(payload, (payload,), 0, 1, payload) for payload in payloads),
    )
    with inside(browser, bench) as page:
        site = page.url.partition("/admin")[0]
        for payload in payloads[::5]:
            page.request.post(site, form={"question": f"Is it {payload}?"}, max_redirects=0)
        page.goto(f"{site}/admin/questions")
        page.goto(f"{site}/admin/report")
        page.get_by_role("button", name="Make the report").click()
        expect(page.get_by_role("heading", name="Old years")).to_be_visible()
        page.goto(f"{site}/admin?page=2")
        expect(page.get_by_text("Page 2 of 2")).to_be_visible()
        page.goto(f"{site}/admin")
        page.locator("tbody th a").first.click()
        expect(page.get_by_role("heading", name="Passages")).to_be_visible()


def check(page: Page, axe: str) -> None:
    check_access(page, axe)
    check_no_sideways_scroll(page)
    width = "tables => tables.map(table => table.scrollWidth - table.clientWidth)"
    if page.viewport_size["width"] < 640:  # nothing of a table is out of a phone's sight either
        assert not any(page.locator(".scroller").evaluate_all(width))
