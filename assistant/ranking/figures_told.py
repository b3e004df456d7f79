"""Whether what would be told has the figure that is asked for.

Knows what figures and what words say how many, how long and which is most. Knows nothing of scores.
"""

import re
from collections.abc import Sequence

from assistant.asking.forms import WANTED_UNITS, Ask
from assistant.asking.question import Question, asked_units, find_degrees
from assistant.english.figures import CURRENCY_WORDS, Unit, find_figures
from ingest.patterns import compile_late
from ingest.words import stem_set, words

_FRACTION = compile_late(
    r"\b(?:half|thirds?|quarters?|fifths?|tenths?|dozens?|majority|minority|all|every|each|none|no|nobody|only"
    r"|one|twice|once|unlimited|\w+ out of \w+)\b",
    re.IGNORECASE,
)
"""What says how many without a number."""


def lacks_figure(question: Question, told: Sequence[str], *, further: bool = False) -> bool:
    """Say whether what would be told has no figure where one is asked for: "how many?", "cheapest?".

    Of what is most or least it may also be said in words that it is: "the cheap way is ...". A
    `further` question of a message is held to any figure at all.
    """
    if further and question.ask in WANTED_UNITS and not any(map(find_figures, told)):
        return True
    if question.ask is Ask.COUNT:
        return not any(_tells_count(question.text, text) for text in told)
    if question.ask is Ask.DURATION:  # it may be told without a figure, but not by a price
        return {figure.unit for text in told for figure in find_figures(text)} == {Unit.MONEY}
    degrees = find_degrees(question)
    if not degrees:
        return False
    units = set(asked_units(question)) - {Unit.COUNT, Unit.CLOCK}
    if not units:
        return False
    figured = any(figure.unit in units for text in told for figure in find_figures(text))
    said = frozenset[str]().union(*(stem_set(text)[0] for text in told))
    return not figured and not any(_says_degree(degree, said) for degree in degrees)


def _tells_count(asked: str, told: str) -> bool:
    """Say whether a text tells how many: money does so of coins alone, and no time tells of things."""
    coins = not CURRENCY_WORDS.keys().isdisjoint(word.lower() for word in words(asked))
    others = set() if coins else {Unit.MONEY, Unit.DURATION, Unit.CLOCK}
    counts = any(figure.unit not in others for figure in find_figures(told))
    return counts or bool(_FRACTION.search(told))


def _says_degree(degree: str, said: frozenset[str]) -> bool:
    """Say whether some stems have a degree in any form: cheapest, cheaper or cheap."""
    root = re.sub(r"(?:i?est|i?er)$", "", degree.lower())
    return any(word.startswith(root) for word in said)
