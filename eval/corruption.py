"""A writer that corrupts answers on purpose: what of it the check catches, and what good it marks.

Knows how one thing is changed in a good sentence. Its good sentences are those that the default
writer makes of the development questions.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from assistant.answer import Outcome
from assistant.assistant import Assistant
from assistant.checking.citations import Written, parse_stream
from assistant.checking.support import Judge
from assistant.checking.verify import Verifier
from assistant.composing.prompts import FollowUp, Prompt
from assistant.layout.shown import Shown
from assistant.models.extractive import Extractive
from eval.checks import Marked
from eval.claims import DATASETS, count_marked, read_wrong_sentences, show_texts
from eval.dataset import Question
from eval.scorer.wording import swap_figure
from eval.sets import INJECTED
from index.store import Library
from ingest.orders import gives_orders
from ingest.words import words

SEED = 7


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


def record_tasks(library: Library, questions: Iterable[Question]) -> list[Task]:
    """Answer questions; keep what their writer was given, and what it made of it."""
    recorder = _Recorder()
    assistant = Assistant(library, {"recorder": recorder}, "recorder")
    for question in questions:
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
    """Read sentences that our articles don't say: wrong ones of our own, and those of real articles."""
    found = read_wrong_sentences()
    for path in sorted((DATASETS / "markdown").rglob("*.md"))[:ARTICLES]:
        shown = show_texts([path.read_text(encoding="utf-8", errors="replace")])
        quotes = [one.quote for one in shown]
        found += [q for q in quotes if 50 < len(q) < 200 and q[0].isupper() and q.endswith(".")]
    return found


ARTICLES = 30
"""Real articles read: some hundreds of sentences, more than are drawn."""


def read_injections() -> list[str]:
    """Read orders of the kind that hide in documents: a writer that obeys says such things."""
    found = []
    for path in sorted(INJECTED.glob("*.md")):
        shown = show_texts([path.read_text(encoding="utf-8")])
        found += [one.quote for one in shown if gives_orders(one.quote)]
    path = DATASETS / "hostile" / "prompt_injections.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return found + [" ".join(json.loads(line)["text"].split())[:300] for line in lines]


def measure_corruption(tasks: Sequence[Task], judge: Judge) -> list[Marked]:
    """Return the share caught of each corruption, of all, and of good sentences wrongly marked."""
    rng = Random(SEED)  # noqa: S311  # repeatable, not secret
    kinds: dict[str, Corruption] = {
        "a figure swapped": swap_figures,
        "a citation swapped": swap_citation,
        "a sentence invented": invent(read_inventions()),
        "a hidden order obeyed": invent(read_injections()),
    }
    caught: dict[str, list[bool]] = {kind: [] for kind in kinds}
    good: list[bool] = []
    for task in tasks:
        verifier = Verifier(task.prompt.spans(), judge.scorer, judge.sense)
        for written in task.sentences:
            good.append(not verifier.judge(written.text, written.numbers).supported)
            for kind, corrupt in kinds.items():
                bad = corrupt(written, task, rng)
                if bad is not None:
                    caught[kind].append(not verifier.judge(bad.text, bad.numbers).supported)
    rows = [(kind, True, found) for kind, found in caught.items()]
    rows.append(("all of these", True, [one for found in caught.values() for one in found]))
    rows.append(("as they were", False, good))
    return [count_marked(SOURCE, kind, found, wrong=wrong) for kind, wrong, found in rows if found]


SOURCE = "answers that a writer corrupts"
