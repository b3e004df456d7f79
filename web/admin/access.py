"""The door to the keeper's pages: a token to come in by, and who is inside.

Knows tokens, sessions and how many wrong attempts are too many. Knows nothing of requests. What it
knows is gone when the program ends: whoever was inside comes in again.
"""

import hashlib
import hmac
import math
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address, ip_network

from web.admin.errors import TooManyAttemptsError

MIN_TOKEN = 16
"""Characters: at the rate that wrong attempts are let through, guessing one takes for ever."""
SESSION_SECONDS = 12 * 3600
"""A working day, and not the next morning."""
_SESSIONS = 20
"""Sessions at once: the oldest makes room."""
_WINDOW = 300.0
"""Seconds for which a wrong attempt counts."""
_ATTEMPTS = 5
"""Wrong attempts from one address within that time."""
_ATTEMPTS_OF_ALL = 100
"""And from all addresses together, so that many of them don't help."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What came of something the keeper did, to be shown once."""

    text: str
    is_fault: bool = False


@dataclass(slots=True)
class Session:
    """Somebody who is inside: `csrf` is in each of their forms, `notices` wait to be shown."""

    csrf: str
    until: float
    notices: list[Notice] = field(default_factory=list)

    def take_notices(self) -> list[Notice]:
        """Hand the notices out, once."""
        taken, self.notices = self.notices, []
        return taken


class Door:
    """Lets in whoever has the token; shared by threads."""

    def __init__(self, token: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._token = _digest(token)
        self._clock = clock
        self._sessions: dict[bytes, Session] = {}
        self._wrong: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def enter(self, token: str, address: str) -> str | None:
        """Return a new session's key, or None for a wrong token; raises `TooManyAttemptsError`."""
        group = _group(address)
        with self._lock:
            self._check_attempts(group)
            # Digests are of one length, and comparing takes as long wherever they differ.
            if not hmac.compare_digest(_digest(token), self._token):
                self._wrong.setdefault(group, deque()).append(self._clock())
                return None
            self._wrong.pop(group, None)
            key = secrets.token_urlsafe(32)
            while len(self._sessions) >= _SESSIONS:
                del self._sessions[next(iter(self._sessions))]
            session = Session(secrets.token_urlsafe(32), self._clock() + SESSION_SECONDS)
            self._sessions[_digest(key)] = session
            return key

    def find(self, key: str) -> Session | None:
        """Return the session of a key, if it is one and has not run out."""
        session = self._sessions.get(_digest(key))
        return session if session is not None and self._clock() < session.until else None

    def leave(self, key: str) -> None:
        """End a session."""
        self._sessions.pop(_digest(key), None)

    def _check_attempts(self, group: str) -> None:
        past = self._clock() - _WINDOW
        for other, times in list(self._wrong.items()):
            while times and times[0] <= past:
                times.popleft()
            if not times:
                del self._wrong[other]
        mine = self._wrong.get(group, deque())
        full = len(mine) >= _ATTEMPTS
        if full or sum(map(len, self._wrong.values())) >= _ATTEMPTS_OF_ALL:
            first = mine[0] if full else min(times[0] for times in self._wrong.values())
            raise TooManyAttemptsError(math.ceil(first - past))


def is_right(given: str, expected: str) -> bool:
    """Compare two secrets in a time that doesn't tell where they differ."""
    return hmac.compare_digest(_digest(given), _digest(expected))


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _group(address: str) -> str:
    """Take an IPv6 network for one address: whoever has one has all 2^64 of it."""
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    return str(ip_network(f"{ip}/64", strict=False)) if isinstance(ip, IPv6Address) else address
