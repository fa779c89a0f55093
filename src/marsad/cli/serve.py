"""marsad serve: the observatory, for one person on this machine or for a team."""

from pathlib import Path

import typer

from marsad.cli.common import STORE, console, there
from marsad.errors import UsageError


def command(
    store: Path = STORE,
    host: str = typer.Option("127.0.0.1", "--host", help="The address to listen on. Any but loopback needs users (`marsad users add`)."),
    port: int = typer.Option(8760, "--port", min=1, max=65535, help="The port to listen on."),
    lang: str = typer.Option("en", "--lang", help="ar or en, for those whose browser asks for neither."),
) -> None:  # fmt: skip
    """Open the record to a browser: pages in Arabic and English, and an API. Ends with Ctrl-C.

    Examples: `marsad serve`, `marsad serve --store iraq.db --port 9000 --lang ar`
    """
    import uvicorn  # noqa: PLC0415

    from marsad.serve import Settings, create  # noqa: PLC0415

    if lang not in ("ar", "en"):
        raise UsageError(f"there is no language {lang!r}", where="--lang", mend="Take ar or en.")
    there(store)
    settings = Settings.laptop(str(store), host=host, port=port, lang=lang)
    app = create(settings)
    console.print(settings.address, highlight=False, soft_wrap=True)
    uvicorn.run(app, host=host, port=port, server_header=False, access_log=False, log_level="warning", proxy_headers=False)
