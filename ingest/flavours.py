"""What authors write that CommonMark does not know, put into words that it does.

Knows lines of Markdown, MDX and their kin before parsing. Every change keeps the number of lines,
so that a parser's line numbers stay true. Knows nothing of pieces.
"""

import re
from collections.abc import Iterator

MAX_EXPORT = 100
"""Lines of MDX code to drop at once: brackets that never close must not take an article along."""

MAX_TABLE = 500
"""Lines of HTML to take for one table: one that never ends must not take an article along."""

_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_TABLE = re.compile(r"<(/?)table\b", re.IGNORECASE)
_ODD_BULLET = re.compile(r"^(\s*(?:>\s*)*)[•◦▪▫‣●○■□➢➤▶►✓✔·∙][ \t\u00a0]*(?=\S)")
_TIGHT_HEADING = re.compile(r"^(\s{0,3}#{2,6})(?=[^\s#])")
_IMPORT = re.compile(r"import\s+(?:[\w*{][^'\"]*\sfrom\s+)?['\"][^'\"]+['\"]")
_EXPORT = re.compile(r"export\s+(?:const|let|var|function|default|class|async)\b")
_CONTAINER = re.compile(
    r"\s*:{3,}\s*(?:[\w-]+)?\s*(?:\{[^}]*\})?(?:\[(?P<label>[^\]]*)\])?(?P<title>.*)"
)
_SHORTCODE = re.compile(
    r"\{\{[<%].*?[%>]\}\}|\{%.*?%\}|\{/\*.*?\*/\}|\[\[_?toc_?\]\]", re.IGNORECASE
)
_HEADING_ID = re.compile(r"^(\s{0,3}#{1,6}\s.*?)\s*\{#[\w:.-]+\}\s*$")
_JSX = re.compile(
    r"^(?P<indent>[ \t]*)<(?P<close>/?)(?P<name>[A-Za-z][\w.]*)"
    r"(?:[^{}<>]|\{(?:[^{}]|\{[^{}]*\})*\})*?(?P<void>/?)>",
    re.MULTILINE,
)
_TITLED = re.compile(r"""\s(?:title|label|question|summary|header)=(["'])([^"'<>{}]+)\1""")
"""What a component says above its content: the question of an accordion, the name of a tab or step."""

_CLAUSE = re.compile(r" {0,3}(?P<number>\d{1,3}(?:\.\d{1,3})+)\.?[ \t]+(?P<text>\S.*)")
_CLAUSES_OF = re.compile(r" {0,3}(?P<text>(?P<number>\d{1,3})[.)]?[ \t]+\S.{0,98}[^\s.:;,])\s*")
_HASHES = re.compile(r" {0,3}(#{1,5})[ \t]+\S")

_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,40}\](?!\():?")


def plain_markdown(text: str) -> str:
    """Rewrite odd bullets, MDX, containers and short codes outside of fenced code."""
    return _drop_components("\n".join(_lines(text.split("\n"))))


def _lines(lines: list[str]) -> Iterator[str]:
    fence = ""
    dropping = 0
    table_end = 0
    clauses = _mark_clauses(lines)
    for at, line in enumerate(lines):
        if dropping:
            dropping -= 1
            yield ""
            continue
        mark = _FENCE.match(line)
        if fence or mark:
            fence = _fence_after(fence, mark.group(1) if mark else "")
            yield line
            continue
        table_end = max(table_end, _table_end(lines, at))
        if at < table_end:
            yield line if line.strip() else "<!-- -->"  # an empty line would end the table
            continue
        code = _code_lines(lines, at)
        dropping = max(0, code - 1)
        yield "" if code else clauses.get(at) or _rewrite(line)


def _mark_clauses(lines: list[str]) -> dict[int, str]:
    """Mark numbered clauses set line by line as items, and the numbered line above them as a heading.

    CommonMark takes "2.1 Members pay yearly." for more of the line before it, and of "2. Fees" for a
    list. A clause is told from a decimal at a line's start by one with the next number.
    """
    found = {at: clause for at, line in enumerate(lines) if (clause := _CLAUSE.match(line))}
    numbers = {clause["number"] for clause in found.values()}
    marked: dict[int, str] = {}
    for at, clause in found.items():
        above, _, last = clause["number"].rpartition(".")
        beside = {f"{above}.{int(last) - 1}", f"{above}.{int(last) + 1}"}
        if not beside & numbers or not ((at and lines[at - 1].strip()) or at + 1 in found):
            continue
        marked[at] = f"- {clause['number']} {clause['text']}"
        title = _CLAUSES_OF.fullmatch(lines[at - 1]) if at else None
        if title and title["number"] == above:
            marked[at - 1] = f"{'#' * _level_below(lines[: at - 1])} {title['text']}"
    return marked


def _level_below(lines: list[str]) -> int:
    """Return the level of a heading below the ones above it."""
    above = [mark for line in lines if (mark := _HASHES.match(line))]
    marked = [len(mark[1]) for mark in above]
    return min(marked[0] + 1, 6) if marked else 2


def _fence_after(fence: str, mark: str) -> str:
    """A fence ends at one of its own kind that is at least as long."""
    if not fence:
        return mark
    return "" if mark[:1] == fence[0] and len(mark) >= len(fence) else fence


def _code_lines(lines: list[str], at: int) -> int:
    """Count the lines of an MDX import or export that begins here, up to its last bracket."""
    if _IMPORT.match(lines[at]):
        return 1
    if not _EXPORT.match(lines[at]):
        return 0
    depth = 0
    for count, line in enumerate(lines[at : at + MAX_EXPORT], 1):
        depth += sum(line.count(sign) for sign in "([{") - sum(line.count(sign) for sign in ")]}")
        if depth <= 0:
            return count
    return 1


def _table_end(lines: list[str], at: int) -> int:
    """Return the line after the end of an HTML table that begins here, 0 if none does."""
    if not lines[at].lstrip().startswith("<") or not _TABLE.search(lines[at]):
        return 0
    depth = 0
    for place in range(at, min(at + MAX_TABLE, len(lines))):
        depth += sum(-1 if close else 1 for close in _TABLE.findall(lines[place]))
        if depth <= 0:
            return place + 1
    return 0


def _rewrite(line: str) -> str:
    if line.lstrip().startswith(":::"):
        match = _CONTAINER.match(line)
        return (match["label"] or match["title"]).strip() if match else ""
    line = _SHORTCODE.sub("", line)
    line = _HEADING_ID.sub(r"\1", line)
    line = _TIGHT_HEADING.sub(r"\1 ", line)
    outside = line.split("`")  # a definition that is one word would be taken for that of a link
    outside[::2] = [_FOOTNOTE.sub("", part) for part in outside[::2]]
    return _ODD_BULLET.sub(r"\1- ", "`".join(outside))


def _drop_components(text: str) -> str:
    """Drop the tags of components at a line's start; simplify tags with code in an attribute."""
    return _JSX.sub(_component, text) if "<" in text else text


def _component(match: re.Match[str]) -> str:
    newlines = "\n" * match.group().count("\n")
    name = match["name"]
    if name[0].isupper() and not name.isupper():
        titled = _TITLED.search(match.group()) if not match["close"] else None
        return match["indent"] + (f"##### {titled[2]}" if titled else "") + newlines
    if "={" in match.group():
        return f"{match['indent']}<{match['close']}{name}{match['void']}>{newlines}"
    return match.group()
