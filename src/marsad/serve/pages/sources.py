"""/sources: each source with its grade, what came from it, and how often what rests on it stood."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from marsad.brief.writer import Writer
from marsad.serve.asked import Looking
from marsad.serve.memo import kept
from marsad.serve.models import sources as model
from marsad.serve.models import told
from marsad.serve.page import page
from marsad.serve.render import answer, language
from marsad.serve.view import View
from marsad.store import Which

router = APIRouter()


@page(router, "/sources", "reader")
def sources(request: Request, look: Looking) -> Response:
    """The page."""
    w = told.writer(language(request))
    question = ("sources", look.level, look.as_of, look.clock, w.lang)
    return answer(request, "sources.html", {"sources": kept(look, question, lambda: _rows(w, look))})


def _rows(w: Writer, look: View) -> list[dict[str, Any]]:
    home = {s.id: s.report for s in look.statements(cls="event")}
    return model.sources(w, look.reports(), look.incidents(Which(rejected=True)), home)
