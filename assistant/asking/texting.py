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
        ("and", "adn n"),
        ("with", "w w/"),
        ("before", "b4"),
        ("probably", "prob probs"),
        ("she's", "shes"),
        ("he's", "hes"),
        ("you've", "youve"),
        ("we've", "weve"),
        ("they've", "theyve"),
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
        ("should", "shud shld"),
        ("could", "cud cld"),
        ("would", "wud wld"),
        ("because", "cuz coz cos bc becuase"),
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
        ("year", "yr"),
        ("years", "yrs"),
        ("month", "mth"),
        ("months", "mths"),
        ("week", "wk"),
        ("weeks", "wks"),
        ("hours", "hrs"),
        ("really", "rly"),
    )
    for short in shorts.split()
}
"""By the short way, the full one."""

_WORD = compile_late(r"(?<![\w'’/])(?:[^\W\d_]+(?:/[a-z]?)?|b4)(?![\w'’/])")
_YOU_ARE = compile_late(r"(?<![\w'’])ur(?=\s+(?:an?|the|not|in|\w+ing)\b)")
"""An "ur" that is "you're", and not "your": "till ur a nurse"."""
_ARE = compile_late(
    r"(?P<asks>\b(?:how much|how many|how|what|where|when|which|who|why) )r(?= (?!is\b|does\b|can\b|and\b|or\b|vs\b))"
)
"""An "r" after a word that asks, though the articles speak of R: "how much r they?"."""
_TO = compile_late(
    r"(?<=[a-z] )2(?=\s+(?!(?:years?|months?|weeks?|days?|hours?|or|to|and|of)\b|[a-z]*[^\Ws]s\b)[a-z]{2,})"
)
"""A "2" before no plural and no unit: "foods 2 avoid", "I have 2 wear it"."""
_FOR = compile_late(
    r"(?<=[a-z]s )(?<!takes )(?<!needs )(?<!costs )(?<!lasts )(?<!has )(?<!is )(?<!was )(?<!sleeps )(?<!seats )(?<!holds )(?<!gets )"
    r"4(?=\s+(?!(?:years?|months?|weeks?|days?|hours?|or|to|and|of)\b)[a-z])"
)
"""A "4" after a plural and before no unit: "tips 4 beginners"."""
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

    said = _ARE.sub(r"\g<asks>are", _YOU_ARE.sub("you're", message))
    plain = _WORD.sub(put, _FOR.sub("for", _TO.sub("to", said)))
    if "dose" in vocabulary:
        return plain
    return _DOSE.sub(lambda found: found["before"] + ("does" if found["before"] else "Does"), plain)
