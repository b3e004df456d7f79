"""A message without what asks nothing: greetings, "could you tell me", a count of what is asked.

Knows how people put questions in English, and the plain words for some of their ways. Knows nothing
of what is asked about.
"""

import re
from itertools import takewhile

from assistant.asking.indirect import put_directly
from assistant.asking.inversion import ask_embedded, ask_plainly
from assistant.english.figures import NUMBER_WORDS
from assistant.english.noun_phrases import count_noun, is_plural
from ingest.patterns import compile_late
from ingest.words import FUNCTION_WORDS, content_words, words

_FILLER = compile_late(
    r"^(?:(?:hi|hello|hey|so|ok|okay|well|um+|please|pls|(?:thanks|thank you)(?: (?:a lot|so much|very much))?|cheers|and|but|then|also|just|"
    r"(?:first|second|third|final|last)(?:ly)?(?=,)|anyway(?=,?\s+\w)|quick question|question|one more thing|another (?:thing|question)|yo|erm|sorry)\b[\s,.:;!–-]*)+",
    re.IGNORECASE,
)
_SET_ASIDE = compile_late(
    r"^(?:leaving|putting|setting) (?:[\w'’-]+ ){1,5}?aside(?: for now| for a moment)?,\s*(?=\w)",
    re.IGNORECASE,
)
"""What is not to be spoken of: "leaving money aside, may I ...?"."""
_NEWCOMER = compile_late(
    r"^(?:as|i(?:['’]m| am)) an? (?:(?:complete|total|absolute|utter) )?(?:newcomer|beginner|newbie|noob|novice|layman|layperson)"
    r"(?: (?:to|at|in) [^,;?.!]{1,40})?[,;]\s*(?:and |so )?(?=(?:can|could|would|will) (?:you|u|someone|anyone)\b)",
    re.IGNORECASE,
)
"""Who wants it told simply: "I am a complete newcomer, could you explain ...?"."""
_IDEAS = compile_late(
    r"^(?:(?:any|some|a few|good|more)\s+)*(?P<noun>[a-z][\w-]*)\s+ideas?(?=\W*$|\s+(?:for|to|that)\b)",
    re.IGNORECASE,
)
"""Ideas, which are listed under what they are for: "gift ideas"."""
_CHAT = compile_late(r"\b(?:lol|lmao|haha+|btw|tbh|imo|imho|omg|pls|plz|thx|ty|idk|ngl)\b[\s,.!]*")
"""What chat adds to a question; in capitals it may be the name of something."""
_ONLY_CHAT = compile_late(
    r"(?:\W*\b(?:hi|hello|hey|ok(?:ay)?|thanks|thank you|thx|ty|cheers|got it|i see|bye|lol|yes|no|sure|right"
    r"|a lot|so much|very much|for (?:the|your|all your|that) (?:help|info|answers?)"
    r"|(?:(?:(?:that|this|it)(?:['’]s| is| was| sounds))?\s*(?:really |very |so |all |quite )?"
    r"(?:great|cool|nice|good(?: to know)?|perfect|helpful|useful|interesting|clear|wonderful|awesome|amazing|understood))"
    r"|(?:that|this) (?:helps|makes sense|is all)|makes sense|no worries|good (?:morning|afternoon|evening|day)"
    r"|have a (?:nice|good|great) (?:day|evening|weekend|one)|see you|you too)\b)+\W*",
    re.IGNORECASE,
)


def is_only_chat(text: str) -> bool:
    """Say whether a message asks nothing: "ok, thanks a lot!"."""
    return bool(_ONLY_CHAT.fullmatch(text))


