"""HTML inside Markdown to pieces: its text, its headings, its questions that unfold.

Knows the few elements that authors put into Markdown. Tables are read by `ingest.html_blocks`, whole
pages by `ingest.html`.
"""

import re
from html.parser import HTMLParser as MarkupParser

from lxml.html import HTMLParser, document_fromstring

from ingest.document import Kind
from ingest.html_blocks import read_blocks
from ingest.html_elements import HEADINGS
from ingest.html_styles import WHITE, hides
from ingest.phrases import is_question
from ingest.reading import Piece

HIDDEN = frozenset(
    [
        "script",
        "style",
        "head",
        "svg",
        "iframe",
        "noscript",
        "template",
        "object",
        "math",
        "select",
        "button",
    ]
)
"""Elements whose content no reader sees as text of the article."""

_BREAKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "thead",
        "tfoot",
        "tr",
        "ul",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
    ]
)
_BREAK = "\u2028"  # stands for <br> until the line breaks of the source are gone
_DECLARATION = re.compile(r"<(?=[!?])")
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][\w.:-]*)")
_TABLE = re.compile(
    r"<(?P<code>script|style)\b.*?(?:</(?P=code)\b|\Z)|<(?P<close>/?)table\b[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
"""The tag of a table; what a script writes is matched as a whole, and is none of the article's."""


def tag_name(tag: str) -> tuple[str, bool]:
    """Return the lower-cased name of an inline tag, and whether it closes; "" for a comment."""
    match = _TAG.match(tag)
    return (match["name"].lower(), bool(match["close"])) if match else ("", False)


class Fragments(MarkupParser):
    """Reads fragments one after another, for Markdown may stand between `<details>` and its end.

    `pieces` collects what was read; the caller takes it away.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self._text: list[str] = []
        self._hidden: list[str] = []
        self._block = ""
        self._asked: list[bool] = []  # of each open <details>: whether its summary is a question

    def read(self, fragment: str) -> list[Piece]:
        """Read one fragment and return its pieces."""
        for at, part in enumerate(_part_tables(_without_declarations(fragment))):
            if at % 2:
                self.pieces += _read_table(part)
            else:
                self._read_part(part)
        pieces, self.pieces = self.pieces, []
        return pieces

    def _read_part(self, markup: str) -> None:
        self._hidden.clear()
        self.feed(markup)
        self.close()
        self._flush()
        self._block = ""
        self.reset()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element; one of the same name inside a hidden one has an end of its own."""
        if tag in HIDDEN or tag in self._hidden or (attrs and hides(dict(attrs), WHITE)):
            self._hidden.append(tag)
        elif tag == "br":
            self._text.append(_BREAK)
        elif tag in _BREAKS:
            self._flush()
            self._block = tag
            if tag == "details":
                self._asked.append(False)

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if tag in self._hidden:
            while self._hidden.pop() != tag:
                pass  # what was left open inside it
        elif tag in _BREAKS:
            self._flush()
            self._block = ""
            if tag == "details" and self._asked and self._asked.pop():
                self.pieces.append(Piece(Kind.QUESTION, ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element that closes itself for empty, as JSX does."""
        if tag not in HIDDEN:
            self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        """Take text where it is shown."""
        if not self._hidden:
            self._text.append(data)

    def _flush(self) -> None:
        raw = "".join(self._text)
        text = raw.replace(_BREAK, "\n") if self._block == "pre" else _soft(raw)
        self._text.clear()
        if not text.strip():
            return
        if self._block == "summary" and is_question(text):
            if self._asked:
                self._asked[-1] = True
            self.pieces.append(Piece(Kind.QUESTION, text))
        elif self._block in HEADINGS:
            self.pieces.append(Piece(Kind.HEADING, text, HEADINGS[self._block]))
        else:
            kind = Kind.ITEM if self._block == "li" else Kind.PARAGRAPH
            self.pieces.append(Piece(kind, text))


def _part_tables(markup: str) -> list[str]:
    """Part markup at its outermost tables: what is before one, the table, what is after it, ..."""
    parts, depth, begun = [], 0, 0
    for tag in _TABLE.finditer(markup):
        if tag["code"]:
            continue
        if not tag["close"]:
            if depth == 0:
                parts.append(markup[begun : tag.start()])
                begun = tag.start()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                parts.append(markup[begun : tag.end()])
                begun = tag.end()
    return [*parts, markup[begun:]]


def _read_table(markup: str) -> list[Piece]:
    parser = HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    return read_blocks(document_fromstring(markup, parser=parser))


def _soft(text: str) -> str:
    """Line breaks of the source are blanks; only <br> breaks a line."""
    return "\n".join(" ".join(line.split()) for line in text.split(_BREAK)).strip()


def _without_declarations(fragment: str) -> str:
    """Drop comments, and disarm what else begins with a sign.

    The parser looks for the end of each from its beginning, which takes hours if none ends.
    """
    parts = []
    at = 0
    while (start := fragment.find("<!--", at)) >= 0:
        parts.append(fragment[at:start])
        end = fragment.find("-->", start + 4)
        at = end + 3 if end >= 0 else len(fragment)
    parts.append(fragment[at:])
    return _DECLARATION.sub("&lt;", "".join(parts))
