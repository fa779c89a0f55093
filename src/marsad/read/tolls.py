"""Killed, injured, abducted, arrested: found by the words that tell them, each with its place in the sentence.

Arabic tells a toll before its people (مقتل ثلاثة، قُتل ثلاثة), on both sides (ثلاثة قتلوا), as the counted noun (ثلاثة قتلى) or with a noun
after it (لقي ثلاثة حتفهم); English before and after ("killed three", "three were killed"). "Among them two children" fills groups only.
"""

from functools import cache

from marsad.read.annotate import Sentence
from marsad.read.counts import Group, group_at, lower_of
from marsad.read.lexicon import Hit
from marsad.read.load import book, grammar
from marsad.read.phrases import firsts, said, said_before, words
from marsad.read.revised import revises, running, told_before, totals, untold
from marsad.read.rolewords import words as roles
from marsad.read.told import TOLLS, Told, TollName, fill_subsets, is_subset, nobody, with_clitics
from marsad.read.tolls_en import done_to_death, english_verb, one_who_was, shot_by
from marsad.read.victims import (
    REACH,
    STOP,
    and_himself,
    group_back,
    group_before,
    object_of,
    office_holder,
    search,
    with_companions,
    with_others,
)
from marsad.text.numerals import Number

_CLAIMED = tuple(sorted(grammar("tolls", "claimed")))


@cache
def _heads(lang: str) -> dict[str, dict[str, frozenset[str]]]:
    return {name: {part: with_clitics(said, lang) for part, said in book(lang, "tolls")[name].items()} for name in TOLLS}


@cache
def _tellers(lang: str) -> frozenset[str]:
    """The first words of all that can tell a toll, but for verbs: most words of a text are none of them."""
    parts = (part for name in TOLLS for which, part in _heads(lang)[name].items() if which != "verb")
    return frozenset(said.split()[0] for part in parts for said in part) | words(lang)["his_death"]


def tolls(sent: Sentence, lang: str) -> list[Told]:
    """All tolls of a sentence, in order, no person counted twice."""
    found: list[Told] = []
    taken: set[int] = set()  # first tokens of groups already used, per toll
    acts = {h.first for h in sent.layer("trigger")}
    tellers = _tellers(lang)
    for at in [k for k, form in enumerate(sent.forms) if form in tellers or k in acts]:
        for told in _at(sent, at, lang):
            span = set(range(told.group.first, told.group.last))
            if span & taken and told.first != told.last and not _of_those_told(sent, told, found):
                continue
            taken |= span
            found.append(told)
    if sum(t.name == "killed" for t in found) > 1:  # "killed the preacher, who fell dead": told twice
        found = [t for t in found if not (t.group.bare and sent.form(t.group.last - 1) in words(lang)["fell_as"])]
    found = [t for t in found if not (running(sent, t, lang) or told_before(sent, t, found) or untold(sent, t, lang))]
    for total in totals(sent, lang):
        if revises(sent, total, found, lang):
            found = [*(t for t in found if t.name != total.name), total]
    fill_subsets(sent, found, lang)
    for told in found:
        told.unsplit = _both(sent, told, lang)
    zeros = nobody(sent, lang)
    found = [t for t in found if not any(z.first <= t.head < z.last for z in zeros)] + zeros
    return [t for t in found if not is_subset(sent, t, lang)]


def _of_those_told(sent: Sentence, told: Told, found: list[Told]) -> bool:
    """Whether a pronoun behind the verb means people of another toll, to whom this happened too («خطفوا 11 عاملا ثم قتلوهم»)."""
    theirs = any(h.suffix for h in sent.starts(told.head, "trigger")) or sent.form(told.head + 1) == "them"
    return theirs and all(t.name != told.name for t in found)


def _both(sent: Sentence, told: Told, lang: str) -> bool:
    """ "250 people, between dead and wounded": no one knows how many of each."""
    at = next((k for k in range(told.group.last, told.group.last + 3) if sent.form(k) in ("بين", "ما", "between")), -1)
    near = [sent.form(k).removeprefix("و") for k in range(at + 1, at + 4)] if at >= 0 else []
    own = _heads(lang)
    return any(f in own["killed"]["own"] for f in near) and any(f in own["injured"]["own"] for f in near)


