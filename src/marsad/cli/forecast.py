"""marsad forecast: what are the odds?"""

from pathlib import Path

import typer

from marsad import pipeline
from marsad.cli.common import AS_OF, JSON, STORE, day, opened, print_json, table
from marsad.records import Forecast


def command(
    freq: str = typer.Option("W", "--freq", help="D, W or M."),
    model: str = typer.Option("last12", "--model", help="last12, last24, zero, last_value."),
    horizon: int = typer.Option(4, "--horizon", help="How many periods ahead."),
    as_of: str = AS_OF,
    store: Path = STORE,
    as_json: bool = JSON,
) -> None:
    """Forecast the count of incidents by area and family, as odds; zero and last value stand beside the model.

    Example: `marsad forecast --freq M --horizon 3`
    """
    with opened(store) as held:
        found = pipeline.forecast(held, as_of=day(as_of, held), freq=freq, model=model, horizon=horizon)
    if as_json:
        print_json([row(f) for f in found])
        return
    show([f for f in found if f.method == model])


def row(f: Forecast) -> dict[str, object]:
    """A forecast as a flat row."""
    return {"unit": f.unit, "origin": f.origin, "target": f.target, "method": f.method, "atoms": [list(a) for a in f.atoms], "note": f.note}


def show(found: list[Forecast]) -> None:
    """The table for people."""
    from marsad.forecast import at_least  # noqa: PLC0415
    from marsad.scales import likelihood  # noqa: PLC0415

    rows = []
    for f in found:
        mean = sum(v * w for v, w in f.atoms)
        some = at_least(f, 1)
        rows.append((f.unit, f.target, f"{mean:.2g}", f"{some:.0%}", likelihood(min(max(some, 0.0), 1.0)).en, f.note))
    table("Forecasts", ("unit", "period", "mean", "at least one", "in words", "note"), rows)
