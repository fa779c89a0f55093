"""Nouns as JSON and back. The record classes are the schema; fields at their default are left out."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import Connection, Dialect, Table

from marsad.records import Forecast, Incident, Scenario, Signal, Statement

T = TypeVar("T")

STATEMENT = TypeAdapter(Statement)
INCIDENT = TypeAdapter(Incident)
SIGNAL = TypeAdapter(Signal)
FORECAST = TypeAdapter(Forecast)
SCENARIO = TypeAdapter(Scenario)


def dump(adapter: TypeAdapter[T], noun: T) -> str:
    """`noun` as JSON."""
    return adapter.dump_json(noun, exclude_defaults=True).decode("utf-8")


def digest(*parts: str) -> str:
    """SHA-256 over `parts`, each set apart from the next."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def chunks(items: Sequence[T], size: int = 500) -> Iterator[list[T]]:
    """`items` in lists of at most `size`: databases bound the values in one command."""
    rest = iter(items)
    while piece := list(islice(rest, size)):
        yield piece


def insert_new(conn: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add those of `rows` (all with the same columns) whose key is not there yet; what is there stays as it is.

    One command per call on PostgreSQL (the columns as arrays), one prepared command on SQLite: building a statement and its
    parameters row by row took longer than the database did.
    """
    if not rows:
        return
    command, binds = _insertion(table, tuple(rows[0]), conn.dialect)
    columns = [[row[name] if bind is None else bind(row[name]) for row in rows] for name, bind in binds]
    if conn.dialect.name == "postgresql":
        conn.exec_driver_sql(command, tuple(columns))
    else:
        conn.exec_driver_sql(command, list(zip(*columns, strict=True)))


Binds = tuple[tuple[str, Callable[[Any], Any] | None], ...]


@lru_cache(maxsize=64)
def _insertion(table: Table, names: tuple[str, ...], dialect: Dialect) -> tuple[str, Binds]:
    """(the command, each column with what makes its values fit for the driver)."""
    quoted = dialect.identifier_preparer.quote
    kinds = [table.c[name].type.dialect_impl(dialect) for name in names]
    if dialect.name == "postgresql":
        arrays = ", ".join(f"%s::{kind.compile(dialect)}[]" for kind in kinds)
        values = f"SELECT * FROM unnest({arrays})"
    else:
        values = f"VALUES ({', '.join('?' * len(names))})"
    columns = ", ".join(quoted(name) for name in names)
    command = f"INSERT INTO {quoted(table.name)} ({columns}) {values} ON CONFLICT DO NOTHING"
    return command, tuple((name, kind.bind_processor(dialect)) for name, kind in zip(names, kinds, strict=True))
