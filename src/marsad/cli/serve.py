"""marsad serve: the observatory, for one person on this machine or for a team."""

import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from marsad.cli.common import STORE, console, errors, opened, there
from marsad.errors import MarsadError, UsageError

if TYPE_CHECKING:
    from marsad.serve import Settings

QUIET: dict[str, Any] = {"server_header": False, "access_log": False, "log_level": "warning", "timeout_graceful_shutdown": 5}
"""No line for every request: addresses hold what people look for. What is written stands in the audit log."""


def command(
    store: str = STORE,
    host: str = typer.Option("127.0.0.1", "--host", help="The address to listen on. Any but loopback needs users (`marsad users add`)."),
    port: int = typer.Option(8760, "--port", min=1, max=65535, help="The port to listen on."),
    lang: str = typer.Option("en", "--lang", help="ar or en, for those whose browser asks for neither."),
    release: str = typer.Option("internal", "--release", help="On a laptop, how much to show: internal, partners or public. A team's is each user's own."),
    team: bool = typer.Option(False, "--team", help="People log in, on loopback too: for a proxy on this machine."),
    url: str = typer.Option("", "--url", help="The address that people see, where a TLS proxy stands before this: https://marsad.example.org. Means --team."),
    allow_host: list[str] = typer.Option([], "--allow-host", help="Another name that the observatory goes by; repeat it."),
    proxy: str = typer.Option("127.0.0.1", "--proxy", help="With --url: the proxy's address, whose word on where people come from is taken."),
    workers: int = typer.Option(1, "--workers", min=1, max=64, help="Processes that answer: for a team, one a core. Each holds the columns of all incidents."),
    cert: Path | None = typer.Option(None, "--cert", help="A certificate (PEM), to speak TLS without a proxy; with --key."),
    key: Path | None = typer.Option(None, "--key", help="Its private key (PEM)."),
) -> None:  # fmt: skip
    """Open the record to a browser: pages in Arabic and English, and an API. It prints the address to open; Ctrl-C ends it.

    Examples: `marsad serve`, `marsad serve --store iraq.db --port 9000 --lang ar`, `marsad serve --url https://marsad.example.org`
    """
    from marsad.serve.settings import checked, names  # noqa: PLC0415

    there(store)
    settings = checked(
        store=store, host=host, port=port, lang=lang, release=release, team=team, url=url, hosts=names(host, url, tuple(allow_host)),
        encrypted=cert is not None,
    )  # fmt: skip
    _users_where_needed(store, settings)
    _run(settings, workers, ssl_certfile=cert, ssl_keyfile=key, proxy_headers=bool(url), forwarded_allow_ips=proxy)


def _run(settings: "Settings", workers: int, **more: Any) -> None:
    """Print the address and serve until told to end."""
    import uvicorn  # noqa: PLC0415

    from marsad.serve import create  # noqa: PLC0415
    from marsad.serve.workers import FACTORY, hand_down, warm  # noqa: PLC0415

    app = create(settings)  # here too where other processes serve: what is missing is said before anything starts
    _free(settings.host, settings.port)
    if workers > 1:
        hand_down(settings)
        app.state.store.close()
    else:
        warm(app.state.store)
    console.print(f"Marsad is at {settings.address}", highlight=False, soft_wrap=True)
    if settings.secure and not settings.address.startswith("https:"):
        errors.print(
            "This address is not encrypted, so nobody can log in: give --url of a TLS proxy, or --cert and --key (docs/serve.md)."
        )
    served = FACTORY if workers > 1 else app
    uvicorn.run(served, factory=workers > 1, workers=workers, host=settings.host, port=settings.port, **QUIET, **more)


def _users_where_needed(store: str, settings: "Settings") -> None:
    """Refuse to open the record to others while nobody has to say who they are."""
    if settings.token:
        return
    with opened(store) as held:
        if not held.accounts.users():
            raise UsageError(
                "others would reach the record, and no user is set up", where=f"{settings.host}:{settings.port}",
                mend="Add one: marsad users add NAME --role admin; or listen on 127.0.0.1 alone.",
            )  # fmt: skip


def _free(host: str, port: int) -> None:
    """Raises MarsadError if the port is taken or the address is not this machine's."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OSError as error:
            what = (
                "another program listens here"
                if error.errno in (48, 98, 10048)
                else error.strerror or "this address cannot be used"
            )
            raise MarsadError(
                what, where=f"{host}:{port}", mend=f"Take another port: marsad serve --port {port % 65535 + 1}."
            ) from None
