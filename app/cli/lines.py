# SPDX-License-Identifier: MIT
"""What goes where: results to standard output, line by line; how far it is to standard error, where somebody looks."""

import sys

from rich.console import Console
from rich.progress import Progress, ProgressColumn


def write_line(line: str) -> None:
    """Write one line with its end at once, so that a reader behind a pipe is never late."""
    sys.stdout.write(line)
    sys.stdout.flush()


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
