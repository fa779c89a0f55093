"""Numbers of people: "ضابط و3 جنود", "ما لا يقل عن 20 شخصا", "dozens of civilians", read as low, best, high and by group."""

from dataclasses import dataclass, field
from functools import cache

from marsad.read.annotate import Sentence
from marsad.read.lexicon import QUOTES, Hit, People
from marsad.read.load import book, grammar, grammar_of
from marsad.read.nouns import behind_a_nation, noun_of, number_of, past_adjectives
from marsad.read.phrases import said, said_before, said_by, words
from marsad.text.numerals import Number

_LOOK_ON = 3


@dataclass(slots=True)
class Group:
    """A number of people told in one noun phrase, tokens first up to last. bare: no number stood there, only a noun."""

    low: int
    best: int | None
    high: int | None
    first: int
    last: int
    by: dict[str, int] = field(default_factory=dict)
    who: list[Hit] = field(default_factory=list)
    bare: bool = False
    definite: bool = False

    @property
    def is_agent(self) -> bool:
        """Whether they stand as the doer beside an active verb: militants or a force, with no number, known or several."""
        return self.bare and any(
            h.entry.layer == "actor" or h.entry.info.group in ("militants", "security_forces") for h in self.who
        )

    def add(self, other: "Group") -> None:
        """Join a coordinated phrase."""
        self.low += other.low
        self.best = None if self.best is None or other.best is None else self.best + other.best
        self.high = None if self.high is None or other.high is None else self.high + other.high
        for name, n in other.by.items():
            self.by[name] = self.by.get(name, 0) + n
        self.who += other.who
        self.last = other.last
        self.bare = self.bare and other.bare


def group_at(sent: Sentence, at: int, lang: str, *, toll: bool = False) -> Group | None:
    """The people counted by the phrase that begins at token `at`; coordinated phrases are summed.

    toll: a number without a noun counts people here (مقتل 31 في ...).
    """
    group = _one(sent, at, lang, toll)
    while group is not None:
        joined = _joined(sent, group.last, lang) or _after_a_name(sent, group, lang) or _after_whose(sent, group, lang)
        if joined is None or (_wounded(sent, joined, lang) and not _wounded(sent, group, lang)):
            break  # "28 dead and 45 wounded" are two tolls
        one = joined.bare and joined.low == 1 and not joined.definite
        if lang == "ar" and group.low > 10 and not group.bare and one:
            group.last = joined.last  # "13 soldier-and-policeman": one number for both
            continue
        if lang == "en" and not group.bare and _bare_plural(sent, joined):
            group.last = joined.last  # "70 soldiers and rebels": one number for both
            group.who += joined.who
            group.by = group.by if set(group.by) == set(joined.by) else {"unknown": group.low}
            continue
        if lang == "ar" and joined.bare and joined.definite and not group.bare and not _of_theirs(joined):
            group.last = joined.last  # "six men of the army and the police"
            group.who += joined.who
            continue
        group.add(joined)
    return group


def _bare_plural(sent: Sentence, group: Group) -> bool:
    """Whether people are told by a plural alone, with no word for how many ("rebels", not "several rebels")."""
    return group.bare and group.best is None and not said(sent, group.first, words("en")["several"])


def _after_a_name(sent: Sentence, group: Group, lang: str) -> Group | None:
    """Those told with one person beyond a name or whose chief it was: "Colonel A. B. and two of his guards", "a tribe's sheikh and his son"."""
    if not group.bare or group.low != 1 or group.best != 1:
        return None
    if lang == "en":
        return _and_others(sent, group)
    where = False
    for at in range(group.last + 1, group.last + _NAME):
        before = sent.form(at - 1)
        where = where or before in words(lang)["prepositions"]
        if not (before.isalpha() or before in QUOTES) or sent.starts(at - 1, "trigger") or sent.starts(at - 1, "verb"):
            return None
        if sent.form(at).startswith("و") and (joined := _joined(sent, at, lang)) is not None:
            return joined if are_others(sent, joined, lang) or (_of_theirs(joined) and not where) else None
    return None


def are_others(sent: Sentence, group: Group, lang: str) -> bool:
    """Whether people told behind "and" are some beside one told before: others, or so many of his (ثلاثة آخرون، اثنان من حراسه)."""
    form, after = sent.form(group.last - 1), sent.form(group.last)
    theirs = form.endswith(_THEIRS) or (after.endswith(_THEIRS) and after not in words(lang)["prepositions"])
    return not group.bare and (not _OTHERS.isdisjoint((form, after)) or theirs or _of_theirs(group))


