"""The command: reads flags and FOOTNOTE_* variables, calls the parts, prints, and sets the status.

The one place that reads the environment, and the only one that knows terminals and exit statuses:
0 fine, 1 a gate or a check fell short, 2 wrong usage or input. Knows nothing of how an index is
built, a question answered or a page made. Imports lazily, so that `ask` starts fast.
"""

import gc
import os
import re
import signal
import sys
import textwrap
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from io import TextIOWrapper
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from assistant.answer import Answer, Citation, Section
    from assistant.assistant import Assistant
    from assistant.models.options import ModelOptions
    from eval.corpus_report import CorpusReport
    from eval.outside import Outside
    from eval.report import Report
    from eval.writers import Watched
    from index.store import Library
    from index.types import BuildSummary, Progress
    from web.admin.seam import Workshop

__version__ = "0.1.0"

FELL_SHORT = 1
WRONG_INPUT = 2
INTERRUPTED = 130
"""What shells expect of a program stopped by Ctrl-C."""

OBJECTS_BETWEEN_COLLECTIONS = 50_000
"""New objects before Python looks for cycles; its own 700 looks hundreds of times while modules are
imported. With this, and none of it at the end, `footnote ask` took 1.11 s in place of 1.40 (median of
six in turn, on a slow day), and an answer of a running server a twentieth less processor time."""

LOG_SECONDS = 60.0
"""Between two lines of a log on work that goes on; a few hundred articles say nothing."""

_BUILD_NEEDS = tuple("sentence_transformers torch onnx markdown_it trafilatura pypdf docx".split())
"""Some of the `ingest` extra's modules: where one is missing, the extra isn't installed."""

