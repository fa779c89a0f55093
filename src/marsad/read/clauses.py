"""Where one thing told ends and the next begins inside a sentence.

Arabic news sentences run on: clauses follow each other with "and" on the verb (وقتل ...), or behind connectives (كما، فيما، من جهة
أخرى). Each border gets a strength; events.py weighs it with what stands on either side.
"""

from marsad.read.annotate import Sentence
from marsad.read.earlier import Earlier
from marsad.read.load import grammar, grammar_of
from marsad.read.placehood import word_here
from marsad.read.placewords import words
from marsad.text.dates import Found

SURE, MAYBE = 2, 1
_COMMAS = frozenset("،,")
_STOPS = frozenset("؛;")
_MARKS = _COMMAS | _STOPS
_STARTS = frozenset(".:;–—")


def borders(sent: Sentence, before: list[Earlier], lang: str) -> dict[int, int]:
    """Token -> strength (SURE: another statement begins; MAYBE: it may), for each token that may begin a clause.

    before: phrases that mark the time by an earlier event; each is a statement of its own.
    """
    found: dict[int, int] = {}
    for at in range(1, len(sent.toks)):
        joined = sent.forms[at] == "ثم" or sent.forms[at][0] == "و"
        if at not in sent.starting and not joined and sent.forms[at - 1] not in _MARKS and lang == "ar":
            continue  # most words begin nothing
        strength = _arabic(sent, at) if lang == "ar" else _english(sent, at)
        if strength:
            found[at] = strength
    for phrase in before:
        found |= {at: SURE for at in (phrase.first, phrase.last) if 0 < at < len(sent.toks)}
    return found


def between(found: dict[int, int], first: int, last: int) -> int:
    """The strongest border at tokens first..last (both included), 0 if there is none."""
    return max((s for at, s in found.items() if first <= at <= last), default=0)


def _arabic(sent: Sentence, at: int) -> int:
    form, before = sent.form(at), sent.form(at - 1)
    if before in _STOPS or (form[0] == "و" and _more_of_them(sent, at)) or (form in _THAT_TOO and _told_by_verb(sent, at + 1)):
        return SURE
    if at not in sent.starting and before not in _COMMAS:
        return MAYBE if form == "ثم" else 0
    leads = form in _JOINS or (form[0] == "و" and sent.is_cue(at, "connective.result"))
    if leads and elsewhere(sent, at, "ar"):
        return SURE
    joined = form[0] == "و" or (form[0] == "ف" and form[1:2] != "ي")  # "and" written onto it; في has its own letter
    if sent.is_cue(at, "connective.clause") and (before in _COMMAS or joined or not before.isalnum() or _strong(sent, at)):
        return SURE
    if form == "ثم":
        return MAYBE
    if joined and _a_subject(sent, at):
        return SURE
    if form[0] not in "وف" or not any(verb.prefix[:1] in ("و", "ف") for verb in sent.starts(at, "verb")):
        return MAYBE if before in _COMMAS and form in ("وفي", "وقرب", "وعلي") else 0
    if sent.is_cue(at, "speech.verbs"):
        return SURE
    return MAYBE


def _more_of_them(sent: Sentence, at: int) -> bool:
    """Whether "and" and a number of acts, or two of them, begin at `at` with a place of their own (وغارتين على، وثلاث غارات على)."""
    noun = next((n.last for n in sent.numbers if n.first == at), at)
    acts = [h for h in sent.starts(noun, "trigger") if h.entry.info.pos == "noun" and h.entry.info.role == "act"]
    if not acts or not (noun > at or sent.form(at).endswith(_DUAL)):
        return False
    return bool(_places(sent, acts[0].last, acts[0].last + _SUBJECT, "ar")) and bool(
        _places(sent, max(0, at - _SUBJECT), at, "ar")
    )


_DUAL, _THAT_TOO = tuple(grammar("clauses", "dual")), grammar("clauses", "that_too")


def _a_subject(sent: Sentence, at: int) -> bool:
    """Whether "and" and who acts stand right before a verb of their own (ومستوطنون يحرقون مركبات): another statement begins."""
    doers = (h for h in sent.starting.get(at, ()) if h.entry.layer in ("actor", "people") and h.prefix.startswith("و"))
    return any(sent.bare_verb(h.last) for h in doers)


