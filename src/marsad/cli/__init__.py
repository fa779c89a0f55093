"""The command line: one file a verb. `marsad --help` lists them; each help ends with an example."""

import sys

import typer
from rich.console import Console

from marsad import __version__
from marsad.cli import backtest, brief, collect, demo, export, forecast, init, link, read, score, watch
from marsad.errors import MarsadError, UsageError

app = typer.Typer(
    name="marsad", no_args_is_help=True, add_completion=False, rich_markup_mode="markdown", pretty_exceptions_enable=False,
    help="Reads news reports in Arabic and English, keeps a sourced record of conflict events, notices change, forecasts, and writes a bilingual brief.",
)  # fmt: skip
for verb in (demo, init, collect, read, link, watch, forecast, backtest, brief, export):
    app.command(name=verb.__name__.rsplit(".", 1)[-1], context_settings=getattr(verb, "CONTEXT", None))(verb.command)
app.add_typer(score.app, name="score")


def _version(wanted: bool) -> None:
    if wanted:
        print(f"marsad {__version__}")
        raise typer.Exit


@app.callback()
def _top(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    pass


def main() -> None:
    """Run a command. Exit codes: 0 done, 1 done with rejected inputs, 2 usage, 3 could not run."""
    try:
        app()
    except UsageError as error:
        _complain(error, 2)
    except MarsadError as error:
        _complain(error, 3)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(3)
    except OSError as error:
        _complain(
            MarsadError(
                error.strerror or str(error),
                where=str(error.filename or ""),
                mend="Check the path, its rights and the free space.",
            ),
            3,
        )
    except KeyboardInterrupt:
        _complain(MarsadError("stopped", mend="What was done is kept; the same command goes on from there."), 3)


def _complain(error: MarsadError, code: int) -> None:
    Console(stderr=True, soft_wrap=True).print(f"[bold red]marsad:[/] {_plain(str(error))}", highlight=False)
    sys.exit(code)


def _plain(text: str) -> str:
    return text.replace("[", "\\[")
