"""How well sentences are checked: `python -m eval.verify_study [--scorer FOLDER | --no-scorer]`.

Measures `assistant.verify` on other people's judgements (WiCE, BEGIN), on sentences written fluently
from the bundled articles, right and wrong, and on answers that a writer corrupts on purpose. Beside
it stand two baselines: the length of the sentence alone, and the share of its words found. With
`--fit` it fits the check's weights on WiCE and BEGIN and shows them; our own sentences are never
fitted on. Whatever is fitted to be compared is fitted on the half that it isn't scored on.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from random import Random

import numpy as np
from sklearn.linear_model import LogisticRegression

from assistant.answer import Outcome
from assistant.assistant import Assistant
from assistant.citations import Written, parse_stream
from assistant.models.extractive import Extractive
from assistant.prompts import FollowUp, Prompt
from assistant.scorer import SHIPPED, load_scorer
from assistant.verify import (
    Lexicon,
    Shown,
    SupportScorer,
    SupportWeights,
    Verifier,
    estimate_support,
    find_wrong_facts,
    measure_support,
    share_found,
)
from eval.dataset import load_questions
from eval.scorer.wording import swap_figure
from index.store import Index, Library
from ingest.document import Block, Document, Kind
from ingest.spans import split_spans
from ingest.words import words

DATASETS = Path("../shared/datasets")
QUESTIONS = Path(__file__).parent / "data" / "questions.jsonl"
FLUENT = Path(__file__).parent / "data" / "fluent.jsonl"
SEED = 7


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence, the spans it is held against, and whether people say that they bear it out."""

    id: str
    text: str
    spans: tuple[Shown, ...]
    supported: bool


def read_claims(path: Path, yes: str, evidence: str) -> list[Claim]:
    """Read a file of judged sentences; `evidence` names the field that holds the passages."""
    claims = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        texts = row[evidence] if isinstance(row[evidence], list) else [row[evidence]]
        claims.append(Claim(row["_id"], row["response"], show_texts(texts), row["label"] == yes))
    return claims


def show_texts(texts: Sequence[str]) -> tuple[Shown, ...]:
    """Make a document of texts, a paragraph each, and return its spans."""
    text, blocks = "", []
    for one in texts:
        plain = " ".join(one.split())
        if plain:
            blocks.append(Block(Kind.PARAGRAPH, len(text), len(text) + len(plain)))
            text += plain + "\n"
    document = Document("study", "", text, tuple(blocks), "study.txt", "0" * 64)
    return tuple(Shown(document, span) for span in split_spans(document))


