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
GREAT = 200_000
"""Reports up to which each source is told of in full: every report, statement and incident is read for it, 0.14 ms a report."""


@page(router, "/sources", "reader")
def sources(request: Request, look: Looking) -> Response:
    """The page."""
    w, great = told.writer(language(request)), look.reach[0] > GREAT
    question = ("sources", look.level, look.as_of, look.clock, w.lang)
    rows = kept(look, question, lambda: _few_words(w, look) if great else _rows(w, look))
    return answer(request, "sources.html", {"sources": rows, "great": great})


def _few_words(w: Writer, look: View) -> list[dict[str, Any]]:
    """Of a great record, what an index tells of each source now: how many reports, and the newest day."""
    return [model.outlet(w, source, reports, last) for source, reports, last in look.now.outlets()]


def _rows(w: Writer, look: View) -> list[dict[str, Any]]:
    home = {s.id: s.report for s in look.statements(cls="event")}
    return model.sources(w, look.reports(), look.incidents(Which(rejected=True)), home)
