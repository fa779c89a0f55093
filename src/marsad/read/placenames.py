"""The places codebook: countries, units, settlements, bases, crossings, mountains, with their Arabic and English names.

Built by tools/build_places.py from GeoNames, CLDR, Natural Earth and our own lists (see NOTICE), and joined by what the user added
(`marsad places add`, link/gazetteers.py). The reader finds names with it and link/gazetteer resolves them; neither does other I/O.
Rows become entries only when a name is asked for: opening all 23,000 at every start is what made the reader slow to begin.
"""

import gzip
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import takewhile
from pathlib import Path
from typing import overload

from marsad.text.fold import fold_text

AREAS = frozenset(("country", "region", "admin1", "admin2", "admin3", "sea"))
"""Kinds that are areas: they have no point."""
_RANK = {"country": 0, "region": 1, "admin1": 2, "sea": 3}
COLUMNS = (
    "id",
    "name_en",
    "country",
    "admin1",
    "admin2",
    "kind",
    "lat",
    "lon",
    "population",
    "names_ar",
    "names_en",
    "source",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A place. country: ISO 3166-1 alpha-2. lat, lon: WGS84, None for areas. risk, of the name it was found by: 0 a plain name;
    1 also a word, needs a preposition or a place word before it; 2 commoner as a word, needs a place word (مدينة، قضاء)."""

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


class Bearers(Sequence[Entry]):
    """The places that bear one name, the likeliest first; each row is opened when it is first looked at."""

    __slots__ = ("_found", "_risk", "_rows")

    def __init__(self, risk: int, rows: str) -> None:
        self._risk, self._rows = risk, rows
        self._found: tuple[Entry, ...] | None = None

    def _all(self) -> tuple[Entry, ...]:
        if self._found is None:
            here = (entry(int(n)) for n in self._rows.split(" "))
            self._found = tuple(replace(e, risk=self._risk) if self._risk else e for e in here)
        return self._found

    @overload
    def __getitem__(self, at: int) -> Entry: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Entry, ...]: ...
    def __getitem__(self, at: int | slice) -> Entry | tuple[Entry, ...]:
        return self._all()[at]

    def __len__(self) -> int:
        return self._rows.count(" ") + 1

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._all())


def parse(line: str, risk: int = 0) -> Entry:
    """The entry of one line of a places file (COLUMNS, parted by tabs). Raises ValueError if it is none."""
    key, name, country, admin1, admin2, kind, lat, lon, people, ar, en, source = line.split("\t")
    return Entry(
        key, name, country, admin1, admin2, kind, float(lat) if lat else None, float(lon) if lon else None, int(people or 0),
        tuple(ar.split("|")) if ar else (), tuple(en.split("|")) if en else (), risk, source,
    )  # fmt: skip


def user_folder() -> Path:
    """Where places that the user added are kept: $MARSAD_PLACES, else marsad/places in the user's data folder."""
    asked = os.environ.get("MARSAD_PLACES")
    if asked:
        return Path(asked)
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "marsad" / "places"


def _lines(name: str) -> list[str]:
    packed = files("marsad.codebooks").joinpath("places", name).read_bytes()
    return gzip.decompress(packed).decode("utf-8").splitlines()


@cache
def _rows() -> list[str]:
    return _lines("places.tsv.gz")[1:]


@cache
def entry(number: int) -> Entry:
    """The place of one row of the bundled file."""
    return parse(_rows()[number])


@cache
def _countries() -> dict[str, str]:
    countries = takewhile(lambda e: e.kind == "country", (entry(n) for n in range(len(_rows()))))
    return {e.country: e.name_en for e in countries}


def country_name(code: str) -> str:
    """The English name of a country by its ISO 3166-1 code, or the code."""
    return _countries().get(code, code)


@cache
def added() -> tuple[Entry, ...]:
    """What the user added, file by file in order of their names; risk as the file's last column says."""
    found = []
    for path in sorted(user_folder().glob("*.tsv.gz")) if user_folder().is_dir() else ():
        for line in gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()[1:]:
            cells, _, risk = line.rpartition("\t")
            found.append(parse(cells, int(risk)))
    return tuple(found)


@cache
def entries() -> tuple[Entry, ...]:
    """All places, in the order of the file: countries, units, our own, GeoNames; then what the user added."""
    return (*(entry(n) for n in range(len(_rows()))), *added())


class Names(Mapping[str, Sequence[Entry]]):
    """Folded name -> its bearers. A name's line is taken apart when it is first looked up: most of them never are."""

    __slots__ = ("_lines", "_made")

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = dict(line.split("\t", 1) for line in lines)
        self._made: dict[str, Sequence[Entry]] = {}

    def __getitem__(self, name: str) -> Sequence[Entry]:
        made = self._made.get(name)
        if made is None:
            risk, rows = self._lines[name].split("\t")
            made = self._made[name] = Bearers(int(risk), rows)
        return made

    def put(self, name: str, bearers: Sequence[Entry]) -> None:
        """Let `name` be borne by these."""
        self._lines.setdefault(name, "")
        self._made[name] = bearers

    def __contains__(self, name: object) -> bool:
        return name in self._lines

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


@cache
def names(lang: str) -> Mapping[str, Sequence[Entry]]:
    """Folded name -> the places that bear it, likeliest first: countries, regions and units, then by population."""
    table = Names(_lines(f"names_{lang}.tsv.gz"))
    pairs = [(name, e) for e in added() for name in (e.names_ar if lang == "ar" else e.names_en)]
    folded = fold_text("\n".join(name for name, _ in pairs)).split("\n")  # one fold for all: many small ones are slow
    for written, (_, place) in zip(folded, pairs, strict=True) if pairs else ():
        if key := " ".join(written.split()):
            held = table.get(key, ())
            # a name that is bundled keeps its risk: it was measured; the user's file knows only how great the place is
            told = replace(place, risk=held[0].risk) if held else place
            table.put(key, tuple(sorted((*held, told), key=_order)))
    return table


def _order(entry: Entry) -> tuple[int, int]:
    return _RANK.get(entry.kind, 5), -entry.population
