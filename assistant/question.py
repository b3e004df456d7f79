"""What a question asks for: its form, its terms, its specifics.

Knows how English questions are put. Knows nothing of the corpus beyond the profile it is given, and
nothing of how answers are found.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.asked import ask_for_need
from assistant.contrasts import put_contrast_plainly
from assistant.denial import asks_what_not
from assistant.exclusion import split_exclusion
from assistant.figures import NUMBER_WORDS, Unit
from assistant.noun_phrases import VERBS, is_plural, noun_runs
from assistant.phrasing import (
    ask_for_benefits,
    ask_for_bidden,
    ask_for_lack,
    drop_count,
    put_costs_plainly,
    put_degrees_plainly,
    strip_asking,
)
from assistant.sections import split_section
from assistant.story import leans_on_told, leave_story, split_told
from assistant.thresholds import Threshold, take_threshold
from ingest.patterns import compile_late
from ingest.words import FUNCTION_WORDS, content_words, stem, words


class Ask(StrEnum):
    """The form of a question, which decides the form of its answer."""

    YES_NO = "yes_no"
    AMOUNT = "amount"
    SHARE = "share"
    DURATION = "duration"
    COUNT = "count"
    YEAR = "year"
    DEFINITION = "definition"
    DIFFERENCE = "difference"
    SUPERLATIVE = "superlative"
    CHOICE = "choice"
    STEPS = "steps"
    LIST = "list"
    REASON = "reason"
    OPEN = "open"


COMPARING = {Ask.SUPERLATIVE, Ask.CHOICE}
"""Forms that set figures side by side."""

WANTED_UNITS: dict[Ask, tuple[Unit, ...]] = {
    Ask.AMOUNT: (Unit.MONEY,),
    Ask.SHARE: (Unit.PERCENT,),
    Ask.DURATION: (Unit.DURATION,),
    Ask.COUNT: (Unit.COUNT,),
    Ask.YEAR: (Unit.YEAR,),
}
"""The figures that an answer of each form has to hold one of."""


@dataclass(frozen=True, slots=True)
class Question:
    """A standalone question, taken apart.

    `surface` maps the stem of each content word to the word, without the words that only ask
    (salary, in "how much salary", is a term; "much" is not). `names` are its proper names and numbers as written:
    specifics that an answer has to match. `sides` are the things it sets side by side, if it does,
    `threshold` is what their figures have to pass, and `left_out` is what it leaves out ("a saw",
    in "which tools besides a saw?"), `section` what it calls the section that it points to; neither
    `text` nor `names` have these three, or how many things are to be listed; `whole` has all. `unnamed` is the text with a pronoun for
    what all articles are about, for who reads but a passage.
    """

    text: str
    ask: Ask
    surface: Mapping[str, str]
    names: tuple[str, ...]
    sides: tuple[str, ...] = ()
    threshold: Threshold | None = None
    left_out: str = ""
    whole: str = ""
    section: str = ""
    unnamed: str = ""

    @property
    def terms(self) -> tuple[str, ...]:
        """The stems of the terms, in order."""
        return tuple(self.surface)


_AUXILIARY = (
    r"(?:is|are|was|were|am|do|does|did|can|could|may|might|must|should|shall|will|would|has|have"
    r"|had|isn'?t|aren'?t|don'?t|doesn'?t|can'?t|couldn'?t|shouldn'?t|won'?t|wouldn'?t|need)"
)
_NO_DEGREE = r"(?!(?:inter|for|hon|mod|harv|requ|inv|dig|sugg|prot|cont|manif|earn|conqu|arr|att|north\w|south\w|mid\w)est\b)"
"""What ends as the highest degree does and is none: "interest"."""
_EXTREME = rf"\b{_NO_DEGREE}(?:(?:most|least)\b(?!\s+of\b)|(?!best|rest)\w{{2,}}est\b)"
_SUPERLATIVE = (
    rf"\b{_NO_DEGREE}(?:most|least|best|worst|\w{{3,}}est|more|less|(?:high|low|cheap|fast|quick|long|short|old|"
    r"young|larg|small|earli|lat|bigg|few|wid|rich|easi)er)\b"
)
COMPARES = compile_late(_SUPERLATIVE, re.IGNORECASE)
"""A degree above others: "cheapest", "more"."""
COMPARATIVE = (
    r"\b(?:more|less|better|worse|(?:high|low|cheap|fast|quick|slow|long|short|old|young|new|larg|small|bigg|"
    r"earli|lat|soon|few|wid|easi|hard|strong|warm|cold|heavi|light|saf|near|clos|rich|tall|dear|deep|"
    r"thick|thin|narrow|loud|quiet|weak|tough|prici|costli)er)\b"
)
_DEGREES = compile_late(f"{_SUPERLATIVE}|{COMPARATIVE}", re.IGNORECASE)
_SIDE = r"(?!(?:expected|planned|usual|normal|average|before|ever|elsewhere|others?|that|this|it|i|you|we|they|possible)\b)"
"""What follows "than" is no thing to compare with in "longer than expected"."""
_AS_MUCH = (
    r"as (?:much|many|long|expensive|cheap|dear|pricey|old|fast|quick|big|large|small|high|low|well[- ]paid)"
    rf"(?:\s+\w+)?\s+as\s+{_SIDE}"
)
"""What sets a measure of one thing against another's, before the other."""

