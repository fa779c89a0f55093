"""What a reviewer's form holds: the values of an incident as a correction writes them, what was changed, and what could be merged."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from marsad.formats.table import row_of
from marsad.link import SLOTS
from marsad.records import Incident
from marsad.serve.find import Sought
from marsad.serve.view import View


def current(i: Incident) -> dict[str, str]:
    """The values of `i` that can be corrected, written as a correction writes them."""
    row = row_of(i)
    told: dict[str, Any] = {slot: getattr(row, slot) for slot in SLOTS if slot != "place"}
    told["place"] = row.places[0] if row.places else ""
    return {slot: "; ".join(v) if isinstance(v, tuple) else "" if v is None else str(v) for slot, v in told.items()}


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