_NUMBER = rf"(?:\d{{1,2}}|{'|'.join(NUMBER_WORDS)})"
_ARTICLES = (
    r"(?:(?:any of |each of |both |all (?:of )?)?(?:the|these|those|this|your|all|any|both|each|every)"
    rf"(?: (?:different|various|given|other|{_NUMBER}))?|different|various)"
    r" (?:articles?|sources?|guides?|pages?|texts?|documents?|authors?|writers?)"
)
_SOMEONE = r"(?:you|u|someone|somebody|anyone|anybody)"
_TELL = (
    r"(?:tell|show|explain|list|give|name|help|say|describe|summari[sz]e|sum up|clarify|outline|enlighten|inform"
    r"|advise|(?:walk|talk|run|take)(?= (?:me|us) through))\b(?: (?:me|us|to me))?"
    r"(?:,? (?:please|for me|in (?:simple|plain|easy) (?:terms|words|language)|if you (?:would|could|can|don['’]t mind)),?)*"
    r"(?: (?:about|on|as to|regarding|concerning|through|a list of|with))?"
)
_INDIRECT = compile_late(
    rf"^(?:(?:can|could|would|will) {_SOMEONE} (?:please |pls )?{_TELL}"
    r"|i(?:'d| would) (?:be (?:so |very |really |most )?(?:grateful|glad|happy|pleased)|appreciate it)"
    rf" if {_SOMEONE} (?:could |can |would )?{_TELL}"
    rf"|(?:is|would) it (?:be )?possible (?:for {_SOMEONE} )?to {_TELL}"
    rf"|would {_SOMEONE} be so (?:kind|good) (?:as to|and) {_TELL}"
    rf"|(?:please |pls )?(?:walk|talk|run|take) (?:me|us) through"
    r"|my (?:question|query) (?:is(?: about)?|concerns|regards)|(?:it|this)(?:'s| is) about"
    r"|(?:please |pls )?(?:write|compose|draft|make|sing|give)(?: (?:me|us))? an? (?:\w+ ){1,3}?(?:about|on)"
    r"|(?:please |pls )?(?:tell|show|remind|give) (?:me|us)(?: (?:(?:more |something )?about|a list of))?"
    r"|i(?:'d| would) (?:like|love) to know|i (?:want|need|wanna) (?:to )?know|i(?:'m| am) wondering"
    r"|i wonder|(?:do|does|did) (?:you|u|anyone|anybody) know|any idea|wondering|curious)\s+",
    re.IGNORECASE,
)
_SAY = r"(?: (?:all|each|both))?(?: have to)? (?:say|tell|write)s?(?: (?:me|us))?"
_MANNER = (
    r"in (?:one|two|three|four|five|\d+|a few|simple|plain|short|easy|layman['’]?s?|your own|other) (?:simple |short |plain )?"
    r"(?:words?|sentences?|terms|lines|bullet points?|bullets|english|language)|in (?:a nutshell|bullet points|short|brief"
    r"|(?:all )?(?:caps|capitals|capital letters|upper ?case|lower ?case)|rhymes?|verse)"
    r"|(?:as if|like) i(?:['’]m| am| were| was) (?:an? )?(?:five|5|\w+ years? old|child|beginner)"
    r"|in the (?:voice|style|manner|tone|words) of [^,:?]+"
    r"|(?:using|given|from|with)(?: only)? (?:this|that|the (?:above|given|following)) (?:context|text|passage|information)"
)
"""How an answer is to be worded."""
_WORDED = compile_late(
    rf"^(?:{_MANNER}|briefly|simply put|eli5)(?:[,:]\s*|\s+(?=\w))"
    rf"|,?\s+(?:{_MANNER})(?:,? (?:please|thanks))?(?=\s*\W*$)"
    r"|,\s*(?:and )?in (?:english|german|french|spanish|italian|portuguese|dutch|polish|russian|turkish|arabic|hindi"
    r"|chinese|japanese|korean|latin)(?:,? please)?(?=\s*\W*$)",
    re.IGNORECASE,
)
"""No article need say how it is to be told; "in German" alone may be of what is asked about."""
_AGREE = r"(?:all )?(?:(?:dis)?agree|differ|say the same|see (?:it|this|that) differently|contradict (?:each other|one another))"
_TOLD = compile_late(
    rf"^(?:what (?:(?:do|does) )?(?:they|{_ARTICLES}){_SAY} (?:about|on|regarding|concerning)"
    r"|what (?:can|could|do) (?:you|u) (?:tell|say|know)(?: (?:me|us))? (?:about|on|of)"
    rf"|what (?:do|does) {_ARTICLES}(?: all)? (?:recommend|suggest|advise) (?:about|on|for|regarding)"
    r"|(?:everything|all) about"
    rf"|(?:everything|all)(?: that)? (?:they|{_ARTICLES})(?:{_SAY}| have) (?:about|on)"
    r"|(?:any|some) (?:advice|info|information|details) (?:about|on)"
    r"|(?:an? |the )?(?:(?:quick|brief|short|general|rough|full|complete) )?(?:overview|summary|rundown|outline)"
    r" (?:about|of|on)"
    r"|(?:sum up|summari[sz]e)(?: for me)?(?: (?:everything|all) about)?"
    r"|what(?:['’]s| is| has been) (?:said|told|written|reported|mentioned) (?:about|on|regarding|concerning)"
    r"|(?:is there )?(?:anything|something) (?:(?:said|told|written|mentioned) (?:about|on)|about)"
    rf"|(?:do|does|where do|on what do|what do) {_ARTICLES} {_AGREE}(?: about| on| over| regarding){{0,2}}(?: whether| that)?"
    r"|is there (?:any |a )?(?:disagreement|agreement|consensus) (?:about|on|over|as to)(?: whether)?"
    rf"|(?:do|does) (?:it|they|{_ARTICLES}) (?:say|mention|tell)(?: (?:me|us))?(?: about)?)\s+",
    re.IGNORECASE,
)
_TOLD_AFTER = compile_late(
    rf"(?:\s*[:,–—-]+\s*|\s+)what (?:do|does) (?:they|{_ARTICLES}){_SAY}(?: (?:about|on) (?:it|that|this|them))?\W*$",
    re.IGNORECASE,
)
"""The same behind the topic: "pay: what do the articles say?"."""
_AGREED_AFTER = compile_late(
    rf"(?:\s*[,;:–—-]+\s*|(?<=\?)\s+)(?:and |or )?do (?:they|{_ARTICLES}) {_AGREE}(?: (?:about|on) (?:it|that|this))?\W*$",
    re.IGNORECASE,
)
"""Whether they agree, behind the question: what each of them says tells it."""
_PUT_TO_ARTICLES = compile_late(
    rf"^(?:according to|based on|in|across|from) {_ARTICLES},?\s+(?=\w)"
    rf"|,?\s+(?:according to|based on|in|across|throughout|taking|considering) {_ARTICLES}"
    r"(?: (?:together|combined|as a whole|into account))?(?=\s*(?:[?,.]|$))",
    re.IGNORECASE,
)
"""That the articles are asked is no part of what is asked."""
_NAMED_THERE = compile_late(
    r"\s+(?:(?:that|which)\s+(?:is|are|was|were|gets?|has been|have been)\s+"
    r"(?:named|mentioned|listed|described|covered)"
    r"|(?<!\bis\s)(?<!\bare\s)(?<!\bwas\s)(?<!\bwere\s)(?<!\bget\s)(?<!\bbeen\s)(?:mentioned|listed))"
    r"(?=\s*(?:[?.!]|$))",
    re.IGNORECASE,
)
"""Nor that it is told of: "every course that is mentioned"."""
_BY_ALL = compile_late(
    r"^(?:is|are)\s+(?P<what>[^?.!,;]+?)\s+(?:mentioned|named|covered|described|discussed) (?:by|in)"
    rf" (?:everyone|everybody|all(?: of them)?|{_ARTICLES})(?=\s*(?:[?.!]|$))",
    re.IGNORECASE,
)
"""Nor who tells of it: "is rain mentioned by everyone?"."""
_RECOMMENDED = compile_late(
    rf"^(?P<what>(?:which|what)\s+(?:[\w'’-]+\s+){{1,3}}?)do(?:es)? {_ARTICLES}(?: all)? (?:recommend|suggest|advise)(?=\s*(?:[?.!]|$))",
    re.IGNORECASE,
)
"""Who recommends a thing: "which boat do all of the authors recommend?" asks which one is."""


