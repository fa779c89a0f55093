"""A statement as a card: what it says, line by line, each line with the words it rests on."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from marsad.brief import names
from marsad.brief.marked import Mark, mark_of
from marsad.brief.words import Words, book, visible
from marsad.records import Party, Place, Report, Span, Statement, Toll
from marsad.scales import KINDS, DatePrecision, Realis

TOLLS = ("killed", "injured", "abducted", "arrested")


@dataclass(frozen=True, slots=True)
class Said:
    """One value of a line: how it reads, the words it rests on (None: told by no words of its own), and what else to know."""

    text: str
    mark: Mark | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """The lines of one statement in the language of `words`."""

    words: Words
    report: Report
    statement: Statement

    @property
    def own(self) -> Mapping[str, Mapping[str, str]]:
        """The page's own words (templates/{lang}/reading.toml)."""
        return book(self.words.lang, "reading")

    @property
    def head(self) -> dict[str, str]:
        """Class, kind (or what is measured) and realis."""
        s = self.statement
        kind = getattr(KINDS[s.kind], self.words.lang) if s.kind in KINDS else s.kind
        realis = "so" if s.cls != "event" and s.realis is Realis.ACTUAL else s.realis.value
        return {"cls": self.own["classes"][s.cls], "kind": kind, "realis": self.own["realis"][realis]}

    def lines(self) -> Iterator[tuple[str, str, list[Said]]]:
        """(slot, its label, its values) of every line that has something to say."""
        for slot, values in self._lines():
            if told := [v for v in values if v.text]:
                yield slot, self.own["rows"][slot], told

    def _lines(self) -> Iterator[tuple[str, Iterable[Said]]]:
        s = self.statement
        yield "when", self._when()
        yield "places", (self._place(p) for p in s.places)
        yield "actors", (self._party(p, "actors") for p in s.actors)
        yield "targets", (self._party(p, "targets") for p in s.targets)
        yield "weapons", (Said(self.words.label("weapons", w.name), Mark(w.span, "weapons")) for w in s.weapons)
        yield "count", self._count()
        for slot in TOLLS:
            toll = getattr(s, slot)
            yield slot, [self._toll(toll, slot)] if toll else []
        for slot in ("claimed_by", "attributed_to", "expected_by"):
            party = getattr(s, slot)
            yield slot, [self._party(party, "source")] if party else []
        yield from ((slot, [Said(text)]) for slot, text in self._rest().items())

    def _rest(self) -> dict[str, str]:
        s, values = self.statement, self.own["values"]
        value = "" if s.value is None else values[s.bound or "exact"].format(self._number_of(s.value, s.unit))
        return {
            "direction": self.words.label("directions", s.direction) if s.direction else "",
            "ratio": "" if s.ratio is None else f"{s.ratio:g}", "unseen_for": s.unseen_for, "horizon": visible(s.horizon),
            "conditional": values["yes"] if s.conditional else "", "name": visible(s.name), "gist": visible(s.gist),
            "value": value,
            "confidence": "" if s.confidence is None else self.words.percent(s.confidence),
        }  # fmt: skip

    def _when(self) -> list[Said]:
        when = self.statement.when
        if when is None:
            return []
        if when.precision is DatePrecision.YEAR and when.start.year == when.end.year:
            told = str(when.start.year)
        elif when.precision is DatePrecision.MONTH and (when.start.year, when.start.month) == (when.end.year, when.end.month):
            told = f"{self.words.month(when.start.month)} {when.start.year}"
        else:
            told = self.words.days(when.start, when.end)
        mark = Mark(when.span, "when") if when.span else None
        notes = [self.own["basis"][when.basis.value], self.own["values"]["aggregate"] if self.statement.aggregate else ""]
        return [Said(told, mark, self._comma().join(n for n in notes if n))]

    def _place(self, place: Place) -> Said:
        name, unit = names.where(place, self.words.lang)
        country = names.country(place.country, self.words.lang) if place.country else ""
        holders = [n for n in (unit, country) if n and n != name]
        told = f"{name} ({self._comma().join(holders)})" if holders else name
        note = self.own["precision"].get(str(int(place.precision)), "") if place.precision else ""
        return Said(visible(told), Mark(place.span, "places"), note)

    def _party(self, party: Party, slot: str) -> Said:
        told = names.party(party, self.report.text, self.report.lang, self.words.lang)
        return Said(visible(told), mark_of(self.statement, slot, party.span))

    def _count(self) -> list[Said]:
        count = self.statement.count
        if count is None:
            return []
        told = self.own["values"][count.bound].format(self._number_of(count.value, count.unit))
        return [Said(told, _mark(count.span, "count"))]

    def _toll(self, toll: Toll, slot: str) -> Said:
        groups = [f"{self.words.label('groups', g)}: {self.words.number(n)}" for g, n in toll.by.items()]
        return Said(self._persons(toll), _mark(toll.span, slot), self._comma().join(groups))

    def _persons(self, toll: Toll) -> str:
        number = self.words.number
        if toll.low is not None and toll.high is not None and toll.low != toll.high:
            return f"{number(toll.low)}–{number(toll.high)}"
        if toll.high is None and toll.low is not None:
            return self.own["values"]["at_least"].format(number(toll.low))
        best = toll.best if toll.best is not None else toll.low if toll.low is not None else toll.high
        return "" if best is None else number(best)

    def _number_of(self, value: float, unit: str) -> str:
        """A number with its noun in the form that follows it; a unit that the word books lack stands as it is."""
        known = unit in self.words.book["nouns"] and value == int(value)
        return f"{self.words.number(value)} {self.words.noun_after(int(value), unit) if known else visible(unit)}".strip()

    def _comma(self) -> str:
        return str(self.words.book["style"]["list_comma"])


def _mark(span: Span | None, slot: str) -> Mark | None:
    return Mark(span, slot) if span else None


def details(card: Card) -> dict[str, Any]:
    """What the template shows of a card, but for its links."""
    return {**card.head, "lines": list(card.lines()), "anchor": visible(card.statement.anchor.of(card.report.text))}
