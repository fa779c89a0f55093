"""What is not known: what the reports leave out, and what Marsad could not place, date or read."""

import itertools
from collections import Counter

from marsad.brief import names
from marsad.brief.document import Block, Sentence
from marsad.brief.words import visible
from marsad.brief.writer import UNKNOWN, Writer
from marsad.read.placenames import entries
from marsad.records import Incident
from marsad.scales import Family, WherePrecision

NAMES = 6
SILENT = 16
"""Units without an incident are named up to this many; a longer list is of more use on the map."""


MAIN = 0.5
"""The share of incidents from which on a country is what the brief is about."""


def blocks(w: Writer) -> tuple[Block, ...]:
    """One list."""
    found = [*_dates(w), *_places(w), *_voices(w), *_silence(w), *_inputs(w)]
    return (Block(points=tuple(found or [w.say("gap_none", ())])),)


def _dates(w: Writer) -> list[Sentence]:
    undated = [r.id for r in w.material.reports.values() if r.published is None]
    nowhen = [i.id for i in w.material.current if i.when is None]
    made = [w.say("gap_undated_reports", undated, n=len(undated))] if undated else []
    return [*made, *([w.say("gap_undated", nowhen, n=len(nowhen))] if nowhen else [])]


def _places(w: Writer) -> list[Sentence]:
    current = w.material.current
    nowhere = [i.id for i in current if not i.places]
    unresolved = [i for i in current if i.places and not i.places[0].gazetteer and not i.places[0].admin1]
    made = []
    if unresolved:
        style = w.words.book["style"]
        told = list(dict.fromkeys(f"{style['open']}{written(w, i)}{style['close']}" for i in unresolved))
        made.append(w.say("gap_places", [i.id for i in unresolved], n=len(unresolved), names=told[:NAMES]))
    return [*made, *([w.say("gap_nowhere", nowhere, n=len(nowhere))] if nowhere else [])]


def written(w: Writer, incident: Incident) -> str:
    """The name of an incident's first place as its report writes it."""
    place = incident.places[0]
    for key in incident.statements:
        said = w.material.statements[key]
        if place in said.places:
            return visible(place.span.of(w.material.reports[said.report].text) or place.name)
    return visible(place.name)


def _voices(w: Writer) -> list[Sentence]:
    current = w.material.current
    single = [i.id for i in current if i.voices == 1]
    attacks = [i for i in current if i.family is Family.ATTACK]
    nameless = [i.id for i in attacks if not set(i.actors) - UNKNOWN]
    made = [w.say("gap_single", single, n=len(single), total=len(current))] if single else []
    if nameless:
        made.append(w.say("gap_unknown_actor", nameless, n=len(nameless), total=len(attacks)))
    return made


def _silence(w: Writer) -> list[Sentence]:
    made = [] if w.material.fresh else [w.say("gap_no_reports", ())]
    told = countries(w.material.current)
    country = next(iter(told), "")
    if country and not w.material.area and told[country] >= MAIN * sum(told.values()):
        named = {p.admin1 for i in w.material.current for p in i.places if p.country == country}
        silent = [e.name_en for e in entries() if e.kind == "admin1" and e.country == country and e.name_en not in named]
        if 0 < len(silent) <= SILENT:
            areas = [names.unit(country, u, w.lang) for u in dict.fromkeys(silent)]
            made.append(w.say("gap_silent", (), areas=areas))
    days = sorted({r.published for r in w.material.fresh if r.published})
    gaps = [(b - a).days - 1 for a, b in itertools.pairwise(days)]
    if gaps and (longest := max(gaps)) >= 7:
        before = days[gaps.index(longest)]
        period = w.words.phrase("period", days=w.words.days(before, days[gaps.index(longest) + 1]))
        made.append(w.say("gap_days", (), n=longest, period=period))
    return made


def countries(incidents: tuple[Incident, ...]) -> dict[str, int]:
    """Incidents by the country of their first place, the most first."""
    told = Counter(next((p.country for p in i.places if p.country), "") for i in incidents)
    return {c: n for c, n in sorted(told.items(), key=lambda c: (-c[1], c[0])) if c}


def coarse(incident: Incident) -> bool:
    """Whether an incident's place is known no better than to a first-order unit."""
    return not incident.places or (incident.places[0].precision or WherePrecision.COUNTRY) >= WherePrecision.ADMIN1


def _inputs(w: Writer) -> list[Sentence]:
    made = []
    if w.material.rejected:
        made.append(w.say("gap_rejected", (), n=w.material.rejected))
    if w.material.withheld:
        made.append(w.say("gap_withheld", (), n=w.material.withheld))
    return made
