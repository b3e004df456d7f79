"""Where one sentence ends and the next begins.

Knows punctuation, abbreviations and scripts; knows nothing of documents or blocks. Offsets are into
the text it is given.
"""

import re
from functools import lru_cache

from ingest.patterns import compile_late

MAX_SENTENCE = 600
"""Characters: a longer run without a full stop is code or a list in disguise; no reader wants it as
one quotation, and an encoder reads about as much (256 word pieces)."""

MAX_LINES = 200
"""Characters up to which lines without a full stop (code, an address) stay together."""

_END = compile_late(
    r"(?:\.{2,}|[.!?…]+|[。！？｡]+)"  # what ends it
    r"[\"'”’»)\]*_]*(?:\[\d{1,3}\])*"  # quotes, brackets and notes that close after it
)
_OPENERS = "\"'“‘«([¿¡*_-–—•"
_WIDE = "。！？｡"  # these end a sentence without a blank after them


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NEVER_LAST = _words(
    """e.g i.e eg ie vs v cf viz approx ca al eds vol pp p fig figs eq ch nos nr
    z.b d.h u.a bzw ggf evtl inkl vgl"""
)
_TITLES = _words(
    "Dr Mr Mrs Ms Mx Prof St Rev Hon Gen Col Sgt Capt Lt Gov Sen Rep Mt Mme Mlle Sr Sra"
)
_SOMETIMES_LAST = _words(
    """inc ltd co corp llc plc bros dept univ assn etc est ave blvd rd u.s u.k u.n e.u d.c l.a n.y
    a.m p.m ph.d m.d b.a m.a b.s m.s b.sc m.sc m.b.a b.c a.d jan feb mar apr jun jul aug sep sept
    oct nov dec mon tue wed thu fri sat sun"""
)
_NUMBER_FOLLOWS = frozenset(["no", "art", "sec"])
_STARTERS = _words(
    """the a an this that these those it he she they we you i in on at for from with to by as if
    when while after before since because although though however but and or so yet then there here
    what how why where who which some many most all both each every another such its his her their
    our your my no not one two now also moreover furthermore according instead"""
)
_WORD_BEFORE = compile_late(r"[^\s(\[\"'“‘«/]*\Z")
_WORD_AFTER = compile_late(r"[^\s.,;:!?]*")


@lru_cache(maxsize=4096)  # a question's spans are split again for every sentence that leads in
def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return the (start, end) of each sentence: in order, disjoint, covering all but whitespace."""
    pieces: list[tuple[int, int]] = []
    for start, end in _lines(text):
        pieces.extend(_sentences(text, start, end))
    return tuple(part for piece in pieces for part in _shorten(text, *piece))


def _lines(text: str) -> list[tuple[int, int]]:
    """Split at line breaks, keeping short lines that end no sentence with the one that follows."""
    merged: list[tuple[int, int]] = []
    for match in re.finditer(r"[^\n]*\S[^\n]*", text):
        start, end = match.span()
        if merged and _belongs(text, merged[-1], end):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def _belongs(text: str, previous: tuple[int, int], end: int) -> bool:
    finished = text[previous[0] : previous[1]].rstrip().endswith((".", "!", "?", "。", "！", "？"))
    return not finished and end - previous[0] <= MAX_LINES


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    begin = start
    for match in _END.finditer(text, start, end):
        if match.end() < end and _is_boundary(text, begin, match, end):
            _add(found, text, begin, match.end())
            begin = match.end()
    _add(found, text, begin, end)
    return found


def _add(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append((start, end))


def _is_boundary(text: str, begin: int, match: re.Match[str], end: int) -> bool:
    sign = match.group()[0]
    if sign in _WIDE:
        return True
    if not text[match.end()].isspace():
        return False
    after = text[match.end() : min(end, match.end() + 60)].lstrip()
    following = _WORD_AFTER.match(after.lstrip(_OPENERS))
    word = following.group() if following else ""
    if not after or not _may_start(word, after) or _in_brackets(text, begin, match.end()):
        return False
    single_dot = sign == "." and not match.group().startswith("..")
    return not single_dot or _stops(text, begin, match.start(), word)


def _may_start(word: str, after: str) -> bool:
    """A lower-case word goes on with the sentence, unless it is a name such as iOS."""
    first = word[:1] or after[:1]
    return not first.islower() or any(letter.isupper() for letter in word)


def _in_brackets(text: str, begin: int, at: int) -> bool:
    """Say whether a bracket is open here and closes soon: an aside is not torn apart."""
    if at - begin > 400:  # an aside is short; past this a stray bracket would cost quadratic time
        return False
    sentence = text[begin:at]
    return sentence.count("(") > sentence.count(")") and ")" in text[at : at + 200]


def _stops(text: str, begin: int, dot: int, following: str) -> bool:
    """Say whether a single full stop ends the sentence, from the words on both sides of it."""
    before = _WORD_BEFORE.search(text, max(begin, dot - 40), dot)
    word = before.group() if before else ""
    plain = word.casefold().rstrip(".")
    if plain in _NUMBER_FOLLOWS:
        return not following[:1].isdigit()
    if plain in _NEVER_LAST or word in _TITLES:
        return False
    if word.isdigit() or (len(word) == 1 and word.isalpha()):
        if not text[begin : min(begin + 12, dot - len(word))].strip(_OPENERS + " "):
            return False  # "1. Plan": an enumerator
        return word.isdigit() or word.islower() or following.casefold() in _STARTERS
    if plain in _SOMETIMES_LAST or re.fullmatch(r"(?:\w\.)+\w", plain):
        return following.casefold() in _STARTERS
    return True


def _shorten(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut an over-long run at a clause, else at a blank, else anywhere."""
    parts: list[tuple[int, int]] = []
    while end - start > MAX_SENTENCE:
        cut = _cut(text, start, start + MAX_SENTENCE)
        _add(parts, text, start, cut)
        start = cut
    _add(parts, text, start, end)
    return parts


def _cut(text: str, start: int, limit: int) -> int:
    middle = start + (limit - start) // 2
    for signs in ("\n", ";:", ",—–", " \t"):
        found = max(text.rfind(sign, middle, limit) for sign in signs)
        if found >= 0:
            return found + 1
    return limit
