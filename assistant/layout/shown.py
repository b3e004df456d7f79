"""A span as its reader sees it: its own words, and what stands above it that gives them sense.

Knows documents. Knows nothing of what is held against a span.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from assistant.english.lexicon import Lexicon
from assistant.layout.structure import find_question_above
from ingest.document import Document, Span
from ingest.spans import describe_span


@dataclass(frozen=True)
class Shown:
    """A span as its reader sees it: its own words, and what stands above it that gives them sense."""

    document: Document
    span: Span

    @cached_property
    def quote(self) -> str:
        """The span's own words, on one line."""
        return " ".join(self.document.text[self.span.start : self.span.end].split())

    @property
    def posed(self) -> str:
        """The question that the span's section answers; empty where its heading poses none."""
        return find_question_above(self.document, self.span.block)

    @property
    def headings(self) -> str:
        """The name and title of the span's document and the headings that it stands under."""
        name = re.sub(r"[\W_]+", " ", self.document.id)
        path = self.document.blocks[self.span.block].heading_path
        return "\n".join((name, self.document.title, *path))

    @cached_property
    def described(self) -> str:
        """The span under its last headings and its lead-in: what the learned scorer reads."""
        return describe_span(self.document, self.span)

    @cached_property
    def context(self) -> str:
        """All that may be said of the span: its words, headings, title, lead-in and columns."""
        block = self.document.blocks[self.span.block]
        above = (self.document.title, *block.heading_path, *block.header)
        return "\n".join((self.quote, self.described, *above))

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words of the context."""
        return Lexicon(self.context)
