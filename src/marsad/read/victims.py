"""The people beside a word of killing or wounding: its object, those told before it, and those who died with one who is named."""

from marsad.read.annotate import Sentence
from marsad.read.asides import asides, behind
from marsad.read.counts import Group, are_others, group_at
from marsad.read.lexicon import Hit
from marsad.read.load import grammar
from marsad.read.phrases import past_bound, words
from marsad.read.rolewords import past_their_group

STOP = frozenset("،,;؛:().")
REACH = 7  # tokens from a word of killing to its people
_RANGE, _THAT = grammar("victims", "range"), grammar("victims", "that")


def with_companions(sent: Sentence, group: Group, lang: str) -> None:
    """Add those who died with the one named ("the leader so-and-so was killed with three of his guards")."""
    if not (group.bare and group.low == 1):
        return
    for at in range(group.last, min(group.last + 6, len(sent.toks))):
        form = sent.form(at)
        if form in STOP or form in words(lang)["prepositions"] or sent.starts(at, "trigger"):
            return
        others = group_at(sent, at + 1, lang, toll=True) if form == "مع" else None
        if others is not None:
            if not others.bare:
                group.add(others)
            return


def object_of(sent: Sentence, at: int, lang: str) -> Group | None:
    """The people right after the doer of an active verb (قتل مسلحون ثلاثة جنود); no verb, "and" or preposition between."""
    commas = 0
    at = past_their_group(sent, at) if lang == "ar" else at
    at += any(v.entry.info[0] == "present" and not v.prefix for v in sent.starts(at, "verb"))  # "a bomber who drives a lorry"
    aside = asides(sent, lang)
    here, last = at - 1, min(at + _APPOSED, len(sent.toks))
    while (here := here + 1) < last:
        form = sent.form(here)
        if aside.get(here) == here:
            beyond = behind(aside, here)
            last, here = min(last + beyond - here, len(sent.toks)), beyond - 1
            continue
        if form in "،,":
            commas += 1
            continue
        if any(f.first <= here < f.last for f in sent.dates):
            continue
        if form in STOP or commas > 2 or form.startswith("و") or sent.starts(here, "verb") or _leads_away(sent, here, lang):
            return None
        if sent.starts(here + 1, "people") and any(w.prefix == "ب" for w in sent.starts(here, "weapon")):
            return None  # "a colonel was killed by the bullets of gunmen": they are no victims
        group = group_at(sent, here, lang, toll=True)
        if group is not None and (not group.bare or (here < at + 4 and not commas)):
            return group if not group.definite else None
    return None


_APPOSED = 14  # tokens: the doer, who it is between commas or without ("ذراع تنظيم القاعدة في سوريا"), and then a number


def _leads_away(sent: Sentence, at: int, lang: str) -> bool:
    """Whether a preposition ends the search: any but that of a place in the doer's description, and "again"."""
    if sent.form(at) not in words(lang)["prepositions"]:
        return False
    return not (sent.starts(at + 1, "place") or any(at < f.last and f.first <= at + 1 for f in sent.dates))


def office_holder(sent: Sentence, verb: Hit, after: Group | None) -> Group | None:
    """The one who holds an office told right behind a verb of killing, by whatever it is over (قتل رئيس أركان الجيش، اغتيل رئيس الوزراء);
    after: the people behind the verb, if they are counted or stand for themselves they are meant."""
    office = next((s for s in sent.starts(verb.last, "set") if s.entry.value == "offices" and not s.definite), None)
    if office is None or verb.suffix or verb.entry.info.number != "s":
        return None
    over = after is None or (after.bare and after.definite and office.first < after.first <= office.last + 1)
    if not over or sent.starts(office.first, "people"):
        return None
    last = after.last if after is not None else office.last
    for at in range(last, last + _OVER):
        if sent.form(at) in STOP or sent.form(at) in words("ar")["prepositions"] or sent.starts(at, "trigger"):
            break
        last = max((a.last for a in sent.starts(at, "actor")), default=last)
    return Group(1, 1, 1, office.first, last, {"unknown": 1}, bare=True)


