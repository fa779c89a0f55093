"""/incident/{id}: one incident, every report's words side by side; /report/{id}: one report with all its statements."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import RedirectResponse, Response

from marsad.records import Incident
from marsad.serve.asked import Looking
from marsad.serve.faults import missing
from marsad.serve.links import url
from marsad.serve.models import incident as incidents
from marsad.serve.models import report as reports
from marsad.serve.models import told
from marsad.serve.page import page
from marsad.serve.render import answer, language, wants_json
from marsad.serve.view import View
from marsad.serve.words import say
from marsad.store import Which

router = APIRouter()
Key = Annotated[str, Path(max_length=120)]


@page(router, "/incident/{key}", "reader")
def incident(request: Request, look: Looking, key: Key) -> Response:
    """One incident."""
    lang = language(request)
    versions = look.history(key)
    if moved := _moved(look, versions[-1]):
        return RedirectResponse(url(request, f"/incident/{moved}{'.json' if wants_json(request) else ''}"), 303)
    shown = _as_known(look, versions[-1])
    said = look.statements_by_id(shown.statements)
    held = list(look.reports({s.report for s in said}))
    w = told.writer(lang, reports=held, statements=said, incidents=[shown])
    until = look.as_of if look.clock == "recorded" else None
    data = incidents.incident(w, shown, said, held, look.reviews(key), [v for v in versions if _by(v, until)])
    data["withheld_words"] = (
        say(lang, "incident.withheld", n=w.words.counted(data["withheld"], "statement")) if data["withheld"] else ""
    )
    data["may_review"] = request.state.visitor.may("reviewer") and look.as_of is None
    return answer(request, "incident.html", {"incident": data})


def _moved(look: View, newest: Incident) -> str:
    """The incident that tells of it now, where this one has gone up in another."""
    if look.as_of is not None:
        return ""
    now = look.resting(newest.statements)
    return "" if not now or newest.id in now.values() else next(iter(now.values()))


def _by(version: Incident, day: date | None) -> bool:
    return day is None or version.recorded is None or version.recorded.date() <= day


def _as_known(look: View, newest: Incident) -> Incident:
    """The incident as it was known on the day asked for; by what had been told by then it may have had another beginning."""
    if look.as_of is None:
        return newest
    found = look.incidents(Which(family=newest.family, rejected=True))
    same = [i for i in found if i.id == newest.id or set(i.statements) & set(newest.statements)]
    if not same:
        raise missing("incident as of this day", newest.id)
    return max(same, key=lambda i: (i.id == newest.id, len(i.statements)))


@page(router, "/report/{key}", "reader")
def report(request: Request, look: Looking, key: Key, start: Annotated[int, Query(ge=0, le=1_000_000_000)] = 0) -> Response:
    """One report."""
    found = look.report(key)
    said = list(look.statements(reports=[found.id]))
    lang = language(request)
    w = told.writer(lang, reports=[found], statements=said)
    data = reports.report(w, found, said, look.resting(s.id for s in said), look.sightings(found.id), start)
    piece = data["passage"]
    data["part_words"] = say(
        lang,
        "report.part",
        start=w.words.number(piece["start"] + 1),
        end=w.words.number(piece["end"]),
        of=w.words.number(piece["of"]),
    )
    return answer(request, "report.html", {"report": data})


@page(router, "/statement/{key:path}", "reader")
def statement(request: Request, look: Looking, key: Key) -> Response:
    """Where a statement stands: its report, at its words."""
    found = look.statements_by_id([key])
    if not found:
        raise missing("statement", key)
    start = max(0, found[0].anchor.start - 300) if found[0].anchor.start > 300 else None
    return RedirectResponse(f"{url(request, f'/report/{found[0].report}', start=start)}#s-{key}", 303)
