"""A question and the turns before it, to a question that stands alone.

Knows English pronouns and ellipsis. Knows nothing of the corpus beyond its profile, and nothing of
how answers are found.
"""

import re
from collections import Counter
from collections.abc import Sequence, Set

from assistant.answer import Role, Turn
from assistant.levels import LEVELS
from assistant.question import find_sides, find_terms, strip_asking
from ingest.profile import CorpusProfile
from ingest.words import FUNCTION_WORDS, content_words, stem, words

_PRONOUN = (
    r"(?:it|its|they|them|their|theirs|those|these|that|this|he|him|his|she|her|the same"
    r"|(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )there(?!\s+(?:is|are|was|were)\b))"
)
_LEANING = re.compile(
    rf"\b{_PRONOUN}\b(?!\s+(?:is|are)\s+(?:a|any)\b)|\b(?:one|ones|other|another|former|latter|former|"
    r"both|either|neither|instead|too|same|else|the (?:first|last) (?:two|three|few))\b",
    re.IGNORECASE,
)
_FILLS_A_PLACE = re.compile(
    r"\b(?:is|was|would|isn['’]?t) it (?:be )?(?:\w+ )?(?:worth|possible|ok(?:ay)?|fine|hard|easy|difficult|necessary|"
    r"better|best|good|bad|allowed|enough|common|normal|important|useful|realistic|legal|safe|wise|late)\b"
    r"(?=.*\b(?:to|that|if|\w{2,}ing)\b)",
    re.IGNORECASE,
)
"""An "it" that stands for what follows: "is it worth taking notes?"."""

_CONTINUES = re.compile(
    r"^(?:and|but|or|what about|how about|what if|also|then|so|or is|ok(?:ay)?,? (?:and|but))\b",
    re.IGNORECASE,
)
_SLOT = re.compile(
    r"^(?:(?:ok(?:ay)?|and|but|or|so|then|also)\b[\s,]*)*(?:(?:what|how)(?:'s| is)? (?:about|with|if)"
    r"|is (?:it|that|this) the same|(?:the )?same(?: thing| question)?|(?:does|do) (?:it|that|this|they)"
    r" (?:also )?(?:apply|hold|go))?[\s,]*(?P<slot>(?:(?P<prep>for|in|at|with|without|from|to|of|as|on|"
    r"by|if|after|during)\s+)?.+?)\s*\??$",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"^(?:(?:and|but|so|ok)\b[\s,]*)*(?P<asks>why(?: not)?|how(?: (?:long|much|many|come|so|often))?|"
    r"since when|when|where|who|which(?: ones?)?|what for|is that all|any(?:thing)? else|like what|"
    r"such as|for example|really|are you sure)\s*\??$",
    re.IGNORECASE,
)
_ORDINALS = {
    "first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1, "former": 0,
    "latter": 1, "1st": 0, "2nd": 1, "3rd": 2,
}  # fmt: skip
_ORDINAL = re.compile(
    rf"\b(?:the\s+)?({'|'.join(_ORDINALS)})\s+(?:one|option|item|point|choice|thing|of (?:those|these|them))\b"
    rf"|\bthe\s+({'|'.join(_ORDINALS)})\b(?!-)",
    re.IGNORECASE,
)
_OTHER = re.compile(r"\b(?:the\s+)?other(?:\s+(?:one|option|choice|two|ones))?\b", re.IGNORECASE)
_VERBS = frozenset(
    stem(word)
    for word in """
    cost costs take takes pay pays paid earn earns make makes need needs require required
    work works help helps mean means include includes offer offers cover covers teach
    teaches last lasts use uses used learn start become choose find look think recommend
    suggest apply
    """.split()
)
"""Verbs so common that they end no noun phrase."""

_ACTORS = frozenset(["who", "i", "you", "we", "they", "he", "she"])
_BETWEEN = frozenset(
    """
    also just only really still even ever never always often usually actually not can could should
    would will may might must
    """.split()
)
"""What may stand between the one who acts and the verb."""

