"""Incidents and reports as a page tells them: labels in its language beside the values, every text from outside made visible."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from marsad.brief import names
from marsad.brief.excerpt import safe_url
from marsad.brief.material import Material
from marsad.brief.sections.incidents import day_label
from marsad.brief.words import Words, visible
from marsad.brief.writer import TOLLS, Writer
from marsad.records import Incident, Lang, Place, Report, Statement, Toll
from marsad.scales import Sensitivity, WherePrecision

Data = dict[str, Any]
_FIRST, _LAST = date(1000, 1, 1), date(9000, 1, 1)


def writer(
    lang: Lang, *, reports: Iterable[Report] = (), statements: Iterable[Statement] = (), incidents: Iterable[Incident] = ()
) -> Writer:
    """The brief's writer over what a page shows; what may be seen was chosen before."""
    cut = Material.of(
        reports=reports, statements=statements, incidents=incidents, period=(_FIRST, _LAST), as_of=_LAST, release=Sensitivity.INTERNAL
    )  # fmt: skip
    return Writer(cut, Words(lang))


SLOTS = ("kind", "when", "places", "actors", "targets", "weapons", "count", "killed", "injured", "abducted", "arrested")
"""What an incident's versions are compared by."""


def row(w: Writer, i: Incident) -> Data:
    """One incident for a list. placed: "point", "area", "unresolved" (a name no gazetteer knows) or "untold"."""
    lead = i.places[0] if i.places else None
    return {
        "id": i.id, "version": i.version, "kind": i.kind, "kind_label": capital(w.kind(i.kind)), "family": i.family.value,
        "family_label": w.words.label("families", i.family), "start": _iso(i.when.start if i.when else None),
        "end": _iso(i.when.end if i.when else None), "day": day_label(w, i), "where": visible(w.where(i)), "places": [visible(p) for p in w.places(i.places)], "placed": placed(lead),
        "country": lead.country if lead else "", "admin1": lead.admin1 if lead else "", "lat": lead.lat if lead else None,
        "lon": lead.lon if lead else None, "actors": w.actors(i.actors), "targets": w.actors(i.targets),
        "killed": persons(i.killed), "injured": persons(i.injured), "voices": i.voices, "confidence": i.confidence, "confidence_words": "" if i.confidence is None else w.words.percent(i.confidence),
        "sources": w.words.phrase("sources_n", n=i.voices), "disputed": bool(i.differences), "recalled": i.recalled,
        "aggregate": i.aggregate, "review": i.review, "sensitivity": i.sensitivity.value, "published": _iso(i.published),
    }  # fmt: skip


def placed(place: Place | None) -> str:
    """How well a place is known."""
    if place is None:
        return "untold"
    if not place.gazetteer and place.lat is None and place.precision is None:
        return "unresolved"  # its country may be told by what stands around it
    coarse = place.precision is not None and place.precision >= WherePrecision.ADMIN1
    return "area" if place.lat is None or coarse else "point"


def persons(toll: Toll | None) -> str:
    """A toll as figures: "3", "3–5", "5+", empty where none is told."""
    if toll is None:
        return ""
    if toll.low is not None and toll.high is not None and toll.low != toll.high:
        return f"{toll.low}–{toll.high}"
    best = toll.best if toll.best is not None else toll.high
    if best is not None and toll.high is not None:
        return str(best)
    least = toll.low if toll.low is not None else toll.best
    return "" if least is None else f"{least}+"


def tolls(w: Writer, i: Incident) -> list[Data]:
    """The tolls of an incident with their labels."""
    return [{"slot": t, "label": w.words.label("slots", t), "value": persons(getattr(i, t))} for t in TOLLS if getattr(i, t)]


def head(w: Writer, r: Report) -> Data:
    """A report without its text. url is empty where it is no address that may be followed."""
    source = names.actor(r.source, w.lang) if r.source else w.words.phrase("a_report")
    return {
        "id": r.id, "short": r.id[:12], "lang": r.lang, "dir": "rtl" if r.lang == "ar" else "ltr", "title": first_line(r),
        "source": capital(visible(source)), "source_key": r.source, "grade": r.grade, "grade_label": w.words.label("grades", r.grade),
        "published": _iso(r.published), "day": w.words.day(r.published) if r.published else "", "url": safe_url(r.url),
        "unsafe_url": visible(r.url) if r.url and not safe_url(r.url) else "", "retells": safe_url(r.retells), "key": visible(r.key),
        "sensitivity": r.sensitivity.value, "gone": not r.text and not r.title, "size": len(r.text),
    }  # fmt: skip


_TITLE = 110
"""Characters of a title; a hostile one may have millions."""


def first_line(r: Report) -> str:
    """The title of a report, else its first line, cut where it is long."""
    line = r.title.strip() or next((part.strip() for part in r.text[:2000].splitlines() if part.strip()), "")
    line = visible(" ".join(line[: 4 * _TITLE].split()))
    return line if len(line) <= _TITLE else f"{line[:_TITLE].rstrip()} …"


def capital(text: str) -> str:
    """`text` with a capital first letter, where its letters have any."""
    return text[:1].upper() + text[1:]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
