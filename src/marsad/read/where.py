"""Places of an event: names the gazetteer knows and names that a place word announces (بلدة كذا), most specific first."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from marsad.read.annotate import Annotated, Sentence
from marsad.read.announced import announced
from marsad.read.elsewhere import POSSESSIVES, Moved, across_a_border, loyal, place_hits
from marsad.read.lexicon import Hit
from marsad.read.load import book, capitals, coalitions, forces_of
from marsad.read.placehood import word_here
from marsad.read.placenames import Entry
from marsad.read.placewords import among, bare_start, placed, words
from marsad.records import Place, Span
from marsad.scales import WherePrecision
from marsad.text.fold import fold_text

_RANK = {"country": 9, "region": 8, "admin1": 7, "sea": 7, "admin2": 5, "mountain": 4, "basin": 4, "river": 4, "admin3": 3}
_SPECIFIC = 1
_CITY = 1_000_000  # people: a city so large is meant by its name in any country's news
_HAMLET, _FAR_GREATER = 1000, 20
_TOWN = 100_000  # the same where nothing tells which country the news is of

Ranked = tuple[int, Place]


@cache
def _parts_of_country(lang: str) -> dict[str, str]:
    return dict(book(lang, "where")["parts_of_country"])


@cache
def _plain(name: str) -> str:
    """An English name in plain letters: Şırnak is Sirnak in the news."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.replace("ı", "i")) if not unicodedata.combining(c))
    return bare.replace("\u2019", "'")


# --- which country the news is of -------------------------------------------------------------------------------------------


def home(note: Annotated) -> str:
    """The country a report is most about: by names of its places and demonyms, earlier ones weighing more; "" if none."""
    votes: Counter[str] = Counter()
    for sent in note.sents:
        weight = 3.0 if sent.at <= 1 else 1.0
        for country, share in _told(note, sent):
            votes[country] += weight * share * (0.4 if country in _FAR else 1.0)  # type: ignore[assignment]
    return votes.most_common(1)[0][0] if votes else ""


_FAR = frozenset(coalitions()["far"])


def _told(note: Annotated, sent: Sentence) -> Iterable[tuple[str, float]]:
    """(country, how clearly) for each name in `sent` that tells of a country."""
    for hit in sent.layer("place"):
        entries = _meant(sent, hit, note.lang)
        if word_here(sent, hit, note.lang) or loyal(sent, hit, note.lang) or not entries[0].country:
            continue  # a sea is no country's
        if entries[0].kind == "country" and across_a_border(sent, hit):
            yield entries[0].country, 0.2
        elif (
            entries[0].kind == "country"
            and sent.form(hit.last) in POSSESSIVES
            and any(sent.starts(k, "actor") for k in (hit.last + 1, hit.last + 2))
        ):
            yield entries[0].country, 0.5  # "Somalia's al Shabaab", in news of Kenya
        elif entries[0].kind == "country":
            capital = {e.country for e in entries[1:] if e.population >= _TOWN} & {
                d.entry.value for d in sent.layer("demonym")
            }
            yield (next(iter(sorted(capital))) if capital else entries[0].country), 2.0
        elif len({e.country for e in entries}) == 1:
            known = entries[0].kind == "admin1" or entries[0].population >= _TOWN
            yield entries[0].country, 0.3 if hit.entry.info[1] else 1.5 if known else 0.9
        elif (entries[0].country, entries[0].name_en) in capitals():
            yield entries[0].country, 1.5  # Baghdad, though villages elsewhere are called so
    for hit in sent.layer("demonym"):
        yield hit.entry.value, 0.7
    for hit in sent.layer("actor"):
        if hit.entry.info[1]:
            yield hit.entry.info[1], 0.7


def _meant(sent: Sentence, hit: Hit, lang: str) -> tuple[Entry, ...]:
    """The places that a name can mean here: those that are provinces, where a word for one says so (إقليم السند)."""
    entries: tuple[Entry, ...] = hit.entry.info[0]
    said = sent.form(hit.first - 1) if lang == "ar" else sent.form(hit.last)
    if len(entries) == 1 or hit.prefix.removesuffix("ال") or not among(said, words(lang)["provinces"], lang):
        return entries
    return tuple(e for e in entries if e.kind in ("admin1", "region")) or entries


