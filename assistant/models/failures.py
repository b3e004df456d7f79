"""From what went wrong with a model's server to one clear line.

Knows statuses and what a user can do about them. Knows no package: both clients report alike. What
a server says is quoted only where it helps, and never with the key in it.
"""

import re

from assistant.models import ModelError

_TOO_LONG = re.compile(
    r"context.{0,20}(?:length|window|size|limit)|maximum.{0,20}(?:tokens|length)|too (?:long|many"
    r" tokens|large)|exceed.{0,40}(?:tokens|context)",
    re.IGNORECASE,
)
_MAX_QUOTED = 160


def explain_status(
    name: str, status: int, said: str, *, key: str, variable: str, retry_after: float | None = None
) -> ModelError:
    """Explain a refusal by its HTTP status; `said` is the server's own message."""
    if status in (401, 403):
        hint = f"check {variable}" if key else f"set {variable}"
        return ModelError(f"{name}: the server refused the key ({status}); {hint}")
    if status == 429:
        wait = "a while" if retry_after is None else f"{retry_after:.0f} s"
        return ModelError(
            f"{name}: too many requests; the server asks to wait {wait}",
            retryable=True,
            retry_after=retry_after,
        )
    if status >= 500:
        return ModelError(
            f"{name}: the server failed ({status})", retryable=True, retry_after=retry_after
        )
    if status == 413 or _TOO_LONG.search(said):
        return ModelError(f"{name}: the passages are longer than the model can read")
    if status == 404:
        return ModelError(
            f"{name}: the server knows no such model or address (404); check the model's name"
        )
    return ModelError(f"{name}: the server refused the request ({status}): {_quote(said, key)}")


def explain_silence(name: str, *, connected: bool) -> ModelError:
    """Explain a server that could not be reached, or went quiet."""
    if connected:
        return ModelError(f"{name}: no word from the model in time", retryable=True)
    return ModelError(f"{name}: the server can’t be reached; is it running?", retryable=True)


def explain_break(name: str) -> ModelError:
    """Explain a stream that ended without saying that it had."""
    return ModelError(f"{name}: the answer broke off", retryable=True)


def explain_end(name: str, reason: str) -> ModelError:
    """Explain an answer that its writer ended before it was finished."""
    return ModelError(f"{name}: the model stopped before the end ({_quote(reason, '')})")


def read_seconds(header: str | None) -> float | None:
    """Read a Retry-After header given in seconds; None where it is absent or a date."""
    try:
        seconds = float(header or "")
    except ValueError:
        return None
    return seconds if 0 <= seconds < 1e6 else None


def _quote(said: str, key: str) -> str:
    plain = " ".join(said.split())
    if key:
        plain = plain.replace(key, "***")
    return plain[:_MAX_QUOTED] or "no reason given"
