"""Opening a database: SQLite with write-ahead log and real transactions, or any other by its address."""

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, FromClause, create_engine, event, inspect, select, text
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from marsad.errors import StoreError
from marsad.store import schema
from marsad.store.trouble import told

_LOCK = 0x6D617273  # which lock of PostgreSQL two writers of one store wait for
BUSY_SECONDS = 30.0
"""How long one writer waits for another. A writer holds the lock for one batch, well under a second."""


def connect(where: str) -> Engine:
    """An engine for `where`: a file of SQLite, or a database address. Raises StoreError."""
    try:
        url = make_url(where) if "://" in where else make_url("sqlite://").set(database=where)
    except ArgumentError:
        raise StoreError("this is not the address of a database", where=where, mend="Like postgresql://host/name.") from None
    if url.get_backend_name() != "sqlite":
        return _other(url, where)
    file = Path(url.database or "")
    if not str(file).startswith("file:") and not file.parent.is_dir():
        raise StoreError("there is no such folder", where=str(file.parent), mend="Make it first.")
    if file.is_dir():
        raise StoreError("this is a folder", where=str(file), mend=f"Name a file in it, such as {file / 'marsad.db'}.")
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    engine.dialect.statement_compiler = _Hinted
    event.listen(engine, "connect", _settle)
    event.listen(engine, "begin", _begin)
    return engine


class _Hinted(SQLiteCompiler):
    """SQLAlchemy writes no hints for SQLite; ours are `INDEXED BY name` after the table."""

    def get_from_hint_text(self, table: FromClause, text: str | None) -> str | None:
        """The hint as it was given."""
        return text


def _other(url: URL, where: str) -> Engine:
    if url.get_backend_name() != "postgresql":
        raise StoreError("no driver for such a database", where=where, mend="Marsad keeps its record in SQLite or PostgreSQL.")
    try:
        engine = create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    except ImportError:
        mend = 'Install it: pip install "marsad[postgres]".'
        raise StoreError("the driver for PostgreSQL is not installed", where=where, mend=mend) from None
    event.listen(engine, "begin", _queue)
    return engine


def _settle(raw: sqlite3.Connection, _record: object) -> None:
    raw.isolation_level = None  # we say BEGIN ourselves: the driver's own begins too late to keep two writers apart
    cursor = raw.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")  # what a takedown erases is overwritten, not only unlinked
    cursor.execute("PRAGMA synchronous = NORMAL")  # with a write-ahead log: a power cut may lose the last batch, never tear it
    cursor.execute("PRAGMA cache_size = -32768")  # KiB
    cursor.execute("PRAGMA wal_autocheckpoint = 16000")  # pages of 4 KiB: one that several batches write is copied once
    cursor.close()


def _begin(conn: Connection) -> None:
    # A writer takes the lock at once; one that read first and then wrote would fail where another wrote in between.
    if not conn.get_execution_options().get("write"):
        conn.exec_driver_sql("BEGIN")
        return
    conn.exec_driver_sql("PRAGMA cache_size = -262144")  # a batch touches each index all over; its pages stay for the next
    conn.exec_driver_sql("BEGIN IMMEDIATE")


def _queue(conn: Connection) -> None:
    # One writer at a time, as in SQLite: two that number the versions of one incident at once would lose one of them.
    if conn.get_execution_options().get("write"):
        conn.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


def pragma(engine: Engine, command: str) -> None:
    """Run a PRAGMA outside a transaction. The cursor is closed at once: an open one keeps the file locked."""
    with engine.connect() as conn:
        cursor = conn.connection.cursor()
        cursor.execute(f"PRAGMA {command}")
        cursor.fetchall()
        cursor.close()


def analyze(engine: Engine) -> None:
    """Gather the statistics of every table."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        conn.execute(text("ANALYZE"))


def vacuum(engine: Engine, tables: tuple[str, ...]) -> None:
    """Give back what rows that were changed held (PostgreSQL; outside a transaction)."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        for table in tables:
            conn.execute(text(f"VACUUM {table}"))


def prepare(engine: Engine, where: str) -> None:
    """Make the tables in a new database; check the version of one that has them. Raises StoreError."""
    with told(where):
        with engine.connect() as conn:
            names = set(inspect(conn).get_table_names())
        if "schema_version" not in names:
            if names:
                raise StoreError("this database is not a store of Marsad", where=where, mend="Name another file.")
            if engine.dialect.name == "sqlite":
                pragma(engine, "journal_mode = WAL")
            _upgrade(engine)
        with engine.connect() as conn:
            held = max(conn.scalars(select(schema.schema_version.c.version)), default=0)
        if held < schema.VERSION:
            _upgrade(engine)
    if held > schema.VERSION:
        raise StoreError(
            f"this store was written by a newer Marsad (schema {held}; this one knows {schema.VERSION})",
            where=where,
            mend="Install the newer Marsad: pip install -U marsad. Nothing was changed.",
        )


def _upgrade(engine: Engine) -> None:
    """Make or mend the tables under the lock of a writer; another process that waited for it finds them made."""
    from marsad.store import migrate  # noqa: PLC0415 (Alembic is slow to load, and seldom needed)

    with engine.connect().execution_options(write=True) as conn, conn.begin():
        migrate.upgrade(conn)
