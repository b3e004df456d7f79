"""The retrieval figures of one ranking for one case.

Knows how passages, gold spans and figures go together. Knows nothing of where a ranking came from.
"""

from collections.abc import Sequence

from eval.cases import Case
from eval.judging import Passage, judge_context, judge_ranking
from eval.measures import CUTS, DEPTH
from eval.metrics import ndcg, precision, recall, reciprocal_rank
from eval.wording import content_recall

WORDS_WITHIN = 2000


def judge_retrieval(passages: Sequence[Passage], case: Case) -> dict[str, float]:
    """Give the figures of a ranking; a case without gold spans and reference has none.

    An empty ranking scores 0; a gold span that no passage holds counts as missed, whether it was
    ever indexed or not.
    """
    values: dict[str, float] = {}
    if case.reference:
        shown = "\n".join(passage.text for passage in passages)[:WORDS_WITHIN]
        values[f"words@{WORDS_WITHIN}"] = content_recall(case.reference, shown)
    if not case.gold:
        return values
    relevant = len(set(case.gold))
    gains = judge_ranking(passages, case.gold)
    values["ndcg@10"] = ndcg(gains, relevant, DEPTH)
    values["mrr@10"] = reciprocal_rank(gains, relevant, DEPTH)
    values["p@5"] = precision(gains, relevant, 5)
    for k in (1, 3, 5, 10):
        values[f"recall@{k}"] = recall(gains, relevant, k)
    for cut in CUTS:
        held = judge_context(passages, case.gold, cut)
        values[f"context@{cut}"] = sum(held) / len(held)
        values[f"any@{cut}"] = float(any(held))
    return values
