"""What every section writes with: the material, the words, and the names of things in one language."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from marsad.brief import names
from marsad.brief.material import Material
from marsad.brief.words import Case, Words, unlike
from marsad.records import Incident, Lang, Party, Place, Sentence, Statement
from marsad.scales import WherePrecision

UNKNOWN = frozenset(("unknown armed group",))
TOLLS = ("killed", "injured", "abducted", "arrested")


@dataclass(frozen=True)
class Writer:
    """Writes sentences of `material` in the language of `words`."""

    material: Material
    words: Words

    @property
    def lang(self) -> Lang:
        """The language of the brief."""
        return self.words.lang

    def say(self, key: str, evidence: Iterable[str], **slots: Any) -> Sentence:
        """The phrase `key` as a sentence that rests on `evidence`; on the whole cut where that is empty."""
        return Sentence(self.words.phrase(key, **slots), tuple(dict.fromkeys(evidence)) or (self.material.cut,))

    def party(self, party: Party, statement: Statement, case: Case = "nom") -> str:
        """A party's name."""
        report = self.material.reports[statement.report]
        return names.party(party, report.text, report.lang, self.lang, case)

    @cached_property
    def _written(self) -> dict[str, tuple[Party, Statement]]:
        parties = ((p, s) for s in self.material.statements.values() for p in (*s.actors, *s.targets))
        found: dict[str, tuple[Party, Statement]] = {}
        for party, statement in parties:
            if party.name not in found or self.material.reports[statement.report].lang == "ar":
                found[party.name] = (party, statement)
        return found

    def actor(self, name: str, case: Case = "nom") -> str:
        """The name of an actor or target of an incident, by its canonical name."""
        if name in self._written:
            return self.party(*self._written[name], case)
        return names.actor(name, self.lang, case=case)

    def actors(self, listed: Iterable[str], case: Case = "nom") -> list[str]:
        """The names of those actors that are known."""
        return unlike([self.actor(n, case) for n in listed if n not in UNKNOWN])

    def few(self, listed: list[str], most: int = 3) -> str:
        """A list for a title: the first of many by name."""
        if len(listed) <= most + 1:
            return self.words.join(listed)
        return self.words.phrase("few", first=listed[:most], n=len(listed) - most)

    def place(self, place: Place) -> str:
        """A place with the unit that holds it: "Camp Taji (Baghdad)"."""
        name, unit = names.where(place, self.lang)
        return self.words.phrase("place_in", place=name, unit=unit) if unit else name

    def places(self, listed: Iterable[Place]) -> list[str]:
        """The most specific place, and further ones that are points themselves; what only contains them is left out."""
        exact = (WherePrecision.EXACT, WherePrecision.NEAR)
        return unlike([self.place(p) for k, p in enumerate(listed) if k == 0 or p.precision in exact])

    def where(self, incident: Incident) -> str:
        """The place of an incident as a label."""
        listed = self.places(incident.places)
        return self.words.join(listed) if listed else self.words.phrase("no_place")

    def preposition(self, incident: Incident) -> str:
        """What stands before an incident's place: a base, a crossing, a mountain is "at", a town or an area "in"."""
        found = names.entry(incident.places[0]) if incident.places else None
        points = ("base", "crossing", "mountain", "camp", "basin")
        return str(self.words.book["style"]["at" if found is not None and found.kind in points else "in"])

    def placed(self, incident: Incident) -> str:
        """The place of an incident within a sentence: "at Camp Taji (Baghdad)"; a bracket where none is told."""
        where = self.where(incident)
        return f"{self.preposition(incident)} {where}" if incident.places else f"({where})"

    def kind(self, name: str) -> str:
        """The name of a kind."""
        from marsad.scales import KINDS  # noqa: PLC0415

        return getattr(KINDS[name], self.lang) if name in KINDS else name

    def kinds(self, name: str) -> str:
        """Several of a kind: "armed attacks"; events where no kind is told."""
        found = self.words.book["kinds"].get(name)
        return str(found["many"]) if found else self.words.phrase("some_events")

    def source(self, statement: Statement) -> str:
        """Who says so: whom the report quotes, else the report's own source."""
        if statement.attributed_to is not None:
            return self.party(statement.attributed_to, statement)
        return self.outlet(statement)

    def outlet(self, statement: Statement) -> str:
        """The source of the report."""
        source = self.material.reports[statement.report].source
        return names.actor(source, self.lang) if source else self.words.phrase("a_report")

    def noun(self, unit: str, weapons: Iterable[str]) -> str:
        """The noun of a count: rounds are named by their weapon where there is one alone."""
        kinds = [w for w in weapons if f"{unit}_{w}" in self.words.book["nouns"]]
        return f"{unit}_{kinds[0]}" if len(kinds) == 1 else unit if unit in self.words.book["nouns"] else ""
