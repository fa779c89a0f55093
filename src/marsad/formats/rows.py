"""Rows of other people's tables -> reports and statements: the row is the report, its cells are the words that statements rest on.

So an imported event obeys the laws as a read one does: the row is kept to the letter as the report's text, every slot has the span
of its cell, a takedown erases it, and both clocks hold. Columns that have no home in a statement stay in that text (`cells`).
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TextIO

from marsad.collect import report_id
from marsad.collect.canonical import detect_lang
from marsad.collect.entry import storable
from marsad.errors import Rejected
from marsad.records import Count, Party, Place, Report, Span, Statement, Toll, Weapon, When
from marsad.scales import KINDS, DateBasis, DatePrecision, Sensitivity, WherePrecision

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a table comes from. reader: name and version of the import. published: the day the table was published, if known."""

    source: str
    reader: str
    published: date | None = None
    url: str = ""
    grade: str = "F"
    sensitivity: Sensitivity = Sensitivity.PUBLIC


@dataclass(slots=True, kw_only=True)
class Told:
    """What one row tells. `columns` names, per slot, the column whose cell carries it; the first column carries the rest."""

    key: str
    kind: str
    start: date | None = None
    end: date | None = None
    date_precision: DatePrecision = DatePrecision.DAY
    place: str = ""
    country: str = ""
    admin1: str = ""
    lat: float | None = None
    lon: float | None = None
    where_precision: WherePrecision | None = None
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    tolls: dict[str, Toll] = field(default_factory=dict)
    count: int | None = None
    unit: str = ""
    published: date | None = None
    source: str = ""
    url: str = ""
    columns: dict[str, str] = field(default_factory=dict)


def text_of(row: Row) -> tuple[str, dict[str, Span]]:
    """(the row as text, "column: cell" a line; where each cell stands in it). Empty cells are left out."""
    lines: list[str] = []
    spans: dict[str, Span] = {}
    at = 0
    for column, cell in row.items():
        if column is None or not cell:
            continue
        written = storable(cell).replace("\\", "\\\\").replace("\r", "\\r").replace("\n", "\\n")
        start = at + len(column) + 2
        spans[column] = Span(start, start + len(written))
        lines.append(f"{column}: {written}")
        at = start + len(written) + 1
    return "\n".join(lines), spans


def cells(text: str) -> dict[str, str]:
    """The cells of a row kept as text; the reverse of `text_of`, empty cells left out."""
    found: dict[str, str] = {}
    for line in text.split("\n"):
        column, mark, cell = line.partition(": ")
        if mark:
            parts = cell.split("\\\\")
            found[column] = "\\".join(p.replace("\\n", "\n").replace("\\r", "\r") for p in parts)
    return found


def record(row: Row, told: Told, origin: Origin) -> tuple[Report, Statement]:
    """The report that a row is, and what it says. Raises Rejected for a kind that does not exist."""
    if told.kind not in KINDS:
        raise Rejected(f'there is no event kind "{told.kind}"', mend=f"Map it to one of {', '.join(sorted(KINDS))}.")
    text, spans = text_of(row)
    first = next(iter(spans.values()), Span(0, len(text)))

    def at(slot: str) -> Span:
        return spans.get(told.columns.get(slot, ""), first)

    def toll(slot: str) -> Toll | None:
        given = told.tolls.get(slot)
        return None if given is None else replace(given, span=at(slot))

    report = Report(
        id=report_id(text), text=text, lang=detect_lang(text), source=told.source or origin.source, url=told.url or origin.url,
        title=f"{origin.source} {told.key}", published=told.published or origin.published, key=told.key, grade=origin.grade,
        sensitivity=origin.sensitivity,
    )  # fmt: skip
    when = None
    if told.start is not None:
        when = When(
            start=told.start, end=told.end or told.start, precision=told.date_precision, basis=DateBasis.TEXT, span=at("date")
        )
    places: tuple[Place, ...] = ()
    if told.place or told.country or told.admin1:
        places = (Place(name=told.place or told.admin1 or told.country, span=at("place"), name_en=told.place or told.admin1,
                        country=told.country, admin1=told.admin1, lat=told.lat, lon=told.lon, precision=told.where_precision),)  # fmt: skip
    statement = Statement(
        id=f"{report.id[:24]}/{origin.reader}", report=report.id, cls="event", anchor=at("kind"), kind=told.kind, when=when,
        places=places, actors=tuple(Party(a, at("actors")) for a in told.actors),
        targets=tuple(Party(t, at("targets")) for t in told.targets),
        weapons=tuple(Weapon(w, at("weapons")) for w in told.weapons),
        count=None if told.count is None else Count(value=told.count, unit=told.unit, span=at("count")),
        reader=origin.reader, killed=toll("killed"), injured=toll("injured"), abducted=toll("abducted"), arrested=toll("arrested"),
    )  # fmt: skip
    return report, statement