_OBJECT = (
    r"\s+(?:the|an?|me|us|him|her|them|it|my|your|his|their|its|one|some(?:one|body)|any(?:one|body)|"
    r"no|not|if|when|up|to|with|most|more|less|best)\b|\W*$"
)
"""What follows a verb: after it "saves", in "what saves me", is no plural and asks for one thing."""


_MEASURED = (
    r"(?:\w{3,}ly|old|young|far|near|close|big|large|small|tall|high|low|wide|deep|thick|heavy|strong|fast|slow|"
    r"late|early|hot|cold|warm|few|common|frequent|regular|hard|difficult|easy|safe|good|bad|popular|important)"
)
"""What is asked for the degree of, after "how": it asks for no steps."""


_INCLUDED = (
    r"^what(?:['’]s| is| are| was| were)\s(?:all )?[^?]*\b(?:included|involved|covered)\b"
    r"|^what (?:do|does|did|will|would)\s[^?]*\b(?:involve|include|cover|entail|consist of)"
    r"(?=\W*$|\s+(?:if|when|in|for|at|on|besides)\b)"
)
_MASS = (
    r"(?:equipment|gear|kit|clothing|luggage|furniture|paperwork|software|hardware|training|advice)"
)
"""Nouns that have no plural, and name many things at once."""

_NEEDED = (
    rf"^what(?:\s+(?:all|else|{_MASS}))?\s+(?:(?:should|must|can|could|may|might)\s+(?:(?:an?|the|my)\s+)?"
    r"\S+\s+(?!be\b|do\b)\w"
    r"|(?:do|does|did|will|would)\s+(?:\S+\s+){1,3}?(?:have|need)"
    r"(?:\s+to\s+(?!be\s+(?:an?|the)\b|do\b|pay\b)\w|\b)"
    r"|(?:am|are|is)\s+(?:\S+\s+){1,3}?(?:allowed|permitted|supposed|expected|required)\s+to\b)"
)
_PLACES = r"^where(?:\s+(?:all|else))?\s+(?:can|could|should|may|do|to)\s"
_MANY = compile_late(f"{_INCLUDED}|{_NEEDED}|{_PLACES}", re.IGNORECASE)
"""What asks for many things though it names none: "what must I bring?", "what does it involve?"."""


