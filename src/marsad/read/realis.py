"""Did it happen? The realis of a trigger, from the cues in its own clause (codebook, section 3).

Each rule looks only back along the clause, within the reach that its words have in news prose, and the first that holds decides:
foiled, threat, denial, condition, plan, possibility, then history. What nothing marks is told as having happened.
"""

from marsad.read.annotate import Sentence
from marsad.read.english import BEFORE_MONTHS, CARRY, STOPS, after_noun, tense_realis, to_carry_out
from marsad.read.lexicon import QUOTES, Hit
from marsad.read.load import grammar
from marsad.read.placehood import BULLETS
from marsad.read.rolewords import words
from marsad.read.triggers import is_noun
from marsad.scales import FAMILY_OF, Family, Realis

_NEAR, _CLAUSE = 4, 9


def realis(sent: Sentence, hit: Hit, lang: str) -> tuple[Realis, Hit | None]:
    """The realis of `hit`, and the cue that decided it (None for actual)."""
    verb = hit.entry.info.pos == "verb"
    if sent.form(hit.first - 1) in _REPEAT:
        return Realis.ACTUAL, None
    if not verb and sent.form(hit.first - 1) in _SINCE:
        return Realis.ACTUAL, None
    if lang == "ar" and sent.form(hit.first - 1) in _SUBJUNCTIVE and _in_the_present(sent, hit):
        return (Realis.ACTUAL, None) if _before_it_went_on(sent, hit) else (Realis.HYPOTHETICAL, hit)
    if lang == "ar" and not verb and (_aim(sent, hit) or _goal(sent, hit)):
        return Realis.PLANNED, hit
    after = next(sent.cues(("condition.after",), hit.last, hit.last + 8), None)
    if after is not None:
        return Realis.HYPOTHETICAL, after
    untrue = next(sent.cues(("negation.after",), hit.last, hit.last + 14), None)
    if untrue is not None:
        return Realis.DENIED, untrue  # "reports of an attack are false"
    for name, cues, reach in _RULES[lang]:
        far = name is Realis.THREATENED and lang == "ar" and hit.prefix in ("ب", "وب")  # توعد، في شريط مصور، بمهاجمة
        cue = _cue(sent, hit, cues, reach + _CLAUSE * far, lang)
        if cue is not None and not _annulled(sent, cue, hit, name, lang):
            return name, cue
    if lang == "ar" and not verb and _future_after(sent, hit):
        return Realis.PLANNED, hit
    if (denied := _denied_from_the_start(sent, hit, lang)) is not None:
        return Realis.DENIED, denied
    if not verb and (urged := _urged(sent, hit)) is not None:
        return Realis.PLANNED, urged
    if _future_verb(hit, lang) or (
        lang == "ar" and not (verb and hit.entry.info.tense == "past") and future_before(sent, hit)
    ):
        return Realis.PLANNED, hit
    if lang == "en" and not verb and to_carry_out(sent, hit):
        return Realis.PLANNED, hit
    if lang == "en" and not verb and (meant := after_noun(sent, hit)) is not None:
        return meant, hit
    by_tense = tense_realis(sent, hit, headline=_told_live(sent)) if lang == "en" else None
    return (by_tense, hit) if by_tense is not None else (Realis.ACTUAL, None)


def _in_the_present(sent: Sentence, hit: Hit) -> bool:
    """Whether a trigger is a present verb, or a phrase that begins with one (يفجر نفسه)."""
    if hit.entry.info.pos == "phrase":
        return any(v.entry.info[0] == "present" for v in sent.starts(hit.first, "verb"))
    return bool(hit.entry.info.pos == "verb" and hit.entry.info.tense == "present")


