"""What runs in a process of its own: its result, its progress, its faults, and its end."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from desks import BEES

from index.errors import IndexMissing
from web.admin.child import run_in_child
from web.admin.errors import ChildError

ROOT = Path(__file__).parent.parent


def double(number: int, *, plus: int = 0, progress=None) -> tuple[int, int]:
    for step in range(number if progress else 0):
        progress("counting", step, number)
    return os.getpid(), 2 * number + plus


def refuse() -> None:
    raise IndexMissing(Path("nowhere"))


def stumble() -> None:
    raise ZeroDivisionError("at once")


def give_up() -> None:
    os._exit(3)


def wait_with_another(port: int) -> None:
    """Hold a line to the test, and have a process of one's own that holds it too."""
    with socket.create_connection(("127.0.0.1", port)) as line:
        wait = "import sys, socket; socket.socket(fileno=int(sys.argv[1])).recv(1)"
        subprocess.run(
            [sys.executable, "-c", wait, str(line.fileno())], pass_fds=(line.fileno(),), check=True
        )


def test_it_returns_what_the_work_returns_from_another_process() -> None:
    seen: list[tuple[str, int, int]] = []
    pid, result = run_in_child(double, 3, plus=1, progress=lambda *state: seen.append(state))
    assert (result, seen) == (7, [("counting", step, 3) for step in range(3)])
    assert pid != os.getpid()
    assert run_in_child(double, 3)[1] == 6


def test_an_error_comes_as_one_line(caplog) -> None:
    with pytest.raises(ChildError, match="nowhere"):
        run_in_child(refuse)
    assert caplog.text == ""
    with pytest.raises(ChildError, match="it has been logged"):
        run_in_child(stumble)
    assert "ZeroDivisionError: at once" in caplog.text
    with pytest.raises(ChildError, match="was ended; is there enough memory"):
        run_in_child(give_up)


def test_a_reader_of_its_progress_that_fails_ends_it() -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("nobody listens")

    with pytest.raises(RuntimeError, match="nobody listens"):
        run_in_child(double, 3, progress=fail)


PARENT = """
import sys
from test_web_child import wait_with_another
from web.admin.child import run_in_child

run_in_child(wait_with_another, int(sys.argv[1]))
"""


def test_it_ends_with_its_parent_and_takes_along_what_it_started() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(30)
        port = listener.getsockname()[1]
        parent = subprocess.Popen(
            [sys.executable, "-c", PARENT, str(port)],
            env=os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"},
        )
        line, _ = listener.accept()
        with line:
            line.settimeout(30)
            parent.send_signal(signal.SIGKILL)
            parent.wait()
            assert line.recv(1) == b""  # nobody holds the other end any more


REBUILD = """
import sys
from pathlib import Path

import footnote
from index.store import Library

corpus, folder = map(Path, sys.argv[1:])
library = Library(folder)
workshop = footnote._workshop(library, corpus, folder, None)
seen = []
made = workshop.build(lambda *state: seen.append(state))
assert made.version == library.current().version
assert {stage for stage, _, _ in seen} > {"reading"}
assert workshop.report().documents == 1
print([name for name in ("index.build", "torch", "trafilatura", "pypdf") if name in sys.modules])
"""


def test_a_rebuild_loads_nothing_into_the_server(tmp_path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "bees.md").write_text(BEES)
    done = subprocess.run(
        [sys.executable, "-c", REBUILD, corpus, tmp_path / "index"],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
