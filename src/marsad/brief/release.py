"""Who may see what (law 7): levels, and places of protected people that a public release tells only to the district."""

import re
from dataclasses import replace
from functools import cache

from marsad.brief.words import book
from marsad.records import Incident, Place
from marsad.scales import SENSITIVITY_ORDER, Sensitivity, WherePrecision


def shown(level: Sensitivity, release: Sensitivity) -> bool:
    """Whether readers of `release` may see what has `level`."""
    return SENSITIVITY_ORDER.index(level) <= SENSITIVITY_ORDER.index(release)


@cache
def _protected() -> re.Pattern[str]:
    words = [w for lang in ("ar", "en") for w in book(lang, "lint")["protected"]]
    return re.compile("|".join(rf"(?<!\w)(?:ال|لل|بال)?{re.escape(w)}(?!\w)" for w in words), re.IGNORECASE)


def coarsened(incident: Incident, release: Sensitivity) -> Incident:
    """The incident as `release` may show it: in public a camp, hospital, home or aid site becomes its district, without a point."""
    if release is not Sensitivity.PUBLIC or not any(_is_protected(p) for p in incident.places):
        return incident
    places = tuple(_coarse(p) if _is_protected(p) else p for p in incident.places)
    told = tuple(d for d in incident.differences if d.slot != "place")
    return replace(incident, places=tuple(p for p in places if p is not None), differences=told)


def _is_protected(place: Place) -> bool:
    return bool(_protected().search(f"{place.name} | {place.name_en}"))


def _coarse(place: Place) -> Place | None:
    from marsad.brief import names  # noqa: PLC0415 (names reads the gazetteer: slow, and needed only here)

    if not place.admin1:
        return None
    found = names.entry(place)
    district = found.admin2 if found else ""
    return replace(
        place, name=district or place.admin1, name_en=district or place.admin1, lat=None, lon=None, gazetteer="",
        precision=WherePrecision.ADMIN2 if district else WherePrecision.ADMIN1,
    )  # fmt: skip