def _before_it_went_on(sent: Sentence, hit: Hit) -> bool:
    """Whether a verb behind "before" tells what followed an attack («فتحوا النار قبل أن يفجروا أنفسهم»), or a town's fall («قبل أن
    تستعيدها القوات»); whoever was killed, held or stopped before he could do it did not."""
    at = hit.first - 2
    if sent.form(at).removeprefix("و") != "قبل" or sent.has_cue(("foiled.words",), 0, at):
        return False
    told = sent.layer("trigger", 0, at)
    if hit.entry.info.kind == "territory_retaken" and any(t.entry.info.kind == "territory_seized" for t in told):
        return True
    acts = [t for t in told if t.entry.info.pos == "verb" and t.entry.info.tense == "past"]
    last = [t.entry.info for t in acts if t.first == acts[-1].first]
    return any(info.role == "act" and FAMILY_OF[info.kind] is Family.ATTACK for info in last)


def _told_live(sent: Sentence) -> bool:
    """Whether a present tense is news: in a headline, and in what is listed as it comes in (• 12:20 Two bombs hit)."""
    return (sent.at == 0 and sent.form(len(sent.toks) - 1) != ".") or sent.item or sent.form(0) in BULLETS


_RULES: dict[str, tuple[tuple[Realis, tuple[str, ...], int], ...]] = {
    "ar": (
        (Realis.HYPOTHETICAL, ("possibility.studied",), 8),
        (Realis.FOILED, ("foiled.words",), 5),
        (Realis.THREATENED, ("threat.words",), 6),
        (Realis.DENIED, ("negation.denial",), 6),
        (Realis.HYPOTHETICAL, ("condition.words",), 10),
        (Realis.PLANNED, ("future.words", "future.approve"), 6),
        (Realis.HYPOTHETICAL, ("possibility.words",), 5),
        (Realis.HYPOTHETICAL, ("possibility.meant",), 2),
        (Realis.HYPOTHETICAL, ("possibility.strong",), 16),
    ),
    "en": (
        (Realis.FOILED, ("foiled.words",), 6),
        (Realis.THREATENED, ("threat.words",), 6),
        (Realis.DENIED, ("negation.denial",), 5),
        (Realis.HYPOTHETICAL, ("condition.words",), 10),
        (Realis.PLANNED, ("future.words",), 6),
        (Realis.HYPOTHETICAL, ("possibility.words",), 4),
        (Realis.HYPOTHETICAL, ("possibility.meant",), 6),
    ),
}


def _cue(sent: Sentence, hit: Hit, names: tuple[str, ...], reach: int, lang: str) -> Hit | None:
    """The nearest such cue before `hit`, in its clause and within `reach` tokens; just after it for adjectives."""
    if sent.cue_names.isdisjoint(names):
        return None
    for at in range(hit.first - 1, max(-1, hit.first - reach - 1), -1):
        if sent.form(at) in STOPS:
            break
        for cue in sent.starts(at, "cue"):
            if cue.entry.value in names and cue.last <= hit.first and not _a_month(sent, cue):
                return cue
    if lang == "ar" and hit.entry.info.pos != "verb":
        for at in _adjectives_of(sent, hit):
            for cue in sent.starts(at, "cue"):
                if cue.entry.value in names and sent.form(at) in _ADJECTIVES:
                    return cue
    return None


def _a_month(sent: Sentence, cue: Hit) -> bool:
    """Whether a word that is a cue is a month ("on 6 May", "since May")."""
    return sent.form(cue.first - 1) in BEFORE_MONTHS or any(f.first <= cue.first < f.last for f in sent.dates)


def _adjectives_of(sent: Sentence, hit: Hit) -> range:
    """Where adjectives of a noun can stand: right after it, or after whose it is (ضربة أميركية أو إسرائيلية محتملة)."""
    last = hit.last
    while sent.starts(last, "demonym") or (last > hit.last and sent.form(last) in ("او", "و")):
        last += 1
    return range(hit.last, last + 2)


# what these act on is there already: a repeat of the attacks, dispersing the protesters
_REPEAT = grammar("realis", "repeat")
_SINCE = grammar("realis", "since")
_SUBJUNCTIVE = grammar("realis", "subjunctive")


_CAMPAIGN = grammar("realis", "campaign")


