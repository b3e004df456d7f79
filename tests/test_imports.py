"""Who may import whom, what serving must never load, and that every module says what it knows."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {
    "ingest": {"ingest"},
    "index": {"ingest", "index"},
    "assistant": {"ingest", "index", "assistant"},
    "web": {"ingest", "index", "assistant", "web"},
    "eval": {"ingest", "index", "assistant", "eval"},
    "footnote": {"ingest", "index", "assistant", "web", "eval"},
}
OURS = set(MAY_IMPORT)
LAYERS = ("english", "layout", "asking", "dialogue", "ranking", "composing", "checking")
"""The parts of `assistant`: each knows those before it, and none behind."""
MODULES = sorted(
    path
    for package in OURS
    for path in [*(ROOT / package).rglob("*.py"), *ROOT.glob(f"{package}.py")]
)
HEAVY = {"torch", "transformers", "sentence_transformers"}
NETWORK_CLIENTS = {
    *("aiohttp", "anthropic", "http.client", "httpx", "huggingface_hub", "openai"),
    *("requests", "smtplib", "urllib.request", "urllib3", "websockets"),
}
FITTING = "eval"
"""Fits and measures, never serves: it may use torch, and is a client of our own server."""


def parametrize(paths: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", paths, ids=[str(p.relative_to(ROOT)) for p in paths])


each_module = parametrize(MODULES)
each_serving_module = parametrize(
    [path for path in MODULES if path.relative_to(ROOT).parts[0] != FITTING]
)


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports_in(nodes: Iterator[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: imports are absolute"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def walk_at_import(tree: ast.AST) -> Iterator[ast.AST]:
    """Walk what runs when the module is imported: no function's body, nothing for types alone."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        yield node
        yield from walk_at_import(node)


def is_any_of(name: str, modules: set[str]) -> bool:
    return any(name == module or name.startswith(f"{module}.") for module in modules)


@each_module
def test_modules_import_only_what_lies_below_them(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0].removesuffix(".py")
    imported = {name.partition(".")[0] for name in imports_in(ast.walk(parse(path)))} & OURS
    assert imported <= MAY_IMPORT[package]


@parametrize([path for layer in LAYERS for path in (ROOT / "assistant" / layer).glob("*.py")])
def test_the_parts_of_the_assistant_know_only_those_below_them(path: Path) -> None:
    here = path.parent.name
    names = (name.split(".") for name in imports_in(ast.walk(parse(path))))
    parts = {name[1] for name in names if name[0] == "assistant" and len(name) > 2}
    assert parts & {*LAYERS} <= {*LAYERS[: LAYERS.index(here) + 1]}


@each_module
def test_modules_have_a_docstring(path: Path) -> None:
    assert ast.get_docstring(parse(path))


@each_serving_module
def test_no_network_client_is_imported_at_the_top(path: Path) -> None:
    names = set(imports_in(walk_at_import(parse(path))))
    assert not {name for name in names if is_any_of(name, NETWORK_CLIENTS)}


@each_serving_module
def test_heavy_libraries_are_imported_only_where_they_are_used(path: Path) -> None:
    names = set(imports_in(walk_at_import(parse(path))))
    assert not {name for name in names if is_any_of(name, HEAVY)}


def test_the_walk_sees_imports_in_classes_and_branches_but_not_in_functions() -> None:
    tree = ast.parse(
        "if x:\n import a\nif TYPE_CHECKING:\n import t\nclass C:\n import b\n def m(self):\n  import c\ndef f():\n from d import e"
    )
    assert set(imports_in(walk_at_import(tree))) == {"a", "b"}


SERVE = """
import sys

def watch(event, arguments):
    # 'connect' alone would miss a look-up of a name that then fails
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname"):
        raise RuntimeError(f"serving went to the network: {event} {arguments}")

sys.addaudithook(watch)
import web.app
import web.settings
from pathlib import Path
from assistant.assistant import Assistant
from index.store import Library

assistant = Assistant(Library(Path(sys.argv[1])))
web.app.create_app(assistant, web.settings.Settings())
answer = assistant.answer("Which article says what?")
heavy = {"torch", "transformers", "sentence_transformers", "sklearn", "openai", "anthropic"}
print(answer.index_version, sorted(heavy & set(sys.modules)))
"""


def test_serving_loads_no_build_tool_and_opens_no_connection(built_index: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SERVE, built_index],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    version, loaded = done.stdout.strip().split(" ", 1)
    assert version
    assert loaded == "[]"


TOP_LEVEL = {
    *(".ci", ".github", ".gitignore", "CHANGELOG.md", "LICENSE", "Makefile", "README.md"),
    *("assistant", "constraints.txt", "corpus", "docs", "eval", "footnote.py", "index", "ingest"),
    *("pyproject.toml", "scripts", "tests", "web"),
}


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="no checkout, so nothing is tracked")
def test_nothing_stray_is_tracked_at_the_top_level() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert {path.partition("/")[0] for path in tracked.stdout.split("\n") if path} == TOP_LEVEL
