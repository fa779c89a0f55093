"""The kind of an event: the most specific that its words, weapons and doer tell (codebook, section 2 and its settled cases)."""

from functools import cache

from marsad.read.annotate import Sentence
from marsad.read.counts import Group
from marsad.read.crowds import against_a_crowd
from marsad.read.lexicon import Hit
from marsad.read.load import grammar, rows
from marsad.records import Party
from marsad.scales import FAMILY_OF, Family

MEANS = ("suicide_bombing", "assassination", "air_strike", "shelling", "bombing", "abduction", "arson")
VIOLENT = (Family.ATTACK, Family.OPERATION)


def _in_support(sent: Sentence, weapon: Hit) -> bool:
    """Whether a weapon is only that of the support, or is itself what was hit ("backed by aircraft", "shot down a drone")."""
    if _destroys(sent, weapon):
        return False
    carried = weapon.first > 1 and "for" in (sent.form(weapon.first - 1), sent.form(weapon.first - 2))  # chips for US drones
    return carried or sent.has_cue(("connective.support",), weapon.first - 3, weapon.first)


def _destroys(sent: Sentence, aircraft: Hit) -> bool:
    """Whether aircraft right behind an Arabic verb destroyed what is counted behind their owner (دمرت طائرات الحلف 17 دبابة)."""
    if aircraft.first == 0 or not any(v.entry.info[0] == "past" for v in sent.starts(aircraft.first - 1, "verb")):
        return False
    owner = max((a.last for k in (aircraft.last, aircraft.last + 1) for a in sent.starts(k, "actor")), default=0)
    return owner > 0 and any(n.first == owner for n in sent.numbers)


def kind_of(sent: Sentence, group: list[Hit], weapons: list[Hit]) -> str:
    """The most specific kind that the group's words and weapons tell (codebook, section 2 and its settled cases)."""
    acts = acts_of(group)
    names = {w.entry.value for w in weapons if not _in_support(sent, w)}
    family = FAMILY_OF[acts[0]] if acts else Family.ATTACK
    if family in VIOLENT and any(FAMILY_OF[k] is Family.UNREST for k in acts):
        return "riot"  # what a crowd does by force
    if family not in VIOLENT:
        by_force = family is Family.UNREST and any(FAMILY_OF[k] in VIOLENT for k in acts)
        return "riot" if "riot" in acts or by_force else acts[0]
    if (
        "suicide_bombing" in acts
        or _drove_in(sent, group, names)
        or ("suicide_vest" in names and any(k in ("bombing", "armed_attack") for k in acts))
    ):
        return "suicide_bombing"
    if (done := _of_operations(sent, group, acts, names)) is not None:
        return done
    if (by_means := _by_means(sent, group, acts, names)) is not None:
        return by_means
    from_weapon = _from_weapons(names)
    if acts and acts[0] == "clash":
        if not names and any(against_a_crowd(sent, h) for h in group if h.entry.info.kind == "clash"):
            return "riot"
        first, last = group[0].first, group[-1].last + _WITH
        near = sent.forms[max(0, first - _WITH) : last]
        stones = names <= _BESIDE_STONES and not (_STONES.isdisjoint(sent.forms[first:last]) and _GAS.isdisjoint(near))
        return "riot" if stones and not _militia(sent, first, last) else "clash"
    if acts:
        return from_weapon or acts[0]
    found = sent.in_set("bodies", group[0].first - _NEAR, group[-1].last + _NEAR)
    if from_weapon and not (from_weapon == "armed_attack" and found):
        return from_weapon
    return "armed_attack" if group[0].entry.info.kind == "armed_attack" and not found else "killing"


_NEAR = 4  # tokens between a word of finding and the bodies


_STORMS = grammar("kinds", "storms")


def _by_means(sent: Sentence, group: list[Hit], acts: list[str], names: set[str]) -> str | None:
    """The kind that the means told by the words of attack give; None if none of them is a means."""
    by_means = next((k for k in acts if k in MEANS), "")
    if by_means == "abduction" and sent.in_set("bodies", group[0].first, group[0].last) is not None:
        return None  # found dead, who had been held before
    if by_means == "arson" and acts[0] == "armed_attack":
        return None  # they attacked the village, and burned it
    if by_means == "arson" and _killed_first(group):
        return "armed_attack"
    if group[0].entry.info.lemma in _STORMS and (by_means or _from_weapons(names)) == "bombing":
        return acts[0]  # they stormed the hotel, and set off bombs: the first act's kind
    if by_means == "bombing" and sent.has_cue(("connective.controlled",), group[0].first, len(sent.toks)):
        return "seizure"  # blown up under control
    if by_means in ("shelling", "bombing") and names & {"aircraft", "drone"} and not names & {"car_bomb"}:
        return "air_strike"
    if by_means == "shelling" and (names & {"aircraft", "drone"} or "air_strike" in acts):
        return "air_strike"
    return by_means or None


