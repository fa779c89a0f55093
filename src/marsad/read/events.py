"""Events told in one sentence: triggers grouped, the most specific kind chosen, slots filled from the group's own words."""

from dataclasses import dataclass, field

from marsad.read.amounts import amount
from marsad.read.annotate import Annotated, Sentence
from marsad.read.lexicon import Hit
from marsad.read.realis import realis
from marsad.read.roles import roles
from marsad.read.tolls import Told, tolls
from marsad.read.triggers import triggers
from marsad.read.where import places
from marsad.records import Count, Party, Place, Span, Weapon
from marsad.scales import FAMILY_OF, Family, Realis
from marsad.text.dates import Found

MEANS = ("suicide_bombing", "assassination", "air_strike", "shelling", "bombing", "abduction", "arson")
_VIOLENT = (Family.ATTACK, Family.OPERATION)


@dataclass(slots=True)
class Draft:
    """An event as one sentence tells it; token ranges count in that sentence."""

    sent: Sentence
    first: int
    last: int
    kind: str
    realis: Realis
    acts: list[Hit]
    cue: Hit | None = None
    when: Found | None = None
    when_sent: Sentence | None = None  # the sentence whose tokens `when` counts in
    places: tuple[Place, ...] = ()
    actors: tuple[Party, ...] = ()
    targets: tuple[Party, ...] = ()
    weapons: tuple[Weapon, ...] = ()
    count: Count | None = None
    tolls: list[Told] = field(default_factory=list)
    definite: bool = False
    fresh: bool = False  # "another attack": never the one told before

    @property
    def family(self) -> Family:
        """The family of the kind."""
        return FAMILY_OF[self.kind]


def drafts(note: Annotated, sent: Sentence, home: str) -> list[Draft]:
    """The events of one sentence, in order of their first trigger."""
    found = triggers(sent, note.lang)
    told = tolls(sent, note.lang)
    if not told and any(True for _ in sent.cues(("fiction.strong",), 0, len(sent.toks))):
        return []  # sport, film and the stock exchange attack without dead or wounded
    groups = _grouped(note, sent, found, told)
    made: list[Draft] = []
    for at, (group, real, cue) in enumerate(groups):
        draft = _draft(note, sent, group, real, cue, _segment(sent, groups, at), told, home)
        if draft is not None:
            made.append(draft)
    return made


Grouped = tuple[list[Hit], Realis, Hit | None]


def _grouped(note: Annotated, sent: Sentence, found: list[Hit], told: list[Told]) -> list[Grouped]:
    """Triggers that tell of one event together: one family, one realis, no words between that begin another."""
    groups: list[Grouped] = []
    for hit in found:
        real, cue = realis(sent, hit, note.lang)
        home = next((g for g in reversed(groups) if _together(note, sent, g, hit, real)), None)
        if home is None:
            groups.append(([hit], real, cue))
        else:
            home[0].append(hit)
    return groups


def _family(hit: Hit) -> Family:
    return FAMILY_OF[hit.entry.info.kind]


def _together(note: Annotated, sent: Sentence, group: Grouped, hit: Hit, real: Realis) -> bool:
    """Whether `hit` tells of the same event as the group."""
    hits, group_real, _ = group
    family, last = _family(hits[0]), hits[-1]
    if real != group_real:
        return False
    if family != _family(hit) and not ({family, _family(hit)} <= set(_VIOLENT) and _mixes(hits, hit)):
        return False
    if family not in _VIOLENT:
        return hits[0].entry.info.kind == hit.entry.info.kind or family in (Family.UNREST,)
    if _another(sent, hit) and hits[0].entry.info.role == "act":
        return False
    if any(sent.form(k) in _RESPONSE[note.lang] for k in range(last.last, hit.first)):
        return False
    return not (_splits(note, sent, last.last, hit.first) and _own_place_or_date(sent, last.last, hit))


def _mixes(hits: list[Hit], hit: Hit) -> bool:
    """A raid and the killing in it are one; an arrest and a separate bombing are not."""
    kinds = {h.entry.info.kind for h in [*hits, hit]}
    roles_of = {h.entry.info.role for h in [*hits, hit] if _family(h) is Family.ATTACK}
    return (
        "seizure" not in kinds
        and "arrest" not in kinds
        and (roles_of <= {"result"} or "clash" in kinds or kinds <= {"raid", "air_strike"})
    )


_RESPONSE = {
    "ar": frozenset(("ردا", "غداه", "انتقاما", "بعيد", "عقب")),
    "en": frozenset(("retaliation", "response", "following")),
}


def _another(sent: Sentence, hit: Hit) -> bool:
    """ "another attack", "a second bombing" """
    return any(sent.is_cue(k, "connective.new_event") for k in (hit.last, hit.last + 1)) or sent.is_cue(
        hit.first - 1, "connective.another"
    )


def _splits(note: Annotated, sent: Sentence, first: int, last: int) -> bool:
    return any(True for _ in sent.cues(("connective.split",), first, last)) or any(
        sent.form(k) in "؛;" for k in range(first, last)
    )


def _own_place_or_date(sent: Sentence, after: int, hit: Hit) -> bool:
    """Whether what follows has its own act with its own place or date."""
    if hit.entry.info.role == "result" and hit.entry.info.pos == "noun":
        return False
    return bool(sent.layer("place", after)) or any(f.first >= after for f in sent.dates) or hit.entry.info.role == "act"