def _beside(note: Annotated, sent: Sentence, hit: Hit, entries: tuple[Entry, ...], country: str) -> str:
    """The country in which a name that several places bear is sought: that of the towns told with it in the sentence, where all of
    them lie in one that has such a place ("from Taybeh towards Odaisseh, in Marjayoun"); else the country the report is of."""
    if len(entries) == 1 or entries[0].kind == "country":
        return country
    lands = {
        others[0].country
        for other in sent.layer("place")
        if other is not hit and not word_here(sent, other, note.lang) and not other.entry.info[1]
        if (others := other.entry.info[0])[0].kind != "country" and len({e.country for e in others}) == 1
    }
    return next(iter(lands)) if len(lands) == 1 and lands & {e.country for e in entries} else country


def named_countries(note: Annotated) -> frozenset[str]:
    """Countries that the report names, by name, people or force."""
    if note.countries is None:
        found = {h.entry.value for s in note.sents for h in s.layer("demonym")}
        found |= {h.entry.info[1] for s in note.sents for h in s.layer("actor") if h.entry.info[1]}
        found |= {h.entry.info[0][0].country for s in note.sents for h in s.countries()}
        note.countries = frozenset(found)
    return note.countries


def best_entry(entries: tuple[Entry, ...], country: str, named: frozenset[str]) -> Entry | None:
    """The entry meant by a name in a report about `country`: there, in a country the report names, or a great city; else None."""
    if entries[0].kind == "country":
        own = next((e for e in entries[1:] if e.country == country != entries[0].country and e.population >= _TOWN), None)
        return own or entries[0]  # Amman in news of Jordan, not Oman
    lands = (country, *_ALSO.get(country, ()))
    near = next((e for c in lands for e in entries if e.country == c), None)
    other = next((e for e in entries if e.country in named and e.country not in lands), None)
    if near is None or (other is not None and near.population < _HAMLET and other.population > _FAR_GREATER * _HAMLET):
        near = other or near  # Sinjar of Iraq, in a report of Syria and Iraq
    if near is not None:
        return near
    if (entries[0].country, entries[0].name_en) in capitals():
        return entries[0]
    largest = max(entries, key=_fame)
    return (
        largest if _fame(largest) >= (_CITY if country else _TOWN) or (not country and entries[0].kind == "admin1") else None
    )


def _fame(entry: Entry) -> int:
    """People who live there; a base is meant by its name in any country's news, as a great city is."""
    return max(entry.population, _CITY if entry.kind == "base" else 0)


_ALSO = {"IL": ("PS", "LB", "SY"), "TR": ("SY", "IQ"), "SA": ("YE",), "RU": ("UA", "SY")}
"""Lands of which the news of an army mostly is, beside its own."""


# --- names --------------------------------------------------------------------------------------------------------------------


def to_place(note: Annotated, sent: Sentence, hit: Hit, country: str) -> Ranked | None:
    """(rank, lowest first; the place) of a hit, or None where its name means nothing in this report."""
    entries = _meant(sent, hit, note.lang)
    country = _beside(note, sent, hit, entries, country)
    entry = best_entry(entries, country, named_countries(note)) or _only_bearer(hit)
    if (
        entry is not None
        and country not in ("", entry.country)
        and hit.entry.value in book(note.lang, "where")["refers"]["town"]
    ):
        return None  # the airport of "the city" (المدينة), and not that of Medina
    if entry is None or _too_great(sent, hit, entry, note, country):
        return _unplaced(note, sent, hit, country)
    start, last = hit.start, hit.last
    while last < len(sent.toks) and sent.form(last) in words(note.lang)["parts"] and entry.kind != "country":
        last += 1  # New Baghdad, Old Mosul: a part, with a name of its own
    end = sent.toks[last - 1].end if last > hit.last else hit.end
    if among(sent.form(hit.first - 1), words(note.lang)["kinds_of_name"], note.lang) and not hit.prefix.removesuffix("ال"):
        start = bare_start(sent, hit.first - 1, words(note.lang)["kinds_of_name"])
    precision = _precision(sent, hit, entry, note.lang)
    admin1 = entry.admin1 or (entry.name_en if entry.kind == "admin1" else "")
    last = _with_type(sent, hit, entry, last, note.lang)
    end = sent.toks[last - 1].end if last > hit.last else end
    known = last == hit.last or note.lang == "en"
    name_en = _plain(entry.name_en) if known else ""
    rank = _RANK.get(entry.kind, _SPECIFIC) if known else _SPECIFIC
    return rank, placed(note, start, end, name_en=name_en, country=entry.country, admin1=admin1, precision=precision if known else None, gazetteer=entry.id if known else "")  # fmt: skip


