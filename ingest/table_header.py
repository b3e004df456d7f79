"""Decides whether a table's first row names its columns, where the file itself doesn't say.

Knows cells as text. Knows nothing of file formats.
"""

import re
from collections.abc import Sequence

_MAX_NAME = 60
"""Characters: what names a column is short."""
_FIGURES = 0.3
"""Share of digits among a cell's letters and digits from which on it is a figure, not a name:
"Senior level (8+ years)" has 0.06, "$85,000 – $110,000 per year" 0.6."""


def names_columns(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first row reads like names: short, each another, no figures in it."""
    if len(rows) < 2:
        return False
    names = [cell for cell in rows[0] if cell]
    return (
        bool(names)
        and len(names) >= len(rows[0]) - 1
        and len(set(names)) == len(names)
        and not any(len(name) > _MAX_NAME or _is_figure(name) for name in names)
        and not any(re.search(r"[.!;]$", name) for name in names)
    )


def _is_figure(cell: str) -> bool:
    signs = [sign for sign in cell if sign.isalnum()]
    digits = sum(sign.isdigit() for sign in signs)
    return digits > _FIGURES * len(signs) or bool(re.match(r"[$€£¥₹~]\s?\d", cell))
