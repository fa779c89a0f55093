"""Who is named: forces, armed groups, states and broad groups of people, by canonical names, with the words that name them."""

from dataclasses import dataclass
from functools import cache

from marsad.read.annotate import Annotated, Sentence
from marsad.read.lexicon import QUOTES, Entry, Hit
from marsad.read.load import forces_of, rows
from marsad.records import Party, Span
from marsad.scales import FAMILY_OF, Family

_FORCE_NAMES = {
    "military": "Armed Forces",
    "police": "police",
    "security forces": "security forces",
    "air force": "Armed Forces",
}
_WHO = {"army": "military", "police": "police", "security": "security forces"}
_ARMED = frozenset(("armed_group", "militia", "unknown"))
_COALITIONS = {"YE": "Saudi-led coalition", "SA": "Saudi-led coalition"}
_EARLIER = {"IQ": ("Multi-National Force - Iraq", 2010), "AF": ("International Security Assistance Force", 2014)}
"""Country -> the coalition that fought there, and the last year in which it did."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in a sentence, tokens first up to last, that names one party, or two that share a noun. side: armed, state, civil."""

    first: int
    last: int
    parties: tuple[Party, ...]
    prefix: str
    side: str

    @property
    def bound(self) -> bool:
        """Whether a preposition is written onto it (للحوثيين، بالجيش)."""
        return any(letter in self.prefix.removesuffix("ال") for letter in "بلك") or self.prefix.endswith("لل")


def force_name(force: str, country: str) -> str:
    """ "military" of IQ -> Iraqi Armed Forces; the broad name where no country is known."""
    demonym, armed = forces_of(country)
    if not demonym:
        return force
    if _FORCE_NAMES.get(force) == "Armed Forces":
        return armed or f"{demonym} Army"
    return f"{demonym} {_FORCE_NAMES.get(force, force)}"


def span_of(note: Annotated, hit: Hit) -> Span:
    """The span of a hit in the report's text."""
    return Span(*note.folded.span(hit.start, hit.end))


def named(note: Annotated, sent: Sentence, hit: Hit, home: str) -> Party | None:
    """The party an actor names; bare forces belong to the country told beside them, else `home`."""
    kind, country = hit.entry.info[:2]
    if kind != "force":
        return Party(hit.entry.value, span_of(note, hit))
    if hit.entry.value == "Coalition":
        return Party(_coalition(note, home), span_of(note, hit))
    beside = next((d.entry.value for k in (hit.last, hit.last + 1, hit.first - 1) for d in sent.starts(k, "demonym")), "")
    return Party(force_name(hit.entry.value, beside or country or home), span_of(note, hit))


_NO_FORCE = frozenset(("broad", "broad_civil", "unknown", "political"))


def _coalition(note: Annotated, home: str) -> str:
    """The coalition meant by the bare word, by where and when the news is of."""
    name, last = _EARLIER.get(home, ("", 0))
    if note.published is not None and note.published.year <= last:
        return name
    return _COALITIONS.get(home, "Coalition against the Islamic State")


def people_party(note: Annotated, sent: Sentence, hit: Hit, home: str) -> Party | None:
    """The broad group or force a noun for people stands for; None for people of no group (persons, victims)."""
    who = hit.entry.info.who
    if not who:
        return None
    if who in _WHO:
        if _possessed(sent, hit, note.lang) and _land_before(sent, hit.first):
            return None  # "its soldiers": those of the country told before
        beside = next((d.entry.value for k in (hit.last, hit.last + 1) for d in sent.starts(k, "demonym")), "")
        force = next((a for k in range(hit.last, hit.last + 3) for a in sent.starts(k, "actor")), None)
        if note.lang == "en":  # "a British soldier", "a police colonel"
            beside = beside or next((d.entry.value for d in sent.layer("demonym") if d.last == hit.first), "")
            force = force or next((a for a in sent.layer("actor") if a.last == hit.first), None)
        if force is not None and force.entry.info[0] not in _NO_FORCE:
            return named(note, sent, force, home)
        return Party(force_name(_WHO[who], beside or home), span_of(note, hit))
    if who == "militants":
        meant = next((g.entry.info[1].get(home) for g in sent.starts(hit.first, "generic")), None)
        return Party(meant or "unknown armed group", span_of(note, hit))
    return Party(who, span_of(note, hit))


def _possessed(sent: Sentence, hit: Hit, lang: str) -> bool:
    """Whether a pronoun tells whose they are: جنودها, "its remaining troops"."""
    return bool(hit.suffix) if lang == "ar" else any(sent.form(k) in ("its", "their") for k in (hit.first - 1, hit.first - 2))


