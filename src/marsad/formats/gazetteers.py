"""Gazetteers that a user downloads -> places of the codebook: GeoNames dumps, OCHA COD-AB, Who's On First, any table with a header.

Columns and features are as their publishers describe them: GeoNames `readme.txt` (19 columns, no header), OCHA COD-AB attribute
names (ADM2_EN, ADM2_AR, ADM2_PCODE; since 2024 adm2_name, adm2_name1, adm2_pcode), Who's On First properties (wof:*, name:ara_x_*).
A name of one word that only a small place bears is marked as risky: the user's file holds villages called Muhammad and Station.
"""

import csv
import gzip
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from marsad.errors import UsageError
from marsad.formats.units import unit_at
from marsad.read.placenames import AREAS, COLUMNS, Entry, names, user_folder
from marsad.text.fold import fold_text

_ARABIC = re.compile(r"[\u0621-\u064a]")
_KINDS = {
    "adm1": "admin1", "adm2": "admin2", "adm3": "admin3", "adm4": "admin3", "locality": "village", "region": "admin1",
    "county": "admin2", "localadmin": "admin3", "macroregion": "region", "neighbourhood": "quarter", "borough": "quarter",
    "PPLC": "city", "PPLA": "city", "PPLA2": "town", "PPLX": "quarter", "ADM1": "admin1", "ADM2": "admin2", "ADM3": "admin3",
}  # fmt: skip
_GEONAMES = {"P": "village", "T": "mountain", "H": "river", "S": "site", "L": "site"}
_BASES = frozenset(("AIRB", "AIRF", "AIRP", "AIRQ", "INSM", "FT", "MILB"))


@dataclass(frozen=True, slots=True)
class Given:
    """What one record of a user's file tells, before it becomes an entry."""

    key: str
    kind: str
    country: str
    names: tuple[str, ...]
    name_en: str = ""
    admin1: str = ""
    admin2: str = ""
    lat: float | None = None
    lon: float | None = None
    population: int = 0


def load(path: Path, *, country: str = "") -> Iterator[Entry]:
    """The places of `path` (.txt, .zip, .csv, .tsv, .geojson, .json, .db; also .gz). country: ISO code of a file that tells none.

    Raises UsageError naming what cannot be read.
    """
    if not path.is_file():
        raise UsageError("there is no such file", where=str(path), mend="Check the path.")
    name = path.name.lower().removesuffix(".gz")
    try:
        if name.endswith((".db", ".sqlite")):
            given: Iterator[Given] = _whos_on_first_db(path)
        elif name.endswith(".zip"):
            given = _geonames(io.TextIOWrapper(_inside(path), encoding="utf-8"))
        else:
            given = _text(_opened(path), name)
        told = [g for g in given if g.names or g.name_en]
        lands = {g.country.upper() for g in told if g.country}
        only = (
            next(iter(lands)) if len(lands) == 1 else ""
        )  # where all rows that tell a country tell one, the others are in it too
        yield from (_entry(g, country or only) for g in told)
    except (ValueError, KeyError, IndexError, sqlite3.DatabaseError, zipfile.BadZipFile, EOFError, OSError) as error:
        mend = "Take a GeoNames dump, COD-AB GeoJSON, Who's On First (GeoJSON or SQLite), or a table with name_ar, name_en, lat, lon."
        raise UsageError(f"this is no gazetteer that Marsad knows ({error})", where=str(path), mend=mend) from error


def save(entries: Iterator[Entry], name: str) -> tuple[Path, int]:
    """Keep `entries` in the user's folder as `name`; the file and how many. A file of that name is replaced whole."""
    folder = user_folder()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{re.sub(r'[^A-Za-z0-9_-]+', '-', name)}.tsv.gz"
    lines = ["\t".join((*COLUMNS, "risk"))]
    for e in entries:
        cells = (e.id, e.name_en, e.country, e.admin1, e.admin2, e.kind, "" if e.lat is None else repr(e.lat),
                 "" if e.lon is None else repr(e.lon), str(e.population), "|".join(e.names_ar), "|".join(e.names_en), e.source, str(e.risk))  # fmt: skip
        lines.append("\t".join(re.sub(r"[\t\r\n]+", " ", c) for c in cells))
    if len(lines) == 1:
        raise UsageError("this file holds no place", where=name, mend="Check that it is the right file.")
    beside = path.with_suffix(".part")
    beside.write_bytes(gzip.compress(("\n".join(lines) + "\n").encode("utf-8"), mtime=0))
    beside.replace(path)
    return path, len(lines) - 1


