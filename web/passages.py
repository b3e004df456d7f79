"""Where in the articles a passage stands that a reader pasted or picked.

Knows white space and case don't matter, words do. Knows nothing of forms or of what is kept.
"""

import re
from urllib.parse import parse_qs, urlsplit

from web.schemas import AnswerOut, SectionOut
from web.seam import ReadableIndex, read_present

MAX_PASSAGE = 2000
"""Characters; a passage that answers is seldom over a few hundred."""
_FEWEST = 3
"""Words: fewer are found everywhere."""
_LOOKED_INTO = 10
"""Passages that a search for the pasted text brings up."""
_QUOTED = 300
"""Characters of a section that point it out."""

Place = tuple[str, str]
"""A file's path in the corpus, and the words found there."""


def find_pasted(index: ReadableIndex, text: str, answer: AnswerOut) -> Place | None:
    """Find a pasted text in the articles an answer is near to, or in those a search brings up."""
    pattern = _to_pattern(text[:MAX_PASSAGE])
    if pattern is None:
        return None
    near = [one.document_id for one in answer.citations]
    near += [one.document_id for one in answer.nearest]
    found = [hit.chunk.document_id for hit in index.search(text[:MAX_PASSAGE], _LOOKED_INTO)]
    for document in read_present(index, dict.fromkeys([*near, *found])):
        match = pattern.search(document.text)
        if match:
            return document.source, match.group()
    return None


def find_section(index: ReadableIndex, section: SectionOut) -> Place | None:
    """Quote the beginning of a section that was offered as near."""
    query = parse_qs(urlsplit(section.url).query)
    start, end = int(query["start"][0]), int(query["end"][0])
    for document in read_present(index, [section.document_id]):
        quote = document.text[start : min(end, start + _QUOTED)].strip()
        return (document.source, quote) if quote else None
    return None


def _to_pattern(text: str) -> re.Pattern[str] | None:
    words = text.strip(" \t\n\"'“”‘’«»").split()
    if len(words) < _FEWEST:
        return None
    return re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE)
