"""Addresses inside the observatory."""

from typing import Any
from urllib.parse import urlencode

from fastapi import Request

from marsad.serve.render import url

__all__ = ["again", "url"]


def again(request: Request, **params: Any) -> str:
    """This address with some parameters changed; None takes one out. Of a page's .json, the page."""
    kept = {k: v for k, v in request.query_params.multi_items() if k not in params}
    asked = {k: v for k, v in (kept | params).items() if v not in (None, "")}
    path = request.url.path.removesuffix(".json")
    return f"{path}?{urlencode(asked)}" if asked else path
