"""Which triggers of a sentence tell of one event, and which words belong to it."""

from marsad.read import crowds
from marsad.read.annotate import Sentence
from marsad.read.clauses import MAYBE, SURE, between
from marsad.read.earlier import Earlier, around
from marsad.read.history import mark_in_time
from marsad.read.kinds import MEANS, VIOLENT
from marsad.read.lexicon import Hit
from marsad.read.load import grammar, grammar_of
from marsad.read.realis import realis
from marsad.read.told import Told
from marsad.scales import FAMILY_OF, Family, Realis
from marsad.text.dates import Found

Grouped = tuple[list[Hit], Realis, Hit | None]


def grouped(
    sent: Sentence, found: list[Hit], told: list[Told], cuts: dict[int, int], before: list[Earlier], lang: str
) -> list[Grouped]:
    """Triggers that tell of one event together: one family, one realis, no words between that begin another.

    before: phrases that mark the time by an earlier event, which is none of the news beside it.
    """
    groups: list[Grouped] = []
    for at, hit in enumerate(found):
        real, cue = realis(sent, hit, lang)
        phrase = around(before, hit.first)
        recalled = not phrase.dated if phrase else mark_in_time(sent, hit, lang)
        if real is Realis.ACTUAL and (recalled or _protested(sent, hit, found[:at])):
            real = Realis.BACKGROUND
        if real is Realis.ACTUAL and at and (meant := _or_else(sent, found[at - 1], hit, groups)) is not None:
            real, cue = meant
        home = next(
            (
                g
                for g in ([groups[-1]] if groups and _that_left(sent, groups[-1][0][-1], hit) else reversed(groups))
                if g[1] == real
                and around(before, g[0][0].first) == phrase
                and _together(sent, g[0], hit, found[at + 1 :], told, cuts, lang)
            ),
            None,
        )
        if home is None:
            groups.append(([hit], real, cue))
        else:
            home[0].append(hit)
    return groups


def _or_else(sent: Sentence, last: Hit, hit: Hit, groups: list[Grouped]) -> tuple[Realis, Hit | None] | None:
    """The realis of the act before, where "or" joins the two ("they may shoot, or commit assaults")."""
    if hit.entry.info.pos == "verb" or not any(sent.form(k) in ("او", "or") for k in range(last.last, hit.first)):
        return None
    return next(((g[1], g[2]) for g in reversed(groups) if last in g[0] and g[1] in _UNREAL), None)


_UNREAL = (Realis.HYPOTHETICAL, Realis.PLANNED, Realis.THREATENED)


def _protested(sent: Sentence, hit: Hit, before: list[Hit]) -> bool:
    """ "Protesting against the killing of": the reason of the protest, told of as known."""
    word = sent.form(hit.first - 1)
    against = word in ("علي", "against") and any(h.last == hit.first - 1 and _family(h) is Family.UNREST for h in before)
    condemned = word.removeprefix("لل") in ("تنديد", "استنكار", "التنديد") and any(
        h.entry.info.role != "result" for h in before
    )
    return against or condemned


def _family(hit: Hit) -> Family:
    return FAMILY_OF[hit.entry.info.kind]


