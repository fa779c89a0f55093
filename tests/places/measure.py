"""How many administrative units of a reference, and how many of its localities, the gazetteer places right.

The reference gives centroids of areas, not the areas. So a settlement of the unit's name counts as inside or within 10 km of the
area if the unit, or a sub-district of it, is among the four whose centroids are nearest to it, or its centroid is within 25 km.
"""

import csv
import gzip
import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from marsad.link.gazetteer import Context, Gazetteer, Resolution, km

UNITS = {
    "Al-Anbar": "Anbar", "Al-Basrah": "Basra", "Al-Muthanna": "Muthanna", "Al-Najaf": "Najaf", "Al-Qadissiya": "Qadisiyah",
    "Al-Sulaymaniyah": "Sulaymaniyah", "Babil": "Babil", "Baghdad": "Baghdad", "Diyala": "Diyala", "Duhok": "Duhok", "Erbil": "Erbil",
    "Kerbala": "Karbala", "Kirkuk": "Kirkuk", "Maysan": "Maysan", "Ninewa": "Nineveh", "Salah Al-Din": "Salah ad-Din",
    "Thi Qar": "Dhi Qar", "Wassit": "Wasit",
}  # fmt: skip
KINDS = {
    "adm1": ("admin1",),
    "adm2": ("admin2", "city", "town"),
    "adm3": ("admin3", "city", "town", "village", "quarter", "crossing", "mountain", "camp"),
}
SEED, SAMPLE = 20200408, 500


@dataclass(frozen=True)
class Row:
    level: str
    name_ar: str
    pcode: str
    unit: str
    point: tuple[float, float]


def rows(path: Path) -> list[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [
            Row(r["level"], r["name_ar"], r["pcode"], UNITS.get(r["admin1_en"], ""), (float(r["lat"]), float(r["lon"])))
            for r in csv.DictReader(lines)
        ]


def right(row: Row, found: Resolution, peers: Iterable[Row]) -> bool:
    """Whether the place found is the unit itself, or a settlement in or near it."""
    entry = found.entry
    if entry is None or entry.country != "IQ":
        return False
    if row.level == "adm1":
        return entry.kind == "admin1" and entry.name_en == row.unit
    if entry.admin1 != row.unit:
        return False
    if entry.lat is None or entry.lon is None:
        return entry.kind in ("admin2", "admin3")
    here = (entry.lat, entry.lon)
    nearest = sorted(peers, key=lambda p: km(here, p.point))[:4]
    return any(p.pcode.startswith(row.pcode) for p in nearest) or km(here, row.point) <= 25


def units(reference: list[Row], gazetteer: Gazetteer, *, told: bool) -> tuple[dict[str, float], list[Row]]:
    """(share right by level, those that are not). told: the level and the first-order unit are told beside the name."""
    good: Counter[str] = Counter()
    wrong = []
    levels = ("adm1", "adm2", "adm3")
    for row in (r for r in reference if r.level in levels):
        beside = frozenset((row.unit,)) if told and row.level != "adm1" else frozenset[str]()
        context = Context((("IQ", 1.0),), beside)
        found = gazetteer.resolve(row.name_ar, lang="ar", context=context, kinds=KINDS[row.level][:1] if told else ())
        if found.entry is None and told:
            found = gazetteer.resolve(row.name_ar, lang="ar", context=context, kinds=KINDS[row.level][1:])
        if right(row, found, [r for r in reference if r.level in ("adm2", "adm3")]):
            good[row.level] += 1
        else:
            wrong.append(row)
    total = Counter(r.level for r in reference)
    return {level: good[level] / total[level] for level in levels}, wrong


def localities(reference: list[Row], gazetteer: Gazetteer, *, far: float = 25.0) -> dict[str, int]:
    """Of SAMPLE localities: how many are resolved, how many with high confidence, and how many of those are more than `far` km off.

    A name that an area bears (a governorate) is not wrong about a locality inside it that bears the name too.
    """
    counts: Counter[str] = Counter()
    for row in random.Random(SEED).sample([r for r in reference if r.level == "locality"], SAMPLE):
        found = gazetteer.resolve(row.name_ar, lang="ar", context=Context((("IQ", 1.0),)))
        if found.entry is None:
            continue
        counts["resolved"] += 1
        area = found.entry.lat is None or found.entry.lon is None
        off = area or km((found.entry.lat or 0.0, found.entry.lon or 0.0), row.point) > far
        counts["wrong"] += off
        if found.confidence == "high":
            counts["high"] += 1
            counts["wrong with high confidence"] += off
    return dict(counts)
