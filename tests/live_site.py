"""A site served for real, on a free port of this machine, for as long as a test needs it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from web.app import create_app
from web.seam import Answerer
from web.settings import Settings


class _Server(uvicorn.Server):
    """Says when it has started; leaves the signals to whoever runs the tests."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()


def serve_site(
    assistant: Answerer, settings: Settings | None = None, certificate: Path | None = None
) -> AbstractContextManager[str]:
    """Serve an assistant's site and give its address, without a slash at the end."""
    return serve_app(create_app(assistant, settings), certificate)


@contextmanager
def serve_app(app: FastAPI, certificate: Path | None = None) -> Iterator[str]:
    """Serve a site that is put together already; with a certificate, over https."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = _Server(uvicorn.Config(app, log_level="warning", ssl_certfile=certificate))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    assert server.ready.wait(20)
    try:
        yield f"http{'s' if certificate else ''}://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(20)
        listener.close()
