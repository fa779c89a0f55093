"""marsad incident: one incident, what each report says of it, where they part, and why they are taken for one."""

from datetime import date
from typing import Any

import typer

from marsad import pipeline
from marsad.cli.common import CLOCK, CUT, JSON, STORE, console, cut, opened, print_json, table
from marsad.errors import UsageError
from marsad.link import contradictions, grade, reversals, revisions, why
from marsad.link.reconcile import shown
from marsad.records import Incident, Report, Statement
from marsad.scales import INFORMATION_GRADES, SOURCE_GRADES
from marsad.store import Store, Which
from marsad.verdicts import Review


def command(
    key: str = typer.Argument(help="The incident's id, or the beginning of it."),
    explain: bool = typer.Option(False, "--why", help="Show why its statements were taken for one: points, part by part."),
    history: bool = typer.Option(False, "--history", help="Show every version of it."),
    as_of: str = CUT,
    clock: str = CLOCK,
    store: str = STORE,
    as_json: bool = JSON,
) -> None:
    """Show one incident: its values, every report's own, contradictions, revisions, grade and reviews.

    Examples: `marsad incident i-4f1c20`, `marsad incident i-4f1c20 --why`
    """
    with opened(store) as held:
        incident = find(held, key)
        if day := cut(as_of):
            incident = _as_known(held, incident, day, clock)
        said = held.statements_by_id(incident.statements)
        reports = list(held.reports(ids={s.report for s in said}, as_of=day, clock=clock))  # type: ignore[arg-type]
        reviews = held.reviews(incident.id, as_of=day, clock=clock)  # type: ignore[arg-type]
        versions = held.history(incident.id) if history else []
    seen = _seen(incident, said, reports, reviews, explain)
    if history:
        seen["history"] = [_values(v) | {"recorded": v.recorded, "version": v.version} for v in versions]
    if as_json:
        print_json(seen)
    else:
        _show(seen)


def find(store: Store, key: str) -> Incident:
    """The incident whose id begins with `key`. Raises UsageError if none does, or several."""
    versions = store.history(key)
    if versions:
        return versions[-1]
    ids = store.incident_ids(key)
    if not ids:
        raise UsageError("there is no such incident", where=key, mend="`marsad link` and `marsad export` list the ids.")
    if len(ids) > 1:
        raise UsageError(f"{len(ids)} incidents begin so", where=key, mend=f"Write more of it: {', '.join(ids[:5])}.")
    return store.history(ids[0])[-1]


def _as_known(store: Store, incident: Incident, day: date, clock: str) -> Incident:
    """The incident as it was known on a day; by what had been published it may have had another beginning and so another id."""
    which = Which(family=incident.family, rejected=True)
    found = store.incidents(which, as_of=day, clock=clock, link=pipeline.reviewed(store))  # type: ignore[arg-type]
    same = [i for i in found if i.id == incident.id or set(i.statements) & set(incident.statements)]
    if not same:
        raise UsageError(f"nothing of it was known on {day}", where=incident.id, mend="Take a later day, or the other clock.")
    return max(same, key=lambda i: (i.id == incident.id, len(i.statements)))


def _values(i: Incident) -> dict[str, Any]:
    when = i.when
    return {
        "kind": i.kind, "review": i.review,
        "when": None if when is None else str(when.start) if when.start == when.end else f"{when.start} to {when.end}",
        "places": [p.name_en or p.name for p in i.places], "actors": list(i.actors), "targets": list(i.targets),
        "count": None if i.count is None else f"{i.count[0]} to {i.count[1]} {i.unit}" if i.count[0] != i.count[1] else f"{i.count[0]} {i.unit}",
        **{slot: {"low": t.low, "best": t.best, "high": t.high} for slot in ("killed", "injured", "abducted", "arrested") if (t := getattr(i, slot))},
    }  # fmt: skip


