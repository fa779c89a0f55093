"""Sources with their grades: what came from each, when last, and how often what rests on it was confirmed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from marsad.brief import names
from marsad.brief.words import visible
from marsad.brief.writer import Writer
from marsad.records import Incident, Report
from marsad.serve.models import told
from marsad.serve.outlets import Outlet

Data = dict[str, Any]


def sources(
    w: Writer, reports: Iterable[Report], incidents: Iterable[Incident], of_statement: Mapping[str, str]
) -> list[Data]:
    """A row a source, the most reports first. of_statement: statement id -> report id."""
    held: dict[str, list[Report]] = defaultdict(list)
    home: dict[str, str] = {}
    for r in reports:
        held[r.source].append(r)
        home[r.id] = r.source
    resting: dict[str, list[Incident]] = defaultdict(list)
    for i in incidents:
        for source in {home[of_statement[s]] for s in i.statements if of_statement.get(s) in home}:
            resting[source].append(i)
    rows = [_source(w, source, found, resting[source]) for source, found in held.items()]
    return sorted(rows, key=lambda s: (-s["reports"], s["name"]))


def outlet(w: Writer, source: str, reports: int, last: date | None) -> Data:
    """The row of a source of which no more is known than this; what is not counted is None."""
    uncounted = dict.fromkeys(("undated", "first", "incidents", "alone", "disputed", "judged", "stood"))
    return {
        "key": source, "name": _name(w, source), "reports": reports, "last": last.isoformat() if last else None, "grades": [], "langs": [], **uncounted,
    }  # fmt: skip


def counted(w: Writer, o: Outlet) -> Data:
    """The row of a source that was counted (serve/outlets.py): all but the languages."""
    return {
        "key": o.source, "name": _name(w, o.source), "reports": o.reports, "undated": o.undated, "first": o.first.isoformat() if o.first else None,
        "last": o.last.isoformat() if o.last else None, "grades": [{"grade": g, "label": w.words.label("grades", g)} for g in o.grades], "langs": [],
        "incidents": o.incidents, "alone": o.alone, "disputed": o.disputed, "judged": o.judged, "stood": o.stood,
    }  # fmt: skip


def _name(w: Writer, source: str) -> str:
    return told.capital(visible(names.actor(source, w.lang) if source else w.words.phrase("a_report")))


def _source(w: Writer, source: str, found: list[Report], resting: list[Incident]) -> Data:
    days = sorted(r.published for r in found if r.published)
    grades = sorted({r.grade for r in found})
    judged = [i for i in resting if i.review]
    return {
        "key": source, "name": _name(w, source), "reports": len(found), "undated": len(found) - len(days),
        "first": days[0].isoformat() if days else None, "last": days[-1].isoformat() if days else None,
        "grades": [{"grade": g, "label": w.words.label("grades", g)} for g in grades], "langs": sorted({r.lang for r in found}),
        "incidents": len(resting), "alone": sum(i.voices == 1 for i in resting), "disputed": sum(bool(i.differences) for i in resting),
        "judged": len(judged), "stood": sum(i.review in ("confirmed", "corrected") for i in judged),
    }  # fmt: skip