_ORDERED_FORMS: tuple[tuple[Ask, str], ...] = (
    (Ask.LIST, (r"^(?:(?:what|which|are|there|the|some|other|any|all|more|else)\s+)*"
                r"(?:ways|options|alternatives|methods|possibilities|tips)\s+\w")),
    (Ask.LIST, _INCLUDED),
    (Ask.CHOICE, rf"^compared (?:to|with)\b[^?]*{COMPARATIVE}|^{_AUXILIARY}\b[^?]*\b{_AS_MUCH}"),
    (Ask.DIFFERENCE, r"\bdifferen(?:ce|t|ces)\b|\bdistinguish|\bcompared? (?:to|with)\b|\bdiffer\b"),
    (Ask.CHOICE, rf"^(?:by )?how (?:much|many)\s+{COMPARATIVE}[^?]*\bthan\s+(?!\W?\d){_SIDE}"),
    (Ask.DURATION, (r"\bhow (?:long|soon|quick(?:ly)?)\b|\bhow many (?:more )?(?:minutes|hours|days"
                   r"|weeks|months|years)\b|\bhow much time\b|\b(?:duration|timeline)\b")),
    (Ask.SUPERLATIVE, rf"\b(?:what|which|who|where|whose)\b[^?]*{_SUPERLATIVE}"),
    (Ask.SUPERLATIVE, rf"^(?:the\s+)?{_EXTREME}(?:\s+[^\s?,:]+){{1,6}}\W*$"),
    (Ask.CHOICE, (rf"^(?:which|what|who|where)\b[^?]*[,:?]\s*\S[^?]*\bor\b|^(?:the\s+)?{_SUPERLATIVE}[^?]*?[,:]\s*\S[^?]*\bor\b|^{_AUXILIARY}\b[^?]*\b(?:more|less"
                 rf"|better|worse|\w{{3,}}er)\b[^?]*\bthan\b|^{_AUXILIARY}\b[^?]*{COMPARATIVE}[^?]*\bor\b"
                 rf"|^{_AUXILIARY}\b[^?]*\bor\b[^?]*{COMPARATIVE}|\bvs\.?\b|\bversus\b"
                 rf"|^(?!(?:{_AUXILIARY}|how|which|what|who|where|when|why)\b)(?:[\w'’+#-]+\s+){{1,4}}(?:or|against)\s+(?:[\w'’+#][\w'’+#-]*\s*){{1,6}}(?:[:?,]|$)")),
    (Ask.AMOUNT, r"\b(?:hourly|daily|day|weekly|monthly|going) rates?\b"),
    (Ask.SHARE, (r"\b(?:what|which|how (?:high|low|big|large|much|fast))\b[^?]*\b(?:percent\w*|per cent|share|proportion|"
                 r"growth|rate|(?:is|are|be)\s+(?!worth\b)(?:\w+\s+)?growing)\b|\bhow (?:much|fast|quick(?:ly)?)\b[^?]*\bgrow(?:ing|n)?\b|\bgrow\s+by\b")),
    (Ask.AMOUNT, (r"\bhow much\b(?=\s+(?:money|cash|do|does|did|is|are|was|will|would|can|could|should|to|for|it|"
                  r"that|this|they|you|i|we|\w+ (?:do|does|is|are|will|would|can|could|cost|earn|make|pay))\b|\s*\W*$)"
                  r"|\b(?:what|how (?:high|low|big|large|expensive|pricey))\b[^?]*\b(?:cost|costs|price|prices"
                  r"|pay|pays|paid|salary|salaries|wage|wages|fee|fees|earn|earns|earning|earnings|income|"
                  r"tuition|budget|median|charge|charges|expensive|spend|spending|bill|(?:kind|sort|amount) of money)\b|\bhow (?:expensive|pricey|cheap)\b"
                  r"|\b(?:make|get|take home)\b[^?]*\b(?:per|an?|each|every) (?:year|month|week|day|hour)\b"
                  r"|\b(?:sets? (?:me|you|us|one|him|her|them|people) back|runs? (?:me|you|us|one))\b|\bget paid\b"
                  r"|^what (?:do|does|did|can|could|would|will) (?:[\w-]+ ){1,5}make(?: (?:in|as|after|at|when) [^?]*)?\W*$"
                  r"|^\W*(?:\S+\s+){0,4}(?:salary|pay|wage|cost|price|tuition|fee)s?\b(?:\s+(?:of|for|in|at)\s[^?]*)?\W*$"
                  r"|^(?:salary|pay|wages?|costs?|prices?|tuition|fees?)\b")),
    (Ask.COUNT, r"\bhow many\b|\b(?:what|which) number\b"),
    (Ask.YEAR, r"\b(?:what|which) year\b|\bsince when\b|^when (?:was|were|did)\b|\bwhat date\b|\bby when\b"),
    (Ask.STEPS, rf"\bhow (?:do|can|should|would|could|does|did|to)\b|\bsteps?\b|\bhow can\b|^how\b(?!\s+(?:much|often|{_MEASURED})\b)"),
    (Ask.REASON, r"\bwhy\b|\bhow come\b|\bwhat for\b|\breasons?\b"),
    (Ask.YES_NO, rf"^(?:(?:[^,?]{{1,60}}),\s*)?{_AUXILIARY}\b"),
    (Ask.LIST, (r"^(?:list|name)\b|\b(?:what|which)(?:'re| are| were)\b|\bexamples?\b|\b(?:type|kind|sort)s of\b"
               rf"|\b(?:what|which)\s+(?:[\w'’-]+\s+){{0,2}}?(?!(?:does|has|was|this)\b)\w{{2,}}[^\Wsui]s\b(?!{_OBJECT})")),
    (Ask.LIST, _NEEDED),
    (Ask.LIST, _PLACES),
    (Ask.DEFINITION, (r"^(?:what|who)(?:'s| is|s| exactly is| was)\b|\bmean(?:ing|s)?\b|\bdefin(?:e|ition)"
                     r"\b|\bstand for\b|^what does\b[^?]*\bdo\b")),
)  # fmt: skip
_FORMS = tuple((ask, compile_late(pattern, re.IGNORECASE)) for ask, pattern in _ORDERED_FORMS)

