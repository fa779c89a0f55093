"""The page of incidents: one choice, seen as map, timeline and table."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import Any

import numpy as np
from markupsafe import Markup

from marsad.brief import names
from marsad.brief.words import visible
from marsad.brief.writer import Writer
from marsad.formats.units import shapes
from marsad.records import Incident, Report, Statement
from marsad.scales import FAMILY_OF, KINDS, Family, Realis
from marsad.serve import dense
from marsad.serve.drawing import rings
from marsad.serve.find import Cell, Found, Sought, takes
from marsad.serve.memo import kept
from marsad.serve.models import tempo as tempos
from marsad.serve.models import told
from marsad.serve.models.filters import CONFIDENCE, LEAST, REALIS, Filter
from marsad.serve.shelf import UNDATED, among, shelf_of
from marsad.serve.view import View
from marsad.serve.words import say

Data = dict[str, Any]
Link = Callable[..., str]
PAGE = 50
EXPORT = 100_000
"""Incidents of one download."""
STILL = 0.55
"""Degrees in which the map without script gathers its points."""
OFFERED = 60
"""Actors and sources that a filter offers; any other can be typed."""
NAMED = 300
"""Points of a map that are named."""


def found(look: View, asked: Filter) -> Found:
    """The incidents asked for; of statements that made none, each in the form of an incident (id "statement:...")."""
    if not asked.said:
        return look.find(asked.sought())
    reports = {r.id: r for r in look.reports() if not asked.source or r.source == asked.source}
    said = (
        s for s in look.statements(cls="event") if s.realis.value == asked.realis and s.report in reports and s.kind in KINDS
    )
    sought = asked.sought()
    listed = [i for i in look.shown([as_incident(s, reports[s.report]) for s in said]) if takes(sought, i, {i.id})]
    return Found(shelf_of(look.store), look.columns, np.array([], dtype=np.int64), tuple(listed), look.level, look.shown)


def as_incident(s: Statement, report: Report) -> Incident:
    """A statement that made no incident, in the form of one, so that lists and maps can show it; it is counted nowhere."""
    return Incident(
        id=f"statement:{s.id}", version=0, kind=s.kind, statements=(s.id,), when=s.when, places=s.places, actors=tuple(p.name for p in s.actors),
        targets=tuple(p.name for p in s.targets), weapons=tuple(x.name for x in s.weapons), killed=s.killed, injured=s.injured,
        abducted=s.abducted, arrested=s.arrested, recalled=s.realis is Realis.BACKGROUND, sensitivity=report.sensitivity, published=report.published,
        confidence=s.confidence,
    )  # fmt: skip


def place_of(i: Incident) -> tuple[int, str]:
    """Where `i` stands in the order of the table; the page after it begins behind this."""
    return (i.when.start.toordinal() if i.when else int(UNDATED)), i.id


def timeline(w: Writer, every: Found, asked: Filter, link: Link) -> tuple[str, list[Data]]:
    """(length of its periods, columns). link: the address of this page with other parameters."""
    days = every.by_day()
    if not days:
        return "W", []
    first, last = days[0][0], days[-1][0]
    start, end = max(asked.since or first, first), min(asked.until or last, last)
    freq = tempos.freq_for(start, max(start, end))
    columns = tempos.tempo(w.words, days, freq, start, max(start, end))
    return freq, [{**c, "href": link(since=c["start"], until=c["end"], after=None)} for c in columns]


def not_drawn(w: Writer, every: Found, columns: Sequence[Data]) -> str:
    """What to say of incidents from before the first column; empty where there are none."""
    first = date.fromisoformat(columns[0]["start"]) if columns else date.min
    n = sum(count for day, _, count in every.by_day() if day < first)
    return say(w.lang, "timeline.earlier", n=w.words.counted(n, "incident")) if n else ""


def still_map(w: Writer, every: Found, link: Link, href: Callable[[str], str]) -> Data:
    """The map that needs no script: the country that most are in, its units shaded, near points gathered."""
    units = every.by_area()
    lead: Counter[str] = Counter()
    for (country, _), n in units.items():
        lead[country] += n if country else 0
    country = min((c for c in lead if c), key=lambda c: (-lead[c], c), default="")
    here = {u: n for (c, u), n in sorted(units.items()) if c == country and u}
    most = max(here.values(), default=1)
    areas = {
        u: {"n": n, "label": names.unit(country, u, w.lang), "share": round(0.15 + 0.6 * n / most, 2), "href": link(area=f"{country}/{u}", after=None)}
        for u, n in here.items()
    }  # fmt: skip
    points = cells(w, every, STILL, href)[:NAMED]
    for p in points:
        p["href"] = p["href"] or link(bbox=_around(p), after=None)
    inside = [p for p in points if _within(p, country)]
    return {
        "country": country if shapes(country) or inside else "", "label": names.country(country, w.lang) if country else "", "areas": areas,
        "points": inside, "elsewhere": len(every) - lead[country],
    }  # fmt: skip


def _within(p: Data, country: str) -> bool:
    """Whether a cell lies by a country's box, so that a far one does not shrink the picture."""
    box = _box_of(country)
    return box is None or bool(box[0] - 1 <= p["lon"] <= box[2] + 1 and box[1] - 1 <= p["lat"] <= box[3] + 1)


