"""/fonts: the font of the pages, as briefs embed it (brief/fonts.py)."""

from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import Response

from marsad.brief import fonts
from marsad.serve.access import allow
from marsad.serve.faults import missing

router = APIRouter()


@router.get("/fonts/{weight}.woff", dependencies=[allow("open")], include_in_schema=False)
def font(weight: Annotated[str, Path(max_length=120)]) -> Response:
    """One weight."""
    if weight not in map(str, fonts.WEIGHTS):
        raise missing("weight", weight)
    return Response(fonts.subset(int(weight)), media_type="font/woff", headers={"Cache-Control": "public, max-age=604800"})
