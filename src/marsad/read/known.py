"""Whether words tell of an event that the report has told of before ("the blast", "the bomb exploded")."""

from marsad.read.annotate import Sentence
from marsad.read.lexicon import Hit
from marsad.read.load import grammar


def points_back(sent: Sentence, group: list[Hit], lang: str) -> bool:
    """Whether the event is spoken of as known: its nouns of doing are definite, and no verb of doing tells it anew."""
    nouns = [h for h in group if h.entry.info.role == "act" and not _verbal(sent, h)]
    if lang == "en" and (_known_bomb(sent, group) or _it_occurred(sent, group) or _in_the_strike(sent, group)):
        return True
    if any(h.entry.info.role == "act" and _verbal(sent, h) for h in group):
        return False
    return all(_definite(sent, h, lang) for h in nouns or group)


def _verbal(sent: Sentence, hit: Hit) -> bool:
    """Whether a trigger is a verb, and no noun in -ing ("the bombing")."""
    info = hit.entry.info
    return info.pos == "verb" and not (info.tense == "ing" and sent.form(hit.first - 1) in _BEFORE_NOUNS)


def _in_the_strike(sent: Sentence, group: list[Hit]) -> bool:
    """ "Two buildings were also destroyed in the strike": what more the one told of before did."""
    passive = all(sent.form(h.first - 1) in _PASSIVE for h in group if h.entry.info.role != "result")
    at = group[-1].last
    return (
        passive
        and sent.form(at) in ("in", "by")
        and sent.form(at + 1) in _BEFORE_NOUNS
        and bool(sent.starts(at + 2, "trigger"))
    )


_BEFORE_NOUNS = frozenset(("the", "this", "these", "those", "that", "their", "its"))
_PASSIVE = frozenset(("was", "were", "been", "also"))


def _it_occurred(sent: Sentence, group: list[Hit]) -> bool:
    """ "The attack occurred when a bomber": what follows only tells again how it was."""
    noun = group[0]
    told = noun.entry.info.pos != "verb" and sent.form(noun.first - 1) == "the"
    return told and any(sent.form(k) in _OCCURRED for k in range(noun.last, noun.last + _OCCURS))


_OCCURRED, _OCCURS = grammar("events", "occurred"), 4


def _known_bomb(sent: Sentence, group: list[Hit]) -> bool:
    """ "The bomb exploded": the one told of before."""
    verb = group[0]
    went_off = verb.entry.info.pos == "verb" and verb.entry.info.kind == "bombing"
    return went_off and any(w.last == verb.first and sent.form(w.first - 1) == "the" for w in sent.layer("weapon"))


def _definite(sent: Sentence, hit: Hit, lang: str) -> bool:
    """Whether a noun points to an event already known: by article, pronoun, or demonstrative."""
    if _verbal(sent, hit):
        return False
    if lang == "ar":
        if any(sent.form(k) in ("الذي", "التي", "اللذين", "اللتين") for k in (hit.last, hit.last + 1)):
            return False  # "the attack that hit X yesterday" may be told for the first time
        if (
            sent.form(hit.last).startswith("ال")
            and sent.starts(hit.last, "weapon")
            and hit.last - hit.first == 1
            and not hit.prefix
        ):
            return True  # "the explosion of the shell"
        return hit.definite or sent.form(hit.first - 1) in ("هذا", "هذه", "ذلك", "تلك", "هذين")
    if any(sent.form(k) == "'s" and any(f.last == k for f in sent.dates) for k in range(hit.first - 1, hit.first - 4, -1)):
        return True  # "Tuesday's deadly attack"
    return any(sent.form(k) in _BEFORE_NOUNS for k in (hit.first - 1, hit.first - 2))
