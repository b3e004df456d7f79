"""A follow-up that asks for something else about the same thing: "and their pay?", "how long?".

Knows English words for what has a figure, and of a question what had one. Knows nothing of when a
question leans on another.
"""

import re

from assistant.asking.forms import find_ask
from assistant.asking.splitting import FIGURES
from assistant.dialogue.topic import FIGURE_OF, as_asked, find_topic
from assistant.english.noun_phrases import is_plural
from assistant.english.pointing import PLACE
from ingest.patterns import compile_late
from ingest.profile import CorpusProfile
from ingest.words import content_words, stems

_FIGURE = "|".join(FIGURES)
_BARE_FIGURE = compile_late(r"^how (?:much|long)\W*$", re.IGNORECASE)
_NAMED_FIGURE = compile_late(
    r"^(?:what(?:'s| is| are) )?(?:the |its |their |his |her )?"
    rf"(?P<noun>(?P<kind>[\w-]+ )?(?:{_FIGURE}))\W*$",
    re.IGNORECASE,
)
_OWNED = compile_late(r"^(?:its|their|his|her) (?P<noun>[\w-]+(?: [\w-]+){0,2})\W*$", re.IGNORECASE)
_ANY = compile_late(
    r"^any (?P<noun>(?!from\b|for\b|in\b|of\b)[\w-]+(?: [\w-]+)?)\W*$", re.IGNORECASE
)
_WHOLE = compile_late(
    rf"^(?:the )?(?:[\w-]+ )?(?:{_FIGURE})\s+(?:of|for)\s+(?!(?:it|them|that|this|those|these)\b)\w",
    re.IGNORECASE,
)
"""An attribute with a thing of its own: "the price of a tent"."""

_GIVES_FIGURE = compile_late(rf"\b(?:{_FIGURE}|grow|growing)\b", re.IGNORECASE)


def ask_attribute(asked: str, previous: str, profile: CorpusProfile) -> str:
    """Ask something else about what the previous question was about; "" if that is not what is asked.

    What was asked before is left out: its answer would be given again. Where the same is asked for
    once more ("how much?" after "what does it cost?") it is the previous question; what names its
    own thing is a question by itself.
    """
    bare, figure = _BARE_FIGURE.match(asked), _NAMED_FIGURE.match(asked)
    owned = _OWNED.match(asked) or _ANY.match(asked)
    if not (bare or figure or owned):
        return f"What is {asked.rstrip('?!. ')}?" if _WHOLE.match(asked) else ""
    same = bool(bare or figure) and find_ask(asked) is find_ask(previous)
    if same:
        # a fee of another name is another thing, not the same one's fee
        return "" if figure and figure["kind"] else previous
    thing = _find_thing(previous, profile)
    if not thing:
        return ""
    if figure and figure["kind"] and set(stems(figure["kind"])) <= set(stems(thing)):
        return f"{asked.rstrip('?!. ')}?"
    if bare or asked.lower().startswith("any "):
        return f"{asked.rstrip('?!. ')}, {thing}?"
    noun = figure["noun"] if figure else owned["noun"] if owned else ""
    return f"What {'are' if is_plural(noun) else 'is'} the {noun} of {thing}?"


def _find_thing(previous: str, profile: CorpusProfile) -> str:
    """Return what the previous question asked a figure of, with where, if it says where."""
    of = FIGURE_OF.sub("", previous)
    thing = find_topic(_GIVES_FIGURE.sub(" take ", of) if of == previous else of, profile)
    if not thing:
        return ""
    where = re.search(rf"\s{PLACE}(?=\W*$)", previous)
    placed = where[0] if where and thing not in where[0] else ""
    return f"{as_asked(thing, previous)}{placed}"


_OF_FIGURE = compile_late(
    r"\b(?:it|that|this)\b(?!\s+[\w-]+s\b).*\b(?:depends?|var(?:y|ies)|rises?|falls?|go(?:es)? (?:up|down)|increases?|changes?"
    r"|taxed|gross|net|negotiable|fixed)\b",
    re.IGNORECASE,
)
"""A question of what a figure does: "what does it depend on?"."""

_NAMES_FIGURE = compile_late(
    rf"^(?:what(?:['’]?s| is| are| was)|how (?:much|high|long) (?:is|are|was))\s+(?P<figure>(?:the\s+)?(?:[\w-]+\s+)?(?:{_FIGURE})\b[^?]*)",
    re.IGNORECASE,
)
_EARNS = compile_late(
    r"^(?:how much|what) (?:do|does|did|would|will|can|could) (?P<who>[^?]+?) (?:earn|make|get(?: paid)?)\b(?P<rest>[^?]*)",
    re.IGNORECASE,
)
_COSTS = compile_late(
    r"^(?:how much|what) (?:do|does|did|would|will) (?P<what>[^?]+?) cost\b(?P<rest>[^?]*)",
    re.IGNORECASE,
)


def name_figure(plain: str, previous: str) -> str:
    """Return the figure that a question's "it" stands for: "the pay of a guide", "" where it is a thing."""
    if not _OF_FIGURE.search(plain):
        return ""
    named = _NAMES_FIGURE.match(previous)
    if named:
        return named["figure"].rstrip(" .!")
    earns = _EARNS.match(previous)
    costs = _COSTS.match(previous)
    if earns:
        anyone = not content_words(earns["who"])  # "what do you get for a day?"
        of_whom = "" if anyone else f" of {earns['who']}"
        return f"the pay{of_whom}{earns['rest']}".rstrip(" .!")
    return f"the cost of {costs['what']}{costs['rest']}".rstrip(" .!") if costs else ""
