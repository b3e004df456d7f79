"""Markdown to a reading.

Knows the tokens of a CommonMark parser. What CommonMark does not know (MDX, odd bullets) is
rewritten by `flavours`, HTML inside is read by `fragments`, front matter by `frontmatter`. Knows
nothing of offsets or heading paths.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.decoding import decode
from ingest.document import CELL_SEPARATOR, Kind
from ingest.emphasis import MAX_HEADING, head_bold_lines
from ingest.flavours import plain_markdown
from ingest.fragments import HIDDEN, Fragments, tag_name
from ingest.frontmatter import split_front_matter
from ingest.html_styles import WHITE, hides, read_attributes
from ingest.phrases import ends_as_question
from ingest.reading import IngestError, Piece, Reading

MAX_NESTING = 100
"""Lists and quotations inside one another: CommonMark's own 20 loses text that is set deeper."""

_ATX = re.compile(r"^ {0,3}#{1,6}[ \t]+\S", re.MULTILINE)
_LINK = re.compile(r"!?\[[^\]\n]{1,200}\]\([^)\s]{1,500}\)")
_FENCED = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_BOLD = re.compile(r"\*\*\S[^*\n]{0,200}\*\*")
_STRAY_BOLD = re.compile(r"(?<![\w*])\*\*(?!\*)|(?<!\*)\*\*(?![\w*])")
_TAGGED = re.compile(r"\s*</?[a-z][a-z0-9-]*[\s/>]")
_TASK = re.compile(r"\[[ xX]\]\s+")


def read_markdown(data: bytes, source: str) -> Reading:
    """Read a Markdown or MDX file.

    Raises IngestError for an empty or a binary file, and for one without any text.
    """
    text, repairs = decode(data, source)
    front = split_front_matter(text)
    pieces = parse_markdown(front.body)
    if not pieces:
        raise IngestError(source, "the file has no text besides its markup; nothing to read")
    title = front.metadata.get("title", "")
    return Reading(title, pieces, front.metadata, (*repairs, *front.repairs))


def looks_like_markdown(text: str) -> bool:
    """Say whether a text is clearly Markdown: two headings marked, or one and other markup."""
    headings = len(_ATX.findall(text))
    other = bool(_LINK.search(text) or _BOLD.search(text)) + (len(_FENCED.findall(text)) > 1)
    return headings > 1 or (headings == 1 and other > 0) or other > 1


def parse_markdown(text: str) -> tuple[Piece, ...]:
    """Turn Markdown without front matter into pieces."""
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable(
        ["table", "strikethrough"]
    )
    walk = _Walk(text.split("\n"))
    for token in parser.parse(plain_markdown(text)):
        walk.take(token)
    return head_bold_lines(walk.found)


@dataclass(slots=True)
class _Item:
    """An open list item: its nesting, its marker as written, and whether its text was read."""

    level: int
    marker: str
    begun: bool = False


