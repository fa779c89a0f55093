"""What people decided, laid over what was matched: merges and splits on the groups, verdicts and corrections on the incidents.

A decision names statements, not only an incident, so that it holds when reports are added and when a newer reader has read them
again (`renamed` leads from the old statements to the new).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from marsad.errors import UsageError
from marsad.link.context import Context
from marsad.link.gazetteer import Gazetteer, written_in
from marsad.records import Incident, Place, Span, Toll, When
from marsad.scales import KINDS, DateBasis, DatePrecision, WherePrecision
from marsad.verdicts import Review

_TOLLS = ("killed", "injured", "abducted", "arrested")
SLOTS = frozenset(
    ("kind", "date_start", "date_end", "date_precision", "place", "country", "admin1", "lat", "lon", "where_precision", "actors",
     "targets", "weapons", *(f"{t}_{end}" for t in _TOLLS for end in ("low", "best", "high")))
)  # fmt: skip
"""What a correction can name: columns of the CSV (formats/table.py), `place` being the first of its places."""


def settle(groups: Sequence[Collection[str]], reviews: Iterable[Review], renamed: Mapping[str, str]) -> list[set[str]]:
    """`groups` of statement ids with the merges and splits of `reviews` applied in order of time. Statements that are gone are
    passed over."""
    settled = [set(g) for g in groups]
    for review in sorted((r for r in reviews if r.verdict in ("merge", "split")), key=_when):
        told = {renamed.get(s, s) for s in review.statements}
        if review.verdict == "merge":
            other = {renamed.get(s, s) for s in review.others}
            first = next((g for g in settled if g & told), None)
            joined = [g for g in settled if first is not None and g is not first and g & other]
            for g in joined:
                first |= g  # type: ignore[operator]
            settled = [g for g in settled if g not in joined]
        else:
            torn = [g for g in settled if g & told and g - told]
            settled = [g - told for g in settled] + ([told & _all(groups)] if torn else [g & told for g in settled])
    return _once(settled)


def _once(groups: list[set[str]]) -> list[set[str]]:
    """Each statement in the last group that took it, empty groups left out."""
    seen: set[str] = set()
    kept = []
    for g in reversed(groups):
        own = g - seen
        seen |= g
        if own:
            kept.append(own)
    return kept[::-1]


def _all(groups: Sequence[Collection[str]]) -> set[str]:
    return {s for g in groups for s in g}


def _when(review: Review) -> str:
    return review.recorded.isoformat() if review.recorded else ""


def judged(incident: Incident, reviews: Iterable[Review], renamed: Mapping[str, str]) -> Incident:
    """`incident` with the verdicts on it: the last of confirm and reject stands, corrections add up in order of time.

    A review is of this incident if it names its id, or if most statements it named then stand in it now.
    """
    here = set(incident.statements)
    for review in sorted(reviews, key=_when):
        if review.verdict not in ("confirm", "correct", "reject"):
            continue
        told = {renamed.get(s, s) for s in review.statements}
        if review.incident != incident.id and not (told and len(told & here) * 2 > len(told)):
            continue
        if review.verdict == "reject":
            incident = replace(incident, review="rejected")
        elif review.verdict == "confirm":
            incident = replace(incident, review="corrected" if incident.review == "corrected" else "confirmed")
        else:
            incident = replace(corrected(incident, review.values), review="corrected")
    return incident


def corrected(i: Incident, values: Mapping[str, str]) -> Incident:
    """`i` with `values` (SLOTS) in place of its own. Raises UsageError for a slot or a value that cannot be."""
    if unknown := sorted(values.keys() - SLOTS):
        raise UsageError(f'"{unknown[0]}" cannot be corrected', mend=f"Take one of {', '.join(sorted(SLOTS))}.")
    try:
        changes: dict[str, Any] = {}
        if "kind" in values:
            changes["kind"] = _kind(values["kind"])
        if values.keys() & {"date_start", "date_end", "date_precision"}:
            changes["when"] = _days(i.when, values)
        if values.keys() & {"place", "country", "admin1", "lat", "lon", "where_precision"}:
            changes["places"] = _places(i.places, values)
        for slot in ("actors", "targets", "weapons"):
            if slot in values:
                changes[slot] = tuple(p for part in values[slot].split(";") if (p := part.strip()))
        for slot in _TOLLS:
            if values.keys() & {f"{slot}_{end}" for end in ("low", "best", "high")}:
                changes[slot] = _toll(getattr(i, slot), slot, values)
    except ValueError as error:
        raise UsageError(
            f"a correction cannot be used ({error})", where=i.id, mend="Write values as the CSV export does."
        ) from None
    return replace(i, **changes)


def _kind(name: str) -> str:
    if name not in KINDS:
        raise ValueError(f"there is no kind {name!r}")
    return name


def _days(when: When | None, values: Mapping[str, str]) -> When | None:
    start = _day(values.get("date_start"), when.start if when else None)
    end = _day(values.get("date_end"), when.end if when and "date_start" not in values else start)
    if start is None or end is None:
        return None
    if end < start:
        raise ValueError(f"{end} is before {start}")
    default = (
        when.precision if when and "date_start" not in values else DatePrecision.DAY if start == end else DatePrecision.DAYS
    )
    precision = DatePrecision(int(values["date_precision"])) if values.get("date_precision") else default
    return When(start=start, end=end, precision=precision, basis=DateBasis.TEXT, span=when.span if when else None)


def _day(value: str | None, otherwise: date | None) -> date | None:
    if value is None:
        return otherwise
    return date.fromisoformat(value) if value else None


def _places(places: Sequence[Place], values: Mapping[str, str]) -> tuple[Place, ...]:
    first = places[0] if places else Place(name="", span=Span(0, 0))
    new: dict[str, Any] = {}
    if "place" in values:
        first = _placed(values["place"], first.country, values)
    new |= {slot: values[slot] for slot in ("country", "admin1") if slot in values}
    new |= {slot: float(values[slot]) if values[slot] else None for slot in ("lat", "lon") if slot in values}
    if "where_precision" in values:
        new["precision"] = WherePrecision(int(values["where_precision"])) if values["where_precision"] else None
    return (replace(first, **new), *places[1:])


def _placed(name: str, country: str, values: Mapping[str, str]) -> Place:
    """Another place: what was known of the first one does not hold for it, but that it lies in the same country, unless told."""
    land, unit = values.get("country", country), values.get("admin1", "")
    context = Context(countries=((land, 1.0),) if land else (), units=frozenset((unit,) if unit else ()))
    bare = Place(name=name, span=Span(0, 0), name_en=name, country=land, admin1=unit)
    (found,) = Gazetteer().places((bare,), context, lang=written_in(name))
    return found if found.gazetteer and found.country == land and unit in ("", found.admin1) else bare


def _number(slot: str, value: str) -> int | None:
    try:
        return int(value) if value else None
    except ValueError:
        raise ValueError(f"{slot} is {value!r}, which is no whole number") from None


def _toll(toll: Toll | None, slot: str, values: Mapping[str, str]) -> Toll | None:
    old = toll or Toll()
    ends = {}
    for end in ("low", "best", "high"):
        value = values.get(f"{slot}_{end}")
        ends[end] = getattr(old, end) if value is None else _number(f"{slot}_{end}", value)
    if f"{slot}_best" in values and not values.keys() & {f"{slot}_low", f"{slot}_high"}:
        ends["low"] = ends["high"] = ends["best"]  # the reviewer knows the number: the range is closed
    told = [n for n in ends.values() if n is not None]
    if any(n < 0 for n in told) or told != sorted(told):
        raise ValueError(f"{slot} is {ends['low']}, {ends['best']}, {ends['high']}")
    return Toll(**ends, by=old.by, span=old.span) if told else None
