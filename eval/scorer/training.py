"""One pass of a network over the pairs, within a given time, on as many cores as there are.

Knows batches, the loss, the schedule and how workers share what they learn. Knows nothing of where
pairs come from or of export.

Each worker is a process with one thread that fits its own share of the pairs; every few steps all
take the mean of their weights (local SGD: Stich 2019). Beside other work this uses a machine better
than threads do, which wait for one another inside every product of matrices: 17 against 38 pairs a
second were measured on two busy cores.
"""

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby, islice
from math import nan
from pathlib import Path
from random import Random
from threading import Barrier, BrokenBarrierError

import torch
from torch import Tensor, multiprocessing
from torch.nn.functional import binary_cross_entropy_with_logits
from torch.nn.utils import clip_grad_norm_, parameters_to_vector, vector_to_parameters
from transformers import PreTrainedTokenizerBase

from eval.scorer.network import MAX_TOKENS, PairNetwork, start_network
from eval.scorer.pair import Head, Pair

WORKERS = 2
BATCH = 16
POOL = 64
"""Batches that are sorted by length together: little padding, and still a fresh mix each time."""

SYNC_STEPS = 10
LEARNING_RATE = 1e-4
WARM_UP = 0.05
CHECKPOINT_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Batch:
    """Encoded pairs with heads, labels, questions' numbers and ratings, all of shape (pairs, ...).

    A pair that no teacher has rated has NaN for its rating; those of one question are rated all or
    none.
    """

    inputs: dict[str, Tensor]
    heads: Tensor
    labels: Tensor
    asked: Tensor
    ratings: Tensor


@dataclass(frozen=True, slots=True)
class Plan:
    """What every worker is told: how long to train, from which weights, and where to keep them."""

    checkpoint: Path
    seconds: float
    seed: int
    steps: int
    encoder: Path | None
    learning_rate: float


