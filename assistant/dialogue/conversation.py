"""A question and the turns before it, to a question that stands alone.

Knows how English pronouns and ellipsis are resolved. Knows nothing of the corpus beyond its profile,
and nothing of how answers are found.
"""

import re
from collections.abc import Sequence

from assistant.answer import Role, Turn
from assistant.asking.phrasing import is_only_chat, strip_asking
from assistant.dialogue.attributes import ask_attribute, name_figure
from assistant.dialogue.choices import choose_side, resolve_choice
from assistant.dialogue.leaning import BARE, CONTINUES, REPEATS, WHY, is_fragment, leans_on_history
from assistant.dialogue.openings import Correction, read_correction, read_new_subject, read_return
from assistant.dialogue.otherwise import ask_of_places, ask_otherwise, put_supposed
from assistant.dialogue.pairs import find_two, resolve_which
from assistant.dialogue.slots import contrast_one, fill_slot, has_sibling, name_kind, replace_named
from assistant.dialogue.subject import add_doing, name_subject, stand_for_doing
from assistant.dialogue.telling import explain_within, find_told_first
from assistant.dialogue.topic import (
    as_asked,
    find_activity,
    find_latest,
    find_several,
    find_topic,
    last_sentence,
    name_fully,
)
from assistant.english.pointing import (
    SEVERAL,
    find_place,
    find_pronoun,
    name_again,
    replace_pronoun,
)
from ingest.patterns import compile_late
from ingest.profile import CorpusProfile
from ingest.words import content_words, stem, stems, words

MOST_BARE = 3
"""Words up to which a bare name goes on with the question before, where it is of the same kind."""

_FIRST = compile_late(
    r"^(?:the |my )?(?:very )?(?:first|original)(?: (?:thing|question|point|topic))?$",
    re.IGNORECASE,
)
_THERE_END = compile_late(r"\s+there(?=\W*$)", re.IGNORECASE)

_SLOT = compile_late(
    r"^(?:(?:ok(?:ay)?|and|but|or|so|then|also|only|just)\b[\s,]*)*(?:(?:what|how)(?:'s| is)? (?:about|with)"
    r"|is (?:it|that|this) the same|(?:the )?same(?: thing| question)?|(?:does|do) (?:it|that|this|they)"
    r" (?:also )?(?:apply|hold|go))?[\s,]*(?P<slot>(?:(?P<prep>for|in|at|with|without|from|to|of|as|on|"
    r"by|if|after|during)\s+)?[^\W_].*?)(?:\s+(?:then|too|as well|though|instead))?\s*\??$",
    re.IGNORECASE,
)
_OTHER_CALLED = compile_late(
    r"^((?:(?:and|but|or|so|what about|how about)\b\s*)*)the (?:other|last|third) (?:one|kind|type|sort|option)?\s*,\s+(?=\w)",
    re.IGNORECASE,
)
"""Another of those listed, which is then called by its name: "the other one, the skiff?"."""

_VAGUE_END = compile_late(
    r"(?<=\w)\s+(?:or )?(?:something|whatever|thingy|what(?:['’]s| is) it called)(?=\W*$)",
    re.IGNORECASE,
)

_EXAMPLE = compile_late(
    r"^(?:(?:what(?:['’]s| is| would be)|is there|are there|and|an|any|some|for)\s+)*examples?"
    r"(?: of (?:it|this|that|these|those|them))?\W*$",
    re.IGNORECASE,
)
_ASIDE = compile_late(
    r"^(?:why(?: not)?|how (?:come|so)|since when|for example|by how \w+): (?=\w)", re.IGNORECASE
)
"""What asks about an answer, not about another thing: the next follow-up asks on without it."""


_PART = compile_late(
    r"^(?:(?:and|only|just)\s+)*(?:the )?(?:part|bit) (?:about|on|for|with)\s+(?=\w)"
    r"|(?:(?<=\w)\s+(?:part|bit))?,?\s+please\W*$",
    re.IGNORECASE,
)
"""That only a part of an answer is wanted, which is no part of what is asked."""