_CLEFT = compile_late(
    r"^((?:which|what|who)(?:\s+[\w'’-]+){0,3}?)\s+(?:is|was|are|were)\s+it\s+(?:that|which|who)\s+(?=\w)",
    re.IGNORECASE,
)
"""What sets what is asked for apart: "which boat was it that has a sail?" asks which has one."""


def strip_asking(text: str) -> str:
    """Drop greetings and "could you tell me" from the front of a question."""
    plain = _CHAT.sub("", " ".join(text.split())).strip()
    previous = None
    while plain != previous:
        previous = plain
        plain = _NEWCOMER.sub("", _SET_ASIDE.sub("", _FILLER.sub("", plain)))
        plain = put_directly(plain) or plain
        bare = _INDIRECT.sub("", plain)
        direct = _WORDED.sub("", bare if bare == plain else ask_embedded(bare))
        shorter = _NAMED_THERE.sub("", _PUT_TO_ARTICLES.sub("", _BY_ALL.sub(r"\g<what>", direct)))
        if len(words(shorter)) >= 2:
            plain = shorter
        told = _AGREED_AFTER.sub("", _TOLD_AFTER.sub("", _TOLD.sub("", plain)))
        if content_words(told):
            plain = told
    told = _RECOMMENDED.sub(r"\g<what>is recommended", plain)
    listed = _IDEAS.sub(lambda found: f"ideas for {count_noun(found['noun'], one=False)}", told)
    return ask_plainly(_CLEFT.sub(r"\1 ", listed)) or text.strip()