def _together(
    sent: Sentence, hits: list[Hit], hit: Hit, later: list[Hit], told: list[Told], cuts: dict[int, int], lang: str
) -> bool:
    """Whether `hit` tells of the same event as the triggers `hits` before it."""
    last = hits[-1]
    if _that_left(sent, last, hit) or crowds.does(sent, last, hit, lang) or _of_one_act(last, hit):
        return True
    strength = between(cuts, last.first + 1, hit.first)
    family = _family(hits[0])
    apart = family != _family(hit) and not ({family, _family(hit)} <= set(VIOLENT) and _mixes(hits, hit))
    if apart or _another_step(sent, hits, hit):
        return False
    if family not in VIOLENT:
        done_by_others = family is Family.POSTURE and sent.form(hit.first - 1).removeprefix("و") in _BEEN_DONE
        same = (
            (hits[0].entry.info.kind == hit.entry.info.kind and not done_by_others)
            or family is Family.UNREST
            or (family is Family.POSTURE and sent.form(hit.first) == "to")  # "sent troops to guard buildings"
            or (family is Family.CONTROL and strength == 0 and _of_the_fall(sent, hit))
        )
        return same and (strength == 0 or not sent.layer("place", hit.last))
    if strength == SURE or _anew(sent, hits, hit, lang) or _after_another(sent, hits, hit, later, lang):
        return False
    if hit.prefix == "ب" and "assassination" in {h.entry.info.kind for h in hits} and hit.first - last.last <= _MEANS:
        return True  # "assassinated two members by shelling the car"
    if hit.entry.info.role == "result":
        apart = _killed_besides(sent, hits, hit) or _of_those_before(told, hits, hit)
        apart = apart or _claimed_between(sent, last.last, hit.first)
        return not (apart or (strength == MAYBE and _begins_another(sent, hits, hit, later, told, cuts)))
    acts = [h for h in hits if h.entry.info.role != "result"]
    if not acts:
        found_dead = all(sent.in_set("bodies", h.first, h.last) is not None for h in hits)
        return not found_dead and (strength == 0 or (_told_between(told, hits, hit) and not _own_toll(told, hit, later)))
    if "assassination" in {h.entry.info.kind for h in (*acts, hit)} and any(
        _result_verb(h) for h in hits[hits.index(acts[-1]) :]
    ):
        return False  # "responsible for the assassination of, were killed in"
    return not _after_the_fight(sent, acts, hit) and _same_act(sent, acts, hit, strength)


def _of_the_fall(sent: Sentence, hit: Hit) -> bool:
    """Whether a noun points at a place's fall as told (السيطرة عليها); a verb with its pronoun tells of the next ("who retook it")."""
    return hit.entry.info.pos != "verb" and (hit.definite or sent.form(hit.first).startswith("ال"))


_BEEN_DONE = grammar("groups", "been_done")  # "they came on motorcycles, and troops were deployed"


def _of_one_act(last: Hit, hit: Hit) -> bool:
    """Whether two words of different kinds are of one act: "kidnapped nine people and held them", اقتحم انتحاري المبنى."""
    kinds = {last.entry.info.kind, hit.entry.info.kind}
    held = (last.entry.info.kind, hit.entry.info.kind) == ("abduction", "arrest") and bool(hit.suffix)
    return held or (hit.first == last.last and last.entry.info.pos == "verb" and kinds == _STORMED)


_STORMED = {"raid", "suicide_bombing"}


def _that_left(sent: Sentence, act: Hit, hit: Hit) -> bool:
    """ "A riot last year that left 74 people dead": a clause right behind a noun of an act tells how many died of it."""
    if hit.entry.info.role != "result" or act.entry.info.role != "act" or act.entry.info.pos == "verb":
        return False
    at = next((f.last for f in sent.dates if f.first == act.last), act.last)
    at += 2 * (sent.form(at) == "in" and sent.form(at + 1) in _RESPONSE["en"])  # "air strikes in retaliation that killed"
    return (
        sent.form(at) in _THAT
        and hit.first - at <= _LEFT
        and not any(h.first > at for h in sent.layer("place", at, hit.first))
    )


_THAT, _LEFT = grammar("groups", "that"), 6  # tokens: "that left at least 74 people"


def _anew(sent: Sentence, hits: list[Hit], hit: Hit, lang: str) -> bool:
    """Whether words between say that `hit` is another act: an answer, what followed, "another attack", what a place saw."""
    last = hits[-1]
    answered = in_answer(sent, last.last, hit.first, lang)
    followed = last.entry.info.role == "act" and _followed(sent, last, hit)
    new = another(sent, hit) and any(h.entry.info.role == "act" for h in hits)
    return answered or followed or new or _witnessed(sent, last.last, hit)


def in_answer(sent: Sentence, first: int, last: int, lang: str) -> bool:
    """Whether "in response to" stands within tokens first..last: what was before led to what is after, or the other way round."""
    return any(sent.form(k) in _RESPONSE[lang] for k in range(first, last))


