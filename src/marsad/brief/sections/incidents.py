"""Incidents with who says so and where they disagree."""

from collections.abc import Sequence
from datetime import date

from marsad.brief.document import Block, Sentence
from marsad.brief.sections.signals import merged
from marsad.brief.words import Case, unlike
from marsad.brief.writer import TOLLS, UNKNOWN, Writer
from marsad.records import Count, Incident, Statement, Toll, reckoned
from marsad.scales import DatePrecision, Family

MOST = 24
"""Incidents told in full. More than a reader takes in at a sitting belong in the register."""
OWN = ("clash", "handover")
"""Kinds that are told in a sentence of their own."""
VOICES = 8
"""Statements quoted one by one for each incident."""


def blocks(w: Writer) -> tuple[Block, ...]:
    """The incidents that matter, from the newest; posture changes have their own section."""
    others = [i for i in w.material.current if i.family is not Family.POSTURE]
    if not others:
        return (Block(sentences=(w.say("none_of", ()),)),)
    chosen = sorted(others, key=lambda i: (-weight(i), i.id))[:MOST]
    made = [block(w, i) for i in sorted(chosen, key=newest_first)]
    if rest := [i.id for i in others if i not in chosen]:
        made.append(Block(sentences=(w.say("more_incidents", rest, n=len(rest)),)))
    return tuple(made)


def weight(incident: Incident) -> float:
    """How much an incident matters to a reader: reported toll first, then independent sources, then disagreement."""
    killed, injured, abducted = (reckoned(getattr(incident, slot)) or 0 for slot in TOLLS[:3])
    dated = incident.when is not None and incident.when.precision <= DatePrecision.WEEK
    return 3 * killed + injured + 2 * abducted + 4 * (incident.voices - 1) + len(incident.differences) + dated


def newest_first(incident: Incident) -> tuple[int, str]:
    """Order for reading: the newest day first, those without a day by their publication."""
    day = incident.when.start if incident.when else incident.published
    return (-day.toordinal() if day else 0, incident.id)


def block(w: Writer, incident: Incident) -> Block:
    """One incident: what is told of it, its toll, where reports differ, and each telling."""
    said = [w.material.statements[s] for s in incident.statements]
    sentences = [main(w, incident)]
    if incident.aggregate:
        sentences.append(w.say("period_total", [incident.id]))
    if told := tolls(w, incident):
        sentences.append(w.say("toll", [s.id for s in said if any(getattr(s, t) for t in TOLLS)], parts=told))
    if claims := [s for s in said if s.claimed_by is not None]:
        who = list(dict.fromkeys(w.party(s.claimed_by, s) for s in claims if s.claimed_by))
        sentences.append(w.say("claimed", [s.id for s in claims], who=who))
    sentences += differences(w, incident)
    kind = w.kind(incident.kind)
    return Block(
        title=f"{kind[:1].upper()}{kind[1:]} · {w.where(incident)}", sentences=tuple(sentences), points=tellings(w, said),
        about=incident.id, tags=tags(w, incident),
    )  # fmt: skip


def tags(w: Writer, incident: Incident) -> tuple[str, ...]:
    """The labels of an incident: its days, its sources, and what a reviewer said of it."""
    made = (day_label(w, incident), w.words.phrase("sources_n", n=incident.voices))
    return (*made, w.words.label("reviews", incident.review)) if incident.review else made


def day_label(w: Writer, incident: Incident) -> str:
    """The days of an incident as a label."""
    if incident.when is None:
        return w.words.phrase("undated_short")
    if incident.when.precision >= DatePrecision.MONTH:
        start = incident.when.start
        return (
            f"{w.words.month(start.month)} {start.year}" if incident.when.precision is DatePrecision.MONTH else str(start.year)
        )
    return w.words.days(incident.when.start, incident.when.end)


def main(w: Writer, incident: Incident) -> Sentence:
    """The sentence that tells an incident."""
    key = incident.kind if incident.kind in OWN else "posture" if incident.family is Family.POSTURE else "event"
    book = w.words.book["kinds"][incident.kind]
    number = counted(w, incident, "gen" if incident.unit == "rounds" and incident.family is Family.ATTACK else "nom")
    rounds = incident.unit == "rounds" and incident.family is Family.ATTACK and bool(number)
    actors = w.actors(incident.actors, "gen")
    return w.say(
        key, [incident.id], when=w.words.when(incident.when), reports=len({w.material.statements[s].report for s in incident.statements}),
        what=book["said"], verb=book.get("verb", ""), f=book.get("gender") == "f", places=w.places(incident.places), prep=w.preposition(incident),
        rounds=number if rounds else "", number="" if rounds else number, targets=w.actors(incident.targets, "gen"), actors=actors,
        unknown=bool(set(incident.actors) & UNKNOWN), sides=w.actors((*incident.actors, *incident.targets)), did=book.get("did", ""),
        of=book.get("of", "{}"), **{"from": book.get("from", "")},
    )  # fmt: skip


