"""/signals: changes that a method found, and what a person made of them. A machine drafts, a person publishes (law 7)."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.responses import RedirectResponse, Response

from marsad import pipeline
from marsad.brief.sections.incidents import day_label
from marsad.brief.writer import Writer
from marsad.records import Series
from marsad.serve import desk
from marsad.serve.access import allow
from marsad.serve.asked import Looking
from marsad.serve.links import url
from marsad.serve.memo import kept
from marsad.serve.models import signals as model
from marsad.serve.models import told
from marsad.serve.page import page
from marsad.serve.render import answer, language
from marsad.serve.view import View

router = APIRouter()
NAMED = 12
"""Incidents behind a signal that are named on the page."""
Status = Literal["draft", "approved", "dismissed"]


@page(router, "/signals", "reader")
def signals(
    request: Request, look: Looking, done: Annotated[Literal["", "draft", "approved", "dismissed"], Query()] = ""
) -> Response:
    """The page."""
    w = told.writer(language(request))
    found = look.signals()
    data = model.listed(w, found, _series(look, [s.period for s in found if not s.thin]))
    data["named"] = _named(w, look, {e for s in data["signals"] for e in s["evidence"][:NAMED]})
    return answer(request, "signals.html", {"found": data, "done": done, "query_as_of": look.as_of is not None})


def _named(w: Writer, look: View, ids: set[str]) -> dict[str, str]:
    """What each of the incidents behind a signal is called: its kind and its day."""
    newest = {key: versions[-1] for key, versions in look.histories(sorted(ids)).items()}
    return {key: f"{told.capital(w.kind(i.kind))} · {day_label(w, i)}" for key, i in newest.items()}


def _series(look: View, periods: list[str]) -> dict[str, Series]:
    """The series behind signals of `periods`, by unit; only for who sees all that they count."""
    day = look.as_of or look.last_day
    if not periods or day is None or not look.whole:
        return {}
    freqs = sorted({_freq(p) for p in periods})
    return kept(look, ("behind", day, *freqs), lambda: _counted(look, day, freqs))


def _counted(look: View, day: date, freqs: list[str]) -> dict[str, Series]:
    made: dict[str, Series] = {}
    for freq, level in (("W", "family"), ("D", "kind"), ("M", "family")):
        if freq in freqs:
            made |= {s.unit: s for s in pipeline.series(look.store, as_of=day, freq=freq, level=level)}
    return made


def _freq(period: str) -> str:
    return "W" if "W" in period else "D" if len(period) == 10 else "M"


@router.post("/signals/{key}", dependencies=[allow("reviewer")], include_in_schema=False)
def decide(
    request: Request, look: Looking, key: Annotated[str, Path(max_length=120)], status: Annotated[Status, Form()]
) -> Response:
    """Approve, dismiss, or put back to draft: a newer row beside the older one."""
    request.state.deed = f"signal {key}: {status}"
    desk.judge(look, key, status)
    return RedirectResponse(url(request, "/signals", done=status) + f"#{key}", 303)