def _goal(sent: Sentence, hit: Hit) -> bool:
    """A verbal noun that names what a campaign is for: معركة استعادة الرمادي، لاستعادة القاعدة."""
    if any(g.entry.info.kind in _GOALS and g.entry.info.pos != "verb" for g in sent.starts(hit.last, "trigger")):
        return sent.form(hit.first).removeprefix("و").removeprefix("ال") in _CAMPAIGN
    if hit.entry.info.kind not in _GOALS:
        return False
    if sent.has_cue(("history.strong", "history.words"), hit.first - 4, hit.first):
        return False  # "the fourth anniversary of the fall"
    before = sent.form(hit.first - 1).removeprefix("و")
    plain = before.removeprefix("ال").removeprefix("ب").removeprefix("ل")
    return (
        before in _CAMPAIGN
        or plain in _CAMPAIGN
        or (before == "الي" and sent.form(hit.first - 2).removeprefix("ال") in _AIMED)
        or (hit.prefix in ("ل", "ول", "لل", "ولل") and before not in _NO_AIM)
    )


_AIMED, _NO_AIM = grammar("realis", "aimed"), grammar("realis", "no_aim")
_GOALS = frozenset(
    (
        "territory_retaken",
        "territory_seized",
        "withdrawal",
        "deployment",
        "reduction",
        "redeployment",
        "agreement",
        "resumption",
    )
)


def _future_after(sent: Sentence, hit: Hit) -> bool:
    """A noun whose verb is to come: انسحاب قواتها من تركيا سيبدأ."""
    coming = [h.first for h in sent.layer("verb", hit.last) if h.prefix.endswith("س") and h.entry.info[0] == "present"]
    for at in range(hit.last, min(hit.last + 8, len(sent.toks))) if coming else ():
        if sent.form(at) in STOPS or sent.form(at) in QUOTES:
            return False
        if at in coming:
            return True
    return False


def _denied_from_the_start(sent: Sentence, hit: Hit, lang: str) -> Hit | None:
    """A sentence that begins with a denial denies what is told in it, up to a further verb of saying."""
    if "negation.denies" not in sent.cue_names:
        return None
    ahead = min(4, hit.first) if lang == "ar" else hit.first
    for at in range(max(0, hit.first - _DENIAL), hit.first):
        if at >= ahead and sent.form(at - 1) not in "،,":
            continue
        cue = next((c for c in sent.starts(at, "cue") if c.entry.value == "negation.denies"), None)
        if cue is not None:
            spoken = sent.has_cue(("speech.verbs",), cue.last + (sent.form(cue.last) in _REPORTS), hit.first)
            turned = any(sent.form(k) in _BUT for k in range(cue.last, hit.first))
            return None if spoken or turned or hit.first - cue.last > _DENIAL else cue
    return None


_DENIAL = 28  # tokens
_REPORTS = grammar("realis", "reports")  # a noun behind a denial, no verb of saying
_BUT = grammar("realis", "but")


def _urged(sent: Sentence, hit: Hit) -> Hit | None:
    """What somebody is called on to do: the verb of urging far before a noun that "to" leads to, across commas."""
    if "علي" in sent.vocabulary and any(
        sent.form(k).removeprefix("ف") == "ان"
        and sent.form(k + 1) == "علي"
        and (sent.layer("actor", k + 2, hit.first) or sent.layer("place", k + 2, hit.first))
        for k in range(max(0, hit.first - 8), hit.first - 1)
    ):
        return hit  # "it is for the fighters to withdraw"
    if "future.urge" not in sent.cue_names:
        return None
    before = sent.form(hit.first - 1)
    carried = before[:1] == "ب" and before[1:] in CARRY  # "ordered the army to launch"
    if not carried and before not in _TO and not hit.prefix.startswith(("ب", "ل", "و")):
        return None
    for at in range(hit.first - 1, max(-1, hit.first - 26), -1):
        if sent.form(at) in "؛;." or sent.is_cue(at, "speech.verbs") or _happened(sent, at):
            return None
        cue = next((c for c in sent.starts(at, "cue") if c.entry.value == "future.urge"), None)
        if cue is not None:
            return cue
    return None


