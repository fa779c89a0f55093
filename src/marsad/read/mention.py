"""One party told in a sentence, and what a country's forces and government are called."""

from dataclasses import dataclass

from marsad.read.annotate import Annotated, Sentence
from marsad.read.lexicon import Hit
from marsad.read.load import forces_of, grammar
from marsad.read.placenames import country_name
from marsad.records import Party, Span

_FORCE_NAMES = {
    "military": "Armed Forces",
    "police": "police",
    "security forces": "security forces",
    "air force": "Armed Forces",
}


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in a sentence, tokens first up to last, that names one party, or two that share a noun. side: armed, state, civil."""

    first: int
    last: int
    parties: tuple[Party, ...]
    prefix: str
    side: str
    rules: str = ""  # the country whose government it is; "" for all others

    @property
    def bound(self) -> bool:
        """Whether a preposition is written onto it (للحوثيين، بالجيش)."""
        return any(letter in self.prefix.removesuffix("ال") for letter in "بلك") or self.prefix.endswith("لل")


def thought_to_be(sent: Sentence, at: int) -> int:
    """The token after "thought to be" that begins at `at` (يرجح أنها); else `at`."""
    return at + 2 if sent.form(at + 1) in _THAT_THEY else at


_THAT_THEY = grammar("annotate", "that_they")


def force_name(force: str, country: str) -> str:
    """ "military" of IQ -> Iraqi Armed Forces; the broad name where no country is known."""
    demonym, armed = forces_of(country)
    if not demonym:
        return force
    if _FORCE_NAMES.get(force) == "Armed Forces":
        return armed or f"{demonym} Army"
    return f"{demonym} {_FORCE_NAMES.get(force, force)}"


def span_of(note: Annotated, hit: Hit) -> Span:
    """The span of a hit in the report's text."""
    return Span(*note.folded.span(hit.start, hit.end))


def army_of(note: Annotated, nation: Hit) -> Party:
    """The army of the nation that a demonym, or a capital, names."""
    return Party(force_name("military", nation.entry.value), span_of(note, nation))


def government(country: str) -> str:
    """The name of a country's government."""
    name = country_name(country)
    return f"Government of {'the ' if name.startswith(('United', 'Netherlands', 'Philippines', 'Central')) else ''}{name}"