_ASKING = frozenset(
    stem(word)
    for word in """
    article articles say says said mention mentions tell know explain describe list name question
    answer example examples many much long kind kinds type types sort difference different compare
    compared mean means way ways discussed thing things stuff bit lot take takes make makes possible really exactly
    information info
    """.split()
)
"""Words of asking: they say what form the answer has, not what it is about."""


_UNIT_WORDS: tuple[tuple[Unit, str], ...] = (
    (Unit.DURATION, (r"\b(?:long|longest|short|shortest|shorter|longer|fast\w*|quick\w*|soon\w*|slow\w*|"
                    r"time|duration|years?|months?|weeks?|days?|hours?)\b")),
    (Unit.CLOCK, r"\b(?:early|earli\w+|late|later|latest|opens?|closes?|hours?)\b"),
    (Unit.PERCENT, r"\b(?:percent\w*|share|growth|grow\w*|expand\w*|rising|rises?|rate)\b"),
    (Unit.COUNT, r"\b(?:many|most|fewest|number|jobs|openings|positions)\b"),
    (Unit.MONEY, (r"\b(?:cheap\w*|dear(?:er|est)?|expensive|cost\w*|pric(?:e\w*|i\w+)|pay\w*|paid|earn\w*|salar\w+|wages?|fees?|money|"
                 r"income|tuition|afford\w*|highest|lowest)\b")),
)  # fmt: skip


def asked_units(question: Question) -> tuple[Unit, ...]:
    """Return the kinds of figure that an answer has to hold one of; none where it needs none."""
    if question.threshold and not question.threshold.is_bare:
        return (question.threshold.limit.unit,)
    if question.ask in WANTED_UNITS:
        return WANTED_UNITS[question.ask]
    if question.ask not in COMPARING and not question.threshold:
        return ()
    return tuple(
        unit for unit, pattern in _UNIT_WORDS if re.search(pattern, question.text, re.IGNORECASE)
    )


def names_unit(word: str, units: Sequence[Unit]) -> bool:
    """Say whether a word asks for a figure of some kinds: "soon", for a duration."""
    patterns = dict(_UNIT_WORDS)
    return any(
        unit in patterns and re.fullmatch(patterns[unit], word, re.IGNORECASE) for unit in units
    )


def wanted_units(question: Question) -> tuple[Unit, ...]:
    """Return the kinds of figure to compare: those asked for, else all."""
    return asked_units(question) or tuple(Unit)