_BIDDEN = compile_late(
    r"^(?:(?:list|name)\s+)?(?:every\s+(?P<one>[\w-]+)|all\s+(?:of\s+)?(?:the\s+)?|(?:some|a few|several)\s+"
    rf"|(?P<count>{_NUMBER}\s+)|(?<=\s)(?:the\s+)?)(?P<rest>[^.?!]*)[.?!]*$",
    re.IGNORECASE,
)
_SAYS = compile_late(
    r"(?:is|are|was|were|do|does|did|can|will|has|have|had|may|must|should)", re.IGNORECASE
)
"""What makes a statement of the noun before it: "some huts are open?" bids nobody."""


def ask_for_bidden(text: str) -> str:
    """Put "list all the huts" as "What are the huts?": spans are weighed as answers to a question."""
    bidden = _BIDDEN.match(text)
    if bidden is None:
        return text
    one = bidden["one"] and count_noun(bidden["one"], one=False)
    asked = f"{one or ''}{bidden['rest']}".strip()
    said = words(asked)
    noun = [*takewhile(lambda word: word.lower() not in FUNCTION_WORDS, said)]
    while len(noun) > 1 and noun[-1].endswith(("ed", "ing")):
        noun.pop()  # "tools needed": what is told of the things, not their name
    if not noun or not is_plural(noun[-1]) or (one and len(noun) > 1):
        return text
    if any(_SAYS.fullmatch(word) for word in said[len(noun) : len(noun) + 1]):
        return text
    return f"What are the {bidden['count'] or ''}{asked}?"


