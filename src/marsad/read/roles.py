"""Who did it, and to whom: actors and targets of an event from word order, prepositions, and the people of its tolls."""

from collections.abc import Iterable
from functools import cache

from marsad.read.annotate import Annotated, Sentence
from marsad.read.lexicon import Hit
from marsad.read.load import book, forces_of
from marsad.read.tolls import Told
from marsad.records import Party, Span

_FORCE_NAMES = {
    "military": "Armed Forces",
    "police": "police",
    "security forces": "security forces",
    "air force": "Armed Forces",
}
_WHO = {"army": "military", "police": "police", "security": "security forces"}
_REACH = 5


@cache
def _words(lang: str) -> dict[str, frozenset[str]]:
    return {k: frozenset(v) for k, v in book(lang, "roles").items() if isinstance(v, list)}


def named(note: Annotated, sent: Sentence, hit: Hit, home: str) -> Party | None:
    """The party an actor (or demonym with a force word) names; bare forces belong to the country told beside them, else `home`."""
    span = Span(*note.folded.span(hit.start, hit.end))
    kind, country = hit.entry.info[:2] if hit.entry.layer == "actor" else ("", "")
    if kind != "force":
        return Party(hit.entry.value, span)
    if hit.entry.value == "Coalition":
        return Party(
            {"YE": "Saudi-led coalition", "SA": "Saudi-led coalition"}.get(home, "Coalition against the Islamic State"), span
        )
    beside = next((d.entry.value for k in (hit.last, hit.last + 1, hit.first - 1) for d in sent.starts(k, "demonym")), "")
    return Party(force_name(hit.entry.value, beside or country or home), span)


def force_name(force: str, country: str) -> str:
    """ "military" of IQ -> Iraqi Armed Forces; the broad name where no country is known."""
    demonym, armed = forces_of(country)
    if not demonym:
        return force
    if _FORCE_NAMES.get(force) == "Armed Forces":
        return armed or f"{demonym} Armed Forces"
    return f"{demonym} {_FORCE_NAMES.get(force, force)}"


def people_party(note: Annotated, sent: Sentence, hit: Hit, home: str) -> Party | None:
    """The broad group or force a noun for people stands for; None for people of no group (persons, victims)."""
    who = hit.entry.info.who
    if not who:
        return None
    span = Span(*note.folded.span(hit.start, hit.end))
    if who in _WHO:
        beside = next((d.entry.value for k in (hit.last, hit.last + 1) for d in sent.starts(k, "demonym")), "")
        named_force = next((a for k in range(hit.last, hit.last + 3) for a in sent.starts(k, "actor")), None)
        if named_force is not None and named_force.entry.info[0] not in ("broad", "unknown"):
            return named(note, sent, named_force, home)
        return Party(force_name(_WHO[who], beside or home), span)
    return Party("unknown armed group" if who == "militants" else who, span)


