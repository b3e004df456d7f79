"""Elements of a web page: which begin a block, which are never seen, and the text inside one.

Knows what HTML elements are. Knows nothing of blocks of an article or of pages.
"""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

BLOCKS = frozenset(
    {
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "button",
            "center",
            "dd",
            "details",
            "dialog",
        ),
        *("div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2"),
        *("h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "li", "main", "menu", "nav"),
        *("ol", "p", "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot"),
        *("th", "thead", "tr", "ul"),
    }
)
UNSEEN = frozenset(
    {
        *("applet", "audio", "canvas", "datalist", "embed", "head", "iframe", "input", "link"),
        *("map", "math", "meta", "noscript", "object", "progress", "script", "select", "style"),
        *("svg", "template", "textarea", "title", "video"),
    }
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}


def visible_text(element: HtmlElement) -> str:
    """Give the text inside an element on one line, blocks set apart by spaces."""
    return " ".join("".join(iterate_texts(element)).split())


def iterate_texts(element: HtmlElement) -> Iterator[str]:
    """Yield the text nodes below an element; iterative, so that no depth is too deep."""
    stack: list[HtmlElement | str] = [element]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield node
            continue
        inside: list[HtmlElement | str] = []
        if read_tag(node) not in UNSEEN and not _is_footnote_mark(node):
            edge = " " if read_tag(node) in BLOCKS or read_tag(node) == "br" else ""
            inside += [edge, node.text or ""]
            for child in node:
                inside += [child, child.tail or ""]
            inside.append(edge)
        stack += reversed(inside)


def read_tag(element: HtmlElement) -> str:
    """Give the tag's name, empty for comments and processing instructions."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else "script"


def _is_footnote_mark(element: HtmlElement) -> bool:
    """Tell the mark of a note of the article's own, which would be read as part of a figure."""
    tag = read_tag(element)
    if (element.get("role") or "").lower() == "doc-noteref":
        return True
    if tag == "sup":
        return any((link.get("href") or "").startswith("#") for link in element.iter("a"))
    raised = tag == "a" and not (element.text or "").strip() and len(element) == 1
    return raised and read_tag(element[0]) == "sup" and (element.get("href") or "").startswith("#")


def read_number(value: str | None, default: int) -> int:
    """Read the whole number that an attribute holds, or the default where it holds none."""
    return int(value) if value and re.fullmatch(r"\s*-?\d{1,9}\s*", value) else default
