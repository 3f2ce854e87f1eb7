"""How every command behaves: errors in a sentence, exit statuses, `--debug`. The commands are in `cli`."""

import errno
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from build_dataset.errors import DatasetError
from build_dataset.show.terminal import log

FALLS_SHORT = 1
"""Exit status: done, but the result is not what was asked for."""
WRONG = 2
"""Exit status: the call or an input is wrong, nothing was written."""

INTERRUPTED = 130
"""Exit status: stopped by Ctrl-C, as shells have it."""

_DEBUG = "build_dataset.debug"


def _remember_debug(context: typer.Context, value: bool) -> bool:
    if value:
        context.meta[_DEBUG] = True
    return value


Debug = Annotated[
    bool, typer.Option("--debug", help="Show the traceback of an error.", callback=_remember_debug)
]
"""The option `--debug`, before the command or after it."""

Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
"""The option `--json` of every command with a result."""


class Commands(TyperGroup):
    """A group of commands that says in a sentence or two what went wrong, and exits with status 2."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command. With `--debug` an error keeps its traceback."""
        try:
            return super().invoke(ctx)
        except (TyperException, typer.Exit, typer.Abort):
            raise
        except KeyboardInterrupt as interrupt:
            log(str(interrupt) or "Stopped.")
            raise typer.Exit(INTERRUPTED) from interrupt
        except Exception as error:
            if ctx.meta.get(_DEBUG) or _reader_left(error):
                raise
            log(f"build-dataset: {_sentence(error)}")
            raise typer.Exit(WRONG) from error


def _reader_left(error: Exception) -> bool:
    """Whether the other end of the pipe was closed (`… | head`): not an error of ours."""
    return isinstance(error, OSError) and error.errno == errno.EPIPE


def _sentence(error: Exception) -> str:
    if isinstance(error, DatasetError):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return (
        f"an error of the program, not of yours: {type(error).__name__}: {error}. "
        "Run it again with --debug and report what it prints."
    )
