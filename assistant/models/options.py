"""What a language model's writer is told by its user: keys, addresses and limits.

Knows names and defaults. Reads nothing from the environment: the command does.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a writer may take and how much it may say; seconds, and characters.

    `connect` bounds reaching it, `first` the wait for its first word (a local model may have to be
    loaded and read the passages first), `pause` the wait between two, `total` the whole answer.
    `patience` is the longest wait that a busy server may ask for before one second try.
    `characters` is far more than any answer needs: who goes on past it is not answering.
    """

    connect: float = 5.0
    first: float = 60.0
    pause: float = 20.0
    total: float = 180.0
    patience: float = 5.0
    characters: int = 12_000


@dataclass(frozen=True, slots=True)
class ModelOptions:
    """What the writers may need. Keys are in no `repr`, and so in no log or traceback.

    `openai_url` is the address of any server that speaks OpenAI's protocol, ending in /v1; without
    one the hosted service is meant. `anthropic_url` is only for a proxy.
    """

    openai_key: str = field(default="", repr=False)
    openai_url: str = ""
    anthropic_key: str = field(default="", repr=False)
    anthropic_url: str = ""
    limits: Limits = field(default_factory=Limits)