def _find_told(plain: str) -> frozenset[str]:
    """Return the words that only tell of the one who asks, which no answer has to have.

    They are those of the sentences before one that asks, but for proper names and numbers of something:
    "My wife is a nurse. How long does a bootcamp take?" is no question about nurses, and "I live in
    Peru. What would I earn?" is one about Peru. What asks little itself leans on what it is told.
    """
    before, question = split_told(plain)
    told = " ".join(before)
    if not told or leans_on_told(question):
        return frozenset()
    asked = {word.lower() for word in words(question)}
    kept = {*find_names(told)} - set(re.findall(r"\b\d[\d.,]*\b(?!\s*[^\W\d_])", told))
    return frozenset(word for word in words(told) if word not in kept and word.lower() not in asked)


_OF_DOING = compile_late(r"\s+(?:the\s+)?(?:most|least)(?=\W*$)", re.IGNORECASE)


def _asks_what_is_done_most(plain: str) -> bool:
    """Say whether no figure that is asked for could tell what is most: what people struggle with most."""
    rest = _OF_DOING.sub("", plain)
    return rest != plain and not any(
        re.search(pattern, rest, re.IGNORECASE) for _, pattern in _UNIT_WORDS
    )


def parse_question(text: str) -> Question:
    """Take a standalone question apart."""
    said = leave_story(strip_asking(text))
    whole = put_contrast_plainly(ask_for_lack(ask_for_benefits(ask_for_bidden(said))))
    unplaced, section = split_section(whole)
    rest, left_out = split_exclusion(unplaced)
    plain, threshold = take_threshold(put_degrees_plainly(put_costs_plainly(drop_count(rest))))
    ask = find_ask(_OF_DOING.sub("", plain) if _asks_what_is_done_most(plain) else plain)
    if section and ask is Ask.OPEN:
        ask = find_ask(whole)
    if ask is Ask.AMOUNT and asks_what_not(plain):
        ask = Ask.OPEN  # "what shouldn't I spend money on?" wants things, not sums
    sides = find_sides(plain) if ask in (Ask.CHOICE, Ask.DIFFERENCE, Ask.SUPERLATIVE) else ()
    sought = ask_for_need(plain) if ask is Ask.YES_NO else plain
    terms, names = find_terms(sought), find_names(plain)
    told = _find_told(plain)
    terms = {term: word for term, word in terms.items() if word not in told} or terms
    names = tuple(name for name in names if name not in told)
    asked = Question(plain, ask, terms, names, sides, threshold, left_out, whole, section)
    degrees = find_degrees(asked)
    kept = {term: word for term, word in terms.items() if word not in degrees}
    return replace(asked, surface=kept or terms)


def names_kind(question: Question) -> bool:
    """Say whether a question for many things says what they are: "which jobs?", not "what must I bring?"."""
    return question.ask is Ask.LIST and not _MANY.match(question.text)


def find_kind(question: Question) -> str:
    """Return the stem of what a question for many things says they are, "" where it says nothing."""
    runs = noun_runs(question.text) if names_kind(question) else []
    plurals = [word for word in (runs[0] if runs else ()) if is_plural(word)]
    return stem(plurals[-1].lower()) if plurals else ""


_IN_A_TOPIC = frozenset("of the a an and or for in on at with as to about your my".split())


def is_topic(question: Question) -> bool:
    """Say whether a question only names what it is about: "winter tyres", "insurance for guests"."""
    said = (word.lower() for word in words(question.text))
    return question.ask is Ask.OPEN and not any(
        word in FUNCTION_WORDS and word not in _IN_A_TOPIC for word in said
    )


def find_degrees(question: Question) -> tuple[str, ...]:
    """Return the words for a degree that comparing figures finds: no table says "longest"."""
    if question.ask is not Ask.SUPERLATIVE or not asked_units(question):
        return ()
    return tuple(
        w for w in content_words(question.text) if COMPARES.fullmatch(w) and w.endswith("st")
    )


