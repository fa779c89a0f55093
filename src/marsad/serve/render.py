"""One answer for people and programs: a template in the language asked for, or, where the path ends in .json, the same data."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, get_args

import pydantic_core
from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from marsad import __version__
from marsad.records import Lang
from marsad.serve.access import NOBODY
from marsad.serve.assets import href
from marsad.serve.helpers import PLAIN, Bound, addressed, coded, host
from marsad.serve.said import told
from marsad.serve.words import LANGS, say

COOKIE = "marsad_lang"
KEPT = ("lang", "as_of", "clock")
"""Parameters that a link inside the observatory carries on."""

pages = Environment(
    loader=PackageLoader("marsad.serve", "templates"), autoescape=select_autoescape(default=True, default_for_string=True),
    undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
)  # fmt: skip

pages.globals.update(PLAIN)
pages.filters["host"] = host
pages.filters["coded"] = coded


def answer(
    request: Request, template: str, data: Mapping[str, Any], *, status: int = 200, headers: Mapping[str, str] | None = None,
    page: Callable[[], Mapping[str, Any]] = dict,
) -> Response:  # fmt: skip
    """`data` as the page of `template`, or as JSON. Templates see the data's keys, those of `page`, and what `helpers` gives."""
    if wants_json(request):
        return Response(to_json(data), status, dict(headers or {}), media_type="application/json")
    written = pages.get_template(template).render({**helpers(request), **data, **page()})
    made = HTMLResponse(written, status, dict(headers or {}))
    asked = request.query_params.get("lang")
    if asked in LANGS:
        secure = request.app.state.settings.secure
        made.set_cookie(COOKIE, asked, max_age=31_536_000, httponly=True, samesite="strict", secure=secure)
    return made


def to_json(data: Any) -> bytes:
    """JSON of nouns, days and mappings; what is not a number is null."""
    return pydantic_core.to_json(data, inf_nan_mode="null")


def wants_json(request: Request) -> bool:
    """Whether a program asks: by the path, or by asking for nothing that a person reads."""
    path = request.url.path
    return path.endswith(".json") or path.startswith("/api/")


def language(request: Request) -> Lang:
    """By ?lang, the cookie, what the browser prefers, else as the observatory was started."""
    for said in (request.query_params.get("lang"), request.cookies.get(COOKIE)):
        if said in LANGS:
            return said
    for part in request.headers.get("accept-language", "").split(","):
        tag = part.split(";")[0].strip().lower().split("-")[0]
        if tag in get_args(Lang):
            return tag  # type: ignore[return-value]
    default: Lang = request.app.state.settings.lang
    return default


def helpers(request: Request) -> dict[str, Any]:
    """What every template may use: lang, dir, t(key, **slots), told(english), url(path, **params), static(name), csrf, visitor, here, version."""
    lang = language(request)
    visitor = getattr(request.state, "visitor", NOBODY)
    return {
        "lang": lang, "dir": "rtl" if lang == "ar" else "ltr", "t": partial(say, lang), "told": partial(told, lang), "url": partial(url, request), "static": href,
        "csrf": visitor.csrf, "visitor": visitor, "here": request.url.path, "version": __version__,
        "behind": getattr(getattr(request.state, "look", None), "behind", None), **Bound(lang, request.url.path, request.query_params.multi_items()).all(),
    }  # fmt: skip


def url(request: Request, path: str, **params: Any) -> str:
    """An address inside the observatory that keeps language, day and clock. A parameter given as None is left out."""
    kept = {k: request.query_params[k] for k in KEPT if request.query_params.get(k)}
    return addressed(path, kept | params)
