"""What things of the record are called in a language: actors, sources, places, areas."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from marsad.brief.words import Case, book, visible
from marsad.read import placenames
from marsad.read.placenames import Entry, entries
from marsad.records import Lang, Party, Place
from marsad.text.fold import fold_text

_THE = ("Forces", "forces", "Force", "Army", "Police", "police", "coalition", "Brigades", "Units", "movement", "Battalion")


@cache
def _own(lang: Lang) -> Mapping[str, tuple[str, str]]:
    text = files("marsad.brief").joinpath("templates", lang, "names.tsv").read_text(encoding="utf-8")
    return {
        row["name"].casefold(): (row["said"], row.get("after") or row["said"])
        for row in csv.DictReader(text.splitlines(), delimiter="\t")
    }


@cache
def _book(name: str) -> list[dict[str, str]]:
    text = files("marsad.codebooks").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def _arabic() -> Mapping[str, str]:
    """Canonical name -> its first Arabic name; the armed forces of a country by its adjective."""
    forces = {
        r["armed forces"].casefold(): f"القوات ال{r['ar'].split('|')[0]}ة" for r in _book("demonyms.tsv") if r["armed forces"]
    }
    actors = {r["canonical"].casefold(): r["ar"].split("|")[0] for r in _book("actors.tsv") if r["ar"]}
    return {**forces, **actors}


def actor(name: str, lang: Lang, said: str = "", case: Case = "nom") -> str:
    """What an actor, target or source is called. said: the words of an Arabic report, for a name that no codebook holds.
    case: "gen" after a verb or preposition (المدنيين)."""
    key = name.casefold()
    if own := _own(lang).get(key):
        return own[case == "gen"]
    if lang == "ar":
        return _arabic().get(key) or _national(key) or _ruling(key) or visible(said or name)
    name = visible(name)
    return f"the {name}" if name.endswith(_THE) and not name.startswith(("the ", "a ", "an ")) and name[:1].isupper() else name


_RULES = "government of "


def _ruling(key: str) -> str:
    """The Arabic name of a country's government, empty where it is none."""
    land = _lands().get(key.removeprefix(_RULES).removeprefix("the ")) if key.startswith(_RULES) else ""
    return f"حكومة {land}" if land else ""


@cache
def _lands() -> Mapping[str, str]:
    """English name of a country -> its Arabic one."""
    return {e.name_en.casefold(): e.names_ar[0] for e in entries() if e.kind == "country" and e.names_ar}


@cache
def _adjectives() -> Mapping[str, str]:
    return {en.casefold(): r["ar"].split("|")[0] for r in _book("demonyms.tsv") for en in r["en"].split("|") if r["ar"]}


def _national(key: str) -> str:
    """The Arabic name of a force named after its country ("kenyan police"), empty where it is none."""
    for ending, made in book("ar", "words")["national"].items():
        adjective = _adjectives().get(key.removesuffix(f" {ending}"), "") if key.endswith(f" {ending}") else ""
        if adjective and " " not in adjective:
            return str(made).format(adjective)
    return ""


def party(party: Party, text: str, report_lang: Lang, lang: Lang, case: Case = "nom") -> str:
    """The name of a party in its report (`text`), for a brief in `lang`."""
    return actor(party.name, lang, party.span.of(text) if report_lang == "ar" else "", case)


@cache
def _by_id() -> Mapping[str, Entry]:
    return {e.id: e for e in entries()}


@cache
def _units() -> Mapping[tuple[str, str], Entry]:
    return {(e.country, e.name_en): e for e in entries() if e.kind == "admin1"}


def entry(place: Place) -> Entry | None:
    """The gazetteer entry of a place, None where it was not resolved."""
    return _by_id().get(place.gazetteer)


def place(place: Place, lang: Lang) -> str:
    """What a place is called: the gazetteer's name, or the one written where it was not resolved."""
    found = entry(place) or _areas().get((place.country, place.name_en))
    if found is None:
        return visible(place.name if lang == "ar" else place.name_en or place.name)
    return found.names_ar[0] if lang == "ar" and found.names_ar else place.name_en or found.name_en


@cache
def _areas() -> Mapping[tuple[str, str], Entry]:
    """Units and districts by name: a place told only to its district has no id of its own."""
    return {(e.country, e.name_en): e for e in reversed(entries()) if e.kind in ("admin1", "admin2")}


def country(code: str, lang: Lang) -> str:
    """The name of a country by its ISO 3166-1 code, or the code."""
    found = _by_id().get(code)
    if found is None:
        return code
    return found.names_ar[0] if lang == "ar" and found.names_ar else found.name_en


def unit(code: str, admin1: str, lang: Lang) -> str:
    """The name of a first-order unit."""
    found = _units().get((code, admin1))
    return found.names_ar[0] if lang == "ar" and found and found.names_ar else admin1


def named(name_en: str, country: str, admin1: str, lang: Lang) -> str:
    """What the place of this English name in a country and unit is called; the name itself where no gazetteer has another."""
    if lang == "en":
        return name_en
    borne = placenames.names("en").get(fold_text(name_en).casefold(), ())
    near = (e for e in borne if e.country == country and e.name_en == name_en and admin1 in ("", e.admin1))
    return next((e.names_ar[0] for e in near if e.names_ar), name_en)


def where(place_: Place, lang: Lang) -> tuple[str, str]:
    """(the place, the unit that holds it), the second empty where it would repeat the first."""
    name = place(place_, lang)
    holder = unit(place_.country, place_.admin1, lang) if place_.admin1 else ""
    return name, "" if holder == name else holder


def area(code: str, lang: Lang) -> str:
    """The name of a series' area: "IQ/Diyala" -> Diyala, "IQ" -> Iraq; what is none of these as it stands."""
    first, _, second = code.partition("/")
    return unit(first, second, lang) if second else country(first, lang)
