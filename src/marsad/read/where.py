"""Places of an event: names the gazetteer knows and names that a place word announces (بلدة كذا), most specific first."""

from collections import Counter
from collections.abc import Iterable
from functools import cache

from marsad.read.annotate import Annotated, Sentence
from marsad.read.lexicon import Hit
from marsad.read.load import book
from marsad.read.placenames import Entry
from marsad.records import Place, Span
from marsad.scales import WherePrecision

_RANK = {"country": 9, "region": 8, "admin1": 7, "sea": 7, "admin2": 5, "mountain": 4, "basin": 4, "river": 4, "admin3": 3}
_SPECIFIC = 1


@cache
def _words(lang: str) -> dict[str, frozenset[str]]:
    return {name: frozenset(listed) for name, listed in book(lang, "where").items()}


def home(note: Annotated) -> str:
    """The country a report is most about: by names of its places and demonyms, earlier ones weighing more; "" if none."""
    votes: Counter[str] = Counter()
    for sent in note.sents:
        weight = 3.0 if sent.at <= 1 else 1.0
        for hit in sent.layer("place"):
            entry = hit.entry.info[0]
            if not _word_here(sent, hit, note.lang):
                votes[entry.country] += weight * (2.0 if entry.kind in ("country", "admin1") else 1.0) * _share(entry.country)  # type: ignore[assignment]
        for hit in sent.layer("demonym"):
            votes[hit.entry.value] += weight * 0.5 * _share(hit.entry.value)  # type: ignore[assignment]
        for hit in sent.layer("actor"):
            if hit.entry.info[1]:
                votes[hit.entry.info[1]] += weight * 0.5 * _share(hit.entry.info[1])  # type: ignore[assignment]
    return votes.most_common(1)[0][0] if votes else ""


def _share(country: str) -> float:
    """Powers that act far from home are named in the news of other countries: their names weigh less."""
    return 0.4 if country in ("US", "GB", "FR", "RU", "DE", "CN") else 1.0


def place_hits(sent: Sentence, lang: str, first: int = 0, last: int = 1 << 30) -> list[Hit]:
    """Place names within tokens first..last that can be where something happened."""
    return [h for h in sent.layer("place", first, last) if not _word_here(sent, h, lang) and not _elsewhere(sent, h, lang)]


def _word_here(sent: Sentence, hit: Hit, lang: str) -> bool:
    """A name that is also a word needs a place word before it (risk 1), or a place word right before it (risk 2)."""
    if any(a.first <= hit.first and hit.last <= a.last for a in sent.layer("actor")) or any(
        f.first <= hit.first < f.last for f in sent.dates
    ):
        return True
    if (
        any(t.first <= hit.first < t.last and t.entry.info.role == "act" for t in sent.layer("trigger"))
        and hit.last - hit.first == 1
    ):
        return True
    entry: Entry = hit.entry.info[0]
    before = sent.form(hit.first - 1)
    announced = before in _words(lang)["kinds"] or before.lstrip("وبفل") in _words(lang)["kinds"]
    if entry.risk >= 2:
        return not announced
    if entry.risk == 1:
        return not (announced or before in _words(lang)["at"] or hit.prefix in ("ب", "بال", "ل", "وب"))
    return bool(lang == "en" and entry.kind == "country" and sent.form(hit.last) in ("forces", "troops", "army"))


def _elsewhere(sent: Sentence, hit: Hit, lang: str) -> bool:
    """A place that names an office, a ruler or a direction, not where it happened (سفير فرنسا، نحو بغداد)."""
    before, two = sent.form(hit.first - 1), sent.form(hit.first - 2)
    words = _words(lang)["not_where"]
    return any(
        w in words or w.removeprefix("و") in words for w in (before, two if before in ("في", "in", "of", "the") else "")
    )


def best_entry(entries: tuple[Entry, ...], country: str, around: Iterable[str] = ()) -> Entry | None:
    """The entry meant by a name in a report about `country`; a country or a great city of elsewhere still holds; else None."""
    if entries[0].kind == "country":
        return entries[0]
    near = [e for e in entries if e.country == country] or [e for e in entries if e.country in set(around)]
    if near:
        return near[0]
    first = entries[0]
    return first if first.kind == "admin1" or first.population >= 150_000 or not country else None


def to_place(note: Annotated, sent: Sentence, hit: Hit, country: str) -> tuple[int, Place] | None:
    """(rank, lowest first; the place) of a hit, or None where its name means nothing in this report."""
    around = {h.entry.info[0].country for h in sent.layer("place")}
    entry = best_entry(hit.entry.info, country, around)
    start, end = note.folded.span(hit.start, hit.end)
    if entry is None:
        return None
    name = note.folded.text[hit.start : hit.end]
    precision = _precision(sent, hit, entry, note.lang)
    place = Place(name=name, span=Span(start, end), name_en=entry.name_en, country=entry.country, admin1=entry.admin1 or (entry.name_en if entry.kind == "admin1" else ""), precision=precision, gazetteer=entry.id)  # fmt: skip
    return _RANK.get(entry.kind, _SPECIFIC), place


def _precision(sent: Sentence, hit: Hit, entry: Entry, lang: str) -> WherePrecision:
    if entry.kind == "country":
        return WherePrecision.COUNTRY
    if entry.kind in ("admin1", "region"):
        return WherePrecision.ADMIN1
    if entry.kind == "admin2":
        return WherePrecision.ADMIN2
    if entry.kind == "sea":
        return WherePrecision.SEA_OR_AIR
    near = any(sent.form(k).lstrip("وب") in _words(lang)["near"] for k in range(max(0, hit.first - 3), hit.first))
    return WherePrecision.NEAR if near else WherePrecision.EXACT


def announced(note: Annotated, sent: Sentence, first: int, last: int, country: str) -> list[tuple[int, Place]]:
    """Places that no gazetteer knows, named after a place word: "بلدة X", "the village of X". They stay without coordinates."""
    lang = note.lang
    known = {k for h in sent.layer("place") for k in range(h.first, h.last)}
    out: list[tuple[int, Place]] = []
    for at in range(max(first, 1), min(last, len(sent.toks))):
        kind = sent.form(at - 1)
        if lang == "en":
            if kind != "of" or sent.form(at - 2) not in _words(lang)["kinds"]:
                continue
        elif kind not in _words(lang)["names_after"] and kind.lstrip("وبفل") not in _words(lang)["names_after"]:
            continue
        if at in known or sent.toks[at].kind in ("mark", "number") or sent.form(at) in _words(lang)["no_name"]:
            continue
        busy = [
            h
            for h in sent.starting.get(at, ())
            if h.entry.layer in ("people", "set", "cue", "actor", "weapon", "demonym", "trigger")
        ]
        if busy or any(f.first <= at < f.last for f in sent.dates) or len(sent.form(at)) < 3:
            continue
        span = Span(*note.folded.span(sent.toks[at].start, sent.toks[at].end))
        out.append((_SPECIFIC, Place(name=sent.form(at), span=span, country=country)))
    return out


def places(note: Annotated, sent: Sentence, first: int, last: int, country: str) -> tuple[Place, ...]:
    """Every place of tokens first..last, most specific first, each once."""
    ranked = [r for h in place_hits(sent, note.lang, first, last) if (r := to_place(note, sent, h, country))]
    ranked += announced(note, sent, first, last, country)
    ranked.sort(key=lambda r: (r[0], r[1].span.start))
    seen: set[str] = set()
    return tuple(p for _, p in ranked if (p.gazetteer or p.name) not in seen and not seen.add(p.gazetteer or p.name))  # type: ignore[func-returns-value]