_PREPOSITIONS = frozenset(
    ["for", "in", "at", "with", "without", "from", "to", "of", "as", "on", "by", "after", "during"]
)


def make_standalone(question: str, history: Sequence[Turn], profile: CorpusProfile) -> str:
    """Rewrite a question so that it can be understood without its conversation.

    Pronouns and ellipsis are resolved against the last question that stood alone and the last
    answer; what nothing in the conversation explains is what the corpus is about.
    """
    plain = strip_asking(question)
    users = [place for place, turn in enumerate(history) if turn.role is Role.USER]
    if users:
        last = users[-1]
        previous = make_standalone(history[last].content, history[:last], profile)
        answers = [turn.content for turn in reversed(history) if turn.role is Role.ASSISTANT]
        continues = _CONTINUES.match(question.strip()) and _is_fragment(plain)
        if continues or leans_on_history(plain):
            return resolve(plain, previous, answers, profile)
    return name_subject(plain, profile)


def leans_on_history(plain: str) -> bool:
    """Say whether a question needs the turns before it to be understood."""
    content = content_words(plain)
    if _BARE.match(plain) or len(content) == 0:
        return True
    if _CONTINUES.match(plain) and len(content) <= 5:
        return True
    meant = _FILLS_A_PLACE.sub(" ", plain)
    if (_LEANING.search(meant) or _find_ordinal(plain)) and len(content) <= 6:
        return True
    return len(content) == 1 and len(words(plain)) <= 3


def resolve(plain: str, previous: str, answers: Sequence[str], profile: CorpusProfile) -> str:
    """Resolve a question that leans on the one before it and on the answers, latest first."""
    chosen = _resolve_choice(plain, previous, answers)
    if chosen:
        return chosen
    if _BARE.match(plain):
        return f"{plain.rstrip('? ')}: {previous}"
    if not words(plain):
        return previous
    slot = _SLOT.match(plain)
    if slot and _is_fragment(plain):
        return fill_slot(previous, slot["slot"], (slot["prep"] or "").lower(), profile)
    topic = find_topic(previous, profile)
    if not topic:
        return name_subject(plain, profile)
    replaced = _replace_pronoun(plain, topic)
    return replaced if replaced != plain else f"{plain.rstrip('? ')} ({topic})?"


def _is_fragment(plain: str) -> bool:
    """Say whether a question has no clause of its own: "and for seniors?"."""
    body = re.sub(
        r"^(?:(?:and|but|or|so|then|also|ok(?:ay)?)\b[\s,]*)+", "", plain, flags=re.IGNORECASE
    )
    if re.match(
        r"^(?:(?:what|how) (?:about|with|if)|(?:is (?:it|that|this) )?(?:the )?same\b)",
        body,
        re.IGNORECASE,
    ):
        return True
    clause = re.match(
        r"^(?:what|which|who|how|why|when|where|can|could|do|does|did|is|are|should|will|would|must)\b",
        body,
        re.IGNORECASE,
    )
    return not clause and len(words(body)) <= 6


def fill_slot(previous: str, slot: str, preposition: str, profile: CorpusProfile) -> str:
    """Ask the previous question again about something else.

    The new words take the place of their sibling in the previous question: a name of the same list
    or table, or the phrase after the same preposition; else they are added to it.
    """
    value = slot[len(preposition) :].strip() if preposition else slot.strip()
    named = re.sub(r"\s+ones?$", "", value, flags=re.IGNORECASE)
    sibling = _find_sibling(previous, named, profile)
    if sibling:
        return _swap(previous, sibling, named)
    if preposition in _PREPOSITIONS:
        after = re.compile(
            rf"\b{preposition}\s+((?:(?!\b(?:{'|'.join(sorted(_PREPOSITIONS))})\b)[^?,.])+)",
            re.IGNORECASE,
        )
        matches = list(after.finditer(previous))
        if matches:
            last = matches[-1]
            end = last.start(1) + _phrase_length(last[1])
            return f"{previous[: last.start(1)]}{value}{previous[end:]}"
    return f"{previous.rstrip('? .')}, {slot.strip()}?"


