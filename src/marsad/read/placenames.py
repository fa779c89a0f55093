"""The places codebook: countries, first-order units, settlements, bases, crossings, with their Arabic and English names.

Built by tools/build_places.py from GeoNames, CLDR, Natural Earth and our own list (see NOTICE). The reader finds names with it and
link/gazetteer resolves them; neither does any other I/O.
"""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from marsad.text.fold import fold_text

_RANK = {"country": 0, "region": 1, "admin1": 2, "sea": 3}


@dataclass(frozen=True, slots=True)
class Entry:
    """A place. country: ISO 3166-1 alpha-2. lat, lon: WGS84, None for areas. risk: 0 a plain name; 1 also a word, needs a preposition
    or a place word before it; 2 commoner as a word, needs a place word (مدينة، قضاء)."""

    id: str
    name_en: str
    country: str
    admin1: str
    admin2: str
    kind: str
    lat: float | None
    lon: float | None
    population: int
    names_ar: tuple[str, ...]
    names_en: tuple[str, ...]
    risk: int
    source: str


def _entry(row: list[str]) -> Entry:
    key, name, country, admin1, admin2, kind, lat, lon, people, ar, en, risk, source = row
    return Entry(
        key, name, country, admin1, admin2, kind, float(lat) if lat else None, float(lon) if lon else None, int(people or 0),
        tuple(ar.split("|")) if ar else (), tuple(en.split("|")) if en else (), int(risk or 0), source,
    )  # fmt: skip


@cache
def entries() -> tuple[Entry, ...]:
    """All places, in the order of the file: countries, units, our own, GeoNames."""
    packed = files("marsad.codebooks").joinpath("places", "places.tsv.gz").read_bytes()
    lines = gzip.decompress(packed).decode("utf-8").splitlines()
    return tuple(_entry(line.split("\t")) for line in lines[1:])


@cache
def names(lang: str) -> Mapping[str, tuple[Entry, ...]]:
    """Folded name -> the places that bear it, likeliest first: countries, regions and units, then by population."""
    pairs = [(name, e) for e in entries() for name in (e.names_ar if lang == "ar" else e.names_en)]
    folded = fold_text("\n".join(name for name, _ in pairs)).split("\n")  # one fold for all: many small ones are slow
    table: dict[str, list[Entry]] = {}
    for key, (_, entry) in zip(folded, pairs, strict=True):
        table.setdefault(" ".join(key.split()), []).append(entry)
    return {key: tuple(sorted(listed, key=_order)) for key, listed in table.items() if key}


def _order(entry: Entry) -> tuple[int, int]:
    return _RANK.get(entry.kind, 5), -entry.population
