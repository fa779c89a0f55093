"""/health: what was collected, what was rejected and why, how old it is."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from marsad.serve.asked import Looking
from marsad.serve.page import page
from marsad.serve.render import answer

router = APIRouter()


@page(router, "/health", "reader")
def health(request: Request, look: Looking) -> Response:
    """How the record fares."""
    rejected = [{"where": r.where, "reason": r.reason, "mend": r.mend, "size": r.size} for r in look.rejected()]
    return answer(
        request,
        "health.html",
        {"newest": look.last_day, "counts": look.store.counts() if look.whole else {}, "rejected": rejected},
    )
