"""/sources: each source with its grade, what came from it, and how often what rests on it stood."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from marsad.serve.asked import Looking
from marsad.serve.models import sources as model
from marsad.serve.models import told
from marsad.serve.page import page
from marsad.serve.render import answer, language
from marsad.store import Which

router = APIRouter()


@page(router, "/sources", "reader")
def sources(request: Request, look: Looking) -> Response:
    """The page."""
    w = told.writer(language(request))
    home = {s.id: s.report for s in look.statements(cls="event")}
    rows = model.sources(w, look.reports(), look.incidents(Which(rejected=True)), home)
    return answer(request, "sources.html", {"sources": rows})