def _after_whose(sent: Sentence, group: Group, lang: str) -> Group | None:
    """Those told with others beyond whose men they were (18 فردا من قوات الحكومة و14 مقاتلا)."""
    if lang != "ar" or group.bare or sent.form(group.last) != "من":
        return None
    for at in range(group.last + 1, group.last + _NAME + 2):
        if sent.form(at).startswith("و") and not sent.starts(at - 1, "trigger"):
            joined = _joined(sent, at, lang)
            return joined if joined is not None and not joined.bare else None
        if not sent.form(at).isalpha() or sent.form(at) in words(lang)["prepositions"] or sent.starts(at, "verb"):
            return None
    return None


def _and_others(sent: Sentence, group: Group) -> Group | None:
    """Those told with one person behind a name and who he was ("Brigadier General X, the chief of Y, and seven other people")."""
    for at in range(group.last, min(group.last + 3 * _NAME, len(sent.toks))):
        if sent.starts(at, "trigger") or sent.starts(at, "verb") or sent.form(at) in (".", ";", ":"):
            return None
        number = number_of(sent, at + 1) if sent.form(at) == "and" else None
        if number is not None and (sent.form(number.last) in _OTHERS or sent.form(number.last + 1) in _POSSESSIVES):
            others = _one(sent, at + 1, "en", True)
            return others if others and not said_by(sent, others.last) else None
    return None


_OTHERS = grammar("counts", "others")
_NAME = 6  # tokens: a name of three words, and a rank


def _of_theirs(group: Group) -> bool:
    """ "Three soldiers and their commander": a pronoun makes one more, the article only tells whose they are."""
    return group.best is not None and bool(group.who) and bool(group.who[0].suffix)


def _wounded(sent: Sentence, group: Group, lang: str) -> bool:
    """Whether the counted noun itself tells that these were wounded (45 جريحا)."""
    return not wounded_words(lang).isdisjoint(sent.forms[group.first : group.last])


@cache
def wounded_words(lang: str) -> frozenset[str]:
    """The nouns that tell so, also with "and" written onto them."""
    own = book(lang, "tolls")["injured"]["own"]
    return frozenset(own) | frozenset("و" + word for word in own)


def _joined(sent: Sentence, at: int, lang: str) -> Group | None:
    """A further phrase joined by "and" (Arabic: the prefix و) right at `at`."""
    if lang == "ar":
        if sent.form(at) == "برتبه":
            at += 2  # "two officers of the rank of major, and"
        form = sent.form(at)
        if form == "و":
            return _one(sent, at + 1, lang, False)
        if not form.startswith("و") or sent.starts(at, "trigger"):
            return None
        about = at + 1 if form[1:] in words(lang)["about"] else at  # "200 gunmen and about 50 soldiers"
        return _one(sent, about, lang, False)
    if sent.form(at - 1) in words("en")["ends_a_toll"]:
        return None  # "one person dead and 13 others injured"
    here = at + 1 if sent.form(at) == "," else at
    if here > at and sent.form(here) in ("a", "an", *_POSSESSIVES):
        one = _one(sent, here, lang, False)
        return None if one and said_by(sent, one.last) else one
    listed = number_of(sent, here) if here > at else None  # "six policemen, three civilians"; not "two of them"
    people = noun_of(sent, at - 1)  # of "eleven people, four children" the second are part of the first
    apart = people is not None and people.entry.info.group != "unknown"
    if sent.form(here) == "and" or (listed is not None and apart and sent.form(listed.last) != "of"):
        group = _one(sent, here + (sent.form(here) == "and"), lang, False)
        if group and here > at and said_by(sent, group.last):
            return None
        return group if group and not group.definite else None
    return None


def _upper(sent: Sentence, lower: Number) -> Number | None:
    """The upper bound of a range of which `lower` is the lower one: بين عشرة وخمسة عشر, "between 20 and 30"."""
    if sent.form(lower.first - 1) not in ("بين", "between"):
        return None
    joined = (n for n in sent.numbers if 0 <= n.first - lower.last <= 1 and n.value > lower.value)
    return next((n for n in joined if sent.form(lower.last).startswith("و") or sent.form(lower.last) == "and"), None)


