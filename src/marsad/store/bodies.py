"""Nouns as JSON and back. The record classes are the schema; fields at their default are left out."""

import hashlib
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

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


def insert_new(conn: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Add those of `rows` whose key is not there yet; what is there stays as it is."""
    if not rows:
        return
    insert = postgresql.insert if conn.dialect.name == "postgresql" else sqlite.insert
    conn.execute(insert(table).on_conflict_do_nothing(), list(rows))
