# SPDX-License-Identifier: MIT
"""What goes where: results to standard output, line by line; how far it is to standard error, where somebody looks."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from rich.console import Console, RenderableType
from rich.progress import Progress, ProgressColumn

from app.errors import AppError, Fault
from resources.words import gettext as _


def write_line(line: str) -> None:
    """Write one line with its end at once, so that a reader behind a pipe is never late.

    Raises
    ------
    AppError
        `NO_OUTPUT` where standard output is closed, or its disk is full.
    """
    with _written():
        sys.stdout.write(line)
        sys.stdout.flush()


def print_result(result: RenderableType) -> None:
    """Print a table for people; what it holds is text and no markup.

    Raises
    ------
    AppError
        `NO_OUTPUT` where standard output is closed, or its disk is full.
    """
    with _written():
        Console().print(result, markup=False)


def warn(sentence: str) -> None:
    """Say on standard error what is to be known besides; nothing where there is nothing to say."""
    if sentence:
        typer.echo(f"attune: {sentence}", err=True)


def progress(*columns: ProgressColumn, is_shown: bool = True) -> Progress:
    """Make a progress display on standard error, gone when it ends; none where that is no terminal."""
    console = Console(stderr=True)
    return Progress(
        *columns,
        console=console,
        transient=True,
        redirect_stdout=False,  # results would go to standard error
        redirect_stderr=False,
        disable=not (is_shown and console.is_terminal),
    )


@contextmanager
def _written() -> Iterator[None]:
    """Say in one sentence that the output takes nothing; a reader that has left is no fault and stays typer's."""
    if sys.stdout is None:
        raise AppError(Fault.NO_OUTPUT, _("there is no output to write to; standard output is closed."))
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python tries again, and says so, at exit
        words = _("the output cannot be written ({why}); free some space, or write it elsewhere.")
        raise AppError(Fault.NO_OUTPUT, words.format(why=error.strerror)) from error