def _strong(sent: Sentence, at: int) -> bool:
    """A connective of two words or more needs no comma before it; one that names an act does (قتلوا في تفجير آخر)."""
    return any(
        h.last - h.first > 1 and not any(sent.starts(k, "trigger") for k in range(h.first, h.last))
        for h in sent.starting.get(at, ())
        if h.entry.layer == "cue" and h.entry.value == "connective.clause"
    )


def _english(sent: Sentence, at: int) -> int:
    form, before = sent.form(at), sent.form(at - 1)
    if before in _STOPS:
        return SURE
    if sent.is_cue(at, "connective.clause") and (before in _COMMAS or _strong(sent, at)):
        return SURE
    if form in _JOINS and elsewhere(sent, at, "en"):
        return SURE
    if form == "and" and sent.form(at + 1) == "that" and any(_told_by_verb(sent, k) for k in range(at + 2, at + _SUBJECT)):
        return SURE
    if form in ("and", "but") and before in _COMMAS:
        return MAYBE
    return 0


_JOINS = grammar("clauses", "joins")
_SUBJECT, _OBJECT = 7, 12  # tokens: "and", its place and its subject before a verb; from the verb to its place


def elsewhere(sent: Sentence, at: int, lang: str) -> bool:
    """Whether what joins two clauses at `at` joins an act with a place to another with a place and, in English, a doer of its own ("and a
    bomb killed three in Kirkuk", فيما أدى انفجار في كركوك)."""
    tells = _told_by_verb if lang == "en" else _tells_anew
    act = next((k for k in range(at + 1, at + _SUBJECT) if tells(sent, k)), None)
    if act is None or (
        lang == "en" and not any(sent.layer(name, at, act) for name in ("actor", "weapon", "people", "generic"))
    ):
        return False
    begin = max(sent.dateline, next((k for k in range(at, 0, -1) if sent.form(k) in _STARTS), 0))
    behind = at if lang == "ar" or sent.form(at + 1) in words("en")["at"] else act  # "while in Mosul a bomb killed"
    here = _places(sent, behind, min(act + _OBJECT, sent.clause(act)[1]), lang)
    there = _places(sent, begin, at, lang)
    told = any(_told_by_verb(sent, k) if lang == "en" else sent.starts(k, "trigger") for k in range(begin, at))
    return told and bool(here and there and not here & there)


def _places(sent: Sentence, first: int, last: int, lang: str) -> set[str]:
    return {h.entry.value for h in sent.layer("place", first, last) if not word_here(sent, h, lang)}


def _tells_anew(sent: Sentence, at: int) -> bool:
    """Whether an Arabic verb or an indefinite noun of doing begins at `at`: "the explosion" is the one told of before."""
    acts = [h for h in sent.starts(at, "trigger") if h.entry.info.role == "act"]
    return any(h.entry.info.pos == "verb" or not (h.definite or sent.form(h.last - 1).startswith("ال")) for h in acts)


def _told_by_verb(sent: Sentence, at: int) -> bool:
    return any(h.entry.info.pos == "verb" and h.entry.info.tense == "past" for h in sent.starts(at, "trigger"))


_THAT, _TOLL = grammar_of("clauses", "that"), grammar("clauses", "toll")


def _before_on(sent: Sentence, at: int) -> int:
    """The token before a day, and before "on" and "late"."""
    at -= 1
    while sent.form(at) in ("on", "late", "early"):
        at -= 1
    return at


def _risen(sent: Sentence, at: int) -> bool:
    """Whether a toll has risen to the number right before the day at token `at`."""
    near = range(max(0, at - 5), at)
    return any(sent.form(k) == "to" and sent.form(k - 1) in _ROSE for k in near) and "toll" in sent.forms[:at]


_ROSE = grammar("clauses", "rose")


def of_speech(sent: Sentence, found: Found, lang: str) -> bool:
    """ "Sources said yesterday that ..." dates the speech, as "announced on Saturday a rise of the toll" does."""
    spoke = sent.has_cue(("speech.verbs",), found.first - 10, found.first)
    if lang == "en" and sent.is_cue(_before_on(sent, found.first), "speech.verbs"):
        return True  # ", police said on Friday"
    if lang == "en" and _risen(sent, found.first):
        return True  # "the death toll rose to 59 on Sunday"
    said = _THAT[lang] | _TOLL
    return spoke and any(sent.form(k) in said for k in range(found.last, found.last + 3))
