"""The pages for people. A page is a function that gives `answer(request, template, data)`; `page` registers it with its .json.

router = APIRouter()

@page(router, "/health", "reader")
def health(request: Request, look: Looking) -> Response:
    return answer(request, "health.html", {"reports": ...})
"""

from fastapi import APIRouter

from marsad.serve.pages import (
    briefs,
    fonts,
    forecasts,
    health,
    incident,
    incidents,
    overview,
    posture,
    review,
    signals,
    sources,
)

ROUTERS: list[APIRouter] = [
    overview.router, incidents.router, incident.router, posture.router, signals.router, forecasts.router, sources.router, briefs.router, review.router,
    health.router, fonts.router,
]  # fmt: skip