def _land_before(sent: Sentence, at: int) -> bool:
    """Whether a country is named before token `at`."""
    return any(h.first < at and h.entry.info[0][0].kind == "country" for h in sent.layer("place"))


def mentions(note: Annotated, sent: Sentence, home: str) -> list[Mention]:
    """Every mention of `sent` that can play a part in an event, in order; none inside another."""
    doings = {k for t in sent.layer("trigger") if t.last - t.first > 1 for k in range(t.first, t.last)}  # "armed attack"
    actors = [
        a for a in sent.layer("actor") if not (a.entry.value in _NAMELESS and (a.first in doings or _described(sent, a)))
    ]
    if note.lang == "en":  # "coalition warplanes": whose they are stands before
        ends = {a.last for a in actors if a.entry.info[0] != "force"}
        actors = [a for a in actors if a.entry.info[0] != "force" or a.first not in ends]
    longest = {a.first: a.last for a in sorted(actors, key=lambda a: a.last)}
    actors = [a for a in actors if a.last == longest[a.first]]
    covered = {k for a in actors for k in range(a.first, a.last)}
    found = [m for hit in actors if (m := _of_actor(note, sent, hit, home))]
    armed = {k for w in sent.layer("weapon") if w.last - w.first > 1 for k in range(w.first, w.last)}  # "without a pilot"
    for hit in sent.layer("people"):
        if (
            hit.first in covered | doings | armed
            or sent.form(hit.first) == "العسكري"  # an adjective, and a name
            or hit.entry.info.not_people
            or _described(sent, hit)
            or _after_name(sent, hit, covered)
        ):
            continue
        party = people_party(note, sent, hit, home)
        if party is not None:
            found.append(Mention(hit.first, hit.last, (party,), hit.prefix, _SIDES.get(hit.entry.info.group, "civil")))
    taken = covered | {k for m in found for k in range(m.first, m.last)}
    found += _by_demonym(note, sent, taken) + _states(note, sent, taken)
    return sorted({m.first: m for m in reversed(found)}.values(), key=lambda m: (m.first, -m.last))


_SIDES = {"militants": "armed", "security_forces": "state"}
_NAMELESS = frozenset(("militants", "unknown armed group", "insurgents", "Islamist militants"))


def _described(sent: Sentence, hit: Hit) -> bool:
    """A nameless noun beside the name of the group ("fighters of the Houthis", "Islamic State militants"): the name tells more."""
    return hit.entry.value in _NAMELESS and (_name_after(sent, hit) is not None or _name_before(sent, hit))


def _name_after(sent: Sentence, hit: Hit) -> Hit | None:
    """The named group right after a noun, or after "of"."""
    at = hit.last + (sent.form(hit.last) in ("من", "of", "from"))
    at += bool(sent.starts(at, "generic")) and not sent.starts(at, "actor")  # "fighters of the organisation X"
    named_group = next(
        (
            a
            for a in sent.starts(at, "actor")
            if a.entry.info[0] in ("armed_group", "militia") and a.entry.value not in _NAMELESS
        ),
        None,
    )
    return named_group or next(
        (
            p
            for p in sent.starts(at, "people")
            if p.entry.info.group == "militants" and p.entry.info.who not in ("", "militants")
        ),
        None,
    )


def _name_before(sent: Sentence, hit: Hit) -> bool:
    return sent.toks[hit.first].kind == "latin" and any(
        a.last == hit.first and a.entry.info[0] in ("armed_group", "militia") and a.entry.value not in _NAMELESS
        for a in sent.layer("actor")
    )


def _noun_before(sent: Sentence, hit: Hit) -> Hit | None:
    """The nameless noun that a name belongs to, so that the two are one mention ("gunmen of Boko Haram")."""
    if hit.prefix.startswith("و"):
        return None  # "the Houthis and the forces of X" are two
    at = hit.first - 1 - (sent.form(hit.first - 1) in ("من", "of", "from"))
    beside = [*sent.starts(at, "actor"), *sent.starts(at, "people")]
    return next((h for h in beside if h.entry.value in _NAMELESS and h.last == at + 1), None)


def _after_name(sent: Sentence, hit: Hit, covered: set[int]) -> bool:
    """ "The terrorist organisation X": a noun that only describes the name before it."""
    at = hit.first - 1
    while at >= 0 and sent.form(at) in QUOTES:
        at -= 1
    return (
        at in covered
        and hit.entry.info.group == "militants"
        and not hit.prefix.startswith("و")
        and hit.prefix.removesuffix("ال") == ""
    )


