"""How fast and how small, beside a plain script: `python -m eval.bench [--corpus DIR]`.

Measures whole programs from outside, as their users meet them: processes by the clock, the server
over HTTP. Knows nothing of their insides. Times hold for the machine they were taken on, which is
why no test asks for them; ratios to the peer, measured in the same run, travel better.
"""

import argparse
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import psutil
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parent.parent
QUESTIONS = (
    "Can I do this without a degree?",
    "How much does it pay?",
    "How long does it take to learn?",
    "Which programming languages should I know?",
    "What does the work consist of?",
    "Is it hard to get a first job?",
    "Which certificates are worth having?",
    "Who is the world champion in chess?",
)
"""Of several kinds, one of them unanswerable. What is measured doesn't depend on the answers."""

COLD_RUNS = 7
WARM_UP = 24
WARM_RUNS = 240
CHECKED = 400
"""Sentences checked: enough that the hundredth part is more than one of them."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table; `target` is the most that `ours` may be, `peer` the same of the peer.

    None where there is no target, or no counterpart in the peer.
    """

    name: str
    unit: str
    ours: float
    target: float | None = None
    peer: float | None = None

    @property
    def is_met(self) -> bool:
        """Whether ours is within the target."""
        return self.target is None or self.ours <= self.target


def measure_all(corpus: Path, say: Callable[[str], None]) -> list[Figure]:
    """Build both indexes of a corpus in a temporary folder and take every figure."""
    with tempfile.TemporaryDirectory() as folder:
        index, peer = Path(folder, "index"), Path(folder, "peer")
        say("building both indexes")
        run_quietly(footnote("ingest", "--corpus", corpus, "--index", index))
        run_quietly(script("build", corpus, peer))
        say("cold starts")
        command = footnote("ask", QUESTIONS[0], "--corpus", corpus, "--index", index)
        ours_cold = time_runs(command, COLD_RUNS)
        peer_cold = time_runs(script("ask", peer, QUESTIONS[0]), COLD_RUNS)
        say("warm requests")
        with serving(corpus, index) as (process, port):
            answers = time_requests(port, "/api/answer", "question")
            searches = time_requests(port, "/api/search", "query")
            resident = resident_bytes(process)
            page = weigh_page(port)
        say("a model that writes at once")
        with serving_model() as url, serving(corpus, index, url) as (_, port):
            written = time_requests(port, "/api/answer/stream", "question", until=FIRST_SENTENCE)
        checks = json.loads(run_quietly(module("bench_checks", index, CHECKED)))
        asked = [QUESTIONS[at % len(QUESTIONS)] for at in range(WARM_UP + WARM_RUNS)]
        warm = json.loads(run_quietly(script("measure", peer, *asked)))
    peers = warm["took"][WARM_UP:]
    return [
        Figure("process start to printed answer, median", "s", ours_cold, 1.0, peer_cold),
        Figure("POST /api/answer, p50", "ms", percentile(answers, 50), 60, percentile(peers, 50)),
        Figure("POST /api/answer, p99", "ms", percentile(answers, 99), 150, percentile(peers, 99)),
        Figure("POST /api/search, p50", "ms", percentile(searches, 50), 10, percentile(peers, 50)),
        Figure("resident memory", "MB", resident / 2**20, 330, warm["rss"] / 2**20),
        Figure("first page with all it loads", "kB", page / 1000, 60),
        Figure(
            "first sentence shown, a model that writes at once, p50", "ms", percentile(written, 50)
        ),
        Figure(
            "first sentence shown, a model that writes at once, p99", "ms", percentile(written, 99)
        ),
        Figure("checking a sentence, p50", "ms", percentile(checks, 50), 15),
        Figure("checking a sentence, p99", "ms", percentile(checks, 99)),
    ]


# ---- the programs


def footnote(*arguments: str | Path) -> list[str]:
    """Make the command line of our own program, as installed."""
    return [str(Path(sys.executable).with_name("footnote")), *map(str, arguments)]


def script(*arguments: str | Path) -> list[str]:
    """Make the command line of the peer."""
    return module("peer", *arguments)


def module(name: str, *arguments: str | Path | int) -> list[str]:
    """Make the command line of a module of this package."""
    return [sys.executable, "-m", f"eval.{name}", *map(str, arguments)]


def run_quietly(command: Sequence[str]) -> str:
    """Run a program to its end and return what it printed; raises where it failed."""
    environment = {**os.environ, "HF_HUB_OFFLINE": "1"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[:3])} failed: {done.stderr.strip()[-500:]}")
    return done.stdout


def time_runs(command: Sequence[str], runs: int) -> float:
    """Return the median seconds of a program's whole run, after one to fill the disk's cache."""
    run_quietly(command)
    took = []
    for _ in range(runs):
        start = time.perf_counter()
        run_quietly(command)
        took.append(time.perf_counter() - start)
    return statistics.median(took)


