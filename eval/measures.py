"""The figures of a report: their names, what they mean, and which way is better.

Knows names and meanings alone; how each is computed is in metrics, judging and grounding.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure: its name in files, its name on a page, what it means, and if more is better."""

    name: str
    label: str
    meaning: str
    higher_is_better: bool = True


CUTS = (1000, 2000, 4000)
"""Characters of context, as an answer is written from about so much."""

DEPTH = 10

ANSWERS = (
    Measure(
        "right_answer",
        "right answer",
        "answerable questions with the right verdict, every demanded phrase and no forbidden one",
    ),
    Measure(
        "content",
        "right content",
        "the same without regard to partial against answered; a refusal is wrong",
    ),
    Measure("citation_precision", "citation precision", "citations that agree with a gold span"),
    Measure(
        "citation_recall",
        "citation recall",
        "sentences whose words and figures stand in what they cite (ALCE; judged by words)",
    ),
    Measure("sources_met", "sources met", "answers that cite as many articles as a full one does"),
    Measure("declines", "declines", "unanswerable questions that are declined"),
    Measure("refuses", "refuses", "answerable questions that are declined", higher_is_better=False),
    Measure("length", "length", "characters of an answer", higher_is_better=False),
    Measure("quote_exact", "quote exact", "quotes that re-slice from their document"),
    Measure("correct", "correct", "right answers and right refusals together"),
)

RETRIEVAL = (
    Measure("ndcg@10", "nDCG@10", "gold spans found early, of all there are"),
    Measure("recall@1", "Recall@1", "gold spans held by the first passage"),
    Measure("recall@3", "Recall@3", "gold spans held by the first 3 passages"),
    Measure("recall@5", "Recall@5", "gold spans held by the first 5 passages"),
    Measure("recall@10", "Recall@10", "gold spans held by the first 10 passages"),
    Measure("mrr@10", "MRR@10", "one over the rank of the first passage that holds a gold span"),
    Measure("p@5", "P@5", "of the first 5 passages, those that hold a gold span not yet seen"),
    *(
        Measure(f"context@{cut}", f"context {cut}", f"gold spans in the first {cut} characters")
        for cut in CUTS
    ),
    *(
        Measure(
            f"any@{cut}",
            f"any in {cut}",
            f"questions with at least one gold span in the first {cut} characters",
        )
        for cut in CUTS
    ),
    Measure(
        "words@2000",
        "words in 2000",
        "content words and figures of the document's own answer in the first 2000 characters",
    ),
)

MEASURES = {measure.name: measure for measure in (*ANSWERS, *RETRIEVAL)}
