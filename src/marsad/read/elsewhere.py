"""Names of places that tell of no place of an event: whose a force is, who speaks or is accused, where somebody comes from or goes."""

from typing import Literal

from marsad.read.annotate import Sentence
from marsad.read.lexicon import Hit
from marsad.read.load import grammar
from marsad.read.nations import subject_place
from marsad.read.placehood import word_here
from marsad.read.placewords import among, words

Moved = Literal["", "away", "there"]


def place_hits(sent: Sentence, lang: str, first: int = 0, last: int = 1 << 30, *, moved: Moved = "") -> list[Hit]:
    """Place names within tokens first..last that can be where something happened. moved: also where somebody leaves, or goes."""
    return [
        h for h in sent.layer("place", first, last) if not word_here(sent, h, lang) and not _elsewhere(sent, h, lang, moved)
    ]


_UNDERGO = grammar("where", "undergo")
_BEHIND_IT, _ACTS = grammar("where", "behind_it"), grammar("where", "acts")


def _elsewhere(sent: Sentence, hit: Hit, lang: str, moved: Moved) -> bool:
    """A place that names an office, a ruler or a direction, not where it happened (سفير فرنسا، نحو بغداد)."""
    before, two = sent.form(hit.first - 1), sent.form(hit.first - 2)
    listed = words(lang)
    forms = [before]
    if before in ("of", "the") or among(before, listed["kinds"], lang):
        forms.append(two)
    if lang == "ar" and hit.first == 0 and any(v.entry.value not in _UNDERGO for v in sent.starts(hit.last, "verb")):
        return True  # a capital that acts (باريس تسحب جنودها)
    if not moved and before in ("من", "from") and _an_origin(sent, hit):
        return True
    if lang == "ar" and hit.prefix == "و" and hit.entry.info[0][0].kind == "country":  # "of South Africa and France"
        listed_with = next(
            (p for p in sent.layer("place") if p.last == hit.first and p.entry.info[0][0].kind == "country"), None
        )
        return listed_with is not None and _elsewhere(sent, listed_with, lang, moved)
    if loyal(sent, hit, lang) or (two in _BEHIND_IT and before in _ACTS):
        return True
    if before in _ACCUSING and hit.entry.info[0][0].kind != "country" and not hit.prefix:
        return True  # "accusing Paris"
    if before == "من" and two.removeprefix("و") in listed["came"]:
        return True  # "came from"
    if two.endswith(("مركز", "مخفر", "قسم")) and before in ("شرطه", "الشرطه"):
        return False  # the police station of a town
    if hit.entry.info[0][0].kind == "country" and _a_state(sent, hit, lang):
        return True
    if before == "ببلديه" or (before == "بلديه" and two in ("في", "قرب")):
        return False  # in the commune, not what its council does
    if any(among(w, listed["not_where"], lang) for w in forms):
        return True
    if before in ("في", "in") and among(two.removeprefix("ال"), listed["not_where_in"], lang):
        around = sent.form(hit.first - 3) in listed["at"] or sent.starts(hit.first - 3, "trigger")
        return not around  # "hit its offices in Aleppo", "near the embassy in Kabul"
    if before.removeprefix("ال") in ("حدود", "borders") and hit.entry.info[0][0].kind == "country":
        return True  # "on the border of Syria": this side of it
    if across_a_border(sent, hit):
        return True
    if lang == "ar" and two.removeprefix("ال") in listed["leading"]:
        return False  # "closed the roads leading to the port"
    return moved != "there" and any(among(w, listed["towards"], lang) for w in forms)


def _an_origin(sent: Sentence, hit: Hit) -> bool:
    """Whether "from" before a name tells only who somebody is: "a citizen of South Africa", "the militia from Misrata"."""
    people = any(p.last == hit.first - 1 and not p.entry.info.not_people for p in sent.layer("people"))
    armed = sent.form(hit.first - 2).removeprefix("و").removeprefix("ال") in _MILITIAS
    return armed or (people and hit.entry.info[0][0].kind == "country")


def _a_state(sent: Sentence, hit: Hit, lang: str) -> bool:
    """Whether a country is told as one that acts (دربتهم أميركا), or whose force it is ("Iran's elite Quds Force")."""
    if lang == "ar":
        return not hit.prefix and subject_place(sent, hit, lang)
    return _whose(sent, hit) or _acts(sent, hit)


_MILITIAS, _ACCUSING = grammar("where", "militias"), grammar("where", "accusing")


def _whose(sent: Sentence, hit: Hit) -> bool:
    """Whether an English country only tells whose a force or an officer is ("Iran's elite Quds Force")."""
    if sent.form(hit.last) not in POSSESSIVES:
        return False
    behind = range(hit.last + 1, hit.last + _OF_ITS)
    land = hit.entry.info[0][0].country
    abroad = any(land not in {e.country for e in other.entry.info[0]} for other in sent.layer("place"))
    return abroad and any(
        sent.starts(k, "actor") or sent.in_set("forces", k, k + 1) or sent.in_set("offices", k, k + 1) for k in behind
    )


POSSESSIVES, _OF_ITS = ("'s", "’s", "'"), 5  # tokens


def _acts(sent: Sentence, hit: Hit) -> bool:
    """Whether an English country opens a clause as the subject of its verb ("The United States is weighing", "Pakistan sent")."""
    first = hit.first - (sent.form(hit.first - 1) == "the")
    return (first == 0 or sent.form(first - 1) in _OPENERS) and subject_place(sent, hit, "en")


_OPENERS = grammar("subjects", "conjunctions") | {".", ",", "that", "said"}


def loyal(sent: Sentence, hit: Hit, lang: str) -> bool:
    """ "Militias loyal to Iran": where nobody is."""
    return hit.prefix == "ل" and sent.form(hit.first - 1).removeprefix("ال") in words(lang)["loyal"]


def across_a_border(sent: Sentence, hit: Hit) -> bool:
    """ "On the border with Syria": this side of it."""
    with_it = sent.form(hit.first - 1) in ("مع", "with")
    return with_it and sent.form(hit.first - 2).removeprefix("ال").startswith(("حدود", "border"))
