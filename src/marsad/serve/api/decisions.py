"""What a reviewer decides: of incidents, of signals. Each is in the audit log."""

from typing import Annotated, Any, Literal

from fastapi import Path, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from marsad.records import Incident, Signal
from marsad.serve import desk
from marsad.serve.access import allow
from marsad.serve.api import common
from marsad.serve.api.common import PROBLEMS, given
from marsad.serve.asked import Looking, Present
from marsad.verdicts import Review, Verdict

router = common.router("decisions")
Text = Annotated[str, Field(max_length=200)]
Gone: dict[int | str, Any] = {409: PROBLEMS[404] | {"description": "It was changed meanwhile."}}


class Decision(BaseModel):
    """A review. version: of the incident as it was seen, so that another's review since then is not run over. values: of a correction,
    slot -> value as the CSV export writes it. statements: of a split, those taken out. other: of a merge, the one that goes up in this."""

    model_config = ConfigDict(extra="forbid")

    verdict: Verdict
    note: Annotated[str, Field(max_length=2000)] = ""
    version: Annotated[int | None, Field(ge=1, le=2**31)] = None
    values: Annotated[dict[Text, Text], Field(max_length=40)] = {}
    statements: Annotated[list[Text], Field(max_length=1000)] = []
    other: Text = ""


class Ruling(BaseModel):
    """What becomes of a signal."""

    model_config = ConfigDict(extra="forbid")

    status: Literal["draft", "approved", "dismissed"]


@router.get(
    "/collections/incidents/items/{id}/reviews", dependencies=[allow("reader")], response_model=list[Review], summary="What people decided of an incident"
)  # fmt: skip
def reviews(look: Looking, id: Annotated[str, Path(max_length=80)]) -> Response:
    """In order of time; by whom and why for those who see everything."""
    look.history(id)
    return given(look.reviews(id))


@router.post(
    "/collections/incidents/items/{id}/reviews", dependencies=[allow("reviewer")], response_model=list[Incident], status_code=201,
    summary="Confirm, correct, merge, split, reject an incident, or undo the last review", responses=Gone,
)  # fmt: skip
def review(request: Request, look: Present, id: Annotated[str, Path(max_length=80)], made: Decision) -> Response:
    """Kept for good, and shown at once; the incidents that came of it."""
    asked = desk.Decision(incident=id, **made.model_dump())
    request.state.deed = (
        f"{made.verdict} {id} {made.values or ''} {' '.join(made.statements)} {made.other} {made.note}".strip()
    )
    found = desk.decide(look, asked, request.state.visitor.name)
    answer = given(look.shown(found))
    answer.status_code = 201
    return answer


@router.post(
    "/signals/{id:path}/status", dependencies=[allow("reviewer")], response_model=Signal, summary="Approve or dismiss a signal"
)
def rule(request: Request, look: Present, id: Annotated[str, Path(max_length=80)], made: Ruling) -> Response:
    """A draft stays a draft until somebody approves it; what is approved goes into the feed."""
    request.state.deed = f"signal {id}: {made.status}"
    return given(desk.judge(look, id, made.status))
