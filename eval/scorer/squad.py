"""Pairs from SQuAD: real questions beside the sentences of real paragraphs.

Knows the two files of `squad/` and which sentence holds an answer. Knows nothing of training. The
unanswerable questions of SQuAD 2.0 are the precious part: a sentence about the right thing that
does not say what was asked.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from random import Random

from eval.scorer.pair import Head, Pair, describe, is_held_out
from eval.scorer.rivals import Vectors, order_by_likeness
from eval.scorer.wording import names, negate, reword, shorten, swap_figure, swap_name
from ingest.sentences import split_sentences

RIVALS = 6
"""Wrong sentences kept for a question, of which each round shows some."""

HELD_OUT = 0.25
"""Share of titles kept for the figures: about nine of SQuAD 2.0's 35."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, its paragraph, and the paragraph's sentences that hold an answer.

    `rivals` are the sentences of its whole title that are most like it and hold no answer.
    """

    text: str
    title: str
    paragraph: str
    sentences: tuple[str, ...]
    answering: frozenset[int]
    answers: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()


def read_questions(folder: Path) -> tuple[Question, ...]:
    """Read SQuAD 2.0 and the rest of SQuAD 1.1, each question once."""
    found: dict[str, Question] = {}
    for name in ("squad2-dev.jsonl", "squad11-dev.jsonl"):
        for question in read_questions_of(folder / name):
            found.setdefault(f"{question.paragraph} {question.text}", question)
    return tuple(found.values())


def read_questions_of(path: Path) -> tuple[Question, ...]:
    """Read the questions of one file."""
    return tuple(_read(json.loads(line)) for line in path.read_text("utf-8").splitlines())


def is_kept_apart(title: str) -> bool:
    """Say whether a title is held out from fitting."""
    return is_held_out(title.removeprefix("squad "), HELD_OUT)


def is_title(group: str) -> bool:
    """Say whether a pair's group is a title of SQuAD."""
    return group.startswith("squad ")


def topic(title: str) -> str:
    """Write a title as a heading."""
    return title.removeprefix("squad ").replace("_", " ")


def _read(raw: Mapping[str, object]) -> Question:
    context = str(raw["context"])
    sentences = tuple(context[start:end] for start, end in split_sentences(context))
    answers = [str(answer) for answer in raw["answers"]]  # type: ignore[attr-defined]
    title = f"squad {raw['title']}"
    text = " ".join(str(raw["question"]).split())
    answering = _answering(text, sentences, answers) if raw["answerable"] else frozenset()
    return Question(text, title, context[:80], sentences, answering, tuple(answers))


def _answering(question: str, sentences: tuple[str, ...], answers: list[str]) -> frozenset[int]:
    """Return the sentence with an answer; of several, those that share most words with the question."""
    holding = [at for at, one in enumerate(sentences) if any(a in one for a in answers)]
    if len(holding) < 2:
        return frozenset(holding)
    shared = {at: overlap(question, sentences[at]) for at in holding}
    best = max(shared.values())
    return frozenset(at for at in holding if shared[at] >= best)


def overlap(one: str, two: str) -> float:
    """Share of the longer words of one text that the other has."""
    words = {word for word in one.lower().strip("?.").split() if len(word) > 3}
    return len(words & set(two.lower().strip(".").split())) / max(len(words), 1)


def find_rivals(questions: Sequence[Question], vectors: Vectors) -> tuple[Question, ...]:
    """Give each question its rivals, nearest first."""
    titles: dict[str, list[Question]] = {}
    for question in questions:
        titles.setdefault(question.title, []).append(question)
    return tuple(one for asked in titles.values() for one in _with_rivals(asked, vectors))


def _with_rivals(asked: Sequence[Question], vectors: Vectors) -> Iterator[Question]:
    """Find the rivals of one title's questions; what shares the answer's words is no rival."""
    sentences = list(dict.fromkeys(text for one in asked for text in one.sentences))
    order = order_by_likeness(vectors, [one.text for one in asked], sentences)
    for question, places in zip(asked, order, strict=True):
        near = (sentences[at] for at in places[: 4 * RIVALS])
        wrong = (one for one in near if not any(answer in one for answer in question.answers))
        yield replace(question, rivals=tuple(islice(wrong, RIVALS)))


