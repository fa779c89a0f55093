"""What a reviewer does to the record: a row is added, and what it bears on is linked anew."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from fastapi import Request

from marsad import pipeline
from marsad.errors import UsageError
from marsad.formats.table import row_of
from marsad.link import SLOTS, corrected
from marsad.records import Incident
from marsad.serve.find import Sought
from marsad.serve.view import View
from marsad.verdicts import Review, Verdict

NOTE = 2000
"""Characters of a note."""


def review(
    request: Request, look: View, incident: Incident, verdict: Verdict, *, note: str = "", values: Mapping[str, str] | None = None,
    statements: Sequence[str] = (), other: Incident | None = None,
) -> None:  # fmt: skip
    """Keep what the visitor decided of `incident` and let it show. Raises UsageError for what cannot be."""
    told = Review(
        incident=incident.id, verdict=verdict, reviewer=request.state.visitor.name, note=note.strip()[:NOTE],
        statements=incident.statements, values=dict(values or {}),
    )  # fmt: skip
    if verdict == "correct":
        if not told.values:
            raise UsageError("nothing is corrected", where=incident.id, mend="Change a value first.")
        corrected(incident, told.values)  # refuses what cannot be, before it is kept
    elif verdict == "merge":
        if other is None or other.id == incident.id:
            raise UsageError("an incident is merged with another one", where=incident.id, mend="Choose the other one.")
        told = replace(told, others=other.statements)
    elif verdict == "split":
        out = tuple(s for s in incident.statements if s in set(statements))
        if not out or len(out) == len(incident.statements):
            raise UsageError(
                "this leaves nothing on one side", where=incident.id, mend="Choose some of its statements, not all."
            )
        told = replace(told, statements=out)
    request.state.deed = f"review of {incident.id}: {verdict}"
    look.store.put_reviews([told])
    pipeline.relink(look.store, _reaching(look, told))


def _reaching(look: View, told: Review) -> Review:
    """A withdrawal reaches as far as what it takes back."""
    if told.verdict != "withdraw":
        return told
    earlier = [r for r in look.store.reviews(told.incident) if r.reviewer == told.reviewer]
    statements = {s for r in earlier for s in r.statements} | set(told.statements)
    return replace(told, statements=tuple(sorted(statements)), others=tuple(sorted({s for r in earlier for s in r.others})))


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
