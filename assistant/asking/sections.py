"""The section that a question points to: "which jobs does the outlook section name?".

Knows how English points to a part of a text, and a document's headings. Knows nothing of scores.
"""

import re

from ingest.document import Block
from ingest.patterns import compile_late
from ingest.words import content_words, has_form, stem

_SECTION = r"(?:section|chapter)"
_POINTED = compile_late(
    rf"\b(?:(?:in|under|from|of|by|does|do)\s+)?the\s+(?P<before>(?:[\w’'-]+\s+){{1,4}}?){_SECTION}\b"
    rf"|\b(?:(?:in|under|from|of|by|does|do)\s+)?the\s+(?:{_SECTION}|part)\s+(?:on|about|called|titled)\s+"
    r"(?P<after>(?:(?!(?:cover|list|name|mention|include|describe|say|tell|contain)s?\b)[\w’'-]+\s*){1,5})",
    re.IGNORECASE,
)
_TELLS = compile_late(
    r"\s*\b(?:cover|list|name|mention|include|describe|discuss|say|tell|contain)(?:s|ed)?\b"
    r"(?=\s*(?:[?.!]|$))",
    re.IGNORECASE,
)


def split_section(question: str) -> tuple[str, str]:
    """Return a question without the section that it points to, and what it calls that one.

    That is "" where it points to none; where nothing else is asked, all that it says is.
    """
    pointed = _POINTED.search(question)
    name = (pointed["before"] or pointed["after"]).strip() if pointed else ""
    if pointed is None or not content_words(name):
        return question, ""
    rest = _TELLS.sub("", f"{question[: pointed.start()]}{question[pointed.end() :]}").lstrip(" ,")
    if not content_words(rest):
        return f"What is said about {name}?", name
    return rest[0].upper() + rest[1:], name


def find_depth(block: Block, name: str) -> int:
    """Return how deep the heading stands above a block that has the words of a name; 0 if none has."""
    wanted = [stem(word) for word in content_words(name)]
    for depth, heading in enumerate(block.heading_path, start=1):
        told = [stem(word) for word in content_words(heading)]
        if all(has_form(one, told) for one in wanted):
            return depth
    return 0
