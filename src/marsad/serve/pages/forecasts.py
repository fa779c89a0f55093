"""/forecasts: the odds of what comes, how often such odds held, and what came of each."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from marsad import score
from marsad.brief.sections import outlook
from marsad.records import Forecast, Series
from marsad.serve.asked import Looking
from marsad.serve.memo import kept
from marsad.serve.models import ahead, told
from marsad.serve.page import page
from marsad.serve.render import answer, language
from marsad.serve.view import View
from marsad.serve.words import say

router = APIRouter()


@page(router, "/forecasts", "reader")
def forecasts(request: Request, look: Looking) -> Response:
    """The page."""
    w = told.writer(language(request))
    issued = look.forecasts()
    counted = kept(look, ("series", look.level, look.as_of, look.clock), lambda: _series(look, issued))
    entries = score.settle(issued, counted)
    book = ahead.ledger(w, entries, issued)
    data = {
        "fans": ahead.fans(w, issued, counted), "ledger": book, "calibration": ahead.calibrated(entries, {f.id: f for f in outlook.speaking(issued)}),
        "ledger_words": say(w.lang, "forecasts.held", n=w.words.number(book["inside"]), total=w.words.counted(book["due"], "forecast", "gen")) if book["due"] else "",
    }  # fmt: skip
    return answer(request, "forecasts.html", {"ahead": data})


def _series(look: View, issued: list[Forecast]) -> list[Series]:
    """Counts of what the visitor may see; forecasts above their level are not among `issued` either."""
    from marsad.watch.series import counts  # noqa: PLC0415

    day = look.as_of or look.last_day
    if not issued or day is None:
        return []
    incidents, reports = look.incidents(), list(look.reports())
    return [s for freq in sorted({f.freq for f in issued}) for s in counts(incidents, reports, freq=freq, as_of=day)]
