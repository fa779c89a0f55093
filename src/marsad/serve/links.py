"""Addresses inside the observatory."""

from typing import Any

from fastapi import Request

from marsad.serve.helpers import readdressed
from marsad.serve.render import url

__all__ = ["again", "url"]


def again(request: Request, **params: Any) -> str:
    """This address with some parameters changed; None takes one out. Of a page's .json, the page."""
    return readdressed(request.url.path.removesuffix(".json"), request.query_params.multi_items(), params)
