"""The page of incidents: one choice, seen as map, timeline and table."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from marsad.brief import names
from marsad.brief.charts.maps import shapes
from marsad.brief.words import visible
from marsad.brief.writer import Writer
from marsad.records import Incident, Report, Statement
from marsad.scales import FAMILY_OF, KINDS, Family, Realis
from marsad.serve.models import cells, told
from marsad.serve.models import tempo as tempos
from marsad.serve.models.filters import Filter, sources
from marsad.serve.view import View
from marsad.serve.words import say

Data = dict[str, Any]
PAGE = 50
EXPORT = 100_000
"""Incidents of one download."""
STILL = 6.0
"""The zoom at which the map without script gathers its points."""


def found(look: View, asked: Filter) -> list[Incident]:
    """The incidents asked for, the newest first; of statements that made none, each as an incident of its own (id "statement:...")."""
    if asked.said:
        listed = _said(look, asked)
    else:
        listed = look.incidents(asked.which())
    of = sources(look.statements(cls="event"), look.reports()) if asked.source and not asked.said else {}
    kept = [i for i in listed if asked.takes(i, of)]
    return sorted(kept, key=newest_first)


def newest_first(i: Incident) -> tuple[int, str]:
    """Order of the table: by day, those without one by their publication, the newest first."""
    day = i.when.start if i.when else i.published
    return (-day.toordinal() if day else 0, i.id)


def _said(look: View, asked: Filter) -> list[Incident]:
    reports = {r.id: r for r in look.reports() if not asked.source or r.source == asked.source}
    said = (s for s in look.statements(cls="event") if s.realis.value == asked.realis and s.report in reports and s.kind in KINDS)
    which, plain = asked.which(), [as_incident(s, reports[s.report]) for s in said]
    return [i for i in look.shown(plain) if which.takes(i)]


def as_incident(s: Statement, report: Report) -> Incident:
    """A statement that made no incident, in the form of one, so that lists and maps can show it; it is counted nowhere."""
    return Incident(
        id=f"statement:{s.id}", version=0, kind=s.kind, statements=(s.id,), when=s.when, places=s.places, actors=tuple(p.name for p in s.actors),
        targets=tuple(p.name for p in s.targets), weapons=tuple(x.name for x in s.weapons), killed=s.killed, injured=s.injured,
        abducted=s.abducted, arrested=s.arrested, recalled=s.realis is Realis.BACKGROUND, sensitivity=report.sensitivity, published=report.published,
    )  # fmt: skip


def table(w: Writer, listed: Sequence[Incident], page: int) -> list[Data]:
    """One page of rows."""
    return [told.row(w, i) for i in listed[(page - 1) * PAGE : page * PAGE]]


def timeline(w: Writer, listed: Sequence[Incident], asked: Filter, link: Callable[..., str]) -> tuple[str, list[Data]]:
    """(length of its periods, columns). link: the address of this page with other parameters."""
    days = [(i.when.start, i.family.value, 1) for i in listed if i.when]
    if not days:
        return "W", []
    start, end = asked.since or min(d for d, _, _ in days), asked.until or max(d for d, _, _ in days)
    start = max(start, min(d for d, _, _ in days))
    freq = tempos.freq_for(start, max(start, end))
    columns = tempos.tempo(w.words, days, freq, start, max(start, end))
    return freq, [{**c, "href": link(since=c["start"], until=c["end"], page=None)} for c in columns]


def still_map(w: Writer, listed: Sequence[Incident], link: Callable[..., str], href: Callable[[str], str]) -> Data:
    """The map that needs no script: the country that most are in, its units shaded, near points gathered."""
    lead = Counter(p.country for i in listed for p in i.places[:1] if p.country)
    country = min(lead, key=lambda c: (-lead[c], c), default="")
    inside = [i for i in listed if i.places and i.places[0].country == country]
    units = Counter(i.places[0].admin1 for i in inside if i.places[0].admin1)
    most = max(units.values(), default=1)
    areas = {
        u: {"n": n, "label": names.unit(country, u, w.lang), "share": round(0.15 + 0.6 * n / most, 2), "href": link(area=f"{country}/{u}", page=None)}
        for u, n in sorted(units.items())
    }  # fmt: skip
    points = cells.gather([told.row(w, i) for i in inside if told.placed(i.places[0]) == "point"], STILL) if country else []
    for p in points:
        p["href"] = href(p["id"]) if p["id"] else link(bbox=_box(p), page=None)
        p["label"] = p["label"] or say(w.lang, "map.several")
    return {
        "country": country if shapes(country) or points else "", "label": names.country(country, w.lang) if country else "", "areas": areas,
        "points": points, "elsewhere": len(listed) - len(inside), "placed": sum(p["n"] for p in points),
    }  # fmt: skip


def _box(p: Data) -> str:
    pad = 0.02
    return f"{p['west'] - pad:.4f},{p['south'] - pad:.4f},{p['east'] + pad:.4f},{p['north'] + pad:.4f}"


def choices(w: Writer, look: View, asked: Filter) -> Data:
    """What the filters offer."""
    lang, everything = w.lang, look.incidents()
    areas = Counter((p.country, p.admin1) for i in everything for p in i.places[:1] if p.country)
    whole = Counter(c for (c, _), n in areas.items() for _ in range(n))
    listed: list[Data] = []
    for country in sorted(whole, key=lambda c: (-whole[c], c)):
        listed.append({"value": country, "label": names.country(country, lang), "n": whole[country]})
        units = sorted((u, n) for (c, u), n in areas.items() if c == country and u)
        listed += [{"value": f"{country}/{u}", "label": f"— {names.unit(country, u, lang)}", "n": n} for u, n in units]
    if asked.area and asked.area not in {a["value"] for a in listed}:
        listed.append({"value": asked.area, "label": names.area(asked.area, lang), "n": 0})
    actors = Counter(a for i in everything for a in dict.fromkeys((*i.actors, *i.targets)))
    outlets = Counter(r.source for r in look.reports() if r.source)
    return {
        "kinds": kinds(w), "areas": listed, "actors": [{"value": a, "label": visible(w.actor(a))} for a, _ in actors.most_common(200)],
        "sources": [{"value": visible(s), "label": visible(names.actor(s, lang))} for s, _ in outlets.most_common(200)],
        "realis": [{"value": v, "label": say(lang, f"realis.{v or 'actual'}")} for v in ("", "background", "any", "planned", "threatened", "hypothetical", "denied", "foiled")],
        "confidence": [{"value": v, "label": say(lang, f"confidence.{v or 'any'}")} for v in ("", "confirmed", "several", "single", "disputed")],
    }  # fmt: skip


def kinds(w: Writer) -> list[Data]:
    """Kinds by family."""
    return [
        {"family": f.value, "label": w.words.label("families", f), "all": say(w.lang, "filter.all_of", family=w.words.label("families", f)),
         "kinds": [{"value": k, "label": told.capital(w.kind(k))} for k, family in FAMILY_OF.items() if family is f]}
        for f in Family
    ]  # fmt: skip


def chips(w: Writer, asked: Filter, link: Callable[..., str]) -> list[Data]:
    """The filters in force, each with the address without it."""
    lang, made = w.lang, []
    for key, value in asked.query().items():
        if key == "kind":
            label = w.words.label("families", value) if value in set(Family) else told.capital(w.kind(value))
        elif key == "area":
            label = names.area(value, lang)
        elif key in ("since", "until"):
            label = f"{say(lang, f'filter.{key}')} {w.words.day(date.fromisoformat(value))}"
        elif key in ("realis", "confidence"):
            label = say(lang, f"{key}.{value}")
        elif key == "bbox":
            label = say(lang, "filter.box")
        else:
            label = f"{say(lang, f'filter.{key}')} {visible(w.actor(value) if key == 'actor' else names.actor(value, lang))}"
        made.append({"label": label, "href": link(**{key: None, "page": None})})
    return made