def _phrase_length(text: str) -> int:
    """Return how many characters of a text come before the verb that goes on after a phrase."""
    for found in re.finditer(r"\s+(\w+)", text):
        if stem(found[1]) in _VERBS:
            return found.start()
    return len(text)


def _find_sibling(previous: str, value: str, profile: CorpusProfile) -> list[str]:
    """Return the words of the previous question that name a sibling of the value, if any."""
    wanted = _name_stems(profile.abbreviations.get(_bare(value), value))
    asked = {part: word for word in words(previous) for part in _name_stems(word)}
    for short in words(previous):
        if short.lower() in profile.abbreviations and short.isupper():
            asked |= dict.fromkeys(_name_stems(profile.abbreviations[short.lower()]), short)
    for group in profile.siblings:
        labels = [_name_stems(label) for label in group]
        counts = Counter(part for label in labels for part in label)
        named = [{part for part in label if counts[part] == 1} for label in labels]
        if not any(label & wanted for label in named):
            continue
        for label, whole in zip(named, labels, strict=True):
            if label & asked.keys() and not label & wanted:
                return list(dict.fromkeys(asked[part] for part in asked if part in whole))
    return _find_level(previous, wanted) or _find_namesake(previous, _bare(value))


def _find_level(previous: str, wanted: Set[str]) -> list[str]:
    """Return the word of the previous question for another level than the value's, if any."""
    others = [level for level in LEVELS if not level & wanted]
    if len(others) == len(LEVELS):
        return []
    return [word for word in words(previous) if any(stem(word) in level for level in others)][:1]


def _find_namesake(previous: str, value: str) -> list[str]:
    """Return the words of the previous question that name another thing of the same kind.

    That is as many as the value has, up to the noun that both end in: "Owl Hut" for "Fox Hut".
    """
    named = words(value)
    if len(named) < 2:
        return []
    for run in _noun_runs(previous):
        for at, word in enumerate(run):
            if at and stem(word) == stem(named[-1]):
                return run[max(0, at + 1 - len(named)) : at + 1]
    return []


def _name_stems(text: str) -> set[str]:
    return {stem(word) for word in content_words(text.replace("-", " "))}


def _bare(value: str) -> str:
    return re.sub(r"^(?:the|a|an)\s+", "", value.strip().lower())


def _swap(previous: str, old: Sequence[str], value: str) -> str:
    """Put a value in place of some words of a noun phrase, with its own article.

    What else the phrase says stays ("new" in "a new roadster"), unless the value says it too.
    """
    run = max(_noun_runs(previous), key=lambda run: sum(word in old for word in run))
    said = _name_stems(value)
    places = [at for at, word in enumerate(run) if word in old or _name_stems(word) & said]
    end = places[-1] + 1
    if value.endswith("s") and end < len(run) and run[end].endswith("s"):
        end += (
            1  # two plurals: the value has a head noun of its own ("seniors" for "senior guests")
        )
    replaced = run[places[0] : end]
    begins = places[0] == 0
    phrase = re.compile(
        r"(\b(?:an?|the)\s+)?\b" + r"\W+".join(map(re.escape, replaced)) + r"(?!\w)", re.IGNORECASE
    )
    bare = re.sub(r"^(?:the|a|an)\s+", "", value, flags=re.IGNORECASE)

    def put(match: re.Match[str]) -> str:
        if begins and bare != value:
            return value
        article = match[1] or ""
        return re.sub(r"^an?\b", _indefinite(bare), article, flags=re.IGNORECASE) + bare

    return phrase.sub(put, previous, count=1)


def _indefinite(noun: str) -> str:
    return "an" if noun[0].lower() in "aeiou" else "a"