def _killed_first(group: list[Hit]) -> bool:
    """ "Herders killed 14 farmers and burned their huts": burning is not all that they did."""
    first = group[0].entry.info
    return first.kind == "killing" and first.pos == "verb" and first.voice != "p" and set(acts_of(group)) == {"arson"}


def acts_of(group: list[Hit]) -> list[str]:
    """The kinds of the words that tell of acts, and not of their results."""
    return [h.entry.info.kind for h in group if h.entry.info.role != "result"]


def _drove_in(sent: Sentence, group: list[Hit], names: set[str]) -> bool:
    """Whether a suicide attacker is told right before a verb of attack with a car bomb (انتحاريا اقتحم بسيارة مفخخة)."""
    first = group[0].first
    bomber = any(t.entry.info.kind == "suicide_bombing" for t in sent.layer("trigger", first - 2, first))
    return bomber and "car_bomb" in names


def _of_operations(sent: Sentence, group: list[Hit], acts: list[str], names: set[str]) -> str | None:
    """The kind where a raid, an arrest or a seizure is among the acts; None if the words of attack decide."""
    if "raid" in acts and names & {"aircraft", "drone"} and not any(k in ("clash", "arrest", "seizure") for k in acts):
        return "air_strike"
    if "raid" in acts and not any(k in MEANS for k in acts):
        verb = group[0].entry.info.pos == "verb" or sent.form(group[0].first) == "القبض"
        detained = acts[0] == "arrest" and verb  # "they detained 14 in raids"
        return "clash" if "clash" in acts else "arrest" if detained else "raid"
    if "arrest" in acts and sent.has_cue(("hostage.words",), group[0].first, group[-1].last + 8):
        return "abduction"
    if "arrest" in acts and group[0].entry.info.pos == "verb" and sent.starts(group[0].last, "generic"):
        return "abduction"  # "the group detained five"
    if "arrest" in acts or "seizure" in acts:
        return "arrest" if "arrest" in acts else "seizure"
    if "abduction" in acts[1:] and acts[0] in ("armed_attack", "clash"):
        return acts[0]  # a hotel stormed, and those in it held: the first act's kind
    return None


def _militia(sent: Sentence, first: int, last: int) -> bool:
    """Whether a side of a fight bears arms by its name."""
    return any(p.entry.info.group == "militants" for p in sent.layer("people", first, last))


_BESIDE_STONES = frozenset(("small_arms", "blade", "fire"))
_GAS = grammar("kinds", "gas")
_STONES, _WITH = grammar("kinds", "stones"), 8  # tokens after a clash where it is told what they fought with


_OF_STATE = frozenset(("military", "police", "security", "coalition", "government", "force"))
_IRREGULAR = frozenset(("armed_group", "unknown", "broad"))
_STATE_NAMES = ("Armed Forces", "Army", "police", "security forces", "Security Forces", "Defence Force", "oalition", "Guard")


@cache
def _standings() -> dict[str, str]:
    """Canonical name -> kind of actor, by the codebook of actors."""
    return {row[0]: row[1] for row in rows("actors.tsv")}


def standing(name: str) -> str:
    """What an actor is: state, ally (a militia on a government's side), irregular, or "" (civilians, states' bodies, missions).

    Names that are put together ("Kenyan Army", "Jordanian police") stand in no codebook; their last words tell.
    """
    kind = _standings().get(name, "")
    if kind in _OF_STATE or (not kind and any(part in name for part in _STATE_NAMES)):
        return "state"
    return "irregular" if kind in _IRREGULAR else "ally" if kind == "militia" else ""


def _by_people(sent: Sentence, acts: list[Hit]) -> bool:
    """Whether people who protest are told near those who close a road: a crowd, a number of them, burning tyres."""
    first, last = max(0, acts[0].first - _CROWD), acts[-1].last + _CROWD
    crowd = any(p.entry.info.group == "civilians" for p in sent.layer("people", first, last))
    return crowd or any(sent.form(k).removeprefix("ال") in _CROWDS for k in range(first, last))


def _people_behind(sent: Sentence, act: Hit) -> bool:
    """Whether people of no force stand right behind a verb, as its subject (سد شبان غاضبون الطريق)."""
    return act.entry.info.pos == "verb" and any(p.entry.info.group == "civilians" for p in sent.starts(act.last, "people"))


_CROWDS, _CROWD = grammar("kinds", "crowds"), 12  # tokens


def closes_a_road(act: Hit) -> bool:
    """Whether a word tells of closing a road."""
    info = act.entry.info
    return bool(info.objects & _ROADS) or any(word in _ROADS for word in info.lemma.split()) or info.lemma == "block"


_ROADS = grammar("kinds", "roads")


