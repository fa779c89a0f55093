"""marsad review: a person's word on an incident, and how right the record proved."""

import typer

from marsad import pipeline
from marsad.cli.common import JSON, STORE, console, opened, print_json, table
from marsad.cli.incident import find
from marsad.errors import UsageError
from marsad.link import corrected
from marsad.link.audit import Share, audit, sample
from marsad.records import Incident
from marsad.store import Store, Which
from marsad.verdicts import Review, standing

app = typer.Typer(
    no_args_is_help=True, help="A person's word on an incident: confirm, correct, merge, split, reject, undo; and the report."
)
BY = typer.Option(..., "--by", help="Who reviews.")
NOTE = typer.Option("", "--note", help="Why.")
KEY = typer.Argument(help="The incident's id, or the beginning of it.")


def _put(store: Store, review: Review) -> None:
    store.put_reviews([review])
    _, new = pipeline.link(store)
    console.print(f"{review.incident}: {review.verdict} noted; {new} new versions.")


def _review(incident: Incident, verdict: str, by: str, note: str, **slots: object) -> Review:
    told = {"statements": incident.statements} | slots
    return Review(incident=incident.id, verdict=verdict, reviewer=by, note=note, **told)  # type: ignore[arg-type]


@app.command("confirm")
def confirm(key: str = KEY, by: str = BY, note: str = NOTE, store: str = STORE) -> None:
    """It happened as the record says. Example: `marsad review confirm i-4f1c20 --by RH`"""
    with opened(store) as held:
        _put(held, _review(find(held, key), "confirm", by, note))


@app.command("reject")
def reject(key: str = KEY, by: str = BY, note: str = NOTE, store: str = STORE) -> None:
    """It is no incident: kept, marked and never counted. Example: `marsad review reject i-4f1c20 --by RH --note "a drill"`"""
    with opened(store) as held:
        _put(held, _review(find(held, key), "reject", by, note))


@app.command("correct")
def correct(
    key: str = KEY,
    values: list[str] = typer.Option(..., "--set", help="slot=value as the CSV export writes it, such as killed_best=3; repeat it."),
    by: str = BY, note: str = NOTE, store: str = STORE,
) -> None:  # fmt: skip
    """Some slot is otherwise. Example: `marsad review correct i-4f1c20 --set killed_best=3 --set place=Taji --by RH`"""
    pairs = [v.partition("=") for v in values]
    if wrong := [v for v, (_, mark, _) in zip(values, pairs, strict=True) if not mark]:
        raise UsageError(f"{wrong[0]!r} sets nothing", where="--set", mend="Write slot=value, such as killed_best=3.")
    told = {slot.strip(): value.strip() for slot, _, value in pairs}
    with opened(store) as held:
        incident = find(held, key)
        corrected(incident, told)  # refuses what cannot be, before it is kept
        _put(held, _review(incident, "correct", by, note, values=told))


@app.command("merge")
def merge(
    key: str = KEY, other: str = typer.Argument(help="The incident that is the same."), by: str = BY, note: str = NOTE, store: str = STORE
) -> None:  # fmt: skip
    """Two incidents are one. Example: `marsad review merge i-4f1c20 i-99ab01 --by RH`"""
    with opened(store) as held:
        first, second = find(held, key), find(held, other)
        if first.id == second.id:
            raise UsageError("an incident is itself already", where=first.id, mend="Name another one.")
        _put(held, _review(first, "merge", by, note, others=second.statements))


@app.command("split")
def split(
    key: str = KEY,
    statements: list[str] = typer.Option(..., "--statement", help="A statement that tells of something else (`marsad incident ID` lists them); repeat it."),
    by: str = BY, note: str = NOTE, store: str = STORE,
) -> None:  # fmt: skip
    """One incident is two: those statements tell of another. Example: `marsad review split i-4f1c20 --statement S1 --by RH`"""
    with opened(store) as held:
        incident = find(held, key)
        out = tuple(s for s in incident.statements if any(s.startswith(w) for w in statements))
        if not out or len(out) == len(incident.statements):
            raise UsageError(
                "this leaves nothing on one side", where=incident.id, mend="Name some of its statements, not all."
            )
        _put(held, _review(incident, "split", by, note, statements=out))


@app.command("undo")
def undo(key: str = KEY, by: str = BY, note: str = NOTE, store: str = STORE) -> None:
    """Take back the last review of it that stands. Example: `marsad review undo i-4f1c20 --by RH`"""
    with opened(store) as held:
        incident = find(held, key)
        if not any(r.incident == incident.id for r in standing(held.reviews(incident.id))):
            raise UsageError("no review of this incident stands", where=incident.id, mend="There is nothing to undo.")
        _put(held, _review(incident, "undo", by, note, statements=()))


@app.command("report")
def report(store: str = STORE, as_json: bool = JSON) -> None:
    """How right the record proved to those who reviewed it. Example: `marsad review report`"""
    with opened(store) as held:
        found = audit(held.reviews(), held.incidents(Which(rejected=True)))
    shares = {"incidents that stand": found.whole, **{f"  {k}": s for k, s in found.by_kind.items()},
              **{f"slot {k} left as it was": s for k, s in found.slots.items()}}  # fmt: skip
    if as_json:
        print_json({"verdicts": found.verdicts, "shares": {k.strip(): {"good": s.good, "total": s.total, "low": s.interval[0], "high": s.interval[1]} for k, s in shares.items()}})  # fmt: skip
        return
    console.print(f"Verdicts: {', '.join(f'{k} {n}' for k, n in sorted(found.verdicts.items())) or 'none yet'}")
    table(
        "Precision of what was reviewed (95% interval)",
        ("", "right", "of", "share", "interval"),
        [_line(k, s) for k, s in shares.items()],
    )


def _line(name: str, s: Share) -> tuple[object, ...]:
    low, high = s.interval
    return name, s.good, s.total, f"{s.good / s.total:.2f}" if s.total else "", f"{low:.2f} to {high:.2f}"


@app.command("sample")
def drawn(
    size: int = typer.Option(20, "--size", help="How many."), seed: int = typer.Option(1, "--seed", help="The same seed draws the same."), store: str = STORE, as_json: bool = JSON
) -> None:  # fmt: skip
    """Draw incidents to review at random, so that the report speaks of the whole record. Example: `marsad review sample --size 50`"""
    with opened(store) as held:
        found = sample(held.incidents(), (r.incident for r in held.reviews()), size=size, seed=seed)
    rows = [{"id": i.id, "kind": i.kind, "when": str(i.when.start) if i.when else "", "where": (i.places[0].name_en or i.places[0].name) if i.places else ""} for i in found]  # fmt: skip
    if as_json:
        print_json(rows)
    else:
        table(f"{len(rows)} to review", ("id", "kind", "when", "where"), [tuple(r.values()) for r in rows])
