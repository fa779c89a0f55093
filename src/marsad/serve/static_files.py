"""/static: the files that pages load."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from marsad.serve.access import allow
from marsad.serve.assets import assets
from marsad.serve.faults import missing

router = APIRouter()


@router.get("/static/{name:path}", dependencies=[allow("open")], include_in_schema=False)
def file(request: Request, name: str) -> Response:
    """A file by its name. An address with the mark of these very bytes may be kept for good."""
    found = assets().get(name)
    if found is None:
        raise missing("file", name[:100])
    kept = "public, max-age=31536000, immutable" if request.query_params.get("v") == found.mark else "no-cache"
    return Response(found.body, media_type=found.mime, headers={"Cache-Control": kept})
