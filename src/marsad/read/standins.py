"""Words that stand for a group told before: "the organisation", "the movement", "the attackers", "its fighters"."""

from collections.abc import Iterator
from functools import cache

from marsad.read.annotate import Annotated, Sentence
from marsad.read.lexicon import Entry, Hit
from marsad.read.load import book, grammar, rows
from marsad.read.parties import NAMELESS, described, names_group

_ANY = "*"
_THEIRS = grammar("counts", "theirs")
_DETERMINERS = grammar("standins", "determiners")


@cache
def _entry(canonical: str) -> Entry:
    return Entry("actor", canonical, (*_kinds().get(canonical, ("armed_group", "")), False))


@cache
def _kinds() -> dict[str, tuple[str, str]]:
    """Canonical name -> (kind, country) of each actor of the codebook."""
    return {row[0]: (row[1], row[2]) for row in rows("actors.tsv")}


@cache
def _branches() -> dict[str, dict[str, str]]:
    """Group -> country -> the branch of it that the news of that country means (codebooks/ar/generics.toml, for both languages)."""
    return {row["name"]: dict(row["home"]) for row in book("ar", "generics").get("branch", ())}


def resolve_generics(note: Annotated, home: str) -> None:
    """Turn "the organisation", "the rebels", "the attackers" into hits of the group that the report named last, or that `home` means."""
    latest: list[str] = []  # armed groups in the order in which they were named last
    strangers = False  # whether gunmen of no group have been told of
    based = False  # whether a base or camp has been told of, which "the base" may mean
    for sent in note.sents:
        covered = {k: a.last for a in sent.layer("actor") for k in range(a.first, a.last)}
        based = based or any(sent.form(h.first).removeprefix("ب") in _BASES for h in sent.layer("set"))
        named = {a.entry.value for a in sent.layer("actor") if names_group(a)}
        told = [*sent.layer("actor"), *sent.layer("generic"), *_militants(sent, covered)]
        for hit in sorted(told, key=lambda h: (h.first, -h.last)):
            branch = _branches().get(hit.entry.value, {}).get(home, "") if hit.entry.layer == "actor" else ""
            if branch:  # al-Qaeda, in news of Yemen
                sent.swap(hit, hit := hit._replace(entry=_entry(branch)))
            if hit.entry.layer == "actor" and names_group(hit):
                latest = [n for n in latest if n != hit.entry.value] + [hit.entry.value]
            elif hit.entry.layer == "generic":
                meant = _meant(sent, hit, latest, home, covered, note.lang)
                if meant and not (based and hit.entry.value in _BASES and meant not in latest):
                    sent.add(hit._replace(entry=_entry(meant)))
            elif _known(sent, hit, note.lang):
                theirs = _pronoun(sent, hit, note.lang)
                groups = [n for n in latest if _can_be_meant(n) or (theirs and n in named)]
                if theirs and groups and groups[-1] in named:
                    _stand(sent, hit, groups[-1])
                elif len(groups) == 1 and (not strangers or groups[0] in named):
                    _stand(sent, hit, groups[0])
            else:
                strangers = strangers or (hit.entry.value in NAMELESS and not described(sent, hit))


_BASES = grammar("standins", "bases")


def _can_be_meant(name: str) -> bool:
    """Whether a group told before can be "the group", "the gunmen": a militia beside the state cannot."""
    return _kinds().get(name, ("armed_group",))[0] == "armed_group"


def _militants(sent: Sentence, covered: dict[int, int]) -> Iterator[Hit]:
    """The plain nouns for several militants that no name covers; one may be an adjective (الهجوم الانتحاري)."""
    for hit in sent.layer("people"):
        if (
            hit.entry.info.who == "militants"
            and hit.entry.info.number != "s"
            and hit.last - hit.first == 1
            and hit.first not in covered
        ):
            yield hit


def _known(sent: Sentence, hit: Hit, lang: str) -> bool:
    """Whether "the gunmen", "its fighters" are those told of before: with the article or a pronoun, and with no name of their own."""
    if hit.last - hit.first > 1 or described(sent, hit) or not (hit.entry.layer == "people" or hit.entry.value in NAMELESS):
        return False
    if lang == "en":
        return sent.form(hit.first - 1) in _DETERMINERS
    return hit.prefix.endswith(("ال", "لل")) or hit.entry.value == "militants" or hit.suffix in _THEIRS


def _pronoun(sent: Sentence, hit: Hit, lang: str) -> bool:
    """Whether "its fighters" are told: those of the group named in the sentence, be it a militia."""
    return hit.suffix in _THEIRS if lang == "ar" else sent.form(hit.first - 1) in ("its", "their")


def _stand(sent: Sentence, hit: Hit, group: str) -> None:
    """Let `hit` mean `group`."""
    if hit.entry.layer == "actor":
        sent.swap(hit, hit._replace(entry=_entry(group)))
    else:
        sent.add(hit._replace(entry=_entry(group)))


def _meant(sent: Sentence, hit: Hit, latest: list[str], home: str, covered: dict[int, int], lang: str) -> str:
    """The group that a generic noun stands for; "" if none."""
    may_be, at_home, after, never_after, bare = hit.entry.info
    if covered.get(hit.first, 0) >= hit.last or (never_after and _means_a_thing(sent, hit, never_after)):
        return ""
    definite = hit.prefix.endswith(("ال", "لل")) if lang == "ar" else sent.form(hit.first - 1) in _DETERMINERS
    if not (bare or after or definite or (lang == "ar" and hit.last - hit.first > 1)):
        return ""
    if after and not any(a.entry.value == after and 0 <= hit.first - a.last <= 1 for a in sent.layer("actor")):
        return ""
    if _so_called(sent, hit):
        return ""
    any_group = {n for n in latest if _ANY in may_be and _can_be_meant(n)}
    return next((n for n in reversed(latest) if n in may_be or n in any_group), at_home.get(home, at_home.get("*", "")))


def _so_called(sent: Sentence, hit: Hit) -> bool:
    """Whether the name of the group follows, with what its enemies say of it ("the militias of the so-called council")."""
    at = hit.last
    while sent.form(at) in _SO_CALLED:
        at += 1
    return at > hit.last and any(names_group(a) for a in sent.starts(at, "actor"))


_SO_CALLED = grammar("standins", "so_called")


def _means_a_thing(sent: Sentence, hit: Hit, never_after: frozenset[str]) -> bool:
    """Whether a group's name that is a word too is the word here: "the base", by the preposition before it or an adjective after."""
    before = sent.form(hit.first - 1).removeprefix("و")
    if before == "من":  # "five of al-Qaeda", but "out of the base"
        counted = any(n.last == hit.first - 1 for n in sent.numbers)
        return not counted and not any(p.last == hit.first - 1 and not p.definite for p in sent.layer("people"))
    place_word = sent.form(hit.last).startswith("ال") and not sent.starts(hit.last, "actor")
    return before in never_after or place_word
