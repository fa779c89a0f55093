"""Whom English tells to have been killed or hurt: before or behind the verb, by "was", "dead" and "to death"."""

from marsad.read.annotate import Sentence
from marsad.read.counts import Group, group_at
from marsad.read.english import describes_people
from marsad.read.lexicon import Hit
from marsad.read.load import grammar
from marsad.read.rolewords import words as roles
from marsad.read.told import Told, TollName
from marsad.read.victims import REACH

_DETERMINERS, _CROWDS = grammar("tolls", "determiners"), grammar("crowds", "doers")
_HARM = grammar("tolls", "harm")
_BLADES, _DEAD, _TAKES = grammar("tolls", "blades"), grammar("tolls", "dead"), grammar("triggers", "takes")


def english_verb(sent: Sentence, verb: Hit, name: TollName, before: Group | None, after: Group | None) -> list[Told]:
    """Passive ("three were killed", "three killed in") takes the people before, active those after."""
    if describes_people(sent, verb) or (name == "injured" and _to_death(sent, verb)):
        return []
    if verb.entry.info.lemma in _TAKES and not (after is not None and after.who):
        return []  # towns and rifles are seized too
    passive = _after_be(sent, verb.first) or verb.entry.info.lemma == "die"
    group = before if passive else after
    if not passive and sent.form(verb.last) in ("him", "her") and verb.entry.info.lemma in ("kill", "shoot", "murder"):
        group = Group(1, 1, 1, verb.last, verb.last + 1, {"unknown": 1}, bare=True)  # "opened fire, killing him"
    if not passive and sent.form(verb.last) == "them":
        group = before if before is not None and not before.is_agent else None  # "kidnapped 11 miners and killed them"
        return [Told(name, group, verb.first, verb.last + 1, verb.first, sent)] if group else []
    if group is None and passive and name == "killed" and verb.entry.info.lemma != "die":
        group = one_who_was(sent, verb.first)
    if group is None and not passive and sent.form(verb.last) in _DETERMINERS:
        group = _unlisted(sent, verb.last, before)
    elif group is None:
        group = after if passive else before if verb.entry.info.tense == "past" and after is None else None
    return [Told(name, group, min(verb.first, group.first), max(verb.last, group.last), verb.first, sent)] if group else []


def _to_death(sent: Sentence, verb: Hit) -> bool:
    """Whether a verb of harm goes on to tell of a death ("stabbed two men to death")."""
    near = range(verb.last, sent.clause(verb.first)[1])
    return verb.entry.info.lemma in _BLADES and any(sent.form(k) in _DEAD for k in near)


def _unlisted(sent: Sentence, at: int, before: Group | None) -> Group | None:
    """The one person at `at`, of a trade that no list of people holds, whom armed people or a crowd killed ("gunmen killed a weaver")."""
    if before is None or sent.form(at) not in ("a", "an"):
        return None
    doers = before.is_agent or not _CROWDS.isdisjoint(sent.forms[before.first : before.last])
    return Group(1, 1, 1, at, at + 1, {"unknown": 1}, bare=True) if doers else None


def one_who_was(sent: Sentence, at: int) -> Group | None:
    """The one person, of a trade or an office that no list of people holds, who "was killed" or "was shot dead" at token `at`."""
    was = next((k for k in range(at - 1, max(0, at - 4), -1) if sent.form(k) == "was"), None)
    if was is None:
        return None
    first, _ = sent.clause(was - 1)
    first = max([first, *(k + 1 for k in range(first, was) if sent.form(k) == "that")])
    office = sent.in_set("offices", first, was)
    return Group(1, 1, 1, office.first, office.last, {"civilians": 1}, bare=True) if office is not None else None


def shot_by(sent: Sentence, at: int) -> Group | None:
    """Whom somebody "shot dead": told after it, unless they "were shot dead"."""
    return None if _after_be(sent, at) or not sent.starts(at - 1, "trigger") else group_at(sent, at + 1, "en")


def _after_be(sent: Sentence, at: int) -> bool:
    """Whether a form of "be" stands among the three words before token `at`."""
    be = roles("en")["be"]
    return any(sent.form(k) in be for k in range(max(0, at - 3), at))


def done_to_death(sent: Sentence, at: int, before: Group) -> Group | None:
    """Whom a verb of harm before "to death" at `at` tells of ("stabbed two men to death"), and no sentence of a court; before: those told before."""
    harm = next((k for k in range(at - 1, max(0, at - REACH) - 1, -1) if sent.form(k) in _HARM), None)
    if harm is None:
        return None
    return before if before.last > harm or _after_be(sent, harm) else _unlisted(sent, harm + 1, before)
