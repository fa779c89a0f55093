"""Statements as the codebook's gold format (section 6), with `start` and `end` beside each span."""

from typing import Any

from marsad.records import Party, Place, Span, Statement, Toll


def to_gold(statement: Statement, text: str) -> dict[str, Any]:
    """One statement as a JSON object; empty slots are left out. `text` is the report's stored text."""
    s = statement
    out: dict[str, Any] = {
        "class": s.cls, "kind": s.kind, "realis": s.realis.value, "anchor": s.anchor.of(text), "start": s.anchor.start, "end": s.anchor.end,
        "places": [_place(p) for p in s.places], "actors": [p.name for p in s.actors], "targets": [p.name for p in s.targets],
        "weapons": [w.name for w in s.weapons], "direction": s.direction, "ratio": s.ratio, "unseen_for": s.unseen_for,
        "horizon": s.horizon, "conditional": s.conditional or None, "name": s.name, "value": s.value, "bound": s.bound, "gist": s.gist,
        "claimed_by": _name(s.claimed_by), "attributed_to": _name(s.attributed_to), "expected_by": _name(s.expected_by),
        "aggregate": s.aggregate or None,
        "confidence": None if s.confidence is None else round(s.confidence, 3), "reader": s.reader,
    }  # fmt: skip
    if s.when is not None:
        out |= {
            "date_start": s.when.start.isoformat(),
            "date_end": s.when.end.isoformat(),
            "date_precision": int(s.when.precision),
            "date_basis": s.when.basis.value,
        }
    if s.count is not None:
        out |= {
            "count": s.count.value,
            "unit": s.count.unit,
            "count_bound": s.count.bound,
        }
    elif s.unit:
        out["unit"] = s.unit
    for name in ("killed", "injured", "abducted", "arrested"):
        out[name] = _toll(getattr(s, name))
    out["spans"] = _spans(s)
    return {k: v for k, v in out.items() if v is not None and v not in ("", [], {})}


def _name(party: Party | None) -> str | None:
    return party.name if party else None


def _place(place: Place) -> dict[str, Any]:
    out: dict[str, Any] = {
        "name": place.name, "name_en": place.name_en, "country": place.country, "admin1": place.admin1, "lat": place.lat, "lon": place.lon,
        "where_precision": None if place.precision is None else int(place.precision), "start": place.span.start, "end": place.span.end,
    }  # fmt: skip
    return {k: v for k, v in out.items() if v is not None and v != ""}


def _toll(toll: Toll | None) -> dict[str, Any] | None:
    if toll is None:
        return None
    out: dict[str, Any] = {"low": toll.low, "best": toll.best, "high": toll.high, "by": dict(toll.by)}
    return {k: v for k, v in out.items() if v is not None and v != {}}


def _spans(s: Statement) -> dict[str, list[dict[str, int]]]:
    """The spans of every filled slot, by slot name."""
    spans: dict[str, list[Span]] = {name: list(listed) for name, listed in s.evidence.items()}
    for name, parties in (("actors", s.actors), ("targets", s.targets), ("weapons", s.weapons)):
        spans.setdefault(name, []).extend(p.span for p in parties)
    for name in ("when", "count", "killed", "injured", "abducted", "arrested", "claimed_by", "attributed_to", "expected_by"):
        value = getattr(s, name)
        if value is not None and value.span is not None:
            spans.setdefault(name, []).append(value.span)
    return {name: [{"start": x.start, "end": x.end} for x in listed] for name, listed in spans.items() if listed}
