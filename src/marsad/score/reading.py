"""How well was it read? Coded reports and judged sentences against gold in the codebook's format (section 6).

Events: precision, recall and F1 of what is said to have happened; how often a plan, threat or denial was called actual; over
matched pairs where gold fills a slot, how often the coder agrees; by kind what was found, missed and added; and for the other
classes whether a statement of the class stands in the sentence. Sentences: how often the coder fires where every annotator saw
an event, and where none did and a second reading agreed. Which event is which: marsad.score.pairing.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from marsad.scales import FAMILY_OF, Family
from marsad.score.pairing import Coded, cut, pairs, place_keys, places_of, plain, toll, touched, words_of

OTHERS = ("trend", "outlook", "indicator", "message", "advice")
SLOTS = (
    "kind", "date_start", "place", "country", "killed", "injured", "actors (set F1)", "targets (set F1)", "weapons (set F1)", "count",
    "killed left empty", "injured left empty",
)  # fmt: skip
COUNTED = ("attacks", "rounds", "raids", "arrests", "troops")
"""Units whose counts are compared."""
TYPES: Mapping[str, frozenset[str]] = {
    "ASSAULT": frozenset(k for k, f in FAMILY_OF.items() if f in (Family.ATTACK, Family.CONTROL)) | {"raid"},
    "PROTEST": frozenset(k for k, f in FAMILY_OF.items() if f is Family.UNREST),
}
"""Which kinds tell of an event type of the sentence gold."""


@dataclass(slots=True)
class Share:
    """`hits` of `of`. hits: a whole number, or a sum of F1 values for slots that hold sets."""

    hits: float = 0.0
    of: int = 0

    def add(self, hit: float) -> None:
        """One more case."""
        self.hits += hit
        self.of += 1

    @property
    def value(self) -> float:
        """The share; 0 of no case."""
        return self.hits / max(1, self.of)


@dataclass(slots=True)
class ByKind:
    """One kind: certain gold events, how many were matched, how many of these as this kind, missed; and what was added."""

    gold: int = 0
    matched: int = 0
    kind_right: int = 0
    missed: int = 0
    extra: int = 0


@dataclass(slots=True)
class ByClass:
    """One class: gold statements, how many have one of the class in their sentence, and how many were coded."""

    gold: int = 0
    found: int = 0
    coded: int = 0


@dataclass(slots=True)
class Reading:
    """The scores of coded reports. unanswered: gold reports that were not coded at all."""

    reports: int = 0
    unanswered: int = 0
    matched: int = 0
    extra: int = 0
    missed: int = 0
    called_actual: Share = field(default_factory=Share)
    slots: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    kinds: dict[str, ByKind] = field(default_factory=lambda: defaultdict(ByKind))
    classes: dict[str, ByClass] = field(default_factory=lambda: {c: ByClass() for c in OTHERS})

    @property
    def precision(self) -> float:
        """Of the coded actual events, how many are in gold."""
        return self.matched / max(1, self.matched + self.extra)

    @property
    def recall(self) -> float:
        """Of the certain gold events, how many were coded."""
        return self.matched / max(1, self.matched + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def aliases() -> dict[str, str]:
    """Evened-out name -> canonical name, by the codebook of actors."""
    text = files("marsad.codebooks").joinpath("actors.tsv").read_text(encoding="utf-8")
    return alias_table(text)


def alias_table(text: str) -> dict[str, str]:
    """The same of any tab-separated table with a `canonical` column; its other names stand under `aliases` (parted by
    semicolons) or `en` and `ar` (parted by bars). Raises KeyError without that column."""
    table: dict[str, str] = {}
    listed = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    if "canonical" not in (listed.fieldnames or ()):
        raise KeyError("canonical")
    for row in listed:
        also = (row.get("aliases") or "").split("; ") + f"{row.get('en') or ''}|{row.get('ar') or ''}".split("|")
        table |= {plain(name): row["canonical"] for name in (row["canonical"], *also) if name}
    return table


def score_reports(
    gold: Iterable[Mapping[str, Any]], coded: Iterable[Mapping[str, Any]], *, names: Mapping[str, str] | None = None
) -> Reading:
    """Score `coded` rows {"id", "statements"} against `gold` rows {"id", "text", "statements"}.

    Of rows with one id the last counts. names: evened-out name -> canonical name (default: the codebook's actors).
    """
    names = aliases() if names is None else names
    answers = {row["id"]: row.get("statements") or [] for row in coded}
    told = Reading()
    for key, row in {r["id"]: r for r in gold if r.get("text")}.items():
        told.reports += 1
        told.unanswered += key not in answers
        _score_report(told, row["text"], row.get("statements") or [], answers.get(key, []), names)
    told.slots = {name: told.slots[name] for name in SLOTS if name in told.slots}
    told.kinds = {name: told.kinds[name] for name in FAMILY_OF if name in told.kinds}
    return told


def _events(statements: Sequence[Coded], *, actual: bool) -> list[Coded]:
    events = (s for s in statements if s.get("class") == "event" and s.get("kind") in FAMILY_OF)
    return [s for s in events if (s.get("realis", "actual") == "actual") is actual]


def _score_report(told: Reading, text: str, gold: Sequence[Coded], coded: Sequence[Coded], names: Mapping[str, str]) -> None:
    actual, said = _events(gold, actual=True), _events(coded, actual=True)
    matched = pairs(actual, said, text)
    mate = dict(matched)
    for i, event in enumerate(actual):
        if event.get("uncertain"):
            continue  # a coder may code it or leave it
        kind = told.kinds[event["kind"]]
        kind.gold += 1
        kind.matched += i in mate
        kind.missed += i not in mate
        kind.kind_right += i in mate and said[mate[i]]["kind"] == event["kind"]
        told.matched += i in mate
        told.missed += i not in mate
    rest = [s for j, s in enumerate(said) if j not in set(mate.values())]
    told.extra += len(rest)
    for event in rest:
        told.kinds[event["kind"]].extra += 1
    never = _events(gold, actual=False)
    told.called_actual.of += len(never)
    told.called_actual.hits += len(pairs(never, rest, text))
    for i, j in matched:
        _score_slots(told.slots, actual[i], said[j], names)
    _score_classes(told.classes, text, gold, coded)


def _score_slots(slots: dict[str, Share], gold: Coded, coded: Coded, names: Mapping[str, str]) -> None:
    """Every slot that gold fills; for tolls also whether the coder leaves empty what gold leaves empty."""
    slots["kind"].add(gold["kind"] == coded["kind"])
    if gold.get("date_start") and gold.get("date_basis") != "by":
        slots["date_start"].add(gold["date_start"] == coded.get("date_start"))
    if gold.get("places"):
        first = gold["places"][0]
        slots["place"].add(bool(place_keys(first) & places_of(coded)))
        if first.get("country"):
            slots["country"].add(first["country"] in {p.get("country") for p in coded.get("places") or ()})
    for slot in ("killed", "injured"):
        wanted = toll(gold, slot)
        if wanted is None:
            slots[f"{slot} left empty"].add(toll(coded, slot) is None)
        else:
            slots[slot].add(wanted == toll(coded, slot))
    for slot in ("actors", "targets", "weapons"):
        if gold.get(slot):
            slots[f"{slot} (set F1)"].add(set_f1(gold[slot], coded.get(slot), names))
    if (gold.get("count") or 0) > 1 and gold.get("unit") in COUNTED:
        slots["count"].add(gold["count"] == coded.get("count"))


def set_f1(gold: Iterable[Any] | None, coded: Iterable[Any] | None, names: Mapping[str, str]) -> float:
    """F1 of two sets of names, each name by its canonical one; a name that no table holds stands for itself."""

    def canonical(listed: Iterable[Any] | None) -> set[str]:
        written = (plain(n if isinstance(n, str) else n.get("name", "")) for n in listed or ())
        return {names.get(name, name) for name in written}

    wanted, got = canonical(gold), canonical(coded)
    return 2 * len(wanted & got) / (len(wanted) + len(got)) if wanted | got else 1.0


def _score_classes(classes: dict[str, ByClass], text: str, gold: Sequence[Coded], coded: Sequence[Coded]) -> None:
    cuts = cut(text)
    for name, tally in classes.items():
        wanted = [touched(words_of(s, text), cuts) for s in gold if s.get("class") == name]
        got = [touched(words_of(s, text), cuts) for s in coded if s.get("class") == name]
        tally.gold += len(wanted)
        tally.found += sum(any(w & g for g in got) for w in wanted)
        tally.coded += len(got)


@dataclass(slots=True)
class Sentences:
    """One event type of the sentence gold.

    recall: fires where every annotator saw an event. clean_no: fires where none did and a second reading agreed; audited_yes:
    where none did and a second reading found one. f1_all: against all "no", clean or not, which measures the annotators'
    convention and is for information only.
    """

    recall: Share = field(default_factory=Share)
    clean_no: Share = field(default_factory=Share)
    audited_yes: Share = field(default_factory=Share)
    easy_no: Share = field(default_factory=Share)
    unanswered: int = 0

    @property
    def f1_all(self) -> float:
        """F1 against all easy "no"."""
        precision = self.recall.hits / max(1, self.recall.hits + self.easy_no.hits)
        both = precision + self.recall.value
        return 2 * precision * self.recall.value / both if both else 0.0


def score_sentences(gold: Iterable[Mapping[str, Any]], coded: Iterable[Mapping[str, Any]]) -> dict[str, Sentences]:
    """Score `coded` rows against judged sentences {"id", "event_type", "label", maybe "audit"}, by event type.

    A sentence has an event if the coder codes one of the type's kinds (TYPES) as actual or background. Statements of rows with
    one id are taken together. Rows of other event types are left aside.
    """
    said: dict[str, set[str]] = defaultdict(set)
    for row in coded:
        said[row["id"]] |= {
            str(s.get("kind"))
            for s in row.get("statements") or ()
            if s.get("class") == "event" and s.get("realis", "actual") in ("actual", "background")
        }
    told = {name: Sentences() for name in TYPES}
    for row in gold:
        tally = told.get(row["event_type"])
        if tally is None:
            continue
        fires = bool(said.get(row["id"], set()) & TYPES[row["event_type"]])
        tally.unanswered += row["id"] not in said
        for share, counts in (
            (tally.recall, row["label"] == "yes"), (tally.clean_no, row.get("audit") == "no"),
            (tally.audited_yes, row.get("audit") == "yes"), (tally.easy_no, row["label"] == "easy no"),
        ):  # fmt: skip
            if counts:
                share.add(fires)
    return told
