"""/fonts: the font of the pages, as briefs embed it (brief/fonts.py)."""

from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import Response

from marsad.brief import fonts
from marsad.serve.access import allow
from marsad.serve.faults import missing

router = APIRouter()


@router.get("/fonts/{weight}.woff", dependencies=[allow("open")], include_in_schema=False)
def font(weight: Annotated[int, Path(ge=1, le=1000)]) -> Response:
    """One weight."""
    if weight not in fonts.WEIGHTS:
        raise missing("weight", str(weight))
    return Response(fonts.subset(weight), media_type="font/woff", headers={"Cache-Control": "public, max-age=604800"})
