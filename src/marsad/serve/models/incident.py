"""One incident: its values, what each report says in its own words, where they part, how it changed, and why it is one."""

from collections.abc import Iterable, Sequence
from typing import Any

from marsad.brief.sections import incidents as section
from marsad.brief.words import visible
from marsad.brief.writer import TOLLS, Writer
from marsad.link import contradictions, grade, reversals, revisions, why
from marsad.records import Incident, Report, Statement
from marsad.serve.models import passage, told
from marsad.verdicts import Review

Data = dict[str, Any]


def incident(w: Writer, i: Incident, said: Sequence[Statement], reports: Sequence[Report], reviews: Sequence[Review], versions: Sequence[Incident]) -> Data:  # fmt: skip
    """The whole page. w: a writer over just these (told.writer). said, reports: those the visitor may see."""
    held = {r.id: r for r in reports}
    seen = [s for s in said if s.report in held]
    parted = contradictions(i, seen, reports)
    letter, digit = grade(i, reports, parted)
    told_by = tellings(w, seen, held)
    return {
        **told.row(w, i), "sentence": section.main(w, i).text if seen else "", "grade": f"{letter}{digit}",
        "grade_letter": w.words.label("grades", letter), "grade_digit": digit, "values": values(w, i),
        "where_names": [visible(p) for p in w.places(i.places)], "places": [place(w, p) for p in i.places], "rule": i.method, "weapons": [w.words.label("weapons", x) for x in i.weapons],
        "tellings": told_by, "legend": passage.legend(t["passage"] for t in told_by),
        "disagreements": disagreements(w, i, held, seen), "revisions": grown(w, i, seen, reports),
        "reversals": [{"statement": r.statement, "source": r.source, "parties": [w.actor(p) for p in r.parties]} for r in reversals(seen, reports)],
        "why": reasons(w, i, seen, reports), "reviews": [reviewed(w, r) for r in reviews], "history": history(w, versions),
        "withheld": len(i.statements) - len(seen),
    }  # fmt: skip


def values(w: Writer, i: Incident) -> list[Data]:
    """The reconciled value of each slot that is told."""
    count = section.counted(w, i, "nom")
    named = [
        ("days", section.day_label(w, i) if i.when else ""), ("actors", w.words.join(w.actors(i.actors))),
        ("targets", w.words.join(w.actors(i.targets))), ("weapons", w.words.join(w.words.label("weapons", x) for x in i.weapons)),
        ("count", count),
    ]  # fmt: skip
    tolls = [(t, told.persons(getattr(i, t))) for t in TOLLS]
    parted = {d.slot for d in i.differences}
    return [
        {"slot": slot, "label": told.capital(w.words.label("slots", slot)), "value": visible(value), "disputed": slot in parted}
        for slot, value in (*named, *tolls) if value
    ]  # fmt: skip


def place(w: Writer, p: Any) -> Data:
    """A place with how well it is known."""
    return {
        "name": visible(w.place(p)), "written": visible(p.name), "placed": told.placed(p), "lat": p.lat, "lon": p.lon, "country": p.country,
        "admin1": p.admin1, "precision": int(p.precision) if p.precision else None,
    }  # fmt: skip


def tellings(w: Writer, said: Sequence[Statement], held: dict[str, Report]) -> list[Data]:
    """What each report says, the earliest first: its words, marked, and its own values."""
    order = sorted(said, key=lambda s: (str(held[s.report].published or "9"), s.report, s.anchor.start))
    made = []
    for s in order:
        report = held[s.report]
        made.append({
            "report": told.head(w, report), "card": passage.card(w.words, report, s),
            "passage": passage.passage(report, passage.around(report, s), [s]),
        })  # fmt: skip
    return made


def disagreements(w: Writer, i: Incident, held: dict[str, Report], said: Sequence[Statement]) -> list[Data]:
    """Each slot on which reports differ, each value with the sources that tell it."""
    by_id = {s.id: s for s in said}
    found = []
    for d in i.differences:
        rows = []
        for value, ids in sorted(d.values, key=lambda v: section.size_of(v[0])):
            known = [by_id[s] for s in ids if s in by_id]
            if value and known:
                sources = list(dict.fromkeys(told.capital(visible(w.outlet(s))) for s in known))
                rows.append({"value": visible(section.value_told(w, d.slot, value, [s.id for s in known])), "sources": sources, "statements": [s.id for s in known]})  # fmt: skip
        if len(rows) > 1:
            found.append({"slot": d.slot, "label": told.capital(w.words.label("slots", d.slot)), "values": rows})
    return found


def grown(w: Writer, i: Incident, said: Sequence[Statement], reports: Sequence[Report]) -> list[Data]:
    """Tolls that later reports put higher: day by day."""
    return [
        {"slot": r.slot, "label": w.words.label("slots", r.slot), "steps": [{"day": str(day), "label": w.words.day(day), "n": n} for day, n, _ in r.steps]}
        for r in revisions(i, said, reports)
    ]  # fmt: skip


def reasons(w: Writer, i: Incident, said: Sequence[Statement], reports: Sequence[Report]) -> list[Data]:
    """Why the statements were taken for one: points, part by part."""
    number = {s.id: n for n, s in enumerate(said, 1)}
    return [
        {"statement": r.statement, "with": r.with_, "n": number.get(r.statement), "with_n": number.get(r.with_), "points": r.points, "needed": r.bar,
         "parts": [{"slot": p.slot, "points": p.points, "reason": p.reason} for p in r.parts]}
        for r in why(i, said, reports)
    ]  # fmt: skip


def reviewed(w: Writer, r: Review) -> Data:
    """What a person decided."""
    return {
        "verdict": r.verdict, "by": visible(r.reviewer), "note": visible(r.note), "values": {k: visible(v) for k, v in r.values.items()},
        "when": r.recorded.isoformat(timespec="seconds") if r.recorded else "",
    }  # fmt: skip


_WATCHED = (*told.SLOTS, "review", "recalled")


def history(w: Writer, versions: Iterable[Incident]) -> list[Data]:
    """Every version: when it was made, how many statements it rests on, and which slots changed from the one before."""
    made: list[Data] = []
    before: Incident | None = None
    for v in versions:
        changed = [] if before is None else [s for s in _WATCHED if getattr(v, s) != getattr(before, s)]
        made.append({
            "version": v.version, "recorded": v.recorded.isoformat(timespec="seconds") if v.recorded else "", "statements": len(v.statements),
            "changed": changed, "kind_label": told.capital(w.kind(v.kind)), "day": section.day_label(w, v), "killed": told.persons(v.killed),
            "review": v.review,
        })  # fmt: skip
        before = v
    return made[::-1]