def _opened(path: Path) -> TextIO:
    if path.suffix.lower() == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _inside(path: Path) -> Any:
    """The dump in a GeoNames zip: XX.txt beside a readme."""
    archive = zipfile.ZipFile(path)
    texts = [n for n in archive.namelist() if n.lower().endswith(".txt") and "readme" not in n.lower()]
    if not texts:
        raise ValueError("the archive holds no .txt")
    return archive.open(texts[0])


def _text(source: TextIO, name: str) -> Iterator[Given]:
    if name.endswith((".json", ".geojson")):
        document = json.load(source)
        features = document["features"] if document["type"] == "FeatureCollection" else [document]
        yield from (g for f in features for g in _feature(f["properties"], f.get("geometry")))
        return
    first = source.readline()
    source.seek(0)
    if name.endswith(".txt") and first.count("\t") == 18:
        yield from _geonames(source)
    else:
        yield from _table(csv.DictReader(source, delimiter="\t" if "\t" in first else ","))


def _geonames(source: TextIO) -> Iterator[Given]:
    """GeoNames: units first, so that the codes of the other rows have names."""
    rows = [r for r in (line.rstrip("\n").split("\t") for line in source) if len(r) == 19]
    unit = {r[10]: _plain(r[2] or r[1]) for r in rows if r[7] == "ADM1"}
    second = {(r[10], r[11]): _plain(r[2] or r[1]) for r in rows if r[7] == "ADM2"}
    for r in rows:
        kind = _KINDS.get(r[7]) or ("base" if r[7] in _BASES else _GEONAMES.get(r[6], ""))
        if not kind:
            continue
        people = int(r[14] or 0)
        if kind in ("village", "town") and people >= 15_000:
            kind = "city"
        yield Given(f"gn{r[0]}", kind, r[8], (r[1], r[2], *r[3].split(",")), r[2] or r[1], unit.get(r[10], ""),
                    second.get((r[10], r[11]), ""), float(r[4]), float(r[5]), people)  # fmt: skip


def _feature(told: Mapping[str, Any], geometry: Mapping[str, Any] | None) -> Iterator[Given]:
    if "wof:id" in told:
        arabic = [n for k, v in told.items() if k.startswith(("name:ara_x_", "name:eng_x_")) for n in (v or ())]
        yield Given(f"wof{told['wof:id']}", _KINDS.get(told["wof:placetype"], "village"), str(told.get("wof:country") or ""),
                    (str(told.get("wof:name") or ""), *arabic), str(told.get("wof:name") or ""), "", "",
                    _number(told.get("geom:latitude")), _number(told.get("geom:longitude")),
                    int(_number(told.get("wof:population")) or 0))  # fmt: skip
        return
    cells = {k.lower(): str(v) for k, v in told.items() if v not in (None, "")}
    level = max((n for n in range(1, 5) if f"adm{n}_pcode" in cells), default=0)
    if not level:
        raise KeyError("a feature has neither wof:id nor ADMn_PCODE")
    english = cells.get(f"adm{level}_en") or cells.get(f"adm{level}_name") or cells.get(f"adm{level}_ref_name") or ""
    others = tuple(v for k, v in cells.items() if re.fullmatch(rf"adm{level}_(?:ar|ku|fa|ps|fr|name\d|alt\d?\w*|ref_name)", k))
    upper = cells.get("adm1_en") or cells.get("adm1_name") or ""
    second = cells.get("adm2_en") or cells.get("adm2_name") or ""
    point = (geometry or {}).get("type") == "Point"
    lon, lat = (geometry or {})["coordinates"][:2] if point else (None, None)
    yield Given(cells[f"adm{level}_pcode"], _KINDS[f"adm{level}"], cells.get("adm0_pcode", cells[f"adm{level}_pcode"])[:2],
                (english, *others), english, upper, second if level > 2 else "", lat, lon)  # fmt: skip


