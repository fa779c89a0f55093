"""Places told by pointing back: "in the city", «قرب الثكنة» mean the town or the site that the report named last."""

from functools import cache

from marsad.read.annotate import Annotated, Sentence
from marsad.read.draft import Draft
from marsad.read.load import book
from marsad.read.placewords import words as listed
from marsad.records import Place
from marsad.scales import WherePrecision
from marsad.text.fold import fold_text

_REMEMBERED = 40  # places told last that a site may be among; keeps reading linear


@cache
def _words(lang: str) -> dict[str, frozenset[str]]:
    return {name: frozenset(listed) for name, listed in book(lang, "where")["refers"].items()}


def refer_back(note: Annotated, found: list[Draft]) -> None:
    """Give each draft that names no town of its own the one its words point back to, in place; drafts in order of the text."""
    told: list[Place] = []
    for draft in found:
        mine = draft.towns
        if not mine and told and (meant := _meant(draft, note.lang, told)) is not None:
            draft.town_before = True
            draft.places = (meant, *(p for p in draft.places if p.gazetteer != meant.gazetteer or p.name != meant.name))
        told += mine[:1]


def _meant(draft: Draft, lang: str, told: list[Place]) -> Place | None:
    words = _words(lang)
    for at in range(draft.first, min(draft.last, len(draft.sent.toks))):
        noun = _noun(draft.sent, at, lang)
        if noun in words["town"] and _named_here(draft, at):
            return None  # "in Deir ez-Zor, at the entrance of the city"
        if noun in words["town"] and draft.sent.form(at + 1) not in words["not_back"]:
            return next((p for p in reversed(told) if not _site(p, lang)), told[-1])
        if noun in words["site"] and draft.sent.form(at + 1) not in words["not_back"]:
            return next((p for p in told[: -_REMEMBERED - 1 : -1] if noun.removeprefix("ال") in fold_text(p.name)), None)
    return None


def _named_here(draft: Draft, at: int) -> bool:
    """Whether the draft's own words name, before token `at`, a governorate that bears its city's name."""
    own = any(p.precision is not None and p.precision < WherePrecision.COUNTRY for p in draft.places)
    return own and bool(draft.sent.layer("place", draft.first, at))


def _site(place: Place, lang: str) -> bool:
    """Whether a place is a bridge, a square or another spot in a town."""
    return lang == "ar" and fold_text(place.name).split()[0] in listed(lang)["streets"]


def _noun(sent: Sentence, at: int, lang: str) -> str:
    """The definite noun at `at`: with the article, and without the letters written before it; "" if there is none."""
    form = sent.form(at)
    if lang == "en":
        return form if sent.form(at - 1) in ("the", "same") else ""
    if form.startswith("لل"):
        return "ال" + form[2:]
    return form[1:] if form[:1] in "وبفك" and form[1:3] == "ال" else form if form.startswith("ال") else ""
