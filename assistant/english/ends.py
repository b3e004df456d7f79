"""Which end of all that is counted a share is of: "the top 10%", "the lowest quarter".

Knows English words for the two ends. Knows nothing of what is counted.
"""

import re

from ingest.patterns import compile_late

_SHARE = (
    r"\s+(?:\d+(?:\.\d+)?\s?(?:%|per\s?cent\b)|(?:tenth|decile|quarter|quartile|fifth|third)\b)"
)
_ENDS = {
    "high": compile_late(
        rf"\b(?:top|highest|upper|best)(?:[\s-](?:paid|earning))?(?:\s+of)?{_SHARE}", re.IGNORECASE
    ),
    "low": compile_late(
        rf"\b(?:bottom|lowest|lower|worst)(?:[\s-](?:paid|earning))?(?:\s+of)?{_SHARE}",
        re.IGNORECASE,
    ),
}


def find_ends(text: str) -> frozenset[str]:
    """Return the ends, "high" and "low", that a text speaks of a share at."""
    return frozenset(end for end, pattern in _ENDS.items() if pattern.search(text))