_OVER = 3  # tokens behind an office in which it is told over what force it is


def group_before(sent: Sentence, at: int, lang: str) -> Group | None:
    """The nearest people before token `at` within the clause, the one with a number first."""
    first, _ = sent.clause(at, through_quotes=True)
    first = max([first, *(k + 1 for k in range(first, at) if sent.form(k) in _THAT)])
    while lang == "en" and sent.form(first - 1) == "," and any(n.first == first for n in sent.numbers):
        first, _ = sent.clause(first - 2)  # "six policemen, three civilians and two gunmen were killed"
    return _last_told(sent, first, at, lang) or _before_an_aside(sent, first, lang)


def _before_an_aside(sent: Sentence, first: int, lang: str) -> Group | None:
    """Those told before the aside that ends where the clause begins ("twelve people, four women among them, were killed")."""
    if sent.form(first - 1) not in ("،", ","):
        return None
    aside, _ = sent.clause(first - 2)
    of_them = (
        sent.form(aside + 1) in words(lang)["of"] and sent.form(aside + 2) == "them"
    )  # "two officers, one of them a colonel,"
    subset = of_them or sent.form(aside).removeprefix("و") in words(lang)["subset"]
    apposed = sent.form(aside) in words(lang)["apposed"]  # "four civilians, a father and his sons, were killed"
    return group_before(sent, aside - 1, lang) if aside > 1 and (subset or apposed) else None


def _last_told(sent: Sentence, first: int, at: int, lang: str) -> Group | None:
    """The last people among the twelve tokens before `at`, the last with a number first."""
    best: Group | None = None
    here = max(first, at - 12)
    while here < at:
        right_before = bool(sent.numbers) and any(  # "eleven were killed"
            n.first == here and n.last == at and n.value > 1 for n in sent.numbers
        )
        group = group_at(sent, here, lang, toll=lang == "en" or right_before)
        if group is not None and group.last <= at:
            before = sent.form(here - 1).removeprefix("و")  # "six, among them two", "three citizens of one family"
            part = best is not None and (before == "of" or before in words(lang)["subset"])
            another = best is not None and lang == "en" and _told_off(sent, best, group)
            if not part and (best is None or not group.bare or best.bare or another):
                best = group
            here = group.last
        else:
            here += 1
    return best


def _told_off(sent: Sentence, one: Group, other: Group) -> bool:
    """Whether a verb of its own tells of the people before ("two people died and others were injured")."""
    between = range(one.last, other.first)
    joined = sent.form(other.first - 1) == "and"
    return joined and any(h.entry.info.pos == "verb" for k in between for h in sent.starts(k, "trigger"))


def with_others(sent: Sentence, at: int, lang: str) -> Group | None:
    """ "He met his death with 40 others": those and he."""
    return and_himself(sent, at + 1, lang) if sent.form(at).endswith(("ه", "ها")) else None


def and_himself(sent: Sentence, at: int, lang: str) -> Group | None:
    """ "With 40 others" at `at`, told of one who was named before: those and he."""
    group = group_at(sent, at + 1, lang, toll=True) if sent.form(at) == "مع" else None
    if group is None or group.bare:
        return None
    best, high = (None if n is None else n + 1 for n in (group.best, group.high))
    return Group(group.low + 1, best, high, at, group.last, {"unknown": group.low + 1}, group.who)


def group_back(sent: Sentence, at: int, lang: str) -> Group | None:
    """A number without a noun before حتفهم: لقي ثمانية حتفهم."""
    number = next((n for n in reversed(sent.numbers) if n.last <= at and at - n.last <= 3), None)
    return group_at(sent, number.first, lang, toll=True) if number else None


_BEFORE_DIGITS = _RANGE | {"ب"}  # ب is before digits a word of its own (أودى بـ12 شخصا)


