"""Chooses what of a web page is its article, and takes away what stands round it.

Knows how sites are built: landmarks, class names, banners. Knows nothing of pieces (html_blocks).
"""

import re
from collections.abc import Iterator

import trafilatura
from lxml.html import HtmlElement

from ingest.html_elements import HEADINGS, visible_text
from ingest.html_styles import is_unseen

_FURNITURE_TAGS = (
    *("nav", "footer", "aside", "form", "script", "style", "template", "noscript", "iframe"),
    *("dialog", "search", "call-to-action", "newsletter-signup"),
)
_FURNITURE_ROLES = frozenset(
    {
        *("alert", "alertdialog", "banner", "complementary", "contentinfo", "dialog", "menu"),
        *("menubar", "navigation", "search", "toolbar", "tooltip"),
    }
)
# The names that sites give to what is no part of an article; compared with the words of a class
# ("post-related" has the words "post" and "related").
_FURNITURE_WORDS = frozenset(
    {
        *("ad", "ads", "advert", "advertisement", "banner", "breadcrumb", "breadcrumbs", "byline"),
        *(
            "comments",
            "cookie",
            "cookies",
            "cta",
            "consent",
            "disqus",
            "menu",
            "meta",
            "modal",
            "navbar",
        ),
        *("newsletter", "optin", "pagination", "paywall", "popup", "promo", "recirc", "related"),
        *("share", "sharing", "sharedaddy", "sidebar", "signup", "skip", "social", "sponsor"),
        *("sponsored", "subscribe", "subscription", "toc", "toolbar"),
    }
)
_BOX_WORDS = frozenset(
    {
        *("area", "bar", "block", "bottom", "box", "buttons", "container", "content", "inner"),
        *("left", "link", "links", "list", "main", "notice", "outer", "page", "post", "posts"),
        *("right", "section", "site", "top", "wrap", "wrapper"),
    }
)
_SIDEBAR_WIDGETS = frozenset(
    "archive archives calendar categories cloud entries recent rss search".split()
)
_NEVER_FURNITURE = frozenset({*("body", "html", "table", "tbody", "tr", "td", "th"), *HEADINGS})
_FURNITURE_HEADING = re.compile(
    r"(?:related|recommended|similar|more|latest|popular|further)\s+"
    r"(?:articles?|posts?|stories|reading|guides|pages|content|from\b.*)"
    r"|you (?:may|might) (?:also )?(?:like|enjoy).*|read (?:next|more)|keep reading|up next"
    r"|(?:leave a )?(?:comments?|reply)|share (?:this|on)\b.*|about the author|table of contents"
    r"|on this page|in this article|contents",
    re.IGNORECASE,
)
_COLLAPSIBLE = re.compile(
    r"accordion|faq|collaps|panel|\btabs?\b|toggle|answer|expand", re.IGNORECASE
)


def main_content(page: HtmlElement) -> HtmlElement:
    """Find the element that holds the article and empty it of everything else, in place."""
    root = _choose(page)
    _prune(root, page)
    return root


# ---- which element


def _choose(page: HtmlElement) -> HtmlElement:
    """Prefer what the page itself marks as its content; else ask trafilatura."""
    body = page.find("body") if page.find("body") is not None else page
    whole = len(visible_text(body))
    mains = [e for e in body.iter() if _is_main(e)]
    articles = [e for e in body.iter("article") if next(e.iterancestors("article"), None) is None]
    for candidates, share in ((mains, 0.3), (articles, 0.3)):
        best = max(candidates, key=_length, default=None)
        if best is None or _length(best) < share * whole:
            continue
        if _length(best) < 0.6 * sum(map(_length, candidates)):
            continue  # several alike: a page of many articles is read whole
        return _only_article(best) if candidates is mains else best
    return _by_trafilatura(body)


def _length(element: HtmlElement) -> int:
    return len(visible_text(element))


def _is_main(element: HtmlElement) -> bool:
    return (
        element.tag == "main"
        or element.get("role") == "main"
        or element.get("itemprop") in ("articleBody", "mainContentOfPage")
    )


def _only_article(main: HtmlElement) -> HtmlElement:
    """Drop the cards of other articles beside the one that fills most of the main part."""
    articles = [e for e in main.iter("article") if next(e.iterancestors("article"), None) is None]
    longest = max(articles, key=_length, default=None)
    if longest is not None and _length(longest) > 0.6 * sum(map(_length, articles)):
        for article in articles:
            if article is not longest:
                _drop(article)
    return main


def _by_trafilatura(body: HtmlElement) -> HtmlElement:
    """Take the smallest element that holds nearly all of what trafilatura takes for the article.

    Only its choice is used: the text it hands back has lost nested lists and merged cells.
    """
    try:
        found = trafilatura.bare_extraction(
            body, include_comments=False, include_tables=True, with_metadata=False
        )
    except (RecursionError, ValueError):
        return body
    body_found = getattr(found, "body", None)
    wanted = (
        {line for line in _lines(body_found) if len(line) > 20} if body_found is not None else None
    )
    if not wanted:
        return body
    total = sum(map(len, wanted))
    here = body
    while True:  # goes down: a tree has an end
        narrower = [child for child in here if child.tag in ("div", "section", "article", "main")]
        inside = [child for child in narrower if _held(child, wanted) >= 0.9 * total]
        if len(inside) != 1:
            return here
        here = inside[0]


