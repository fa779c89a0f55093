"""The capital told by that word alone ("in the capital", بالعاصمة): that of the country which the report is of."""

from marsad.read.annotate import Annotated, Sentence
from marsad.read.lexicon import Entry, Hit
from marsad.read.load import capital_of, grammar

_CAPITAL = grammar("capital", "capital")
_NOT_ALONE, _PROVINCE = grammar("capital", "not_alone"), grammar("capital", "province")


def note_capital(note: Annotated, home: str) -> None:
    """Let "the capital" name a place in every sentence of a report about `home`."""
    if not home:
        return
    for sent in note.sents:
        if sent.lacks(_CAPITAL):
            continue
        for at in [k for k in range(len(sent.toks)) if sent.form(k).removeprefix("و") in _CAPITAL and _alone(sent, k)]:
            if (entry := capital_of(note.lang, home)) is not None:
                _place(sent, at, entry)


def _place(sent: Sentence, at: int, entry: Entry) -> None:
    """Let the word at token `at` be `entry`, and not a province that is called so (of Kuwait, Bahrain, Jordan)."""
    token, form = sent.toks[at], sent.form(at)
    cut = len(form) - len(_bare(form))
    capital = Hit(entry, at, at + 1, token.start + cut, token.end, form[:cut], "")
    province = next((h for h in sent.starts(at, "place") if h.last == at + 1), None)
    if province is None:
        sent.add(capital)
    else:
        sent.swap(province, capital)
        sent.words_here.pop(at, None)  # what was found of the province's name


def _bare(form: str) -> str:
    """The word with its article and no other letter before it."""
    return form.removeprefix("و").removeprefix("ب")


def _alone(sent: Sentence, at: int) -> bool:
    """Whether no name, people or "of" beside the word tells whose or which capital it is."""
    after = at + 1 + (sent.form(at + 1) in ("،", ","))
    if sent.form(at - 1) in _PROVINCE:
        return False
    named = any(sent.starts(k, layer) for k in (at + 1, after) for layer in ("place", "demonym"))
    dated = any(f.first == at + 1 for f in sent.dates)
    if sent.form(at) == "capital":
        return sent.form(at - 1) == "the" and not named and sent.form(at + 1) not in _NOT_ALONE
    return dated or not (named or sent.form(at + 1) in _NOT_ALONE)
