"""Messages of armed groups, and advice: what somebody says should be done (codebook, section 1)."""

from collections.abc import Iterator
from functools import cache

from marsad.read.annotate import Annotated, Sentence
from marsad.read.lexicon import Hit
from marsad.read.load import grammar, rows
from marsad.read.nonevents import COUNTED, GROUPS, end, has, made_of, words_of
from marsad.read.parties import named
from marsad.read.phrases import firsts
from marsad.read.phrases import said as said_at
from marsad.records import Report, Statement
from marsad.scales import FAMILY_OF, Family
from marsad.text.tokens import Remembered


@cache
def _gloss(lang: str) -> dict[str, str]:
    return {row[0]: row[1] for row in rows(lang, "glosses.tsv")} if lang == "ar" else {}


def messages(report: Report, note: Annotated, sent: Sentence, home: str, reader: str) -> Iterator[Statement]:
    words = words_of(note.lang)["message"]
    if sent.lacks(words["verbs"]):
        return
    done, tells = -1, _tellers(note.lang)
    for at in [k for k, form in enumerate(sent.forms) if tells[form]]:
        if at <= done or sent.is_cue(at, "speech.claims"):
            continue
        speaker = _armed_speaker(sent, at, words, note.lang)
        if speaker is None:
            continue
        last = end(sent, at, 40)
        done = last
        party = named(note, sent, speaker, home)
        gist = _gist(note, sent, at, last, f"{party.name if party else 'the group'} says:")
        yield made_of(report, note, sent, reader, "message", at, last, actors=(party,) if party else (), gist=gist)


@cache
def _tellers(lang: str) -> Remembered[bool]:
    """Form -> whether it is a verb that a message is told with."""
    return Remembered(lambda form: has(form, words_of(lang)["message"]["verbs"], lang))


def _armed_speaker(sent: Sentence, at: int, words: dict[str, frozenset[str]], lang: str) -> Hit | None:
    """The armed group that speaks: beside the verb, or whose bulletin, statement or leadership does."""
    armed = [h for h in sent.layer("actor") if h.entry.info[0] in GROUPS]
    for hit in armed:
        if any(letter in hit.prefix.removesuffix("ال") for letter in "لب"):
            continue  # spoken of, or to
        told_of = any(sent.form(k) in _OF for k in range(at + 1, hit.first))  # "warned of the group's return"
        near = (lang == "ar" and 0 <= hit.first - at <= 7 and not told_of) or 0 < at - hit.last <= 2
        if near:
            return hit
    channel = any(sent.form(k).removeprefix("ال") in words["channels"] for k in range(max(0, at - 8), at + 5))
    return next((h for h in reversed(armed) if h.first < at + 6), None) if channel else None


def advice(report: Report, note: Annotated, sent: Sentence, home: str, reader: str) -> Iterator[Statement]:
    words = words_of(note.lang)["advice"]
    at = _urged_at(sent, words, note.lang)
    if at is None or any(h.entry.info[0] in GROUPS and abs(h.first - at) <= 2 for h in sent.layer("actor")):
        return
    matter = [h for h in sent.layer("trigger") if FAMILY_OF[h.entry.info.kind] in (Family.POSTURE, Family.MEASURE, *COUNTED)] or sent.layer("actor") or sent.in_set("forces", 0, len(sent.toks))  # fmt: skip
    if not matter:
        return
    last = end(sent, at, 40)
    yield made_of(
        report, note, sent, reader, "advice", at, last, gist=_gist(note, sent, at, min(last + 12, len(sent.toks)), "should:")
    )


def _urged_at(sent: Sentence, words: dict[str, frozenset[str]], lang: str) -> int | None:
    """Where advice begins: a word of duty, or a call by somebody to do or end something."""
    if not sent.lacks(firsts(words["cues"])):
        begins = _duties(lang)
        for at in [k for k, form in enumerate(sent.forms) if begins[form]]:
            if said_at(sent, at, words["cues"]) or has(sent.form(at), words["cues"], lang):
                return at
    if sent.lacks(words["urge"]):
        return None
    for at in range(len(sent.toks)):
        if sent.forms[at] not in words["urge"]:
            continue
        to = sent.forms[at + 1 : at + 9]
        if not _TOWARDS.isdisjoint(to) or any(f.startswith("ب") for f in to):
            return None if any(_family_of(h) is Family.UNREST for h in sent.layer("trigger", at)) else at
    return None


@cache
def _duties(lang: str) -> Remembered[bool]:
    """Form -> whether a word of duty can begin with it."""
    return Remembered(lambda form: has(form, firsts(words_of(lang)["advice"]["cues"]), lang))


def _family_of(hit: Hit) -> Family:
    return FAMILY_OF[hit.entry.info.kind]


_OF = grammar("messages", "of")
_TOWARDS = grammar("messages", "towards")


def _gist(note: Annotated, sent: Sentence, first: int, last: int, head: str) -> str:
    """A short English gist: the clause itself in English, or the glosses of its known words in order."""
    if note.lang == "en":
        start, end = note.folded.span(sent.toks[first].start, sent.toks[last - 1].end)
        return f"{head} {note.folded.text[sent.toks[first].start : sent.toks[last - 1].end][:160]}" if end > start else head
    glosses: dict[str, None] = {}
    table = _gloss(note.lang)
    for at in range(first, last):
        form = sent.form(at)
        for option in (form, form[1:], form.removeprefix("ال"), form[1:].removeprefix("ال"), "ال" + form[2:]):
            if option in table:
                glosses.setdefault(table[option])
                break
    return f"{head} {', '.join(list(glosses)[:8])}" if glosses else head.rstrip(":")