def _at(sent: Sentence, at: int, lang: str) -> list[Told]:
    """The toll whose word stands at token `at`."""
    verbs = [h for h in sent.starts(at, "trigger") if h.entry.info.pos == "verb"]
    for name in TOLLS:
        book_of = _heads(lang)[name]
        verb = next((h for h in verbs if h.entry.info.lemma in book_of["verb"]), None) if verbs else None
        if verb is not None:
            return _verb(sent, verb, name, lang)
        head = _head(sent, at, book_of["head"])
        if head and not (sent.form(at) in book_of["own"] and any(n.last == at for n in sent.numbers)):  # "ten bodies"
            return _head_then_group(sent, at, head, name, lang)
        after = _head(sent, at, book_of["after"])
        if after:
            if lang == "en" and sent.form(at) in book_of["own"] and any(n.last == at for n in sent.numbers):
                return _own(sent, at, lang)  # "clashes between youths left three dead"
            if lang == "en" and sent.form(at - 1) == "of":
                return []  # "the number of dead"
            if lang == "en" and (shot := shot_by(sent, at)) is not None:
                return [Told(name, shot, at, shot.last, at, sent)]
            group = with_others(sent, at, lang) or group_before(sent, at, lang) or group_back(sent, at, lang)
            group = group or (one_who_was(sent, at) if lang == "en" else None)
            if after > at + 1 and group is not None and sent.form(at) in words(lang)["to"]:
                group = done_to_death(sent, at, group)
            return [Told(name, group, group.first, after, at, sent)] if group else []
    if sent.form(at) in words(lang)["his_death"] and sent.form(at - 1) in words(lang)["leads_to"]:
        return [Told("killed", Group(1, 1, 1, at, at + 1, {"unknown": 1}, bare=True), at, at + 1, at, sent)]
    return _own(sent, at, lang)


def _head(sent: Sentence, at: int, forms: frozenset[str]) -> int:
    """The token after a head word or phrase at `at`, 0 if none."""
    if sent.form(at) in forms:
        return at + 1
    return at + 2 if f"{sent.form(at)} {sent.form(at + 1)}" in forms else 0


def _verb(sent: Sentence, verb: Hit, name: TollName, lang: str) -> list[Told]:
    """A verb of killing (...): its object or passive subject."""
    if verb.suffix and verb.entry.info.lemma in words(lang)["with_upon"]:
        return []  # it takes على, so that "agencies" (أجهزة) is no "finished him off"
    before = group_before(sent, verb.first, lang)
    after = search(sent, _upon(sent, verb, lang), lang)
    if lang == "en":
        return english_verb(sent, verb, name, before, after)
    together = and_himself(sent, verb.last, lang) if verb.entry.info.number == "s" else None
    if together is not None:
        return [Told(name, together, verb.first, together.last, verb.first, sent)]
    if verb.suffix:  # "and killed them": those told of just before
        one = before is not None and before.bare and before.low == 1
        known = before if verb.suffix in ("هم", "هما", "هن") or (one and verb.suffix in ("ه", "ها")) else None
        return [Told(name, known, known.first, verb.last, verb.first, sent)] if known else []
    if lang == "ar" and (holder := office_holder(sent, verb, after)) is not None:
        return [Told(name, holder, verb.first, holder.last, verb.first, sent)]
    doer = max((a.last for a in sent.starts(verb.last, "actor")), default=0)
    if after is None and doer and verb.entry.info.voice != "p":
        after, before = object_of(sent, doer, lang), None  # who did it stands after the verb: nobody before it was hit
    if not (doer and after is not None and after.first >= doer):
        after = _behind_the_doer(sent, verb, after, lang)
    if before is not None and _after_its_people(verb, before, after):
        after = None
    if after is not None and verb.entry.info.number == "s":
        if sent.form(after.first - 1) == "مع" and after.first - 1 > verb.last:
            after = and_himself(sent, after.first - 1, lang) or after
        with_companions(sent, after, lang)
    if _of_both(sent, verb, name, lang):
        return []  # "dozens were killed and wounded": no one knows how many of each
    group = after or before
    if group is None or (after is None and group.definite and group.bare and group.is_agent):
        return []
    if after is None and group.bare and group.low > 1 and verb.entry.info.number == "s" and group.first > 0:
        group = _one_of_them(sent, group)
    if group.bare and group.definite and not words(lang)["total_of"].isdisjoint(sent.forms[group.first : group.last]):
        return []  # "the martyrs who fell": those told of before
    return [Told(name, group, min(verb.first, group.first), max(verb.last, group.last), verb.first, sent)]