def search(sent: Sentence, at: int, lang: str, reach: int = REACH, *, numbers_only: bool = False) -> Group | None:
    """The first group of people from token `at` on, over words that may stand between; none beyond a stop or preposition."""
    group = _searched(sent, at, lang, reach, numbers_only=numbers_only)
    holder = next((s for s in sent.starts(at, "set") if s.entry.value == "offices" and not s.definite), None)
    if lang != "ar" or holder is None or sent.starts(at, "people") or sent.form(holder.first).startswith("و"):
        return group
    told = group if group is not None and not group.bare else _past_a_place(sent, at, lang)
    if told is None or not are_others(sent, told, lang):
        return group
    both = Group(1, 1, 1, at, holder.last, {"unknown": 1}, bare=True)
    both.add(told)
    return both


def _past_a_place(sent: Sentence, at: int, lang: str) -> Group | None:
    """The counted people that "and" joins to whoever stands at `at`, with no stop or verb between."""
    for here in range(at + 1, min(at + _APPOSED, len(sent.toks))):
        form = sent.form(here)
        if form in STOP or sent.starts(here, "verb") or sent.starts(here, "trigger"):
            return None
        group = group_at(sent, here + (form == "و"), lang, toll=True) if form.startswith("و") else None
        if group is not None and not group.bare:
            return group
    return None


def _searched(sent: Sentence, at: int, lang: str, reach: int, *, numbers_only: bool) -> Group | None:
    here, stop = at - 1, min(at + reach, len(sent.toks))
    while (here := here + 1) < stop:
        group = group_at(sent, here, lang, toll=True)
        if group is not None and not (numbers_only and group.bare):
            return group
        form = sent.form(here)
        if (after := past_bound(sent, here, lang)) > here:
            here = after - 1
            continue
        if form in words(lang)["by_which"] or (form in _BEFORE_DIGITS and any(n.first == here + 1 for n in sent.numbers)):
            continue
        weapon = max((w.last for w in sent.starts(here, "weapon") if w.prefix.startswith("ب")), default=0)
        if weapon and sent.form(at - 1).endswith("وا"):  # with what stands before whom (اغتالوا بأسلحة كاتمة ضابطا)
            here, stop = weapon - 1, min(stop + weapon - here, len(sent.toks))
            continue
        if form in STOP or form in _THAT or sent.starts(here, "weapon"):
            return None
        if here == at and (behind := _behind_the_act(sent, here, lang)) is not None:
            return behind
        if form in words(lang)["prepositions"] or ((here > at or form.startswith("و")) and _acts(sent, here, lang)):
            return None
    return None


def _behind_the_act(sent: Sentence, at: int, lang: str) -> Group | None:
    """The people behind "in the attack", "in it" right at `at` (قتل في العملية أحد عشر عسكريا، قتل فيها خمسة)."""
    if lang != "ar":
        return None
    here = at
    if sent.form(at) in _IN and sent.form(at + 1).startswith(("ال", "هذ", "تلك")):
        here = at + 2 + sent.form(at + 1).startswith(("هذ", "تلك"))
    elif sent.form(at) in _IN_IT:
        here = at + 1
    group = group_at(sent, past_bound(sent, here, lang), lang, toll=True) if here > at else None
    if group is None and here > at:
        group = _further_on(sent, here, lang)
    return group if group is not None and not (group.bare and group.definite) else None


def _further_on(sent: Sentence, at: int, lang: str) -> Group | None:
    """The counted people behind what tells where and when the act was (قتل في الهجوم على الثكنة أمس تسعة عسكريين)."""
    for here in range(at, min(at + 2 * REACH, len(sent.toks))):
        if sent.form(here) in STOP or sent.starts(here, "verb"):
            return None
        group = group_at(sent, here, lang)
        if group is not None and not group.bare:
            return group
    return None


_IN, _IN_IT = grammar("victims", "in"), grammar("victims", "in_it")


def _acts(sent: Sentence, at: int, lang: str) -> bool:
    """Whether another word that tells of an event begins here: what follows is its people."""
    hits = sent.starts(at, "trigger")
    return bool(hits) and (lang == "en" or any(h.entry.info.pos == "verb" for h in hits))