@cache
def _box_of(country: str) -> tuple[float, float, float, float] | None:
    xy = [(x, y) for s in shapes(country) for ring in rings(s["geometry"]) for x, y, *_ in ring]
    return (min(x for x, _ in xy), min(y for _, y in xy), max(x for x, _ in xy), max(y for _, y in xy)) if xy else None


def _around(p: Data) -> str:
    pad = 0.02
    return f"{p['west'] - pad:.4f},{p['south'] - pad:.4f},{p['east'] + pad:.4f},{p['north'] + pad:.4f}"


def cells(w: Writer, every: Found, size: float, href: Callable[[str], str]) -> list[Data]:
    """The points of a choice, near ones gathered by squares of `size` degrees; one that is alone has its name and address."""
    gathered = every.cells(size)
    alone = _alone(every, [c.id for c in gathered if c.id][:NAMED])
    return [_cell(w, c, alone.get(c.id), href) for c in gathered]


def _cell(w: Writer, c: Cell, alone: Incident | None, href: Callable[[str], str]) -> Data:
    family = max(c.families, key=lambda f: (c.families[f], f), default="measure")
    label = f"{told.capital(w.kind(alone.kind))} · {visible(w.where(alone))}" if alone else ""
    west, south, east, north = c.box
    return {
        "lat": c.lat, "lon": c.lon, "n": c.count, "family": family, "families": c.families, "label": label, "words": w.words.counted(c.count, "incident"),
        "id": c.id, "href": href(c.id) if c.id else "", "west": west, "south": south, "east": east, "north": north,
    }  # fmt: skip


def _alone(every: Found, ids: Sequence[str]) -> dict[str, Incident]:
    held = {i.id: i for i in every.restated}
    wanted = [i.encode() for i in ids if i not in held]
    if wanted and len(every.rows) <= 50_000:  # of more, the map is told apart by zooming in
        c = every.columns
        rows = every.rows[among(c.id[every.rows], np.array(wanted, dtype="S"))]
        keys = [(c.id[r].decode(), int(c.version[r])) for r in rows]
        held |= {i.id: i for i in every.show(every.shelf.store.incidents_by_key(keys))}
    return held


def choices(w: Writer, look: View, asked: Filter) -> Data:
    """What the filters offer."""
    made = _choices_of_all(w, look)
    if asked.area and asked.area not in {a["value"] for a in made["areas"]}:
        other = {"value": asked.area, "label": visible(names.area(asked.area, w.lang)), "n": 0}
        return made | {"areas": [*made["areas"], other]}
    return made


