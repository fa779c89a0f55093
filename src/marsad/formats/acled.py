"""ACLED exports in, and an ACLED-like table out (ACLED Codebook, 2023).

What ACLED licenses to a user is that user's: imported rows are `internal`, so that no public release ever holds them.
The crosswalk of sub-event types is codebooks/acled.tsv; scales.Kind.acled tells it the other way round.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import TextIO

from marsad.errors import Rejected
from marsad.formats import rows
from marsad.formats.rows import Told, cells, countries, degrees, iso2, whole
from marsad.formats.ucdp import write_rows
from marsad.records import Incident, Report, Statement, Toll, reckoned
from marsad.scales import DatePrecision, WherePrecision

READER = "import acled 1"
SOURCE = "ACLED"
COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1", "assoc_actor_1",
    "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2",
    "admin3", "location", "latitude", "longitude", "geo_precision", "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
NEEDED = ("event_id_cnty", "event_date", "event_type", "sub_event_type", "country", "fatalities")
QUOTING = ("notes",)
_TIME = {"1": DatePrecision.DAY, "2": DatePrecision.WEEK, "3": DatePrecision.MONTH}
_WHERE = {"1": WherePrecision.EXACT, "2": WherePrecision.NEAR, "3": WherePrecision.ADMIN1}
_DISORDER = {
    "Battles": "Political violence", "Explosions/Remote violence": "Political violence", "Violence against civilians": "Political violence",
    "Protests": "Demonstrations", "Riots": "Political violence; Demonstrations", "Strategic developments": "Strategic developments",
}  # fmt: skip


def told(row: Mapping[str, str]) -> Told:
    """What one row tells. An event type that tells of no event of ours ("Other") is rejected by name. Raises Rejected."""
    if missing := [c for c in NEEDED if c not in row]:
        raise Rejected(f'there is no column "{missing[0]}"', mend="Is this an ACLED export, with event_id_cnty?")
    kind = _kinds().get(row["sub_event_type"], "")
    if not kind:
        raise Rejected(
            f'sub-event type "{row["sub_event_type"]}" has no kind here', mend="It is left out; see docs/formats.md."
        )
    where = _WHERE.get(row.get("geo_precision", ""))
    point = where in (WherePrecision.EXACT, WherePrecision.NEAR)
    best = whole(row["fatalities"], "fatalities")
    return Told(
        key=row["event_id_cnty"], kind=kind, start=_day(row["event_date"]), date_precision=_TIME.get(row.get("time_precision", ""), DatePrecision.DAY),
        place=row.get("location", ""), country=iso2(row["country"]), admin1=row.get("admin1", ""),
        lat=degrees(row.get("latitude", ""), "latitude", 90) if point else None,
        lon=degrees(row.get("longitude", ""), "longitude", 180) if point else None, where_precision=where,
        actors=_names(row.get("actor1", "")), targets=_names(row.get("actor2", "")),
        tolls={} if best is None else {"killed": Toll(low=best, best=best, high=best)},
        columns={"kind": "sub_event_type", "date": "event_date", "place": "location", "actors": "actor1", "targets": "actor2",
                 "killed": "fatalities"},
    )  # fmt: skip


def _names(cell: str) -> tuple[str, ...]:
    return (cell,) if cell else ()


def _day(cell: str) -> date:
    for form in ("%Y-%m-%d", "%d %B %Y", "%d-%B-%Y", "%d/%m/%Y"):
        try:
            return datetime.strptime(cell.strip(), form).date()
        except ValueError:
            continue
    raise Rejected(f'"event_date" is "{cell[:40]}"', mend="ACLED writes 2020-04-08 or 08 April 2020.")


@cache
def _kinds() -> dict[str, str]:
    return {sub: kind for _, sub, kind in rows.book("acled.tsv")}


@cache
def _types() -> dict[str, tuple[str, str]]:
    """Kind -> (event type, sub-event type), the first of the crosswalk where several lead to it."""
    found: dict[str, tuple[str, str]] = {}
    for event, sub, kind in rows.book("acled.tsv"):
        found.setdefault(kind, (event, sub))
    others = {"assassination": "armed_attack", "killing": "armed_attack", "raid": "clash", "withdrawal": "redeployment",
              "reduction": "redeployment", "suspension": "redeployment", "resumption": "redeployment", "retasking": "redeployment"}  # fmt: skip
    found |= {kind: found[like] for kind, like in others.items()}
    return found | dict.fromkeys(("curfew", "blockade"), ("Strategic developments", "Other"))


def homes(i: Incident | Statement, actors: list[str], targets: list[str]) -> dict[str, str]:
    """The columns that have a home, from an incident or a statement."""
    _, back = countries()
    place = i.places[0] if i.places else None
    event, sub = _types()[i.kind]
    level = place.precision if place else None
    # Marsad's scale is the finer one: a district is ACLED's "near", whatever is wider is its 3
    geo = "" if level is None else "1" if level is WherePrecision.EXACT else "2" if level <= WherePrecision.ADMIN2 else "3"
    time = (
        ""
        if i.when is None
        else "1"
        if i.when.precision is DatePrecision.DAY
        else "2"
        if i.when.precision <= DatePrecision.WEEK
        else "3"
    )
    return {
        "event_date": str(i.when.start) if i.when else "", "year": str(i.when.start.year) if i.when else "", "time_precision": time,
        "disorder_type": _DISORDER[event], "event_type": event, "sub_event_type": sub, "actor1": "; ".join(actors), "actor2": "; ".join(targets),
        "civilian_targeting": "Civilian targeting" if "civilians" in targets else "",
        "country": back.get(place.country, ("", place.country))[1].partition(" (")[0] if place else "", "admin1": place.admin1 if place else "",
        "location": (place.name_en or place.name) if place else "", "latitude": _number(place.lat if place else None),
        "longitude": _number(place.lon if place else None), "geo_precision": geo,
        "fatalities": _number(reckoned(i.killed)),
    }  # fmt: skip


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"


def row_of(incident: Incident, statements: Mapping[str, Statement], reports: Mapping[str, Report]) -> dict[str, str]:
    """The row of one incident; an imported one gives its own row back, but for what the incident now says otherwise."""
    new = homes(incident, list(incident.actors), list(incident.targets))
    resting = [s for i in incident.statements if (s := statements.get(i)) and s.report in reports]
    own = next((s for s in resting if s.reader == READER), None)
    if own is None:
        sources = dict.fromkeys(reports[s.report].source for s in resting if reports[s.report].source)
        return {"event_id_cnty": incident.id, "source": "; ".join(sources)} | new
    old = homes(own, [p.name for p in own.actors], [p.name for p in own.targets])
    return cells(reports[own.report].text) | {c: v for c, v in new.items() if v != old[c]}


def dump(incidents: Iterable[Incident], statements: Mapping[str, Statement], reports: Mapping[str, Report], out: TextIO, *, public: bool = False) -> int:  # fmt: skip
    """Write a header and a row an incident; how many. public: without the notes."""
    return write_rows((row_of(i, statements, reports) for i in incidents), COLUMNS, out, blank=QUOTING if public else ())
