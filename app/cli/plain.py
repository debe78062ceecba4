# SPDX-License-Identifier: MIT
"""How the command line says what went wrong: one clear sentence on stderr and an exit code, never a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from app.advice import is_in_detail, terminal_advice
from app.errors import AppError, Fault
from dsp.codes import Reason
from resources.words import gettext as _
from sensors.source import SensorError
from ui.foreign import plain

_WRONG_USE = 2


def sentence_on(reason: Reason | None, detail: str) -> str:
    """Say why a source does not work, and what to do; whatever a file is called, it stays one plain line."""
    if reason is None or is_in_detail(reason):
        return plain(detail).replace("\n", " ")
    advice = terminal_advice(reason)
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
        typer.echo(f"attune: {sentence_on(None, error.detail)}", err=True)
        raise typer.Exit(_WRONG_USE if error.fault is Fault.GIVEN_TWICE else 1) from error
    except KeyboardInterrupt as stop:
        typer.echo(_("attune: stopped."), err=True)
        raise typer.Exit(1) from stop