def _after_its_people(verb: Hit, before: Group, after: Group | None) -> bool:
    """Whether a plural verb has its people before it: a number right there (14 من جنوده قتلوا), or none of its own behind it."""
    if verb.entry.info.number != "p":
        return False
    right_before = before.last == verb.first and not before.bare and not verb.prefix
    return after is None or right_before or (after.bare and not before.is_agent)


def _one_of_them(sent: Sentence, group: Group) -> Group:
    """Those before a singular verb, with one who holds an office told right before them: he is the one whom it tells of (مدير شرطة المدينة قتل)."""
    head = sent.in_set("offices", group.first - 2, group.first)
    if head is None or head.definite:
        return group
    return Group(1, 1, 1, head.first, group.last, dict.fromkeys(group.by, 1), group.who, bare=True)


def _upon(sent: Sentence, verb: Hit, lang: str) -> int:
    """The token from which those whom `verb` hit are sought: beyond على for a verb that takes it (قضت القوات على ثلاثة)."""
    if sent.form(verb.last) in words(lang)["self"] and sent.form(verb.last + 1) == "and":
        return verb.last + 2  # "killing himself and four gendarmes"
    if verb.entry.info.lemma not in words(lang)["with_upon"]:
        return verb.last
    for at in range(verb.last, verb.last + 2 * REACH):
        if sent.form(at) == "علي":
            return at + 1
        if sent.form(at) in words(lang)["prepositions"] or sent.starts(at, "trigger"):
            break  # "two children died of a shell that fell on"
    return verb.last


def _behind_the_doer(sent: Sentence, verb: Hit, after: Group | None, lang: str) -> Group | None:
    """The people whom the doer behind an active verb hit; `after` itself where the subject stands before the verb, or where it is no doer."""
    fronted = any(a.last == verb.first and not a.prefix.startswith(("ل", "ب")) for a in sent.layer("actor"))
    if after is None or fronted or verb.entry.info.voice == "p" or not after.is_agent:
        return after
    victims = object_of(sent, after.last, lang)
    if victims is None and verb.entry.info.lemma in words(lang)["done_by_militants"]:
        return Group(1, 1, 1, after.last, after.last, {"unknown": 1}, bare=True)  # somebody named
    return victims if victims is not None else after


def _of_both(sent: Sentence, verb: Hit, name: TollName, lang: str) -> bool:
    """Whether "and" joins the verb to one of another toll right beside it, so that the two share their people (قتل وأصيب العشرات)."""
    others = {lemma for other in ("killed", "injured") if other != name for lemma in _heads("ar")[other]["verb"]}
    singular = verb.entry.info.number == "s"  # of the plural the people stand before it (مئة قتلوا وأصيب عشرة)
    beside = [*sent.starts(verb.last, "trigger")] if singular and sent.form(verb.last).startswith("و") else []
    if verb.prefix.startswith("و"):
        before = (h for h in sent.starts(verb.first - 1, "trigger") if h.last == verb.first and h.entry.info.pos == "verb")
        beside += [h for h in before if h.entry.info.number == "s"]
    beside = [h for h in beside if h.entry.info.pos == "verb" and h.entry.info.lemma in others]
    if name not in ("killed", "injured") or not beside:
        return False
    earlier = min(verb.first, *(h.first for h in beside))
    subject = group_before(sent, earlier, lang)  # "a soldier was killed and another wounded": each has its own
    if subject is not None and subject.best == 1 and sent.form(subject.first - 1) in roles("ar")["openers"]:
        return False  # "that a professor at the university was killed and six people were wounded"
    return subject is None or earlier - subject.last > 1 or not subject.bare


