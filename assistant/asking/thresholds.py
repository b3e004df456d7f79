"""A figure that others have to pass: "over £40,000", "slower than 10%".

Knows how English sets a limit, and which figures keep to it. Knows nothing of what is asked about.
"""

import re
from dataclasses import dataclass

from assistant.english.figures import NUMBER_WORDS, Figure, Unit, find_figures
from assistant.english.noun_phrases import VERBS
from assistant.layout.comparison import Figures, take_range, wants_least
from ingest.patterns import compile_late
from ingest.words import stem, words


@dataclass(frozen=True, slots=True)
class Threshold:
    """A limit, and whether it is to be fallen short of: else it is to be passed."""

    limit: Figure
    under: bool

    @property
    def is_bare(self) -> bool:
        """Say whether the limit is a number without a unit, as of money: "pays over 40,000"."""
        return self.limit.unit is Unit.COUNT

    def admits(self, figures: Figures) -> bool:
        """Say whether figures keep to the limit; of a range, one of its ends is enough."""
        ends = take_range(figures)
        units = {self.limit.unit, Unit.MONEY} if self.is_bare else {self.limit.unit}
        if not all(end.unit in units and self.limit.currency in (end.currency, "") for end in ends):
            return False
        if self.under:
            return min(end.value for end in ends) < self.limit.value
        return max(end.value for end in ends) > self.limit.value

    def admits_any(self, text: str) -> bool:
        """Say whether a text has a figure that keeps to the limit."""
        return any(self.admits((figure,)) for figure in find_figures(text))


_ASKS_WHICH = compile_late(r"(?:which|what|who|where|(?:list|name|show)\b)", re.IGNORECASE)
_NUMBER = rf"(?=\S?\s?\d|(?:{'|'.join(NUMBER_WORDS)})\b)"
_LIMIT = compile_late(
    rf"\s+(?P<by>over|above|exceeding|under|below|(?:more|less|fewer|\w{{3,}}er)\s+than)\s+{_NUMBER}",
    re.IGNORECASE,
)
_NOT_SO_MUCH = compile_late(
    r"\b(?:(?:does|do|did|wo|would)n['’]?t|(?:does|do|did|will|would) not)\s+(?:always\s+)?"
    rf"(?P<does>take|cost|last|need|require)\s+(?:you\s+|me\s+)?{_NUMBER}",
    re.IGNORECASE,
)
"""What is not as much as a figure is less: "which walk doesn't take two hours?"."""
_UNDER = compile_late(r"under|below", re.IGNORECASE)
_IS = frozenset("is are was were be last lasts lasting".split())


def take_threshold(question: str) -> tuple[str, Threshold | None]:
    """Return a question that asks which without the limit it sets, and that limit, if it sets one.

    "Which huts cost over £20?" sets one; "What do people over 60 pay?" says who they are. So a
    limit that is no money and no share follows a verb.
    """
    if not _ASKS_WHICH.match(question):
        return question, None
    question = _NOT_SO_MUCH.sub(r"\g<does>s less than ", question)
    said = _LIMIT.search(question)
    figures = find_figures(question[said.end() :]) if said else ()
    if said is None or not figures or figures[0].start > 0:
        return question, None
    limit = figures[0]
    before = words(question[: said.start()])[-1:]
    after_verb = any(stem(word) in VERBS or word.lower() in _IS for word in before)
    if limit.unit not in (Unit.MONEY, Unit.PERCENT) and not after_verb:
        return question, None
    under = bool(_UNDER.match(said["by"])) or wants_least(said["by"], [(limit,)])
    rest = question[said.end() + limit.end :]
    if limit.unit is Unit.DURATION:
        rest = re.sub(r"^[\s-]*\w+", "", rest)  # a figure ends before its unit of time
    return question[: said.start()] + rest, Threshold(limit, under)
