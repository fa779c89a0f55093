"""Signals, forecasts and scenarios: what was made from the record, each with the data cut it was made from."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import Connection, Table, func, select

from marsad.records import Forecast, Scenario, Signal
from marsad.store import schema
from marsad.store.bodies import FORECAST, SCENARIO, SIGNAL, digest, dump, insert_new
from marsad.store.clocks import AsOf, Clock, day, recorded_by

P = TypeVar("P", Signal, Forecast, Scenario)

SHELVES: dict[type[Any], tuple[Table, TypeAdapter[Any]]] = {
    Signal: (schema.signals, SIGNAL),
    Forecast: (schema.forecasts, FORECAST),
    Scenario: (schema.scenarios, SCENARIO),
}


def put(conn: Connection, made: Sequence[Signal | Forecast | Scenario], now: datetime, *, decided: bool = False) -> None:
    """Add `made`. The same id with other content is a newer row; the same content again is nothing new, but where a person `decided`:
    who makes an approved signal a draft again means it, while a method that runs again does not."""
    for kind, (table, adapter) in SHELVES.items():
        rows = []
        for item in made:
            if isinstance(item, kind):
                body = dump(adapter, item)
                unit = item.area if isinstance(item, Scenario) else item.unit
                rows.append({
                    "id": item.id, "unit": unit, "method": item.method, "as_of": item.as_of, "digest": digest(body, now.isoformat()) if decided else digest(body),
                    "sensitivity": item.sensitivity.value, "recorded": now, "body": body,
                })  # fmt: skip
        insert_new(conn, table, rows)


def read(conn: Connection, kind: type[P], *, as_of: AsOf, clock: Clock) -> list[P]:
    """The newest row of each id. By `as_of` on the clock "published": made from a data cut no later than that day."""
    table, adapter = SHELVES[kind]
    query = select(func.max(table.c.seq)).where(recorded_by(table.c.recorded, as_of, clock)).group_by(table.c.id)
    if as_of is not None and clock == "published":
        query = query.where(table.c.as_of <= day(as_of))
    bodies = conn.scalars(select(table.c.body).where(table.c.seq.in_(query)).order_by(table.c.as_of, table.c.id))
    return [adapter.validate_json(b) for b in bodies]
