"""Words that a reviewer selected, understood as the reader would: a number, a day, a place, a party -> values of a correction."""

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from marsad.link.gazetteer import Gazetteer, precision
from marsad.records import Report, Statement
from marsad.scales import DatePrecision
from marsad.text.dates import dates
from marsad.text.fold import fold_text
from marsad.text.numerals import number_at
from marsad.text.tokens import tokens

TOLLS = ("killed", "injured", "abducted", "arrested")
SLOTS = ("when", "places", "actors", "targets", *TOLLS)
"""What words can be selected for."""


def understood(slot: str, words: str, report: Report, said: Sequence[Statement]) -> dict[str, str]:
    """`words` of `report` as values of a correction (form.current), empty where they tell none of `slot`. said: its statements."""
    if slot in TOLLS:
        return _toll(slot, words, report, said)
    if slot == "when":
        return _day(words, report)
    if slot == "places":
        return place(words, report, said)
    return {slot: party(words, said, report)}


def _toll(slot: str, words: str, report: Report, said: Sequence[Statement]) -> dict[str, str]:
    """A number of persons; where the words hold none ("a soldier and a contractor"), what the reader counted in these very words."""
    toks = tokens(fold_text(words))
    found = next((n for at in range(len(toks)) if (n := number_at(toks, at, report.lang))), None)
    if found is not None and found.value == int(found.value) and found.value < 1_000_000:
        low, rest = str(int(found.value)), "" if found.loose else str(int(found.value))
        return {f"{slot}_low": low, f"{slot}_best": rest, f"{slot}_high": rest}
    tolls = (getattr(s, slot) for s in said)
    read = next((t for t in tolls if t and t.span and t.span.of(report.text).strip() == words.strip()), None)
    if read is None:
        return {}
    return {f"{slot}_{end}": "" if (n := getattr(read, end)) is None else str(n) for end in ("low", "best", "high")}


def _day(words: str, report: Report) -> dict[str, str]:
    found = next((d for d in dates(tokens(fold_text(words)), report.lang, report.published) if d.start and d.end), None)
    if found is None or found.start is None or found.end is None:
        return {}
    level = DatePrecision(found.precision)
    return {"date_start": found.start.isoformat(), "date_end": found.end.isoformat(), "date_precision": str(int(level))}


def place(words: str, report: Report, said: Sequence[Statement]) -> dict[str, str]:
    """The place that `words` name, resolved in the context of the report; its name alone where no gazetteer knows it."""
    name = " ".join(words.split())
    gazetteer = Gazetteer()
    found = gazetteer.resolve(name, lang=report.lang, context=gazetteer.context(said, report))
    empty = {"country": "", "admin1": "", "lat": "", "lon": "", "where_precision": ""}
    if found.entry is None:
        return {"place": name, **empty}
    e, exact = found.entry, precision(found.entry)
    point = {} if e.lat is None or e.lon is None or exact >= 3 else {"lat": str(e.lat), "lon": str(e.lon)}
    return {"place": e.name_en, **empty, "country": e.country, "admin1": e.admin1, **point, "where_precision": str(int(exact))}


def party(words: str, said: Sequence[Statement], report: Report) -> str:
    """The canonical name of a party: as a statement of the report names these very words, else by the codebook, else the words."""
    name = " ".join(words.split())
    folded = fold_text(name)
    for s in said:
        for p in (*s.actors, *s.targets):
            if fold_text(p.span.of(report.text)) == folded:
                return p.name
    return party_named(folded) or name


def party_named(folded: str) -> str:
    """The canonical name of a party that the codebook knows by a name, folded; empty where it knows none."""
    return _names().get(folded, "")


@cache
def _names() -> Mapping[str, str]:
    text = files("marsad.codebooks").joinpath("actors.tsv").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    return {
        fold_text(name): r["canonical"]
        for r in reversed(rows) for name in (r["canonical"], *r["en"].split("|"), *r["ar"].split("|")) if name
    }  # fmt: skip
