# SPDX-License-Identifier: MIT
"""How the command line says what went wrong: one clear sentence on stderr and an exit code, never a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager
from gettext import gettext as _

import typer

from app.errors import AppError
from dsp.codes import Reason
from sensors.source import SensorError
from ui.words import advice_on

_WRONG_USE = 2
_IN_DETAIL = (  # of these the detail is a sentence with its line or its address
    Reason.FILE_MISSING,
    Reason.FILE_IS_FOLDER,
    Reason.FILE_DENIED,
    Reason.FILE_EMPTY,
    Reason.FILE_MALFORMED,
    Reason.CLOCK_JUMP,
    Reason.UNKNOWN_SOURCE,
)


def sentence_on(reason: Reason | None, detail: str) -> str:
    """Say why a source does not work, and what to do."""
    if reason is None or reason in _IN_DETAIL:
        return detail
    advice = advice_on(reason)
    return f"{advice.sentence} {advice.step.rstrip('.')}."


@contextmanager
def plainly() -> Iterator[None]:
    """Turn our own errors into a sentence and an exit code; Ctrl+C too."""
    try:
        yield
    except SensorError as error:
        typer.echo(f"attune: {sentence_on(error.reason, error.detail)}", err=True)
        raise typer.Exit(_WRONG_USE if error.reason is Reason.UNKNOWN_SOURCE else 1) from error
    except AppError as error:
        typer.echo(f"attune: {error.detail}", err=True)
        raise typer.Exit(1) from error
    except KeyboardInterrupt as stop:
        typer.echo(_("attune: stopped."), err=True)
        raise typer.Exit(1) from stop
