"""Pairs from real Markdown articles: a heading asked as a question, its items as answers.

Knows headings, lists, tables and lead-ins of Markdown, no more than pairs need (`ingest` reads
Markdown for the product). Knows nothing of training.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from random import Random

from markdown_it import MarkdownIt
from markdown_it.token import Token

from eval.scorer.pair import Head, Pair, describe, is_held_out
from eval.scorer.rivals import Vectors, order_by_likeness
from eval.scorer.wording import negate, reword, swap_figure
from ingest.sentences import split_sentences
from ingest.spans import refers_back, write_row

HELD_OUT = 0.2
"""Share of articles kept for the figures."""

_ASKING = re.compile(
    r"^(how|what|why|when|where|which|who|is|are|do|does|can|should)\b", re.IGNORECASE
)
_MISSES = (
    "How much does {h} cost?", "Who came up with {h}?", "In which year did {h} begin?",
    "Where can I get help with {h}?", "How long does {h} take?", "Which country leads in {h}?",
    "How many people work on {h}?", "who pays for {h}", "phone number for {h}",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, item or row with its headings, lead-in and the sentence it refers back to."""

    headings: tuple[str, ...]
    lead_in: str
    text: str
    listed: bool
    first: bool
    antecedent: str = ""

    @property
    def described(self) -> str:
        """The piece as the scorer is shown it."""
        return describe(self.headings, self.text, self.lead_in, self.antecedent)


def read_articles(folder: Path) -> dict[str, tuple[Piece, ...]]:
    """Read all Markdown files below a folder, by relative path, in order."""
    paths = sorted(path for path in folder.rglob("*.md*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): tuple(_pieces(path.read_text("utf-8")))
        for path in paths
    }


def is_kept_apart(name: str) -> bool:
    """Say whether an article is held out from fitting."""
    return is_held_out(name, HELD_OUT)


@dataclass(slots=True)
class _Place:
    """Where in an article the reading stands."""

    title: str = ""
    headings: list[tuple[int, str]] = field(default_factory=list)
    lead_in: str = ""
    header: list[str] = field(default_factory=list)
    row: list[str] = field(default_factory=list)
    depth: int = 0
    first: bool = True


def _pieces(text: str) -> Iterator[Piece]:
    tokens = MarkdownIt("commonmark").enable("table").parse(re.sub(r"\A---.*?\n---", "", text))
    place = _Place()
    for before, token in pairwise(tokens):
        place.depth += token.type.endswith("list_open") - token.type.endswith("list_close")
        if token.type == "tr_open":
            place.row = []
        elif token.type == "tr_close":
            if place.header and place.row:
                row = write_row(place.header, place.row)
                yield Piece(_path(place), place.lead_in, row, listed=True, first=place.first)
            place.header = place.header or place.row
        elif token.type == "table_close":
            place.header = []
        elif token.type == "inline":
            yield from _inline(before, _plain(token), place)


def _inline(before: Token, said: str, place: _Place) -> Iterator[Piece]:
    if before.type == "heading_open":
        level = int(before.tag[1])
        place.title = place.title or said
        place.headings = [*[one for one in place.headings if one[0] < level], (level, said)]
        place.lead_in, place.first = "", True
    elif before.type in ("td_open", "th_open"):
        place.row.append(said)
    elif place.depth:
        yield Piece(_path(place), place.lead_in, said, listed=True, first=place.first)
    else:
        parts = [said[start:end] for start, end in split_sentences(said)]
        for part in parts:
            if not part.endswith(":"):
                antecedent = place.lead_in if refers_back(part) else ""
                yield Piece(_path(place), "", part, False, place.first, antecedent)  # noqa: FBT003
                place.first = False
            place.lead_in = part


def _path(place: _Place) -> tuple[str, ...]:
    """Return the headings above, without the article's title where there are others, as `ingest`."""
    path = tuple(text for _, text in place.headings)
    return path[1:] if path[:1] == (place.title,) and len(path) > 1 else path


def _plain(token: Token) -> str:
    children = token.children or []
    kept = (one.content if one.type in ("text", "code_inline") else " " for one in children)
    return " ".join("".join(kept).split())


def article_pairs(
    name: str, pieces: Sequence[Piece], rng: Random, vectors: Vectors
) -> Iterator[Pair]:
    """Yield pairs of either head from one article."""
    usable = [one for one in pieces if 3 <= len(one.text.split()) <= 60 and one.headings]
    if len({one.headings for one in usable}) < 3:
        return
    described = [one.described for one in usable]
    near = order_by_likeness(vectors, [one.headings[-1] for one in usable], described)
    for piece, places in zip(usable, near, strict=True):
        elsewhere = [usable[at] for at in places if usable[at].headings != piece.headings]
        rivals = (elsewhere[rng.randrange(min(4, len(elsewhere)))], rng.choice(elsewhere))
        yield from _asked(name, piece, rivals, rng)
        if rng.random() < 0.5:
            yield from _stated(name, piece, rng.choice(elsewhere), rng)


def _asked(name: str, piece: Piece, others: Sequence[Piece], rng: Random) -> Iterator[Pair]:
    if not piece.listed and not (piece.first and _ASKING.match(piece.headings[-1])):
        return  # whether a sentence of prose answers its heading cannot be told from its place
    question = reword(_question(piece, rng), rng)
    right = piece.described
    yield Pair(Head.ANSWERS, question, right, label=True, kind="heading", group=name)
    for other in others:
        rival = other.described
        yield Pair(Head.ANSWERS, question, rival, label=False, kind="sibling", group=name)
    if rng.random() < 0.6:
        topic = piece.headings[-1].rstrip("?").lower()
        miss = reword(rng.choice(_MISSES).format(h=topic), rng)
        yield Pair(Head.ANSWERS, miss, right, label=False, kind="attribute", group=name)


def _question(piece: Piece, rng: Random) -> str:
    heading = piece.headings[-1]
    if _ASKING.match(heading):
        return heading
    if piece.lead_in.endswith(":") and rng.random() < 0.4:
        return piece.lead_in.rstrip(":") + "?"
    topic = heading[:1].lower() + heading[1:]
    forms = (f"What is there to know about {topic}?", f"Which {topic} are there?",
             f"What are the {topic}?", topic, f"Tell me about {topic}",
             f"what about {topic}")  # fmt: skip
    return rng.choice(forms)


def _stated(name: str, piece: Piece, other: Piece, rng: Random) -> Iterator[Pair]:
    passage = piece.described
    yield Pair(Head.SUPPORTS, piece.text, passage, label=True, kind="same words", group=name)
    yield Pair(Head.SUPPORTS, other.text, passage, label=False, kind="elsewhere", group=name)
    changed = swap_figure(piece.text, rng) or negate(piece.text, rng)
    if changed:
        yield Pair(Head.SUPPORTS, changed, passage, label=False, kind="changed", group=name)