_GAINED = compile_late(
    r"^(?:why (?:should|would) (?:i|you|we|one|anyone|anybody|someone|somebody|people)(?: (?:even|really|ever))?"
    r" (?:bother(?: (?:with|(?:about )?(?:getting|doing|taking|having)))?"
    r"|(?:get|have|take|do|want|go for)(?=\s+(?:(?:an?|any|the|some|my|such)\b|[\w-]+s\W*$)))"
    r"|what(?:['’]s| is| would be) the (?:point|use|good) (?:of|in)(?: (?:getting|doing|taking|having))?"
    r"|what (?:do|does|would|will|can) (?:i|you|we|one|people) (?:get|gain) (?:out of|from))"
    r"\s+(?P<thing>[^?.!,]+)[?.!]*$",
    re.IGNORECASE,
)
_FOR_AND_AGAINST = compile_late(
    r"\b(?:pros (?:and|&|or) cons|ups and downs|upsides? and downsides?|good (?:sides?|points?|things?|parts?) and (?:the )?bad(?: (?:sides?|points?|things?|parts?))?"
    r"|what (?:speaks|is|counts) for and (?:what (?:speaks|is|counts) )?against)\b",
    re.IGNORECASE,
)
_BOTH_SIDES = compile_late(
    r"^(?:the )?(?:(?P<thing>[\w'’-]+(?: [\w'’-]+){0,3}?) advantages and disadvantages|advantages and disadvantages of (?P<of>[^?.!,]+?))\W*$",
    re.IGNORECASE,
)
_SIDES_OF = (
    (
        compile_late(
            r"\b(?:upsides?|pros|perks|plus points|good sides|good things)\b", re.IGNORECASE
        ),
        "benefits",
    ),
    (
        compile_late(
            r"\b(?:downsides?|cons|drawbacks?|minus points|bad sides|bad things)\b", re.IGNORECASE
        ),
        "disadvantages",
    ),
)


def ask_for_benefits(text: str) -> str:
    """Put "why bother with a permit?" as "What are the benefits of a permit?", as headings say it.

    So are the pros, and the cons as disadvantages.
    """
    text = _FOR_AND_AGAINST.sub("advantages and disadvantages", text)
    text = _BOTH_SIDES.sub(r"What are the advantages and disadvantages of \g<thing>\g<of>?", text)
    gained = _GAINED.match(text)
    if gained is not None:
        return f"What are the benefits of {gained['thing']}?"
    for pattern, plain in _SIDES_OF:
        text = pattern.sub(plain, text)
    return _WORTH_PAYING_AT_END.sub("worth the money", _WORTH_PAYING.sub("worth getting", text))


_WORTH_PAYING = compile_late(
    r"\bworth (?:paying(?: \w+)? for|shelling out for|spending (?:my |the )?money on)(?=\s+\w)",
    re.IGNORECASE,
)
_WORTH_PAYING_AT_END = compile_late(r"\bworth (?:paying|shelling out) for\b", re.IGNORECASE)
"""What is worth paying for is asked for its worth, and not for its price."""


_ALONE = compile_late(
    r"(?P<learns>\b(?:learn|study|train|prepare)(?:ing)?\b[^?.!,;]*?)\s+"
    r"(?:(?:all )?(?:on|by) (?:my|your|our|one['’]s) own|by (?:my|your|one)self)\b",
    re.IGNORECASE,
)


def ask_for_self_study(text: str) -> str:
    """Put "learn to dive on my own" as "learn to dive by self-study": a machine learns on its own too."""
    return _ALONE.sub(r"\g<learns> by self-study", text)


_SPARED = compile_late(
    r"\b(?P<may>(?:can|could|may|should) (?:i|you|we|one) (?:just |safely |simply )?)"
    r"(?:skip|ignore|leave out|get (?:by|away) without|manage without)(?=\s+\w)",
    re.IGNORECASE,
)


_NOT_LIKED = compile_late(
    r"^(?P<asks>what (?:do|does|did))(?:n['’]?t\s+(?P<who>[^?.!,]{1,40}?)|\s+(?P<one>[^?.!,]{1,40}?)\s+not)\s+like\b",
    re.IGNORECASE,
)


def ask_for_lack(text: str) -> str:
    """Put "can I skip the permit?" as "can I do without the permit?", as need is told of.

    What somebody doesn't like is what he dislikes: "what doesn't she like about the job?".
    """
    liked = _NOT_LIKED.sub(
        lambda found: f"{found['asks']} {found['who'] or found['one']} dislike", text
    )
    return _SPARED.sub(r"\g<may>do without", liked)


