"""marsad brief: write the bilingual brief."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn

import typer

from marsad import pipeline
from marsad.cli.common import AS_OF, STORE, console, day, errors, opened
from marsad.errors import UsageError
from marsad.scales import Family, Sensitivity


class Digits(StrEnum):
    """How Arabic writes numbers."""

    LATN = "latn"
    ARAB = "arab"


def command(
    out: Path = typer.Option(Path("brief"), "--out", help="The folder to write to."),
    days: int = typer.Option(30, "--days", min=1, help="How many days the brief covers, up to --as-of."),
    since: str = typer.Option("", "--from", help="The first day it covers, YYYY-MM-DD, instead of --days."),
    area: str = typer.Option("", "--area", help="A country (IQ) or a first-order unit of one (IQ/Diyala)."),
    family: list[Family] = typer.Option([], "--family", help="Incidents of this family only; may be given again."),
    release: Sensitivity = typer.Option(Sensitivity.INTERNAL, "--release", help="Who will read it. `public`: no quotations, only addresses, offsets and hashes; protected places to the district."),
    formats: str = typer.Option("html", "--format", help="Any of html, md, pdf, png, cap (alerts and their feed), with commas between."),
    digits: Digits = typer.Option(Digits.LATN, "--digits", help="Digits of the Arabic brief: latn 0-9, arab ٠-٩."),
    sender: str = typer.Option("marsad@localhost", "--sender", help="Who sends the alerts: an address of yours."),
    lint: bool = typer.Option(False, "--lint", help="Check every sentence of both languages and write nothing; code 1 if one breaks a rule."),
    as_of: str = AS_OF,
    store: str = STORE,
) -> None:  # fmt: skip
    """Write the brief in Arabic and English; every sentence links to the words it rests on. A draft until a person approves it.

    Examples: `marsad brief --as-of 2020-04-08 --out brief`, `marsad brief --area IQ/Diyala --days 90 --format html,pdf`
    """
    from marsad import brief  # noqa: PLC0415

    with opened(store) as held:
        end = day(as_of, held)
        span = (end - _day(since)).days + 1 if since else days
        if span < 1:
            raise UsageError("the period ends before it begins", where="--from", mend=f"Give a day up to {end}.")
        cut = pipeline.material(held, as_of=end, days=span, release=release, area=_area(area), families=family)
        faults = [(lang, f) for lang in brief.LANGS for f in brief.lint(brief.compose(cut, lang), cut)]
        if lint:
            _faults(faults)
        with held.run(
            "brief", brief.VERSION, {"as_of": end.isoformat(), "days": span, "release": release.value, "area": area}
        ):
            before = set(out.glob("*"))
            paths = brief.publish(cut, out, formats=_split(formats), digits=digits.value, sender=sender)
    _told(paths, before)
    if faults:
        errors.print(f"[yellow]{len(faults)} sentences break a rule of the linter[/]; see them with --lint.", highlight=False)


def _faults(found: list[tuple[Any, Any]]) -> NoReturn:
    """Every sentence that breaks a rule; code 1 if there is one."""
    for lang, fault in found:
        console.print(f"{lang} {fault}", markup=False, soft_wrap=True)
    console.print("No sentence breaks a rule." if not found else f"{len(found)} faults.")
    raise typer.Exit(1 if found else 0)


def _told(paths: list[Path], before: set[Path]) -> None:
    """What was written, and what of an earlier brief was taken away."""
    for path in paths:
        console.print(str(path), soft_wrap=True)
    for path in sorted(p for p in before if not p.exists()):
        errors.print(f"removed {path}: of an earlier brief, and not of this one", soft_wrap=True, markup=False)


def _split(written: str) -> list[str]:
    return [name.strip() for name in written.split(",") if name.strip()]


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise UsageError(f"{written!r} is no day", where="--from", mend="Write it as YYYY-MM-DD.") from None


def _area(written: str) -> str:
    from marsad.read.placenames import entries  # noqa: PLC0415

    country, _, unit = written.partition("/")
    known = {e.name_en for e in entries() if e.country == country and (e.kind == "admin1" if unit else e.kind == "country")}
    if written and (unit not in known if unit else not known):
        mend = (
            f"Units of {country}: {', '.join(sorted(known))}."
            if unit and known
            else "Write a country as IQ, a unit as IQ/Diyala."
        )
        raise UsageError(f"no area is called {written!r}", where="--area", mend=mend)
    return written
