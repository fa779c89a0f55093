"""/sources: each source with its grade, what came from it, and how often what rests on it stood."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from marsad.brief.writer import Writer
from marsad.serve import outlets
from marsad.serve.asked import Looking
from marsad.serve.memo import kept
from marsad.serve.models import sources as model
from marsad.serve.models import told
from marsad.serve.page import page
from marsad.serve.render import answer, language
from marsad.serve.shelf import PATIENCE
from marsad.serve.view import View
from marsad.store import Which

router = APIRouter()
GREAT = 200_000
"""Reports up to which every report, statement and incident is read for the page, 0.14 ms a report; of more, they are counted in the background
(serve/outlets.py)."""


@page(router, "/sources", "reader")
def sources(request: Request, look: Looking) -> Response:
    """The page."""
    w, great = told.writer(language(request)), look.reach[0] > GREAT
    if great:
        rows, note = _of_many(w, look.now)
    else:
        question = ("sources", look.level, look.as_of, look.clock, w.lang)
        rows, note = kept(look, question, lambda: _rows(w, look)), ""
    return answer(request, "sources.html", {"sources": rows, "great": great, "note": note})


def _of_many(w: Writer, look: View) -> tuple[list[dict[str, Any]], str]:
    """(rows of a great record as it is now, what to say of them): what an index tells of each source, until the first count is there."""
    found, current = outlets.counted(look, PATIENCE)
    if found is None:
        return [model.outlet(w, source, reports, last) for source, reports, last in look.outlets()], "sources.counting"
    return [model.counted(w, o) for o in found], "" if current else "sources.older"


def _rows(w: Writer, look: View) -> list[dict[str, Any]]:
    home = {s.id: s.report for s in look.statements(cls="event")}
    return model.sources(w, look.reports(), look.incidents(Which(rejected=True)), home)
