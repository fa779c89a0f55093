"""Who does what an English verb tells: the subject of its clause.

An English subject stands before its verb; between the two stand its own preposition phrases ("police in Thala arrested"), asides, and
auxiliaries. A verb that "and" joins, and a participle behind a comma, have the subject of the verb before them; one behind "who" that
of the noun before it.
"""

from collections.abc import Mapping, Sequence

from marsad.read.annotate import Sentence
from marsad.read.clauses import elsewhere
from marsad.read.lexicon import QUOTES
from marsad.read.load import grammar
from marsad.read.mention import Mention
from marsad.read.rolewords import words

_FAR = 14  # tokens that a subject may stand before its verb, asides left out
_DEEP = 3  # verbs joined by "and"
_CONJUNCTIONS = grammar("subjects", "conjunctions")
Subject = tuple[Mention, ...]


def subjects(sent: Sentence, verb: int, mentions: Sequence[Mention], aside: Mapping[int, int]) -> Subject:
    """The mentions that are the subject of the verb whose words begin at token `verb`: those that "and" joins, or none.

    mentions: in order of the text; aside: token -> the aside that it is in.
    """
    return _of(sent, verb, mentions, aside, _DEEP)


def auxiliaries(sent: Sentence, verb: int) -> int:
    """The first token of the auxiliaries and adverbs right before a verb ("had reportedly been")."""
    at = verb
    while sent.form(at - 1) in words("en")["before_verb"] or (sent.form(at - 1).endswith("ly") and at > 0):
        at -= 1
    return at