def _on_a_camp(sent: Sentence, acts: list[Hit]) -> bool:
    """Whether forces storm, or attack on the ground where the others hide (codebook, settled cases: raid)."""
    if acts[0].entry.info.lemma == "storm":
        return True
    attacks = (a for a in acts if a.entry.info.lemma in ("هجوم", "هاجم", "attack", "assault"))
    hidden = (h for a in attacks for h in [sent.in_set("hideout", a.last, a.last + _HIDDEN)] if h is not None)
    named = {k for p in sent.layer("place") if p.last - p.first > 1 for k in range(p.first, p.last)}
    return any(h.first not in named for h in hidden)  # the camp of Yarmouk is a quarter


def _dropped(acts: list[Hit]) -> bool:
    """Whether bombs are told in English as armies use them ("the army bombed Douma", "killed by regime bombs"): from the air."""
    said = {a.entry.info.lemma for a in acts if a.entry.info.role == "act"}
    return said <= {"bomb", "bombing", "bombs"} and all(a.entry.info.lemma.isascii() for a in acts)


_HIDDEN = 6  # tokens after "attack" where the hideout stands


def _in_an_operation(sent: Sentence, acts: list[Hit]) -> bool:
    """Whether those killed are told to have died in an operation ("killed six militants during an operation")."""
    behind = range(acts[-1].last, min(len(sent.toks), acts[-1].last + 2 * _CROWD))
    at = next((k for k in behind if sent.form(k) in _OPERATIONS), None)
    return at is not None and any(sent.form(k) in _DURING for k in (at - 1, at - 2, at - 3))


_OPERATIONS, _DURING = grammar("kinds", "operations"), grammar("kinds", "during")


def by_actor(sent: Sentence, kind: str, actors: tuple[Party, ...], acts: list[Hit], *, militants: bool = False) -> str:
    """What the doer says of the kind: a state and its allies retake, a group storms and abducts, a coalition strikes from the air.

    militants: whether those killed are militants.
    """
    told = {standing(a.name) for a in actors}
    if kind == "armed_attack" and told and told <= {"state", "ally"} and _on_a_camp(sent, acts):
        return "raid"
    if kind == "killing" and told and told <= {"state", "ally"} and militants and _in_an_operation(sent, acts):
        return "raid"
    if kind == "territory_seized" and told & {"state", "ally"}:
        return "territory_retaken"
    if kind == "abduction" and "state" in told and acts[0].entry.info.objects:
        return "arrest"  # whom security forces lead away
    if kind in ("raid", "arrest") and "irregular" in told and not told & {"state", "ally"} and not militants:
        return "armed_attack" if kind == "raid" else "abduction"
    closes = [closes_a_road(a) for a in acts]
    armed = bool(told) and told <= {"irregular", "ally", "state"}
    if kind == "protest" and ((armed and any(closes)) or (all(closes) and not _by_people(sent, acts))):
        return "blockade"  # armed men, or nobody told, who close a road
    crowd = all(a.name == "protesters" for a in actors) if actors else _people_behind(sent, acts[0])
    if kind == "blockade" and any(closes) and crowd:
        return "protest"
    if kind == "bombing" and told == {"state"} and _dropped(acts):
        return "air_strike"
    if kind == "shelling" and any("oalition" in a.name for a in actors):
        return "air_strike"
    return kind


def by_victim(sent: Sentence, kind: str, actors: tuple[Party, ...], weapons: set[str], killed: Group | None) -> str:
    """An attack of which one who holds an office or a rank is the one victim, shot by no state: he was the point of it."""
    his = kind == "bombing" and weapons <= {"ied", "grenade"} and _his_own(sent)
    if not (his or kind in ("armed_attack", "killing")) or killed is None or killed.low > _WITH_GUARDS or not killed.bare:
        return kind
    if (weapons - {"small_arms", "sniper", "blade"} and not his) or any(standing(a.name) in ("state", "ally") for a in actors):
        return kind
    if any(t.entry.info.kind == "clash" for t in sent.layer("trigger")):
        return kind  # whoever died in a battle was not alone meant
    one = bool(killed.who) and killed.who[0].entry.layer == "people" and killed.who[0].entry.info.number == "s"
    return "assassination" if one and sent.in_set("offices", killed.first, killed.who[0].last) else kind


def _his_own(sent: Sentence) -> bool:
    """Whether a bomb was at somebody's own car or house (في سيارته، أمام منزله, "under his car")."""
    return any(
        h.suffix == "ه" or sent.form(h.first - 1) == "his" for h in sent.layer("set") if h.entry.value in ("owned", "property")
    )


_WITH_GUARDS = 4  # the one who was meant, and those who died with him


def _from_weapons(names: set[str]) -> str:
    for kind, listed in (
        ("air_strike", {"aircraft", "drone"}), ("bombing", {"car_bomb", "ied", "grenade", "mine"}), ("shelling", {"mortar", "rocket", "missile", "artillery"}),
        ("armed_attack", {"small_arms", "sniper", "blade"}),
    ):  # fmt: skip
        if names & listed:
            return kind
    return ""
