"""The kind of an event: the most specific that its words, weapons and doer tell (codebook, section 2 and its settled cases)."""

from marsad.read.annotate import Sentence
from marsad.read.lexicon import Hit
from marsad.records import Party
from marsad.scales import FAMILY_OF, Family

MEANS = ("suicide_bombing", "assassination", "air_strike", "shelling", "bombing", "abduction", "arson")
VIOLENT = (Family.ATTACK, Family.OPERATION)


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
    for hit in sent.layer("weapon", first, last):
        if sent.form(hit.first - 1).removeprefix("و").removeprefix("ال") in _CORPS:
            continue
        out.setdefault(hit.entry.value, hit)
    for exact, vague in _LESS:
        if exact in out:
            out.pop(vague, None)
    return list(out.values())


_CORPS = frozenset(
    ("ضابط", "ضباط", "كتيبه", "لواء", "فوج", "قايد", "جندي", "officer", "regiment", "brigade", "corps")
)  # whose gunners they are


def _in_support(sent: Sentence, weapon: Hit) -> bool:
    """Whether a weapon is only that of the support, or is itself what was hit ("backed by aircraft", "shot down a drone")."""
    return sent.has_cue(("connective.support",), weapon.first - 3, weapon.first)


def kind_of(sent: Sentence, group: list[Hit], weapons: list[Hit]) -> str:
    """The most specific kind that the group's words and weapons tell (codebook, section 2 and its settled cases)."""
    acts = [h.entry.info.kind for h in group if h.entry.info.role != "result"]
    names = {w.entry.value for w in weapons if not _in_support(sent, w)}
    family = FAMILY_OF[acts[0]] if acts else Family.ATTACK
    if family not in VIOLENT:
        return "riot" if "riot" in acts else acts[0]
    if "suicide_bombing" in acts or ("suicide_vest" in names and any(k in ("bombing", "armed_attack") for k in acts)):
        return "suicide_bombing"
    if "raid" in acts and names & {"aircraft", "drone"} and not any(k in ("clash", "arrest", "seizure") for k in acts):
        return "air_strike"
    if "raid" in acts and not any(k in MEANS for k in acts):
        return "clash" if "clash" in acts else "raid"
    if "arrest" in acts or "seizure" in acts:
        return "arrest" if "arrest" in acts else "seizure"
    if "abduction" in acts[1:] and acts[0] in ("armed_attack", "clash"):
        return acts[0]  # a hotel stormed, and those in it held: the first act's kind
    by_means = next((k for k in acts if k in MEANS), "")
    if by_means == "bombing" and sent.has_cue(("connective.controlled",), group[0].first, len(sent.toks)):
        return "seizure"  # blown up under control
    if by_means in ("shelling", "bombing") and names & {"aircraft"} and not names & {"car_bomb"}:
        return "air_strike"
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


_OFFICIAL = (*_STATES, "military", "army", "Army", "Forces", "forces", "Guard", "Corps", "Mobilization")
_IRREGULAR = (
    "unknown armed group",
    "armed group",
    "insurgents",
    "militants",
    "Islamic State",
    "Qaeda",
    "Shabaab",
    "Boko Haram",
    "Nusra",
)


def by_actor(kind: str, actors: tuple[Party, ...]) -> str:
    """What the doer says of the kind: a state and its allies retake, an air coalition strikes from the air."""
    names = [a.name for a in actors]
    if kind == "territory_seized" and any(part in name for name in names for part in _STATES):
        return "territory_retaken"
    irregular = any(part in name for name in names for part in _IRREGULAR)
    if kind in ("raid", "arrest") and irregular and not any(part in name for name in names for part in _OFFICIAL):
        return "armed_attack" if kind == "raid" else "abduction"
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
