"""An event as one sentence tells it, before the report's other sentences are heard."""

from dataclasses import dataclass, field

from marsad.read.annotate import Sentence
from marsad.read.lexicon import Hit
from marsad.read.told import Told
from marsad.records import Count, Party, Place, Weapon
from marsad.scales import FAMILY_OF, Family, Realis, WherePrecision
from marsad.text.dates import Found


@dataclass(slots=True)
class Draft:
    """An event as one sentence tells it; token ranges count in that sentence."""

    sent: Sentence
    first: int
    last: int
    kind: str
    realis: Realis
    acts: list[Hit]
    cue: Hit | None = None
    when: Found | None = None
    when_sent: Sentence | None = None  # the sentence whose tokens `when` counts in
    places: tuple[Place, ...] = ()
    actors: tuple[Party, ...] = ()
    targets: tuple[Party, ...] = ()
    weapons: tuple[Weapon, ...] = ()
    count: Count | None = None
    tolls: list[Told] = field(default_factory=list)
    definite: bool = False
    fresh: bool = False  # "another attack": never the one told before
    plural: bool = False  # attacks, not an attack
    town: Place | None = None  # of several that the same words tell of
    town_before: bool = False  # its town is one told before, by pointing back (refer.py)
    of_speech: bool = False  # `when` is the day of a statement about the event
    same_day: bool = False  # "the same day": that of the event told before
    next_day: bool = False  # "the next day": the one after that
    previous_day: bool = False  # "a day earlier": the one before it
    day_before: bool = False  # "the day after ...": the day before the news
    recalled: bool = False  # its own day is long before the news, or told as before it

    follows: "Draft | None" = None  # the event told shortly before, whose place it has for want of its own
    leads: bool = False  # the first attack that the report tells of
    again: int | None = None  # the last sentence in which it was told again
    before: int | None = None  # the first sentence that told of it, where a fuller telling took its place
    began: int | None = None  # folded offset of the words that first told of it, where a fuller telling took their place

    @property
    def first_told(self) -> int:
        """The folded offset from which the report tells of it."""
        return self.acts[0].start if self.began is None else self.began

    @property
    def first_sent(self) -> int:
        """The first sentence that tells of it."""
        return self.sent.at if self.before is None else self.before

    @property
    def last_told(self) -> int:
        """The last sentence that tells of it."""
        return self.sent.at if self.again is None else self.again

    @property
    def only_counts(self) -> bool:
        """Whether its words count dead, wounded or held, and name no act."""
        return all(h.entry.info.role != "act" for h in self.acts)

    @property
    def family(self) -> Family:
        """The family of the kind."""
        return FAMILY_OF[self.kind]

    @property
    def towns(self) -> tuple[Place, ...]:
        """Its places no wider than a district, and those whose width is not known."""
        return tuple(p for p in self.places if p.precision is None or p.precision <= WherePrecision.ADMIN2)
