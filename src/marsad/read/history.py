"""Is it recalled rather than told as news? Words that make an event history, a standing practice or a matter of a court.

Codebook, section 3: an anniversary, an earlier year, "since 2014 ...", a past perfect beside a newer event, a practice ("regularly
bombs") are background; what is before a court happened long before. A day of its own overrules: when.py then compares it.
"""

from marsad.read.annotate import Annotated, Sentence
from marsad.read.lexicon import Hit
from marsad.read.load import grammar
from marsad.scales import FAMILY_OF, DatePrecision, Family
from marsad.text.dates import Found

_RELATIVE = grammar("history", "relative")


def standing(note: Annotated, sent: Sentence, group: list[Hit], segment: tuple[int, int], told: Found | None) -> bool:
    """Whether the event of `group` is background by its words alone. told: the date phrase of the event, if it has one."""
    start = min(h.first for h in group)
    end = max(h.last for h in group)
    closed = all(FAMILY_OF[h.entry.info.kind] is Family.MEASURE for h in group)  # a siege that continues is news
    if not closed and any(
        not (_of_the_place(sent, group, cue) or _of_another(sent, group, cue))
        for cue in sent.cues(("habit.words",), max(segment[0], start - 5), min(segment[1], end + 6))
    ):
        return True
    held = all(FAMILY_OF[h.entry.info.kind] is Family.OPERATION for h in group)
    if before_court(sent, held=held, behind=end) or _charged(sent, group[0]):
        return True
    if _since(sent, group[0]) or _responsible(sent, group[0]) or sent.form(end) in _FORMER:
        return True
    if note.lang == "ar" and _of_a_place(sent, group[0], told):
        return True
    if note.lang == "en" and _commemorated(sent, group[0], told):
        return True
    if note.lang == "ar" and told is not None and told.start is None and told.basis == "relative" and told.precision <= _DAYS:
        return False  # "last Thursday", "days ago", in a report of no known day
    if told is not None and told.start is not None:
        return note.published is None and _told_with_its_year(sent, group[0])
    if sent.has_cue(("history.recall",), 0, start):
        return True
    fronted = next(sent.cues(("history.strong",), 0, 3), None)  # "over the past two years" opens the sentence
    near = sent.cues(("history.strong",), max(segment[0], start - 8), start + 1)
    if (fronted is not None and fronted.first < start) or any(not _as_reported(sent, cue) for cue in near):
        return True
    if _over_years(sent, group[0].last):
        return True
    if note.lang == "en":
        return _who_had(sent, group[0]) or _many_so_far(sent, group) or _a_cause(sent, group)
    return note.lang == "ar" and (
        _holds(sent, group[0]) or past_perfect(sent, group[0]) or _lasting(sent, group) or _known_from_before(sent, group)
    )


_DAYS = 3  # the precision of a week or less


def _told_with_its_year(sent: Sentence, hit: Hit) -> bool:
    """Whether a report of no known day recalls what it gives a day and a year ("had seized the town in June 2014", a sentence that opens
    with كان): nobody said so of the news."""
    was = next((k for k in (0, 1) if sent.is_cue(k, "history.verbs")), None)
    had = next((k for k in range(hit.first - 1, max(-1, hit.first - 1 - _HAD), -1) if sent.form(k) == "had"), None)
    at = was if was is not None else had
    return at is not None and not sent.has_cue(("speech.verbs",), max(0, at - 2 * _WITHIN), hit.first)


_HAD = 3  # tokens


def _as_reported(sent: Sentence, cue: Hit) -> bool:
    """Whether "had been" only follows a verb of saying in the past ("the ministry said 27 people had been killed")."""
    return sent.form(cue.first) == "had" and sent.has_cue(("speech.verbs",), max(0, cue.first - 2 * _WITHIN), cue.first)


_WITHIN = 5  # tokens


def _of_another(sent: Sentence, group: list[Hit], cue: Hit) -> bool:
    """Whether what goes on is not the act: "continue to" behind it has a subject of its own ("as survivors continue to count")."""
    return sent.form(cue.first).startswith("continu") and cue.first > group[-1].last


def _of_the_place(sent: Sentence, group: list[Hit], cue: Hit) -> bool:
    """ "Nine were killed in an area regularly targeted by": how things are where it happened, which is told before."""
    return any(h.first == cue.last and h.entry.info.tense == "past" for h in group[1:]) and group[0].last < cue.first