def _after_another(sent: Sentence, hits: list[Hit], hit: Hit, later: list[Hit], lang: str) -> bool:
    """ "They fired rockets after an air strike killed", بعد مقتل ثلاثة في غارة: what was before, by other means, is another act."""
    acts = [h for h in hits if h.entry.info.role == "act"]
    dead = hit.entry.info.role == "result"
    act = next((h for h in later if h.entry.info.role == "act"), None) if dead else hit
    if not acts or act is None or not (_specific({acts[-1].entry.info.kind}) and _specific({act.entry.info.kind})):
        return False
    known = act.definite or sent.form(act.first - 1) in ("the", "this")
    before = range(hit.first - 1, hit.first) if dead else range(acts[-1].last, hit.first)
    other = act.entry.info.kind not in {h.entry.info.kind for h in acts}
    return other and not known and any(sent.form(k) in _AFTER[lang] for k in before)


_AFTER = grammar_of("earlier", "after")


def _after_the_fight(sent: Sentence, acts: list[Hit], hit: Hit) -> bool:
    """ "They exchanged fire with gunmen and blew up a house": what "and" joins to a fight with a verb and means of its own."""
    fought = acts[-1].entry.info.kind == "clash" and acts[-1].entry.info.pos != "noun"
    joined = hit.prefix.startswith("و") or sent.form(hit.first - 1) == "and"
    return fought and joined and hit.entry.info.pos != "noun" and hit.entry.info.kind in MEANS


def _followed(sent: Sentence, last: Hit, hit: Hit) -> bool:
    """ "An attack, followed by air strikes", أعقب الهجوم تفجير: what follows an act is another; the gunfight after it is not (codebook,
    settled cases)."""
    if sent.form(last.first - 1).removeprefix("و") in _FOLLOWED and last.definite and hit.first == last.last:
        return True
    return hit.entry.info.kind != "clash" and any(sent.form(k) in _FOLLOWED for k in range(last.last, hit.first))


def what_followed(sent: Sentence, hit: Hit) -> bool:
    """Whether an act is told as what followed another (أعقب الهجوم تفجير, "followed by a raid"), and is no gunfight of it."""
    near = (sent.form(k).removeprefix("و") for k in range(max(0, hit.first - 2), hit.first))
    return hit.entry.info.kind in MEANS and any(form in _FOLLOWED for form in near)


def _killed_besides(sent: Sentence, hits: list[Hit], hit: Hit) -> bool:
    """ "They burned houses and killed 13": who did both killed beside the burning, not by it."""
    burned = all(h.entry.info.kind == "arson" for h in hits)
    active = hit.entry.info.pos == "verb" and hit.entry.info.kind == "killing" and hit.entry.info.tense == "past"
    joined = hit.prefix.startswith("و") and sent.form(hit.first).endswith("وا")
    return burned and active and (joined or sent.form(hit.first - 1) == "and")


def _another_step(sent: Sentence, hits: list[Hit], hit: Hit) -> bool:
    """ "They searched houses, detained nine and seized rifles": each kind of operation that a verb of its own tells is an event."""
    steps = [h for h in hits if _family(h) is Family.OPERATION and h.entry.info.pos != "noun"]
    if not steps or {_family(hits[-1]), _family(hit)} != {Family.OPERATION} or hit.entry.info.pos != "verb":
        return False
    joined = hit.prefix.startswith("و") or sent.form(hit.first - 1) in ("and", ",")
    return joined and hit.entry.info.kind not in {h.entry.info.kind for h in steps}


def _result_verb(hit: Hit) -> bool:
    return bool(hit.entry.info.pos == "verb" and hit.entry.info.role == "result")


def _witnessed(sent: Sentence, first: int, hit: Hit) -> bool:
    """ "Baghdad, which saw a bombing on Tuesday": what a clause about a place tells is an event of its own."""
    return _saw(sent, first, hit.first) is not None and any(first <= f.first < hit.first for f in sent.dates)


