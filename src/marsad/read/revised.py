"""Tolls that a sentence revises, sums up or tells twice, and casualties of which there is only no news."""

from marsad.read.annotate import Sentence
from marsad.read.counts import Group, wounded_words
from marsad.read.load import grammar
from marsad.read.phrases import past_bound, words
from marsad.read.told import Told, TollName
from marsad.text.numerals import Number


def totals(sent: Sentence, lang: str) -> list[Told]:
    """ "The death toll has risen to 165", ارتفعت حصيلة القتلى إلى 165، بلغ عدد القتلى عشرة والجرحى ستين: numbers that no noun follows, one
    of dead and one of wounded."""
    listed = words(lang)
    if sent.lacks(listed["total_of"]) or (sent.lacks(listed["revised"]) and sent.lacks(_REACHED)):
        return []
    told: dict[str, Told] = {}
    for at, form in enumerate(sent.forms):
        if form not in listed["total_of"] and form[1:] not in listed["total_of"]:
            continue
        number = _risen_to(sent, at, lang)
        if number is None or sent.form(number.last) in _PERCENT:
            continue
        if number.last > at and sent.starts(number.last, "people") and not sent.form(number.first - 1).startswith("ب"):
            continue  # a noun that tells the count by itself; but قدر عدد القتلى بنحو 30 شخصا
        hurt = form.removeprefix("و").removeprefix("ال") in wounded_words(lang)
        name: TollName = "injured" if hurt else "killed"
        value = int(number.value)
        group = Group(value, value, value, number.first, number.last, {"unknown": value})
        told.setdefault(name, Told(name, group, min(at, number.first), max(at + 1, number.last), at, sent))
    return list(told.values())


def _risen_to(sent: Sentence, at: int, lang: str) -> Number | None:
    """The number to which the count of the people at token `at` has risen, or that it has reached."""
    listed = words(lang)
    ahead = next((n for n in sent.numbers if n.last == at - 1), None)
    if ahead is not None and sent.form(at - 1) in _COUNT and sent.form(ahead.first - 1) in listed["to"]:
        return None if ahead.loose else ahead  # ارتفع إلى 235 عدد قتلى الهجوم
    number = next((n for n in sent.numbers if n.first > at), None)
    if number is None or number.loose:
        return None
    before = next((k for k in range(number.first - 1, at, -1) if sent.form(k) in listed["to"]), None)
    if not sent.lacks(listed["to"]) and before is not None:
        return number if past_bound(sent, before + 1, lang) == number.first else None
    reached = any(sent.form(k).removeprefix("و") in _REACHED for k in range(max(0, at - _NEAR), at))
    return number if reached and not any(sent.starts(k, "verb") for k in range(at + 1, number.first)) else None


_REACHED, _NEAR = grammar("revised", "reached"), 4  # tokens from the verb to those counted
_COUNT = grammar("revised", "count")
_PERCENT = ("%", "بالميه", "percent")


def revises(sent: Sentence, risen: Told, found: list[Told], lang: str) -> bool:
    """Whether a risen toll is that of the event: where no other is told, or only those who died since ("four more have died")."""
    killed = [t.group.low for t in found if t.name == risen.name]
    if risen.name == "injured":
        return not killed
    of_wounds = any(
        not wounded_words(lang).isdisjoint(sent.forms[t.group.first : t.group.last + 3]) for t in found if t.name == "killed"
    )
    since = of_wounds or not sent.lacks(words(lang)["died_since"])  # "rose to 23 when two of the wounded died"
    return not killed or (sum(killed) < risen.group.low and since)


def running(sent: Sentence, told: Told, lang: str) -> bool:
    """Whether a number is only the sum of many events ("bringing to 69 the number of troops to die this month")."""
    at = told.group.first
    sums = words(lang)["sums"]
    if told.group.bare and sent.form(at - 1) in sums:
        return True  # "the number of the militants killed"
    to = sent.form(at - 1) in words(lang)["to"] and sent.form(at - 2) in words(lang)["revised"]
    return to and any(sent.form(k) in sums for k in range(told.group.last, told.group.last + _LED_TO))


def untold(sent: Sentence, told: Told, lang: str) -> bool:
    """Whether there is only no news of it ("no word of casualties", ولم ترد أنباء عن سقوط ضحايا)."""
    if not told.group.bare or sent.lacks(words(lang)["unreported"]):
        return False
    before = [sent.form(k).removeprefix("و") for k in range(max(0, told.first - 2 * _LED_TO), told.first)]
    return not words(lang)["unreported"].isdisjoint(before) and not _NO.isdisjoint(before)


_NO = grammar("revised", "no")


def told_before(sent: Sentence, told: Told, found: list[Told]) -> bool:
    """Whether a toll only says again what the sentence told ("that a policeman was killed by a bomb ..., which led to the death of a
    policeman")."""
    if not sent.has_cue(("connective.result",), told.first - _LED_TO, told.first):
        return False
    earlier = (t for t in found if t.name == told.name and t.head < told.head)
    return any(t.group.low == told.group.low and t.group.by == told.group.by for t in earlier)


_LED_TO = 4  # tokens
