"""Generations of an index side by side in a folder, and the pointer to the current one.

Knows folders, one pointer file and one lock. Knows nothing of what a generation holds. A new
generation is complete before the pointer moves to it in one step, so whoever is killed at any
instant leaves the old one in force.
"""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import IndexBusy, IndexDamaged, IndexMissing
from ingest.patterns import compile_late

POINTER = "CURRENT"
LOCK = "LOCK"
KEPT = 2
"""Generations kept: the current one, and the one that requests under way may still read."""

_NAME = compile_late(r"gen-\d{6,}")
_POLL_SECONDS = 0.1


def current_generation(folder: Path) -> Path:
    """Return the generation in force; raises `IndexMissing` or `IndexDamaged`."""
    try:
        name = (folder / POINTER).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise IndexMissing(folder) from None
    except (OSError, ValueError) as error:
        raise IndexDamaged(folder, f"{POINTER} cannot be read") from error
    if not _NAME.fullmatch(name) or not (folder / name).is_dir():
        raise IndexDamaged(folder, f"{POINTER} names no generation")
    return folder / name


def new_generation(folder: Path) -> Path:
    """Make the folder of the next generation, which nothing points to yet."""
    numbers = [int(path.name.removeprefix("gen-")) for path in _generations(folder)]
    path = folder / f"gen-{max(numbers, default=0) + 1:06d}"
    path.mkdir()
    return path


def publish(generation: Path) -> None:
    """Put a complete generation in force, in one step that survives a power cut."""
    for path in sorted(generation.rglob("*")):
        _sync(path)
    _sync(generation)
    folder = generation.parent
    fresh = folder / f"{POINTER}.new"
    fresh.write_text(f"{generation.name}\n", encoding="utf-8")
    _sync(fresh)
    fresh.replace(folder / POINTER)
    _sync(folder)


def clean(folder: Path) -> None:
    """Remove what dead builds left and what is older than the generation before the current one."""
    try:
        current = current_generation(folder).name
    except (IndexMissing, IndexDamaged):
        current = ""
    past = [path for path in _generations(folder) if path.name <= current]
    for path in _generations(folder):
        if path not in past[-KEPT:]:
            shutil.rmtree(path, ignore_errors=True)
    (folder / f"{POINTER}.new").unlink(missing_ok=True)


@contextmanager
def building(folder: Path, patience: float) -> Iterator[None]:
    """Hold the folder's lock; waits up to `patience` seconds, then raises `IndexBusy`.

    The lock ends with the process that holds it, however that ends.
    """
    folder.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + patience
    with (folder / LOCK).open("w") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise IndexBusy(folder) from None
                time.sleep(_POLL_SECONDS)
        yield


def _generations(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("gen-*") if _NAME.fullmatch(path.name))


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
