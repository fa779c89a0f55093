"""Numbers in the text: each statement gets one where it is first used, and leads to the words it rests on."""

from dataclasses import dataclass, field

from marsad.brief.document import Sentence
from marsad.brief.material import Material
from marsad.records import Report, Span, Statement

SHOWN = 5
"""References after a sentence; of more, the number is told, and the register lists them."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What a sentence leads to. numbers: of its first statements. more: how many further ones. whole: it rests on reports or on
    the whole cut."""

    numbers: tuple[int, ...]
    more: int
    whole: bool


@dataclass
class Notes:
    """The numbers of one page."""

    material: Material
    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, statement: Statement) -> int:
        """The number of a statement on this page."""
        return self.numbers.setdefault(statement.id, len(self.numbers) + 1)

    def of(self, sentence: Sentence) -> Reference:
        """What `sentence` leads to."""
        said = list(self.material.rests_on(sentence.evidence))
        held = any(key in self.material.reports for key in sentence.evidence)
        return Reference(tuple(self.number(s) for s in said[:SHOWN]), max(0, len(said) - SHOWN), not said or held)

    def used(self) -> list[tuple[Report, list[Statement]]]:
        """The reports behind the page in order of first use, each with the statements that were used."""
        said: dict[str, list[Statement]] = {}
        for key in self.numbers:
            statement = self.material.statements[key]
            said.setdefault(statement.report, []).append(statement)
        return [(self.material.reports[r], listed) for r, listed in said.items()]


def offsets(span: Span, report: Report) -> dict[str, object]:
    """Where words stand: the slots of the phrase `offsets`."""
    return {"start": span.start, "end": span.end, "hash": report.id[:12]}
