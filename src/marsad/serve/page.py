"""Registering a page: its address and, beside it, the same with .json."""

from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import APIRouter

from marsad.serve.access import Role, allow

F = TypeVar("F", bound=Callable[..., Any])


def page(router: APIRouter, path: str, role: Role) -> Callable[[F], F]:
    """Decorator: GET `path` and `path`.json (for "/": /index.json) for visitors of `role`."""

    def register(handler: F) -> F:
        for each in (
            f"{'/index' if path == '/' else path}.json",
            path,
        ):  # .json first: "/x/{id}" would take "a.json" for an id
            router.add_api_route(
                each,
                handler,
                methods=["GET"],
                dependencies=[allow(role)],
                include_in_schema=False,
                name=f"{handler.__name__} {each}",
            )
        return handler

    return register