def _of_actor(note: Annotated, sent: Sentence, hit: Hit, home: str) -> Mention | None:
    if sent.form(hit.first - 1) in _BRANCH:
        return None  # "the branch of al-Qaeda": another's name for the group told before
    if hit.entry.info[0] == "force" and _possessed(sent, hit, note.lang) and _land_before(sent, hit.first):
        return None  # "its troops"
    party = named(note, sent, hit, home)
    if party is None:
        return None
    kind = hit.entry.info[0]
    side = "armed" if kind in _ARMED else "civil" if kind in ("broad_civil", "international", "political") else "state"
    if kind == "broad":
        side = "armed" if "militant" in hit.entry.value else "civil"
    if kind in ("armed_group", "militia") and (noun := _noun_before(sent, hit)) is not None:
        return Mention(noun.first, hit.last, (party,), noun.prefix, side)
    shared = next((d for d in sent.starts(hit.last, "demonym") if d.prefix.startswith("و")), None)
    if shared is None or side != "state":
        return Mention(hit.first, hit.last, (party,), hit.prefix, side)
    other = Party(force_name("military", shared.entry.value), span_of(note, shared))
    return Mention(hit.first, shared.last, (party, other), hit.prefix, side)


_BRANCH = frozenset(("ذراع", "فرع", "branch"))


def _by_demonym(note: Annotated, sent: Sentence, taken: set[int]) -> list[Mention]:
    """Forces named by what they are and whose: طائرات روسية، مدفعية تركية، 3,000 Turkish soldiers."""
    found: list[Mention] = []
    for demonym in sent.layer("demonym"):
        places = _beside(sent, demonym, taken, note.lang)
        what = (
            None
            if demonym.first in taken
            else next((h for at in places if at not in taken and (h := _force_at(sent, at))), None)
        )
        if what is None:
            continue
        first, last = min(what.first, demonym.first), max(what.last, demonym.last)
        prefix = what.prefix if note.lang == "ar" else ""
        span = Span(*note.folded.span(sent.toks[first].start + len(prefix.removesuffix("ال")), sent.toks[last - 1].end))
        parties: tuple[Party, ...] = (Party(force_name("military", demonym.entry.value), span),)
        if found and found[-1].first == first:  # "Syrian and Russian aircraft"
            parties = (*found.pop().parties, *parties)
        found.append(Mention(first, last, parties, prefix, "state"))
    return found


def _beside(sent: Sentence, demonym: Hit, taken: set[int], lang: str) -> tuple[int, ...]:
    """Where the force of a demonym can stand: next to it, or beyond one adjective (الطائرات الحربية الروسية)."""
    if lang == "en":
        return (demonym.last, demonym.last + 1)
    far = demonym.first - 1 not in taken and sent.form(demonym.first - 1).startswith("ال")
    return (demonym.first - 1, demonym.first - 2) if far else (demonym.first - 1,)


def _states(note: Annotated, sent: Sentence, taken: set[int]) -> list[Mention]:
    """States as subjects of verbs (سحبت أستراليا وإسبانيا ...): their armed forces."""
    found: list[Mention] = []
    ordered = [h for h in sent.layer("place") if h.entry.info[0][0].kind == "country" and h.first not in taken]
    ordered = [h for h in ordered if not h.prefix.removeprefix("و").startswith(("ب", "ل", "ك"))]
    for hit in (
        ordered if note.lang == "ar" else reversed(ordered)
    ):  # an English list ends at its verb, an Arabic one begins there
        joined = bool(found) and _joined_states(sent, found[-1], hit, note.lang)
        if joined or subject_place(sent, hit, note.lang):
            name = force_name("military", hit.entry.info[0][0].country)
            party = Party(f"{hit.entry.info[0][0].name_en} Armed Forces" if name == "military" else name, span_of(note, hit))
            found.append(Mention(hit.first, hit.last, (party,), hit.prefix, "state"))
    return found


def _joined_states(sent: Sentence, last: Mention, hit: Hit, lang: str) -> bool:
    """Whether `hit` and the state found last stand in one list."""
    if lang == "ar":
        return hit.first - last.last <= 1 and hit.prefix.startswith("و")
    between = [sent.form(k) for k in range(hit.last, last.first)]
    return bool(between) and len(between) <= 3 and all(w in (",", "and", "the") for w in between)


