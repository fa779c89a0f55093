"""UCDP Georeferenced Event Dataset: import, and export in its columns (Högbladh 2023, UCDP GED Codebook 23.1).

An imported row is kept whole, so that exporting gives every column back; a column that has a home in an incident is written anew
where the incident now says otherwise (a correction, another report's toll). An incident that was not imported fills the columns
that have a home and leaves UCDP's own numbers (conflict, dyad, grid cell) empty.
"""

import csv
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import TextIO

from marsad.errors import Rejected
from marsad.formats import rows
from marsad.formats.rows import Told, cells, countries, day, degrees, iso2, whole
from marsad.records import Group, Incident, Place, Report, Statement, Toll, When
from marsad.scales import DatePrecision, WherePrecision

READER = "import ucdp-ged 1"
SOURCE = "UCDP GED"
COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id", "conflict_name",
    "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id",
    "side_b", "number_of_sources", "source_article", "source_office", "source_date", "source_headline", "source_original",
    "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2", "latitude", "longitude", "geom_wkt", "priogrid_gid",
    "country", "country_id", "region", "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b",
    "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
NEEDED = ("id", "type_of_violence", "date_start", "date_end", "date_prec", "where_prec", "country", "best")
QUOTING = ("source_article", "source_headline", "source_original", "where_description")
"""Columns that quote sources; a public release leaves them empty."""
_POINTS = frozenset((WherePrecision.EXACT, WherePrecision.NEAR))


def told(row: Mapping[str, str]) -> Told:
    """What one row tells. Type 1 and 2 are clashes, type 3 (one-sided violence) is a killing. Raises Rejected."""
    if missing := [c for c in NEEDED if c not in row]:
        raise Rejected(f'there is no column "{missing[0]}"', mend="Is this a UCDP GED file?")
    if row["type_of_violence"] not in ("1", "2", "3"):
        raise Rejected(f'"type_of_violence" is "{row["type_of_violence"]}"', mend="UCDP knows 1, 2 and 3.")
    where = WherePrecision(_scale(row, "where_prec", 7))
    point = where in _POINTS  # what UCDP gives for an area is its centroid, which is no point
    return Told(
        key=row["id"], kind="killing" if row["type_of_violence"] == "3" else "clash",
        start=day(row["date_start"], "date_start"), end=day(row["date_end"], "date_end"),
        date_precision=DatePrecision(_scale(row, "date_prec", 5)),
        place=row.get("where_coordinates", ""), country=iso2(row.get("country_id", "")) or iso2(row["country"]), admin1=row.get("adm_1", ""),
        lat=degrees(row.get("latitude", ""), "latitude", 90) if point else None,
        lon=degrees(row.get("longitude", ""), "longitude", 180) if point else None, where_precision=where,
        actors=_sides(row.get("side_a", "")), targets=_sides(row.get("side_b", "")), tolls={"killed": _deaths(row)},
        columns={"kind": "type_of_violence", "date": "date_start", "place": "where_coordinates", "actors": "side_a",
                 "targets": "side_b", "killed": "best"},
    )  # fmt: skip


def _scale(row: Mapping[str, str], column: str, most: int) -> int:
    value = whole(row[column], column)
    if value is None or not 1 <= value <= most:
        raise Rejected(f'"{column}" is "{row[column][:20]}"', mend=f"UCDP's codes are 1 to {most}.")
    return value


def _sides(name: str) -> tuple[str, ...]:
    return (_actors().get(name, name),) if name else ()