def _holds(sent: Sentence, hit: Hit) -> bool:
    """ "The group that controls the town": a present verb behind "which" tells how things stand."""
    relative = sent.form(hit.first - 1) in _RELATIVE and hit.entry.info.tense == "present"
    return relative and FAMILY_OF[hit.entry.info.kind] is Family.CONTROL


def _of_a_place(sent: Sentence, hit: Hit, told: Found | None) -> bool:
    """ "Mosul, which the forces took back in January": a clause about a place, with no day, tells how it came about."""
    if told is None or told.start is not None or told.precision < DatePrecision.MONTH:
        return False
    relative = sent.form(hit.first - 1) in _RELATIVE and bool(hit.suffix)
    return relative and FAMILY_OF[hit.entry.info.kind] is Family.CONTROL


_FORMER = grammar("history", "former")


def _over_years(sent: Sentence, end: int) -> bool:
    """ "Such attacks in past months" right after the act; not "the worst in years", which is news."""
    for at in range(end, min(end + 6, len(sent.toks))):
        form = sent.form(at)
        if form in "،,؛;.:" or form.removeprefix("ال") in MOST:
            return False
        if f"{form} {sent.form(at + 1)}" in _YEARS or f"{form} {sent.form(at + 2)}" in _YEARS:
            return True  # "the past months", "the past few months"
    return False


MOST = grammar("history", "most")
_YEARS = grammar("history", "years")


def before_court(sent: Sentence, *, held: bool = False, behind: int | None = None) -> bool:
    """Whether the sentence is about a trial, an inquiry or a verdict; a court that something stands near is only a place.

    held: it is asked of an arrest or a seizure, of which those who stand accused are told as news. behind: the token behind an event, which
    itself may be what came "after a court sentenced" somebody.
    """
    cues = sent.cues(("court.words",) if held else ("court.words", "court.accused"), 0, len(sent.toks))
    cues = (c for c in cues if behind is None or c.first < behind or not _accusing(sent, c))
    cues = (c for c in cues if behind is None or not any(sent.form(k) in _FOLLOWS for k in range(behind, c.first)))
    return any(not _by_the_court(sent, cue) and not _of_the_bench(sent, cue) for cue in cues)


_FOLLOWS = grammar("history", "follows")


def _accusing(sent: Sentence, cue: Hit) -> bool:
    """Whether an Arabic "accused" is the participle of who accuses somebody told behind it (متهمين باريس بإيواء الرئيس)."""
    bare = cue.entry.value == "court.accused" and not sent.form(cue.first).startswith(("ال", "وال", "لل"))
    return bare and any(h.prefix == "" for layer in ("place", "actor", "capital") for h in sent.starts(cue.last, layer))


def _of_the_bench(sent: Sentence, cue: Hit) -> bool:
    """Whether an officer of a court only says what happened ("a prosecutor said", قال النائب العام)."""
    return sent.has_cue(("speech.verbs", "speech.according"), cue.first - 2, cue.last + 2)


def _by_the_court(sent: Sentence, cue: Hit) -> bool:
    if any(sent.form(k) in _JUDGES for k in range(max(0, cue.first - 4), cue.first)):
        return True  # who somebody is: a judge of the appeals court
    near = sent.form(cue.first - 1).removeprefix("و") in _NEAR or sent.form(cue.first - 2).removeprefix("و") in _NEAR
    return sent.form(cue.first).removeprefix("ال") in _COURTS and near


_JUDGES = grammar("history", "judges")
_COURTS = grammar("history", "courts")
_NEAR = grammar("history", "near")


def _charged(sent: Sentence, hit: Hit) -> bool:
    """ "On a charge of killing": the act is what somebody is accused of; an arrest or an execution on a charge is news."""
    return sent.has_cue(("court.charge",), hit.first - 4, hit.first)


def _since(sent: Sentence, hit: Hit) -> bool:
    """A present verb with "since": a state that lasts (تسيطر على المدينة منذ 2014); a siege is on as long as it lasts."""
    present = hit.entry.info.pos == "verb" and hit.entry.info.tense == "present"
    near = range(hit.last, min(hit.last + 8, len(sent.toks)))
    return (
        present
        and FAMILY_OF[hit.entry.info.kind] is not Family.MEASURE
        and any(sent.form(k) in ("منذ", "since") for k in near)
        and not any(f.role == "since" and f.precision <= _DAYS and f.first in near for f in sent.dates)  # "since Monday"
    )


