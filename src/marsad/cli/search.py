"""marsad search: reports by their words."""

import typer

from marsad.cli.common import CLOCK, CUT, JSON, STORE, cut, opened, print_json, table


def command(
    words: str = typer.Argument(help='Words, or parts of words, that all stand in it; "in quotation marks" for a phrase.'),
    limit: int = typer.Option(50, "--limit", help="At most so many."),
    as_of: str = CUT,
    clock: str = CLOCK,
    store: str = STORE,
    as_json: bool = JSON,
) -> None:
    """Search the texts of reports, whatever clitics and hamza a word is written with.

    Example: `marsad search موصل`
    """
    with opened(store) as held:
        ids = held.search(words, limit=limit)
        found = sorted(
            held.reports(ids=ids, as_of=cut(as_of), clock=clock),  # type: ignore[arg-type]
            key=lambda r: str(r.published or ""),
        )
    rows = [{"id": r.id, "published": r.published, "source": r.source, "title": r.title or r.text[:80]} for r in found]
    if as_json:
        print_json(rows)
    else:
        table(f"{len(rows)} reports", ("published", "source", "title", "id"), [(r["published"], r["source"], str(r["title"])[:80], str(r["id"])[:12]) for r in rows])  # fmt: skip
