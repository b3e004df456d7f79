"""A real model: in process, and behind `transformers serve` over HTTP."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.models import ModelError
from assistant.models.loading import load_model
from assistant.models.options import Limits, ModelOptions
from tests.scripted_server import free_port
from tests.tiny_model import save_tiny_model
from tests.writers import FOLLOW_UP, make_prompt

SAID = "No licence is needed for bees, says the office [1]. A flat roof will do [2]."
PROMPT = make_prompt("licence", "flat roof")
PATIENT = Limits(first=60, pause=30, total=90)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny_model(tmp_path_factory.mktemp("models") / "tiny", SAID)


def test_a_folder_of_weights_writes_in_process(folder: Path) -> None:
    model = load_model(f"transformers:{folder}")
    assert model.name == "transformers:tiny"
    pieces = list(model.stream(PROMPT))
    assert "".join(pieces).strip() == SAID
    assert len(pieces) > 3
    assert "".join(model.stream(FOLLOW_UP)).strip() == SAID


def test_leaving_off_stops_the_model_for_the_next_question(tmp_path: Path) -> None:
    endless = save_tiny_model(tmp_path / "endless", SAID, ends=False)
    model = load_model(f"transformers:{endless}")
    stream = model.stream(PROMPT)
    next(stream)
    stream.close()
    with pytest.raises(ModelError, match="stopped before the end"):
        list(model.stream(PROMPT))


def test_passages_longer_than_the_model_can_read(tmp_path: Path) -> None:
    small = save_tiny_model(tmp_path / "small", SAID, room=64)
    with pytest.raises(ModelError, match="longer than the model can read"):
        list(load_model(f"transformers:{small}").stream(PROMPT))


def test_a_folder_that_holds_no_model(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ModelError, match="can’t be loaded"):
        list(load_model(f"transformers:{tmp_path}").stream(PROMPT))


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[str]:
    """The address of `transformers serve` with the tiny model."""
    port = free_port()
    command = [Path(sys.executable).parent / "transformers", "serve", folder]
    process = subprocess.Popen(
        [*command, "--port", str(port), "--device", "cpu"],
        env={**os.environ, "HF_HUB_OFFLINE": "1", "CUDA_VISIBLE_DEVICES": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        _wait(process, port)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.terminate()
        process.communicate(timeout=20)


def _wait(process: subprocess.Popen[str], port: int) -> None:
    tick = threading.Event()
    for _ in range(600):
        assert process.poll() is None, process.stdout.read() if process.stdout else ""
        with socket.socket() as client:
            client.settimeout(1)
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        tick.wait(0.1)
    raise AssertionError("transformers serve did not come up")


def test_a_real_compatible_server_writes(served: str, folder: Path) -> None:
    model = load_model(f"openai:{folder}", ModelOptions(openai_url=served, limits=PATIENT))
    assert "".join(model.stream(PROMPT)).strip() == SAID
