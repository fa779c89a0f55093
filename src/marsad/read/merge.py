"""The events of a whole report: headline, lead and details that tell of one event become one draft (codebook, section 5).

A draft is compared with those told before it; of several that it may tell again, the one it agrees with most is meant.
"""

from marsad.read.alike import bare, other_toll, shared_toll, towns
from marsad.read.company import by_the_attackers, comes_or_goes, the_attacker_shot, whose_the_first_was
from marsad.read.draft import Draft
from marsad.read.retold import same
from marsad.read.told import Told
from marsad.read.totals import hand_down, of_the_country, sums_up
from marsad.scales import Family, Realis

_LEADS, _REMEMBERED = 4, 40  # drafts that a new one is compared with: the report's first and the last; keeps merging linear


def merge(drafts: list[Draft], headline: int) -> list[Draft]:
    """One draft an event, in order of the text. headline: how many leading sentences are headlines."""
    kept: list[Draft] = []
    attacks = [d for d in drafts if d.family is Family.ATTACK and d.realis is Realis.ACTUAL]
    by_the_attackers(drafts)
    whose_the_first_was(drafts)
    for draft in drafts:
        if comes_or_goes(draft, attacks) or (kept and (the_attacker_shot(draft, attacks) or of_the_country(draft))):
            continue
        near = (
            *range(len(kept) - 1, max(_LEADS, len(kept) - _REMEMBERED) - 1, -1),
            *range(min(_LEADS, len(kept)) - 1, -1, -1),
        )
        same_as = [k for k in near if same(kept[k], draft, headline)]
        at = max(same_as, key=lambda k: _agreement(kept[k], draft), default=None)
        if at is None:
            if not (draft.definite and bare(draft) and kept):
                if draft.fresh and kept and not draft.places and 0 <= draft.sent.at - kept[-1].last_told <= 1:
                    draft.places = kept[-1].places  # "another attack" right behind one: there, until it says otherwise
                draft.leads = draft.family is Family.ATTACK and not any(k.family is Family.ATTACK for k in kept)
                kept.append(draft)
            continue
        known, last = kept[at], max(kept[at].last_told, draft.sent.at)
        if known.sent.at < headline <= draft.sent.at or _richer(known, draft):
            _fill(draft, known)
            draft.began = min(known.first_told, draft.first_told)
            draft.before, draft.leads = min(known.first_sent, draft.first_sent), known.leads
            kept[at] = draft
        else:
            _fill(known, draft)
        kept[at].again = last
    sums = [at for at, d in enumerate(kept) if sums_up(d, kept[max(0, at - _REMEMBERED) : at + _REMEMBERED])]
    for at in sums:
        hand_down(kept[at], kept[at + 1 : at + _REMEMBERED])
    totals = set(sums)
    return [d for at, d in enumerate(kept) if at not in totals]


def _agreement(one: Draft, other: Draft) -> int:
    """How much of two tellings is the same: the toll, the town, the kind. Of several that may be meant the nearest with most is."""
    return 3 * shared_toll(one, other) + 2 * bool(towns(one) & towns(other)) + (one.kind == other.kind)


def _richer(one: Draft, other: Draft) -> bool:
    """Whether the later telling says so much more that it, and not the lead, should carry the event."""
    return not other_toll(one, other) and _said(other) >= _said(one) + 3


def _said(draft: Draft) -> int:
    """How much a draft says of an event."""
    known = [a for a in draft.actors if not a.name.startswith("unknown")]
    tolls = sum(any(t.name == name and t.group.low for t in draft.tolls) for name in ("killed", "injured"))
    return (
        2 * bool(towns(draft)) + bool(draft.places) + (draft.when is not None) + 2 * tolls + bool(known) + bool(draft.targets)
    )


