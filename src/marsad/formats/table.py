"""CSV (RFC 4180): an incident a row, for spreadsheets. Empty means not told; several values share a cell, parted by "; ".

A text cell that a spreadsheet would run as a formula (first sign = + - @, tab or carriage return) gets an apostrophe before it,
as OWASP advises; one that begins with an apostrophe gets another, so that what was written can be read back.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, TextIO, get_type_hints

from marsad.errors import UsageError
from marsad.records import Incident, Toll

_RISKY = ("=", "+", "-", "@", "\t", "\r", "'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One incident, flat. places: English names where resolved, the narrowest first; country, admin1 and point are of the first."""

    id: str
    version: int
    kind: str
    family: str
    date_start: date | None
    date_end: date | None
    date_precision: int | None
    date_basis: str
    places: tuple[str, ...]
    country: str
    admin1: str
    lat: float | None
    lon: float | None
    where_precision: int | None
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    weapons: tuple[str, ...]
    count_low: int | None
    count_high: int | None
    unit: str
    aggregate: bool
    killed_low: int | None
    killed_best: int | None
    killed_high: int | None
    injured_low: int | None
    injured_best: int | None
    injured_high: int | None
    abducted_low: int | None
    abducted_best: int | None
    abducted_high: int | None
    arrested_low: int | None
    arrested_best: int | None
    arrested_high: int | None
    voices: int
    confidence: float | None
    recalled: bool
    differences: tuple[str, ...]
    sensitivity: str
    published: date | None
    recorded: datetime | None
    statements: tuple[str, ...]
    method: str


COLUMNS = tuple(f.name for f in fields(Row))
_TYPES: dict[str, Any] = get_type_hints(Row)


def row_of(i: Incident) -> Row:
    """The row of one incident. differences: "slot: value | value"."""
    lead = i.places[0] if i.places else None
    tolls: dict[str, int | None] = {}
    for slot in ("killed", "injured", "abducted", "arrested"):
        toll = getattr(i, slot) or Toll()
        tolls |= {f"{slot}_low": toll.low, f"{slot}_best": toll.best, f"{slot}_high": toll.high}
    return Row(
        id=i.id,
        version=i.version,
        kind=i.kind,
        family=i.family.value,
        date_start=i.when.start if i.when else None,
        date_end=i.when.end if i.when else None,
        date_precision=int(i.when.precision) if i.when else None,
        date_basis=i.when.basis.value if i.when else "",
        places=tuple(p.name_en or p.name for p in i.places),
        country=lead.country if lead else "",
        admin1=lead.admin1 if lead else "",
        lat=lead.lat if lead else None,
        lon=lead.lon if lead else None,
        where_precision=int(lead.precision) if lead and lead.precision else None,
        actors=i.actors,
        targets=i.targets,
        weapons=i.weapons,
        count_low=i.count[0] if i.count else None,
        count_high=i.count[1] if i.count else None,
        unit=i.unit,
        aggregate=i.aggregate,
        **tolls,
        voices=i.voices,
        confidence=i.confidence,
        recalled=i.recalled,
        differences=tuple(f"{d.slot}: {' | '.join(value for value, _ in d.values)}" for d in i.differences),
        sensitivity=i.sensitivity.value,
        published=i.published,
        recorded=i.recorded,
        statements=i.statements,
        method=i.method,
    )


def dump(incidents: Iterable[Incident], out: TextIO) -> int:
    """Write a header and the rows; how many. `out` must not translate line breaks (open it with newline="")."""
    return dump_rows((row_of(i) for i in incidents), out)


def dump_rows(rows: Iterable[Row], out: TextIO) -> int:
    """Write a header and `rows`; how many."""
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    count = 0
    for row in rows:
        writer.writerow([_cell(getattr(row, name)) for name in COLUMNS])
        count += 1
    return count


LATER = frozenset(("confidence",))  # columns that files written before 2026-11-25 lack


def load(source: TextIO) -> list[Row]:
    """The rows of a file that `dump` wrote; columns in any order. Raises UsageError naming the line and the column."""
    reader = csv.DictReader(source)
    if missing := [c for c in COLUMNS if c not in (reader.fieldnames or ()) and c not in LATER]:
        raise UsageError(f'there is no column "{missing[0]}"', mend="Other tables come in by a mapping file.")
    return [Row(**{name: _value(name, cells.get(name) or "", reader.line_num) for name in COLUMNS}) for cells in reader]


def safe(text: str) -> str:
    """`text` so that no spreadsheet runs it."""
    return f"'{text}" if text.startswith(_RISKY) else text


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        # An empty name among several, or alone, would be lost between the marks.
        return safe("; ".join(re.sub(r"([\\;])", r"\\\1", item) or "\\e" for item in value))
    if isinstance(value, date):
        return value.isoformat()
    return safe(value) if isinstance(value, str) else repr(value)


def _value(name: str, cell: str, line: int) -> Any:
    kind = _TYPES[name]
    try:
        if kind is str:
            return cell.removeprefix("'")
        if kind == tuple[str, ...]:
            return _several(cell.removeprefix("'"))
        if kind is bool:
            return {"true": True, "false": False}[cell]
        if cell == "" and type(None) in getattr(kind, "__args__", ()):
            return None
        base = next(t for t in getattr(kind, "__args__", (kind,)) if t is not type(None))
        return base.fromisoformat(cell) if base in (date, datetime) else base(cell)
    except (ValueError, KeyError):
        raise UsageError(f'"{name}" is "{cell[:60]}"', where=f"line {line}", mend="Write it as the other lines do.") from None


def _several(cell: str) -> tuple[str, ...]:
    if not cell:
        return ()
    items = re.split(r"(?<!\\)((?:\\\\)*); ", cell)
    whole = [a + b for a, b in zip(items[0::2], [*items[1::2], ""], strict=True)]
    return tuple("" if item == "\\e" else re.sub(r"\\([\\;])", r"\1", item) for item in whole)