def answer_pairs(questions: tuple[Question, ...], rng: Random) -> Iterator[Pair]:
    """Yield each question with its sentence, the nearest wrong one and sometimes another."""
    for question in questions:
        title = topic(question.title)
        headings = (title,) if rng.random() < 0.5 else ()
        asked = reword(question.text, rng) if rng.random() < 0.3 else question.text
        for label, kind, sentence in _choose(question, rng):
            passage = describe(headings, sentence)
            yield Pair(Head.ANSWERS, asked, passage, label, kind, question.title)
        yield from _near_miss(question, headings, rng)


def _choose(question: Question, rng: Random) -> Iterator[tuple[bool, str, str]]:
    right = sorted(question.answering)
    wrong = [at for at in range(len(question.sentences)) if at not in question.answering]
    wrong.sort(key=lambda at: (-overlap(question.text, question.sentences[at]), at))
    if right:
        yield True, "sentence", question.sentences[rng.choice(right)]
        if wrong and rng.random() < 0.6:
            pick = wrong[0] if rng.random() < 0.6 else rng.choice(wrong)
            yield False, "neighbour", question.sentences[pick]
    else:
        for at in wrong[:1] if rng.random() < 0.6 else wrong[:2]:
            yield False, "unanswerable", question.sentences[at]
    for rival in rng.sample(question.rivals, k=min(2 if right else 1, len(question.rivals))):
        yield False, "rival", rival


def _near_miss(question: Question, headings: tuple[str, ...], rng: Random) -> Iterator[Pair]:
    if not question.answering or rng.random() > 0.35:
        return
    sentence = question.sentences[min(question.answering)]
    others = [name for one in question.sentences for name in names(one) if name not in sentence]
    other = swap_figure(question.text, rng) or swap_name(question.text, others, rng)
    if other is not None:
        passage = describe(headings, sentence)
        yield Pair(Head.ANSWERS, other, passage, label=False, kind="swapped", group=question.title)


def statement_pairs(questions: tuple[Question, ...], rng: Random) -> Iterator[Pair]:
    """Yield sentences as statements: against themselves, changed in one thing, or a neighbour."""
    paragraphs = {question.paragraph: question for question in questions}
    for question in paragraphs.values():
        sentences = [one for one in question.sentences if len(one.split()) > 5]
        if len(sentences) < 2:
            continue
        for sentence in rng.sample(sentences, k=min(2, len(sentences))):
            yield from _statements(question.title, sentence, sentences, rng)


def _statements(title: str, sentence: str, sentences: list[str], rng: Random) -> Iterator[Pair]:
    neighbour = rng.choice([one for one in sentences if one != sentence] or [sentence])
    headings = (topic(title),) if rng.random() < 0.5 else ()
    passage = describe(headings, sentence)
    if rng.random() < 0.3:
        passage = describe(headings, " ".join(rng.sample([sentence, neighbour], k=2)))
    said = shorten(sentence) or sentence
    yield Pair(Head.SUPPORTS, said, passage, label=True, kind="same words", group=title)
    others = [name for one in sentences for name in names(one)]
    changed = {
        "figure": swap_figure(said, rng),
        "name": swap_name(said, others, rng),
        "negation": negate(said, rng),
    }
    kinds = [kind for kind, text in changed.items() if text]
    for kind in rng.sample(kinds, k=min(2, len(kinds))):
        text = changed[kind] or ""
        yield Pair(Head.SUPPORTS, text, passage, label=False, kind=kind, group=title)
    if rng.random() < 0.4 and neighbour != sentence:
        alone = describe(headings, sentence)
        yield Pair(Head.SUPPORTS, neighbour, alone, label=False, kind="neighbour", group=title)
