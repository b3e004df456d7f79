"""What whoever runs the site may set about its pages and its API.

Knows the values and their safe defaults. Does not read the environment or flags: the command line
does, in one place. The limits of a request are part of the API and stand in `web.schemas`.
"""

from dataclasses import dataclass

LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "[::1]")
"""The names a browser on the same machine uses. Any other name in a Host header means that a
foreign site had its own name resolved to this machine (DNS rebinding) to read the articles."""

EXTRACTIVE = "extractive"
"""The writer without a model, which costs nothing."""

KEEP_DAYS = 365
"""A year, as the cookie by which a reader finds them again: whoever has not asked for longer than
that can't come back to them."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The site's settings.

    `hosts` are the names (without port) that the site answers to; "*" stands for any. `embedders`
    are the origins whose pages may show the site in a frame. `models` are the writers that a
    request may name besides the default: a request must not be able to spend money with a hosted
    model or to load a folder of the server's disk. `max_body` is in bytes: a request that keeps to
    the API's limits on length always fits (20 turns of 4000 characters and a question, at 6 bytes
    for an escaped character). `suggestions` is how many questions the first page offers. `database` is
    where conversations are kept: a URL, or the path of an SQLite file; as it stands, in memory until
    the program ends. `keep_days` is for how long after their last question; 0 for ever.
    `admin_token` opens the keeper's pages at /admin; without one there are none.
    """

    title: str = "Footnote"
    hosts: tuple[str, ...] = LOOPBACK_HOSTS
    embedders: tuple[str, ...] = ()
    models: tuple[str, ...] = (EXTRACTIVE,)
    max_body: int = 512 * 1024
    suggestions: int = 6
    database: str = "sqlite://"
    keep_days: int = KEEP_DAYS
    admin_token: str = ""
