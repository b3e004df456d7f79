"""What in an article speaks to the machine that reads it, not to people.

Knows wordings. Knows nothing of evidence, of questions or of what is done with such a text.
"""

import re

_MACHINE = r"(?:assistant|language model|ai model|chat ?bot|llm)"
_TO_MACHINES = (
    r"\bsystem prompt (?:override|:)"
    rf"|\bnew instructions? (?:for|to) (?:the |any )?{_MACHINE}\b"
    rf"|\bthe {_MACHINE} (?:must|shall)\b"
    rf"|^(?:important )?(?:note to (?:the )?)?(?:system|{_MACHINE})\s*[:,]\s*"
    r"(?:when|if|you|ignore|obey|never|always|do not|don['’]t|reply|also|the assistant)\b"
)

TO_MACHINES = re.compile(_TO_MACHINES, re.IGNORECASE)
"""Addressed to a machine in so many words: it answers no reader."""

ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b[^.!?]{0,40}\b(?:instructions?|prompts?|rules)\b"
    rf"|^system:|{_TO_MACHINES}",
    re.IGNORECASE,
)
"""Also what may be meant for people ("ignore the instructions on the packet") but bears no
sentence of a model out: one that obeyed could cite it."""
