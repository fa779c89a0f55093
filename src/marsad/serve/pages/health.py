"""/health: what was collected, what was rejected and why, how old it is, and what was run."""

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from marsad.brief import names
from marsad.brief.material import STALE_DAYS
from marsad.brief.words import visible
from marsad.brief.writer import Writer
from marsad.serve.asked import Looking
from marsad.serve.links import again
from marsad.serve.memo import kept
from marsad.serve.models import told
from marsad.serve.page import page
from marsad.serve.render import answer, language
from marsad.serve.view import View
from marsad.serve.words import say

router = APIRouter()
PAGE, RUNS, SHOWN = 50, 40, 30


@page(router, "/health", "reader")
def health(request: Request, look: Looking, page: Annotated[int, Query(ge=1, le=1_000_000)] = 1) -> Response:
    """How the record fares."""
    w = told.writer(language(request))
    today = request.app.state.settings.now().date()
    rejected = look.rejected()[::-1]
    part = rejected[(page - 1) * PAGE : page * PAGE]
    day = look.last_day
    age = max(0, (today - day).days) if day else 0  # a clock may be late, a report dated ahead
    data = {
        "newest": day, "lead": _lead(w, day, age),
        "stale": say(w.lang, "overview.stale", n=w.words.counted(age, "day", "gen")) if day and age > STALE_DAYS and look.as_of is None else "",
        "keys": [{"key": k, "label": say(w.lang, f"health.key_{k}"), "value": n} for k, n in _counts(look).items()],
        "sources": _sources(w, look, today), "runs": [_run(w, r) for r in look.runs()[::-1][:RUNS]], "whole": look.whole,
        "rejected": [{"where": r.where[:400], "reason": r.reason[:600], "mend": r.mend, "size": r.size, "sha256": r.sha256} for r in part],
        "rejected_total": len(rejected), "tombstones": look.tombstones()[-SHOWN:], "readers": kept(look, ("readers",), look.store.readers),
        "page": {"previous": again(request, page=page - 1) if page > 1 else None, "next": again(request, page=page + 1) if page * PAGE < len(rejected) else None},
    }  # fmt: skip
    return answer(request, "health.html", {"health": data})


def _lead(w: Writer, day: date | None, age: int) -> str:
    if day is None:
        return say(w.lang, "none_yet")
    if age == 0:
        return say(w.lang, "health.lead_today", day=w.words.day(day))
    return say(w.lang, "health.lead", day=w.words.day(day), n=w.words.counted(age, "day"))


def _counts(look: View) -> dict[str, int]:
    """What the visitor may see of each noun; statements are counted for those alone who see them all."""
    held = kept(look, ("counts",), look.store.counts) if look.whole else {}
    statements = {"statements": held["statements"]} if held else {}
    return {
        "reports": look.reach[0],
        **statements,
        "incidents": len(look.find()),
        "signals": len(look.signals()),
        "forecasts": len(look.forecasts()),
    }


def _sources(w: Writer, look: View, today: date) -> list[dict[str, Any]]:
    """Sources from the one that has been silent longest."""
    made = []
    for source, reports, last in sorted(look.outlets(), key=lambda s: (s[2] or date.min, s[0]))[:SHOWN]:
        name = told.capital(visible(names.actor(source, w.lang))) if source else w.words.phrase("a_report")
        days = max(0, (today - last).days) if last else None
        age = "" if days is None else w.words.counted(days, "day") if days else say(w.lang, "health.today")
        made.append({"key": source, "name": name, "reports": reports, "last": last, "age": age})
    return made


def _run(w: Writer, run: dict[str, Any]) -> dict[str, Any]:
    started, ended = run["started"], run["ended"]
    return {
        "verb": run["verb"], "version": run["version"], "started": started, "took": _took(w, started, ended), "outcome": run["outcome"] or "cut_off",
        "detail": run["detail"] or "", "params": run["params"],
    }  # fmt: skip


def _took(w: Writer, started: datetime, ended: datetime | None) -> str:
    if ended is None:
        return ""
    seconds = (ended - started).total_seconds()
    if seconds < 120:
        return say(w.lang, "health.seconds", n=w.words.number(seconds))
    return say(w.lang, "health.minutes", n=w.words.number(round(seconds / 60)))
