"""Several towns told in one breath: two towns, two events (codebook, section 5)."""

import re
from dataclasses import replace

from marsad.read.annotate import Annotated
from marsad.read.draft import Draft
from marsad.records import Place
from marsad.scales import Family, WherePrecision

_FROM_AFAR = ("air_strike", "shelling")
_EACH_ITS_OWN = (Family.UNREST, Family.CONTROL)


def by_town(note: Annotated, draft: Draft) -> list[Draft]:
    """One draft a town, where several are listed and share no toll (codebook, section 5: two towns, two events)."""
    each = draft.family in _EACH_ITS_OWN or (draft.kind in _FROM_AFAR and draft.count is None)
    towns = _listed(note, draft.places) if each and not draft.tolls else []
    if len(towns) < 2:
        return [draft]
    areas = tuple(p for p in draft.places if p not in towns and p.precision == WherePrecision.COUNTRY)
    return [replace(draft, places=(town, *areas), town=town) for town in towns]


def _listed(note: Annotated, places: tuple[Place, ...]) -> list[Place]:
    """The longest run of resolved places smaller than a country that only "and" or a comma parts."""
    ordered = sorted(
        (
            p
            for p in places
            if p.gazetteer and p.precision and p.precision <= WherePrecision.ADMIN1 and not _contains(p, places)
        ),
        key=lambda p: p.span,
    )
    runs: list[list[Place]] = []
    for place in ordered:
        between = note.text[runs[-1][-1].span.end : place.span.start] if runs else ""
        if (
            runs
            and len(between) <= _BETWEEN
            and re.fullmatch(r"\W*(?:و\w*|and|,|،)?\W*\w*\W*", between)
            and re.search(r"و|and|,|،", between)
        ):
            runs[-1].append(place)
        else:
            runs.append([place])
    return max(runs, key=len, default=[])


def _contains(wide: Place, places: tuple[Place, ...]) -> bool:
    """Whether a province is that of a town told too ("Mosul, centre of Nineveh province")."""
    unit = wide.precision == WherePrecision.ADMIN1 and wide.admin1
    return bool(unit) and any(p is not wide and p.admin1 == unit and p.precision != wide.precision for p in places)


_BETWEEN = 14  # characters: "، ومدينة "
