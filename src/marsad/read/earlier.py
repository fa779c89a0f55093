"""What is told only to mark the time of the news: "two days after a bombing", بعد أسبوع على خطف ثمانية.

It is an event of its own, that long before the news beside it, and lends it no place or toll (codebook, section 3: what is older
than a month, or of no known day, is background).
"""

from datetime import date, timedelta
from typing import NamedTuple

from marsad.read.annotate import Annotated, Sentence
from marsad.read.load import grammar, grammar_of
from marsad.text.dates import Found
from marsad.text.datewords import words as date_words

_AFTER = grammar_of("earlier", "after")
_MORROW = grammar("earlier", "morrow")
_SAID, _ANNOUNCED = grammar("earlier", "said"), 4  # tokens: "a week after the army's announcement that it retook"
_AT_ONCE = grammar("earlier", "at_once")  # words of such kinds for what is over at once
_ON, _FROM = "علي", "من"
_REACH = 6  # tokens from "after" to the length of time: بعد اقل من ثلاثه اسابيع
_ENDS = frozenset("،,؛;.:()")
_LASTING = frozenset(("clash", "shelling", "air_strike", "protest", "riot", "blockade", "raid", "ceasefire", "agreement"))
"""Kinds that go on for days: "after three days of clashes" tells how long they lasted, not what was before them."""
_DAYS = {"hour": 0.0, "day": 1.0, "week": 7.0}


class Earlier(NamedTuple):
    """Tokens first..last of such a phrase, up to the next comma; the unit of its length of time, and how many of it (0: not told)."""

    first: int
    last: int
    unit: str
    length: float

    @property
    def dated(self) -> bool:
        """Whether it tells how many days or weeks before the news; "days after" does not."""
        return self.unit in _DAYS and (self.length > 0 or self.unit == "hour")

    def has(self, at: int) -> bool:
        """Whether token `at` belongs to it."""
        return self.first <= at < self.last


def earlier(sent: Sentence, lang: str) -> list[Earlier]:
    """The phrases of a sentence, in order."""
    if sent.lacks(_AFTER[lang]):
        return []
    begin = _arabic if lang == "ar" else _english
    return [found for at in range(len(sent.toks)) if _is_after(sent, at, lang) and (found := begin(sent, at)) is not None]


def around(phrases: list[Earlier], at: int) -> Earlier | None:
    """The phrase that token `at` belongs to."""
    return next((p for p in phrases if p.has(at)), None)


def day_of(note: Annotated, sent: Sentence, phrase: Earlier) -> Found | None:
    """The day told by a phrase: so long before the day told beside it, else before the news. None if it is not told by days or weeks."""
    if not phrase.dated:
        return None
    beside = next((f.start for f in sent.dates if not phrase.has(f.first) and f.precision == 1 and f.start is not None), None)
    news: date | None = beside or note.published
    if news is None:
        return None
    day = news - timedelta(days=int(phrase.length * _DAYS[phrase.unit]))
    return Found(day, day, 2 if phrase.unit == "week" else 1, "relative", phrase.first, phrase.last)


def _is_after(sent: Sentence, at: int, lang: str) -> bool:
    return sent.forms[at].removeprefix("و" if lang == "ar" else "\0") in _AFTER[lang]


def _end(sent: Sentence, at: int) -> int:
    return next((k for k in range(at + 1, len(sent.toks)) if sent.forms[k] in _ENDS), len(sent.toks))


def _length(sent: Sentence, unit: int, lang: str) -> tuple[str, float]:
    """(unit, how many) of the length of time that ends at token `unit`."""
    name, own = date_words(lang).units[sent.form(unit)]
    counted = next((n.value for n in sent.numbers if n.last == unit and not n.loose), 0.0)
    return name, counted or own


def _arabic(sent: Sentence, at: int) -> Earlier | None:
    """From "after" on, if a length of time and على, or من and an act that does not last, follow."""
    if sent.form(at).removeprefix("و") in _MORROW:
        acts = sent.layer("trigger", at + 1, at + 3)
        return Earlier(at, _end(sent, at), "day", 1.0) if acts and acts[0].entry.info.pos != "verb" else None
    units = date_words("ar").units
    unit = next((k for k in range(at + 1, at + _REACH) if sent.form(k) in units), None)
    if unit is None or any(sent.form(k) in _ENDS for k in range(at + 1, unit)):
        return None
    link = next((k for k in (unit + 1, unit + 2) if sent.form(k) in (_ON, _FROM)), None)
    if link is None:
        return None
    told = link + 1 + (_ANNOUNCED if sent.form(link + 1) in _SAID else 0)
    acts = sent.layer("trigger", link + 1, told + 3)
    named = [h for h in acts if h.first == acts[0].first]  # of "an attack that they launched", the attack
    lasts = any(h.entry.info.kind in _LASTING and sent.form(h.first) not in _AT_ONCE for h in named)
    if not acts or (sent.form(link) == _FROM and lasts):
        return None
    return Earlier(at, _end(sent, at), *_length(sent, unit, "ar"))


def _english(sent: Sentence, at: int) -> Earlier | None:
    """From the length of time before "after" on."""
    if sent.form(at - 1) not in date_words("en").units:
        return None
    number = next((n.first for n in sent.numbers if n.last == at - 1), at - 1)
    first = number - (sent.form(number - 1) in ("a", "an", "few", "several"))
    return Earlier(first, _end(sent, at), *_length(sent, at - 1, "en"))
