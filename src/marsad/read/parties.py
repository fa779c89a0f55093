"""Who is named: forces, armed groups, states and broad groups of people, by canonical names, with the words that name them."""

from dataclasses import dataclass
from functools import cache

from marsad.read.annotate import Annotated, Sentence
from marsad.read.lexicon import Entry, Hit
from marsad.read.load import forces_of
from marsad.records import Party, Span

_FORCE_NAMES = {
    "military": "Armed Forces",
    "police": "police",
    "security forces": "security forces",
    "air force": "Armed Forces",
}
_WHO = {"army": "military", "police": "police", "security": "security forces"}
_ARMED = frozenset(("armed_group", "militia", "unknown"))
_COALITIONS = {"YE": "Saudi-led coalition", "SA": "Saudi-led coalition"}


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
        return Party(_COALITIONS.get(home, "Coalition against the Islamic State"), span_of(note, hit))
    beside = next((d.entry.value for k in (hit.last, hit.last + 1, hit.first - 1) for d in sent.starts(k, "demonym")), "")
    return Party(force_name(hit.entry.value, beside or country or home), span_of(note, hit))


def people_party(note: Annotated, sent: Sentence, hit: Hit, home: str) -> Party | None:
    """The broad group or force a noun for people stands for; None for people of no group (persons, victims)."""
    who = hit.entry.info.who
    if not who:
        return None
    if who in _WHO:
        beside = next((d.entry.value for k in (hit.last, hit.last + 1) for d in sent.starts(k, "demonym")), "")
        force = next((a for k in range(hit.last, hit.last + 3) for a in sent.starts(k, "actor")), None)
        if force is not None and force.entry.info[0] not in ("broad", "unknown"):
            return named(note, sent, force, home)
        return Party(force_name(_WHO[who], beside or home), span_of(note, hit))
    if who == "militants":
        meant = next((g.entry.info[1].get(home) for g in sent.starts(hit.first, "generic")), None)
        return Party(meant or "unknown armed group", span_of(note, hit))
    return Party(who, span_of(note, hit))


def mentions(note: Annotated, sent: Sentence, home: str) -> list[Mention]:
    """Every mention of `sent` that can play a part in an event, in order; none inside another."""
    doings = {k for t in sent.layer("trigger") if t.last - t.first > 1 for k in range(t.first, t.last)}  # "armed attack"
    actors = [a for a in sent.layer("actor") if (a.first not in doings or a.last - a.first > 1) and not _before_name(sent, a)]
    covered = {k for a in actors for k in range(a.first, a.last)} | doings
    found = [m for hit in actors if (m := _of_actor(note, sent, hit, home))]
    for hit in sent.layer("people"):
        if hit.first in covered or hit.entry.info.not_people or _before_name(sent, hit) or _after_name(sent, hit, covered):
            continue
        party = people_party(note, sent, hit, home)
        if party is not None:
            side = (
                "armed"
                if hit.entry.info.group == "militants"
                else "state"
                if hit.entry.info.group == "security_forces"
                else "civil"
            )
            found.append(Mention(hit.first, hit.last, (party,), hit.prefix, side))
    found += _by_demonym(note, sent, covered | {k for m in found for k in range(m.first, m.last)})
    return sorted({m.first: m for m in reversed(found)}.values(), key=lambda m: (m.first, -m.last))


_NAMELESS = frozenset(("militants", "unknown armed group", "insurgents", "Islamist militants"))


def _before_name(sent: Sentence, hit: Hit) -> bool:
    """ "Gunmen of the Houthis", "Houthi fighters": the name that follows tells more than the noun."""
    if hit.entry.value not in _NAMELESS:
        return False
    for at in (hit.last, hit.last + 1):
        if any(a.entry.info[0] in ("armed_group", "militia") for a in sent.starts(at, "actor")):
            return at == hit.last or sent.form(hit.last) in ("من", "of", "from")
        if any(
            p.entry.info.who not in ("", "militants") and p.entry.info.group == "militants" for p in sent.starts(at, "people")
        ):
            return at == hit.last
    return False


def _after_name(sent: Sentence, hit: Hit, covered: set[int]) -> bool:
    """ "The terrorist organisation X": a noun that only describes the name before it."""
    at = hit.first - 1
    while at >= 0 and sent.form(at) in _QUOTES:
        at -= 1
    return (
        at in covered
        and hit.entry.info.group == "militants"
        and not hit.prefix.startswith("و")
        and hit.prefix.removesuffix("ال") == ""
    )


_QUOTES = frozenset("\"'«»“”")


def _of_actor(note: Annotated, sent: Sentence, hit: Hit, home: str) -> Mention | None:
    party = named(note, sent, hit, home)
    if party is None:
        return None
    kind = hit.entry.info[0]
    side = "armed" if kind in _ARMED else "civil" if kind in ("broad_civil", "international", "political") else "state"
    if kind == "broad":
        side = "armed" if "militant" in hit.entry.value else "civil"
    shared = next((d for d in sent.starts(hit.last, "demonym") if d.prefix.startswith("و")), None)
    if shared is None or side != "state":
        return Mention(hit.first, hit.last, (party,), hit.prefix, side)
    other = Party(force_name("military", shared.entry.value), span_of(note, shared))
    return Mention(hit.first, shared.last, (party, other), hit.prefix, side)


def _by_demonym(note: Annotated, sent: Sentence, taken: set[int]) -> list[Mention]:
    """Forces named by what they are and whose: طائرات روسية، مدفعية تركية، 3,000 Turkish soldiers."""
    found: list[Mention] = []
    for demonym in sent.layer("demonym"):
        at = demonym.first - 1 if note.lang == "ar" else demonym.last
        if demonym.first in taken or at in taken:
            continue
        what = next(
            (h for h in sent.starting.get(at, ()) if h.entry.layer == "set" and h.entry.value in ("forces", "arms_of_state")),
            None,
        )
        if what is None:
            continue
        first, last = min(at, demonym.first), max(at + 1, demonym.last)
        span = Span(
            *note.folded.span(sent.toks[first].start + len(what.prefix if note.lang == "ar" else ""), sent.toks[last - 1].end)
        )
        prefix = what.prefix if note.lang == "ar" else ""
        found.append(Mention(first, last, (Party(force_name("military", demonym.entry.value), span),), prefix, "state"))
    return found


# --- words that stand for a group named before ----------------------------------------------------------------------------------


@cache
def _entry(canonical: str) -> Entry:
    return Entry("actor", canonical, ("armed_group", "", False))


def resolve_generics(note: Annotated, home: str) -> None:
    """Turn "the organisation", "the movement", "the rebels" into hits of the group that the report named last, or that `home` means."""
    latest: list[str] = []
    for sent in note.sents:
        covered = {k for a in sent.layer("actor") for k in range(a.first, a.last)}
        events = sorted([*sent.layer("actor"), *sent.layer("generic")], key=lambda h: (h.first, -h.last))
        for hit in events:
            if hit.entry.layer == "actor":
                if hit.entry.info[0] in ("armed_group", "militia"):
                    latest = [n for n in latest if n != hit.entry.value] + [hit.entry.value]
                continue
            may_be, at_home = hit.entry.info
            if hit.first in covered or not (hit.prefix.endswith(("ال", "لل")) or hit.last - hit.first > 1):
                continue
            meant = next((n for n in reversed(latest) if n in may_be), at_home.get(home, at_home.get("*", "")))
            if meant:
                sent.add(hit._replace(entry=_entry(meant)))
