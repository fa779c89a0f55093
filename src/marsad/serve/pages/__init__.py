"""The pages for people. A page is a function that gives `answer(request, template, data)`; `page` registers it with its .json.

router = APIRouter()

@page(router, "/health", "reader")
def health(request: Request, look: Looking) -> Response:
    return answer(request, "health.html", {"reports": ...})
"""

from fastapi import APIRouter

from marsad.serve.pages import health

ROUTERS: list[APIRouter] = [health.router]
