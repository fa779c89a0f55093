"""Any CSV with a mapping file: which column fills which slot, written by the user in TOML (docs/formats.md has the slots).

source = "Field log"            # who says so
sensitivity = "partners"        # public, partners or internal; nothing is assumed public
[slots]
key    = "Ref"
kind   = { column = "Type", values = { IED = "bombing", SAF = "clash" } }
date   = { column = "Date", form = "%d/%m/%Y" }
country = { value = "IQ" }
killed = "Dead"
"""

import tomllib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from marsad.errors import Rejected, UsageError
from marsad.formats import rows
from marsad.formats.rows import Origin, Told, degrees, iso2, whole
from marsad.link.context import Context
from marsad.link.gazetteer import Gazetteer, written_in
from marsad.records import Place, Span, Toll
from marsad.scales import SOURCE_GRADES, DatePrecision, Sensitivity, WherePrecision

SLOTS = frozenset(
    (
        "key", "kind", "date", "date_end", "date_precision", "place", "country", "admin1", "lat", "lon", "where_precision", "actors",
        "targets", "weapons", "killed", "killed_low", "killed_high", "injured", "abducted", "arrested", "count", "unit", "published",
        "source", "url",
    )
)  # fmt: skip
NEEDED = ("kind", "date")


def load(path: Path) -> tuple[Origin, Callable[[Mapping[str, str]], Told]]:
    """(where the table comes from; what reads one row of it). Raises UsageError for a mapping that cannot be used."""
    try:
        book = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(
            f"this is no TOML ({error})", where=str(path), mend="See docs/formats.md for a mapping file."
        ) from None
    slots: dict[str, Any] = book.get("slots", {})
    if unknown := sorted(slots.keys() - SLOTS):
        raise UsageError(
            f'there is no slot "{unknown[0]}"', where=str(path), mend=f"The slots are {', '.join(sorted(SLOTS))}."
        )
    if missing := [s for s in NEEDED if s not in slots]:
        raise UsageError(
            f'the slot "{missing[0]}" is not mapped',
            where=str(path),
            mend="Map it under [slots] to a column, or give a value; docs/formats.md shows how.",
        )
    for slot, rule in slots.items():
        if not isinstance(rule, str) and not (isinstance(rule, dict) and rule.keys() & {"column", "value"}):
            raise UsageError(f'"{slot}" is mapped to {rule!r}', where=str(path), mend='Write "Column", or { column = ... }, or { value = ... }.')  # fmt: skip
    if "sensitivity" not in book or book["sensitivity"] not in {s.value for s in Sensitivity}:
        raise UsageError("its sensitivity is not told", where=str(path), mend="Write public, partners or internal.")
    if book.get("grade", "F") not in SOURCE_GRADES:
        raise UsageError(f'there is no source grade "{book["grade"]}"', where=str(path), mend="Admiralty letters are A to F.")
    origin = Origin(source=book.get("source", path.stem), reader=f"import {path.stem} 1"[:80], grade=book.get("grade", "F"),
                    sensitivity=Sensitivity(book["sensitivity"]), url=book.get("url", ""))  # fmt: skip
    return origin, lambda row: told(row, slots)


