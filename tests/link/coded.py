"""Statements from coding by hand instead of from the reader, so that linking is judged apart from reading.

`same_event.tsv` (ours): what each labelled report of arabic_same_event.dev.jsonl mainly tells, and the other abduction where it tells
of both. The gold files' own statements come in by `from_gold`.
"""

import csv
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from marsad.link.gazetteer import Gazetteer, context_of
from marsad.records import Count, Incident, Party, Place, Report, Span, Statement, Toll, Weapon, When
from marsad.scales import DateBasis, DatePrecision, Realis, WherePrecision

CODED = Path(__file__).parent / "same_event.tsv"
TOLLS = ("killed", "injured", "abducted", "arrested")


def reports(path: Path) -> tuple[dict[str, Report], dict[str, dict[str, Any]]]:
    """(reports by their key, the lines by key)."""
    lines = {d["id"]: d for d in map(json.loads, path.read_text(encoding="utf-8").splitlines())}
    made = {
        key: Report(
            id=key, key=key, text=d["text"], lang=d["lang"], source=d.get("source", ""),
            published=date.fromisoformat(d["published"][:10]) if d.get("published") else None,
        )
        for key, d in lines.items()
    }  # fmt: skip
    return made, lines


def main_statements(held: Mapping[str, Report]) -> list[Statement]:
    """The coded statements, the first of each report being its main one."""
    found, seen = [], Counter[str]()
    for row in csv.DictReader(CODED.open(encoding="utf-8"), delimiter="\t"):
        n = seen[row["report"]]
        seen[row["report"]] += 1
        start = date.fromisoformat(row["date_start"]) if row["date_start"] else None
        when = start and When(
            start=start, end=date.fromisoformat(row["date_end"] or row["date_start"]),
            precision=DatePrecision(int(row["date_precision"])), basis=DateBasis(row["date_basis"]),
        )  # fmt: skip
        anchor = Span(len(held[row["report"]].text) - 9 + n, len(held[row["report"]].text) - 8 + n)
        found.append(
            Statement(
                id=f"{row['report']}#{n}", report=row["report"], cls="event", anchor=anchor, kind=row["kind"], when=when or None,
                places=tuple(_place(*p.split(":"), anchor) for p in row["places"].split(",")),
                actors=_parties(row["actors"], anchor), targets=_parties(row["targets"], anchor),
                killed=_toll(row["killed"]), injured=_toll(row["injured"]), abducted=_toll(row["abducted"]),
            )
        )  # fmt: skip
    return found


def _place(name: str, country: str, precision: str, span: Span) -> Place:
    level = WherePrecision(int(precision))
    kinds = ("country",) if level is WherePrecision.COUNTRY else ("admin1",) if level is WherePrecision.ADMIN1 else ()
    entry = Gazetteer().resolve(name, lang="en", kinds=kinds).entry
    if entry is None or entry.country != country or (not kinds and entry.lat is None):
        return Place(name=name, span=span, name_en=name, country=country, precision=level)
    return Place(
        name=name, span=span, name_en=entry.name_en, country=country, admin1=entry.admin1, lat=entry.lat, lon=entry.lon,
        precision=level, gazetteer=entry.id,
    )  # fmt: skip


def _parties(names: str, span: Span) -> tuple[Party, ...]:
    return tuple(Party(n, span) for n in names.split(",") if n)


def _toll(told: str) -> Toll | None:
    if not told:
        return None
    if told.endswith("+"):
        return Toll(low=int(told[:-1]))
    return Toll(low=int(told), best=int(told), high=int(told))


def from_gold(path: Path) -> tuple[list[Statement], dict[str, Report]]:
    """The event statements of a gold file as the reader would hand them over, places resolved."""
    held, lines = reports(path)
    gazetteer = Gazetteer()
    found = []
    for key, line in lines.items():
        told = [_statement(held[key], n, s) for n, s in enumerate(line["statements"]) if s["class"] == "event"]
        context = context_of(told, held[key])
        found += [_resolved(s, gazetteer, context, held[key].lang) for s in told]
    return found, held


def _resolved(s: Statement, gazetteer: Gazetteer, context: Any, lang: str) -> Statement:
    from dataclasses import replace  # noqa: PLC0415

    return replace(s, places=gazetteer.places(s.places, context, lang=lang))


def _statement(report: Report, n: int, s: Mapping[str, Any]) -> Statement:
    start = max(0, report.text.find(s["anchor"]))
    anchor = Span(start, start + len(s["anchor"]))
    when = None
    if s.get("date_start"):
        when = When(
            start=date.fromisoformat(s["date_start"]), end=date.fromisoformat(s.get("date_end") or s["date_start"]),
            precision=DatePrecision(s.get("date_precision", 1)), basis=DateBasis(s.get("date_basis", "text")),
        )  # fmt: skip
    count = s.get("count")
    return Statement(
        id=f"{report.id}#{n}", report=report.id, cls="event", anchor=anchor, realis=Realis(s["realis"]), kind=s["kind"], when=when,
        places=tuple(Place(name=p["name"], span=anchor, name_en=p.get("name_en", ""), country=p.get("country", ""),
                           admin1=p.get("admin1", "")) for p in s.get("places", ())),
        actors=tuple(Party(a, anchor) for a in s.get("actors", ())), targets=tuple(Party(a, anchor) for a in s.get("targets", ())),
        weapons=tuple(Weapon(w, anchor) for w in s.get("weapons", ())),
        count=Count(value=count, unit=s.get("unit", "")) if isinstance(count, int) else None, aggregate=bool(s.get("aggregate")),
        **{t: Toll(low=v.get("low"), best=v.get("best"), high=v.get("high")) for t in TOLLS if (v := s.get(t))},
    )  # fmt: skip


def main_incidents(incidents: Sequence[Incident], main: Iterable[Statement]) -> dict[str, str]:
    """Report -> the incident that its main statement stands in (its own name where in none)."""
    home = {s: i.id for i in incidents for s in i.statements}
    return {s.report: home.get(s.id, s.report) for s in main if s.id.endswith("#0")}


def b_cubed(found: Mapping[str, str], truth: Mapping[str, str]) -> tuple[float, float, float]:
    """(precision, recall, F1) of a clustering by B-cubed (Bagga and Baldwin 1998), over the items of `truth`."""
    precision = recall = 0.0
    for item in truth:
        here = {o for o in truth if found[o] == found[item]}
        there = {o for o in truth if truth[o] == truth[item]}
        precision += len(here & there) / len(here)
        recall += len(here & there) / len(there)
    p, r = precision / len(truth), recall / len(truth)
    return p, r, 2 * p * r / (p + r)