def make_standalone(question: str, history: Sequence[Turn], profile: CorpusProfile) -> str:
    """Rewrite a question so that it can be understood without its conversation.

    Pronouns and ellipsis are resolved against the last question that stood alone and the last
    answer; what nothing in the conversation explains is what the corpus is about.
    """
    asked: list[str] = []
    answers: list[str] = []
    for turn in history:
        if turn.role is Role.USER and not is_only_chat(turn.content):
            said = _stand_alone(turn.content, asked, answers, profile)
            asked += _split_asked(_ASIDE.sub("", said))
        elif turn.role is Role.ASSISTANT:
            answers.insert(0, turn.content)
    if is_only_chat(question):
        return question.strip()
    return _stand_alone(question, asked, answers, profile)


def _split_asked(said: str) -> list[str]:
    """Split what a follow-up asks of two things into its questions."""
    parts = re.split(r"(?<=\?)\s+", said)
    return parts if all(part.endswith("?") for part in parts) else [said]


def _stand_alone(
    question: str, asked: Sequence[str], answers: Sequence[str], profile: CorpusProfile
) -> str:
    """Rewrite a question after those asked, each standing alone, and the answers, latest first."""
    left = read_new_subject(question.strip())
    plain = _PART.sub("", explain_within(strip_asking(left or question)))
    if not asked or left:
        return name_subject(plain, profile)
    correction = read_correction(question.strip()) or read_correction(plain)
    if correction and (is_fragment(correction.meant) or leans_on_history(correction.meant)):
        return _correct(correction, asked, answers, profile)
    thing, rest = read_return(plain)
    if thing:
        return _return_to(thing, rest, asked, answers, profile)
    recalled = resolve_which(plain, asked, profile)
    if recalled:
        return recalled
    plain = name_again(plain, asked)
    continues = CONTINUES.match(question.strip()) and is_fragment(plain)
    if continues or leans_on_history(plain) or _is_other_of_kind(plain, asked[-1], profile):
        return ask_of_places(resolve(plain, asked, answers, profile))
    return name_subject(plain, profile)


def _is_other_of_kind(plain: str, previous: str, profile: CorpusProfile) -> bool:
    """Say whether a bare name is one of those that a name of the question before belongs to."""
    if not is_fragment(plain) or len(words(plain)) > MOST_BARE:
        return False
    return has_sibling(previous, plain, profile) or bool(ask_attribute(plain, previous, profile))


def _correct(
    correction: Correction, asked: Sequence[str], answers: Sequence[str], profile: CorpusProfile
) -> str:
    """Ask the question before as it was meant: about something else, or another thing about it."""
    previous = asked[-1]
    bare = BARE.match(correction.meant)
    topic = find_topic(previous, profile) or profile.subject
    if bare and topic:
        return f"{bare['asks']}, {as_asked(topic, previous)}?"
    swapped = replace_named(previous, correction.instead_of, correction.meant)
    return swapped or resolve(correction.meant, asked, answers, profile)


def _return_to(
    thing: str, rest: str, asked: Sequence[str], answers: Sequence[str], profile: CorpusProfile
) -> str:
    """Ask something of a thing that an earlier question was about: "back to the hut: how far?"."""
    if _FIRST.match(thing):
        base = asked[0]
        thing = find_topic(base, profile) or base
    else:
        wanted = {stem(word) for word in content_words(thing)}
        base = max(reversed(asked), key=lambda text: len(wanted & set(stems(text))))
    rest = name_again(rest, asked)
    base_names = bool(set(stems(thing)) & set(stems(base)))
    bare = BARE.match(rest) or is_fragment(rest)
    if bare and base_names:
        return resolve(_THERE_END.sub("", rest), [base], answers, profile)
    if leans_on_history(rest) or (base_names and len(content_words(rest)) <= 1):
        said = _say_of(rest, thing, as_asked(thing, base), find_place(base))
        return resolve_choice(said, base, answers) or said
    return rest