def _seen(i: Incident, said: list[Statement], reports: list[Report], reviews: list[Review], explain: bool) -> dict[str, Any]:
    by_id = {r.id: r for r in reports}
    parted = contradictions(i, said, reports)
    letter, digit = grade(i, reports, parted)
    seen: dict[str, Any] = {
        "id": i.id, "version": i.version, **_values(i), "rule": i.method, "voices": i.voices, "recalled": i.recalled,
        "grade": f"{letter}{digit}", "grade_says": f"{SOURCE_GRADES[letter]}; {INFORMATION_GRADES[digit]}",
        "reports": [_telling(s, by_id[s.report]) for s in said if s.report in by_id],
        "contradictions": {d.slot: {v: list(ids) for v, ids in d.values} for d in parted},
        "revisions": {r.slot: [(str(day), n) for day, n, _ in r.steps] for r in revisions(i, said, reports)},
        "reversals": [{"statement": r.statement, "source": r.source, "parties": list(r.parties)} for r in reversals(said, reports)],
        "reviews": [{"when": r.recorded, "by": r.reviewer, "verdict": r.verdict, "values": dict(r.values), "note": r.note} for r in reviews],
    }  # fmt: skip
    if explain:
        seen["why"] = [
            {"statement": w.statement, "with": w.with_, "points": w.points, "needed": w.bar,
             "parts": [{"slot": p.slot, "points": p.points, "reason": p.reason} for p in w.parts]}
            for w in why(i, said, reports)
        ]  # fmt: skip
    return seen


def _telling(s: Statement, r: Report) -> dict[str, Any]:
    return {
        "statement": s.id, "source": r.source or r.title, "published": r.published, "grade": r.grade, "url": r.url, "kind": s.kind,
        "realis": s.realis.value, "when": str(s.when.start) if s.when else None, "place": (s.places[0].name if s.places else ""),
        "actors": [p.name for p in s.actors], "killed": shown(s.killed) if s.killed else "", "injured": shown(s.injured) if s.injured else "",
        "count": s.count.value if s.count else None, "words": s.anchor.of(r.text)[:200],
    }  # fmt: skip


def _show(seen: dict[str, Any]) -> None:
    console.print(f"[bold]{seen['id']}[/] version {seen['version']}: {seen['kind']}, {seen['when'] or 'day not told'}, "
                  f"{', '.join(seen['places']) or 'place not told'}", highlight=False)  # fmt: skip
    told = {
        k: seen[k]
        for k in ("actors", "targets", "count", "killed", "injured", "abducted", "arrested", "review")
        if seen.get(k)
    }
    for slot, told_value in told.items():
        value = _said(told_value)
        console.print(f"  {slot}: {value}", highlight=False)
    console.print(
        f"  grade {seen['grade']}: {seen['grade_says']}; {seen['voices']} voices. Rule: {seen['rule']}", highlight=False
    )
    rows = [(t["published"], t["source"], t["grade"], t["kind"], t["when"], t["place"], t["killed"], t["count"], t["words"][:60]) for t in seen["reports"]]  # fmt: skip
    table("What each report says", ("published", "source", "grade", "kind", "when", "where", "killed", "count", "words"), rows)
    for name in ("contradictions", "revisions"):
        for slot, values in seen[name].items():
            listed = ", ".join(f"{day}: {n}" for day, n in values) if name == "revisions" else " or ".join(values)
            console.print(f"  {name[:-1]} in {slot}: {listed}", highlight=False)
    for r in seen["reversals"]:
        console.print(f"  roles reversed against the source: {', '.join(r['parties'])}", highlight=False)
    for r in seen["reviews"]:
        console.print(
            f"  review {r['when']:%Y-%m-%d %H:%M} by {r['by']}: {r['verdict']} {r['values'] or ''} {r['note']}",
            highlight=False,
        )
    for w in seen.get("why", ()):
        parts = "; ".join(f"{p['slot']} {p['points']:+g} ({p['reason']})" for p in w["parts"])
        console.print(f"  why {w['statement'][:40]}: " + (f"{w['points']:g} of {w['needed']:g} needed, with {w['with'][:40]}: {parts}" if w["with"] else "stands alone"), highlight=False)  # fmt: skip
    if seen.get("history"):
        table("Versions", ("version", "recorded", "kind", "when", "killed"), [(v["version"], v["recorded"], v["kind"], v["when"], v.get("killed")) for v in seen["history"]])  # fmt: skip


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return f"low {value['low']}, best {value['best']}, high {value['high']}"
    return ", ".join(value) if isinstance(value, list) else str(value)