def _deaths(row: Mapping[str, str]) -> Toll:
    numbers = {
        c: whole(row.get(c, ""), c)
        for c in ("low", "best", "high", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
    }
    by: dict[Group, int] = {}
    groups: tuple[tuple[Group, int | None], ...] = (
        (_group(row.get("side_a", "")), numbers["deaths_a"]), (_group(row.get("side_b", "")), numbers["deaths_b"]),
        ("civilians", numbers["deaths_civilians"]), ("unknown", numbers["deaths_unknown"]),
    )  # fmt: skip
    for group, number in groups:
        if number:
            by[group] = by.get(group, 0) + number
    return Toll(low=numbers["low"], best=numbers["best"], high=numbers["high"], by=by)


def _group(side: str) -> Group:
    return "security_forces" if side.startswith("Government of") else "civilians" if side == "Civilians" else "militants"


@cache
def _actors() -> dict[str, str]:
    return {pair[0]: pair[1] for pair in rows.book("ucdp_actors.tsv")}


@cache
def _back() -> dict[str, str]:
    return {pair[1]: pair[0] for pair in rows.book("ucdp_actors.tsv")}


# --- export


def homes(when: When | None, place: Place | None, actors: Sequence[str], targets: Sequence[str], killed: Toll | None, kind: str) -> dict[str, str]:  # fmt: skip
    """The columns that have a home, from an incident's or a statement's slots."""
    _, back = countries()
    number, name, region = back.get(place.country, ("", "", "")) if place else ("", "", "")
    killed = killed or Toll()
    by = killed.by
    return {
        "year": str(when.start.year) if when else "",
        "type_of_violence": "3" if kind == "killing" and tuple(targets) == ("civilians",) else "1" if any(a.startswith("Government") for a in (*actors, *targets)) else "",
        "side_a": "; ".join(_back().get(a, a) for a in actors), "side_b": "; ".join(_back().get(t, t) for t in targets),
        "where_prec": str(int(place.precision)) if place and place.precision else "", "where_coordinates": (place.name_en or place.name) if place else "",
        "adm_1": place.admin1 if place else "", "latitude": _number(place.lat if place else None), "longitude": _number(place.lon if place else None),
        "geom_wkt": f"POINT ({place.lon:.10g} {place.lat:.10g})" if place and place.lat is not None and place.lon is not None else "",
        "country": name or (place.country if place else ""), "country_id": number, "region": region,
        "date_prec": str(int(when.precision)) if when else "", "date_start": f"{when.start} 00:00:00.000" if when else "",
        "date_end": f"{when.end} 00:00:00.000" if when else "",
        "deaths_a": _number(by.get("security_forces")), "deaths_b": _number(by.get("militants")),
        "deaths_civilians": _number(by.get("civilians")), "deaths_unknown": _number(by.get("unknown")),
        "best": _number(killed.best), "high": _number(killed.high), "low": _number(killed.low),
    }  # fmt: skip


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"


def row_of(incident: Incident, statements: Mapping[str, Statement], reports: Mapping[str, Report]) -> dict[str, str]:
    """The row of one incident, by the statements and reports that it rests on."""
    new = homes(incident.when, incident.places[0] if incident.places else None, incident.actors, incident.targets, incident.killed, incident.kind)  # fmt: skip
    own = next(
        (s for i in incident.statements if (s := statements.get(i)) and s.reader == READER and s.report in reports), None
    )
    if own is None:
        told_by = [reports[s.report] for i in incident.statements if (s := statements.get(i)) and s.report in reports]
        days = sorted({str(r.published) for r in told_by if r.published})
        offices = list(dict.fromkeys(r.source for r in told_by if r.source))
        return {"id": incident.id, "number_of_sources": str(incident.voices), "source_office": "; ".join(offices),
                "source_date": "; ".join(days)} | new  # fmt: skip
    kept = cells(reports[own.report].text)
    old = homes(own.when, own.places[0] if own.places else None, [p.name for p in own.actors], [p.name for p in own.targets], _ordered(own.killed), own.kind)  # fmt: skip
    return kept | {c: v for c, v in new.items() if v != old[c]}


def _ordered(toll: Toll | None) -> Toll | None:
    """A toll as merging leaves it (link/reconcile.toll): some UCDP rows tell a low above their best."""
    if toll is None:
        return None
    told = [n for n in (toll.low, toll.best, toll.high) if n is not None]
    return Toll(low=min(told, default=None), best=toll.best, high=max(told) if toll.high is not None else None, by=toll.by)


def dump(incidents: Iterable[Incident], statements: Mapping[str, Statement], reports: Mapping[str, Report], out: TextIO, *, public: bool = False) -> int:  # fmt: skip
    """Write a header and a row an incident; how many. public: without the columns that quote."""
    return write_rows((row_of(i, statements, reports) for i in incidents), COLUMNS, out, blank=QUOTING if public else ())


def write_rows(told: Iterable[Mapping[str, str]], columns: Sequence[str], out: TextIO, *, blank: Collection[str] = ()) -> int:
    """Write a header and the rows `told`, each cell safe to open; how many. blank: columns left empty."""
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    count = 0
    for row in told:
        writer.writerow(["" if c in blank else safe_text(row.get(c, "")) for c in columns])
        count += 1
    return count


def safe_text(cell: str) -> str:
    """A cell that no spreadsheet runs (OWASP, as formats/table.py); a plain number stays one, and an apostrophe is left alone."""
    try:
        float(cell)
    except ValueError:
        return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
    return cell