@contextmanager
def serving(corpus: Path, index: Path, model: str = "") -> Iterator[tuple[psutil.Popen, int]]:
    """Run the server on a free port; yields its process and the port.

    `model` is the address of a model's server that is to write the answers.
    """
    writer = ("--model", "openai:bench", "--model-url", model) if model else ()
    command = footnote("serve", "--port", "0", "--corpus", corpus, "--index", index, *writer)
    with _running(command) as process:
        address = re.search(r"http://127\.0\.0\.1:(\d+)", process.stdout.readline())
        if address is None:
            raise RuntimeError("the server did not start")
        yield process, int(address[1])


@contextmanager
def serving_model() -> Iterator[str]:
    """Run a model that writes at once; yields its address."""
    with _running(module("bench_model")) as process:
        yield process.stdout.readline().strip()


@contextmanager
def _running(command: Sequence[str]) -> Iterator[psutil.Popen]:
    process = psutil.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(10)


FIRST_SENTENCE = b"event: sentence"


def time_requests(port: int, path: str, field: str, until: bytes = b"") -> list[float]:
    """Return the milliseconds of each request, one after the other over one connection.

    With `until`, time runs to the first line of the reply that begins so; a reply without one, as
    where a question is declined, isn't counted.
    """
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    took = []
    for at in range(WARM_UP + WARM_RUNS):
        body = json.dumps({field: QUESTIONS[at % len(QUESTIONS)]})
        start = time.perf_counter()
        connection.request("POST", path, body, {"Content-Type": "application/json"})
        reply = connection.getresponse()
        seen = not until or any(line.startswith(until) for line in reply)
        shown = time.perf_counter()
        reply.read()
        if reply.status != 200:
            raise RuntimeError(f"{path} replied {reply.status}")
        if seen and at >= WARM_UP:
            took.append(1000 * ((shown if until else time.perf_counter()) - start))
    connection.close()
    return took


_LOADED = re.compile(
    r"""(?:(?:href|src)=|\bfrom\s+|\bimport\s*\(?\s*)["']((?:\.{0,2}/)[^"'#?]*\.(?:css|js|svg|png|woff2?))"""
)


def weigh_page(port: int) -> int:
    """Return the bytes of the first page with its style sheets, scripts and pictures, as sent."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    wanted, weights = ["/"], dict[str, int]()
    while wanted:
        path = wanted.pop()
        connection.request("GET", path)
        reply = connection.getresponse()
        body = reply.read()
        if reply.status != 200:
            raise RuntimeError(f"{path} replied {reply.status}")
        weights[path] = len(body)
        found = _LOADED.findall(body.decode("utf-8", "replace")) if path[-4:] != ".png" else []
        wanted += {urljoin(path, name) for name in found} - {*weights, *wanted}
    connection.close()
    return sum(weights.values())


def resident_bytes(process: psutil.Process) -> int:
    """Return the memory that a process and its children hold, in bytes."""
    family = [process, *process.children(recursive=True)]
    return sum(int(one.memory_info().rss) for one in family)


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the smallest value that `percent` of all values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-percent * len(ordered) // 100) - 1)]


# ---- the report


def make_report(figures: Sequence[Figure], corpus: Path) -> Mapping[str, Any]:
    """Return the figures with what they were taken on, ready for JSON."""
    lines = [{**asdict(figure), "is_met": figure.is_met} for figure in figures]
    machine = {"cores": os.cpu_count(), "processor": platform.machine()}
    run = {"python": platform.python_version(), "load": round(os.getloadavg()[0], 1)}
    return {"figures": lines, "corpus": str(corpus), **run, **machine}


def make_table(figures: Sequence[Figure]) -> Table:
    """Return the figures as a table for the terminal."""
    table = Table(title=f"Footnote beside a plain script, {os.cpu_count()} cores")
    for heading in ("", "ours", "target", "plain script", "ratio"):
        table.add_column(heading, justify="left" if not heading else "right")
    for figure in figures:
        target = "" if figure.target is None else f"≤ {figure.target:g} {figure.unit}"
        peer = "" if figure.peer is None else f"{figure.peer:.3g} {figure.unit}"
        ratio = "" if figure.peer is None else f"{figure.ours / figure.peer:.2f}"
        style = None if figure.is_met else "bold red"
        table.add_row(
            figure.name, f"{figure.ours:.3g} {figure.unit}", target, peer, ratio, style=style
        )
    return table


def main(arguments: Sequence[str] | None = None) -> int:
    """Take the figures, print them and write them as JSON; 1 where a target was missed."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--json", type=Path, default=Path("reports/bench.json"))
    options = parser.parse_args(arguments)
    corpus = options.corpus.resolve()
    figures = measure_all(corpus, Console(stderr=True).print)
    options.json.parent.mkdir(parents=True, exist_ok=True)
    report = json.dumps(make_report(figures, options.corpus), indent=2)
    options.json.write_text(f"{report}\n", encoding="utf-8")
    Console().print(make_table(figures))
    busy = os.getloadavg()[0]
    if busy > 1.5 * (os.cpu_count() or 1):  # the benchmark alone keeps one core at work
        Console().print(f"The machine was busy (load {busy:.1f}): trust the ratios, not the times.")
    return 0 if all(figure.is_met for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
