"""Places that no gazetteer knows, named after a place word: "بلدة X", "the village of X". They stay without coordinates."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from marsad.read.annotate import Annotated, Sentence
from marsad.read.lexicon import QUOTES
from marsad.read.load import grammar
from marsad.read.placewords import among, bare_start, placed, words
from marsad.records import Place
from marsad.text.tokens import Remembered


def announced(note: Annotated, sent: Sentence, first: int, last: int, country: str, known: set[int]) -> Iterator[Place]:
    """The announced names within tokens first..last. known: tokens of names that the gazetteer knows."""
    quotes = note.lang == "ar" and not sent.lacks(QUOTES)
    told = set(known)  # tokens of names, announced ones too
    spots: Iterable[int] = range(max(first, 1), min(last, len(sent.toks)))
    if note.lang == "ar" and not quotes:
        spots = [at for at in spots if _may_announce[sent.forms[at - 1]] or sent.forms[at].startswith("بال")]
    for at in spots:
        if quotes and at not in known and _quoted(sent, at):
            yield placed(note, sent.toks[at].start, sent.toks[at].end, country=country)
            continue
        if quotes and not _may_announce[sent.forms[at - 1]] and not sent.forms[at].startswith("بال"):
            continue
        if note.lang == "ar" and _of_site(sent, at):
            yield placed(note, bare_start(sent, at - 1, words("ar")["sites"]), sent.toks[at].end, country=country)
            continue
        if at in known and note.lang == "ar" and _of_several(sent.form(at - 1)):
            yield from _others(note, sent, at, country, known)
        if note.lang == "en" and at not in told and _goes_on_a_list(note, sent, at, told):
            told.update(range(at, _capitals_end(note, sent, at)))
            yield _english(note, sent, at, country)
            continue
        if at in known or not _is_announced(note, sent, at) or not _can_name(sent, at, note.lang):
            continue
        if note.lang == "en":
            told.update(range(at, _capitals_end(note, sent, at)))
            yield _english(note, sent, at, country)
            continue
        end = _name_end(sent, at, note.lang)
        start = sent.toks[at].start + len(_clitic(sent, at))
        if among(sent.form(at - 1), words(note.lang)["typed"], note.lang):
            start = bare_start(sent, at - 1, words(note.lang)["typed"])
        yield placed(note, start, sent.toks[end - 1].end, country=country)
        if _of_several(sent.form(at - 1)):
            yield from _others(note, sent, at, country, known)


def _quoted(sent: Sentence, at: int) -> bool:
    """Whether `at` is a name in quotation marks after a place word (حي «عسقولة»)."""
    quoted = sent.form(at - 1) in QUOTES and sent.form(at + 1) in QUOTES
    return quoted and sent.form(at - 2) in words("ar")["names_after"] and _can_name(sent, at, "ar") and at not in sent.starting


def _of_several(before: str) -> bool:
    """Whether an Arabic dual or plural announces several names (بلدتي، وقرى)."""
    return before.removeprefix("و") in words("ar")["duals"]


def _announces(before: str) -> bool:
    """Whether an Arabic word can stand before an announced name."""
    listed = words("ar")
    if before in _WAYS or before.removeprefix("ب") in listed["sites"] or _of_several(before):
        return True
    return among(before, listed["names_after"], "ar")


_may_announce = Remembered(_announces)
_PART_OF = grammar("announced", "part_of")
_WAYS = grammar("announced", "ways")


def _goes_on_a_list(note: Annotated, sent: Sentence, at: int, known: set[int]) -> bool:
    """Whether an English name that no list holds follows a place in a list ("in Kansafra, Sfuhen and Fulayfel in Idlib")."""
    joined = sent.form(at - 1) in ("and", ",")
    before = at - 2 - (joined and sent.form(at - 2) == ",")
    if not joined or before not in known or not _capital(note, sent, at) or sent.starting.get(at):
        return False
    end = _capitals_end(note, sent, at)
    goes_on = sent.form(end) in ("and", ",")
    closed = goes_on or (sent.form(at - 1) == "and" and (sent.form(end) in _LIST_ENDS or end == len(sent.toks)))
    wide = any(h.last > before >= h.first and h.entry.info[0][0].kind in ("country", "region") for h in sent.layer("place"))
    return closed and not wide and sent.form(at) not in words("en")["no_place"] and not sent.starts(end, "verb")


_LIST_ENDS = frozenset((".", "in", "near", "east", "west", "north", "south"))


def _english(note: Annotated, sent: Sentence, at: int, country: str) -> Place:
    """An English name with the place word that follows it ("al-Tayba village", called al-Tayba)."""
    end = _capitals_end(note, sent, at)
    typed = end + (sent.form(end) in words("en")["kinds"] - words("en")["vague"])
    place = placed(note, sent.toks[at].start, sent.toks[typed - 1].end, country=country)
    if typed == end:
        return place
    return replace(place, name_en=placed(note, sent.toks[at].start, sent.toks[end - 1].end).name)


def _capital(note: Annotated, sent: Sentence, at: int) -> bool:
    """Whether an English token is written with a capital, or as al-Capital."""
    if not 0 <= at < len(sent.toks) or sent.toks[at].kind in ("mark", "number"):
        return False
    start, end = note.folded.span(sent.toks[at].start, sent.toks[at].end)
    word = note.text[start:end]
    return word[0].isupper() or word.rpartition("-")[2][:1].isupper()


def _capitals_end(note: Annotated, sent: Sentence, at: int) -> int:
    """The token after a name in capitals that begins at `at`."""
    end = at + 1
    while end < at + 4 and _capital(note, sent, end) and not sent.starts(end, "place") and not sent.starts(end, "demonym"):
        end += 1
    return end


def _is_announced(note: Annotated, sent: Sentence, at: int) -> bool:
    """Whether a place word stands right before token `at` (Arabic) or about a name in capitals (English)."""
    before, lang = sent.form(at - 1), note.lang
    if lang == "ar":
        return (
            among(before, words(lang)["names_after"], lang)
            or before.removeprefix("و") in words(lang)["duals"]
            or _located(sent, at)
        )
    if not _capital(note, sent, at) or _capital(note, sent, at - 1):
        return False
    if before == "of" and sent.form(at - 2) in words(lang)["kinds"]:
        return True
    if sent.starts(at, "demonym"):
        return False  # "a Somali hotel"
    if not sent.starting.get(at) and (_unlisted(sent, at, before) or _struck(sent, at)):
        return True  # "near Tlemsen", "bombed Hamrat": a name that no list holds
    end = _capitals_end(note, sent, at)
    inside = range(at, end) if end - at > 1 else range(0)  # "Camp Shorabak", "Tiyas Military Airfield"
    if sent.form(end) in words(lang)["kinds"] or any(sent.form(k) in words(lang)["sites"] for k in inside):
        return before not in words(lang)["no_name_after"]
    return before in words(lang)["names_after"] and sent.form(at).startswith("al-")


def _struck(sent: Sentence, at: int) -> bool:
    """Whether a verb of bombing or of taking places stands right before token `at`: what it hits is a place."""
    return any(t.last == at and t.entry.info.lemma in _HIT_PLACES for t in sent.layer("trigger"))


_HIT_PLACES = grammar("announced", "hit_places")


def _unlisted(sent: Sentence, at: int, before: str) -> bool:
    """Whether an English name that no list holds stands where only a place does: "executed in Solle", "on the edge of Aitaroun"."""
    listed = words("en")
    if sent.form(at) in listed["no_place"] or len(sent.form(at)) < 3 or sent.forms[at].isdigit():
        return False
    if before == "of" and sent.form(at - 2) in listed["edges"]:
        return True
    acts = any(h.last <= at for h in sent.layer("trigger"))  # something has been told to happen before it
    return before == "near" or (before in listed["unknown_after"] and acts and not sent.starts(at + 1, "verb"))


def _located(sent: Sentence, at: int) -> bool:
    """Arabic "in X, in the city of Y", "in X south of Y" around a word X that nothing else knows."""
    form = sent.form(at)
    if form in words("ar")["heads_of_names"] and sent.form(at - 1) in _WAYS:
        if form == "راس" and (sent.form(at - 1) == "علي" or not sent.form(at + 1).startswith("ال")):
            return False  # "at the head of"
        return sent.form(at + 1).isalpha() and sent.form(at + 1) not in words("ar")["no_name"]
    if sent.form(at - 1) not in ("في", "قرب", "وفي") and not (form.startswith("بال") and at not in sent.starting):
        return False
    if sent.starts(at + 1, "demonym") and sent.form(at + 1).startswith("ال"):
        return False  # "in the Yemeni intelligence service"
    if len(form) < 4 or form in words("ar")["towards"] or any(h.entry.info[1] > 1 for h in sent.starts(at, "place")):
        return False  # "in the scene": a word first of all
    after, reach = sent.form(at + 1), range(at + 1, at + 5)
    if after in _PART_OF and sent.form(at + 2) in words("ar")["units"] and sent.starts(at + 3, "place"):
        return True  # "in Touiref of the governorate of Kef"
    if after[:1] == "ب" and after[1:] in words("ar")["names_after"]:
        return True
    if (
        after[:1] == "ب"
        and after[1:] in words("ar")["directions"]
        and sent.starts(at + 2, "place")
        and at not in sent.starting
    ):
        return True  # "in Bosaso in the north of Somalia"
    way = next((k for k in reach if sent.form(k) in words("ar")["directions"]), None)
    unknown = at not in sent.starting and form.removeprefix("ب").startswith("ال")
    if way is None or (way > at + 1 and not unknown):
        return False
    if any(sent.starts(k, "verb") or sent.starts(k, "trigger") for k in range(at + 1, way)):
        return False  # "with stones and burned tyres in the middle of"
    return any(h.first in range(way + 1, way + 3) for h in sent.layer("place"))


def _of_site(sent: Sentence, at: int) -> bool:
    """Whether `at` names a site told as a place: "at the market of X", «أمام جامعة تعز»."""
    site, form = sent.form(at - 1), sent.form(at)
    bound = site[:1] == "ب" and site[1:] in words("ar")["sites"]
    told = sent.form(at - 2) in words("ar")["before_sites"] or bool(sent.starts(at - 2, "trigger"))
    if not bound and not (site in words("ar")["sites"] and told):
        return False
    named = form.startswith("ال") or bool(sent.starts(at, "place"))
    return named and _can_name(sent, at, "ar")


def _clitic(sent: Sentence, at: int) -> str:
    """The preposition written onto an announced name (بالجفينة): no place word stands before it."""
    known = among(sent.form(at - 1), words("ar")["names_after"], "ar") or sent.form(at - 1) in words("ar")["duals"]
    return "ب" if not known and sent.form(at).startswith("بال") else ""


def _can_name(sent: Sentence, at: int, lang: str) -> bool:
    token = sent.toks[at]
    if token.kind in ("mark", "number") or token.form in words(lang)["no_name"] or len(token.form) < 2:
        return False
    if any(f.first <= at < f.last for f in sent.dates) or any(a.first <= at < a.last for a in sent.layer("actor")):
        return False  # a day; the second word of a group's name (جبهة النصرة)
    if lang == "ar" and token.form.removeprefix("ب") in words("ar")["directions"]:
        return False  # "areas in the north-west of Pakistan"
    if lang == "ar" and token.form in words("ar")["names_after"] and sent.form(at + 1).isalpha():
        return False  # "the bridge of the valley of X": the name follows
    if lang == "ar" and token.form.endswith("يه") and not token.form.removeprefix("و").startswith(("ال", "بال")):
        return False  # an adjective: منطقة تجارية
    if lang == "en" and token.form in words(lang)["sites"]:
        return True  # "Camp Shorabak"
    if lang == "ar" and sent.form(at - 1) in words("ar")["streets"] and sent.starts(at, "place"):
        return True  # "Syria Street"
    if (
        lang == "ar"
        and sent.form(at - 1) in _SETTLEMENTS
        and any(t.entry.info.pos == "noun" and not t.suffix for t in sent.starts(at, "trigger"))
    ):
        return True  # a town called "Battle"
    layers = ("people", "set", "cue", "actor", "weapon", "demonym", "trigger", "generic")
    return not any(h.entry.layer in layers for h in sent.starting.get(at, ())) or token.form in words(lang)["first_parts"]


def _name_end(sent: Sentence, at: int, lang: str) -> int:
    """The token after a name that begins at `at`: باب موسى، الطاش الأول are two words."""
    following = sent.form(at + 1)
    if not following.isalpha():
        return at + 1
    two = sent.form(at).removeprefix("و") in words(lang)["first_parts"] or following in words(lang)["parts"]
    return max(_up_to_where(sent, at) if lang == "ar" else 0, at + 2 if two else at + 1)


def _up_to_where(sent: Sentence, at: int) -> int:
    """The token that tells where a named place is, if nothing but one or two words that nothing knows stand before it (قرية غوش تبه في
    ولاية جوزجان، حي زيد الموشكي بمدينة تعز); else 0. Behind a feminine place word the article makes an adjective."""
    adjective = sent.form(at - 1).endswith("ه")
    for k in range(at + 1, min(at + 4, len(sent.toks))):
        form = sent.form(k)
        if form == "في" or (form[0] == "ب" and form[1:] in words("ar")["kinds"]) or form in words("ar")["directions"]:
            return k if k > at + 1 else 0
        known = (
            any(h.entry.layer not in ("set", "place") for h in sent.starting.get(k, ()))
            or not form.isalpha()
            or len(form) < 3
            or form in _NO_NAME
        )
        if known or any(f.first <= k < f.last for f in sent.dates) or form[0] in "وف" or (adjective and form.startswith("ال")):
            return 0
    return 0


_NO_NAME, _SETTLEMENTS = grammar("announced", "no_name"), grammar("triggers", "settlements")


def _lands(sent: Sentence, at: int) -> set[str]:
    """The countries in which places of the name at a token lie."""
    return {e.country for h in sent.starts(at, "place") for e in h.entry.info[0]}


def _others(note: Annotated, sent: Sentence, at: int, country: str, known: set[int]) -> Iterator[Place]:
    """The names that "and" joins to the one at `at` ("the towns of X and Y and Z") and that the gazetteer does not hold."""
    end = max([_name_end(sent, at, "ar"), *(h.last for h in sent.starts(at, "place"))])
    lands = _lands(sent, at)
    while end < len(sent.toks) and len(sent.form(end)) > 3 and sent.form(end).startswith("و"):
        last = max([_name_end(sent, end, "ar"), *(h.last for h in sent.starts(end, "place"))])
        abroad = lands and (there := _lands(sent, end)) and not lands & there  # a namesake in another country is not meant
        if end not in known or abroad:
            if sent.starts(end, "verb") or not _can_name(sent, end, "ar"):
                return
            yield placed(note, sent.toks[end].start + 1, sent.toks[last - 1].end, country=country)
        end = last