def _saw(sent: Sentence, first: int, last: int) -> int | None:
    """Where "which saw" stands within tokens first..last."""
    relative = (k for k in range(first, last) if sent.form(k) in ("التي", "الذي"))
    return next((k for k in relative if any(v.entry.value == "شهد" for v in sent.starts(k + 1, "verb"))), None)


def _claimed_between(sent: Sentence, first: int, last: int) -> bool:
    """ "Two days after the attack the party claimed the killing of": what is claimed is another act; "the attack, which it claimed" none."""
    bare = (c for c in sent.cues(("speech.claims",), first, last) if sent.form(c.first).removeprefix("و") in _CLAIMED)
    return any(sent.form(c.first - 1) not in ("الذي", "التي", "which") for c in bare)


_CLAIMED = grammar("groups", "claimed")
_MEANS = 14  # tokens


def _of_those_before(told: list[Told], hits: list[Hit], hit: Hit) -> bool:
    """ "Thirteen people, responsible for an assassination, were killed": the act told between is their past."""
    mine = next((t.group for t in told if t.head == hit.first and hit.entry.info.pos == "verb"), None)
    acts = [h for h in hits if h.entry.info.role == "act"]
    return mine is not None and bool(acts) and mine.last <= acts[0].first == hits[0].first


def _same_act(sent: Sentence, acts: list[Hit], hit: Hit, strength: int) -> bool:
    """Whether two words of doing tell of one act: their means agree, and the later brings no town of its own behind a border."""
    kinds = {h.entry.info.kind for h in acts}
    agree = (
        hit.entry.info.kind in kinds
        or not (_specific({hit.entry.info.kind}) and _specific(kinds))
        or kinds | {hit.entry.info.kind} in _ALIKE
    )
    if not agree:
        return False
    return strength == 0 or not (
        sent.layer("place", hit.last, hit.last + 12) and sent.layer("place", acts[0].first, hit.first)
    )


_ALIKE = (
    {"bombing", "suicide_bombing"},
    {"shelling", "air_strike"},
    {"raid", "clash"},
    {"armed_attack", "clash"},
    {"raid", "arrest"},
    {"assassination", "bombing"},
    {"assassination", "suicide_bombing"},
    {"assassination", "air_strike"},
)


def _specific(kinds: set[str]) -> bool:
    return not kinds & {"armed_attack", "killing", "clash", "raid"}


def _begins_another(
    sent: Sentence, hits: list[Hit], hit: Hit, later: list[Hit], told: list[Told], cuts: dict[int, int]
) -> bool:
    """Whether a word of killing or wounding behind "and" leads to an act of its own, after an event that is already whole."""
    if not any(h.entry.info.role == "act" for h in hits) or hit.prefix.startswith("ف"):
        return False  # "so that it killed": what came of the act before
    own = next((h for h in later if h.entry.info.role == "act"), None)
    if own is None or between(cuts, hit.first + 1, own.first) or own.definite:
        return bool(_has_toll(told, hits, hit)) and bool(sent.layer("place", hit.last, hit.last + 14))
    return True


def _has_toll(told: list[Told], hits: list[Hit], hit: Hit) -> bool:
    """Whether the toll that `hit` tells has been told already in this group."""
    mine = next((t.name for t in told if t.head == hit.first), "")
    return any(t.name == mine and hits[0].first <= t.head < hit.first for t in told)


def _told_between(told: list[Told], hits: list[Hit], hit: Hit) -> bool:
    """Whether the toll told so far reaches up to the act: "three were killed, when a bomb exploded"."""
    return any(hits[0].first <= t.head <= hit.first for t in told)


def _own_toll(told: list[Told], hit: Hit, later: list[Hit]) -> bool:
    """Whether the act that "and" joins to a toll has a toll of its own ("killed a colonel, and a bomb wounded four soldiers")."""
    end = next((h.first for h in later if h.entry.info.role == "act"), 1 << 30)
    return any(hit.first <= t.head < end and t.group.first >= hit.last and t.group.low for t in told)