def _segment(sent: Sentence, groups: list[Grouped], at: int) -> tuple[int, int]:
    """The tokens a group may fill its slots from: the whole sentence if alone, else up to its neighbours' borders."""
    if len(groups) == 1:
        return 0, len(sent.toks)
    spans = sorted((min(h.first for h in g[0]), max(h.last for h in g[0])) for g in groups)
    mine = (min(h.first for h in groups[at][0]), max(h.last for h in groups[at][0]))
    before = [s for s in spans if s[1] <= mine[0] and s != mine]
    after = [s for s in spans if s[0] >= mine[1] and s != mine]
    first = _border(sent, before[-1][1], mine[0]) if before else 0
    last = _border(sent, mine[1], after[0][0]) if after else len(sent.toks)
    return first, last


def _border(sent: Sentence, first: int, last: int) -> int:
    """Where one event's words end and the next one's begin: a date put first, else the last comma or connective between them."""
    fronted = [f.first for f in sent.dates if first <= f.first < last and _fronted(sent, f)]
    if fronted:
        return fronted[-1]
    for at in range(last - 1, first - 1, -1):
        if sent.form(at) in "،,؛;:" or sent.is_cue(at, "connective.split"):
            return at
    return last


def _fronted(sent: Sentence, found: Found) -> bool:
    """A date that opens a new clause: with "and" before it and a comma or a verb right after."""
    opens = any(sent.form(k).startswith("و") or sent.form(k) == "and" for k in (found.first, found.first - 1))
    return opens and (
        sent.form(found.last) in "،," or any(h.entry.info.pos == "verb" for h in sent.starts(found.last, "trigger"))
    )


def _draft(
    note: Annotated,
    sent: Sentence,
    group: list[Hit],
    real: Realis,
    cue: Hit | None,
    segment: tuple[int, int],
    told: list[Told],
    home: str,
) -> Draft | None:
    first, last = segment
    mine = [t for t in told if first <= t.head < last or first <= t.group.first < last]
    weapons = _weapons(note, sent, first, last)
    kind = _kind(group, weapons, mine)
    if all(h.entry.info.pos == "noun" for h in group) and not _company(sent, group, mine, first, last):
        return None
    results = all(h.entry.info.role != "act" for h in group)
    if results and not _tells(sent, group, mine, first, last):
        return None
    draft = Draft(sent, first, last, kind, real, group, cue, weapons=tuple(weapons))
    draft.tolls = mine if FAMILY_OF[kind] not in (Family.POSTURE, Family.MEASURE) else []
    draft.when, draft.when_sent = _when(sent, group, first, last), sent
    draft.places = places(note, sent, first, last, home)
    draft.actors, draft.targets = roles(note, sent, group, draft.tolls, segment, home, kind)
    acting = {p.span.start for p in draft.actors}
    draft.places = tuple(p for p in draft.places if p.span.start not in acting)
    draft.kind = _by_actor(kind, draft.actors)
    draft.count = amount(note, sent, group, kind, segment)
    draft.definite = all(_definite(sent, h, note.lang) for h in group)
    draft.fresh = any(_another(sent, h) for h in group)
    return draft


def _tells(sent: Sentence, group: list[Hit], mine: list[Told], first: int, last: int) -> bool:
    """Whether words of killing or wounding alone tell of an event: with a toll of their own, or as a verb or verbal noun of killing."""
    if any(t.name in ("killed", "abducted") and t.group.low > 0 for t in mine):
        return True
    if any(t.name == "injured" and t.group.low > 0 for t in mine):
        return bool(sent.layer("weapon", first, last) or sent.dates or sent.layer("place", first, last))
    return any(h.entry.info.pos == "verb" and h.entry.info.role == "result" and not h.entry.info.weak_alone for h in group)


def _definite(sent: Sentence, hit: Hit, lang: str) -> bool:
    """Whether a noun points to an event already known: by article, pronoun, or demonstrative."""
    if hit.entry.info.pos == "verb":
        return False
    if lang == "ar":
        return hit.definite or sent.form(hit.first - 1) in ("هذا", "هذه", "ذلك", "تلك", "هذين")
    return any(
        sent.form(k) in ("the", "this", "these", "those", "that", "their", "its") for k in (hit.first - 1, hit.first - 2)
    )


def _company(sent: Sentence, group: list[Hit], mine: list[Told], first: int, last: int) -> bool:
    """Something that ties bare nouns ("the bombings") to an event: a toll, a day, a place, a party, or a verb of happening."""
    dated = any(first <= f.first < last for f in sent.dates)
    if mine or dated or sent.layer("place", first, last) or sent.layer("actor", first, last):
        return True
    around = (min(h.first for h in group) - 5, max(h.last for h in group) + 5)
    return sent.in_set("happening", *around) is not None or any(
        not p.entry.info.not_people for p in sent.layer("people", *around)
    )


def _weapons(note: Annotated, sent: Sentence, first: int, last: int) -> list[Weapon]:
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


def _kind(group: list[Hit], weapons: list[Weapon], mine: list[Told]) -> str:
    """The most specific kind that the group's words and weapons tell (codebook, section 2 and its settled cases)."""
    acts = [h.entry.info.kind for h in group if h.entry.info.role != "result"]
    names = {w.name for w in weapons}
    family = FAMILY_OF[acts[0]] if acts else Family.ATTACK
    if family not in _VIOLENT:
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


def _by_actor(kind: str, actors: tuple[Party, ...]) -> str:
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


def _when(sent: Sentence, group: list[Hit], first: int, last: int) -> Found | None:
    """The date phrase nearest to the group's triggers in its segment, an exact day before anything wider."""
    options = [f for f in sent.dates if first <= f.first < last and f.role != "until"]
    if not options:
        return None
    middle = group[0].first

    def worth(found: Found) -> tuple[bool, bool, int]:
        return found.year_only, found.role == "since", abs(found.first - middle)

    best = min(options, key=worth)
    same_year = next((f for f in options if f.year_only and f.start and not best.start), None)
    return same_year or best