_SIDES = tuple(
    compile_late(
        rf"((?:[\w'’+#-]+\s+){{0,3}}[\w'’+#-]+),?\s+(?:{joins})\s+((?:[\w'’+#-]+\s*){{1,5}})",
        re.IGNORECASE,
    )
    for joins in (r"or|vs\.?|versus", "and|than|against|from|with|to")
)
"""What joins two things, the surest first: "more use to a beginner, a boat or a raft" has two "to"s."""


_THAN = compile_late(
    r"((?:[\w'’+#-]+\s+){0,5}?[\w'’+#-]+?)\s+(?:(?:a lot|a bit|much|far|any|really|slightly|significantly)"
    rf"\s+)?(?:\w{{3,}}er(?=\s+than)|{COMPARATIVE}(?:\s+(?:per\s+)?[\w-]+)?)\s+than\s+((?:[\w'’+#-]+\s*){{1,5}})",
    re.IGNORECASE,
)
"""What is said to be more than what: what stands before the comparative, and after "than"."""


_DIFFERS = compile_late(
    r"^how (?:[\w-]+ )?(?:do|does|did|is|are|was|were)\s+([^,?]+?)\s+(?:differ(?:ent)?|compared?)\s+(?:from|to|with|against)"
    r"\s+([^,?]+?)(?:\s+in\s+[^?]*|,[^?]*)?\W*$",
    re.IGNORECASE,
)

_AS = compile_late(
    r"^(?:(?:is|are|was|were)|(?P<does>do|does|did|can|will|would))\s+((?:[\w'’+#-]+\s+){1,6}?)"
    rf"(?(does)[\w-]+\s+)(?:just |nearly |quite |about )?{_AS_MUCH}((?:[\w'’+#-]+\s*){{1,5}})",
    re.IGNORECASE,
)
"""What is asked to be as much as what: "is a hut as dear as a tent?"."""

_COMPARED = compile_late(
    rf"^compared (?:to|with)\s+([^,?]+),\s+{_AUXILIARY}\s+((?:[\w'’+#-]+\s+){{1,6}}?){COMPARATIVE}",
    re.IGNORECASE,
)

_BETWEEN = compile_late(
    r"\bbetween\s+((?:[\w'’+#-]+\s+){0,4}?[\w'’+#-]+)\s+and\s+((?:[\w'’+#-]+\s*){1,5})",
    re.IGNORECASE,
)

_PUT_APART = (_DIFFERS, _AS, _COMPARED, _THAN, _BETWEEN)
"""What says by its form which two things it compares."""

MOST_NAMING = 4
"""Words that a thing compared is named by: "junior care home nurse"; more say something of it."""

_LISTED = compile_late(r"(?:^|[:,?])\s*((?:[\w'’+#-]+\s+){0,3}[\w'’+#-]+),\s*$")
"""One more thing before those that "or" joins: the degree of "a degree, a bootcamp or a course"."""


_ENDS_OWNING = compile_late(r"['’]s?\s*$")
_OWNED = compile_late(r"(?<=['’]s)\s+[^'’]*$|(?<=s['’])\s+[^'’]*$")
_PURPOSE = compile_late(r"(?<=\w)\s+for\b", re.IGNORECASE)
"""What follows belongs to both things compared: "a hut or a tent for two"."""

_ANYONE = frozenset("people folks folk guys types person staff ones".split())


def find_sides(text: str) -> tuple[str, ...]:
    """Return the things a question sets side by side: "a bootcamp or a degree"."""
    than = next(filter(None, (one.search(text) for one in _PUT_APART)), None)
    sides = than or next(filter(None, (joined.search(text) for joined in _SIDES)), None)
    if not sides or not re.match(_SIDE, sides[2], re.IGNORECASE):
        return ()
    before = () if than else _find_listed(text[: sides.start()])
    trimmed = []
    first, second = sides.groups()[-2:]
    first, second = _begin_sides(first, second)
    if not _PURPOSE.search(first):
        second = _PURPOSE.split(second, maxsplit=1)[0]
    if _ENDS_OWNING.search(second):
        first = _OWNED.sub("", first)  # "a nurse's job and a doctor's"
    for side in (*before, first, second):
        kept = [
            word
            for word in words(_DEGREES.sub(" ", side))
            if word.lower() not in FUNCTION_WORDS and stem(word) not in _ASKING
        ]
        while kept and stem(kept[-1]) in VERBS and not kept[-1].endswith("ing"):
            kept.pop()  # "software developers earn" more than others
        if len(kept) > 1 and kept[-1].lower() in _ANYONE:
            kept.pop()  # "hardware people": those of hardware, whatever they are called
        trimmed.append(" ".join(kept[-MOST_NAMING:]))
    return tuple(trimmed) if all(trimmed) else ()


