"""What a reviewer decides shows at once, is what a full linking gives, and can be undone; on both databases."""

from datetime import date
from pathlib import Path

import pytest
from tests.conftest import ROOT
from tests.store.make import Ticks

from marsad import pipeline
from marsad.errors import UsageError
from marsad.records import Incident
from marsad.scales import Sensitivity
from marsad.serve.desk import Decision, decide, judge
from marsad.serve.faults import Refused
from marsad.serve.view import View
from marsad.store import Store, Which
from marsad.verdicts import Review, standing

REPORTS = (
    "2020-03-12-taji-two-counts-ar.txt",
    "2020-03-12-taji-en.txt",
    "2020-03-26-green-zone-ar.txt",
    "2020-03-26-green-zone-en.txt",
    "2020-04-28-kirkuk-en.txt",
)


@pytest.fixture
def look(where: str) -> View:
    clock = Ticks()
    store = Store.open(where, now=clock)
    pipeline.collect(store, [ROOT / "examples" / "reports" / name for name in REPORTS])
    pipeline.read(store)
    pipeline.link(store)
    clock.step()
    store.ticks = clock
    yield View(store, Sensitivity.INTERNAL)
    store.close()


def stand(look: View) -> dict[str, tuple]:
    """What every incident says, version and time aside."""
    return {i.id: (i.statements, i.kind, i.killed, i.review, i.places) for i in look.store.incidents(Which(rejected=True))}


def settled(look: View) -> dict[str, tuple]:
    """The same after everything was linked again."""
    look.store.ticks.step()
    pipeline.link(look.store)
    return stand(look)


def take(look: View, incident: Incident, verdict: str, **told) -> list[Incident]:
    look.store.ticks.step()
    return decide(look, Decision(incident=incident.id, verdict=verdict, **told), "RH")


def test_every_verdict_is_what_a_full_linking_gives_and_can_be_undone(look: View):
    first = max(look.incidents(), key=lambda i: len(i.statements))
    other = next(i for i in look.incidents() if i.id != first.id)
    assert len(first.statements) > 1
    for verdict, told in (
        ("confirm", {}), ("correct", {"values": {"killed_best": "7"}}), ("reject", {}), ("split", {"statements": first.statements[:1]}),
        ("split", {"statements": first.statements[1:]}), ("merge", {"other": other.id}),
    ):  # fmt: skip
        before = stand(look)
        made = take(look, first, verdict, **told)
        now = stand(look)
        assert now != before, verdict
        assert all(i.id in now for i in made)
        touched = {first.id, told.get("other"), *(i.id for i in made)}
        assert [before[i] for i in before.keys() - touched] == [now.get(i) for i in before.keys() - touched], verdict
        assert len({i.id for i in made} & before.keys() - {first.id}) == 0, f"{verdict} took the id of another incident"
        assert settled(look) == now, verdict
        take(look, first, "undo")
        assert stand(look) == before, verdict
        assert settled(look) == before, verdict
    assert len(look.store.reviews()) == 12  # nothing is taken out of the log: each review, and that it was undone
    assert standing(look.store.reviews()) == []
    with pytest.raises(UsageError, match="nothing to undo"):
        take(look, first, "undo")


def test_what_cannot_be_is_refused_before_it_is_kept(look: View):
    first, second = look.incidents()[:2]
    for verdict, told in (
        ("correct", {}), ("correct", {"values": {"nothing": "1"}}), ("correct", {"values": {"killed_best": "many"}}), ("split", {}), ("split", {"statements": ["x"]}),
        ("split", {"statements": first.statements}), ("merge", {"other": first.id}),
    ):  # fmt: skip
        with pytest.raises(UsageError):
            take(look, first, verdict, **told)
    for told in ({"other": "i-none"}, {"other": ""}):
        with pytest.raises(Refused) as refused:
            take(look, first, "merge", **told)
        assert refused.value.status == 404
    take(look, first, "confirm", version=first.version)
    with pytest.raises(Refused) as refused:
        take(look, first, "reject", version=first.version)
    assert refused.value.status == 409
    assert len(look.store.reviews()) == 1
    assert second.review == ""


def test_a_signal_is_a_draft_until_somebody_approves_it(tmp_path: Path):
    from tests.serve import record  # noqa: PLC0415

    with Store.open(tmp_path / "s.db") as store:
        record.fill(store)
        look, public = View(store, Sensitivity.INTERNAL), View(store, Sensitivity.PUBLIC)
        assert "sig-draft" not in {s.id for s in public.signals()}
        assert judge(look, "sig-draft", "approved").status == "approved"
        assert "sig-draft" in {s.id for s in public.signals()}
        judge(look, "sig-draft", "dismissed")
        judge(look, "sig-draft", "draft")  # the row of the beginning again: it must count as the newest
        assert next(s.status for s in look.signals() if s.id == "sig-draft") == "draft"
        with pytest.raises(UsageError, match="too thin"):
            judge(look, "sig-thin", "approved")
        with pytest.raises(Refused):
            judge(public, "sig-internal", "dismissed")


def test_an_undo_takes_back_the_last_that_stands():
    def review(n: int, verdict: str, incident: str = "a") -> Review:
        from datetime import UTC, datetime  # noqa: PLC0415

        return Review(
            incident=incident,
            verdict=verdict,
            reviewer="RH",
            recorded=datetime.combine(date(2024, 1, n), datetime.min.time(), UTC),
        )

    one, two, other = review(1, "confirm"), review(2, "reject"), review(3, "confirm", "b")
    undo = [review(4, "undo"), review(5, "undo"), review(6, "undo")]
    assert standing([other, two, one]) == [one, two, other]
    assert standing([one, two, other, undo[0]]) == [one, other]
    assert standing([one, two, other, *undo]) == [other]
