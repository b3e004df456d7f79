"""The figures and names of a sentence: do they stand in the passages that it cites.

Knows figures as values and units, and names. Knows nothing of what is said with them.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.asking.question import find_names
from assistant.english.figures import CURRENCY_WORDS, NUMBER_WORDS, Figure, Unit, find_figures
from assistant.english.lexicon import UNITS, Lexicon
from assistant.layout.shown import Shown
from ingest.patterns import compile_late
from ingest.words import FUNCTION_WORDS, stem


def find_wrong_facts(text: str, cited: Sequence[Shown]) -> str:
    """Say which figure or name of a sentence stands in none of the spans; empty where all do."""
    contexts = [shown.context for shown in cited]
    figures = find_unsupported_figures(text, contexts)
    if figures:
        return f"{_quoted(figures)} not in the passages it cites"
    counted = find_other_counts(text, contexts)
    if counted:
        return f"{_quoted(counted)} not in the passages it cites"
    lexicon = Lexicon("\n".join(contexts))
    names = [name for name in find_names(text) if not name[0].isdigit() and name not in lexicon]
    if names:
        return f"{_quoted(names)} not in the passages it cites"
    return ""


def _quoted(found: Sequence[str]) -> str:
    return f"{', '.join(f'“{one}”' for one in found)} {'is' if len(found) == 1 else 'are'}"


def find_unsupported_figures(sentence: str, passages: Sequence[str]) -> list[str]:
    """Return the figures of a sentence that stand in none of the passages, as written.

    Figures are compared as values and units, so that $5,000 and 5000 dollars agree, 1 year and 12
    months, 5-12 lakh and 500,000 to 1,200,000; and 5 % and 5 years do not.
    """
    shown = [
        reading
        for passage in passages
        for reading in (*_read_figures(passage), *_read_number_words(passage))
    ]
    counts = any(reading.figure.unit is Unit.COUNT for reading in shown)
    claimed = [
        reading
        for reading in _read_figures(sentence)
        if not _is_word(sentence, reading.figure) and not _is_ordinal(sentence, reading.figure)
    ]
    # "Two" may only count what is cited; it is held against passages that count something.
    claimed += [
        reading for reading in _read_number_words(sentence) if counts and reading.figure.value > 1
    ]
    return [
        sentence[reading.figure.start : reading.figure.end]
        for reading in sorted(claimed, key=lambda reading: reading.figure.start)
        if not any(_agree(reading, other) for other in shown)
    ]


_COUNTED = compile_late(
    rf"(?<![\w.,])(\d{{1,4}}|{'|'.join(NUMBER_WORDS)})((?:\s?(?:-|–|to|or)\s?(?:\d{{1,4}}|\w+))?)"
    r"[\s-]+([^\W\d_]{3,})",
    re.IGNORECASE,
)


def find_other_counts(sentence: str, passages: Sequence[str]) -> list[str]:
    """Return what a sentence counts otherwise than the passages do: "six evenings" for two.

    Only what they count once each is compared, and no range.
    """
    held = [pair for passage in dict.fromkeys(passages) for pair in _read_counts(passage)]
    wrong = []
    for value, thing, written in _read_counts(sentence):
        others = {other for other, same, _ in held if same == thing}
        if others and None not in others and value is not None and value not in others:
            wrong.append(written)
    return wrong


def _read_counts(text: str) -> list[tuple[float | None, str, str]]:
    """Read (number, the stem of what it counts, as written); a range has None for its number."""
    found = []
    for match in _COUNTED.finditer(text):
        number, joined, thing = match.groups()
        if thing.lower() in FUNCTION_WORDS or thing.lower() in UNITS:
            continue
        value = NUMBER_WORDS.get(number.lower()) or float(number if number.isdigit() else 0)
        found.append((None if joined else float(value), stem(thing.lower()), match.group()))
    return found


def _is_word(text: str, figure: Figure) -> bool:
    """Say whether a figure without a unit is written as a word."""
    return figure.unit is Unit.COUNT and not any(
        letter.isdigit() for letter in text[figure.start : figure.end]
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """A figure, and the numbers it may stand for: the 5 of "5-12 lakh" is 5 or 500,000."""

    figure: Figure
    numbers: tuple[float, ...]
    currency: str


_JOINS = compile_late(r"\+?\s*(?:[-–—−]|to|and|or|through)\s*\Z")
_SCALE = compile_late(r"(?:k|m|bn|million|billion|thousand|lakh|crore)\b", re.IGNORECASE)
_ENUMERATOR = compile_late(r"(?:\bstep|\bpoint|\boption|#|\bno\.?)\s*\Z", re.IGNORECASE)
_FRACTION = r"(?![\s-]+(?:quarter|third|fifth|tenth|half|halve)s?\b|\s+in\s+\w+\b)"
_NUMBER_WORD = compile_late(
    rf"(?<!\bin )\b(?:{'|'.join(NUMBER_WORDS)})\b{_FRACTION}", re.IGNORECASE
)
"""A number written out, but not the parts of a fraction: "three quarters", "one in three"."""


def _read_figures(text: str) -> list[_Reading]:
    figures = find_figures(text)
    readings = []
    for at, figure in enumerate(figures):
        number = float(figure.raw)
        numbers, currency = [number], figure.currency.lower()
        following = figures[at + 1] if at + 1 < len(figures) else None
        if following and _JOINS.fullmatch(text[figure.end : following.start].lower()):
            factor = _scale(text[following.start : following.end], float(following.raw))
            if factor != 1 and _scale(text[figure.start : figure.end], number) == 1:
                numbers.append(number * factor)
            currency = currency or following.currency.lower()
        readings.append(_Reading(figure, tuple(numbers), CURRENCY_WORDS.get(currency, currency)))
    return readings


def _scale(written: str, value: float) -> float:
    """Return what a figure's scale word multiplied its number by."""
    if not _SCALE.search(written):
        return 1.0
    number = re.search(r"\d[\d,]*(?:\.\d+)?", written)
    plain = float(number.group().replace(",", "")) if number else 0.0
    return value / plain if plain else 1.0


def _agree(claimed: _Reading, shown: _Reading) -> bool:
    one, other = claimed.figure, shown.figure
    same = any(math.isclose(number, value) for number in claimed.numbers for value in shown.numbers)
    definite = {Unit.MONEY, Unit.PERCENT, Unit.DURATION}
    if one.unit is other.unit is Unit.DURATION:
        return math.isclose(one.value, other.value, rel_tol=0.02)
    if one.unit is other.unit is Unit.CLOCK:
        return math.isclose(one.value, other.value)
    if one.unit in definite and other.unit in definite and one.unit is not other.unit:
        return False
    if claimed.currency and shown.currency and claimed.currency[-1] != shown.currency[-1]:
        return False
    return same


def _is_ordinal(text: str, figure: Figure) -> bool:
    """Say whether a figure only numbers its sentence ("Step 2")."""
    return bool(_ENUMERATOR.search(text[: figure.start])) and figure.value <= 20


def _read_number_words(text: str) -> list[_Reading]:
    found = []
    for match in _NUMBER_WORD.finditer(text):
        value = float(NUMBER_WORDS[match.group().lower()])
        figure = Figure(value, Unit.COUNT, *match.span(), raw=f"{value:.10g}")
        found.append(_Reading(figure, (value,), ""))
    return found
