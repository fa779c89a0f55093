"""/posture: which force left, moved, paused, came, and when."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from marsad.brief.charts.times import KIND_COLOURS
from marsad.scales import Family
from marsad.serve.asked import Looking, day
from marsad.serve.find import Sought
from marsad.serve.links import url
from marsad.serve.models import posture as model
from marsad.serve.models import told
from marsad.serve.page import page
from marsad.serve.render import answer, language
from marsad.serve.words import say

router = APIRouter()
MOST = 1000
"""Changes on the page, the newest."""
Day = Annotated[str, Query(max_length=40)]


@page(router, "/posture", "reader")
def posture(request: Request, look: Looking, since: Day = "", until: Day = "") -> Response:
    """The page."""
    first, last = day(since, "since"), day(until, "until")
    w = told.writer(language(request))
    every = look.find(Sought(family=Family.POSTURE.value, since=first, until=last))
    forces = model.forces(w, every.page(MOST, newest=True))
    span = model.span(forces)
    used = {c["kind"] for f in forces for c in f["changes"]}
    data = {
        "lead": say(w.lang, "posture.lead", n=w.words.counted(len(every), "posture")), "forces": forces, "since": first, "until": last, "as_of": look.as_of,
        "days": span, "rows": [_row(request, f, w.lang) for f in forces], "kinds": [{"value": k, "label": told.capital(w.kind(k))} for k in KIND_COLOURS if k in used],
    }  # fmt: skip
    return answer(request, "posture.html", {"posture": data})


def _row(request: Request, force: dict[str, Any], lang: str) -> dict[str, Any]:
    marks = [
        {"day": date.fromisoformat(c["start"]), "size": c["voices"], "cls": f"k-{c['kind']}", "href": url(request, f"/incident/{c['id']}"),
         "title": f"{c['kind_label']} · {c['where']} · {c['day']}"}
        for c in force["changes"] if c["dated"]
    ]  # fmt: skip
    return {"label": force["name"] or say("ar" if lang == "ar" else "en", "posture.no_force"), "marks": marks}