def _table(reader: "csv.DictReader[str]") -> Iterator[Given]:
    """Any table whose header names its columns: name_ar, name_en, level or kind, country, admin1, admin2, lat, lon, population."""
    heads = {h.strip().lower(): h for h in reader.fieldnames or ()}

    def pick(row: Mapping[str, str], *wanted: str) -> str:
        return next((row[heads[w]].strip() for w in wanted if w in heads and row.get(heads[w])), "")

    if not {"name", "name_ar", "name_en"} & heads.keys():
        raise KeyError("no column is called name_ar, name_en or name")
    for n, row in enumerate(reader, start=2):
        code = pick(row, "pcode", "id", "code")
        level = pick(row, "level", "kind", "type", "placetype")
        said = tuple(
            x for c in ("name_ar", "name", "name_en", "names_ar", "names_en", "alt") for x in pick(row, c).split("|") if x
        )
        kind = _KINDS.get(level.lower(), level.lower()) or "village"
        land = pick(row, "country", "country_code", "iso2") or (code[:2] if re.match(r"[A-Z]{2}", code) else "")
        yield Given(code or f"row{n}", kind, land.upper(), said, pick(row, "name_en"), pick(row, "admin1_en", "admin1"),
                    pick(row, "admin2_en", "admin2"), _number(pick(row, "lat", "latitude")), _number(pick(row, "lon", "lng", "longitude")),
                    int(_number(pick(row, "population")) or 0))  # fmt: skip


def _whos_on_first_db(path: Path) -> Iterator[Given]:
    """The SQLite distribution of Who's On First: tables spr and names."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
        said: dict[int, list[str]] = {}
        for key, name in db.execute("SELECT id, name FROM names WHERE language IN ('ara', 'eng')"):
            said.setdefault(key, []).append(name)
        query = "SELECT id, name, placetype, country, latitude, longitude FROM spr WHERE is_current <> 0"
        for key, name, kind, land, lat, lon in db.execute(query):
            if kind in _KINDS:
                yield Given(f"wof{key}", _KINDS[kind], land or "", (name, *said.get(key, ())), name, "", "", lat, lon)


def _entry(g: Given, country: str) -> Entry:
    land = (g.country or country).upper()
    if not re.fullmatch(r"[A-Z]{2}", land):
        raise ValueError(f"the country of {g.names[0] if g.names else g.key!r} is not told; give it with --country")
    every = tuple(dict.fromkeys(" ".join(n.replace("|", " ").split()) for n in (*g.names, g.name_en) if n.strip()))
    arabic = tuple(n for n in every if _ARABIC.search(n))
    latin = tuple(n for n in every if n.isascii() and len(n) > 2)
    english = _plain(g.name_en) if g.name_en.isascii() else (latin[0] if latin else g.name_en or (arabic[0] if arabic else ""))
    area = g.kind in AREAS
    unit = _unit(g.admin1, land) if g.admin1 else _unit(english, land) if g.kind == "admin1" else ""
    if not unit and g.kind != "country" and g.lat and g.lon:
        unit = unit_at(land, g.lat, g.lon)
    small = g.kind in ("village", "town", "site", "river", "mountain", "quarter") and g.population < 1000
    one_word = all(" " not in n for n in arabic)
    return Entry(g.key, english, land, unit, _plain(g.admin2), g.kind, None if area else _bounded(g.lat, 90),
                 None if area else _bounded(g.lon, 180), g.population, arabic, latin, (2 if one_word else 1) if small else 0, "user")  # fmt: skip


def _unit(name: str, country: str) -> str:
    """The codebook's name of a first-order unit, so that a user's places stand in the units everything else stands in."""
    bare = _plain(name)
    spelled = fold_text(bare)
    for form in (
        spelled,
        spelled.removeprefix("al-").removeprefix("al "),
        re.sub(r"\s+(governorate|province|state)$", "", spelled),
    ):
        for entry in names("en").get(form, ()):
            if entry.kind == "admin1" and entry.country == country:
                return entry.name_en
    return bare


def _plain(name: str) -> str:
    return " ".join(re.sub(r"\s+(?:Governorate|Muhafazat|Province|District)$", "", name).split())


def _number(cell: Any) -> float | None:
    return float(cell) if cell not in (None, "") else None


def _bounded(degrees: float | None, most: float) -> float | None:
    if degrees is None or degrees == 0.0:
        return None  # 0,0 is how many tables write "not known"
    if not -most <= degrees <= most:
        raise ValueError(f"{degrees} is no coordinate")
    return degrees
