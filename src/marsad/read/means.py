"""Weapons: which of those that a sentence names were used, and those that no word for a weapon tells ("blew up his car")."""

from marsad.read.annotate import Annotated, Sentence
from marsad.read.lexicon import QUOTES, Entry, Hit
from marsad.read.load import grammar
from marsad.records import Span, Weapon
from marsad.scales import FAMILY_OF, Family

_LESS = (
    ("drone", "aircraft"),
    ("car_bomb", "ied"),
    ("grenade", "ied"),
    ("suicide_vest", "ied"),
    ("mortar", "artillery"),
    ("mine", "ied"),
)


def weapons_of(sent: Sentence, first: int, last: int) -> list[Hit]:
    """Weapons named in the segment, each once; a name that only repeats a more exact one is left out (_LESS)."""
    out: dict[str, Hit] = {}
    names = [a for a in sent.layer("actor") if a.entry.info[0] in ("armed_group", "militia")]
    sites = {k for p in sent.layer("place", first, last) if p.last - p.first > 1 for k in range(p.first, p.last)}
    for hit in sent.layer("weapon", first, last):
        if hit.first in sites:
            continue  # Tayaran Square has no aircraft
        if hit.entry.value == "drone" and _a_march(sent, hit):
            continue
        if hit.entry.value == "aircraft" and (sent.in_set("civil_flight", hit.first - 1, hit.first) or _no_means(sent, hit)):
            continue
        if sent.form(hit.first) == "bombers" and not _BOMBERS.isdisjoint(sent.forms):
            continue  # "two suicide bombers"
        if any(a.first <= hit.first and hit.last <= a.last for a in names):
            continue  # the Qassam Brigades are no rocket
        if hit.entry.value == "artillery" and _destroyed(sent, hit):
            continue
        if hit.entry.value == "mine" and sent.form(hit.first - 1) in _DUG:
            continue
        if sent.form(hit.first - 1).removeprefix("و").removeprefix("ال") in _CORPS or sent.form(hit.last) in _HARMLESS:
            continue
        out.setdefault(hit.entry.value, hit)
    for exact, vague in _LESS:
        if exact in out:
            out.pop(vague, None)
    if out.keys() & {"aircraft", "drone"} and "ied" in out and sent.form(out["ied"].first) in _BOMBS:
        del out["ied"]  # dropped, not planted
    if "artillery" in out and len(out.keys() & _FIRED) > 1 and _bare_shells(sent, first, last):
        del out["artillery"]
    return list(out.values())


_FIRED = frozenset(("artillery", "rocket", "missile", "aircraft", "drone"))
_BOMBS, _BOMBERS = grammar("means", "bombs"), grammar("means", "bombers")
_SHELLS = grammar("means", "shells")


def _a_march(sent: Sentence, hit: Hit) -> bool:
    """Whether مسيرة is a march and no drone: somebody's, a peaceful one, one that people are in."""
    alone = hit.last - hit.first == 1
    dispersed = any(sent.form(k).removeprefix("و") in _DISPERSED for k in range(max(0, hit.first - _NEAR), hit.first))
    in_one = dispersed or sent.form(hit.last) in _MARCHES or sent.form(hit.first - 1) in _IN_A_MARCH
    return bool(hit.suffix) or (alone and in_one)


def _destroyed(sent: Sentence, tanks: Hit) -> bool:
    """Whether tanks or guns are what was destroyed ("destroyed 17 tanks", دمرت ثلاث دبابات), and no means."""
    if tanks.prefix.startswith("ب") or sent.form(tanks.first).removeprefix("ال").removeprefix("و") not in _TANKS:
        return False
    before = range(tanks.first - 1, max(-1, tanks.first - _NEAR), -1)
    stop = next((k for k in before if sent.form(k) in "،,.؛" or sent.form(k) in _MEANS_OF), -1)
    return any(v.entry.value in _DESTROYS for k in before if k > stop for v in sent.starts(k, "verb"))


_TANKS, _DESTROYS, _MEANS_OF = grammar("means", "tanks"), grammar("means", "destroys"), grammar("means", "means_of")


def _bare_shells(sent: Sentence, first: int, last: int) -> bool:
    """Whether nothing but shells tells of artillery: what else is told fired them ("rocket shells")."""
    told = (h for h in sent.layer("weapon", first, last) if h.entry.value == "artillery")
    return all(h.last - h.first == 1 and sent.form(h.first).removeprefix("ال") in _SHELLS for h in told)