_COUNTED = compile_late(
    rf"(^(?:what|which)(?:(?:['’]re| are| were)(?: the)?)?|\bof (?:the|these|those|all))\s+{_NUMBER}\s+"
    r"(?!(?:second|minute|hour|day|week|month|year|decade|per)s?\b)",
    re.IGNORECASE,
)


def drop_count(text: str) -> str:
    """Leave out how many things are asked for: no article need say that "three tools" are three.

    Nor that a thing is one "of the three tools".
    """
    return _COUNTED.sub(r"\1 ", text)


_DEGREES = {"better": "more", "best": "most", "worse": "less", "worst": "least"}
_DEGREE = r"(better|best|worse|worst|more|most|less|least)"
_IS_PAID = compile_late(
    rf"\b(is|are|be|gets?)\s+(?:paid\s+(?:the\s+)?{_DEGREE}|(better|best|worse|worst|less|least)\s+paid)\b",
    re.IGNORECASE,
)
_PAYS = compile_late(r"\b(pays?|paid)\s+(better|worse)\b", re.IGNORECASE)
_MAKES = compile_late(
    rf"\b(makes?|gets?)\s+(the\s+)?{_DEGREE}(?=\s*(?:[:,?]|$)|\s+than\b)", re.IGNORECASE
)


_SETS_BACK = compile_late(
    r"\b(?:set(?P<sets>s?)\s+(?P<whom>me|you|us|one|him|her|them|people)\s+back"
    r"|run(?P<runs>s?)\s+(?P<who>me|you|us|one|him|her|them|people)(?!\s+(?:through|over|down|by|to|out)\b))\b",
    re.IGNORECASE,
)


_SETS_ASIDE = compile_late(
    r"^what(?=\s+(?:should|must|do|does|would|will|can)\s+(?:i|you|we|one|people|somebody)\s+(?:(?:have|need) to\s+)?"
    r"(?:set aside|put aside|budget|save(?: up)?|spend)\b(?!\s+(?:my|the|our|it|money)\b))",
    re.IGNORECASE,
)


_TAKES_HOME = compile_late(
    r"\b(?:takes? home|brings? (?:in|home)(?=\s+(?:the|more|less|most|least|on|each|per|a)\b|\W*$)|rakes? in)\b",
    re.IGNORECASE,
)


def put_costs_plainly(text: str) -> str:
    """Put "sets me back" as "costs me" and "takes home" as "earns", which is what articles say.

    What one should set aside is asked for how much it is.
    """
    costs = _SETS_BACK.sub(
        lambda found: f"cost{found['sets'] or found['runs'] or ''} {found['whom'] or found['who']}",
        _SETS_ASIDE.sub("How much", text),
    )
    return _TAKES_HOME.sub(
        lambda found: "earns" if found[0].split()[0][-1] == "s" else "earn", costs
    )


def put_degrees_plainly(text: str) -> str:
    """Put "is paid better", "gets more" and "makes more" as "earns more", "pays better" as "pays more".

    These are the words of figures; "better" is read as an opinion. "Who makes more cakes?" stays.
    """

    def earn(found: re.Match[str]) -> str:
        degree = (found[2] or found[3]).lower()
        verb = "earns" if found[1].lower() in ("is", "gets") else "earn"
        return f"{verb} {_DEGREES.get(degree, degree)}"

    def make(found: re.Match[str]) -> str:
        verb = "earns" if found[1].lower().endswith("s") else "earn"
        return f"{verb} {found[2] or ''}{_DEGREES.get(found[3].lower(), found[3])}"

    plain = _MAKES.sub(make, _IS_PAID.sub(earn, text))
    return _PAYS.sub(lambda found: f"{found[1]} {_DEGREES[found[2].lower()]}", plain)
