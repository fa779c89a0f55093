"""The nouns of a brief: sentences with their evidence, in blocks, in sections. Rendering is elsewhere."""

from dataclasses import dataclass
from datetime import date

from marsad.records import Lang
from marsad.scales import Sensitivity


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a brief with the ids it rests on (statements, incidents, signals, forecasts, reports); never without."""

    text: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What a section says of one thing (about: its id): prose, and points read one under another. tags: labels by the title."""

    title: str = ""
    sentences: tuple[Sentence, ...] = ()
    points: tuple[Sentence, ...] = ()
    about: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a brief. key: its name in every language ("highlights", "incidents", ...)."""

    key: str
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A brief in one language; rendering is elsewhere. A draft until a person approves it."""

    lang: Lang
    title: str
    period: tuple[date, date]
    as_of: date
    sections: tuple[Section, ...]
    method: str
    version: str
    sensitivity: Sensitivity = Sensitivity.PUBLIC

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence, in reading order."""
        return tuple(s for section in self.sections for b in section.blocks for s in (*b.sentences, *b.points))
