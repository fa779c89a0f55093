"""/: what changed since the visitor was here last, signals, map, tempo."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from markupsafe import Markup

from marsad.brief.material import STALE_DAYS
from marsad.brief.writer import Writer
from marsad.scales import Family
from marsad.serve import dense, drawing
from marsad.serve.asked import Looking
from marsad.serve.find import Found, Sought
from marsad.serve.links import url
from marsad.serve.memo import kept
from marsad.serve.models import browse, changes, signals, tempo, told
from marsad.serve.page import page
from marsad.serve.render import answer, language, wants_json
from marsad.serve.view import View
from marsad.serve.words import say

router = APIRouter()
DAYS, WEEKS = 30, 26
FEW = 5
"""With fewer incidents in the month, the map shows the half year."""
COOKIE, REST = "marsad_seen", timedelta(minutes=30)
"""Who was away longer than REST begins a new visit."""
SPANS = {"1d": timedelta(days=1), "7d": timedelta(days=7), "30d": timedelta(days=30)}


@page(router, "/", "reader")
def overview(request: Request, look: Looking, since: Annotated[str, Query(pattern="^(1d|7d|30d)?$")] = "") -> Response:
    """The front page."""
    now: datetime = request.app.state.settings.now()
    before, last = visits(request.cookies.get(COOKIE, ""), now)
    moment = now - SPANS[since] if since else before
    w = told.writer(language(request))
    # to the minute, so that what many ask for at once is made once
    same = (look.level, str(request.query_params), w.lang, now.date())
    data = kept(look, ("overview", *same), lambda: _overview(request, w, look, since))
    told_of = kept(
        look, ("overview changes", *same, moment.replace(second=0, microsecond=0)), lambda: _changes(w, look, moment)
    )
    pictures = partial(kept, look, ("overview pictures", *same), lambda: _pictures(w, data))
    made = answer(request, "overview.html", {"overview": data | {"changes": told_of}}, page=lambda: {"pictures": pictures()})
    if not wants_json(request):
        secure = request.app.state.settings.secure
        value = f"{int(before.timestamp())}.{int(last.timestamp())}"
        made.set_cookie(COOKIE, value, max_age=31_536_000, httponly=True, samesite="strict", secure=secure)
    return made


def visits(cookie: str, now: datetime) -> tuple[datetime, datetime]:
    """(end of the visit before this one, now). cookie: "before.last" in seconds; whoever comes first is told of a week."""
    try:
        before, last = (datetime.fromtimestamp(int(part), UTC) for part in cookie.split("."))
    except (ValueError, OverflowError, OSError):
        return now - timedelta(days=7), now
    return (last if now - last > REST else before), now


def _overview(request: Request, w: Writer, look: View, since: str) -> dict[str, Any]:
    """All but the changes, which are each visitor's own."""
    reports, _, newest = look.reach
    day = look.as_of or newest
    start = (day or date.today()) - timedelta(days=7 * WEEKS - 1)
    found = [s for s in look.signals() if not s.thin]
    columns = _tempo(request, w, look, start, day)
    month = Sought(since=day - timedelta(days=DAYS - 1), until=day) if day else Sought()
    return {
        "reports": reports, "newest": day.isoformat() if day else None, "lead": say(w.lang, "overview.lead", day=w.words.day(day), n=w.words.counted(reports, "report")) if day else "",
        "stale": _stale(request, w, look, day), "keys": _keys(request, w, look, month, sum(s.status == "draft" for s in found)) if day else [],
        "since_label": say(w.lang, f"overview.since_{since or 'last'}"), "spans": _spans(request, w, since),
        "signals": [signals.signal(w, s) for s in sorted(found, key=lambda s: (s.status != "draft", s.p if s.p is not None else 1, s.id))[:6]],
        "watched": any(r["verb"] == "watch" for r in look.runs()), "tempo": columns, "families": tempo.families(columns),
        "map": _map(request, w, look.find(month if len(look.find(month)) >= FEW else Sought(since=start, until=day))),
    }  # fmt: skip


def _pictures(w: Writer, data: dict[str, Any]) -> dict[str, Markup]:
    """The tempo and the map, written once for all who see the same."""
    count, num, rtl, here = w.words.counted, w.words.number, w.lang == "ar", data["map"]
    columns = drawing.columns(data["tempo"], rtl=rtl, width=640)
    land = drawing.land(here["country"], here["points"]) if here["country"] else None
    return {
        "tempo": dense.columns(columns, data["tempo"], say(w.lang, "overview.tempo"), count, num, rtl),
        "map": dense.land(land, here["areas"], say(w.lang, "overview.map"), count, num) if land else Markup(""),
    }


def _stale(request: Request, w: Writer, look: View, day: date | None) -> str:
    if day is None or look.as_of is not None:
        return ""
    age = (request.app.state.settings.now().date() - day).days
    return say(w.lang, "overview.stale", n=w.words.counted(age, "day", "gen")) if age > STALE_DAYS else ""


def _keys(request: Request, w: Writer, look: View, month: Sought, drafts: int) -> list[dict[str, Any]]:
    days = {"since": str(month.since), "until": str(month.until)}
    every = look.find(month)
    posture = every.by_family().get(Family.POSTURE.value, 0)
    link = partial(url, request, "/incidents", **days)
    values = (
        ("incidents", len(every) - posture, link()), ("killed", every.reckoned(), ""), ("posture", posture, url(request, "/posture", **days)),
        ("disputed", len(look.find(replace(month, confidence="disputed"))), link(confidence="disputed")), ("drafts", drafts, url(request, "/signals")),
    )  # fmt: skip
    return [{"key": k, "label": say(w.lang, f"overview.key_{k}"), "value": n, "href": href} for k, n, href in values]


def _spans(request: Request, w: Writer, since: str) -> list[dict[str, Any]]:
    return [
        {"label": say(w.lang, f"overview.span_{s or 'last'}"), "href": url(request, "/", since=s), "current": s == since} for s in ("", *SPANS)
    ]  # fmt: skip


def _changes(w: Writer, look: View, moment: datetime) -> dict[str, Any]:
    made = changes.since(w, look, moment)
    parts = [
        say(w.lang, f"overview.n_{k}", n=w.words.counted(made[k], "incident")) for k in ("new", "changed", "ended") if made[k]
    ]
    comma = str(w.words.book["style"]["list_comma"])
    rest = made["total"] - len(made["rows"])
    return made | {
        "since": moment.isoformat(timespec="seconds"),
        "words": comma.join(parts),
        "more": say(w.lang, "overview.more", n=w.words.counted(rest, "incident")) if rest > 0 else "",
    }


def _tempo(request: Request, w: Writer, look: View, start: date, day: date | None) -> list[dict[str, Any]]:
    if day is None:
        return []
    columns = tempo.tempo(w.words, look.find(Sought(since=start, until=day)).by_day(), "W", start, day)
    return [{**c, "href": url(request, "/incidents", since=c["start"], until=c["end"])} for c in columns]


def _map(request: Request, w: Writer, listed: Found) -> dict[str, Any]:
    def link(**params: Any) -> str:
        return url(request, "/incidents", **params)

    made = browse.still_map(w, listed, link, lambda key: url(request, f"/incident/{key}"))
    rest = made["elsewhere"]
    return made | {"elsewhere": say(w.lang, "overview.elsewhere", n=w.words.counted(rest, "incident")) if rest else ""}