def table(source: TextIO) -> Iterator[tuple[int, dict[str, str]]]:
    """(line number, row) of a CSV file with a header; separated by comma, semicolon or tab, whichever the header holds most of."""
    start = source.readline()
    source.seek(0)
    separator = max(",;\t", key=start.count)
    csv.field_size_limit(10_000_000)
    reader = csv.DictReader(source, delimiter=separator)
    for row in reader:
        yield reader.line_num, {k: v or "" for k, v in row.items() if k is not None}


def whole(cell: str, column: str) -> int | None:
    """A count; None for an empty cell. Raises Rejected for anything but a whole number of 0 or more."""
    if not cell.strip():
        return None
    try:
        number = int(cell)
    except ValueError:
        number = -1
    if number < 0:
        raise Rejected(f'"{column}" is "{cell[:40]}"', mend="A whole number of 0 or more is needed, or nothing.")
    return number


def degrees(cell: str, column: str, most: float) -> float | None:
    """A coordinate; None for an empty cell. Raises Rejected outside -most..most."""
    if not cell.strip():
        return None
    try:
        value = float(cell)
    except ValueError:
        value = float("nan")
    if not -most <= value <= most:
        raise Rejected(f'"{column}" is "{cell[:40]}"', mend=f"Degrees between -{most:g} and {most:g} are needed, or nothing.")
    return value


def day(cell: str, column: str) -> date | None:
    """A day (YYYY-MM-DD, a time after it is left aside); None for an empty cell. Raises Rejected for another form."""
    if not cell.strip():
        return None
    try:
        return date.fromisoformat(cell.strip()[:10])
    except ValueError:
        raise Rejected(f'"{column}" is "{cell[:40]}"', mend="A day is needed, like 2020-04-08.") from None


@cache
def countries() -> tuple[dict[str, str], dict[str, tuple[str, str, str]]]:
    """(any number or name of a country -> ISO code; ISO code -> (Gleditsch-Ward number, UCDP's name, UCDP's region))."""
    to: dict[str, str] = {}
    back: dict[str, tuple[str, str, str]] = {}
    for line in book("gwno.tsv"):
        number, iso, name, region = line
        back[iso] = (number, name, region)
        to |= {number: iso, iso.casefold(): iso, name.casefold(): iso, name.partition(" (")[0].casefold(): iso}
    return to, back


def iso2(said: str) -> str:
    """ISO code of a country as a table names it (name, ISO code or Gleditsch-Ward number); "" if it is not known."""
    to, _ = countries()
    known = to.get(said.strip().casefold())
    if known is not None:
        return known
    from marsad.read.placenames import names  # noqa: PLC0415 (only for a name that no table has)

    bearers: Iterable[object] = names("en").get(said.strip().casefold(), ())
    return next((e.country for e in bearers if getattr(e, "kind", "") == "country"), "")  # type: ignore[attr-defined]


def book(name: str) -> list[list[str]]:
    lines = files("marsad.codebooks").joinpath(name).read_text(encoding="utf-8").splitlines()[1:]
    return [line.split("\t") for line in lines if line]
