"""A database opened, brought up to date and ready for short transactions.

Knows addresses, drivers and migrations. Knows nothing of what is kept.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from web.store.models import Record

IN_MEMORY = "sqlite://"
_MIGRATIONS = Path(__file__).parent.parent / "migrations"
_BUSY = 5000
"""Milliseconds to wait for another writer; a write of ours takes a few."""
_MIGRATION_LOCK = 70_615
"""Any number that no other program takes for a lock of its own."""


class StoreError(Exception):
    """What is kept can't be read or written; the message says why and what to do."""


class Database:
    """Hands out short transactions; shared by threads."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Commit what is done inside, or none of it; raises `StoreError`."""
        try:
            with Session(self.engine, expire_on_commit=False) as session, session.begin():
                yield session
        except SQLAlchemyError as error:
            raise StoreError(f"what is kept can't be reached: {_first_line(error)}") from error

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()


def open_database(address: str | Path = IN_MEMORY) -> Database:
    """Open the database at an address (a URL, or the path of an SQLite file) in its latest form.

    Makes what is missing. Raises `StoreError`.
    """
    url = read_address(str(address))
    try:
        engine = _make_engine(url)
        _prepare_tables(engine, url)
    except ModuleNotFoundError as error:
        hint = "; install it with: pip install 'footnote[postgres]'" if _is_postgres(url) else ""
        raise StoreError(f"{url.drivername} needs {error.name}{hint}") from error
    except (SQLAlchemyError, OSError) as error:
        shown = url.render_as_string(hide_password=True)
        raise StoreError(f"can't open the database {shown}: {_first_line(error)}") from error
    return Database(engine)


def _prepare_tables(engine: Engine, url: URL) -> None:
    try:
        if _is_in_memory(url):
            Record.metadata.create_all(engine)
        else:
            migrate(engine)
    except BaseException:
        engine.dispose()
        raise


def read_address(address: str) -> URL:
    """Read a database URL, or a path as that of an SQLite file; raises `StoreError`."""
    if "://" not in address:
        return URL.create("sqlite", database=str(Path(address).expanduser()))
    try:
        url = make_url(address)
        if url.drivername in ("postgres", "postgresql"):
            url = url.set(drivername="postgresql+psycopg")
        url.get_dialect()
    except ModuleNotFoundError:
        return url
    except (ArgumentError, NoSuchModuleError, ValueError):
        raise StoreError(
            "the database address is neither a file's path nor a URL such as"
            " postgresql://user:password@host/name"
        ) from None
    return url


def migrate(engine: Engine) -> None:
    """Bring the tables to their latest form; raises `StoreError` where a newer program made them."""
    # Only a database on disk is migrated: tests and scripts without one start without Alembic.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    try:
        with engine.begin() as connection:
            _wait_for_turn(connection)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except CommandError as error:
        raise StoreError(
            f"the database was made by a newer footnote ({_first_line(error)});"
            " update footnote, or name another database with --database"
        ) from error


def _wait_for_turn(connection: Connection) -> None:
    """Let one program migrate at a time, where several servers start at once."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    elif connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")


def _make_engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    if _is_in_memory(url):
        # It lives in its one connection, which threads must take turns with.
        engine = create_engine(
            url,
            poolclass=QueuePool,
            pool_size=1,
            max_overflow=0,
            connect_args={"check_same_thread": False},
        )
    else:
        _make_private(Path(url.database or ""))
        engine = create_engine(url)
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _make_private(path: Path) -> None:
    """Make the file so that only its owner reads it: people's questions are in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _prepare_sqlite(connection: Any, _: object) -> None:  # noqa: ANN401  # a DB-API connection
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {_BUSY}")
    cursor.execute("PRAGMA journal_mode = WAL")  # readers and a writer don't wait for each other
    cursor.execute("PRAGMA synchronous = NORMAL")  # safe with WAL
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")  # what a reader deletes is gone from the file too
    cursor.close()


def _is_in_memory(url: URL) -> bool:
    return url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:")


def _is_postgres(url: URL) -> bool:
    return url.get_backend_name() == "postgresql"


def _first_line(error: Exception) -> str:
    reason = getattr(error, "orig", None) or error
    return (str(reason).splitlines() or [type(error).__name__])[0]
