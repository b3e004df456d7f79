"""The site in a real Chromium: asking, reading footnotes, and staying harmless."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from browsing import (
    CHESS,
    HOURS,
    PHONE,
    ROOF,
    ask,
    check_no_sideways_scroll,
    launched,
    opened,
)
from fakes import FakeAssistant, Waiting, make_assistant, make_document
from live_site import serve_site
from playwright.sync_api import Browser, Page, expect

from assistant.models import ModelError
from ingest.document import Kind

PAYLOADS = Path("../shared/datasets/hostile/xss_payloads.jsonl")

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serve_site(make_assistant()) as address:
        yield address


def test_asking_streams_an_answer_with_footnotes(browser, site) -> None:
    with opened(browser, site) as page:
        page.goto(site)
        expect(page.get_by_role("heading", name="Ask the articles.")).to_be_visible()
        ask(page, ROOF)
        exchange = page.locator(".exchange")
        expect(exchange.get_by_role("heading", name=ROOF)).to_be_visible()
        expect(exchange.locator(".verdict")).to_have_text("From the articles")
        expect(exchange.locator(".said")).to_contain_text("bees keep well on a flat roof")
        mark = exchange.get_by_role("link", name=re.compile("^Footnote 1: Keeping Bees in Town, "))
        expect(mark).to_have_text("1")
        expect(exchange.locator(".notes li")).to_contain_text(["flat roof"])
        expect(page.get_by_role("status")).to_contain_text("From the articles Yes: bees keep")
        expect(page.get_by_role("textbox")).to_be_focused()


def test_the_first_page_is_light_and_paints_before_its_script(browser, site) -> None:
    with opened(browser, site) as page:
        waiting, sizes = [], []
        page.route("**/*.js", lambda route: waiting.append(route))  # noqa: PLW0108
        page.on("requestfinished", lambda one: sizes.append(one.sizes()))
        page.goto(site, wait_until="commit")
        expect(page.get_by_role("heading", name="Ask the articles.")).to_be_visible()
        painted = "performance.getEntriesByName('first-contentful-paint').length"
        while not page.evaluate(painted):
            page.evaluate("new Promise(requestAnimationFrame)")
        assert waiting  # and yet there is something to read
        for route in waiting:
            route.continue_()
        page.unroute("**/*.js")
        page.wait_for_load_state("networkidle")
        assert len(sizes) > 5
        came = ("responseHeadersSize", "responseBodySize")
        assert sum(size[part] for size in sizes for part in came) < 60_000


def test_an_answer_stays_as_it_was_drawn(browser, site) -> None:
    """What the script puts on the page is what a reload brings."""
    whole = """() => ["#tools", "#exchanges", "#kept"].map(part =>
        document.querySelector(part).innerText).join() + location.pathname"""
    with opened(browser, site) as page:
        for question in (ROOF, HOURS, CHESS, "partly bees roof hive smoker honey keep"):
            page.goto(site)
            ask(page, question)
            expect(page.locator(".permalink")).to_be_visible()
            before = page.evaluate(whole)
            page.reload()
            assert page.evaluate(whole) == before
            assert "/c/" in before


def test_a_footnote_opens_the_article_at_the_marked_passage(browser, site) -> None:
    with opened(browser, site) as page:
        page.goto(site)
        ask(page, ROOF)
        page.locator(".mark a").first.click()
        panel = page.get_by_role("dialog", name="Keeping Bees in Town")
        expect(panel.locator("#passage")).to_contain_text("bees keep well on a flat roof")
        expect(panel.locator("#passage")).to_be_in_viewport()
        expect(panel.locator("#passage")).to_be_focused()
        expect(page.locator(".exchange")).to_be_in_viewport()  # side by side
        check_no_sideways_scroll(page)


def test_what_was_clicked_stays_where_it_is(browser, site) -> None:
    """The chat is narrower beside an article, so that what stands above takes more lines."""
    with opened(browser, site) as page:
        page.goto(site)
        for question in ("bees keep garden hive boxes roof licence honey", HOURS, ROOF):
            ask(page, question)
        quote = page.locator(".exchange").nth(1).locator(".notes .quote").first
        quote.hover()
        before = quote.bounding_box()["y"]
        quote.click()
        expect(page.locator("#panel #passage")).to_be_visible()
        assert abs(quote.bounding_box()["y"] - before) <= 1
        page.get_by_role("button", name="Close").click()
        expect(page.locator("#panel")).to_be_hidden()
        assert abs(quote.bounding_box()["y"] - before) <= 1


def test_a_table_cell_opens_with_its_row_marked(browser, site) -> None:
    with opened(browser, site) as page:
        page.goto(site)
        ask(page, HOURS)
        page.locator(".notes .quote").first.click()
        expect(page.locator("#panel tr.marked")).to_have_count(1)
        expect(page.locator("#panel tr.marked")).to_contain_text("Year")


def test_back_and_forward_and_escape(browser, site) -> None:
    with opened(browser, site) as page:
        page.goto(site)
        ask(page, ROOF)
        panel = page.locator("#panel")
        page.locator(".mark a").first.click()
        expect(panel.locator("#passage")).to_be_visible()
        page.go_back()
        expect(panel).to_be_hidden()
        page.go_forward()
        expect(panel.locator("#passage")).to_be_visible()
        page.keyboard.press("Escape")
        expect(panel).to_be_hidden()
        expect(page.locator(".mark a").first).to_be_focused()
        page.go_back()
        expect(panel.locator("#passage")).to_be_visible()


def test_a_kept_address_opens_its_footnote(browser, site) -> None:
    with opened(browser, site) as page:
        page.goto(f"{site}/?q={quote(ROOF)}#note-1-1")
        expect(page.locator("#panel #passage")).to_contain_text("flat roof")


def test_everything_by_keyboard(browser, site) -> None:
    with opened(browser, site) as page:
        page.goto(site)
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the question")).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.type(ROOF)
        page.keyboard.press("Enter")
        expect(page.locator(".exchange .verdict")).to_have_text("From the articles")
        mark = page.locator(".mark a").first
        for _ in range(12):
            page.keyboard.press("Shift+Tab")
            if mark.evaluate("a => a === document.activeElement"):
                break
        expect(mark).to_be_focused()
        expect(page.locator(".notes li.lit")).to_have_count(1)
        page.keyboard.press("Enter")
        expect(page.locator("#panel #passage")).to_be_focused()
        page.keyboard.press("Escape")
        expect(mark).to_be_focused()


def test_hovering_lights_a_sentence_s_notes_and_passages(browser, site) -> None:
    with opened(browser, site) as page:
        page.goto(site)
        ask(page, "bees keep garden hive boxes roof licence")
        page.locator(".mark a").first.click()
        expect(page.locator("#panel mark")).not_to_have_count(0)
        page.locator(".sentence").nth(1).hover()
        expect(page.locator(".notes li.lit")).to_have_attribute("data-note", "2")
        lit = page.locator("#panel mark.lit")
        quoted = page.locator(".notes li[data-note='2'] .quote").inner_text()
        expect(lit).to_have_text(quoted)
        page.locator(".sentence").first.hover()
        expect(page.locator("#panel #passage.lit:focus")).to_have_css("outline-style", "solid")


def test_what_the_articles_do_not_say(browser, site) -> None:
    with opened(browser, site) as page:
        page.goto(site)
        ask(page, CHESS)
        exchange = page.locator(".exchange")
        expect(exchange.locator(".verdict")).to_have_text("The articles don’t say")
        expect(exchange.locator(".missing")).to_contain_text("anything about this")
        exchange.locator(".nearest a").first.click()
        expect(page.locator("#panel .article")).to_be_visible()


def test_a_starter_is_asked_with_one_click(browser, site) -> None:
    with opened(browser, site) as page:
        page.goto(site)
        page.get_by_role("button", name="Can I keep bees without a garden?").click()
        expect(page.locator(".exchange .verdict")).not_to_have_attribute("data-verdict", "pending")
        expect(page.locator("main > .starters")).to_be_hidden()


def test_the_conversation_goes_along(browser) -> None:
    assistant = make_assistant()
    with serve_site(assistant) as site, opened(browser, site) as page:
        page.goto(f"{site}/?q={quote(ROOF)}")
        ask(page, CHESS)
        ask(page, HOURS)
        _, history = assistant.asked[-1]
        assert [turn.role for turn in history] == ["user", "assistant"] * 2
        assert history[0].content == ROOF
        assert history[2].content == CHESS


def test_without_script_the_form_is_enough(browser, site) -> None:
    with opened(browser, site, java_script_enabled=False) as page:
        page.goto(site)
        page.get_by_role("textbox").fill(ROOF)
        page.get_by_role("button", name="Ask").click()
        expect(page.locator(".said")).to_contain_text("flat roof")
        page.get_by_role("textbox").fill(CHESS)
        page.get_by_role("button", name="Ask").click()
        expect(page.locator(".exchange")).to_have_count(2)
        page.go_back()
        page.locator(".mark a").first.click()
        expect(page.locator("#passage")).to_be_in_viewport()


def test_a_model_that_fails_can_be_asked_again(browser) -> None:
    assistant = make_assistant(fault=ModelError("The model is busy.", retryable=True))
    with serve_site(assistant) as site, opened(browser, site) as page:
        page.goto(site)
        ask(page, ROOF)
        expect(page.locator(".verdict")).to_have_text("The model is busy.")
        expect(page.get_by_role("status")).to_have_text("The model is busy.")
        assistant.fault = None
        page.get_by_role("button", name="Ask again").click()
        expect(page.locator(".verdict")).to_have_text("From the articles")
        expect(page.locator(".exchange")).to_have_count(1)


def test_an_answer_can_be_stopped(browser) -> None:
    assistant = Waiting()
    with serve_site(assistant) as site, opened(browser, site) as page:
        page.goto(site)
        page.get_by_role("textbox").fill(ROOF)
        page.keyboard.press("Enter")
        expect(page.locator(".sentence")).to_be_visible()  # streamed before the rest is there
        page.get_by_role("button", name="Stop").click()
        expect(page.locator(".verdict")).to_contain_text("Stopped")
        expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
        assistant.go_on.set()
    assert assistant.closed == 1


def test_a_lost_connection_is_said(browser, site) -> None:
    with opened(browser, site) as page:
        page.goto(site)
        page.route("**/api/conversations", lambda route: route.fulfill(
            body='id: 1\nevent: status\ndata: {"stage": "writing"}\n\n',
            content_type="text/event-stream"))  # fmt: skip
        ask(page, ROOF)
        expect(page.locator(".verdict")).to_contain_text("connection was lost")


def test_a_double_tap_asks_once_and_stops_nothing(browser) -> None:
    assistant = make_assistant()
    with serve_site(assistant) as site, opened(browser, site) as page:
        page.goto(site)
        page.get_by_role("textbox").fill(ROOF)
        page.get_by_role("button", name="Ask", exact=True).dblclick()
        expect(page.locator(".verdict")).to_have_text("From the articles")
    assert len(assistant.asked) == 1


def test_an_answer_begun_before_the_connection_broke_is_not_asked_for_again(browser) -> None:
    assistant = make_assistant()
    with serve_site(assistant) as site, opened(browser, site) as page:
        page.goto(site)
        page.route("**/api/conversations", lambda route: route.fulfill(
            body=route.fetch().text().partition("\n\n")[0] + "\n\n",
            content_type="text/event-stream"))  # fmt: skip
        page.route("**/api/conversations/runs/*", lambda route: route.fulfill(
            body="", content_type="text/event-stream"))  # fmt: skip
        page.get_by_role("textbox").fill(ROOF)
        page.keyboard.press("Enter")
        again = page.get_by_role("button", name="Ask again")
        expect(again).to_be_visible(timeout=15_000)
        page.unroute("**/api/conversations/runs/*")
        again.click()
        expect(page.locator(".verdict")).to_have_text("From the articles")
        expect(page.locator(".exchange")).to_have_count(1)
    assert len(assistant.asked) == 1


WIDTHS = (320, 390, 640, 991, 992, 1280, 1600)


def check_at_every_width(page: Page) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 700})
        check_no_sideways_scroll(page)


def test_nothing_scrolls_sideways(browser, site) -> None:
    with opened(browser, site) as page:
        page.goto(site)
        check_at_every_width(page)
        ask(page, ROOF)
        ask(page, "x" * 600)
        page.get_by_role("button", name="Bad answer").first.click()
        page.get_by_text("This conversation").click()
        check_at_every_width(page)
        page.locator(".notes .quote").first.click()
        expect(page.locator("#panel #passage")).to_be_in_viewport()
        check_at_every_width(page)
        receipt = page.locator(".permalink").last.get_attribute("href")
        for address in ("/articles", "/docs", "/conversations", f"{receipt}?check=1"):
            page.goto(site + address)
            check_at_every_width(page)


def test_on_a_phone_the_article_is_a_sheet(browser, site) -> None:
    with opened(browser, site, viewport=PHONE, has_touch=True) as page:
        page.goto(site)
        ask(page, ROOF)
        page.locator(".mark a").first.tap()
        panel = page.locator("#panel")
        expect(panel.locator("#passage")).to_be_in_viewport()
        assert panel.evaluate("p => p.matches(':modal')")
        box = panel.bounding_box()
        assert box is not None
        assert box["width"] == 390
        page.get_by_role("button", name="Close").tap()
        expect(panel).to_be_hidden()


def test_turning_the_screen_keeps_the_article(browser, site) -> None:
    with opened(browser, site) as page:
        page.goto(site)
        ask(page, ROOF)
        page.locator(".mark a").first.click()
        panel = page.locator("#panel")
        expect(panel.locator("#passage")).to_be_visible()
        assert not panel.evaluate("p => p.matches(':modal')")
        page.set_viewport_size(PHONE)
        expect(page.locator("#panel:modal")).to_be_visible()


def hostile_assistant(payloads: list[str]) -> FakeAssistant:
    """Payloads as title, file name, byline, headings and text of articles that answer `roof`."""
    lines = [" ".join(payload.split()) or "x" for payload in payloads]
    documents = [
        make_document(
            line,
            [(Kind.HEADING, f"{other} roof", 2), (Kind.PARAGRAPH, f"{line} flat roof wind", 0)],
            source=f"{number}-{line}.md",
            metadata={"author": line, "date": line, "url": line},
        )
        for number, (line, other) in enumerate(zip(lines, lines[1:] + lines[:1], strict=True))
    ]
    everything = [(Kind.PARAGRAPH, line, 0) for line in lines]
    return make_assistant([make_document("Everything", everything), *documents])


@pytest.fixture(scope="module")
def payloads() -> list[str]:
    if not PAYLOADS.exists():
        pytest.skip(f"{PAYLOADS} is not here")
    lines = PAYLOADS.read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["payload"] for line in lines]


def test_no_payload_runs_or_leaves_from_an_article(browser, payloads) -> None:
    assistant = hostile_assistant(payloads)
    with serve_site(assistant) as site, opened(browser, site) as page:
        page.goto(f"{site}/articles")
        whole, *others = assistant.index.documents()
        page.goto(f"{site}/articles/{whole.id}?start=0&end=50000#passage")
        expect(page.locator("#passage")).to_be_visible()
        page.goto(site)
        for _ in range(3):
            ask(page, "flat roof wind")
            page.locator(".mark a").last.click()
            expect(page.locator("#panel .article")).to_be_visible()
        for document in others[:: len(others) // 25]:
            page.goto(f"{site}/articles/{document.id}?start=0&end=9")


def test_no_payload_runs_or_leaves_from_a_question(browser, site, payloads) -> None:
    with opened(browser, site) as page:
        page.goto(site)
        waiting = ""
        for payload in [*payloads, "x" * 2000]:
            if len(waiting) + len(payload) > 1900:
                if waiting.strip():
                    page.get_by_role("textbox", name="Your question").fill(waiting)
                    page.keyboard.press("Enter")
                    expect(page.locator("[data-verdict=pending]")).to_have_count(0)
                waiting = ""
            waiting += payload[:1900] + "\n"


def test_no_payload_runs_or_leaves_from_an_address(browser, site, payloads) -> None:
    with opened(browser, site) as page:
        for payload in payloads[::90]:
            page.goto(f"{site}/?q={quote(payload[:1000])}#{quote(payload[:500])}")
            page.goto(f"{site}/?q=roof#{payload[:500].split()[0] if payload.split() else ''}")