def _range(lower: Number, upper: Number, group: Group | None) -> Group | None:
    """The people of the upper bound as a range ("between ten and fifteen fighters")."""
    if group is not None:
        group.low, group.best, group.high, group.first = int(lower.value), None, int(upper.value), lower.first
        group.by = dict.fromkeys(group.by, group.low)
    return group


def lower_of(sent: Sentence, upper: Number) -> Number | None:
    """The lower bound of a range of which `upper` is the upper one."""
    return next((n for n in sent.numbers if n.last <= upper.first <= n.last + 1 and _upper(sent, n) is upper), None)


_POSSESSIVES = grammar("counts", "possessives")
_THEIRS = tuple(sorted(grammar("counts", "theirs")))


def _one(sent: Sentence, at: int, lang: str, toll: bool) -> Group | None:
    number = number_of(sent, at)
    if number is not None and (upper := _upper(sent, number)) is not None:
        return _range(number, upper, _one(sent, upper.first, lang, toll))
    if number is None and lang == "en" and _opens_a_number(sent, at):
        group = _one(sent, at + 1, lang, toll)
        if group is not None and said_before(sent, at, words(lang)["at_least"]):
            group.high = None  # "at least a dozen"
        return group
    if number is None:
        if toll and sent.form(at) in words(lang)["ordinals"] and noun_of(sent, at + 1) is None:
            return Group(1, 1, 1, at, at + 1, {"unknown": 1}, bare=True)  # "and the wounding of a fourth"
        return _bare(sent, at, lang)
    here = said(sent, number.last, words(lang)["after_at_least"]) or number.last
    at_least = here > number.last
    here = behind_a_nation(sent, _of(sent, here, lang), lang)
    noun = noun_of(sent, here) or (
        noun_of(sent, here + 1) if lang == "en" and sent.toks[here : here + 1] != [] and sent.form(here).isalpha() else None
    )
    if noun is not None and lang == "ar" and noun.prefix.startswith("و"):
        noun = None  # "32, and the wounding of": what follows "and" is counted by itself
    if noun is not None and noun.entry.info.not_people:
        if not noun.definite:
            return None
        noun = None  # "173 today": a number never counts a known thing
    among = sent.form(here) in words(lang)["subset"]  # "six, among them five soldiers"
    people = lang == "ar" and bool(sent.starts(here, "demonym"))  # "90 Australians"
    people = people or (lang == "ar" and here > number.last and bool(sent.starts(here + 1, "actor")))  # "ten of the staff of"
    people = people or (lang == "ar" and here > number.last and sent.form(here).endswith(_THEIRS))  # "two of his customers"
    if noun is None and not (toll or among or people) and not sent.starts(here, "actor"):
        return None
    if noun is None and _counts_things(sent, here, lang):
        return None
    last = past_adjectives(sent, noun.last, lang) if noun else past_adjectives(sent, here, lang) if people else number.last
    after = said(sent, last, words(lang)["after_at_least"])
    at_least = at_least or bool(after) or said_before(sent, at, words(lang)["at_least"])
    value = int(number.value)
    group = Group(value, None if number.loose else value, None if number.loose or at_least else value, at, after or last)
    _describe(sent, group, noun, here, lang)
    return group


def _opens_a_number(sent: Sentence, at: int) -> bool:
    """Whether the number of a group begins behind the word at `at` ("her two children", "a dozen soldiers")."""
    number = number_of(sent, at + 1)
    if number is None:
        return False
    return sent.form(at) in _POSSESSIVES or (sent.form(at) == "a" and sent.form(at + 1).isalpha() and number.last == at + 2)


def _counts_things(sent: Sentence, at: int, lang: str) -> bool:
    """A number whose next word is a noun we do not know counts something else (unless a preposition or mark follows)."""
    form = sent.form(at)
    if not form or not form.isalpha():
        return form in ("%", "٪", "$")
    return form in _THINGS.get(lang, frozenset())


_THINGS = grammar_of("counts", "things")


def _of(sent: Sentence, at: int, lang: str) -> int:
    return at + 1 if sent.form(at) in words(lang)["of"] else at