def read_fluent(index: Index) -> list[Claim]:
    """Read the fluent sentences, right and wrong, with the spans of the articles they rest on."""
    documents = {summary.source: index.read(summary.id) for summary in index.documents()}
    claims = []
    for number, line in enumerate(FLUENT.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        document = documents[row["source"]]
        spans = tuple(_locate(document, quote) for quote in row["quotes"])
        claims.append(Claim(f"good-{number}", row["good"], spans, supported=True))
        claims.append(Claim(f"bad-{number}", row["bad"], spans, supported=False))
    return claims


def _locate(document: Document, quote: str) -> Shown:
    at = document.text.index(quote)
    return next(
        Shown(document, span) for span in split_spans(document) if span.start <= at < span.end
    )


# ---- other people's judgements


def balanced_accuracy(truth: Sequence[bool], said: Sequence[bool]) -> float:
    """Return the mean of the shares of yes and of no that were said rightly."""
    rates = []
    for wanted in (True, False):
        own = [s == t for t, s in zip(truth, said, strict=True) if t is wanted]
        rates.append(sum(own) / len(own) if own else 1.0)
    return sum(rates) / 2


def cross_fit(claims: Sequence[Claim], values: Sequence[float]) -> list[bool]:
    """Say yes above a threshold, or below it, that is best on the other half of the claims."""
    halves = _halves(claims)
    said = [False] * len(claims)
    for half in (0, 1):
        fit = [at for at, own in enumerate(halves) if own != half]
        sign, threshold = _best_cut(
            [values[at] for at in fit], [claims[at].supported for at in fit]
        )
        for at, own in enumerate(halves):
            if own == half:
                said[at] = sign * values[at] >= threshold
    return said


def _halves(claims: Sequence[Claim]) -> list[int]:
    return [int(sha256(claim.id.encode()).hexdigest(), 16) % 2 for claim in claims]


def _cross_fit_check(
    claims: Sequence[Claim], scorer: SupportScorer | None, facts: Sequence[bool]
) -> list[bool]:
    halves = _halves(claims)
    weights = {
        half: fit_weights([c for c, own in zip(claims, halves, strict=True) if own != half], scorer)
        for half in (0, 1)
    }
    return [
        right and weights[half].weigh(*measure_support(claim.text, claim.spans, scorer)) >= 0.5
        for claim, half, right in zip(claims, halves, facts, strict=True)
    ]


def fit_weights(claims: Sequence[Claim], scorer: SupportScorer | None) -> SupportWeights:
    """Fit the weights of support on the claims whose figures and names hold."""
    held = [claim for claim in claims if not find_wrong_facts(claim.text, claim.spans)]
    signals = np.array([measure_support(claim.text, claim.spans, scorer) for claim in held])
    columns = signals[:, :1] if scorer is None else signals
    model = LogisticRegression(class_weight="balanced", C=10)
    model.fit(columns, [claim.supported for claim in held])
    fitted = [float(value) for value in (*model.intercept_, *model.coef_[0])]
    return SupportWeights(*(round(value, 2) for value in fitted))


def _best_cut(values: Sequence[float], truth: Sequence[bool]) -> tuple[int, float]:
    best = (0.0, 1, 0.0)
    for sign in (1, -1):
        for threshold in np.quantile([sign * value for value in values], np.linspace(0, 1, 41)):
            said = [sign * value >= threshold for value in values]
            best = max(best, (balanced_accuracy(truth, said), sign, float(threshold)))
    return best[1], best[2]


def measure_claims(claims: Sequence[Claim], scorer: SupportScorer | None) -> dict[str, float]:
    """Return the balanced accuracy of the check and of the baselines."""
    truth = [claim.supported for claim in claims]
    length = [float(len(claim.text)) for claim in claims]
    share = [_share(claim) for claim in claims]
    support = [estimate_support(claim.text, claim.spans, scorer) for claim in claims]
    facts = [not find_wrong_facts(claim.text, claim.spans) for claim in claims]
    refitted = _cross_fit_check(claims, scorer, facts)
    checked = [right and p >= 0.5 for p, right in zip(support, facts, strict=True)]
    return {
        "claims": float(len(claims)),
        "length alone": balanced_accuracy(truth, cross_fit(claims, length)),
        "share of words": balanced_accuracy(truth, cross_fit(claims, share)),
        "figures and names": balanced_accuracy(truth, facts),
        "the check": balanced_accuracy(truth, checked),
        "the check, fitted on the other half": balanced_accuracy(truth, refitted),
    }


def _share(claim: Claim) -> float:
    return share_found(
        Lexicon(claim.text), Lexicon("\n".join(shown.context for shown in claim.spans))
    )


# ---- a writer that corrupts answers


@dataclass(frozen=True, slots=True)
class Task:
    """A prompt, and the good sentences that the extractive writer makes of it."""

    prompt: Prompt
    sentences: tuple[Written, ...]


class _Recorder:
    """The extractive writer, which keeps the prompts it is given."""

    name = "recorder"

    def __init__(self) -> None:
        self.prompts: list[Prompt] = []

    def stream(self, prompt: Prompt | FollowUp, /) -> Iterator[str]:
        if isinstance(prompt, Prompt):
            self.prompts.append(prompt)
        yield from Extractive().stream(prompt)


def record_tasks(library: Library, count: int | None = None) -> list[Task]:
    """Answer the development questions, or the first `count`; keep what their writer was given."""
    recorder = _Recorder()
    assistant = Assistant(library, {"recorder": recorder}, "recorder")
    for question in load_questions(QUESTIONS, split="dev")[:count]:
        if question.expected.outcome is not Outcome.NOT_IN_ARTICLES:
            assistant.answer(question.text, question.history)
    return [
        Task(prompt, tuple(parse_stream(Extractive().stream(prompt))))
        for prompt in recorder.prompts
    ]


Corruption = Callable[[Written, Task, Random], Written | None]


def swap_figures(good: Written, _task: Task, rng: Random) -> Written | None:
    """Change one figure of a sentence."""
    text = swap_figure(good.text, rng)
    return None if text is None else Written(text, good.numbers, good.form)


def swap_citation(good: Written, task: Task, rng: Random) -> Written | None:
    """Cite another span that was shown; not one that holds the sentence, or leads it in."""
    spans = [Shown(document, span) for document, span in task.prompt.spans()]
    said = " ".join(words(good.text))
    others = [
        number
        for number, shown in enumerate(spans, start=1)
        if number not in good.numbers and said not in " ".join(words(shown.context))
    ]
    says_much = len(good.text.split()) > 2  # "Yes." may rest on any span
    return Written(good.text, (rng.choice(others),), good.form) if others and says_much else None


def invent(sentences: Sequence[str]) -> Corruption:
    """Make a corruption that says a sentence of other articles, with a span of these cited."""

    def say(good: Written, _task: Task, rng: Random) -> Written | None:
        return Written(rng.choice(sentences), good.numbers, good.form) if sentences else None

    return say


def read_inventions() -> list[str]:
    """Read sentences of real articles on like subjects, which ours don't say."""
    folder = DATASETS / "markdown"
    found = []
    for path in sorted(folder.rglob("*.md"))[:30]:
        shown = show_texts([path.read_text(encoding="utf-8", errors="replace")])
        quotes = [one.quote for one in shown]
        found += [q for q in quotes if 50 < len(q) < 200 and q[0].isupper() and q.endswith(".")]
    return found


def read_injections() -> list[str]:
    """Read orders of the kind that hide in documents: a writer that obeys says such things."""
    path = DATASETS / "hostile" / "prompt_injections.jsonl"
    if not path.exists():
        return []
    rows = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    return [" ".join(row.split())[:300] for row in rows]


def measure_corruption(tasks: Sequence[Task], scorer: SupportScorer | None) -> dict[str, float]:
    """Return the share caught of each corruption, the share of good sentences marked, and times."""
    rng = Random(SEED)  # noqa: S311  # repeatable, not secret
    kinds: dict[str, Corruption] = {
        "figure swapped": swap_figures,
        "citation swapped": swap_citation,
        "sentence invented": invent(read_inventions()),
        "injection obeyed": invent(read_injections()),
    }
    caught: dict[str, list[bool]] = {kind: [] for kind in kinds}
    marked: list[bool] = []
    took: list[float] = []
    for task in tasks:
        verifier = Verifier(task.prompt.spans(), scorer)
        for good in task.sentences:
            marked.append(not verifier.judge(good.text, good.numbers).supported)
            for kind, corrupt in kinds.items():
                bad = corrupt(good, task, rng)
                if bad is not None:
                    start = time.perf_counter()
                    caught[kind].append(not verifier.judge(bad.text, bad.numbers).supported)
                    took.append((time.perf_counter() - start) * 1000)
    every = [one for found in caught.values() for one in found]
    shares = {kind: float(np.mean(found)) for kind, found in caught.items() if found}
    counts = {f"{kind}, tried": float(len(found)) for kind, found in caught.items()}
    return {
        **shares,
        "all caught": float(np.mean(every)),
        "good sentences marked": float(np.mean(marked)),
        "good sentences": float(len(marked)),
        **counts,
        "ms a sentence, p50": float(np.percentile(took, 50)),
        "ms a sentence, p99": float(np.percentile(took, 99)),
    }


def measure_fluent(claims: Sequence[Claim], scorer: SupportScorer | None) -> dict[str, float]:
    """Return how many of the fluent sentences that are right are marked, and of the wrong caught."""
    marked = {True: 0, False: 0}
    for claim in claims:
        shown = [(one.document, one.span) for one in claim.spans]
        numbers = tuple(range(1, len(shown) + 1))
        judged = Verifier(shown, scorer).judge(claim.text, numbers)
        marked[claim.supported] += not judged.supported
    half = len(claims) / 2
    return {"wrong caught": marked[False] / half, "right marked": marked[True] / half}


def main() -> None:
    """Measure and print; the data sets that are absent are said to be."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--index", type=Path, required=True, help="an index of the bundled corpus")
    parser.add_argument("--scorer", type=Path, default=SHIPPED)
    parser.add_argument("--no-scorer", action="store_true")
    parser.add_argument("--fit", action="store_true", help="fit the weights, and show them")
    options = parser.parse_args()
    scorer = None if options.no_scorer else load_scorer(options.scorer)
    library = Library(options.index)
    sets = {
        "wice": (DATASETS / "wice" / "claim_oracle.dev.jsonl", "supported", "context_sentences"),
        "begin": (DATASETS / "begin" / "wow.dev.jsonl", "Fully attributable", "context"),
    }
    judged = {name: read_claims(*where) for name, where in sets.items() if where[0].exists()}
    for name in sets.keys() - judged.keys():
        sys.stdout.write(f"{name}: skipped, {sets[name][0]} is absent\n")
    if options.fit:
        every = [claim for claims in judged.values() for claim in claims]
        sys.stdout.write(f"{fit_weights(every, scorer)}\n")
    for name, claims in judged.items():
        _show(name, measure_claims(claims, scorer))
    _show("fluent", measure_fluent(read_fluent(library.current()), scorer))
    _show("corrupted", measure_corruption(record_tasks(library), scorer))


def _show(name: str, figures: dict[str, float]) -> None:
    for figure, value in figures.items():
        sys.stdout.write(f"{name:10} {figure:36} {value:.3f}\n")


if __name__ == "__main__":
    main()
