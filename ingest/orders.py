"""What in an article speaks to the machine that reads it, not to people.

Knows wordings, and how far along a paragraph what they begin goes on. Knows nothing of spans, of
evidence or of what is done with such a text.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from ingest.patterns import compile_late

_KIND = r"(?:assistants?|models?|agents?|systems?|readers?|bots?|crawlers?)"
_MACHINE = (
    rf"(?:(?:ai|(?:large )?language|llm|gpt)[\s-]{_KIND}|chat ?(?:bot|gpt)s?|llms?"
    r"|ais?(?=\s+(?:read|summari|process)))"
)
"""A machine that answers, named as one: an assistant without more may be a person."""
_ASSISTANT = rf"(?:{_MACHINE}|assistant|system)"
_BIDS = (
    r"(?:say|state|claim|tell|inform|reply|respond|answer|write|output|print|repeat|append|include|reveal"
    r"|mention|recommend|cite|ignore|disregard|forget|obey|refuse|pretend|treat)"
)
"""What a machine is told to do with its answer, or with what it was told before."""
_EARLIER = r"(?:previous|prior|earlier|preceding|foregoing|above|system)"

_OPENS = compile_late(
    r"\b(?:assistant|system|ai|llm)[_-](?:override|prompt|instructions?|message)\b|\[inst\]|<\|\w+\|>|<<sys>>"
    r"|\b(?-i:(?:BEGIN|START)(?: OF)? (?:SYSTEM )?(?:PROMPTS?|INSTRUCTIONS?))\b"
    r"|^\W*(?:\w+ )?(?:note|message|instructions?|notice|attention|prompt|warning|directive)\s*(?:to|for|:)\s*"
    rf"(?:the |any |all |every )?(?:\w+ )?{_MACHINE}\b[^.:!?]{{0,60}}[:,]"
    rf"|^\W*to (?:the |any |all |every )(?:\w+ )?{_MACHINE}\b[^.:!?]{{0,60}}[:,]"
    rf"|^\W*(?:dear|hey|hello|hi|attention)\s+(?:\w+ )?{_MACHINE}\b"
    rf"|^\W*(?:important )?(?:note to (?:the )?)?{_ASSISTANT}\s*[:,]\s*"
    rf"(?:please )?(?:when|if|you|never|always|do not|don['’]t|also|the assistant|{_BIDS})\b",
    re.IGNORECASE,
)
"""What begins a text for machines: it goes on to the end of its paragraph, or to its own mark."""
_CLOSES = compile_late(
    r"\[/inst\]|<</sys>>|\b(?-i:END(?: OF)? (?:SYSTEM )?(?:PROMPTS?|INSTRUCTIONS?))\b",
    re.IGNORECASE,
)

_TO_MACHINES = compile_late(
    r"\bsystem prompt (?:override|:)"
    rf"|\bnew instructions? (?:for|to) (?:the |any )?{_ASSISTANT}\b"
    r"|\bthe (?:assistant|chat ?bot|llm|(?:ai|language) model) (?:must|shall)\b"
    rf"|\b{_MACHINE} (?:must|should|shall|have to|are (?:asked|told|required|instructed) to)"
    rf" (?:always |never |only |not )?{_BIDS}\b"
    rf"|\bif you(?: are|['’]re) (?:an? )?(?:\w+ )?{_MACHINE}\b"
    rf"|\bas an? (?:\w+ )?{_MACHINE},? you\b"
    rf"|\b(?:ignore|disregard|forget|override) (?:all |any |the |your |of |everything in )*{_EARLIER}\s+"
    r"(?:instructions?|prompts?|messages?|directions)\b"
    rf"|\b(?:secret|code|hidden|magic)[\s-]?(?:word|phrase)s? (?:for|to) (?:the |any |all )?{_MACHINE}\b"
    rf"|(?:^|\|)\W*{_BIDS}\b[^|.!?]*\band (?:append|prepend)\s+(?-i:[A-Z]{{3,}})[-_]?\d",
    re.IGNORECASE,
)

_HEADS = compile_late(
    r"\W*(?:\w+ )?(?:notes?|messages?|instructions?|notice|attention|directives?)\s*(?:to|for|:)\s*"
    rf"(?:the |any |all |every )?(?:\w+ )?{_MACHINE}\W*",
    re.IGNORECASE,
)
_ORDERS = compile_late(
    r"\b(?:ignore|disregard|forget|override|bypass)\b[^.!?]{0,40}\b(?:instructions?|prompts?|rules)\b"
    r"|^system:",
    re.IGNORECASE,
)

_HINTS = tuple(
    "assistant;bot;gpt;llm;language model;language-model;instruction;prompt;message;directions"
    ";ai model;ai-model;ai agent;ai-agent;ai system;ai-system;ai reader;ai crawl;ai read;ai summ"
    ";append;prepend;ai process;ais read;ais summ;ais process;system:;system,;<|;<<;[inst".split(
        ";"
    )
)
"""Without any of these, nothing of a paragraph speaks to machines; most have none. Looked for one by
one they cost a tenth of what a pattern does."""


def speaks_to_machine(text: str) -> bool:
    """Say whether a text is addressed to a machine in so many words: it answers no reader."""
    return may_speak_to_machines(text) and bool(_OPENS.search(text) or _TO_MACHINES.search(text))


def gives_orders(text: str) -> bool:
    """Say whether a text may order a machine about, though it may be meant for people.

    "Ignore the instructions on the packet" bears no sentence of a model out: one that obeyed could
    cite it.
    """
    ordering = "rules" in text.lower() or may_speak_to_machines(text)
    return ordering and (speaks_to_machine(text) or bool(_ORDERS.search(text)))


def speak_to_readers(sentences: Sequence[str]) -> list[bool]:
    """Say of each sentence of one paragraph whether it is for readers, and not for a machine."""
    noted = False
    for_readers = []
    for sentence in sentences:
        opened = _OPENS.search(sentence) is not None
        for_readers.append(not (noted or opened or speaks_to_machine(sentence)))
        noted = (noted or opened) and not _CLOSES.search(sentence)
    return for_readers


@lru_cache(maxsize=4096)
def heads_orders(headings: tuple[str, ...]) -> bool:
    """Say whether a section is headed as one for machines: "Instructions for AI assistants"."""
    return any(may_speak_to_machines(one) and _HEADS.fullmatch(one) for one in headings)


@lru_cache(maxsize=16_384)
def may_speak_to_machines(text: str) -> bool:
    """Say whether a paragraph is worth a closer look.

    Remembered, because the same passages are looked at for question after question.
    """
    lowered = text.lower()
    return any(hint in lowered for hint in _HINTS)