def _too_great(sent: Sentence, hit: Hit, entry: Entry, note: Annotated, country: str) -> bool:
    """Whether a name after a word for a small place (حي السليمانية) would be a great city or province of another country."""
    if (
        note.lang != "ar"
        or not country
        or entry.country == country
        or not among(sent.form(hit.first - 1), words("ar")["small"], "ar")
    ):
        return False
    return entry.kind in ("admin1", "country") or entry.population >= _CITY


def _only_bearer(hit: Hit) -> Entry | None:
    """The one place that bears a name of two words or of a mountain, river or base (or a town and its district): such names are
    hardly anything else's. A sea, where no coast of its name is in the country told."""
    bearers: tuple[Entry, ...] = hit.entry.info[0]
    first = next((e for e in bearers if e.kind == "sea"), bearers[0])
    if first.kind == "sea":
        return first
    sure = " " in hit.entry.value or first.kind in ("mountain", "river", "basin", "base")
    one = all((e.country, e.admin1) == (first.country, first.admin1) for e in bearers)
    return first if sure and one and not first.risk else None


def _with_type(sent: Sentence, hit: Hit, entry: Entry, last: int, lang: str) -> int:
    """The token after the place word that belongs to an English name ("Mansour district", "Taji base")."""
    typed = lang == "en" and entry.kind not in ("country", "admin1", "region")
    return last + 1 if typed and sent.form(last) in words(lang)["kinds"] - words(lang)["vague"] else last


def _unplaced(note: Annotated, sent: Sentence, hit: Hit, country: str) -> Ranked | None:
    """A name whose bearers all lie elsewhere: still a place where the words before it say so, which one is left open."""
    before, listed = sent.form(hit.first - 1), words(note.lang)
    said = (
        any(among(before, listed[name], note.lang) for name in ("names_after", "near", "directions")) or before in listed["at"]
    )
    typed = note.lang == "en" and sent.form(hit.last) in listed["kinds"]
    if not (said or typed) and hit.prefix not in ("ب", "بال"):
        return None
    start = hit.start
    if among(before, listed["kinds_of_name"], note.lang) and not hit.prefix.removesuffix("ال"):
        start = bare_start(sent, hit.first - 1, listed["kinds_of_name"])
    bearers = hit.entry.info[0]
    where = country if country and country not in _FAR else max(bearers, key=lambda e: e.population).country
    return _SPECIFIC, placed(note, start, hit.end, country=where)


def _precision(sent: Sentence, hit: Hit, entry: Entry, lang: str) -> WherePrecision:
    if entry.kind == "country":
        return WherePrecision.COUNTRY
    if entry.kind in ("admin1", "region"):
        return WherePrecision.ADMIN1
    if entry.kind == "admin2":
        return WherePrecision.ADMIN2
    if entry.kind == "sea":
        return WherePrecision.SEA_OR_AIR
    near = any(sent.form(k).lstrip("وب") in words(lang)["near"] for k in range(max(0, hit.first - 3), hit.first))
    return WherePrecision.NEAR if near else WherePrecision.EXACT