def _head_then_group(sent: Sentence, at: int, after: int, name: TollName, lang: str) -> list[Told]:
    both = sent.form(after).startswith("و") and any(
        _head(sent, after, _heads(lang)[other]["head"]) for other in TOLLS if other != name
    )
    after_other = sent.form(at).startswith("و") and any(
        _head(sent, at - 1, _heads(lang)[other]["head"]) for other in TOLLS if other != name
    )
    if both or after_other:
        return []  # "killed and injured" together: no one knows how many of each
    if name == "killed" and any(sent.form(k) in _heads(lang)[name]["after"] for k in range(after, after + REACH)):
        return []  # "met with their death": told by that word
    group = search(sent, after, lang)
    if group is not None and sent.form(at).endswith(_CLAIMED) and not sent.form(group.first).startswith("ب"):
        group = search(sent, group.last, lang)  # أودت ثلاث شاحنات بحياة: the dead stand behind ب
        if group is None or not sent.form(group.first).startswith("ب"):
            return []
    if group is not None and group.definite and group.bare and group.best is None:
        return []  # "the victims fell": those told of before
    if group is not None and name == "killed" and group.bare and _a_relative(group):
        return []  # "proud of his son's martyrdom": one of those told before
    if group is not None and not group.who and sent.form(at) in words(lang)["of_things"]:
        return []
    if group is None:
        return _suffixed(sent, at, name, lang)
    if lang == "en" and {sent.form(group.last), sent.form(group.last + 1)} & _heads(lang)["injured"]["after"]:
        return []  # "left 29 people injured"
    return [Told(_by_noun(sent, group, name, lang), group, at, group.last, at, sent)]


def _by_noun(sent: Sentence, group: Group, name: TollName, lang: str) -> TollName:
    """What "fell" tells is said by the counted noun: سقوط عشرة جرحى are ten wounded."""
    own = _heads(lang)
    nouns = [n for k in range(group.first, group.last) for n in ("killed", "injured") if sent.form(k) in own[n]["own"]]
    return "injured" if name == "killed" and nouns[:1] == ["injured"] else name


def _a_relative(group: Group) -> bool:
    """Whether a group is told by whose it is alone (ابنه); "one of its soldiers" is counted."""
    return bool(group.who) and getattr(group.who[0].entry.info, "possessed", False)


def _suffixed(sent: Sentence, at: int, name: TollName, lang: str) -> list[Told]:
    """A head whose victim has a name we must not read as a group: مقتل القيادي فلان is found as a noun; a bare name is one person."""
    form = sent.form(at + 1)
    if (
        lang != "ar"
        or not form
        or form in STOP
        or form in words("ar")["prepositions"]
        or name != "killed"
        or form.startswith("و")
    ):
        return []
    if (
        sent.form(at) not in ("مقتل", "اغتيال", "بمقتل", "استشهاد", "ومقتل", "واغتيال")
        or sent.starts(at + 1, "actor")
        or sent.starts(at + 1, "place")
        or sent.form(at - 1) in words(lang)["tries"]
        or sent.form(at + 1) in firsts(words(lang)["several"])
    ):
        return []
    return [Told(name, Group(1, 1, 1, at + 1, at + 2, {"unknown": 1}, bare=True), at, at + 2, at, sent)]


