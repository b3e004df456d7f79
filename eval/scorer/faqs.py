"""Pairs from StackFAQ: questions as people put them anew, beside the answers of their thread.

Knows the files of `stackfaq/`. Knows nothing of training. What is precious here is that a person
wrote each paraphrase: it asks for the same thing in other words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from eval.dataset import read_rows
from eval.scorer.pair import Head, Pair, describe, is_held_out
from eval.scorer.rivals import Vectors, order_by_likeness
from eval.scorer.wording import reword
from ingest.sentences import split_sentences

HELD_OUT = 0.2
"""Share of threads kept for the figures: some 25 of 125."""

ANSWER_WORDS = 45
"""Words of an answer shown: its first sentences, as long as a span with its lead-in."""

RIVALS = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """An answer of a thread, under the thread's question."""

    thread: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its thread, and the answers of other threads that are most like it."""

    text: str
    thread: str
    rivals: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Threads:
    """All answers by thread, and all questions that people asked them with."""

    entries: dict[str, tuple[Entry, ...]]
    asked: tuple[Asked, ...]


def read_threads(folder: Path, vectors: Vectors) -> Threads:
    """Read answers, the questions they stand under and people's paraphrases of these."""
    entries: dict[str, list[Entry]] = {}
    threads: dict[str, str] = {}
    for _, row in read_rows(folder / "corpus.jsonl"):
        thread = f"stackfaq {row['thread']}"
        threads[str(row["_id"])] = thread
        text = _first_sentences(" ".join(str(row["text"]).split()))
        entries.setdefault(thread, []).append(Entry(thread, str(row["title"]), text))
    paraphrased = dict(_relevant(folder / "qrels.tsv"))
    texts = {str(row["_id"]): str(row["text"]) for _, row in read_rows(folder / "queries.jsonl")}
    asked = [(text, threads[paraphrased[name]]) for name, text in texts.items()]
    asked += [(found[0].title, thread) for thread, found in entries.items()]
    kept = {thread: tuple(found) for thread, found in entries.items()}
    return Threads(kept, tuple(_find_rivals(asked, kept, vectors)))


def is_kept_apart(thread: str) -> bool:
    """Say whether a thread is held out from fitting."""
    return is_held_out(thread, HELD_OUT)


def faq_pairs(threads: Threads, rng: Random, *, held_out: bool) -> Iterator[Pair]:
    """Yield each question beside an answer of its thread and beside answers of other threads."""
    for asked in threads.asked:
        if is_kept_apart(asked.thread) != held_out:
            continue
        question = reword(asked.text, rng) if rng.random() < 0.3 else asked.text
        right = rng.choice(threads.entries[asked.thread])
        rivals = rng.sample(asked.rivals, k=min(2, len(asked.rivals)))
        titled = rng.random() < 0.7  # else the answer must be known by what it says
        for label, entry in ((True, right), *((False, one) for one in rivals)):
            passage = describe((entry.title,) if titled else (), entry.text)
            kind = "thread" if label else "rival"
            yield Pair(Head.ANSWERS, question, passage, label, kind, asked.thread)


def _find_rivals(
    asked: Sequence[tuple[str, str]], entries: dict[str, tuple[Entry, ...]], vectors: Vectors
) -> Iterator[Asked]:
    pool = [entry for found in entries.values() for entry in found]
    described = [f"{entry.title} {entry.text}" for entry in pool]
    order = order_by_likeness(vectors, [text for text, _ in asked], described)
    for (text, thread), places in zip(asked, order, strict=True):
        fitted = is_kept_apart(thread)
        near = (pool[at] for at in places)
        wrong = [
            one for one in near if one.thread != thread and is_kept_apart(one.thread) == fitted
        ]
        yield Asked(text, thread, tuple(wrong[:RIVALS]))


def _first_sentences(text: str) -> str:
    end = 0
    for start, stop in split_sentences(text):
        if start and len(text[:stop].split()) > ANSWER_WORDS:
            break
        end = stop
    return text[:end]


def _relevant(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.read_text("utf-8").splitlines()[1:]:
        question, entry, score = line.split("\t")
        if int(score) > 0:
            yield question, entry
