"""What a reviewer's form holds: the values of an incident as a correction writes them, what was changed, and what could be merged."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from marsad.brief import names
from marsad.brief.words import visible
from marsad.brief.writer import Writer
from marsad.formats.table import row_of
from marsad.link import SLOTS
from marsad.records import Incident
from marsad.serve.find import Sought
from marsad.serve.models.understood import party_named
from marsad.serve.view import View
from marsad.text.fold import fold_text


def current(i: Incident) -> dict[str, str]:
    """The values of `i` that can be corrected, written as a correction writes them."""
    row = row_of(i)
    told: dict[str, Any] = {slot: getattr(row, slot) for slot in SLOTS if slot != "place"}
    told["place"] = row.places[0] if row.places else ""
    return {slot: "; ".join(v) if isinstance(v, tuple) else "" if v is None else str(v) for slot, v in told.items()}


SAID = ("place", "actors", "targets", "weapons")
"""Values that are names: a page shows them in its own language."""


_OF_A_PLACE = ("country", "admin1", "lat", "lon", "where_precision")


def said(w: Writer, i: Incident) -> dict[str, str]:
    """The names of `current` as the page of `w` calls them."""
    now, first = current(i), i.places[0] if i.places else None
    place = visible(names.place(first, w.lang)) if first and w.lang == "ar" else now["place"]
    return {"place": place, **{slot: called(w, slot, now[slot]) for slot in SAID[1:]}}


def called(w: Writer, slot: str, value: str) -> str:
    """Names of a correction (parted by ;) as the page of `w` calls them."""
    if w.lang == "en":
        return value
    return "; ".join(_one(w, slot, part) for part in _parts(value))


def _one(w: Writer, slot: str, name: str) -> str:
    return visible(w.words.label("weapons", name) if slot == "weapons" else w.actor(name))


def place_called(w: Writer, told: Mapping[str, str]) -> str:
    """The place of a correction as the page of `w` calls it."""
    if w.lang == "en":
        return told["place"]
    return visible(names.named(told["place"], told.get("country", ""), told.get("admin1", ""), w.lang))


def meant(w: Writer, given: Mapping[str, str], i: Incident) -> dict[str, str]:
    """`given` of a form with the record's own names where a person wrote others. A name as it was shown (`shown_actors`) leaves what
    stands behind it; one that was changed (`said_actors`) is looked up. A place that was changed is another place, to be
    found anew in the country of the first (link/decide.py): no more that was known of the first holds for it."""
    told = dict(given)
    for slot in SAID:
        written = given.get(f"said_{slot}")
        if written is None or written.strip() == given.get(f"shown_{slot}", "").strip():
            continue
        if slot == "place":
            told = {k: v for k, v in told.items() if k not in _OF_A_PLACE} | {"place": written.strip()}
        else:
            told[slot] = "; ".join(_canonical(w, slot, part, i) for part in _parts(written))
    return told


def _canonical(w: Writer, slot: str, name: str, i: Incident) -> str:
    """The record's name for what a person calls `name`; `name` itself where nothing is known by it."""
    known = w.words.book["weapons"] if slot == "weapons" else (*i.actors, *i.targets)
    here = {fold_text(_one(w, slot, key)): key for key in known}
    folded = fold_text(name)
    return here.get(folded) or ("" if slot == "weapons" else party_named(folded)) or name


def _parts(value: str) -> list[str]:
    return [p for part in value.replace("؛", ";").split(";") if (p := part.strip())]


def changed(incident: Incident, given: Mapping[str, str]) -> dict[str, str]:
    """Of `given` (column -> value, as the CSV writes them), what differs from `incident`."""
    now = current(incident)
    return {slot: value.strip() for slot, value in given.items() if slot in SLOTS and value.strip() != now.get(slot, "")}


def near(look: View, incident: Incident, *, days: int = 10, most: int = 12) -> list[Incident]:
    """Others that could be the same: of its family, of days near its own and in its country."""
    if incident.when is None:
        return []
    country = incident.places[0].country if incident.places else ""
    first, span = incident.when.start, timedelta(days=days)
    sought = Sought(
        family=incident.family.value, area=country, since=first - span, until=incident.when.end + span, realis="any"
    )
    found = [i for i in look.find(sought).page(200) if i.id != incident.id]
    unit = incident.places[0].admin1 if incident.places else ""

    def apart(i: Incident) -> tuple[bool, int, str]:
        return not (i.places and i.places[0].admin1 == unit), abs((i.when.start - first).days) if i.when else days, i.id

    return sorted(found, key=apart)[:most]
