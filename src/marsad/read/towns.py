"""Where an event was: the places of its own words; several towns told in one breath are as many events (codebook, section 5)."""

import re
from dataclasses import replace

from marsad.read.annotate import Annotated, Sentence
from marsad.read.clauses import SURE
from marsad.read.draft import Draft
from marsad.read.elsewhere import Moved
from marsad.read.load import grammar
from marsad.read.placewords import words
from marsad.read.where import places
from marsad.records import Place
from marsad.scales import Family, WherePrecision
from marsad.text.fold import fold_text

_FROM_AFAR = ("air_strike", "shelling")
_EACH_ITS_OWN = (Family.UNREST, Family.CONTROL)


def sites(note: Annotated, draft: Draft, home: str, cuts: dict[int, int]) -> tuple[Place, ...]:
    """The places told in the draft's words; a state that acts or speaks is none of them. cuts: where its sentence may be cut (clauses.py)."""
    acting = {p.span.start for p in draft.actors} | _speaking(note, draft.sent)
    found = places(note, draft.sent, draft.first, _to_hospital(draft), home, moved=_moved(draft))
    return _nearest(note, draft, tuple(p for p in found if p.span.start not in acting), cuts)


def _speaking(note: Annotated, sent: Sentence) -> set[int]:
    """Where in the text the names of places begin that only speak ("..., Ankara said", وقالت أنقرة)."""
    found: set[int] = set()
    for hit in sent.layer("place"):
        verb, before = (hit.last, hit.first - 1) if note.lang == "en" else (hit.first - 1, hit.first)
        led = sent.form(before) not in _SPEAKS_BEHIND if note.lang == "en" else bool(hit.prefix)
        if not led and sent.is_cue(verb, "speech.verbs"):
            found.add(note.folded.span(hit.start, hit.end)[0])
    return found


_SPEAKS_BEHIND = frozenset((",", "", ".", "and", "but", "as"))


def _to_hospital(draft: Draft) -> int:
    """The last token where a draft's places may stand: what follows a hospital to which its dead or wounded came is not where it was."""
    if any(h.entry.info.role != "result" for h in draft.acts):
        return draft.last
    site = draft.sent.in_set("morgue", draft.acts[-1].last, draft.last)
    return draft.last if site is None else max(draft.first, site.first - 1)


def _nearest(note: Annotated, draft: Draft, found: tuple[Place, ...], cuts: dict[int, int]) -> tuple[Place, ...]:
    """Of the towns of a draft those of its own clause, if that names one: what another statement of the sentence names is its own."""
    sure = [k for k, strength in cuts.items() if strength == SURE]
    first = max((k for k in sure if draft.first <= k <= draft.acts[0].first), default=draft.first)
    last = min((k for k in sure if draft.acts[-1].last <= k < draft.last), default=draft.last)
    begin, end = (note.folded.span(draft.sent.toks[k].start, draft.sent.toks[k].end) for k in (first, last - 1))
    wide = [p for p in found if p.precision is not None and p.precision > WherePrecision.ADMIN2]
    own = [p for p in found if p not in wide and begin[0] <= p.span.start < end[1]]
    return tuple(p for p in found if p in own or p in wide) if own else found


def _moved(draft: Draft) -> Moved:
    """A withdrawal is where it leaves, other posture also where it leads to."""
    return "" if draft.family is not Family.POSTURE else "away" if draft.kind == "withdrawal" else "there"


def by_town(note: Annotated, draft: Draft) -> list[Draft]:
    """One draft a town, where several are listed and share no toll (codebook, section 5: two towns, two events)."""
    each = draft.family in _EACH_ITS_OWN or (draft.kind in _FROM_AFAR and draft.count is None)
    towns = _listed(note, draft.places) if each and not draft.tolls else []
    if len(towns) < 2:
        return [draft]
    before = _folded(note, towns[0].span.start - 2 * _BETWEEN, towns[0].span.start)
    if (
        _ROAD.search(before)
        or _TOGETHER.search(before)
        or _ALL.match(_folded(note, towns[-1].span.end, towns[-1].span.end + _BETWEEN))
    ):
        return [draft]  # on the road between two towns; or one word tells of all
    areas = tuple(p for p in draft.places if p not in towns and p.precision == WherePrecision.COUNTRY)
    return [replace(draft, places=(town, *areas), town=town) for town in towns]


