"""The words that say who did it and to whom (codebooks/*/roles.toml), and who only speaks."""

from functools import cache

from marsad.read.annotate import Sentence
from marsad.read.lexicon import Hit
from marsad.read.load import book
from marsad.scales import FAMILY_OF, Family


@cache
def words(lang: str) -> dict[str, frozenset[str]]:
    """The word lists of roles.toml."""
    return {k: frozenset(v) for k, v in book(lang, "roles").items() if isinstance(v, list)}


@cache
def governors(lang: str) -> dict[str, str]:
    """Preposition or connecting word -> what it makes of the mention after it."""
    table = book(lang, "roles")["governs"]
    return {word: state for state, listed in table.items() for word in listed}


_NEAR, _TITLED, _NAMED = 3, 9, 6  # tokens: after a verb of saying, with the speaker's titles, of a speaker's name before it


def speakers(sent: Sentence, lang: str) -> set[int]:
    """First tokens of parties that only speak: the subject of a verb of saying, or after "according to"."""
    out: set[int] = set()
    for cue in sent.layer("cue"):
        if cue.entry.value not in ("speech.verbs", "speech.according") or _also_does(sent, cue):
            continue
        reach = range(cue.last, cue.last + _TITLED) if lang == "ar" else _english_reach(sent, cue)
        if lang == "ar" and sent.form(cue.first - 1).isalpha():  # "the army announced": right before it
            out |= {
                h.first for h in sent.layer("actor") if h.last in (cue.first, cue.first - 1) and h.first >= cue.first - _NAMED
            }
        if sent.form(cue.last - 1) in words(lang)["addressing"]:  # "told reporters"
            out |= {h.first for k in (cue.last, cue.last + 1) for h in sent.starting.get(k, ())}
        begun = False
        for at in reach:
            if sent.form(at) in ("ان", "بان", "that", "انه", "انها") or (sent.form(at) in "،," and lang == "ar"):
                break
            if lang == "en" and cue.first <= at < cue.last:
                continue
            begun = begun or (lang == "ar" and _begins_what_is_said(sent, at))
            if begun and at > cue.last + _NEAR:
                break
            if lang == "ar" and sent.form(at) in ("عن", "مسووليته", "مسووليتها", "مقتل", "سيطرته", "سيطرتها"):
                break
            if lang == "ar" and at > cue.last and sent.form(at) in words("ar")["own_act"]:
                break  # what is announced (أعلنت الحركة قتل جندي)
            out |= {h.first for h in sent.starting.get(at, ()) if h.entry.layer in ("actor", "people", "set")}
    return out


def _begins_what_is_said(sent: Sentence, at: int) -> bool:
    """Whether what is said begins at `at`, beyond the titles of who says it: with a verb, an act, a number or a relative."""
    counted = any(n.first == at for n in sent.numbers)
    return counted or sent.form(at) in words("ar")["relative"] or bool(sent.starts(at, "trigger") or sent.starts(at, "verb"))


_SPEAKERS = 10  # tokens of those who say it, after a comma


def _english_reach(sent: Sentence, cue: Hit) -> range:
    """Where an English speaker stands: before its verb ("the army said"), else after it (", said the army", "according to")."""
    comma = next((k for k in range(cue.first - 1, max(0, cue.first - _SPEAKERS), -1) if sent.form(k) == ","), cue.first)
    acts = any(t.first > comma for t in sent.layer("trigger", 0, cue.first))
    first = cue.first - 4 if acts else min(cue.first - 4, comma + 1)  # ", two police officials and a doctor said"
    before = range(max(0, first), cue.first)
    told = any(
        before.start < h.last <= cue.first for name in ("actor", "people") for h in sent.layer(name)
    )  # "the U.S. military said"
    return before if told and cue.entry.value == "speech.verbs" else range(before.start, cue.last + 5)


def _also_does(sent: Sentence, cue: Hit) -> bool:
    """Whether a verb of saying is a verb of moving forces as well, and a base or forces follow (نشرت تركيا منظومة دفاع)."""
    moves = any(FAMILY_OF[t.entry.info.kind] is Family.POSTURE for t in sent.starts(cue.first, "trigger"))
    return moves and sent.in_set("forces", cue.last, cue.last + 6) is not None


WHOSE = 6  # tokens that say whose gunmen are


def says_whose(sent: Sentence, at: int) -> bool:
    """Whether token `at` is one of the words that say whose gunmen are ("linked to", يشتبه في انتمائهم إلى)."""
    listed = words("en" if sent.toks[at].kind == "latin" else "ar")["belonging"]
    return sent.form(at) in listed or (sent.form(at) == "في" and sent.form(at + 1) in listed)


def past_belonging(sent: Sentence, at: int) -> int:
    """The token after the words at `at` that say whose gunmen are."""
    return next((k for k in range(at, min(at + WHOSE, len(sent.toks))) if not says_whose(sent, k)), at)


def past_their_group(sent: Sentence, at: int) -> int:
    """The token after such words and the group that they name (... إلى جماعة بوكو حرام); `at` where none is named."""
    here = past_belonging(sent, at)
    here += bool(sent.starts(here, "generic")) and not sent.starts(here, "actor")
    return max((a.last for a in sent.starts(here, "actor")), default=at) if here > at else at


def unit_of(sent: Sentence, at: int, whose: int) -> bool:
    """Whether an Arabic unit stands at `at` and nothing but its adjectives, and words that say whose it is, up to token `whose` (مفرزة
    للجيش، خلية يعتقد بتبعيتها لداعش)."""
    at = next((n.last for n in sent.numbers if n.first == at), at)
    unit = sent.form(at).removeprefix("ال") in words("ar")["units"] or any(
        sent.in_set(name, at, at + 1) is not None for name in ("forces", "gunmen", "arms_of_state")
    )
    between = range(at + 1, whose)
    return unit and all(says_whose(sent, k) or sent.form(k).endswith(("ي", "يه")) for k in between)