def places(note: Annotated, sent: Sentence, first: int, last: int, country: str, *, moved: Moved = "") -> tuple[Place, ...]:
    """Every place of tokens first..last, most specific first, each once."""
    hits = place_hits(sent, note.lang, first, last, moved=moved)
    written, hits = hits, [h for h in hits if h.first >= sent.dateline]
    ranked = [r for h in hits if not _measured_from(sent, h, note.lang) and (r := to_place(note, sent, h, country))]
    if all(rank > _SPECIFIC for rank, _ in ranked):  # "75 km north of Baquba" tells more than its province
        measured = (h for h in hits if _measured_from(sent, h, note.lang) and not (ranked and _far_off(sent, h)))
        ranked += [r for h in measured if (r := to_place(note, sent, h, country))]
    known = {k for h in sent.layer("place") for k in range(h.first, h.last) if not word_here(sent, h, note.lang)}
    ranked += [(_SPECIFIC, place) for place in announced(note, sent, first, last, country, known)]
    if all(_only_a_site(p, note.lang) for _, p in ranked):
        # a dateline: where it was written, and happened if nothing else is told
        ranked += [r for h in written if h.first < sent.dateline and (r := to_place(note, sent, h, country))]
    ranked += _border_lines(note, sent, first, last, country)
    ranked.sort(key=lambda r: (r[0], r[1].span.start))
    if ranked and ranked[0][0] == _RANK["country"]:
        ranked[0] = (_RANK["country"], _part_of(note, sent, ranked[0][1]))
    return tuple({p.gazetteer or p.name: p for _, p in reversed(ranked)}.values())[::-1]


def _only_a_site(place: Place, lang: str) -> bool:
    """Whether a place is a square, a street or another spot that no list holds."""
    listed = words(lang)["streets"] | words(lang)["sites"]
    return not place.gazetteer and not listed.isdisjoint(fold_text(place.name).split())


def _measured_from(sent: Sentence, hit: Hit, lang: str) -> bool:
    """Whether it is only told how far from a place something was ("100 km north-east of Baghdad")."""
    unit = next((k for k in range(hit.first - 1, hit.first - _MEASURED, -1) if sent.form(k) in words(lang)["distance"]), None)
    return unit is not None and any(n.last <= unit <= n.last + 1 for n in sent.numbers)


def _far_off(sent: Sentence, hit: Hit) -> bool:
    """Whether it is told to have been a hundred kilometres or miles and more from a place: not near it."""
    return any(n.value >= _FAR_FROM for n in sent.numbers if hit.first - _MEASURED <= n.first < hit.first)


_FAR_FROM = 100
_MEASURED = 8  # tokens: "100 kilometres to the north east of"


def _border_lines(note: Annotated, sent: Sentence, first: int, last: int, country: str) -> list[Ranked]:
    """Borders named by whose they are (الحدود السعودية): lines, without coordinates, on this side of them."""
    out: list[Ranked] = []
    for hit in sent.layer("demonym", first, last):
        at = hit.first - 1 if note.lang == "ar" else hit.last
        if sent.form(at).lstrip("وب") not in ("الحدود", "حدود", "border"):
            continue
        start, end = (at, hit.last) if note.lang == "ar" else (hit.first, at + 1)
        name_en = f"{forces_of(hit.entry.value)[0]} border".strip()
        begin = sent.toks[start].start + (len(sent.form(at)) - len(sent.form(at).lstrip("وب")) if note.lang == "ar" else 0)
        out.append((_RANK["admin1"], placed(note, begin, sent.toks[end - 1].end, name_en=name_en, country=country or hit.entry.value, precision=WherePrecision.LINE)))  # fmt: skip
    return out


def _part_of(note: Annotated, sent: Sentence, place: Place) -> Place:
    """A country where nothing nearer is told, with the part of it that is (شمال العراق)."""
    at = next((k for k, t in enumerate(sent.toks) if note.folded.span(t.start, t.end)[1] >= place.span.end), 0)
    part = _parts_of_country(note.lang).get(sent.form(at - 1), "")
    if not part:
        return place
    first = at - 1
    if (other := _parts_of_country(note.lang).get(sent.form(at - 2), "")) and other != part:
        first, part = at - 2, other.removesuffix("ern") + part  # northwestern
    start = note.folded.span(sent.toks[first].start, sent.toks[first].end)[0]
    span = Span(start, place.span.end)
    return replace(place, name=note.text[span.start : span.end], span=span, name_en=f"{part} {place.name_en}", gazetteer="")
