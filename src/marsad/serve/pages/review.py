"""/review: what most needs a person's eye, one after another: confirm, correct by selecting words, merge, split, reject, undo."""

from typing import Annotated, Any, get_args

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from marsad.errors import UsageError
from marsad.records import Incident, Lang
from marsad.scales import KINDS
from marsad.serve import desk
from marsad.serve.access import allow
from marsad.serve.asked import Looking
from marsad.serve.faults import missing
from marsad.serve.find import Sought
from marsad.serve.links import url
from marsad.serve.memo import kept
from marsad.serve.models import form as forms
from marsad.serve.models import incident as incidents
from marsad.serve.models import queue as queues
from marsad.serve.models import told, understood
from marsad.serve.page import page
from marsad.serve.render import answer, language, to_json
from marsad.serve.view import View
from marsad.verdicts import Review, Verdict, standing

router = APIRouter()
LOOKED, SHOWN = 3000, 40
"""Incidents that the queue is drawn from, the newest; and those that are listed."""
NOTE = 2000
"""Characters of a note."""
MOST = 400
"""Letters that can be selected for one value."""
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
Key = Annotated[str, Path(max_length=120)]
FIELDS = (
    "kind", "date_start", "date_end", "place", "actors", "targets", "weapons", "killed_best", "injured_best", "abducted_best", "arrested_best",
)  # fmt: skip
"""What the form shows; the rest of a correction follows from the words selected."""
HIDDEN = (
    "date_precision", "country", "admin1", "lat", "lon", "where_precision", *(f"{t}_{end}" for t in understood.TOLLS for end in ("low", "high")),
)  # fmt: skip


@page(router, "/review", "reviewer")
def review(
    request: Request, look: Looking, incident: Annotated[str, Query(max_length=120)] = "", done: Annotated[str, Query(max_length=20)] = "",
    of: Annotated[str, Query(max_length=120)] = "",
) -> Response:  # fmt: skip
    """The queue and its head, or the incident asked for."""
    w = told.writer(language(request))
    last = _last(look)
    every = kept(look, ("queue", look.level), lambda: look.find(Sought(realis="any")).page(LOOKED, newest=True))
    queue = queues.queue(w, every, last, most=SHOWN)
    key = incident or (queue[0]["id"] if queue else "")
    place = next((n for n, row in enumerate(queue) if row["id"] == key), None)
    data = {
        "queue": queue, "current": _current(request, look, key, last) if key else None, "done": done if done in VERDICTS else "", "of": of,
        "next": queue[place + 1]["id"] if place is not None and place + 1 < len(queue) else (queue[0]["id"] if queue and place is None else ""),
        "previous": queue[place - 1]["id"] if place else "", "waiting": len(queue),
        "undo": of if of and standing(look.store.reviews(of)) else "", "slots": list(understood.SLOTS),
    }  # fmt: skip
    return answer(request, "review.html", {"review": data})


def _last(look: View) -> dict[str, Review]:
    return {r.incident: r for r in standing(look.reviews())}


def _current(request: Request, look: View, key: str, last: dict[str, Review]) -> dict[str, Any]:
    versions = look.history(key)
    i = versions[-1]
    said = look.statements_by_id(i.statements)
    held = list(look.reports({s.report for s in said}))
    w = told.writer(language(request), reports=held, statements=said, incidents=[i])
    values = forms.current(i)
    return {
        **incidents.incident(w, i, said, held, look.reviews(key), versions), "fields": {f: values[f] for f in FIELDS}, "said": forms.said(w, i), "hidden": {f: values[f] for f in HIDDEN},
        "reasons": queues.reasons(i, said, last.get(key)), "near": [told.row(w, n) for n in forms.near(look, i)],
        "kinds": [{"value": k, "label": told.capital(w.kind(k))} for k in KINDS],
    }  # fmt: skip


@router.post("/review/{key}", dependencies=[allow("reviewer")], include_in_schema=False)
async def decide(request: Request, look: Looking, key: Key) -> Response:
    """Keep a decision, and go on to the next."""
    form = await request.form()
    given = {k: str(v) for k, v in form.items()}
    statements = [str(v) for v in form.getlist("statement")]
    return await run_in_threadpool(_decided, request, look, key, given, statements)


def _decided(request: Request, look: View, key: str, given: dict[str, str], statements: list[str]) -> Response:
    verdict = next((v for v in VERDICTS if v == given.get("verdict")), None)
    if verdict is None:
        raise UsageError("there is no such decision", where="verdict", mend=f"Take one of {', '.join(VERDICTS)}.")
    incident = look.history(key)[-1]
    values = _values(language(request), incident, given) if verdict == "correct" else {}
    version = int(given["version"]) if given.get("version", "").isdecimal() and verdict != "undo" else None
    asked = desk.Decision(
        incident=key, verdict=verdict, note=given.get("note", "").strip()[:NOTE], version=version, values=values,
        statements=statements if verdict == "split" else (), other=given.get("other", "") if verdict == "merge" else "",
    )  # fmt: skip
    request.state.deed = f"{verdict} {key} {values or ''} {' '.join(asked.statements)} {asked.other} {asked.note}".strip()
    made = desk.decide(look, asked, request.state.visitor.name)
    here = next(
        (i.id for i in made if set(i.statements) & set(incident.statements)), key
    )  # of two that were merged, one has gone
    stays = verdict not in ("confirm", "reject")
    after = {"incident": here if stays else given.get("next", "")}
    return RedirectResponse(
        url(request, "/review", **after, done=verdict, of=None if verdict == "undo" else key, as_of=None, clock=None), 303
    )


def _values(lang: Lang, incident: Incident, given: dict[str, str]) -> dict[str, str]:
    """What the form of a correction changes."""
    meant = forms.meant(told.writer(lang), given, incident)
    return forms.changed(incident, {f: meant[f] for f in (*FIELDS, *HIDDEN) if f in meant})


@router.get("/review/words.json", dependencies=[allow("reviewer")], include_in_schema=False)
def words(
    request: Request, look: Looking, report: Annotated[str, Query(max_length=80)], start: Annotated[int, Query(ge=0, le=10**9)], end: Annotated[int, Query(ge=0, le=10**9)],
    slot: Annotated[str, Query(max_length=20)],
) -> Response:  # fmt: skip
    """What the words of a report from `start` to `end` tell of `slot`: values for the form."""
    found = look.report(report)
    if slot not in understood.SLOTS or not start < end <= len(found.text) or end - start > MOST:
        raise missing("slot or words", slot)
    told_of = understood.understood(slot, found.text[start:end], found, list(look.statements(reports=[report])))
    w = told.writer(language(request))
    said = {f: forms.called(w, f, v) for f, v in told_of.items() if f in forms.SAID[1:]}
    if "place" in told_of:
        said["place"] = forms.place_called(w, told_of)
    return Response(
        to_json({"slot": slot, "words": found.text[start:end], "values": told_of, "said": said}), media_type="application/json"
    )