def _happened(sent: Sentence, at: int) -> bool:
    """Whether a finite past verb that tells of an event stands at `at`."""
    return any(h.entry.info.pos == "verb" and h.entry.info.tense == "past" for h in sent.starts(at, "trigger"))


_TO = grammar("realis", "to")


def _aim(sent: Sentence, hit: Hit) -> bool:
    """ "to carry out attacks": a verbal noun of doing before the trigger, itself after ل or a preposition, with nothing that says done."""
    for at in (hit.first - 1, hit.first - 2):
        form = sent.form(at)
        plain = form.removeprefix("و").removeprefix("ل").removeprefix("ب")
        if plain in ("شن", "تنفيذ", "ارتكاب", "القيام") and not sent.is_cue(at, "possibility.done"):
            introduced = form.startswith("ل") or sent.form(at - 1) in ("علي", "الي", "ل", "في")
            return introduced and not sent.has_cue(("possibility.done",), at - 5, at)
    return False


def future_before(sent: Sentence, hit: Hit) -> bool:
    """A future verb shortly before the trigger in its clause (ستبدأ سحب قواتها)."""
    for at in range(hit.first - 1, max(-1, hit.first - 5), -1):
        form = sent.form(at).removeprefix("و").removeprefix("ف")
        if form in STOPS:
            return False
        verbs = sent.starts(at, "verb")
        if verbs and any(h.prefix.endswith("س") and h.entry.info[0] == "present" for h in verbs):
            return True
        if (
            len(form) >= 5
            and form.startswith(("سي", "ست", "سن"))
            and not sent.starting.get(at)
            and not form.startswith(_NOT_FUTURE)
        ):
            return True
    return False


_NOT_FUTURE = tuple(sorted(grammar("realis", "not_future")))

_ADJECTIVES = grammar("realis", "adjectives")


def _annulled(sent: Sentence, cue: Hit, hit: Hit, name: Realis, lang: str) -> bool:
    """Whether the cue says nothing about this trigger."""
    if _harmless(sent, cue) or _of_other_acts(sent, cue, hit):
        return True
    if name is Realis.DENIED and lang == "ar":
        return _weak_negation(sent, cue, hit)
    if hit.entry.info.role == "weak" and hit.prefix == "ال" and cue.entry.value == "future.approve":
        return True  # "the protesters' demands"
    if hit.entry.info.role == "weak" and sent.starts(cue.first, "verb") and _is_subject(sent, cue, hit):
        return True  # "the protesters demanded": they are there already
    verbs = [
        h
        for k in range(cue.last, hit.first)
        for h in sent.starts(k, "trigger")
        if h.entry.info.pos == "verb" and h.entry.info.tense == "past" and not (lang == "ar" and is_noun(sent, h))
    ]
    been = any(
        sent.form(k) in _WHAT and any(v.entry.info[0] == "past" for v in sent.starts(k + 1, "verb"))
        for k in range(cue.last, hit.first)
    )
    if (
        (verbs or been)
        and name in (Realis.PLANNED, Realis.HYPOTHETICAL, Realis.THREATENED)
        and not cue.entry.value.startswith("condition")
    ):
        return True  # a finite past verb between them: what follows it happened
    if cue.entry.value == "possibility.meant":
        return False
    if name in (Realis.PLANNED, Realis.HYPOTHETICAL, Realis.THREATENED) and _past_verb(sent, hit):
        return not (name is Realis.HYPOTHETICAL and cue.entry.value.startswith("condition"))
    if name in (Realis.PLANNED, Realis.HYPOTHETICAL) and hit.entry.info.role == "result" and hit.entry.info.pos != "verb":
        return cue.entry.value.startswith("future")
    return False


