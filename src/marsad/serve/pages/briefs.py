"""/briefs: those that were made, and one for any period; /brief: the brief itself."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from marsad import brief as briefs
from marsad import pipeline
from marsad.brief import names
from marsad.brief.markdown import markdown
from marsad.brief.pdf import pdf
from marsad.errors import UsageError
from marsad.records import Lang
from marsad.scales import SENSITIVITY_ORDER, Family, Sensitivity
from marsad.serve.access import allow
from marsad.serve.asked import Looking, day
from marsad.serve.models import browse, told
from marsad.serve.models.filters import Filter
from marsad.serve.page import page
from marsad.serve.render import answer, language
from marsad.serve.shell import BRIEF
from marsad.serve.threads import apart
from marsad.serve.view import View

router = APIRouter()
Family_ = Literal["", "attack", "operation", "control", "posture", "unrest", "measure"]
Form_ = Literal["html", "md", "pdf"]
Days = Annotated[int, Query(ge=1, le=3660)]


@page(router, "/briefs", "reader")
def listed(request: Request, look: Looking) -> Response:
    """Briefs that were made, and the form for another."""
    w = told.writer(language(request))
    choices = browse.choices(w, look, Filter())
    data = {
        "newest": look.last_day, "made": [_made(w, run) for run in _runs(look)], "areas": choices["areas"],
        "families": [{"value": f["family"], "label": f["label"]} for f in choices["kinds"]],
        "releases": [s.value for s in SENSITIVITY_ORDER[: SENSITIVITY_ORDER.index(look.level) + 1]],
    }  # fmt: skip
    return answer(request, "briefs.html", {"briefs": data})


def _runs(look: View) -> list[dict[str, Any]]:
    """Brief runs, the newest of each first; of releases that the visitor may see."""
    seen: dict[str, dict[str, Any]] = {}
    for run in look.store.runs()[::-1]:
        told_of = json.loads(run["params"]) if run["verb"] == "brief" and run["outcome"] == "done" else {}
        if not {"as_of", "days", "release"} <= told_of.keys() or told_of["release"] not in [
            s.value for s in SENSITIVITY_ORDER
        ]:
            continue
        if SENSITIVITY_ORDER.index(Sensitivity(told_of["release"])) <= SENSITIVITY_ORDER.index(look.level):
            key = "|".join(str(told_of.get(k, "")) for k in ("as_of", "days", "release", "area", "families"))
            seen.setdefault(key, told_of | {"when": run["started"]})
    return list(seen.values())[:100]


def _made(w: Any, run: dict[str, Any]) -> dict[str, Any]:
    last = date.fromisoformat(run["as_of"])
    first = last - timedelta(days=int(run["days"]) - 1)
    family = run.get("families", "")
    asked = {
        "as_of": run["as_of"],
        "days": run["days"],
        "area": run.get("area", ""),
        "family": family if family in set(Family) else "",
        "release": run["release"],
    }
    links = {lang: "/brief?" + urlencode({"lang": lang} | {k: v for k, v in asked.items() if v}) for lang in ("ar", "en")}
    return {
        **asked, "words": w.words.days(first, last), "when": run["when"], "area": names.area(asked["area"], w.lang) if asked["area"] else "", **links,
    }  # fmt: skip


@router.post("/briefs", dependencies=[allow("reviewer")], include_in_schema=False)
def keep(
    request: Request, look: Looking, as_of: Annotated[str, Form(max_length=40)], days: Annotated[int, Form(ge=1, le=3660)] = 30,
    area: Annotated[str, Form(max_length=200)] = "", family: Annotated[Family_, Form()] = "", release: Annotated[Sensitivity, Form()] = Sensitivity.PUBLIC,
    lang: Annotated[Lang, Form()] = "en", form: Annotated[Form_, Form()] = "html",
) -> Response:  # fmt: skip
    """Make a brief and keep it in the list: what is kept is what it was made from, since the same store and day give the same bytes."""
    if day(as_of, "as_of") is None:
        raise UsageError("the day is missing", where="as_of", mend="Write it as YYYY-MM-DD.")
    params: dict[str, str | int] = {"as_of": as_of, "days": days, "release": release.value, "area": area, "families": family}
    request.state.deed = f"brief of {days} days up to {as_of}"
    with look.store.run("brief", briefs.VERSION, params):
        pass
    asked = {
        "lang": lang,
        "as_of": as_of,
        "days": days,
        "area": area,
        "family": family,
        "release": release.value,
        "form": form,
    }
    return RedirectResponse("/brief?" + urlencode({k: v for k, v in asked.items() if v}), 303)


@router.get("/brief", dependencies=[allow("reader")], include_in_schema=False)
@apart
def brief(
    request: Request, look: Looking, days: Days = 30, area: Annotated[str, Query(max_length=200)] = "", family: Family_ = "",
    release: Sensitivity = Sensitivity.PUBLIC, form: Form_ = "html",
) -> Response:  # fmt: skip
    """The brief of a period, for a release no higher than the visitor's own."""
    lang, until = language(request), look.as_of or look.last_day
    if until is None:
        raise UsageError("no report in the store has a date", where="as_of", mend="Collect reports first.")
    level = min(release, look.level, key=SENSITIVITY_ORDER.index)
    cut = pipeline.material(
        look.store, as_of=until, days=days, release=level, area=area, families=[Family(family)] if family else []
    )
    cut = replace(
        cut, signals=tuple(s for s in cut.signals if s.id in {x.id for x in look.signals()})
    )  # a draft is for those who see everything
    composed, quotes = briefs.compose(cut, lang), level is not Sensitivity.PUBLIC
    name = f"brief-{until.isoformat()}.{lang}.{form}"
    if form == "pdf":
        return _file(pdf(cut, composed, quotes=quotes), "application/pdf", name)
    if form == "md":
        return _file(markdown(cut, composed, quotes=quotes).encode("utf-8"), "text/markdown; charset=utf-8", name)
    other = "/brief?" + urlencode(dict(request.query_params.multi_items()) | {"lang": "en" if lang == "ar" else "ar"})
    text = briefs.render(cut, composed, quotes=quotes, other=other)
    return Response(text.encode("utf-8"), media_type="text/html; charset=utf-8", headers={"Content-Security-Policy": BRIEF})


def _file(body: bytes, mime: str, name: str) -> Response:
    return Response(body, media_type=mime, headers={"Content-Disposition": f'attachment; filename="{name}"'})