def roles(
    note: Annotated, sent: Sentence, acts: list[Hit], tolls: list[Told], segment: tuple[int, int], home: str, kind: str
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """(actors, targets) of the event told by `acts` within the segment."""
    first, last = segment
    actors: list[Party] = []
    targets: list[Party] = []
    victims = {k for t in tolls for k in range(t.group.first, t.group.last + 2)}
    spoken = _speakers(sent, note.lang)
    hits = [h for h in _parties(sent, first, last) if h.first not in spoken]
    between = _between(sent, acts, hits, note.lang) if kind in ("clash", "agreement") else set()
    for hit in hits:
        party = named(note, sent, hit, home) if hit.entry.layer == "actor" else people_party(note, sent, hit, home)
        if party is None:
            continue
        side = "actor" if hit.first in between else _side(sent, hit, acts, victims, note.lang)
        if side == "actor":
            actors.append(party)
            actors += _and_other(note, sent, hit)
        elif side == "target":
            targets.append(party)
    actors += _states(note, sent, acts, kind)
    for told in tolls:
        targets += [
            p for h in told.group.who if (p := _of_toll(note, sent, h, home)) and p.name not in {a.name for a in actors}
        ]
    if not targets and kind not in ("clash",):
        targets += _stood_for(note, sent, first, last, home)
    return _unique(actors), tuple(t for t in _unique(targets) if t.name not in {a.name for a in actors} or kind == "clash")


def _and_other(note: Annotated, sent: Sentence, hit: Hit) -> list[Party]:
    """The second of two forces that share a name: القوات الأمريكية والعراقية."""
    other = next((d for d in sent.starts(hit.last, "demonym") if d.prefix.startswith("و")), None)
    if other is None or hit.entry.layer != "actor":
        return []
    return [Party(force_name("military", other.entry.value), Span(*note.folded.span(other.start, other.end)))]


def _states(note: Annotated, sent: Sentence, acts: list[Hit], kind: str) -> list[Party]:
    """States as doers: right after or before an act's verb, each of a chain joined by "and"; or as its adjective (الغارات التركية)."""
    out: list[Party] = []
    for act in acts:
        if act.entry.info.pos == "verb":
            out += _chain(note, sent, act.last) or _chain(note, sent, act.first - 1, back=True)
        elif act.entry.info.role == "act":
            adjective = next(
                (d for k in (act.last, act.last + 1) for d in sent.starts(k, "demonym") if d.prefix.endswith("ال")), None
            )
            if adjective is not None and not any(a.first <= adjective.first < a.last for a in sent.layer("actor")):
                out.append(
                    Party(
                        force_name("military", adjective.entry.value), Span(*note.folded.span(adjective.start, adjective.end))
                    )
                )
    return out


def _chain(note: Annotated, sent: Sentence, at: int, *, back: bool = False) -> list[Party]:
    """Countries named one after the other from token `at`, as armed forces."""
    out: list[Party] = []
    while True:
        hit = next(
            (h for h in sent.layer("place") if (h.last - 1 if back else h.first) == at and h.entry.info[0].kind == "country"),
            None,
        )
        if (
            hit is None
            or hit.prefix.startswith(("ب", "ل", "ك"))
            or (out and note.lang == "ar" and not hit.prefix.startswith("و"))
        ):
            return out
        name = force_name("military", hit.entry.info[0].country)
        if name == "military":
            name = f"{hit.entry.info[0].name_en} Armed Forces"
        out.append(Party(name, Span(*note.folded.span(hit.start, hit.end))))
        if back:
            return out
        at = hit.last
        if note.lang == "en":
            at += sent.form(at) in (",",)
            at += sent.form(at) == "and"


def _of_toll(note: Annotated, sent: Sentence, hit: Hit, home: str) -> Party | None:
    party = named(note, sent, hit, home) if hit.entry.layer == "actor" else people_party(note, sent, hit, home)
    return None if party is None or party.name == "unknown armed group" else party


def _parties(sent: Sentence, first: int, last: int) -> list[Hit]:
    """Actors, and people without an actor over them, that can play a role."""
    actors = sent.layer("actor", first, last)
    covered = {k for a in actors for k in range(a.first, a.last)}
    people = [
        p
        for p in sent.layer("people", first, last)
        if not p.entry.info.not_people and p.entry.info.who and p.first not in covered
    ]
    return sorted([*actors, *people], key=lambda h: h.first)


def _speakers(sent: Sentence, lang: str) -> set[int]:
    """First tokens of parties that only speak: the subject of a verb of saying, or after "according to"."""
    out: set[int] = set()
    for cue in sent.layer("cue"):
        if cue.entry.value not in ("speech.verbs", "speech.according"):
            continue
        reach = range(cue.last, cue.last + 4) if lang == "ar" else range(max(0, cue.first - 4), cue.last + 5)
        for at in reach:
            if sent.form(at) in ("ان", "ان", "بان", "that", "انه", "انها") or (sent.form(at) in "،," and lang == "ar"):
                break
            if lang == "en" and cue.first <= at < cue.last:
                continue
            out |= {h.first for h in sent.starting.get(at, ()) if h.entry.layer in ("actor", "people")}
    return out


def _between(sent: Sentence, acts: list[Hit], hits: list[Hit], lang: str) -> set[int]:
    """The two sides after "between"."""
    for act in acts:
        for at in range(act.last, min(act.last + 10, len(sent.toks))):
            if sent.form(at) in _words(lang)["between"]:
                return {h.first for h in [h for h in hits if at < h.first <= at + 16][:2]}
    return set()


def _side(sent: Sentence, hit: Hit, acts: list[Hit], victims: set[int], lang: str) -> str:
    """ "actor", "target" or "" for a party, by the words around it."""
    words = _words(lang)
    before, two = sent.form(hit.first - 1), sent.form(hit.first - 2)
    plain = before.lstrip("و") if lang == "ar" else before
    if f"{two} {before}" in words["done_by"] or f"{two[1:]} {before}" in words["done_by"] or before in words["done_by"]:
        return "actor"
    if hit.first in victims:
        return "target"
    if (
        plain in words["target_before"]
        or two in words["target_before"]
        or (lang == "ar" and hit.prefix in ("ب",) and before in ("الحاق",))
    ):
        return "target"
    if before in words["doer_before"] or two in words["doer_before"] or sent.form(hit.first - 3) in words["doer_before"]:
        return "actor"
    near = min(acts, key=lambda a: min(abs(hit.first - a.last), abs(a.first - hit.last)), default=None)
    return _by_order(sent, hit, near, lang) if near is not None else ""


def _by_order(sent: Sentence, hit: Hit, act: Hit, lang: str) -> str:
    """By word order about the nearest trigger: verb-subject, subject-verb, verbal noun-subject (قصف التحالف)."""
    info = act.entry.info
    gap = hit.first - act.last if hit.first >= act.last else act.first - hit.last
    if gap > _REACH + 3 * (hit.first < act.first):
        return ""
    if hit.first >= act.last:
        if lang == "en":
            return "target" if info.pos == "verb" and gap <= 3 else "actor" if sent.form(act.last) == "by" else ""
        if info.role == "result" and info.pos != "verb":
            return "target"
        crossed = any(sent.form(k) in ("في", "علي", "الي", "من", "بين", "ضد") for k in range(act.last, hit.first))
        if crossed:
            return "target" if sent.form(hit.first - 1) in ("علي", "ضد") or sent.form(hit.first - 2) in ("علي", "ضد") else ""
        if info.pos == "verb" and info.voice == "p":
            return "target"
        return "actor" if gap <= 2 or info.pos == "verb" else ""
    if any(
        sent.form(k).lstrip("وف") in ("قام", "قامت", "قاموا", "يقوم", "تقوم", "اقدم", "اقدمت")
        for k in range(max(0, hit.first - 7), hit.first)
    ):
        return "actor"
    if info.pos == "verb" and gap <= 4:
        passive = lang == "en" and any(sent.form(k) in ("was", "were", "been", "being") for k in range(hit.last, act.first))
        return "target" if passive else "actor"
    return "actor" if lang == "en" and gap <= 1 else ""


def _stood_for(note: Annotated, sent: Sentence, first: int, last: int, home: str) -> list[Party]:
    """The target that a place stands for: a market means civilians, a barracks the army."""
    hit = next(iter(sent.layer("stands_for", first, last)), None)
    if hit is None:
        return []
    name = hit.entry.value if hit.entry.value == "civilians" else force_name(hit.entry.value, home)
    return [Party(name, Span(*note.folded.span(hit.start, hit.end)))]


def _unique(parties: Iterable[Party]) -> tuple[Party, ...]:
    seen: dict[str, Party] = {}
    for party in parties:
        seen.setdefault(party.name, party)
    return tuple(seen.values())