def _fill(main: Draft, other: Draft) -> None:
    """Give `main` what only `other` tells."""
    began = other.when is not None and other.when.role == "since"  # how long it has gone on is no day of the news
    if not began and (main.when is None or (main.of_speech and other.when is not None and not other.of_speech)):
        main.when, main.when_sent, main.of_speech = other.when, other.when_sent, other.of_speech
    have = {p.gazetteer or p.name for p in main.places}
    extra = tuple(p for p in other.places if (p.gazetteer or p.name) not in have)
    if not towns(main):
        main.places = tuple(sorted((*main.places, *extra), key=lambda p: p.precision or 0))
    known = [a for a in main.actors if not a.name.startswith("unknown")]
    hit = {t.name for t in main.targets}
    main.actors = main.actors if known else tuple(a for a in other.actors if a.name not in hit) or main.actors
    main.targets = main.targets or tuple(t for t in other.targets if t.name not in {a.name for a in main.actors})
    main.weapons = main.weapons or other.weapons
    main.count = main.count or other.count
    if not (main.realis is Realis.ACTUAL and other.realis is Realis.BACKGROUND):
        _fill_tolls(main, other)
    if _names_it_better(main, other):
        main.kind = other.kind


def _names_it_better(main: Draft, other: Draft) -> bool:
    """Whether the kind is that of the later telling: more specific, and no mere name ("the clashes", said of an attack) unless that some
    are held tells more; an attack that became a gunfight keeps its first act's kind (codebook, settled cases)."""
    named_only = bare(other) and other.kind != "abduction" and {main.kind, other.kind} != {"killing", "clash"}
    fought = main.kind == "armed_attack" and other.kind == "clash"
    akin = main.family is other.family or main.kind == "killing"
    if other.kind == "abduction" and any(t.name == "killed" and t.group.low for t in main.tolls):
        return False  # who was killed had been held before
    if main.kind == "raid" and other.kind == "clash" and any(t.group.low for t in other.tolls):
        return True  # a search in which both sides fired (codebook, settled cases)
    if {main.kind, other.kind} == {"bombing", "suicide_bombing"}:
        return other.kind == "suicide_bombing"
    return akin and not named_only and not fought and _tells_more(main.kind, other.kind)


def _fill_tolls(main: Draft, other: Draft) -> None:
    """Tolls that only `other` tells; where both do and `other` counts more, that is the high of two figures in one report."""
    for name in dict.fromkeys(t.name for t in other.tolls):
        ours = [t for t in main.tolls if t.name == name]
        theirs = [t for t in other.tolls if t.name == name]
        if not ours:
            main.tolls = [*main.tolls, *theirs]
        elif _other_people(main, other.kind, ours, theirs):
            main.tolls = [*main.tolls, *theirs]  # "five soldiers were killed in a clash, while eleven rebels were killed"
        elif len(ours) == 1 and _vague_number(ours[0]) and theirs[0].group.best is not None:
            others = [t for t in main.tolls if t.name != name]
            main.tolls = [*others, theirs[0]]  # "killing several people": six, as told later
        elif len(ours) == len(theirs) == 1 and (high := theirs[0].group.low) > ours[0].group.low > 0:
            ours[0].group.high = max(high, ours[0].group.high or 0)


def _other_people(main: Draft, kind: str, ours: list[Told], theirs: list[Told]) -> bool:
    """Whether two tolls are of different people: of both sides of a fight, or of forces and of those who attacked them. kind: of what
    tells `theirs`."""
    one, other = ({name for t in tolls for name, n in t.group.by.items() if n} for tolls in (ours, theirs))
    if one & other:
        return False
    sides = one | other
    fought = kind in ("clash", "armed_attack", "killing") and {"militants", "security_forces"} <= sides
    return fought or (main.kind == "clash" and ours[-1].sent is theirs[0].sent)


def _vague_number(told: Told) -> bool:
    """Whether a toll only says that they were several ("several people", "civilians")."""
    return told.group.best is None and told.group.low <= _SEVERAL


_SEVERAL = 3


def _tells_more(kind: str, other: str) -> bool:
    """Whether `other` is the more specific of two kinds."""
    order = {"killing": 0, "armed_attack": 1, "clash": 2, "raid": 2}
    if {kind, other} == {"bombing", "suicide_bombing"}:
        return other == "suicide_bombing"
    return order.get(other, 3) > order.get(kind, 3)
