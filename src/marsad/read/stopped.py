"""Attacks that were stopped before any harm: who carried the bomb was killed, or it was found, before it went off (codebook, section 3)."""

from marsad.read.annotate import Sentence
from marsad.read.asides import clause_around
from marsad.read.draft import Draft
from marsad.read.load import grammar
from marsad.read.told import Told
from marsad.scales import Realis

_KINDS = ("bombing", "suicide_bombing", "assassination")
_BEFORE = grammar("stopped", "before")
_COULD, _BOMBERS = grammar("stopped", "could"), grammar("stopped", "bombers")
_NEAR = 4  # tokens from "before" to what it did not come to


def stopped(draft: Draft, told: list[Told], lang: str) -> bool:
    """ "Police shot a man in an explosive vest before he could detonate it", قبل أن يفجر نفسه: nobody but those who came was hurt.

    told: the tolls of the sentence."""
    if draft.realis is not Realis.ACTUAL or draft.kind not in _KINDS:
        return False
    hurt = [t for t in told if t.name in ("killed", "injured") and t.group.low]
    sent, last = draft.sent, draft.acts[-1].last
    if any(_BOMBERS.isdisjoint(sent.forms[t.group.first : t.group.last]) for t in hurt):
        return False
    end = max(draft.last, clause_around(sent, last - 1, lang, through_quotes=True)[1])
    return any(_came_to_nothing(sent, at) for at in range(draft.acts[0].last, min(end, len(sent.toks))))


def _came_to_nothing(sent: Sentence, at: int) -> bool:
    if sent.form(at).removeprefix("و") not in _BEFORE:
        return False
    return any(sent.form(k) in _COULD for k in range(at + 1, at + _NEAR))
