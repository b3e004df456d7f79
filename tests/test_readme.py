"""Every command that the README shows is run here, against a real index and a real server."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line.split("   # ")[0].strip()
    for block in re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    for line in block.splitlines()
]
MEASURING = ("footnote eval", "footnote report", "python -m eval.bench")
"""They take their time, and `make test` runs the first: here only their options are tried."""


def starting_with(*words: str) -> list[str]:
    return [command for command in COMMANDS if command.startswith(words)]


def run(command: list[str], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def footnote(command: str) -> list[str]:
    return [sys.executable, str(ROOT / "footnote.py"), *shlex.split(command)[1:]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, built_index: Path) -> Path:
    """Make a folder like the project's, with an index that a command may change."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    shutil.copytree(built_index, folder / "index")
    return folder


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    (command,) = starting_with("footnote serve")
    changed = command.replace("--port 8000", "--port 0")
    assert changed != command
    process = subprocess.Popen(
        footnote(changed),
        cwd=home,
        env={**os.environ, "FOOTNOTE_INDEX": str(home / "index")},
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            found = re.search(r"127\.0\.0\.1:\d+", process.stdout.readline())
            assert found is not None
            yield found[0]
        finally:
            process.terminate()


def test_every_command_is_of_a_kind_that_is_run_here() -> None:
    assert COMMANDS
    assert set(COMMANDS) == set(starting_with("make ", "footnote ", "curl ", "python -m "))


@pytest.mark.parametrize("command", starting_with("make "))
def test_make_knows_its_targets(command: str) -> None:
    done = run([*shlex.split(command), "--dry-run"], ROOT)
    assert done.returncode == 0, done.stderr
    assert "footnote" in done.stdout


@pytest.mark.parametrize("command", starting_with("footnote ingest", "footnote ask"))
def test_commands_of_the_terminal_work(command: str, home: Path) -> None:
    done = run(footnote(command), home, FOOTNOTE_INDEX=str(home / "index"))
    assert (done.returncode, done.stderr) == (0, "")
    if "--json" in command:
        assert json.loads(done.stdout)["verdict"] == "answered"
    else:
        assert done.stdout.strip()


@pytest.mark.parametrize("command", starting_with("curl "))
def test_commands_of_the_api_work(command: str, address: str, home: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("there is no curl on this machine")
    assert "127.0.0.1:8000" in command
    done = run([*shlex.split(command.replace("127.0.0.1:8000", address)), "-f"], home)
    assert done.returncode == 0, done.stdout
    if "/stream" in command:
        assert "event: done" in done.stdout
    else:
        assert json.loads(done.stdout)


@pytest.mark.parametrize("command", starting_with(*MEASURING))
def test_commands_that_measure_have_the_options_shown(command: str, home: Path) -> None:
    program = footnote(command) if command.startswith("footnote") else shlex.split(command)
    shown = run([*program, "--help"], home)  # an unknown option is refused all the same
    assert shown.returncode == 0, shown.stderr


def test_files_and_pages_that_it_links_to_exist() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
    for source in re.findall(r"`([a-z]+/[\w./-]+\.\w+)`", README):
        assert (ROOT / source).exists(), source