def resolve(
    plain: str, asked: Sequence[str], answers: Sequence[str], profile: CorpusProfile
) -> str:
    """Resolve a question that leans on those before it and on the answers, latest first."""
    previous = asked[-1]
    plain = _VAGUE_END.sub("", _OTHER_CALLED.sub(r"\1", put_supposed(plain, previous, profile)))
    slot = _SLOT.match(plain) if is_fragment(plain) else None
    other = (
        resolve_choice(plain, previous, answers, find_two(asked))
        or ask_otherwise(plain, asked, profile)
        or contrast_one(plain, asked, profile)
        or ask_attribute(slot["slot"] if slot else plain, previous, profile)
    )
    if other:
        return other
    if REPEATS.match(plain):
        return previous
    aside = "why" if WHY.match(plain) else "for example" if _EXAMPLE.match(plain) else ""
    if aside or BARE.match(plain):
        return f"{aside or plain.rstrip('? ')}: {last_sentence(previous)}"
    if slot:
        said = _name_pointed(_THERE_END.sub("", slot["slot"]), asked, profile)
        return fill_slot(asked, said, (slot["prep"] or "").lower(), profile)
    return _ask_of_topic(plain, asked, answers, profile) if words(plain) else previous


_POINTED = compile_late(r"^(?P<prep>with|without)\s+(?:it|one|them|that|this)$", re.IGNORECASE)


def _name_pointed(slot: str, asked: Sequence[str], profile: CorpusProfile) -> str:
    """Name the thing in "and without one?": what an earlier question had with it or without."""
    pointed = _POINTED.match(slot)
    if not pointed:
        return slot
    had = re.compile(r"\bwith(?:out)?\s+((?:(?:an?|the|my)\s+)?[\w-]+)(?=\W*$|[,;])", re.IGNORECASE)
    named = next((found[1] for text in reversed(asked) if (found := had.search(text))), "")
    topic = named or as_asked(find_topic(asked[-1], profile), asked[-1])
    return f"{pointed['prep']} {topic}"


_IT_OBJECT = compile_late(
    r"\b(?!(?:is|are|was|were|do|does|did|can|could|will|would|should|must|may|has|have)\b)[\w'’]+\s+it\b",
    re.IGNORECASE,
)
"""An "it" to which something is done, or behind a preposition: "what goes in it?"."""


def _ask_of_topic(
    plain: str, asked: Sequence[str], answers: Sequence[str], profile: CorpusProfile
) -> str:
    """Ask a question of what those before it were about or did, or of the corpus's subject."""
    of_kind = name_kind(plain, asked[-1])
    if of_kind:
        return of_kind
    activity = find_activity(asked[-1])
    done = stand_for_doing(plain, activity, profile)
    if done:
        return done
    pronoun = find_pronoun(plain)
    figure = name_figure(plain, asked[-1])
    if figure:
        return replace_pronoun(plain, figure, figure)
    about = find_several(asked, profile) if pronoun in SEVERAL else find_latest(asked, profile)
    chosen = choose_side(about, answers) if pronoun not in SEVERAL else ""
    topic = chosen or find_topic(about, profile, pronoun)
    if not topic and _IT_OBJECT.search(plain):
        topic = find_told_first("".join(answers[:1]))
    if not topic and activity and pronoun not in SEVERAL:
        return add_doing(plain, activity)
    named = name_subject(plain, profile)
    of_all = bool(profile.subject) and profile.subject in about.lower()
    if not topic or (of_all and named != plain):
        return named
    return _say_of(plain, topic, name_fully(topic, about), find_place(about))


_ASKS_FOR = compile_late(
    r"(?:how (?:much|many)|which|what)(?:\s+(?!is\b|are\b|do\b|does\b|can\b|if\b|should\b|will\b|about\b)[\w'’-]+){1,4}\W*$",
    re.IGNORECASE,
)
"""A question without a verb, which "for" joins to a thing: "how many nights for two tents?"."""

_INSTEAD = compile_late(r"\binstead(?=\W*$)", re.IGNORECASE)


def _say_of(plain: str, topic: str, thing: str, place: str) -> str:
    """Put a thing where a question points at it, else say beside it that it is meant."""
    instead = _INSTEAD.search(plain)
    if instead:
        return f"{plain[: instead.end()]} of {thing}?"
    replaced = replace_pronoun(plain, topic, thing, place)
    if replaced != plain:
        return replaced
    whole = f"{thing} {place}" if place and place not in plain and thing not in place else thing
    asks = plain.rstrip("? ")
    return f"{asks} for {whole}?" if _ASKS_FOR.match(plain) else f"{asks} ({whole})?"
