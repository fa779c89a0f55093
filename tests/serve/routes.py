"""Every route of an app, its path parameters filled in."""

import itertools
import re
from collections.abc import Iterable, Iterator

from fastapi import FastAPI

from marsad.serve.access import SAFE, Role, rules

QUERIES = {
    "/api/v1/changes": ("since=2020-01-01",),
    "/api/v1/search": ("q=rockets", "q=struck"),
    "/api/v1/statements": ("", "incident=i-internal", "incident=i-public"),
}
"""What a route needs in its address, or may be asked so that it shows more."""


def addresses(app: FastAPI, ids: Iterable[str], *, write: bool) -> Iterator[tuple[str, str, Role]]:
    """(method, address, role) of every route that writes, or of every one that does not."""
    for route in app.router.routes:
        for method in sorted(route.methods):
            if (method not in SAFE) == write and method not in ("HEAD", "OPTIONS"):
                for path in filled(route.path, list(ids)):
                    for query in QUERIES.get(path, ("",)):
                        yield method, f"{path}?{query}" if query else path, rules(route)[0].role


def filled(path: str, ids: list[str]) -> Iterator[str]:
    names = re.findall(r"\{(\w+)(?::\w+)?\}", path)
    for values in itertools.product(
        *([*ids, *(f"alert-{i}" for i in ids if i.startswith("sig"))] if n == "name" else ids for n in names)
    ):
        made = path
        for name, value in zip(names, values, strict=True):
            made = re.sub(rf"\{{{name}(?::\w+)?\}}", value, made)
        yield made