def _bare(sent: Sentence, at: int, lang: str) -> Group | None:
    """A noun without a number: one, two, or at least two."""
    several = said(sent, at, words(lang)["several"])
    here = several or at
    if lang == "ar" and sent.form(at) in words(lang)["one_of"]:
        among = noun_of(sent, at + 1)
        if among is not None and among.entry.info.number == "p" and not among.entry.info.not_people:
            return _one_of(sent, at, among)
    if lang == "en":
        here += sent.form(here) in ("the", "a", "an", *_POSSESSIVES)
        here = behind_a_nation(sent, here, lang)
    noun = noun_of(sent, here)
    if several and noun is None and sent.form(here) in words(lang)["subset"]:
        return Group(2, None, None, at, here + 1, {"unknown": 2}, bare=True)  # "several of them"
    if noun is None and lang == "en" and _may_describe(sent, here):
        noun = noun_of(sent, here + 1)  # an adjective: "an Iraqi soldier"
    if noun is None or noun.entry.info.not_people or (lang == "en" and _describes_an_act(sent, noun)):
        return None
    info: People = noun.entry.info
    last = past_adjectives(sent, noun.last, lang)
    after = said(sent, last, words(lang)["after_at_least"])
    if not several and not after and sent.form(last) in words(lang)["exactly_two"]:
        group = Group(2, 2, 2, at, last + 1)
    elif several or info.number == "p":
        group = Group(2, None, None, at, after or last, bare=True)
    else:
        n = 2 if info.number == "d" else 1
        group = Group(n, n, None if after else n, at, after or last, bare=True)
    group.definite = (noun.definite and not several) or (lang == "en" and sent.form(here - 1) == "the")
    _describe(sent, group, noun, here, lang)
    return group


def _one_of(sent: Sentence, at: int, noun: Hit) -> Group:
    """ "One of its soldiers" (أحد جنودها) is one."""
    group = Group(1, 1, 1, at, noun.last, bare=True)
    _describe(sent, group, noun, at + 1, "ar")
    return group


def _may_describe(sent: Sentence, at: int) -> bool:
    """Whether the English word at `at` can be the adjective of a noun after it."""
    form = sent.form(at)
    return form.isalpha() and form not in words("en")["no_adjective"] and not sent.starts(at, "trigger")


def _describes_an_act(sent: Sentence, noun: Hit) -> bool:
    """ "Terrorist rocket attacks": in English a noun for people before a weapon or an act is an adjective."""
    if any(h.first <= noun.first and noun.last < h.last for h in sent.layer("weapon")):
        return True  # "fighter jets"
    if any(sent.in_set(name, noun.last, noun.last + 1) for name in ("base", "beside")):
        return True  # "a police outpost"
    at = noun.last + bool(sent.starts(noun.last, "weapon"))
    acts = sent.starts(at, "trigger")
    return any(h.entry.info.pos == "noun" for h in acts) and not any(h.entry.info.pos == "verb" for h in acts)


_WHEN = grammar("counts", "when")


def _describe(sent: Sentence, group: Group, noun: Hit | None, at: int, lang: str) -> None:
    """Whose people they are: by the noun, or by the force named within the next words (عناصر من الشرطة)."""
    name = noun.entry.info.group if noun else "unknown"
    if noun:
        group.who.append(noun)
        group.last = max([group.last, *(a.last for a in sent.starts(noun.first, "actor"))])  # "33 fighters of al-Qaeda"
    for here in range(noun.last if noun else at, min(group.last + _LOOK_ON, len(sent.toks))):
        if sent.form(here) in "،,.؛:" or sent.starts(here, "trigger") or sent.form(here) in _WHEN:
            break
        if here > group.first and (number_of(sent, here) is not None or sent.starts(here, "weapon")):
            break  # the next group of the list; with what, and by whom
        if here > group.first and lang == "ar" and sent.form(here).startswith("و") and sent.starts(here, "people"):
            break
        actor = next(iter(sent.starts(here, "actor")), None)
        more = noun_of(sent, here) if here > group.first and sent.form(here - 1) in ("من", "في", "ب", "of", "from") else None
        if actor is not None:
            group.who.append(actor)
            group.last = max(group.last, actor.last)
            if lang == "ar" and sent.form(actor.last).startswith("ال") and not sent.starting.get(actor.last):
                group.last = actor.last + 1  # its adjective
            if name == "unknown":
                name = {"armed_group": "militants", "unknown": "militants", "broad": "militants"}.get(
                    actor.entry.info[0], "security_forces"
                )
                if actor.entry.info[0] in ("government", "political", "international"):
                    name = "unknown"
            break
        if more is not None and more.entry.info.group != "unknown" and name == "unknown" and not more.entry.info.not_people:
            name = more.entry.info.group
            whose = next(iter(sent.starts(more.last, "actor")), more) if lang == "ar" else more
            group.who.append(whose)  # "of the militias of the government"
            break
    group.by = {name: group.low}