def _of(sent: Sentence, verb: int, mentions: Sequence[Mention], aside: Mapping[int, int], deep: int) -> Subject:
    mine = aside.get(verb)
    at = auxiliaries(sent, verb) - 1
    while at >= 0 and aside.get(at) not in (None, mine):
        at -= 1
    before = sent.form(at)
    if before in words("en")["relative"]:
        whose = next((m for m in reversed(mentions) if m.last <= at and at - m.last <= _FAR // 2), None)
        apart = whose is None or any(_is(sent, k, "past") for k in range(whose.last, at - 1))
        return () if whose is None or apart else (whose,)  # "police freed a German who was abducted": none of those told
    if before in words("en")["of_doing"] and _is(sent, verb, "ing"):  # "accused the army of shelling"
        return next(((m,) for m in mentions if 0 <= at - m.last <= 1), ())
    if before in _PRONOUNS and deep:
        said = _speech_before(sent, at)
        return _of(sent, said, mentions, aside, deep - 1) if said else ()
    if _goes_on(sent, at, verb):
        earlier = _verb_before(sent, at, aside, mine) if deep else None
        if earlier is not None:
            return _of(sent, earlier, mentions, aside, deep - 1)
        stop = next((k for k in range(at, -1, -1) if sent.form(k) in ";.:"), -1)
        # the verb before is not known: its subject is what the clause begins with
        return _heads(sent, [m for m in mentions if stop < m.first < m.last <= verb and m.first not in aside])[:1]
    return _in_noun_phrase(sent, at, mentions, aside, mine)


def _goes_on(sent: Sentence, at: int, verb: int) -> bool:
    """Whether the verb shares the subject of the one before: behind "and", or a participle behind a comma or "by", "after", "while"."""
    form = sent.form(at)
    if form in words("en")["and"]:
        return True
    if form == "," and at == verb - 1 and _is(sent, verb, "past"):  # "entered the village, shot at residents and burned"
        rest = range(verb + 1, sent.clause(verb)[1])
        return any(sent.form(k) in words("en")["and"] and _is(sent, k + 1, "past") for k in rest)
    return _is(sent, verb, "ing") and form in words("en")["before_participle"]


def _speech_before(sent: Sentence, at: int) -> int:
    """The verb of saying whose subject a pronoun at token `at` stands for ("the army said it had retaken"); 0 if there is none."""
    near = range(at - 1, max(0, at - 3), -1)
    return next((k for k in near if sent.is_cue(k, "speech.verbs")), 0)


_PRONOUNS = grammar("subjects", "pronouns")


def _verb_before(sent: Sentence, at: int, aside: Mapping[int, int], mine: int | None) -> int | None:
    """The finite verb before token `at` whose subject goes on: none of a clause of "who" if the main clause has one before it."""
    found: list[tuple[bool, int]] = []
    for k in range(at - 1, -1, -1):
        if sent.form(k) in ";.:" or aside.get(k) not in (None, mine):
            continue
        if any(_is(sent, k, tense) for tense in ("past", "present")) and sent.form(k - 1) != "to" and not _a_noun(sent, k):
            found.append((sent.form(auxiliaries(sent, k) - 1) in words("en")["relative"], k))
    return next((k for relative, k in found if not relative), found[0][1] if found else None)


def _a_noun(sent: Sentence, at: int) -> bool:
    """Whether a verb form is a noun or an adjective where it stands ("the attack", "armed men", "two police stations")."""
    site = any(sent.in_set(name, at, at + 1) for name in ("base", "property"))
    return sent.form(at - 1) in words("en")["articles"] or (site and _is(sent, at, "present"))


def _in_noun_phrase(
    sent: Sentence, at: int, mentions: Sequence[Mention], aside: Mapping[int, int], mine: int | None
) -> Subject:
    """The heads of the noun phrase that ends at token `at`, or what "of" names ("fighters of the FSA")."""
    named = {k for m in mentions for k in range(m.first, m.last)}
    first, steps = at, 0
    while (
        first >= 0
        and steps < _FAR
        and (
            aside.get(first) not in (None, mine)
            or first in named
            or (sent.form(first) in QUOTES and {first - 1, first + 1} & named)
            or not _ends_a_clause(sent, first)
        )
    ):
        steps += aside.get(first) in (None, mine)
        first -= 1
    here = [m for m in mentions if m.first > first and m.last <= at + 1 and aside.get(m.first) in (None, mine)]
    described = _is(sent, first, "past") and sent.form(first + 1) in words("en")["prepositions"]
    if described and not _heads(sent, here):  # "forces stationed at the checkpoints have shelled"
        here = [m for m in mentions if m.last == first]
    return _heads(sent, here)


def _heads(sent: Sentence, here: Sequence[Mention]) -> Subject:
    """Of the mentions of a noun phrase those that no preposition governs; what "of" names where it tells more, or where there is no other."""
    owned = [m for m in here if "of" in (sent.form(m.first - 1), sent.form(m.first - 2))]
    named = {m.first for m in owned}
    heads = [m for m in here if sent.form(m.first - 1) not in words("en")["prepositions"]]
    bare = [m for m in heads if sent.form(m.last) == "of" and {m.last + 1, m.last + 2} & named]
    return tuple(m for m in heads if m not in bare) if len(bare) < len(heads) else tuple(owned[:1] or heads)


def _ends_a_clause(sent: Sentence, at: int) -> bool:
    form = sent.form(at)
    opens = form in words("en")["relative"] or form in words("en")["openers"] or form in _CONJUNCTIONS
    if opens or form in ',;:.–—"“”()':
        return form != "and" or not _joins_names(sent, at)
    finite = any(_is(sent, at, tense) for tense in ("past", "present"))
    return (
        finite
        and not _a_noun(sent, at)
        and not any(h.entry.layer in ("people", "actor", "set", "place") for h in sent.starting[at])
    )


def _joins_names(sent: Sentence, at: int) -> bool:
    """Whether "and" stands between two nouns of one subject ("soldiers and police")."""
    return not sent.starts(at + 1, "verb") and not elsewhere(sent, at, "en")


def _is(sent: Sentence, at: int, tense: str) -> bool:
    verbs = any(v.entry.info[0] == tense for v in sent.starts(at, "verb"))
    return verbs or any(t.entry.info.pos == "verb" and t.entry.info.tense == tense for t in sent.starts(at, "trigger"))