def _responsible(sent: Sentence, hit: Hit) -> bool:
    """ "A cell responsible for attacks": who they are, not news; "the attack" may be."""
    back = range(max(0, hit.first - 3), hit.first)
    told = any(sent.form(k) in _ANSWER and sent.form(k + 1) in ("عن", "في", "for", "in") for k in back)
    return told and not hit.definite and sent.form(hit.first - 1) not in ("the", "this")


_ANSWER = grammar("history", "answer")


def mark_in_time(sent: Sentence, hit: Hit, lang: str) -> bool:
    """ "Two months after an attack", "since the attacks of": the act is a mark in time."""
    if hit.entry.info.pos == "verb":
        return False
    before = sent.form(hit.first - 1).removeprefix("و")
    if before in ("منذ", "since", "قبل", "before", "عند"):
        return not hit.definite
    if before in ("بعد", "عقب", "after", "following") and hit.entry.info.role == "result":
        return not any(n.first in (hit.last, hit.last + 1) for n in sent.numbers)  # "after the killing of X"
    if before not in ("من", "after", "على", "علي"):
        return False
    if (
        lang == "ar"
        and before in ("على", "علي")
        and any(sent.form(k) == "قبل" for k in range(max(0, hit.first - 7, sent.clause(hit.first)[0]), hit.first - 1))
    ):
        return True  # "less than three weeks before the withdrawal"
    return any(
        f.last in (hit.first - 1, hit.first) and f.first > 0 and sent.form(f.first - (lang == "ar")) in ("بعد", "after")
        for f in sent.dates
    ) or (
        lang == "ar"
        and any(sent.form(k) == "بعد" and sent.form(k + 1) in _SPANS for k in range(max(0, hit.first - 5), hit.first - 1))
    )


_SPANS = grammar("history", "spans")


def past_perfect(sent: Sentence, hit: Hit) -> bool:
    """كان ... (قد) قتل: a past verb under كان, with no verb of saying between; or a noun that one carries (كانت قد شهدت مقتل)."""
    if hit.entry.info.pos == "noun":
        carried = (
            k for k in range(hit.first - 1, max(0, hit.first - 3), -1) if sent.form(k - 1) == "قد" and sent.starts(k, "verb")
        )
        at = next(carried, 0)
        return at > 0 and any(sent.is_cue(k, "history.verbs") for k in range(max(0, at - 6), at))
    if hit.entry.info.pos != "verb" or hit.entry.info.tense != "past":
        return False
    for at in range(hit.first - 1, max(-1, hit.first - 9), -1):
        if sent.form(at) in "،؛.:" or sent.is_cue(at, "speech.verbs") or sent.form(at).removeprefix("و") in _WHEN:
            return False
        if sent.is_cue(at, "history.verbs"):
            return not (_joined_to_news(sent, hit, at) or sent.form(at) in _THEY_WERE or _only_describes(sent, at))
    return False


def _only_describes(sent: Sentence, was: int) -> bool:
    """Whether "was" right behind a noun has its own predicate, so that the verb after it is none of it (سيارة كانت متوقفة ... انفجرت)."""
    before, after = sent.form(was - 1), sent.form(was + 1)
    if not (before.isalpha() and sent.form(was) in _WAS) or before in _THAT_IT or after == "قد" or after.startswith("ال"):
        return False
    verbs = sent.starts(was + 1, "verb")
    if verbs:
        return all(v.entry.info[0] == "present" for v in verbs)
    return after in _WHERE or after.endswith(("ه", "ا", "ين", "ات"))


def _joined_to_news(sent: Sentence, hit: Hit, was: int) -> bool:
    """Whether "and" joins the verb to one told before the "was", which only describes those whom that one hit (أوقفت رجلين كانا في سيارة
    وحجزت بندقية)."""
    before = (t for t in sent.layer("trigger", 0, was) if t.entry.info.pos == "verb" and t.entry.info.role == "act")
    describes = not sent.form(was).startswith(("و", "ف")) and sent.form(was - 1).isalpha()
    return hit.prefix.startswith("و") and describes and next(before, None) is not None


