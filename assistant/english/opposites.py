"""Words that say the opposite of each other, and words that deny: English, of no subject.

Knows word lists alone. A scale has two poles; each word stands for its pole in any inflection.
"""

from dataclasses import dataclass

from ingest.words import stem


@dataclass(frozen=True, slots=True)
class Scale:
    """Two poles, by stem; where one `denies` the other, its second pole says what "not" would.

    One that denies `alone` does so where nothing is said of the first pole: "refuse" is no, "free"
    only may be. What `names` a thing says what is spoken of as well as which of two it is: "dry
    skins".
    """

    high: frozenset[str]
    low: frozenset[str]
    denies: bool = False
    alone: bool = False
    names: bool = False

    def read(self, stems: frozenset[str]) -> int:
        """Return 1 or -1 for the pole that the words are at; 0 for neither, or both."""
        return self.low.isdisjoint(stems) - self.high.isdisjoint(stems)


def _stems(listed: str) -> frozenset[str]:
    return frozenset(stem(word) for word in listed.split())


def _scale(
    high: str, low: str, *, denies: bool = False, alone: bool = False, names: bool = False
) -> Scale:
    return Scale(_stems(high), _stems(low), denies, alone, names)


SCALES = (
    # how much, how many, how old, which side of a limit, and which way it moves
    _scale(
        "more greater higher highest larger largest bigger longer longest older above over exceed"
        " minimum increase raise rise",
        "less fewer lesser lower lowest smaller smallest shorter shortest younger below under"
        " maximum decrease reduce decline drop",
    ),
    _scale("strong stronger strongest strengthen", "weak weaker weakest weaken"),
    _scale("before beforehand earlier", "after afterwards later"),
    _scale("during inside indoors", "outside outdoors"),
    _scale("better best good", "worse worst bad badly"),
    _scale("easy easier easiest easily simple simpler simplest", "hard harder hardest difficult"),
    _scale("fast faster fastest quick quicker quickly", "slow slower slowest slowly"),
    _scale("twice double doubles doubled", "halve halves halved"),
    _scale("darker dark", "lighter brighter bright pale paler", names=True),
    _scale("safe safer safest safely", "dangerous unsafe risky riskier"),
    _scale("advantage benefit asset pros upside", "drawback disadvantage downside con"),
    _scale("dry dried", "wet", names=True),
    _scale("hot hotter warm warmer", "cold colder cool cooler", names=True),
    _scale("heat boil", "freeze chill", names=True),
    _scale("weekday", "weekend", names=True),
    _scale("supervised", "unsupervised", names=True),
    _scale("public", "private", names=True),
    _scale("attract", "repel deter"),
    _scale("add include put", "remove omit"),
    _scale("win succeed", "lose fail", names=True),
    _scale("cheap cheaper cheapest", "expensive dearer costly"),
    _scale("rich richer", "poor poorer", names=True),
    _scale("everyone everybody anyone anybody", "nobody"),
    # what one has to do, may do and can do: the second pole is the first one denied
    _scale(
        "must required require requirement compulsory mandatory obligatory obliged necessary"
        " necessarily need needed essential crucial prerequisite",
        "optional voluntary unnecessary superfluous",
        denies=True,
    ),
    _scale(
        "may allow allowed permit permitted let welcome",
        "forbid forbidden ban banned prohibit prohibited",
        denies=True,
        alone=True,
    ),
    _scale("can possible able", "impossible unable", denies=True, alone=True),
    _scale("cost pay paid fee charge", "free freely", denies=True),
    _scale("open opens", "closed shut", denies=True),
    _scale("accept", "reject", denies=True),
    _scale("matter important", "unimportant irrelevant negligible", denies=True),
    _scale("", "refuse deny", denies=True, alone=True),
    _scale("", "obstacle exclude lack prevent avoid ignore waste", denies=True),
)
"""Opposites of everyday English. Some words are on more than one scale."""

POINTERS = frozenset[str]().union(*(scale.high | scale.low for scale in SCALES if not scale.names))
"""Words that are only at a pole: they say which way, not of what."""

DENIALS = frozenset(
    """no not nor never none nobody nothing nowhere neither without cannot hardly barely scarcely
    seldom rarely rare""".split()
)
"""Words that deny, or all but deny, the clause that they stand in."""

ABSOLUTE = frozenset(
    """all every everyone everybody everything always never none nobody no must certainly definitely
    guarantee guarantees guaranteed entirely anyone anybody""".split()
)
"""Words that leave no exception."""

EVERYONE = ABSOLUTE & frozenset(
    "all every everyone everybody everything always anyone anybody".split()
)
"""Those of them that widen what a passage says of some only."""

GUARDED = frozenset(
    """some most many often usually generally typically sometimes may might could probably likely
    mainly mostly few several partly roughly""".split()
)
"""Words that leave exceptions."""
