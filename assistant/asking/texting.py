"""Words as they are typed on a phone ("wat", "u", "dont"), written out.

Knows the short ways of English's closed-class words. Knows no word that says what a question is
about, and nothing of misspellings by distance.
"""

import re
from collections.abc import Container

from ingest.patterns import compile_late

_FULL = {
    short: full
    for full, shorts in (
        ("what", "wat wot waht whta"),
        ("what's", "whats wats wots"),
        ("when", "wen whne"),
        ("where's", "wheres"),
        ("who's", "whos"),
        ("how", "hwo"),
        ("how's", "hows"),
        ("which", "wich whitch"),
        ("you", "u ya"),
        ("your", "ur"),
        ("you're", "youre"),
        ("are", "r"),
        ("the", "teh hte"),
        ("that", "taht dat"),
        ("that's", "thats"),
        ("there's", "theres"),
        ("their", "thier"),
        ("they're", "theyre"),
        ("and", "adn"),
        ("I'm", "im"),
        ("I've", "ive"),
        ("don't", "dont"),
        ("doesn't", "doesnt dosent"),
        ("didn't", "didnt"),
        ("isn't", "isnt"),
        ("aren't", "arent"),
        ("can't", "cant"),
        ("won't", "wont"),
        ("wouldn't", "wouldnt"),
        ("couldn't", "couldnt"),
        ("shouldn't", "shouldnt"),
        ("haven't", "havent"),
        ("should", "shud"),
        ("could", "cud"),
        ("would", "wud"),
        ("because", "cuz coz cos becuase"),
        ("though", "tho"),
        ("through", "thru"),
        ("until", "till"),
        ("about", "abt"),
        ("something", "sth"),
        ("people", "ppl"),
        ("want to", "wanna"),
        ("give me", "gimme"),
        ("a lot", "alot"),
        ("without", "w/o"),
        ("years", "yrs"),
        ("hours", "hrs"),
        ("really", "rly"),
    )
    for short in shorts.split()
}
"""By the short way, the full one."""

_WORD = compile_late(r"(?<![\w'’/])[^\W\d_]+(?:/[a-z])?(?![\w'’/])")
_DOSE = compile_late(
    r"(?P<before>^|\b(?:what|when|where|why|how(?:\s+\w+)?)\s+)dose\b"
    r"(?!\s+(?:of|should|do|can|is|was|per|for|will|would|must)\b)",
    re.IGNORECASE,
)
"""A "does" that is misspelt as another word: "how long dose it take?", but not "what dose of it?"."""


def write_out(message: str, vocabulary: Container[str]) -> str:
    """Write short forms out, but for those that the articles have as words of their own."""

    def put(found: re.Match[str]) -> str:
        word = found[0]
        full = _FULL.get(word.lower(), "")
        if not full or word.lower() in vocabulary or not (word.islower() or word.istitle()):
            return word
        if word.istitle():
            return full[0].upper() + full[1:] if len(word) > 1 else word
        return full

    plain = _WORD.sub(put, message)
    if "dose" in vocabulary:
        return plain
    return _DOSE.sub(lambda found: found["before"] + ("does" if found["before"] else "Does"), plain)
