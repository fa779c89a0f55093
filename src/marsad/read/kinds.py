"""The kind of an event: the most specific that its words, weapons and doer tell (codebook, section 2 and its settled cases)."""

from marsad.read.annotate import Annotated, Sentence
from marsad.read.lexicon import Hit
from marsad.read.tolls import Told
from marsad.records import Party, Span, Weapon
from marsad.scales import FAMILY_OF, Family

MEANS = ("suicide_bombing", "assassination", "air_strike", "shelling", "bombing", "abduction", "arson")
VIOLENT = (Family.ATTACK, Family.OPERATION)


def weapons_of(note: Annotated, sent: Sentence, first: int, last: int) -> list[Weapon]:
    """Weapons named in the segment, each once; a bare "rocket" inside "rocket-propelled" and the like is the lexicon's matter."""
    out: dict[str, Weapon] = {}
    for hit in sent.layer("weapon", first, last):
        out.setdefault(hit.entry.value, Weapon(hit.entry.value, Span(*note.folded.span(hit.start, hit.end))))
    if "drone" in out:
        out.pop("aircraft", None)
    if "car_bomb" in out:
        out.pop("ied", None)
    if "grenade" in out or "suicide_vest" in out:
        out.pop("ied", None)
    if "mortar" in out:
        out.pop("artillery", None)
    return list(out.values())


def kind_of(group: list[Hit], weapons: list[Weapon], mine: list[Told]) -> str:
    """The most specific kind that the group's words and weapons tell (codebook, section 2 and its settled cases)."""
    acts = [h.entry.info.kind for h in group if h.entry.info.role != "result"]
    names = {w.name for w in weapons}
    family = FAMILY_OF[acts[0]] if acts else Family.ATTACK
    if family not in VIOLENT:
        return "riot" if "riot" in acts else acts[0]
    if "suicide_bombing" in acts or ("suicide_vest" in names and any(k in ("bombing", "armed_attack") for k in acts)):
        return "suicide_bombing"
    if "raid" in acts and not any(k in MEANS for k in acts):
        return "clash" if "clash" in acts else "raid"
    if "arrest" in acts or "seizure" in acts:
        return "arrest" if "arrest" in acts else "seizure"
    by_means = next((k for k in acts if k in MEANS), "")
    if by_means == "shelling" and (names & {"aircraft", "drone"} or "air_strike" in acts):
        return "air_strike"
    if by_means:
        return by_means
    from_weapon = _from_weapons(names)
    if acts and acts[0] == "clash":
        return "clash"
    if acts:
        return from_weapon or acts[0]
    if from_weapon:
        return from_weapon
    return "armed_attack" if group[0].entry.info.kind == "armed_attack" else "killing"


_STATES = (
    "Armed Forces",
    "security forces",
    "police",
    "Security Forces",
    "coalition",
    "Coalition",
    "Defence Force",
    "Popular",
    "Peshmerga",
    "Government",
)


def by_actor(kind: str, actors: tuple[Party, ...]) -> str:
    """What the doer says of the kind: a state and its allies retake, an air coalition strikes from the air."""
    names = [a.name for a in actors]
    if kind == "territory_seized" and any(part in name for name in names for part in _STATES):
        return "territory_retaken"
    if kind == "shelling" and any("oalition" in name for name in names):
        return "air_strike"
    return kind


def _from_weapons(names: set[str]) -> str:
    for kind, listed in (
        ("air_strike", {"aircraft", "drone"}), ("bombing", {"car_bomb", "ied", "grenade", "mine"}), ("shelling", {"mortar", "rocket", "missile", "artillery"}),
        ("armed_attack", {"small_arms", "sniper", "blade"}),
    ):  # fmt: skip
        if names & listed:
            return kind
    return ""
