"""The form of a question, as English shows it: how much, which, who has more, yes or no.

Knows how questions are put. Knows nothing of their terms, or of what is answered.
"""

import re
from enum import StrEnum

from assistant.english.figures import Unit
from ingest.patterns import compile_late


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


LISTING = {Ask.LIST, Ask.STEPS}
"""Forms that ask for many things."""

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

AUXILIARY = (
    r"(?:is|are|was|were|am|do|does|did|can|could|may|might|must|should|shall|will|would|has|have"
    r"|had|isn'?t|aren'?t|don'?t|doesn'?t|can'?t|couldn'?t|shouldn'?t|won'?t|wouldn'?t|need)"
)

_NO_DEGREE = (
    r"(?!most\s+(?:people|folks|others|\w{3,}s\s+(?:have|want|need|do|ask|use|look|offer|pay|get|prefer|expect|require"
    r"|hire|start|go))\b)"
    r"(?!(?:inter|for|hon|mod|harv|requ|inv|dig|sugg|prot|cont|manif|earn|conqu|arr|att|north\w|south\w|mid\w)est\b)"
)
"""What ends as the highest degree does and is none, "interest", and the most of them: "most people"."""

_EXTREME = rf"\b{_NO_DEGREE}(?:(?:most|least)\b(?!\s+of\b)|(?!best|rest)\w{{2,}}est\b)"

_SUPERLATIVE = (
    rf"\b{_NO_DEGREE}(?:most|least|best|worst|\w{{3,}}est|more|less|(?:high|low|cheap|fast|quick|long|short|old|"
    r"young|larg|small|earli|lat(?!er (?:on|in)\b)|bigg|few|wid|rich|easi)er)\b"
)

COMPARES = compile_late(_SUPERLATIVE, re.IGNORECASE)
"""A degree above others: "cheapest", "more"."""

COMPARATIVE = (
    r"\b(?:more|less|better|worse|(?:high|low|cheap|fast|quick|slow|long|short|old|young|new|larg|small|bigg|"
    r"earli|lat|soon|few|wid|easi|hard|strong|warm|cold|heavi|light|saf|near|clos|rich|tall|dear|deep|"
    r"thick|thin|narrow|loud|quiet|weak|tough|prici|costli)er)\b"
)

DEGREES = compile_late(f"{_SUPERLATIVE}|{COMPARATIVE}", re.IGNORECASE)

SIDE = r"(?!(?:expected|planned|usual|normal|average|before|ever|elsewhere|others?|that|this|it|i|you|we|they|possible)\b)"
"""What follows "than" is no thing to compare with in "longer than expected"."""

OF_MANY = frozenset("average typical normal usual ordinary regular".split())
"""What a thing is like in most cases."""

AS_MUCH = (
    r"as (?:much|many|long|expensive|cheap|dear|pricey|old|fast|quick|big|large|small|high|low|well[- ]paid)"
    rf"(?:\s+\w+)?\s+as\s+{SIDE}"
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

MANY = compile_late(f"{_INCLUDED}|{_NEEDED}|{_PLACES}", re.IGNORECASE)
"""What asks for many things though it names none: "what must I bring?", "what does it involve?"."""

_ORDERED_FORMS: tuple[tuple[Ask, str], ...] = (
    (Ask.LIST, (r"^(?:(?:what|which|are|there|the|some|other|any|all|more|else)\s+)*"
                r"(?:ways|options|alternatives|methods|possibilities|tips)\s+\w")),
    (Ask.LIST, _INCLUDED),
    (Ask.CHOICE, rf"^compared (?:to|with)\b[^?]*{COMPARATIVE}|^{AUXILIARY}\b[^?]*\b{AS_MUCH}"),
    (Ask.DIFFERENCE, r"\bdifferen(?:ce|t|ces)\b|\bdistinguish|\bcompared? (?:to|with)\b|\bdiffer\b"),
    (Ask.CHOICE, rf"^(?:by )?how (?:much|many)\s+{COMPARATIVE}[^?]*\bthan\s+(?!\W?\d){SIDE}"),
    (Ask.DURATION, (r"\bhow (?:long|soon|quick(?:ly)?)\b|\bhow many (?:more )?(?:minutes|hours|days"
                   r"|weeks|months|years)\b|\bhow much time\b|\b(?:duration|timeline)\b")),
    (Ask.SUPERLATIVE, rf"\b(?:what|which|who|where|whose)\b[^?]*{_SUPERLATIVE}"),
    (Ask.SUPERLATIVE, rf"^(?:the\s+)?{_EXTREME}(?:\s+[^\s?,:]+){{1,6}}\W*$"),
    (Ask.CHOICE, (rf"^(?:which|what|who|where)\b[^?]*[,:?]\s*\S[^?]*\bor\b|^(?:the\s+)?{_SUPERLATIVE}[^?]*?[,:]\s*\S[^?]*\bor\b|^{AUXILIARY}\b[^?]*\b(?:more|less"
                 rf"|better|worse|\w{{3,}}er)\b[^?]*\bthan\b|^{AUXILIARY}\b[^?]*{COMPARATIVE}[^?]*\bor\b"
                 rf"|^{AUXILIARY}\b[^?]*\bor\b[^?]*{COMPARATIVE}|\bvs\.?\b|\bversus\b"
                 rf"|^(?!(?:{AUXILIARY}|how|which|what|who|where|when|why)\b)(?:[\w'’+#-]+\s+){{1,4}}(?:or|against)\s+(?:[\w'’+#][\w'’+#-]*\s*){{1,6}}(?:[:?,]|$)")),
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
    (Ask.YES_NO, rf"^(?:(?:[^,?]{{1,60}}),\s*)?{AUXILIARY}\b"),
    (Ask.LIST, (r"^(?:list|name)\b|\b(?:what|which)(?:'re| are| were)\b|\bexamples?\b|\b(?:type|kind|sort)s of\b"
               rf"|\b(?:what|which)\s+(?:[\w'’-]+\s+){{0,2}}?(?!(?:does|has|was|this)\b)\w{{2,}}[^\Wsui]s\b(?!{_OBJECT})")),
    (Ask.LIST, _NEEDED),
    (Ask.LIST, _PLACES),
    (Ask.DEFINITION, (r"^(?:what|who)(?:'s| is|s| exactly is| was)\b|\bmean(?:ing|s)?\b|\bdefin(?:e|ition)"
                     r"\b|\bstand for\b|^what does\b[^?]*\bdo\b")),
)  # fmt: skip

_FORMS = tuple((ask, compile_late(pattern, re.IGNORECASE)) for ask, pattern in _ORDERED_FORMS)


def find_ask(plain: str) -> Ask:
    """Find the form of a question from its wording."""
    for ask, pattern in _FORMS:
        if pattern.search(plain):
            return ask
    return Ask.OPEN
