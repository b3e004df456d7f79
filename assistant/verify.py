"""Whether a sentence is borne out by the spans it cites.

Knows figures and names on one side and passages on the other. Knows nothing of who wrote the
sentence.
"""

from collections.abc import Sequence

from assistant.figures import find_figures


def find_unsupported_figures(sentence: str, passages: Sequence[str]) -> list[str]:
    """Return the figures of a sentence that stand in none of the passages, as written.

    Figures are compared as values, so that $5,000 and 5000 dollars agree.
    """
    shown = {figure.raw for passage in passages for figure in find_figures(passage)}
    return [
        sentence[figure.start : figure.end]
        for figure in find_figures(sentence)
        if figure.raw not in shown
    ]