def _own(sent: Sentence, at: int, lang: str) -> list[Told]:
    """A number with a noun that itself tells: 3 قتلى و20 جريحا; 12 dead."""
    for name in TOLLS:
        if sent.form(at) not in _heads(lang)[name]["own"]:
            continue
        number = next((n for n in sent.numbers if n.last == at and n.first < at), None)
        number = number or (_beyond_adjectives(sent, at) if lang == "en" else None)
        if number is None:
            return _without_number(sent, at, name, lang) if name in ("killed", "injured") else []
        if lang == "ar" and any(
            sent.form(k).removeprefix("و") in _heads(lang)[o]["own"] and sent.form(k).startswith("و")
            for k in (at + 1,)
            for o in TOLLS
        ):
            return []  # "66 dead and wounded": no one knows how many of each
        at_least = said_before(sent, number.first, words(lang)["at_least"]) or bool(
            said(sent, at + 1, words(lang)["after_at_least"])
        )
        low = int(number.value)
        group = Group(low, None if number.loose else low, None if number.loose or at_least else low, number.first, at + 1)
        if (least := lower_of(sent, number)) is not None:  # "between 20 and 30 dead"
            group.low, group.best, group.high, group.first, low = int(least.value), None, low, least.first, int(least.value)
        follow = group_at(sent, at + 2, lang) if sent.form(at + 1) in words(lang)["of"] else None
        group.by = {next(iter(follow.by)): low} if follow and follow.by else {"unknown": low}
        group.who = follow.who if follow else []
        return [Told(name, group, number.first, at + 1, at, sent)]
    return []


def _beyond_adjectives(sent: Sentence, at: int) -> Number | None:
    """The number of an English noun that adjectives describe ("seven decomposed and handcuffed bodies")."""
    number = next((n for n in reversed(sent.numbers) if n.last < at and at - n.last <= _ADJECTIVES), None)
    between = range(number.last, at) if number else ()
    return number if all(sent.form(k) in (",", "and") or sent.form(k).endswith(_PARTICIPLE) for k in between) else None


_ADJECTIVES, _PARTICIPLE = 4, ("ed", "ing", "less", "y", "en", "n")


def _without_number(sent: Sentence, at: int, name: TollName, lang: str) -> list[Told]:
    """A noun that tells of dead or wounded with no number before it: a dual, "several", or after "fell"."""
    if lang != "ar":
        return []
    form = sent.form(at)
    if (bare := _bare_own(sent, at, name)) is not None:
        return [bare]
    if form.startswith("وال") and said_before(sent, at - 1, words(lang)["several"]):
        return [Told(name, Group(2, None, None, at, at + 1, {"unknown": 2}, bare=True), at, at + 1, at, sent)]
    if form.startswith(("و", "ال", "بال", "لل")) or said_before(sent, at, words(lang)["none"]):
        return []
    group = group_at(sent, at, lang) if sent.form(at - 1) in ("سقوط", "سقط", "وقوع", "خلف", "اوقع") else None
    return [Told(name, group, at, at + 1, at, sent)] if group else []


def _bare_own(sent: Sentence, at: int, name: TollName) -> Told | None:
    """Without a number: a dual says two (أردوهما قتيلين، أسفر عن جريحين); "dead and wounded fell" is at least two of each, "several of
    the wounded" at least two; the accusative of one is one who fell so (أردوه قتيلا)."""
    form, before = sent.form(at), sent.form(at - 1)
    dead_before = before in _heads("ar")["killed"]["own"] and sent.form(at - 2) in words("ar")["befall"]
    if name == "injured" and form == "وجرحي" and dead_before:
        return Told(name, Group(2, None, None, at, at + 1, {"unknown": 2}, bare=True), at, at + 1, at, sent)
    if form.endswith(("ين", "ان")) and form in words("ar")["two"]:
        return Told(name, Group(2, 2, 2, at, at + 1, {"unknown": 2}, bare=True), at, at + 1, at, sent)
    if form.startswith("ال") and said_before(sent, at, words("ar")["several"]):
        return Told(name, Group(2, None, None, at, at + 1, {"unknown": 2}, bare=True), at, at + 1, at, sent)
    if form in words("ar")["fell_as"]:  # "they shot him dead"
        return Told(name, Group(1, 1, 1, at, at + 1, {"unknown": 1}, bare=True), at, at + 1, at, sent)
    return None