def _noun_runs(text: str) -> list[list[str]]:
    """Return the runs of words between function words and verbs: the noun phrases.

    A verb is one of the common ones, or the first word of content after "I", "you" or the like.
    """
    runs: list[list[str]] = [[]]
    acts = False
    for word in words(text):
        function = word.lower() in FUNCTION_WORDS
        if function or acts or stem(word) in _VERBS:
            runs.append([])
        else:
            runs[-1].append(word)
        acts = word.lower() in _ACTORS or (acts and word.lower() in _BETWEEN)
    return [run for run in runs if run] or [words(text)]


def _resolve_choice(plain: str, previous: str, answers: Sequence[str]) -> str | None:
    """Resolve "the second one" and "the other one" against what was listed or set side by side.

    `answers` are those given so far, the latest first.
    """
    lists = (list_options(answer) for answer in answers)
    options = next((found for found in lists if len(found) >= 2), [])
    ordinal = _find_ordinal(plain)
    if ordinal:
        place = _ORDINALS[(ordinal[1] or ordinal[2]).lower()]
        options = options or list(find_sides(previous))
        if options and place < len(options):
            return _choose(plain, ordinal, options[place], options, previous)
    other = _OTHER.search(plain)
    sides = list(find_sides(previous)) or options
    if other and len(sides) == 2:
        said = (answers[0] if answers else "").lower()
        unsaid = [side for side in sides if side.lower() not in said]
        return _choose(plain, other, unsaid[0] if unsaid else sides[1], sides, previous)
    return None


def _find_ordinal(plain: str) -> re.Match[str] | None:
    """Find "the second one" or "the second", where it is not said of a noun of its own."""
    ordinal = _ORDINAL.search(plain)
    if ordinal and (ordinal[1] or not _qualifies(plain[ordinal.end() :])):
        return ordinal
    return None


def _qualifies(rest: str) -> bool:
    """Say whether an ordinal before this belongs to a noun of its own: "the first step"."""
    following = re.match(r"\s+([\w-]+)", rest)
    if not following:
        return False
    word = following[1].lower()
    return word not in FUNCTION_WORDS and stem(word) not in _VERBS


def _choose(
    plain: str, mention: re.Match[str], option: str, options: Sequence[str], previous: str
) -> str:
    """Put an option in place of its mention; a bare mention asks the previous question of it."""
    rest = (plain[: mention.start()] + plain[mention.end() :]).strip(" ?.!,")
    if content_words(rest):
        return f"{plain[: mention.start()]}{option}{plain[mention.end() :]}"
    for other in options:
        if other in previous and other != option and len(find_sides(previous)) == 0:
            return previous.replace(other, option)
    return f"What is {option}?"


def list_options(answer: str) -> list[str]:
    """Return what the items of an answer call themselves, in order.

    Items stand on lines of their own, are numbered within a line, or follow a colon with commas.
    """
    plain = re.sub(r"\s*\[\d+\]", "", answer)
    lines = [re.match(r"\s*(?:[-*•]|\d{1,2}[.)])\s+(.+)", line) for line in plain.splitlines()]
    items = [line[1].strip() for line in lines if line]
    numbered = re.split(r"(?:^|\s)\d{1,2}[.)]\s+", plain)[1:]
    if len(items) < 2 and len(numbered) >= 2:
        items = numbered
    enumerated = re.search(
        r"(?::|\b(?:such as|like|for example|from)\b)\s+([^.:]+,[^.:]+|[^.:]+ and [^.:]+)", plain
    )
    if len(items) < 2 and enumerated:
        items = re.split(r",\s*(?:and|or)?\s*|\s+(?:and|or)\s+", enumerated[1])
    named = [re.split(r":\s|\s[–—]\s", item)[0].strip(" .:") for item in items]
    return [re.sub(r"^(?:the|a|an)\s+", "", name, flags=re.IGNORECASE) for name in named if name]


_OF = re.compile(
    r"\b((?:point|use|purpose|role|benefit|advantage|downside|risk|meaning|idea|value|importance)s?) of\b",
    re.IGNORECASE,
)
"""What is asked about something, and is not the thing: "what is the point of ...?"."""