def told(row: Mapping[str, str], slots: Mapping[str, Any]) -> Told:
    """What one row tells by `slots`. Raises Rejected."""
    cell = {slot: _cell(row, slot, rule) for slot, rule in slots.items()}
    column = {slot: rule if isinstance(rule, str) else rule.get("column", "") for slot, rule in slots.items()}
    start = _day(cell["date"], slots["date"], column["date"])
    end = _day(cell.get("date_end", ""), slots.get("date_end"), column.get("date_end", ""))
    tolls = {slot: t for slot in ("killed", "injured", "abducted", "arrested") if (t := _toll(cell, slot, column)) is not None}
    place, land = cell.get("place", ""), iso2(cell.get("country", ""))
    known = _located(place, land) if not {"admin1", "lat", "lon"} & slots.keys() else None
    admin1, lat, lon, near = (
        known[:4]
        if known
        else (
            cell.get("admin1", ""),
            degrees(cell.get("lat", ""), column.get("lat", ""), 90),
            degrees(cell.get("lon", ""), column.get("lon", ""), 180),
            None,
        )
    )
    code = _code(cell, "where_precision", 7)
    return Told(
        key=cell.get("key", ""), kind=cell["kind"], start=start, end=end,
        date_precision=DatePrecision(_code(cell, "date_precision", 5) or (1 if end is None or end == start else 2)),
        place=place, country=land or (known.country if known else ""), admin1=admin1, lat=lat, lon=lon,
        where_precision=WherePrecision(code) if code else near,
        actors=_several(cell.get("actors", "")), targets=_several(cell.get("targets", "")), weapons=_several(cell.get("weapons", "")),
        tolls=tolls, count=whole(cell.get("count", ""), column.get("count", "")), unit=cell.get("unit", ""),
        published=_day(cell.get("published", ""), slots.get("published"), column.get("published", "")),
        source=cell.get("source", ""), url=cell.get("url", ""), columns=column,
    )  # fmt: skip


class _Known(NamedTuple):
    admin1: str
    lat: float | None
    lon: float | None
    near: WherePrecision | None
    country: str = ""


@lru_cache(maxsize=10_000)
def _located(place: str, country: str) -> _Known | None:
    """Where the gazetteer knows `place`, for a table that tells the names of places alone; None where it is in doubt."""
    if not place:
        return None
    context = Context(countries=((country, 1.0),) if country else ())
    lang = written_in(place)
    found = Gazetteer().resolve(place, lang=lang, context=context)
    sure = found.entry is not None and (found.entry.country == country if country else found.confidence == "high")
    if found.entry is None or not sure:
        return None
    (filled,) = Gazetteer().places((Place(name=place, span=Span(0, 0)),), context, lang=lang)
    return _Known(filled.admin1, filled.lat, filled.lon, filled.precision, filled.country)


def _cell(row: Mapping[str, str], slot: str, rule: Any) -> str:
    if isinstance(rule, dict) and "value" in rule:
        return str(rule["value"])
    name = rule if isinstance(rule, str) else rule["column"]
    if name not in row:
        raise Rejected(
            f'there is no column "{name}"', mend=f'The mapping names it for "{slot}"; the table has {", ".join(row)}.'
        )
    said = row[name].strip()
    if isinstance(rule, dict) and "values" in rule:
        if said not in rule["values"] and "default" not in rule:
            raise Rejected(
                f'"{name}" is "{said[:40]}", which the mapping does not know', mend=f'Add it to the values of "{slot}".'
            )
        return str(rule["values"].get(said, rule.get("default")))
    return said or (str(rule.get("default", "")) if isinstance(rule, dict) else "")


def _day(cell: str, rule: Any, column: str) -> date | None:
    form = rule.get("form") if isinstance(rule, dict) else None
    if not cell or form is None:
        return rows.day(cell, column)
    try:
        return datetime.strptime(cell, form).date()
    except ValueError:
        raise Rejected(f'"{column}" is "{cell[:40]}"', mend=f"The mapping says that days are written {form}.") from None


def _toll(cell: Mapping[str, str], slot: str, column: Mapping[str, str]) -> Toll | None:
    best = whole(cell.get(slot, ""), column.get(slot, slot))
    low, high = (whole(cell.get(f"{slot}_{end}", ""), column.get(f"{slot}_{end}", slot)) for end in ("low", "high"))
    if best is None and low is None and high is None:
        return None
    return Toll(low=best if low is None else low, best=best, high=best if high is None else high)


def _code(cell: Mapping[str, str], slot: str, most: int) -> int | None:
    value = whole(cell.get(slot, ""), slot)
    if value is not None and not 1 <= value <= most:
        raise Rejected(f'"{slot}" is {value}', mend=f"UCDP's codes are 1 to {most}.")
    return value


def _several(cell: str) -> tuple[str, ...]:
    return tuple(p for part in cell.split(";") if (p := part.strip()))