def subject_place(sent: Sentence, hit: Hit, lang: str) -> bool:
    """Whether a country's name stands where a verb's subject does."""
    verb_at = hit.last + (lang == "en" and sent.form(hit.last) in ("will", "would", "has", "had", "may", "could", "also"))
    after = any(h.entry.info[0] != "ing" for h in sent.starts(verb_at, "verb"))
    if lang == "en":
        return after and sent.form(hit.first - 1) not in _EN_PREPOSITIONS
    before = [h for h in sent.starts(hit.first - 1, "verb") if h.entry.value not in _TAKES_A_PLACE]
    moved = any(FAMILY_OF[t.entry.info.kind] is Family.POSTURE for t in sent.starts(hit.first - 1, "trigger"))
    if sent.is_cue(hit.first - 1, "speech.verbs") and not moved:
        return False
    fronted = sent.form(hit.first - 1) in ("ان", "بان", "لان", "لكن", "") or not sent.form(hit.first - 1).isalnum()
    return bool(before) or (after and fronted)


_TAKES_A_PLACE = frozenset(
    (
        "غادر",
        "دخل",
        "زار",
        "وصل",
        "اجتاح",
        "غزا",
        "ضرب",
        "هز",
        "طال",
        "شهد",
        "عم",
        "استهدف",
        "هاجم",
        "قصف",
        "تعرض",
        "عاني",
        "عاش",
        "استقبل",
    )
)
_EN_PREPOSITIONS = frozenset(
    (
        "in",
        "from",
        "of",
        "near",
        "to",
        "at",
        "into",
        "inside",
        "outside",
        "around",
        "across",
        "over",
        "and",
        "between",
        "northern",
        "southern",
        "eastern",
        "western",
    )
)


def _force_at(sent: Sentence, at: int) -> Hit | None:
    if sent.in_set("civil_flight", at - 1, at):
        return None
    return next((h for h in sent.starts(at, "set") if h.entry.value in ("forces", "arms_of_state")), None)


# --- words that stand for a group named before ----------------------------------------------------------------------------------


@cache
def _entry(canonical: str) -> Entry:
    return Entry("actor", canonical, (*_kinds().get(canonical, ("armed_group", "")), False))


@cache
def _kinds() -> dict[str, tuple[str, str]]:
    """Canonical name -> (kind, country) of each actor of the codebook."""
    return {row[0]: (row[1], row[2]) for row in rows("actors.tsv")}


def _means_a_thing(sent: Sentence, hit: Hit, never_after: frozenset[str]) -> bool:
    """Whether a group's name that is a word too is the word here: "the base", by the preposition before it or an adjective after."""
    before = sent.form(hit.first - 1).removeprefix("و")
    if before == "من":  # "five of al-Qaeda", but "out of the base"
        counted = any(n.last == hit.first - 1 for n in sent.numbers)
        return not counted and not any(p.last == hit.first - 1 and not p.definite for p in sent.layer("people"))
    place_word = sent.form(hit.last).startswith("ال") and not sent.starts(hit.last, "actor")
    return before in never_after or place_word


def _known_gunmen(sent: Sentence, hit: Hit) -> bool:
    """Whether "the gunmen" are those named before: with the article, and with no name of their own."""
    definite = sent.toks[hit.first].kind != "latin" and (hit.prefix.endswith(("ال", "لل")) or hit.entry.value == "militants")
    return hit.entry.value in _NAMELESS and hit.last - hit.first == 1 and definite and not _described(sent, hit)


def resolve_generics(note: Annotated, home: str) -> None:
    """Turn "the organisation", "the movement", "the rebels" into hits of the group that the report named last, or that `home` means."""
    latest: list[str] = []
    for sent in note.sents:
        covered = {k: a.last for a in sent.layer("actor") for k in range(a.first, a.last)}
        events = sorted([*sent.layer("actor"), *sent.layer("generic")], key=lambda h: (h.first, -h.last))
        for hit in events:
            if hit.entry.layer == "actor":
                if hit.entry.info[0] in ("armed_group", "militia") and hit.entry.value not in _NAMELESS:
                    latest = [n for n in latest if n != hit.entry.value] + [hit.entry.value]
                elif len(latest) == 1 and _known_gunmen(sent, hit):
                    sent.swap(hit, hit._replace(entry=_entry(latest[0])))
                continue
            may_be, at_home, after, never_after = hit.entry.info
            if never_after and _means_a_thing(sent, hit, never_after):
                continue
            if covered.get(hit.first, 0) >= hit.last or not (
                after or hit.prefix.endswith(("ال", "لل")) or hit.last - hit.first > 1
            ):
                continue
            if after and not any(a.entry.value == after and 0 <= hit.first - a.last <= 1 for a in sent.layer("actor")):
                continue
            meant = next((n for n in reversed(latest) if n in may_be), at_home.get(home, at_home.get("*", "")))
            if meant:
                sent.add(hit._replace(entry=_entry(meant)))
