# SPDX-License-Identifier: MIT
"""The commands of a study: markers from other terminals, and many recordings in one table; with their options."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.examples import examples_of
from app.cli.keeping_commands import PassphraseFile
from resources.words import gettext as _

Lines = Annotated[bool, typer.Option("--json", help=_("JSON, one object a line."))]


def add_study_commands(commands: typer.Typer) -> None:
    """Add the commands of a study."""
    commands.command(
        help=_("Put a marker into the running session, from another terminal or a script."),
        epilog=examples_of("mark"),
    )(mark)
    commands.command(
        help=_("Show another Attune's state, which it sends by LSL; read only, nothing is kept."),
        epilog=examples_of("watch"),
    )(watch)
    commands.command(
        help=_("Analyse many recordings: a row for each window and each person, and one for each whole, in one table."),
        epilog=examples_of("analyze"),
    )(analyze)


def mark(
    kind: Annotated[
        str, typer.Argument(metavar="TYPE[@PERSON]", help=_("At most 32 characters; a note is not a marker."))
    ],
    json: Lines = False,
) -> None:
    """Put a marker into the running session, from another terminal or a script."""
    from app.cli.mark import mark as run
    from app.cli.plain import plainly

    with plainly():
        run(kind, as_lines=json)


def watch(
    stream: Annotated[str, typer.Argument(metavar="lsl:NAME", help=_("The stream, as attune devices names it."))],
    *,
    seconds: Annotated[float | None, typer.Option(min=0.0, help=_("End after so many seconds."))] = None,
    text: Annotated[bool, typer.Option("--text", help=_("In the terminal, also where a window can open."))] = False,
    json: Lines = False,
) -> None:
    """Show another Attune's state, read only."""
    from app.cli.plain import plainly
    from app.cli.watch import watch as run
    from app.cli.watch import watch_in_window
    from app.display import display_fault

    with plainly():
        if text or json or display_fault():
            run(stream, seconds=seconds, as_lines=json)
        else:
            raise typer.Exit(watch_in_window(stream, seconds=seconds))


def analyze(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...", readable=False, help=_("Folders, files (XDF, EDF+, CSV), or codes of stored sessions.")
        ),
    ],
    *,
    out: Annotated[Path, typer.Option(metavar="TABLE", help=_("A name that ends in .parquet or .csv."))],
    window: Annotated[int, typer.Option(min=1, help=_("How many seconds a row is of."))] = 60,
    jobs: Annotated[
        int | None, typer.Option(min=1, help=_("How many processes; as many as there are cores if not said."))
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help=_("A Dask scheduler in place of local processes."))
    ] = None,
    rest: Annotated[
        str | None, typer.Option(metavar="A:B", help=_("The seconds of a rest, in each recording."))
    ] = None,
    talk: Annotated[str | None, typer.Option(metavar="A:B", help=_("The seconds of a neutral talk."))] = None,
    relax: Annotated[str | None, typer.Option(metavar="A:B", help=_("The seconds of a comfortable time."))] = None,
    clock: Annotated[
        str | None, typer.Option(metavar="NAME", help=_("Of an XDF with several clocks: the stream or host to go by."))
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help=_("Go on with a run that was interrupted."))] = False,
    force: Annotated[bool, typer.Option("--force", help=_("Replace the table if it is there."))] = False,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Analyse many recordings into one table."""
    import os

    from app.analyze.batch import Batch
    from app.analyze.work import Options
    from app.cli.analyze import analyze as run
    from app.cli.calibrated import calibration, read_span
    from app.cli.plain import plainly

    given = (("--rest", rest), ("--talk", talk), ("--relax", relax))
    spans = [None if text is None else read_span(text, option) for option, text in given]
    options = Options(window, tuple(calibration(*spans)), clock)
    lanes = jobs or os.cpu_count() or 1
    with plainly():
        run(Batch(paths, out, options, lanes, scheduler=scheduler, resume=resume, force=force), passphrase_file)
