"""A toll that grows is a revision; two tolls of one day, or one that shrinks, contradict; a retelling may turn the roles round."""

from dataclasses import replace
from datetime import date

import pytest
from tests.link.make import event, report

from marsad.link import contradictions, link, reversals, revisions
from marsad.records import Party, Span

D = date
A, B, C = report("A", D(2020, 3, 12)), report("B", D(2020, 3, 13)), report("C", D(2020, 3, 15))
ALL = (A, B, C)


def test_a_toll_that_grows_is_a_revision_with_its_days_and_no_contradiction():
    told = [event(r, killed=n) for r, n in ((A, 2), (B, 2), (C, 4))]
    (found,) = link(told, ALL)
    (revision,) = revisions(found, told, ALL)
    assert [(day, n) for day, n, _ in revision.steps] == [(D(2020, 3, 12), 2), (D(2020, 3, 13), 2), (D(2020, 3, 15), 4)]
    assert contradictions(found, told, ALL) == ()


@pytest.mark.parametrize(
    "published", [(D(2020, 3, 12), D(2020, 3, 12)), (D(2020, 3, 13), D(2020, 3, 12)), (None, D(2020, 3, 12))]
)
def test_two_tolls_of_one_day_a_shrinking_one_and_one_of_unknown_day_contradict(published):
    reports = [replace(r, published=p) for r, p in zip((A, B), published, strict=True)]
    told = [event(r, killed=n) for r, n in zip(reports, (2, 3), strict=True)]
    (found,) = link(told, reports)
    assert revisions(found, told, reports) == ()
    assert [d.slot for d in contradictions(found, told, reports)] == ["killed"]


def roles(said, actor: str, target: str):
    return replace(event(said), actors=(Party(actor, Span(0, 1)),), targets=(Party(target, Span(0, 1)),))


def test_a_retelling_that_turns_the_roles_of_its_source_round_is_found():
    source, retelling = report("s", url="https://e.org/1"), report("t", retells="https://e.org/1")
    told = [roles(source, "Islamic State", "Coalition"), roles(retelling, "Coalition", "Islamic State")]
    (found,) = reversals(told, [source, retelling])
    assert (found.statement, found.source, found.parties) == (told[1].id, told[0].id, ("Coalition", "Islamic State"))


def test_a_true_retelling_and_a_report_that_retells_nothing_are_no_reversal():
    source, retelling, other = report("s", url="https://e.org/1"), report("t", retells="https://e.org/1"), report("u")
    told = [roles(r, "Islamic State", "Coalition") for r in (source, retelling)]
    assert reversals([*told, roles(other, "Coalition", "Islamic State")], [source, retelling, other]) == ()