def _harmless(sent: Sentence, cue: Hit) -> bool:
    """Whether the cue is part of words that only look like one."""
    near = (h for at in range(max(0, cue.first - 1), cue.last + 1) for h in sent.starts(at, "cue"))
    return any(h.entry.value == "negation.harmless" and h.first <= cue.first < h.last for h in near)


def _of_other_acts(sent: Sentence, cue: Hit, hit: Hit) -> bool:
    """Whether the cue makes only other acts unreal: what is studied is a move of forces, and a truce agreed to is made."""
    info = hit.entry.info
    if cue.entry.value == "possibility.studied":
        return FAMILY_OF[info.kind] is not Family.POSTURE or info.pos == "verb" or sent.form(cue.last) == "عن"
    return info.kind == "agreement" and info.pos == "noun" and sent.form(cue.first) == "agreed"


def _is_subject(sent: Sentence, cue: Hit, hit: Hit) -> bool:
    """Whether the people of `hit` do what the cue's verb says: right after it, known or in the nominative, counted or not."""
    counted = next((n.last for n in sent.numbers if n.first == cue.last), cue.last)
    known = hit.prefix == "ال" or (not hit.prefix and sent.form(hit.first).endswith("ون"))
    return known and hit.first in (cue.last, counted)


_WHAT = grammar("realis", "what")


def _past_verb(sent: Sentence, hit: Hit) -> bool:
    """Whether a trigger is a finite verb in the past, or a phrase that begins with one (سيطر على)."""
    info = hit.entry.info
    if info.pos == "phrase":
        past = any(v.entry.info[0] == "past" and not v.suffix for v in sent.starts(hit.first, "verb"))
        return past and not _under_a_modal(sent, hit.first)
    return bool(info.pos == "verb" and info.tense == "past") and not _under_a_modal(sent, hit.first)


def _under_a_modal(sent: Sentence, at: int) -> bool:
    """Whether an English past form is no finite past: "would be sent", "plans to cut", "may have shelled"."""
    before = at - 1 - (sent.form(at - 1).endswith("ly") or sent.form(at - 1) in ("also", "then"))
    if sent.form(before) in ("be", "have"):
        before -= 1 + (sent.form(before - 1) in ("not", "also", "soon"))
        return (sent.form(before) in _AHEAD) or (sent.form(before) == "been" and sent.form(before - 1) == "have")
    return sent.form(before) in _AHEAD and not any(f.first <= before < f.last for f in sent.dates)


_AHEAD = grammar("realis", "ahead")
_VERBAL = grammar("realis", "verbal")
_NOMINAL = grammar("realis", "nominal")


def _weak_negation(sent: Sentence, cue: Hit, hit: Hit) -> bool:
    """لم, لن, لا negate the verb right after them; عدم, دون the noun right after them; verbs of denial reach further."""
    if cue.last - cue.first > 1:
        return False  # "there is no truth in"
    word = sent.form(cue.first).removeprefix("و")
    gap = hit.first - cue.last
    if word in _VERBAL and word != "لا" and hit.entry.info.pos != "verb" and gap <= _NEAR and _light(sent, cue.last):
        return False  # "they will not launch an attack"
    if word in _VERBAL:
        return gap > 0 or hit.entry.info.pos == "noun"
    if word in _NOMINAL or word in ("غير", "ليس", "ليست"):
        return gap > 1
    return False


def _light(sent: Sentence, at: int) -> bool:
    """Whether the verb at `at` only carries the noun after it (يشن هجوما، تتعرض لهجوم، يقع انفجار)."""
    table = words("ar")
    carries = table["light"] | table["undergo"] | {"وقع", "خرج", "سجل", "حدث"}
    return any(v.entry.value in carries for v in sent.starts(at, "verb"))


def _future_verb(hit: Hit, lang: str) -> bool:
    """The future prefix on a present verb: سينسحب."""
    return lang == "ar" and hit.entry.info.pos == "verb" and hit.entry.info.tense == "present" and hit.prefix.endswith("س")