def form(w: Writer, look: View, choices: Data) -> dict[str, Markup]:
    """The options of the filters, written once for all who see the same."""
    made = kept(look, ("form", look.level, w.lang), lambda: _form(_choices_of_all(w, look)))
    listed = _choices_of_all(w, look)["areas"]
    return made | {"areas": made["areas"] + dense.options(choices["areas"][len(listed) :])}


def _form(choices: Data) -> dict[str, Markup]:
    written = {name: dense.options(listed) for name, listed in choices.items() if name not in ("kinds", "areas")}
    areas = [{**a, "label": f"{a['label']} ({a['n']:,})"} for a in choices["areas"]]
    return written | {"kinds": dense.grouped(choices["kinds"]), "areas": dense.options(areas)}


def _choices_of_all(w: Writer, look: View) -> Data:
    return kept(look, ("choices", look.level, w.lang), lambda: _choices(w, look))


def _choices(w: Writer, look: View) -> Data:
    lang = w.lang
    areas, actors = _counts(look.now.find(Sought(realis="any")))
    whole: Counter[str] = Counter()
    for (country, _), n in areas.items():
        whole[country] += n
    listed: list[Data] = []
    for country in sorted((c for c in whole if c), key=lambda c: (-whole[c], c)):
        listed.append({"value": country, "label": names.country(country, lang), "n": whole[country]})
        units = sorted((u, n) for (c, u), n in areas.items() if c == country and u)
        listed += [{"value": f"{country}/{u}", "label": f"— {names.unit(country, u, lang)}", "n": n} for u, n in units]
    outlets = [s for s in look.sources() if s and s == visible(s)]
    return {
        "kinds": kinds(w), "areas": listed, "actors": [{"value": a, "label": visible(w.actor(a))} for a in actors],
        "sources": [{"value": s, "label": visible(names.actor(s, lang))} for s in outlets[:OFFERED]],
        "realis": [{"value": v, "label": say(lang, f"realis.{v or 'actual'}")} for v in REALIS],
        "confidence": [{"value": v, "label": say(lang, f"confidence.{v or 'any'}")} for v in CONFIDENCE],
        "least": [{"value": f"{p / 100:g}", "label": _least(w, p / 100)} for p in LEAST],
    }  # fmt: skip


def _least(w: Writer, share: float) -> str:
    return say(w.lang, "least.of", share=w.words.percent(share))


def _counts(every: Found) -> tuple[dict[tuple[str, str], int], list[str]]:
    parties = every.by_party()
    return every.by_area(), sorted(parties, key=lambda a: (-parties[a], a))[:OFFERED]


def kinds(w: Writer) -> list[Data]:
    """Kinds by family."""
    return [
        {"family": f.value, "label": w.words.label("families", f), "all": say(w.lang, "filter.all_of", family=w.words.label("families", f)),
         "kinds": [{"value": k, "label": told.capital(w.kind(k))} for k, family in FAMILY_OF.items() if family is f]}
        for f in Family
    ]  # fmt: skip


def chips(w: Writer, asked: Filter, link: Link) -> list[Data]:
    """The filters in force, each with the address without it."""
    return [
        {"label": _chip(w, key, value), "href": link(**{key: None, "after": None})} for key, value in asked.query().items()
    ]


def _chip(w: Writer, key: str, value: str) -> str:
    lang = w.lang
    if key == "kind":
        return w.words.label("families", value) if value in set(Family) else told.capital(w.kind(value))
    if key == "area":
        return visible(names.area(value, lang))
    if key in ("since", "until"):
        return f"{say(lang, f'filter.{key}')} {w.words.day(date.fromisoformat(value))}"
    if key in ("realis", "confidence"):
        return say(lang, f"{key}.{value}")
    if key == "least":
        return _least(w, float(value))
    if key == "bbox":
        return say(lang, "filter.box")
    return f"{say(lang, f'filter.{key}')}: {visible(w.actor(value) if key == 'actor' else names.actor(value, lang))}"