app = typer.Typer(
    name="footnote",
    help="Answers from your articles, with a footnote on every sentence.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

measured = typer.Typer(rich_markup_mode=None)
app.add_typer(measured, name="eval")

Corpus = Annotated[
    Path, typer.Option("--corpus", envvar="FOOTNOTE_CORPUS", help="The folder of articles.")
]
IndexFolder = Annotated[
    Path | None,
    typer.Option(
        "--index",
        envvar="FOOTNOTE_INDEX",
        help="Where the index is kept; by default under .footnote/, one for each corpus.",
    ),
]
ModelName = Annotated[
    str | None,
    typer.Option("--model", envvar="FOOTNOTE_MODEL", help="Who writes the answer."),
]
ModelUrl = Annotated[
    str,
    typer.Option(
        "--model-url",
        envvar="OPENAI_BASE_URL",
        help="Where an OpenAI-compatible server is, for openai:NAME; ends in /v1.",
    ),
]
DropUnsupported = Annotated[
    bool,
    typer.Option(
        "--drop-unsupported",
        envvar="FOOTNOTE_DROP_UNSUPPORTED",
        help="Leave out what a model says without support, where else it is marked.",
    ),
]
WholeCorpus = Annotated[
    bool,
    typer.Option(
        "--whole-corpus",
        envvar="FOOTNOTE_WHOLE_CORPUS",
        help="Show a language model every article, if few enough.",
    ),
]
Encoder = Annotated[
    str | None,
    typer.Option(
        "--encoder",
        envvar="FOOTNOTE_ENCODER",
        help="Another sentence-transformers model to embed with; else the index keeps its own.",
    ),
]
Reports = Annotated[
    Path, typer.Option("--reports", envvar="FOOTNOTE_REPORTS", help="Where reports are written.")
]
Host = Annotated[
    str, typer.Option("--host", envvar="FOOTNOTE_HOST", help="The address to listen on.")
]
Port = Annotated[
    int,
    typer.Option("--port", envvar="FOOTNOTE_PORT", min=0, max=65535, help="0 takes a free one."),
]
SiteNames = Annotated[
    list[str] | None,
    typer.Option(
        "--site-name",
        envvar="FOOTNOTE_SITE_NAMES",
        help="A host name that the site answers to, besides this machine's own; repeatable.",
    ),
]
Database = Annotated[
    str,
    typer.Option(
        "--database",
        envvar="FOOTNOTE_DATABASE",
        help="Where conversations are kept: an SQLite file, or a URL such as postgresql://...",
    ),
]
TrustedProxies = Annotated[
    list[str] | None,
    typer.Option(
        "--trusted-proxy",
        envvar="FOOTNOTE_TRUSTED_PROXIES",
        help="The address of a proxy that may say who asks and over what; repeatable.",
    ),
]
KeepDays = Annotated[
    int,
    typer.Option(
        "--keep-days",
        envvar="FOOTNOTE_KEEP_DAYS",
        min=0,
        max=36_500,
        help="Days after its last question that a conversation is deleted; 0 keeps all.",
    ),
]
Embedders = Annotated[
    list[str] | None,
    typer.Option(
        "--embedder",
        envvar="FOOTNOTE_EMBEDDERS",
        help="A site whose pages may show the chat, such as https://example.org; repeatable.",
    ),
]


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes answers, and how; no model at all by default."""

    model: str | None = None
    url: str = ""
    whole_corpus: bool = False
    drop_unsupported: bool = False


class InputError(Exception):
    """The user asked for something that can't be done; the message says what to do instead."""


# ---- the commands


@app.callback(invoke_without_command=True)
def footnote(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Answers from your articles, with a footnote on every sentence."""
    if version:
        _say(f"footnote {__version__}")
    elif context.invoked_subcommand is None:
        _say(context.get_help())


@app.command()
def ingest(
    corpus: Corpus = Path("corpus"), index: IndexFolder = None, encoder: Encoder = None
) -> None:
    """Build the index of a folder of articles, or bring it up to date."""
    folder = _index_folder(corpus, index)
    _say(render_summary(_build(corpus, folder, encoder), folder))


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="What you want to know.")],
    json: Annotated[bool, typer.Option("--json", help="Print what the API would reply.")] = False,
    model: ModelName = None,
    model_url: ModelUrl = "",
    whole_corpus: WholeCorpus = False,
    drop_unsupported: DropUnsupported = False,
    corpus: Corpus = Path("corpus"),
    index: IndexFolder = None,
) -> None:
    """Answer one question; builds the index first if there is none."""
    _check_question(question)
    library = _open_library(corpus, index)
    writer = Writer(model, model_url, whole_corpus, drop_unsupported)
    answer = _make_assistant(library, writer).answer(question)
    if json:
        from web.schemas import AnswerOut

        _say(AnswerOut.of(answer).model_dump_json(indent=2))
    else:
        _say(render_answer(answer, min(get_terminal_size().columns, 100)))


@app.command()
def serve(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    site_name: SiteNames = None,
    model: ModelName = None,
    model_url: ModelUrl = "",
    whole_corpus: WholeCorpus = False,
    drop_unsupported: DropUnsupported = False,
    corpus: Corpus = Path("corpus"),
    index: IndexFolder = None,
    encoder: Encoder = None,
    database: Database = ".footnote/conversations.db",
    keep_days: KeepDays = 365,
    embedder: Embedders = None,
    trusted_proxy: TrustedProxies = None,
) -> None:
    """Serve the chat, the API and its documentation; builds the index first if there is none.

    With FOOTNOTE_ADMIN_TOKEN set, the pages for whoever keeps the articles are at /admin.
    """
    from web.serving import check_origins, listen, name_address, name_hosts, run_server

    embedders, token = check_origins(embedder or []), _admin_token()
    listener = listen(host, port)
    library = _open_library(corpus, index, encoder)
    from web.app import create_app
    from web.settings import Settings

    # Whoever runs the site chose this writer: a request may name it, and no other that costs money.
    models = ("extractive", model) if model else ("extractive",)
    settings = Settings(
        hosts=name_hosts(host, site_name or []),
        embedders=embedders,
        models=models,
        database=database,
        keep_days=keep_days,
        admin_token=token,
    )
    workshop = _workshop(library, corpus, _index_folder(corpus, index), encoder)
    writer = Writer(model, model_url, whole_corpus, drop_unsupported)
    assistant = _make_assistant(library, writer)
    site = create_app(assistant, settings, workshop)
    _say(f"Footnote is at {name_address(listener)} (Ctrl-C stops it)")
    run_server(site, listener, trusted_proxy or [])


@app.command()
def mcp(
    model: ModelName = None,
    model_url: ModelUrl = "",
    corpus: Corpus = Path("corpus"),
    index: IndexFolder = None,
) -> None:
    """Serve the articles as tools of other assistants (MCP), on standard input and output."""
    from web.mcp import check_installed, serve_stdio

    check_installed()
    library = _open_library(corpus, index)
    # An exception would wait for the thread that waits for input; there is nothing to put in order.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    serve_stdio(_make_assistant(library, Writer(model, model_url)))


@app.command()
def models(model_url: ModelUrl = "") -> None:
    """List who can write answers, and what is missing for the others."""
    from assistant.models.loading import list_models

    for row in list_models(_read_model_options(model_url)):
        _say(f"{row.form:<22} {'ready' if row.ready else row.missing}")


@app.command()
def feedback(
    output: Annotated[Path, typer.Argument(help="The question file to write.")],
    database: Database = ".footnote/conversations.db",
) -> None:
    """Write what readers marked as wrong as rows of a question file, to be judged and kept."""
    from web.store.feedback import export_feedback

    count = export_feedback(database, output)
    _say(f"{_count(count, 'question')} in {output}; judge each, then: footnote eval --questions")


@measured.callback(invoke_without_command=True)
def evaluate(
    context: typer.Context,
    corpus: Corpus = Path("corpus"),
    index: IndexFolder = None,
    questions: Annotated[
        Path | None,
        typer.Option(help="A question file; without it the bundled one or the corpus's FAQ."),
    ] = None,
    slices: Annotated[
        list[str] | None, typer.Option("--slice", help="Only this slice; repeatable.")
    ] = None,
    split: Annotated[str | None, typer.Option(help="Only this part: dev or test.")] = None,
    model: ModelName = None,
    model_url: ModelUrl = "",
    encoder: Encoder = None,
    floors: Annotated[
        Path | None,
        typer.Option(envvar="FOOTNOTE_FLOORS", help="The gate's floors, if not the bundled ones."),
    ] = None,
    new_floors: Annotated[
        Path | None,
        typer.Option("--make-floors", help="Write floors two points below what is reached."),
    ] = None,
    reports: Reports = Path("reports"),
    compare: Annotated[
        tuple[Path, Path] | None, typer.Option(help="Compare two JSON reports: A.json B.json.")
    ] = None,
    explain: Annotated[
        str | None, typer.Option(metavar="ID", help="Follow one question through every step.")
    ] = None,
    beir: Annotated[
        Path | None, typer.Option(help="Measure retrieval on a data set in BEIR's format instead.")
    ] = None,
    outside: Annotated[
        Path | None,
        typer.Option(help="Measure on other people's data sets in this folder as well."),
    ] = None,
) -> int:
    """Measure retrieval and answers, write reports, and fail below the floors (status 1)."""
    if context.invoked_subcommand is not None:
        return 0
    if compare is not None:
        return _compare(*compare)
    if beir is not None:
        return _measure_beir(beir)
    _check_build_tools()
    if outside is not None:
        _check_outside(outside)
    if questions is not None:
        _check_questions(questions)
    folder = _index_folder(corpus, index)
    if explain is not None:
        _say(
            _printable(
                _explain_question(corpus, folder, explain, questions, Writer(model, model_url))
            )
        )
        return 0
    from eval.run import run_evaluation
    from eval.tables import render_terminal
    from eval.writing import write_report

    writer = Writer(model, model_url)
    watched = _watch(writer)
    with _progress_bar() as progress:
        report = run_evaluation(
            corpus,
            folder,
            questions=questions,
            slices=slices or (),
            split=split,
            model=model,
            watched=watched,
            encoder=encoder,
            assistant=lambda library: _make_assistant(library, writer, watched),
            progress=progress,
        )
    if not slices:
        report = _measure_parts(report, corpus, folder, questions)
    if outside is not None:
        report = replace(report, outside=_measure_outside(outside))
    _say(_printable(render_terminal(report)))
    _say(f"report to read: {write_report(report, reports).html}")
    return _hold_against(report, floors) if new_floors is None else _make_floors(report, new_floors)


@measured.command()
def init(
    corpus: Annotated[Path, typer.Argument(help="Your folder of articles.")],
    output: Annotated[Path, typer.Option(help="The question file to write.")] = Path(
        "questions.jsonl"
    ),
    index: IndexFolder = None,
) -> None:
    """Mine a corpus for its question-and-answer pairs: a question file to start from."""
    _check_build_tools()
    from eval.init import write_questions

    count = write_questions(corpus, _index_folder(corpus, index), output)
    _say(f"{_count(count, 'question')} in {output}; edit it, then: footnote eval --questions")


@app.command()
def report(corpus: Corpus = Path("corpus"), index: IndexFolder = None) -> None:
    """Report on a corpus: skipped files, near-duplicates, stale dates, disagreements."""
    _check_build_tools()
    from eval.corpus_report import make_corpus_report, render_corpus_report

    made = make_corpus_report(corpus, _index_folder(corpus, index))
    _say(_printable(render_corpus_report(made)))


# ---- what several commands do


def _index_folder(corpus: Path, index: Path | None) -> Path:
    """Give each corpus an index of its own, so that two of the same name don't collide."""
    if index is not None:
        return index
    place = corpus.resolve()
    return Path(".footnote") / f"{place.name}-{sha256(os.fsencode(place)).hexdigest()[:8]}"


def _open_library(corpus: Path, index: Path | None, encoder: str | None = None) -> "Library":
    from index.errors import IndexMissing
    from index.store import Library

    folder = _index_folder(corpus, index)
    library = Library(folder)
    try:
        library.current()
    except IndexMissing:
        if not corpus.is_dir():
            raise InputError(
                f"no index in {folder}, and no folder {corpus} to build one from; "
                "name your folder of articles with --corpus"
            ) from None
        _complain(f"no index in {folder} yet: building one from {corpus}")
        _complain(render_summary(_build(corpus, folder, encoder), folder))
    return library


def _make_assistant(
    library: "Library", writer: Writer, watched: "Watched | None" = None
) -> "Assistant":
    """Put together who answers: the index, the learned scorer, and the writer that was named.

    `watched` is that writer where it has been made already.
    """
    from assistant.assistant import Assistant
    from assistant.ranking.scorer import load_scorer

    scorer = load_scorer()
    if writer.model in (None, "extractive"):
        return Assistant(library, scorer=scorer)
    from assistant.checking.writing import Unsupported
    from assistant.models.bounded import Bounded
    from assistant.models.loading import load_model

    name = str(writer.model)
    options = _read_model_options(writer.url)
    model = load_model(name, options) if watched is None else Bounded(watched, options.limits)
    return Assistant(
        library,
        {name: model},
        name,
        scorer,
        unsupported=Unsupported.DROP if writer.drop_unsupported else Unsupported.MARK,
        whole_corpus=writer.whole_corpus,
    )


def _watch(writer: Writer) -> "Watched | None":
    """Make the language model that an evaluation writes with, once for all its indexes."""
    if writer.model in (None, "extractive"):
        return None
    from assistant.models.loading import make_model
    from eval.writers import Watched

    return Watched(make_model(str(writer.model), _read_model_options(writer.url)))


def _read_model_options(url: str) -> "ModelOptions":
    """Read keys under the names that the providers' own clients use."""
    from assistant.models.options import ModelOptions

    return ModelOptions(
        openai_key=os.environ.get("OPENAI_API_KEY", ""),
        openai_url=url,
        anthropic_key=os.environ.get("ANTHROPIC_API_KEY", ""),
        anthropic_url=os.environ.get("ANTHROPIC_BASE_URL", ""),
    )


def _build(corpus: Path, folder: Path, encoder: str | None) -> "BuildSummary":
    _check_build_tools()
    from index.store import build_index

    with _progress_bar() as progress:
        return build_index(corpus, folder, model=encoder, progress=progress)


def _check_build_tools() -> None:
    from importlib.util import find_spec

    missing = [name for name in _BUILD_NEEDS if find_spec(name) is None]
    if missing:
        raise InputError(
            f"building an index needs {missing[0]}, which is not installed; "
            "install it with: pip install 'footnote[ingest]' (in a checkout: -e '.[ingest]')"
        )


def log_progress(clock: Callable[[], float]) -> "Progress":
    """Report how far long work is, a line each `LOG_SECONDS`; what takes less says nothing."""
    said = clock()

    def report(stage: str, done: int, total: int) -> None:
        nonlocal said
        if total and clock() - said >= LOG_SECONDS:
            said = clock()
            typer.echo(f"{stage}: {done:,} of {total:,}", err=True)

    return report


@contextmanager
def _progress_bar() -> Iterator["Progress"]:
    """Show a bar on a terminal, and a line now and then in a log."""
    if not sys.stderr.isatty():
        yield log_progress(time.monotonic)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def report(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage)
            bars.update(tasks[stage], completed=done, total=total)

        yield report


def _check_question(question: str) -> None:
    if not question.strip():
        raise InputError("the question is empty")
    if len(question) > 500:  # far below the limit: saves most runs an import that costs 0.1 s
        from web.schemas import MAX_QUESTION

        if len(question) > MAX_QUESTION:
            raise InputError(f"the question is over {MAX_QUESTION} characters long; shorten it")


# ---- evaluating


def _explain_question(
    corpus: Path, folder: Path, question_id: str, questions: Path | None, writer: Writer
) -> str:
    from assistant.ranking.scorer import load_scorer
    from eval.run import run_explanation

    return run_explanation(
        corpus,
        folder,
        question_id,
        questions=questions,
        model=writer.model,
        assistant=lambda library: _make_assistant(library, writer),
        scorer=load_scorer(),
    )


def _hold_against(report: "Report", floors: Path | None) -> int:
    """Return 1 where a report falls below the floors, and say where."""
    from eval.gate import check_floors, count_applying, load_floors

    if floors is None and not report.provenance["bundled_questions"]:
        _say("no gate: set floors for this corpus with --make-floors, then name them with --floors")
        return 0
    bounds = load_floors(floors) if floors else load_floors()
    shortfalls = check_floors(report, bounds)
    for shortfall in shortfalls:
        _complain(f"below the floor: {shortfall}")
    if shortfalls:
        return FELL_SHORT
    applying = count_applying(report, bounds)
    _say(f"gate: {_count(applying, 'floor')} held")
    return 0


def _make_floors(report: "Report", path: Path) -> int:
    from eval.gate import write_floors

    write_floors(report, path)
    _say(f"floors in {path}; hold later runs against them with --floors {path}")
    return 0


def _compare(before: Path, after: Path) -> int:
    from eval.comparison import compare_reports
    from eval.report import read_report
    from eval.tables import render_comparison

    _say(_printable(render_comparison(compare_reports(read_report(before), read_report(after)))))
    return 0


def _measure_beir(folder: Path) -> int:
    _check_build_tools()
    from eval.beir import render_beir, run_beir

    _say(_printable(render_beir(run_beir(folder))))
    return 0


def _measure_parts(
    report: "Report", corpus: Path, folder: Path, questions: Path | None
) -> "Report":
    """Add what a report of a whole set has beside its questions."""
    from assistant.ranking.scorer import load_scorer
    from eval.ablation import load_ablation
    from eval.run import run_checks

    checks = run_checks(corpus, folder, load_scorer(), questions=questions)
    return replace(report, checks=checks, ablation=load_ablation())


def _check_outside(folder: Path) -> None:
    from eval.outside_sets import check_folder

    check_folder(folder)


def _check_questions(path: Path) -> None:
    """Read a question file before an index is built, which may take minutes."""
    from eval.dataset import load_questions

    load_questions(path)


def _measure_outside(folder: Path) -> "Outside":
    from assistant.ranking.scorer import load_scorer
    from eval.outside_sets import measure_outside

    with _progress_bar() as progress:
        return measure_outside(folder, Path(".footnote/outside"), load_scorer(), progress=progress)


# ---- serving


def _workshop(library: "Library", corpus: Path, folder: Path, encoder: str | None) -> "Workshop":
    """Put together what the keeper's pages work with; nothing is loaded before it is used.

    Both long tasks run in a process of their own: the server stays as small and quick as it is.
    """
    from web.admin.child import run_in_child
    from web.admin.seam import Workshop

    def build(progress: "Progress") -> "BuildSummary":
        _check_build_tools()
        from index.store import build_index

        return run_in_child(build_index, corpus, folder, model=encoder, progress=progress)

    def report() -> "CorpusReport":
        _check_build_tools()
        from eval.corpus_report import make_corpus_report

        return run_in_child(make_corpus_report, corpus, folder, model=encoder)

    return Workshop(corpus, library.current, build, report)


def _admin_token() -> str:
    """Read the keeper's token: from the environment alone, as others can see a command's flags."""
    from web.admin.access import MIN_TOKEN

    token = os.environ.get("FOOTNOTE_ADMIN_TOKEN", "").strip()
    if token and len(token) < MIN_TOKEN:
        raise InputError(f"FOOTNOTE_ADMIN_TOKEN is too short: at least {MIN_TOKEN} characters")
    return token


# ---- what is printed


def render_answer(answer: "Answer", width: int) -> str:
    """Lay an answer out for a terminal `width` columns wide, with its footnotes below."""
    parts = [_wrap(text, width) for text in (answer.text, *answer.remarks)]
    if answer.citations:
        parts.append("\n".join(_footnote(citation, width) for citation in answer.citations))
    if answer.nearest:
        sections = "\n".join(f"  {_section_name(section)}" for section in answer.nearest)
        parts.append(f"Nearest sections:\n{sections}")
    return _printable("\n\n".join(part for part in parts if part))


def _footnote(citation: "Citation", width: int) -> str:
    from ingest.document import strip_path

    page = f", page {citation.page}" if citation.page is not None else ""
    title = strip_path(citation.title, citation.source)  # it is named below
    place = " › ".join((title, *citation.heading_path))
    label = f"[{citation.number}] "
    indent = " " * len(label)
    head = _wrap(f"{label}{place} ({citation.source}{page})", width, indent)
    quote = " ".join(citation.quote.split())
    return f"{head}\n{_wrap(f'{indent}“{quote}”', width, indent)}"


def _section_name(section: "Section") -> str:
    return " › ".join((section.title, *section.heading_path))


def _wrap(text: str, width: int, indent: str = "") -> str:
    """Wrap each line by itself; a list item hangs under its text."""
    lines = []
    for line in text.splitlines():
        hang = "  " if line.startswith("- ") else indent
        lines += textwrap.wrap(
            line, max(width, 20), subsequent_indent=hang, break_on_hyphens=False
        ) or [""]
    return "\n".join(lines)


def render_summary(summary: "BuildSummary", folder: Path) -> str:
    """Say what a build read, skipped, mended and changed, one line each."""
    lines = [f"skipped {one.source}: {one.reason}" for one in summary.skipped]
    lines += [f"repaired {one.source}: {one.note}" for one in summary.repaired]
    lines.append(
        f"{_count(summary.documents, 'article')}: {summary.read} read anew, "
        f"{len(summary.skipped)} skipped, {len(summary.repaired)} repaired; "
        f"{_count(summary.chunks, 'passage')}: {summary.embedded} embedded, "
        f"{summary.reused} as before, {summary.removed} removed"
    )
    state = "is up to date" if not summary.changed else "is ready"
    lines.append(f"index {summary.version[:12]} in {folder} {state}")
    return _printable("\n".join(lines))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def _printable(text: str) -> str:
    """Drop what could steer a terminal or turn text round: articles and file names are hostile."""
    return _CONTROLS.sub("", text)


def _say(text: str) -> None:
    """Print at once; `typer.echo` would send curly quotes to a terminal that said it has none."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        # Whoever read it has seen enough. What is left to do and its status don't depend on it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(message: str) -> None:
    print(_printable(message), file=sys.stderr)


# ---- from errors to one line and a status


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status; whatever goes wrong becomes one line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # not where a test put something else in its place
            stream.reconfigure(errors="replace")  # a terminal without curly quotes shows "?"
    try:
        status = app(args=list(arguments), prog_name="footnote", standalone_mode=False)
    except typer.TyperException as error:
        _complain(f"footnote: {error.format_message()} (see: footnote --help)")
        return WRONG_INPUT
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if os.environ.get("FOOTNOTE_DEBUG"):
            raise
        _complain(f"footnote: {_explain(error)}")
        return WRONG_INPUT
    return status if isinstance(status, int) else 0


def _explain(error: Exception) -> str:
    """Give an error's own line where it was written for the user, as all of our own types are."""
    package = type(error).__module__.partition(".")[0]
    line = " ".join(str(error).split())
    if package in {__name__, "ingest", "index", "assistant", "web", "eval"}:
        return line
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return (
        f"internal error: {type(error).__name__}: {line[:200]}; "
        "run it again with FOOTNOTE_DEBUG=1 for details"
    )


def main() -> None:
    """Run as the command `footnote`."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    status = run(sys.argv[1:])
    gc.freeze()  # the process ends: what is left need not be searched for cycles
    sys.exit(status)


if __name__ == "__main__":
    main()
