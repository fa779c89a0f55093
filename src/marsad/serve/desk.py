"""What a person decides at the desk: reviews of incidents and of signals. A review shows at once: what it touches is linked anew by itself
(a full `marsad link` gives the same for what was touched, in minutes where the record is great)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from marsad.errors import UsageError
from marsad.link import corrected, link
from marsad.records import Incident, Signal
from marsad.serve.faults import Refused, missing
from marsad.serve.view import View
from marsad.store import Store
from marsad.verdicts import Review, Verdict, standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a reviewer asks for. incident: its id. version: the one they saw; another's review since then is not run over. values: of a
    correction, slot -> value as the CSV export writes it. statements: of a split, those taken out. other: of a merge, the incident that
    goes up in this one."""

    incident: str
    verdict: Verdict
    note: str = ""
    version: int | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    statements: Sequence[str] = ()
    other: str = ""


def decide(look: View, asked: Decision, reviewer: str) -> list[Incident]:
    """Keep the review and link anew what it touches; the incidents as they are now. Raises Refused (404, 409) and UsageError."""
    store = look.store
    first = _seen(look, asked.incident)
    if asked.version is not None and asked.version != first.version:
        raise Refused(
            409, f"this incident is at version {first.version} now", where=first.id, mend="Load it again and look once more."
        )
    touched, review = (
        [first],
        Review(incident=first.id, verdict=asked.verdict, reviewer=reviewer, note=asked.note, statements=first.statements),
    )
    if asked.verdict == "correct":
        _not_empty(asked.values, "values")
        corrected(first, asked.values)  # refuses what cannot be, before it is kept
        review = replace(review, values=dict(asked.values))
    elif asked.verdict == "split":
        out = tuple(s for s in first.statements if s in set(asked.statements))
        if not out or len(out) == len(first.statements) or set(asked.statements) - set(out):
            raise UsageError(
                "this leaves nothing on one side, or names what is not in it",
                where=first.id,
                mend="Name some of its statements.",
            )
        review = replace(review, statements=out)
    elif asked.verdict == "merge":
        second = _seen(look, asked.other)
        if second.id == first.id:
            raise UsageError("an incident is itself already", where=first.id, mend="Name another one.")
        touched, review = [first, second], replace(review, others=second.statements)
    earlier = touched
    if asked.verdict == "undo":
        earlier, touched = _before(store, first)
        review = replace(review, statements=())
    store.put_reviews([review])
    return _linked(store, earlier, touched)


def _seen(look: View, id: str) -> Incident:
    """The newest version of an incident that this visitor may see."""
    return look.history(id)[-1]


def _not_empty(value: object, name: str) -> None:
    if not value:
        raise UsageError("nothing is corrected", where=name, mend="Give slot and value, such as killed_best: 3.")


def _before(store: Store, first: Incident) -> tuple[list[Incident], list[Incident]]:
    """(incidents as they were before the last review of `first`, incidents that rest on the same statements now)."""
    last = next((r for r in reversed(standing(store.reviews(first.id))) if r.incident == first.id), None)
    if last is None:
        raise UsageError("no review of this incident stands", where=first.id, mend="There is nothing to undo.")
    stood = _until(store.history(first.id), last)  # what a split left is in it
    told = {*first.statements, *last.statements, *last.others, *(s for v in stood for s in v.statements)}
    ids = store.resting_on(told)
    then, now = [], []
    for id in ids:
        versions = store.history(id)
        then += _until(versions, last)
        now += versions[-1:]
    return then, now


def _until(versions: Sequence[Incident], review: Review) -> list[Incident]:
    """The version that stood when `review` was made, if there was one."""
    moment = review.recorded
    return [v for v in versions if v.recorded is not None and moment is not None and v.recorded < moment][-1:]


def _linked(store: Store, earlier: Sequence[Incident], touched: Sequence[Incident]) -> list[Incident]:
    """What the statements of `touched` tell of now; those of `touched` that nothing tells of any more end."""
    ids = {s for i in (*earlier, *touched) for s in i.statements}
    said = store.statements_by_id(ids)
    reports = list(store.reports(ids={s.report for s in said}))
    beside = [s.id for s in store.statements(reports=[r.id for r in reports])]  # two events of a report may found the same id
    others = set(store.resting(beside).values()) - {i.id for i in touched}
    made = link(said, reports, earlier, reviews=store.reviews(), taken=others)
    kept = {i.id for i in made}
    store.put_incidents(made, complete=False, over=[i.id for i in touched if i.id not in kept])
    return [store.history(i.id)[-1] for i in made]


def judge(look: View, id: str, status: Literal["draft", "approved", "dismissed"]) -> Signal:
    """Approve or dismiss a signal, or make it a draft again; its row as it is now. A thin one says nothing, so nobody can approve it."""
    found = next((s for s in look.signals() if s.id == id), None)
    if found is None:
        raise missing("signal", id)
    if status == "approved" and found.thin:
        raise UsageError(
            "the record is too thin for this signal to say anything", where=id, mend="Dismiss it, or leave it a draft."
        )
    now = replace(found, status=status)
    if now != found:
        look.store.put_products([now], decided=True)
    return now
