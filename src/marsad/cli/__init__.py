"""The command line: one file a verb. `marsad --help` lists them; each help ends with an example."""

import gc
import sys
from importlib import import_module
from typing import Any

import typer
from rich.console import Console
from typer.core import TyperGroup

from marsad import __version__
from marsad.errors import MarsadError, UsageError

VERBS = (
    "demo", "init", "collect", "import", "read", "link", "incident", "review", "changes", "diff", "search", "rejected", "watch", "forecast", "backtest",
    "brief", "export", "serve", "users", "tokens", "places", "takedown", "score",
)  # fmt: skip


class _Verbs(TyperGroup):
    """Imports a verb when it is called: `marsad read` need not wait for what `marsad forecast` computes with."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in VERBS:
            return None
        verb = import_module("marsad.cli." + ("import_" if cmd_name == "import" else cmd_name))  # `import` is a word of Python
        made = getattr(verb, "app", None)
        if made is None:
            made = typer.Typer(rich_markup_mode="markdown", add_completion=False, pretty_exceptions_enable=False)
            made.command(name=cmd_name, context_settings=getattr(verb, "CONTEXT", None))(verb.command)
        command = typer.main.get_command(made)
        command.name = cmd_name
        return command


app = typer.Typer(
    name="marsad", cls=_Verbs, no_args_is_help=True, add_completion=False, rich_markup_mode="markdown", pretty_exceptions_enable=False,
    help="Reads news reports in Arabic and English, keeps a sourced record of conflict events, notices change, forecasts, and writes a bilingual brief.",
)  # fmt: skip


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
    gc.set_threshold(_COLLECTED_EVERY)
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


_COLLECTED_EVERY = 50_000
"""New objects between two searches for cycles (Python's own: 700): a tenth of a command's start went into searching its codebooks."""


def _complain(error: MarsadError, code: int) -> None:
    Console(stderr=True, soft_wrap=True).print(f"[bold red]marsad:[/] {_plain(str(error))}", highlight=False)
    sys.exit(code)


def _plain(text: str) -> str:
    return text.replace("[", "\\[")