_THEY_WERE, _WAS = grammar("history", "they_were"), grammar("history", "was")
_THAT_IT, _WHERE = grammar("history", "that_it"), grammar("history", "where")
_WHEN = grammar("history", "when")


def _known_from_before(sent: Sentence, group: list[Hit]) -> bool:
    """Attacks of the plural, known and only named by where they were (التفجيرات التي شهدتها بغداد): news tells their day."""
    if any(h.entry.info.pos == "verb" or h.entry.info.role != "act" for h in group) or not group[0].definite:
        return False
    hit = group[0]
    return sent.form(hit.first).endswith("ات") and any(sent.form(k) == "التي" for k in range(hit.last, hit.last + 3))


def _who_had(sent: Sentence, hit: Hit) -> bool:
    """A verb in a relative clause about people, with no day ("those who fought to free the town"): it is told of them, not as news."""
    if hit.entry.info.pos != "verb" or hit.entry.info.role != "act" or sent.form(hit.first).endswith("ing"):
        return False  # "beat students who were marching"
    return any(sent.form(k) in ("who", "which") for k in range(max(0, hit.first - 4), hit.first))


def _many_so_far(sent: Sentence, group: list[Hit]) -> bool:
    """ "The group has carried out many attacks in the province", "the town has been the target of several raids": an English perfect, of
    attacks that are not counted."""
    noun = next((h for h in group if h.entry.info.pos != "verb" and sent.form(h.last - 1).endswith("s")), None)
    if noun is None:
        return False
    if sent.form(noun.last) in ("have", "has") and not sent.dates and not sent.numbers:
        return True  # "bombings by the group have claimed many lives"
    many = any(sent.form(k) in _MANY for k in range(noun.first - 4, noun.first))
    return many and any(sent.form(k) in ("has", "have") for k in range(noun.first - _PERFECT, noun.first))


_MANY = grammar("history", "many")
_PERFECT = 12  # tokens


def _commemorated(sent: Sentence, hit: Hit, told: Found | None) -> bool:
    """ "Prayers for the victims of the 2002 nightclub bombings": a noun with its year before it, or in a sentence of an anniversary, and no
    day told before it."""
    if told is not None and told.start is not None and told.first <= hit.last:
        return False
    if hit.entry.info.pos == "verb" or FAMILY_OF[hit.entry.info.kind] is not Family.ATTACK:
        return False
    year = any(
        len(sent.form(k)) == 4 and sent.form(k).isdigit() and sent.form(k)[:2] in ("19", "20")
        for k in range(hit.first - 4, hit.first)
    )
    return year or "anniversary" in sent.vocabulary


def _a_cause(sent: Sentence, group: list[Hit]) -> bool:
    """ "Displaced because of the fighting": what a noun tells only as the cause of something else."""
    if any(h.entry.info.pos == "verb" or h.entry.info.role != "act" for h in group):
        return False
    at = group[0].first
    while at > group[0].first - _DESCRIBED and sent.form(at - 1) in _DESCRIBES:  # "the cross-border fighting"
        at -= 1
    return f"{sent.form(at - 2)} {sent.form(at - 1)}" in _CAUSE or sent.form(at - 1) in _CAUSE


_DESCRIBES, _DESCRIBED = grammar("history", "describes"), 5  # tokens
_CAUSE = grammar("history", "cause")


def _lasting(sent: Sentence, group: list[Hit]) -> bool:
    """A present verb in a relative clause tells a state, not news (المناطق التي يسيطر عليها)."""
    hit = group[0]
    if hit.entry.info.pos != "verb":
        after = range(hit.last, min(hit.last + 3, len(sent.toks)))
        relative = next((k for k in after if sent.form(k) in _RELATIVE), None)
        newer = any(h.entry.info.pos == "verb" and h.entry.info.tense == "past" for h in group)
        return (
            not newer and relative is not None and any(v.entry.info[0] == "present" for v in sent.starts(relative + 1, "verb"))
        )
    if hit.entry.info.tense != "present":
        return False
    back = range(max(0, hit.first - 3), hit.first)
    return any(sent.form(k) in _RELATIVE and sent.form(k - 1) not in ("الوقت", "وقت") for k in back)