def counted(w: Writer, incident: Incident, case: Case) -> str:
    """The count of an incident with its noun, empty where none is told."""
    noun = w.noun(incident.unit, incident.weapons)
    if incident.count is None or not noun or incident.count == (1, 1) or _told_as_toll(incident.unit, incident.arrested):
        return ""
    return w.words.between(*incident.count, noun, case)


def tolls(w: Writer, incident: Incident) -> list[str]:
    """Each toll with its range: "three killed (reports range from 0 to 3)"."""
    return [_toll(w, t, slot) for slot in TOLLS if (t := getattr(incident, slot)) is not None]


def _toll(w: Writer, toll: Toll, noun: str) -> str:
    low, best, high = toll.low, toll.best, toll.high
    number, phrase = w.words.number, w.words.phrase
    least = best is None or (high is None and low == best)
    told = w.words.counted((low if best is None else best) or 0, noun)
    told = phrase("toll_least", low=told) if least else told
    asides = []
    if low is not None and high is not None and low < high:
        asides.append(phrase("toll_range", low=number(low), high=number(high)))
    groups = {w.words.label("groups", g): n for g, n in toll.by.items() if g != "unknown" and n}
    if groups and (best or low):
        asides.append(w.words.book["style"]["list_comma"].join(f"{g} {number(n)}" for g, n in groups.items()))
    return phrase("toll_told", told=told, asides=asides) if asides else told


def differences(w: Writer, incident: Incident) -> list[Sentence]:
    """One sentence that names every slot on which reports differ, with the values told."""
    if not incident.differences:
        return []
    told = [
        w.words.phrase("slot_values", slot=w.words.label("slots", d.slot), values=values)
        for d in incident.differences
        if len(
            values := unlike([value_told(w, d.slot, v, ids) for v, ids in sorted(d.values, key=lambda v: size_of(v[0])) if v])
        )
        > 1
    ]
    ids = [s for d in incident.differences for _, listed in d.values for s in listed]
    return [w.say("differ", ids, slots=told)] if told else []


def size_of(value: str) -> tuple[int, str]:
    """Numbers by their size ("~100" as 100), words as they sort."""
    bare = value.lstrip("~+").rstrip("+")
    return (int(bare), value) if bare.isdigit() else (0, value)


def value_told(w: Writer, slot: str, value: str, ids: Sequence[str]) -> str:
    """A value of a difference in the brief's language. ids: the statements that tell it."""
    if slot == "kind":
        return w.kind(value)
    if slot in ("actors", "targets"):
        return w.words.join(w.actor(n.strip()) for n in value.split("; "))
    if slot == "weapons":
        return w.words.join(w.words.label("weapons", n.strip()) for n in value.split("; "))
    if slot == "days":
        days = [date.fromisoformat(day) for day in value.split("/")]
        return w.words.days(days[0], days[-1])
    if slot == "place":
        said = (p for key in ids for p in w.material.statements[key].places if value in (p.name_en, p.name))
        return next((w.place(p) for p in said), value)
    bound, bare = (
        ("about", value[1:]) if value.startswith("~") else ("at_least", value[:-1]) if value.endswith("+") else ("", value)
    )
    told = w.words.number(int(bare)) if bare.isdigit() else bare
    return w.words.phrase(bound, value=told) if bound else told


def tellings(w: Writer, said: Sequence[Statement]) -> tuple[Sentence, ...]:
    """What each report says by itself, the earliest first."""
    order = sorted(said, key=lambda s: (str(w.material.reports[s.report].published or "9"), s.id))
    made = [telling(w, s) for s in order[:VOICES]]
    if rest := order[VOICES:]:
        made.append(w.say("more_voices", [s.id for s in rest], n=len(rest)))
    return merged(made)


def telling(w: Writer, s: Statement) -> Sentence:
    """One report's own figures and parties."""
    day = w.material.reports[s.report].published
    told = [_count(w, s)] if s.count else []
    told += [_toll(w, t, slot) for slot in TOLLS if (t := getattr(s, slot)) is not None]
    for key, parties in (("actor_is", s.actors), ("target_is", s.targets)):
        if known := list(dict.fromkeys(w.party(p, s) for p in parties if p.name not in UNKNOWN)):
            told.append(w.words.phrase(key, names=known))
    told = [t for t in told if t] or [w.words.phrase("says_only")]
    by = w.party(s.attributed_to, s) if s.attributed_to else ""
    return w.say(
        "says", [s.id], who=w.outlet(s), day=w.words.day(day) if day else w.words.phrase("undated"), by=by, told=told
    )  # fmt: skip


def _told_as_toll(unit: str, arrested: Toll | None) -> bool:
    """Whether a count is of arrests whose toll is told beside it."""
    return unit == "arrests" and arrested is not None


def _count(w: Writer, s: Statement) -> str:
    count: Count | None = s.count
    if count is None or _told_as_toll(count.unit, s.arrested) or not (noun := w.noun(count.unit, [x.name for x in s.weapons])):
        return ""
    told = w.words.counted(count.value, noun)
    bound = {"at_least": "at_least", "about": "about"}.get(count.bound)
    return w.words.phrase(bound, value=told) if bound else told