def _mixes(hits: list[Hit], hit: Hit) -> bool:
    """A raid and the killing in it are one; an arrest and a separate bombing are not."""
    kinds = {h.entry.info.kind for h in [*hits, hit]}
    roles_of = {h.entry.info.role for h in [*hits, hit] if _family(h) is Family.ATTACK}
    return (
        "seizure" not in kinds
        and "arrest" not in kinds
        and (roles_of <= {"result"} or "clash" in kinds or kinds <= {"raid", "air_strike"})
    )


_FOLLOWED = grammar("groups", "followed")
_RESPONSE = grammar_of("groups", "response")


def another(sent: Sentence, hit: Hit) -> bool:
    """ "another attack", "a second bombing"; "in the second attack in as many days" is the one told."""
    if sent.form(hit.first - 2) == "the" and sent.form(hit.first - 3) in ("in", "was", "is", "as", "marks", "marking"):
        return False
    if hit.entry.info.role != "act" or hit.entry.info.pos == "verb":
        return False
    return any(sent.is_cue(k, "connective.new_event") for k in (hit.last, hit.last + 1)) or sent.is_cue(
        hit.first - 1, "connective.another"
    )


def segment_of(sent: Sentence, groups: list[Grouped], at: int, cuts: dict[int, int]) -> tuple[int, int]:
    """The tokens a group may fill its slots from: the whole sentence if alone, else up to its neighbours' borders."""
    if len(groups) == 1:
        return 0, len(sent.toks)
    actual = groups[at][1] in (Realis.ACTUAL, Realis.BACKGROUND)
    others = [
        g
        for g in groups
        if not (actual and g[1] is Realis.PLANNED and not between(cuts, groups[at][0][0].first, g[0][0].first))
        and not _only_its_object(sent, groups[at][0], g[0])
    ]
    spans = sorted((min(h.first for h in g[0]), max(h.last for h in g[0])) for g in others)
    mine = (min(h.first for h in groups[at][0]), max(h.last for h in groups[at][0]))
    before = [s for s in spans if s[1] <= mine[0] and s != mine]
    after = [s for s in spans if s[0] >= mine[1] and s != mine]
    first = _border(sent, before[-1][1], mine[0], cuts) if before else 0
    last = _border(sent, mine[1], after[0][0], cuts) if after else len(sent.toks)
    return first, last


def _only_its_object(sent: Sentence, group: list[Hit], other: list[Hit]) -> bool:
    """Whether another group is only the crowd whom an arrest befell ("detained 47 protesters in Minsk on Sunday")."""
    held = FAMILY_OF[group[-1].entry.info.kind] is Family.OPERATION and len(other) == 1 and crowds.a_crowd(sent, other[0])
    return held and 0 <= other[0].first - group[-1].last <= _OBJECT


_OBJECT = 2  # tokens: a number and an adjective


def _border(sent: Sentence, first: int, last: int, cuts: dict[int, int]) -> int:
    """Where one event's words end and the next one's begin: the first sure border, a date put first, a likely one, the last comma."""
    here = [k for k in range(first + 1, last + 1) if k in cuts]
    sure = [k for k in here if cuts[k] == SURE]
    if sure:
        return sure[-1]
    saw = _saw(sent, first, last)
    if saw is not None:
        return saw
    fronted = [f.first for f in sent.dates if first <= f.first < last and _fronted(sent, f)]
    if fronted:
        return fronted[-1]
    if here:
        return here[-1]
    marks = (k for k in range(last - 1, first - 1, -1) if sent.form(k) in "،,؛;:" or sent.form(k) in _LATER)
    return next(marks, last)


_LATER = grammar("groups", "later")


def _fronted(sent: Sentence, found: Found) -> bool:
    """A date that opens a new clause: with "and" before it and a comma or a verb right after."""
    opens = any(sent.form(k).startswith("و") or sent.form(k) == "and" for k in (found.first, found.first - 1))
    return opens and (
        sent.form(found.last) in "،," or any(h.entry.info.pos == "verb" for h in sent.starts(found.last, "trigger"))
    )