def _listed(note: Annotated, places: tuple[Place, ...]) -> list[Place]:
    """The longest run of places smaller than a country that only "and", a comma, or what unit a place is of parts."""
    ordered = sorted(
        (
            p
            for p in places
            if (p.precision is None or p.precision <= WherePrecision.ADMIN1)
            and not _contains(p, places)
            and not _UNIT_OF.search(_folded(note, p.span.start - 2 * _BETWEEN, p.span.start))
            and not _within_another(note, p, places)
        ),
        key=lambda p: p.span,
    )
    runs: list[list[Place]] = []
    for place in ordered:
        between = _UNIT.sub("", _folded(note, runs[-1][-1].span.end, place.span.start)) if runs else ""
        if runs and len(between) <= _BETWEEN and _JOINED.fullmatch(between) and not _PART.search(between):
            runs[-1].append(place)
        else:
            runs.append([place])
    return max(runs, key=len, default=[])


def _within_another(note: Annotated, place: Place, places: tuple[Place, ...]) -> bool:
    """Whether a place is told as what another is in or of ("Mosul in Nineveh")."""
    near = (p for p in places if 0 < place.span.start - p.span.end < _BETWEEN)
    return any(_IN.fullmatch(_folded(note, p.span.end, place.span.start)) for p in near)


def _contains(wide: Place, places: tuple[Place, ...]) -> bool:
    """Whether a province is that of a town told too ("Mosul, centre of Nineveh province")."""
    unit = wide.precision == WherePrecision.ADMIN1 and wide.admin1
    return bool(unit) and any(p is not wide and p.admin1 == unit and p.precision != wide.precision for p in places)


def _folded(note: Annotated, start: int, end: int) -> str:
    """A short stretch of the text, folded; offsets are the text's own."""
    return fold_text(note.text[max(0, start) : end])


_BETWEEN = 14  # characters: "، ومدينة "
_UNITS, _SEATS = ("|".join(sorted(listed)) for listed in (grammar("towns", "units"), grammar("towns", "seats")))
_UNIT_OF = re.compile(rf"(?:التابع\w*\s+ل\w+|(?:{_SEATS}|في|من)\s+(?:{_UNITS})|\([^()]*)\s*$")
"""Before the unit that a town is of, and within brackets: no town of the list."""
_JOINED = re.compile(r"\W*(?:(?:و\w*|and|,|،)\W*\w*|\w*\W*(?:and|,|،))\W*")
_IN = re.compile(r",?\s*(?:in|of)(?:\s+the)?\s+")
_ROAD = re.compile(r"\b(?:بين|between)\s+(?:(?:the\s+)?(?:cities|towns|villages)\s+of\s+|\w+[تي]ي\s+)?$")
_TOWNS = sorted(grammar("towns", "together"))
_TOGETHER = re.compile(rf"\b[ولبك]?(?:{'|'.join(_TOWNS)})\s+(?:of\s+|(?:ا|آ)ل)?$")
_ALL = re.compile(rf"\s+(?:{'|'.join(w for w in _TOWNS if w.isascii())})\b")
"""One word for all the towns of a list, before it or, in English, behind it."""
_PART = re.compile(rf"\b(?:{'|'.join(sorted(words('ar')['directions']))})\b")
"""A part of a place (وسط بغداد) that looks like "and" with a word."""
_UNIT = re.compile(
    rf"\s*(?:{_SEATS})\s+\w+\s+\w+(?:\s+الحدوديه\s+مع\s+\w+)?|[،,]?\s*التابع\w*\s+ل\w+\s+\w+(?:\s*\([^()]*\))?|\([^()]*\)"
)