_PLACE = compile_late(r"(in|at|on|by|with|from|to|per|for)\s+", re.IGNORECASE)


def _begin_sides(first: str, second: str) -> tuple[str, str]:
    """Begin the first of two things after a degree, and both where the second does: "in Bonn or in Ulm"."""
    *_, after = _DEGREES.split(first)
    first = after if content_words(after) else first
    place = _PLACE.match(second)
    if place is None:
        return first, second
    *_, after = re.split(rf"\b{place[1]}\s", first, flags=re.IGNORECASE)
    return (after, second[place.end() :]) if content_words(after) else (first, second)


def _find_listed(before: str) -> tuple[str, ...]:
    """Return the things listed before the last two: bare nouns, no "which is best" or "in May"."""
    listed: tuple[str, ...] = ()
    while (thing := _LISTED.search(before)) and _is_bare_thing(thing[1]):
        listed = (thing[1], *listed)
        before = before[: thing.start(1)].rstrip()
    return listed


def _is_bare_thing(phrase: str) -> bool:
    first, *rest = words(phrase) or ["the"]
    own = rest if first.lower() in ("a", "an", "the", "my", "your") else [first, *rest]
    return (
        bool(own)
        and not any(word.lower() in FUNCTION_WORDS or word.endswith("ly") for word in own)
        and not COMPARES.search(phrase)
    )


def find_ask(plain: str) -> Ask:
    """Find the form of a question from its wording."""
    for ask, pattern in _FORMS:
        if pattern.search(plain):
            return ask
    return Ask.OPEN


_COUNTED = compile_late(
    rf"\b(?:(?P<digits>\d{{1,2}})|(?P<word>{'|'.join(NUMBER_WORDS)}))\s+(?:[\w-]+\s+){{0,3}}?[\w-]+s\b",
    re.IGNORECASE,
)


def count_asked(text: str) -> int:
    """Return how many things a question asks for: "the three main risks"; 0 where it says none."""
    counted = _COUNTED.search(text)
    if counted is None:
        return 0
    return int(counted["digits"] or NUMBER_WORDS[counted["word"].lower()])


_HOW_MUCH_MONEY = compile_late(r"\bhow much (?:money|cash)\b", re.IGNORECASE)


def find_terms(plain: str) -> dict[str, str]:
    """Map the stems that say what a question is about to its words, in order."""
    asked = content_words(_HOW_MUCH_MONEY.sub("how much", plain))
    found = {stem(word): word for word in reversed(asked)}
    kept = {term: word for term, word in found.items() if term not in _ASKING}
    return dict(reversed((kept or found).items()))


_SENTENCE_START = compile_late(r"(?:^|[.!?:]\s+)[\"'“(]*$")


def find_names(plain: str) -> tuple[str, ...]:
    """Return the proper names, initialisms and numbers of a question, as written, in order.

    A question written all in lower or upper case shows no names by its capitals.
    """
    tokens = words(plain)
    cased = any(token.islower() for token in tokens) and not plain.isupper()
    names: list[str] = []
    position = 0
    for token in tokens:
        start = plain.index(token, position)
        position = start + len(token)
        if token[0].isdigit():
            names.append(token)
        elif cased and token[0].isupper() and token.lower() not in FUNCTION_WORDS:
            opens = bool(_SENTENCE_START.search(plain[:start]))
            if not opens or (len(token) > 1 and token.isupper()):
                names.append(token)
    return tuple(dict.fromkeys(names))
