"""The API described: openapi.json, and a page made of it without any script."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from marsad.serve.access import allow
from marsad.serve.api.common import ROOT
from marsad.serve.page import page
from marsad.serve.render import answer, to_json

router = APIRouter()


@router.get(f"{ROOT}/openapi.json", dependencies=[allow("open")], include_in_schema=False)
def schema(request: Request) -> Response:
    """The description; it holds nothing of the record."""
    return Response(to_json(request.app.openapi()), media_type="application/vnd.oai.openapi+json;version=3.1")


@page(router, "/api", "reader")
def described(request: Request) -> Response:
    """Every call with its parameters, as a page."""
    return answer(request, "api.html", {"calls": calls(request.app.openapi())})


def calls(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Each call of an OpenAPI schema: method, path, tag, summary, description, parameters, the names of what it takes and gives."""
    made = []
    for path, methods in schema["paths"].items():
        for method, call in methods.items():
            made.append({
                "method": method.upper(), "path": path, "tag": call["tags"][0], "summary": call["summary"], "description": " ".join(call.get("description", "").split()),
                "parameters": [_parameter(p) for p in call.get("parameters", ())], "takes": _named(call.get("requestBody", {})),
                "gives": _named(next((r for s, r in call["responses"].items() if s.startswith("2")), {})),
            })  # fmt: skip
    return made


def _parameter(p: dict[str, Any]) -> dict[str, Any]:
    form = p["schema"]
    kinds = [k for part in form.get("anyOf", [form]) if (k := part.get("format") or part.get("type", "")) != "null"]
    return {
        "name": p["name"], "in": p["in"], "required": p.get("required", False), "kind": " or ".join(kinds),
        "values": [v for v in form.get("enum", ()) if v != ""], "default": form.get("default", ""), "description": p.get("description", ""),
    }  # fmt: skip


def _named(part: dict[str, Any]) -> str:
    """What a body is: the name of its schema, or its media type."""
    for mime, told in part.get("content", {}).items():
        form = told.get("schema", {})
        inner = form.get("items", {}) if form.get("type") == "array" else form
        name = inner.get("$ref", "").rpartition("/")[2]
        if name:
            return f"list of {name}" if inner is not form else name
        return str(mime)
    return ""