def _no_means(sent: Sentence, aircraft: Hit) -> bool:
    """Whether aircraft are only what a thing is for or what was hit (مهبط للطائرات، تعرضت مروحية لهجوم), or launchers of rockets."""
    of_them = aircraft.prefix in ("لل", "ل") and sent.form(aircraft.first - 1).removeprefix("ال") in _FOR_AIRCRAFT
    before = aircraft.first - 1 - bool(sent.starts(aircraft.first - 1, "weapon"))  # "an Apache helicopter"
    upon = not aircraft.prefix and sent.form(before) == "علي"  # "opened fire on a helicopter"
    downed = any(sent.form(k).removeprefix("و") in _DOWNED for k in range(max(0, aircraft.first - _NEAR), aircraft.first))
    if downed or upon or of_them or any(v.entry.value in _HIT for v in sent.starts(before, "verb")):
        return True
    after = aircraft.last + (sent.form(aircraft.last) in QUOTES)
    return sent.form(aircraft.first).endswith("قاذفات") and sent.form(after) in _LAUNCHED


_DOWNED = grammar("means", "downed")
_HIT, _LAUNCHED = grammar("means", "hit"), grammar("means", "launched")
_FOR_AIRCRAFT = grammar("means", "for_aircraft")
_HARMLESS = grammar("means", "harmless")
_CORPS, _DUG = grammar("means", "corps"), grammar("means", "dug")


def meant(note: Annotated, sent: Sentence, group: list[Hit], kind: str, told: list[Hit]) -> tuple[Weapon, ...]:
    """The weapons of an event: in unrest مسيرة is a march and no drone; a truce on fire has none, nor have tanks that
    move."""
    if FAMILY_OF[kind] in (Family.MEASURE, Family.POSTURE):
        return ()
    none_of_theirs = {"protest": _SHOT_WITH, "riot": ("drone",)}.get(kind, ())
    used = [w for w in told if w.entry.value not in none_of_theirs]
    if kind == "suicide_bombing":
        used += _driven(sent, group, used)
    elif kind in ("armed_attack", "clash", "assassination"):
        used += _fired(sent, group, used)
    return tuple(Weapon(w.entry.value, Span(*note.folded.span(w.start, w.end))) for w in used)


_SHOT_WITH = ("drone", "small_arms", "sniper", "aircraft")
"""What others use against those who march."""


def _weapon(sent: Sentence, at: int, name: str) -> list[Hit]:
    token = sent.toks[at]
    return [Hit(Entry("weapon", name), at, at + 1, token.start, token.end, "", "")]


def _driven(sent: Sentence, group: list[Hit], told: list[Hit]) -> list[Hit]:
    """The vehicle of a suicide attacker: his own, or the one he came with (فجر سيارته، هاجم بشاحنة, "rammed his truck")."""
    if {w.entry.value for w in told} & {"car_bomb", "suicide_vest", "drone"}:
        return []
    near = range(max(0, group[0].first - _NEAR), min(len(sent.toks), group[-1].last + _NEAR))
    at = next((k for k in near if sent.form(k) in _VEHICLES and _his(sent, k)), None)
    return [] if at is None else _weapon(sent, at, "car_bomb")


def _his(sent: Sentence, at: int) -> bool:
    """Whether a vehicle is told with whose it is: a pronoun or بـ written onto it in Arabic, a possessive before it in English."""
    return sent.toks[at].kind != "latin" or sent.form(at - 1) in _POSSESSIVES


def _fired(sent: Sentence, group: list[Hit], told: list[Hit]) -> list[Hit]:
    """Small arms of those who "opened fire", where the fire stands behind who did it and nothing heavier is told (فتح مسلحون النار)."""
    if {w.entry.value for w in told} & _GUNS:
        return []
    shots = (h for h in group if h.entry.info.objects & _FIRE)
    at = next((k for h in shots for k in range(h.last, h.last + _NEAR) if sent.form(k) in _FIRE), None)
    return [] if at is None or at >= len(sent.toks) else _weapon(sent, at, "small_arms")


_DISPERSED = grammar("means", "dispersed")
_MARCHES, _IN_A_MARCH = grammar("means", "marches"), grammar("means", "in_a_march")
_VEHICLES, _POSSESSIVES = grammar("means", "vehicles"), grammar("means", "possessives")
_FIRE, _NEAR = grammar("means", "fire"), 9  # tokens
_GUNS = frozenset(("small_arms", "sniper", "artillery", "rocket", "missile", "mortar", "aircraft", "drone", "ied", "fire"))
