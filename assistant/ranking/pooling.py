"""How strongly a list as a whole speaks to a question that asks for many things.

Knows lists and the scores of their items. Knows nothing of how a list is told.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from assistant.layout.structure import find_list
from assistant.ranking.evidence import Evidence, sort_evidence
from ingest.document import Kind

COVERED = 0.7
"""Share of a question that an item and what stands above it have to have.

Without it lists of anything near are told, on the development questions over ../shared/articles at a
citation precision of .851 instead of .866, with no right answer more.
"""


def pool_lists(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return spans, sorted best first, each item with the score of its list.

    An item is one of many things that are asked for, and says little of the question alone: a list
    under what the question is about is an answer if any of its items is one. Items that the learned
    scorer did not look at add nothing.
    """
    lists: dict[tuple[str, int], list[Evidence]] = defaultdict(list)
    for item in evidence:
        if _is_pooled(item):
            lists[_name_list(item)].append(item)
    return sort_evidence([_pool(item, lists) for item in evidence])


def _is_pooled(item: Evidence) -> bool:
    looked_at = item.block.kind is Kind.ITEM and item.signals.learned > 0
    return looked_at and item.signals.coverage >= COVERED


def _name_list(item: Evidence) -> tuple[str, int]:
    return item.document.id, find_list(item.document, item.span.block).items[0]


def _pool(item: Evidence, lists: dict[tuple[str, int], list[Evidence]]) -> Evidence:
    if not _is_pooled(item):
        return item
    together = lists[_name_list(item)]
    learned = _any_of([one.signals.learned for one in together])
    return replace(
        item,
        score=_any_of([one.score for one in together]),
        signals=replace(item.signals, learned=learned),
    )


def _any_of(probabilities: Sequence[float]) -> float:
    """Return the probability of any of some things, each as if the others told nothing of it."""
    return 1.0 - math.prod(1.0 - one for one in probabilities)