def find_topic(previous: str, profile: CorpusProfile) -> str:
    """Return the noun phrase a question was about, as its own words put it.

    Of "the point of a mentor" that is the mentor.
    """
    telling = find_terms(previous).keys() - {stem(word) for word in words(profile.subject)}
    telling -= {stem(word) for word in _OF.findall(previous)}
    scored = [
        (sum(stem(word) in telling for word in run), len(run), -place, run)
        for place, run in enumerate(_noun_runs(previous))
    ]
    return " ".join(max(scored)[3]) if scored else ""


def _replace_pronoun(plain: str, topic: str) -> str:
    pronoun = re.compile(rf"\b{_PRONOUN}\b(?:\s+ones?\b)?|\bones?\b(?=\W*$)", re.IGNORECASE)
    return pronoun.sub(lambda _: topic, plain, count=1)


_DO_THIS = re.compile(
    r"\b(?:do|doing|done|start|starting|learn|get into|go into|try)\s+(?:all )?(?:this|that|it)\b"
    r"(?:\s+(?:stuff|(?:whole |sort of |kind of )?thing)\b)?"
    r"|\b(?:be|become|becoming)\s+(?:one|this|that|it)\b",
    re.IGNORECASE,
)
_IN_THIS = re.compile(
    r"\b(?:this|that|these)\s+(?:kind of |sort of |line of )?(?=(?:job|career|role|field|work|profession"
    r"|path|position|industry|subject|topic|thing|business|area)s?\b)",
    re.IGNORECASE,
)
_FOR_THIS = re.compile(r"\bfor (?:all )?(?:this|that|it)\b(?=\W*$)", re.IGNORECASE)
_BARE_THIS = re.compile(
    r"\b(?:this|it|that)\b(?!\s+(?:\w+\s+)?(?:that|if|when|whether)\b)", re.IGNORECASE
)
_DUMMY_IT = re.compile(
    r"\b(?:does|would|will|did|can)\s+(?:it|(?:all )?(?:this|that))\s+(?:usually |normally |typically )?(?:take|cost)\b(?!\s+to\b)[^?]*",
    re.IGNORECASE,
)
_EXISTS = re.compile(r"^(?:is|are) (?:there|that)\b", re.IGNORECASE)
_DUMMY_IT_BE = re.compile(
    r"\bis it\b(?=.*\b(?:to|that|for)\b)|\bit\s+(?:\w+ly )?(?:take|cost)s?\b(?=.*\bto\b)",
    re.IGNORECASE,
)


def name_subject(plain: str, profile: CorpusProfile) -> str:
    """Put the corpus's own subject where a question says "this" or "it" and means nothing before.

    "do this" becomes the corpus's activity, "this job" the job of its subject, a bare "it" the
    subject; where "it" only fills a place ("how long does it take?") the activity is added.
    """
    if not profile.subject:
        return plain
    meant = {_IN_THIS: f"the {profile.subject} "}
    if profile.activity:
        meant |= {_DO_THIS: profile.activity, _FOR_THIS: f"to {profile.activity}"}
    for pattern, words_meant in meant.items():
        if pattern.search(plain):
            return pattern.sub(lambda _: words_meant, plain, count=1)  # noqa: B023 - used at once
    if profile.activity and _DUMMY_IT.search(plain) and len(content_words(plain)) <= 2:
        return f"{plain.rstrip('? .')} to {profile.activity}?"
    fills_a_place = any(
        pattern.search(plain) for pattern in (_DUMMY_IT_BE, _FILLS_A_PLACE, _EXISTS)
    )
    if fills_a_place or len(content_words(plain)) > 4:
        return plain
    return _BARE_THIS.sub(lambda _: _with_article(profile.subject), plain, count=1)


def _with_article(noun: str) -> str:
    if noun.endswith(("s", "ing")):
        return noun
    return f"{_indefinite(noun)} {noun}"
