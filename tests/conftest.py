"""What several tests share: an exported encoder, an index of the bundled corpus, and no network."""

import socket
from pathlib import Path

import pytest

from index.encoder import Encoder
from index.export import DEFAULT_CACHE, export_once
from index.store import Index, Library, build_index, open_index

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"


@pytest.fixture(scope="session")
def encoder_cache() -> Path:
    """Where exported encoders are kept between runs: an export takes ten seconds."""
    return ROOT / DEFAULT_CACHE


@pytest.fixture(scope="session")
def encoder_folder(encoder_cache: Path) -> Path:
    """The bundled encoder, exported."""
    return export_once(None, cache=encoder_cache)


@pytest.fixture(scope="session")
def encoder(encoder_folder: Path) -> Encoder:
    return Encoder(encoder_folder)


@pytest.fixture(scope="session")
def built_index(tmp_path_factory: pytest.TempPathFactory, encoder_cache: Path) -> Path:
    """The folder of an index of the bundled corpus; read it, don't build into it."""
    folder = tmp_path_factory.mktemp("corpus-index")
    build_index(CORPUS, folder, cache=encoder_cache)
    return folder


@pytest.fixture(scope="session")
def index(built_index: Path) -> Index:
    """The index of the bundled corpus."""
    return open_index(built_index)


@pytest.fixture(scope="session")
def library(built_index: Path) -> Library:
    return Library(built_index)


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a test that goes to the network fail, whoever sent it there."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = address[0] if isinstance(address, tuple) else address
            assert host in {"127.0.0.1", "::1", "localhost"}, f"a test went to the network: {host}"
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
