"""Clipped words, written out as the articles have them: "maths" as mathematics, "uni" as university.

Knows how English clips words and makes words of others. Knows nothing of what a question asks.
"""

import re
from collections.abc import Sequence

from assistant.english.meaning import WordKnowledge
from ingest.patterns import compile_late
from ingest.profile import CorpusProfile
from ingest.words import FUNCTION_WORDS, stem

CLIPPED = 0.65
"""Cosine from which a longer word is what a word was clipped from.

With all-MiniLM-L6-v2 forty such pairs lie at .66 and above (cert and certification .67, app .73,
maths .87), and words that only begin alike below .5 (engine and engineer .49, port and portfolio .14).
"""

SHORTEST = 3
LEAST_CUT = 3
"""Letters that a clipped word has at least, and that were cut off: one or two are an ending."""

_OF_VERB = compile_late(r"(?:ed|ing|ly)$")
_WORD = compile_late(r"(?<![\w'’-])[^\W\d_]+(?![\w'’-])")
_ENDINGS = frozenset(
    """able ably al ally ance ances ant ary ation ations ative dom ed ee ees ence ent er ers ery es ful hood ial
    ian ians ible ic ical ing ings ion ions ish ism ist ists ity ive ize ised ises less ly ment ments ness
    or ors ory ous ship ships ward wards wise""".split()
)
"""What makes another word of one: who assesses makes an assessment, and "assess" is not clipped."""


def write_out_clipped(question: str, profile: CorpusProfile, knowledge: WordKnowledge) -> str:
    """Write out each clipped word that no article has, where they have the one it was cut from.

    The scorer and the rules read words: "Are maths needed?" has nothing of mathematics for them.
    """

    def put(found: re.Match[str]) -> str:
        word = found[0]
        full = "" if word.isupper() else _find_full(word.lower(), profile, knowledge)
        return (full.capitalize() if word.istitle() else full) or word

    return _WORD.sub(put, question)


def _find_full(word: str, profile: CorpusProfile, knowledge: WordKnowledge) -> str:
    """Return the word of the articles that one was clipped from; empty if there is none."""
    bare = word if len(word) == SHORTEST or word.endswith("ss") else word.removesuffix("s")
    if (
        len(bare) < SHORTEST
        or word in FUNCTION_WORDS
        or not profile.vocabulary.keys().isdisjoint((word, bare, bare + "s"))
    ):
        return ""
    longer = [one for one in profile.list_beginning(bare) if _is_cut(one, bare, knowledge)]
    if not longer:
        return ""
    asked, *vectors = knowledge.word_vectors([bare, *longer])
    near = [float(asked @ vector) for vector in vectors]
    best = longer[near.index(max(near))]
    return _put_in_number(best, word, longer) if max(near) >= CLIPPED else ""


def _is_cut(full: str, bare: str, knowledge: WordKnowledge) -> bool:
    """Say whether a longer word is neither another form, nor made of a word by an ending or another."""
    rest = full.removeprefix(bare)
    if len(rest) < LEAST_CUT or not rest.isalpha() or rest in _ENDINGS or _OF_VERB.search(full):
        return False
    if stem(full) == stem(bare):
        return False
    return knowledge.word_rank(rest.removesuffix("s")) is None  # ground, groundwork


def _put_in_number(full: str, word: str, known: Sequence[str]) -> str:
    """Return a plural in the singular, as the articles have it if they do, where one was clipped."""
    ones = [one for one in known if full in (f"{one}s", f"{one[:-1]}ies")]
    if word.endswith("s") or (not ones and full.endswith(("ss", "ics", "us", "is"))):
        return full
    if full.endswith("ies"):
        ones.append(f"{full[:-3]}y")
    return (*ones, full.removesuffix("s"))[0]