def _lines(element: HtmlElement) -> Iterator[str]:
    for text in element.itertext():
        yield " ".join(text.split())


def _held(element: HtmlElement, wanted: set[str]) -> int:
    text = visible_text(element)
    return sum(len(line) for line in wanted if line in text)


# ---- what stands round it


def _prune(root: HtmlElement, page: HtmlElement) -> None:
    whole = _length(root)
    referenced = {
        (element.get("aria-controls") or element.get("href") or "").lstrip("#")
        for element in page.iter()
        if isinstance(element.tag, str)
    }
    elements = [one for one in root.iter() if one is not root and isinstance(one.tag, str)]
    unseen = {one for one in elements if is_unseen(one)}  # while the page's style sheets are there
    for element in elements:
        if element.tag == "header":
            _keep_headings(element)
        elif _is_furniture(element, unseen, referenced) and not _is_most(element, whole):
            _drop(element)
    for heading in list(root.iter("h1", "h2", "h3", "h4", "h5", "h6")):
        if _FURNITURE_HEADING.fullmatch(visible_text(heading).strip(" :")):
            _drop_section(heading)


def _is_most(element: HtmlElement, whole: int) -> bool:
    """Some sites put the whole article in a form or call it a widget."""
    return _length(element) > 0.5 * whole or next(element.iter("h1"), None) is not None


def _is_furniture(element: HtmlElement, unseen: set[HtmlElement], referenced: set[str]) -> bool:
    tag = element.tag.lower()
    if tag in _FURNITURE_TAGS or (element.get("role") or "").lower() in _FURNITURE_ROLES:
        return True
    if tag == "button" or (tag == "a" and _words(element) & {"btn", "button", "cta"}):
        return not _is_disclosure(element)
    if element in unseen:
        return not _is_folded_away(element, referenced)
    if tag in ("ul", "ol") and _is_table_of_contents(element):
        return True
    return tag not in _NEVER_FURNITURE and _is_named_furniture(element)


def _is_named_furniture(element: HtmlElement) -> bool:
    """Go by class; by id only if nothing else is in it, for ids are made of headings' words too."""
    by_id = _split(element.get("id"))
    by_class = _words(element)
    return (
        bool(by_class & _FURNITURE_WORDS)
        or _is_widget(by_class)
        or (bool(by_id & _FURNITURE_WORDS) and by_id <= _FURNITURE_WORDS | _BOX_WORDS)
    )


def _is_widget(names: set[str]) -> bool:
    """Tell a sidebar's widget; page builders call every part of an article one too."""
    return "widget" in names and (
        names <= _BOX_WORDS | {"widget"} or bool(names & _SIDEBAR_WIDGETS)
    )


def _words(element: HtmlElement) -> set[str]:
    return _split(element.get("class"))


def _split(names: str | None) -> set[str]:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", names or "")
    return set(re.split(r"[^a-z]+", spaced.lower())) - {""}


def _is_disclosure(button: HtmlElement) -> bool:
    """Tell a button that unfolds text (its words are a heading) from one that does something."""
    asks = "".join(button.itertext()).strip().endswith("?")
    if asks or button.get("aria-controls") or button.get("aria-expanded"):
        return True
    return (
        next(button.iterancestors("h1", "h2", "h3", "h4", "h5", "h6", "summary"), None) is not None
    )


def _is_folded_away(element: HtmlElement, referenced: set[str]) -> bool:
    """Tell an answer that a click unfolds from what no reader ever sees."""
    if element.get("id") and element.get("id") in referenced:
        return True
    near = [element, *list(element.iterancestors())[:3]]
    return any(_COLLAPSIBLE.search(part.get("class") or "") for part in near)


def _is_table_of_contents(element: HtmlElement) -> bool:
    links = list(element.iter("a"))
    if len(links) < 2 or not all((a.get("href") or "").startswith("#") for a in links):
        return False
    linked = sum(len(visible_text(link)) for link in links)
    return linked > 0.8 * max(_length(element), 1)


def _keep_headings(header: HtmlElement) -> None:
    for element in list(header.iter()):
        inside = next(element.iterancestors("h1", "h2", "h3", "h4"), None) is not None
        around = next(element.iter("h1", "h2", "h3", "h4"), None) is not None
        if element is not header and not inside and not around:
            _drop(element)


def _drop_section(heading: HtmlElement) -> None:
    """Drop a heading and what follows it, up to the next heading of its rank."""
    for element in list(heading.itersiblings()):
        if element.tag in ("h1", "h2", "h3", "h4", "h5", "h6") and element.tag <= heading.tag:
            break
        _drop(element)
    _drop(heading)


def _drop(element: HtmlElement) -> None:
    """Remove an element but not the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    tail, before = element.tail or "", element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