@dataclass(slots=True)
class _Walk:
    """What is open at this place in the text."""

    lines: Sequence[str]
    found: list[Piece] = field(default_factory=list)
    opened: str = ""
    heading: Token | None = None
    items: list[_Item] = field(default_factory=list)
    ordinals: list[int] = field(default_factory=list)
    indents: list[tuple[int, int]] = field(default_factory=list)
    header: list[str] = field(default_factory=list)
    row: list[str] | None = None
    in_head: bool = False
    fragments: Fragments = field(default_factory=Fragments)

    def take(self, token: Token) -> None:
        """Take one block token."""
        match token.type:
            case "inline":
                self._inline(token)
            case "heading_open":
                self.heading = token
            case "heading_close":
                self.heading = None
            case "fence":
                self._add(Kind.PARAGRAPH, token.content)
            case "code_block" if not _TAGGED.match(token.content):
                self._add(Kind.PARAGRAPH, token.content)
            case "html_block" | "code_block":  # markup set in by four columns is no code
                for piece in self.fragments.read(token.content):
                    self._add_piece(piece)
            case _:
                self._list(token)
                self._table(token)

    def _list(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                self.ordinals.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                self.ordinals.pop()
            case "list_item_open":
                self.items.append(_Item(self._level(token), self._marker(token)))
            case "list_item_close":
                self.items.pop()

    def _table(self, token: Token) -> None:
        match token.type:
            case "thead_open":
                self.in_head, self.header = True, []
            case "thead_close":
                self.in_head = False
            case "tr_open":
                self.row = []
            case "tr_close":
                self._end_row()

    def _end_row(self) -> None:
        row, self.row = self.row or [], None
        header = () if self.in_head else tuple(self.header)
        if self.in_head:
            self.header = row
        self.found.append(Piece(Kind.ROW, CELL_SEPARATOR.join(row), header=header))

    def _inline(self, token: Token) -> None:
        children = token.children or []
        text = _text(children)
        if self.row is not None:
            self.row.append(" ".join(text.split()).replace("|", "/"))
        elif self.heading is not None and not self.items:
            self._heading(self.heading, text)
        elif text.strip():
            asked = 0 if self.items else _end_of_bold_question(children)
            if asked:
                self._add(Kind.PARAGRAPH, _text(children[:asked]), bold=True)
                self._add(Kind.PARAGRAPH, _text(children[asked:]))
            else:
                self._add(Kind.PARAGRAPH, text, bold=_is_bold(children))

    def _heading(self, token: Token, text: str) -> None:
        """A rule right below a paragraph reads as its underline; prose is no heading."""
        underlined = token.markup in ("=", "-")
        if underlined and (len(text) > MAX_HEADING or text.rstrip().endswith((".", ":", ";"))):
            self._add(Kind.PARAGRAPH, text)
        else:
            self.found.append(Piece(Kind.HEADING, text, int(token.tag[1])))

    def _add_piece(self, piece: Piece) -> None:
        if piece.kind is Kind.PARAGRAPH:
            self._add(piece.kind, piece.text)
        else:
            self.found.append(piece)

    def _add(self, kind: Kind, text: str, *, bold: bool = False) -> None:
        """Add a paragraph; inside a list the first is the item, others are set below it."""
        if not self.items:
            self.found.append(Piece(kind, text, bold=bold))
            return
        item = self.items[-1]
        if item.begun:
            self.found.append(Piece(Kind.ITEM, text, item.level + 1))
            return
        item.begun = True
        self.found.append(Piece(Kind.ITEM, _TASK.sub("", text, 1), item.level, item.marker))

    def _level(self, token: Token) -> int:
        """Nest by indentation too, for many indent less than CommonMark asks for."""
        depth = len(self.items)
        line = self.lines[token.map[0]].expandtabs(4) if token.map else ""
        indent = len(line) - len(line.lstrip())
        if line[indent : indent + 1] == ">":
            return depth
        if not self.found or self.found[-1].kind is not Kind.ITEM:
            self.indents = []
        while self.indents and self.indents[-1][0] > indent - 2:
            self.indents.pop()
        level = max(depth, self.indents[-1][1] + 1 if self.indents else 0)
        self.indents.append((indent, level))
        return level

    def _marker(self, token: Token) -> str:
        """The bullet as written; a number as counted, for authors may write 1. before each."""
        if token.info:
            self.ordinals[-1] += 1
            return f"{self.ordinals[-1] - 1}{token.markup}"
        line = self.lines[token.map[0]].lstrip("> \t") if token.map else ""
        return line[:1] if line and not line[0].isalnum() else token.markup


def _text(children: Sequence[Token]) -> str:
    """Join inline tokens to text: no markup, no images, no hidden elements."""
    parts: list[str] = []
    hidden: list[str] = []
    for child in children:
        if child.type == "html_inline":
            name, closes = tag_name(child.content)
            if closes and hidden[-1:] == [name]:
                hidden.pop()
            elif _opens_hidden(child.content, name, hidden) and not closes:
                hidden.append(name)
            elif name == "br":
                parts.append("\n")
        elif hidden:
            continue
        elif child.type in ("text", "code_inline"):
            parts.append(child.content if child.type == "code_inline" else _plain(child.content))
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" " if child.type == "softbreak" else "\n")
    return "".join(parts)


def _opens_hidden(tag: str, name: str, hidden: Sequence[str]) -> bool:
    """Say whether a tag opens what no reader sees, or an element of that name inside it."""
    if tag.endswith("/>"):
        return False
    return name in HIDDEN or name in hidden[-1:] or hides(read_attributes(tag), WHITE)


def _plain(text: str) -> str:
    """Drop footnote marks, and asterisks that were meant to make bold."""
    return _STRAY_BOLD.sub("", text)


def _end_of_bold_question(children: Sequence[Token]) -> int:
    """Return where a bold question ends that a paragraph begins with and goes on to answer, else 0."""
    if (
        not children
        or children[0].type not in ("strong_open", "text")
        or children[0].content.strip()
    ):
        return 0
    end = next((at for at, one in enumerate(children, 1) if one.type == "strong_close"), 0)
    asks = bool(end) and ends_as_question(_text(children[:end]))
    return end if asks and _text(children[end:]).strip() else 0


def _is_bold(children: Sequence[Token]) -> bool:
    """Say whether all of a paragraph is in bold."""
    depth = 0
    seen = False
    for child in children:
        if child.type == "strong_open":
            depth, seen = depth + 1, True
        elif child.type == "strong_close":
            depth -= 1
        elif child.type in ("text", "code_inline") and child.content.strip() and not depth:
            return False
    return seen