def train(
    pairs: Sequence[Pair],
    checkpoint: Path,
    *,
    seconds: float,
    seed: int,
    encoder: Path | None = None,
    learning_rate: float = LEARNING_RATE,
) -> None:
    """Fit for one pass or until the time is up, whichever is first.

    Starts from the weights in `checkpoint` if there are any, else from the sentence encoder (the
    installed one, or that in the folder `encoder`), and leaves the fitted ones there, every five
    minutes and at the end. The learning rate follows whichever of pass and time is further on, so
    that it has come down when training stops.
    """
    network, _ = start_network(encoder)
    size = sum(one.numel() for one in network.parameters() if one.requires_grad)
    weights = _shared(torch.zeros(WORKERS, size))
    going_on = _shared(torch.ones(1))
    context = multiprocessing.get_context("spawn")
    meet = context.Barrier(WORKERS)
    steps = len(pairs) // (BATCH * WORKERS)
    plan = Plan(checkpoint, seconds, seed, steps, encoder, learning_rate)
    asked = gather(pairs)
    shares = [[pair for one in asked[rank::WORKERS] for pair in one] for rank in range(WORKERS)]
    processes = [
        context.Process(
            target=_work, args=(rank, shares[rank], plan, weights, going_on, meet), daemon=True
        )
        for rank in range(WORKERS)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    if any(process.exitcode for process in processes):
        raise RuntimeError("a training worker ended early; its message stands above")


def load_weights(network: PairNetwork, checkpoint: Path) -> None:
    """Put the weights of a checkpoint into a network."""
    network.load_state_dict(torch.load(checkpoint, weights_only=True))


def batches(
    tokenizer: PreTrainedTokenizerBase, pairs: Sequence[Pair], seed: int
) -> Iterator[Batch]:
    """Yield batches of pairs of like length, in an order that a seed decides.

    Pairs that follow one another and ask the same stay together, so that they can be compared.
    """
    rng, rest = Random(seed), iter(gather(pairs))  # noqa: S311 - an order, no secret
    while pool := list(islice(rest, BATCH * POOL // 2)):
        pool.sort(key=lambda asked: max(len(one.text) + len(one.passage) for one in asked))
        cut: list[list[Pair]] = [[]]
        for asked in pool:
            if len(cut[-1]) >= BATCH:
                cut.append([])
            cut[-1] += asked
        rng.shuffle(cut)
        yield from (encode(tokenizer, one) for one in cut)


def gather(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """Gather neighbours that ask the same of one text."""
    same = groupby(pairs, key=lambda pair: (pair.head, pair.group, pair.text))
    return [list(members) for _, members in same]


def encode(tokenizer: PreTrainedTokenizerBase, pairs: Sequence[Pair]) -> Batch:
    """Tokenize pairs together; the longer text is cut where both are too long."""
    order = list(Head)
    inputs = tokenizer(
        [pair.text for pair in pairs],
        [pair.passage for pair in pairs],
        padding=True,
        truncation="longest_first",
        max_length=MAX_TOKENS,
        return_tensors="pt",
    )
    heads = torch.tensor([order.index(pair.head) for pair in pairs])
    labels = torch.tensor([float(pair.label) for pair in pairs])
    counted = [[number] * len(one) for number, one in enumerate(gather(pairs))]
    asked = torch.tensor([number for numbers in counted for number in numbers])
    ratings = torch.tensor([nan if pair.rating is None else pair.rating for pair in pairs])
    return Batch(dict(inputs), heads, labels, asked, ratings)


def loss_of(logits: Tensor, batch: Batch) -> Tensor:
    """Measure how wrong each logit is, and each question's choice among its passages.

    The first part (cross-entropy of each label) makes probabilities; the second (the share of the
    right passages among a question's, contrasted with its own rivals: Gao, Dai, Callan 2021) makes
    an order. A question without a right and a wrong passage has nothing to choose. Where a teacher
    has rated, its probability counts half of a label, and its shares of the passages are learned
    beside the choice (Hinton, Vinyals, Dean 2015; of lists: Cao et al. 2007).
    """
    rated = ~batch.ratings.isnan()
    taught = (batch.labels + batch.ratings.nan_to_num().sigmoid()) / 2
    each = binary_cross_entropy_with_logits(logits, torch.where(rated, taught, batch.labels))
    member = batch.asked[None, :] == torch.arange(int(batch.asked[-1]) + 1)[:, None]
    right = member & (batch.labels > 0)
    open_to_choice = right.any(1) & (member & ~right).any(1)
    loss = each
    if open_to_choice.any():
        among = _spread(logits, member[open_to_choice]).logsumexp(1)
        chosen = _spread(logits, right[open_to_choice]).logsumexp(1)
        loss = loss + (among - chosen).mean()
    taught_order = (member & rated).any(1)
    if taught_order.any():
        loss = loss + _order_loss(logits, batch.ratings, member[taught_order])
    return loss


def _order_loss(logits: Tensor, ratings: Tensor, member: Tensor) -> Tensor:
    """Measure the cross-entropy between a teacher's shares of each question's passages and ours."""
    wanted = _spread(ratings, member).softmax(1)
    given = _spread(logits, member).log_softmax(1).masked_fill(~member, 0.0)
    return -(wanted * given).sum(1).mean()


def _spread(logits: Tensor, member: Tensor) -> Tensor:
    """Write each question's logits in a row of its own: (questions, pairs), -inf for the others'."""
    return logits.expand(len(member), -1).masked_fill(~member, -torch.inf)


def _work(
    rank: int, pairs: list[Pair], plan: Plan, weights: Tensor, going_on: Tensor, meet: Barrier
) -> None:
    """Fit one worker's share, meeting the others every few steps, until the first one is through."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(1)
    torch.manual_seed(plan.seed + rank)
    network, tokenizer = start_network(plan.encoder)
    if plan.checkpoint.exists():
        load_weights(network, plan.checkpoint)
    network.train()
    network.encoder.set_attn_implementation("eager")  # fused, going back took 40 % of a step
    with suppress(BrokenBarrierError):  # another worker's share was the smaller one
        _pass_over(batches(tokenizer, pairs, plan.seed + rank), network, rank, plan,
                   _Meeting(weights, going_on, meet))  # fmt: skip
        meet.abort()
    if rank == 0:
        torch.save(network.state_dict(), plan.checkpoint)


@dataclass(frozen=True, slots=True)
class _Meeting:
    """Where workers meet: a row of weights for each, and whether there is another round."""

    weights: Tensor
    going_on: Tensor
    barrier: Barrier


def _pass_over(
    shown: Iterator[Batch], network: PairNetwork, rank: int, plan: Plan, meeting: _Meeting
) -> None:
    optimizer = _optimizer(network)
    started, saved, loss = time.monotonic(), time.monotonic(), 0.0
    for step, batch in enumerate(shown, start=1):
        progress = max(step / plan.steps, (time.monotonic() - started) / plan.seconds)
        for group in optimizer.param_groups:
            group["lr"] = plan.learning_rate * group["share"] * _rate(progress)
        loss = 0.98 * loss + 0.02 * _step(network, optimizer, batch)
        if step % SYNC_STEPS:
            continue
        _meet(network, rank, meeting.weights, meeting.barrier)
        if rank == 0:
            mean = loss / (1 - 0.98**step)
            logging.info("step %d of %d, %.2f done, loss %.4f", step, plan.steps, progress, mean)
            if time.monotonic() - saved > CHECKPOINT_SECONDS:
                torch.save(network.state_dict(), plan.checkpoint)
                saved = time.monotonic()
            meeting.going_on[0] = float(progress < 1)
        meeting.barrier.wait()
        if not meeting.going_on[0]:
            break


def _shared(tensor: Tensor) -> Tensor:
    tensor.share_memory_()  # type: ignore[no-untyped-call]
    return tensor


def _meet(network: PairNetwork, rank: int, weights: Tensor, meet: Barrier) -> None:
    """Give every worker the mean of all workers' weights."""
    fitted = [one for one in network.parameters() if one.requires_grad]
    with torch.no_grad():
        weights[rank] = parameters_to_vector(fitted)
        meet.wait()
        vector_to_parameters(weights.mean(0), fitted)


def _step(network: PairNetwork, optimizer: torch.optim.Optimizer, batch: Batch) -> float:
    with torch.autocast("cpu", torch.bfloat16):  # twice as fast as float32, weights stay float32
        logits = network(**batch.inputs).float().gather(1, batch.heads[:, None])[:, 0]
    loss = loss_of(logits, batch)
    torch.autograd.backward(loss)
    clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return float(loss.detach())


def _optimizer(network: PairNetwork) -> torch.optim.Optimizer:
    """AdamW; the new heads learn ten times faster than the encoder that has learned already.

    Each step sets its own learning rate.
    """
    body = [one for one in network.encoder.parameters() if one.requires_grad]
    groups = [
        {"params": body, "share": 1.0},
        {"params": list(network.heads.parameters()), "share": 10.0},
    ]
    return torch.optim.AdamW(groups, weight_decay=0.01, fused=True)


def _rate(progress: float) -> float:
    """Linear warm-up, then linearly down to nothing."""
    if progress < WARM_UP:
        return progress / WARM_UP
    return max(0.0, 1 - progress) / (1 - WARM_UP)
