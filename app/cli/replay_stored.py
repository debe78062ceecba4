# SPDX-License-Identifier: MIT
"""`attune replay SESSION`: a stored session through the one path again, and whether its numbers come out again."""

import asyncio
import json
from pathlib import Path

from rich.console import Console
from rich.progress import SpinnerColumn, TextColumn

from app.cli.door import open_store
from app.cli.lines import progress, write_line
from app.cli.replay import ShownTime, in_time
from app.cli.summary import print_summary
from app.clock import choose_session_clock
from app.head import session_head
from app.jsonlines import JsonLines
from app.merge import merge_items
from app.session import Sink
from app.store.contents import SessionContents
from app.store.equality import TOLERANCE, Equality, Outcome, replay_stored
from app.store.reading import open_session
from app.tally import Tally
from resources.words import gettext as _


def replay_session(
    session: str, passphrase_file: Path | None, *, speed: float | None, as_lines: bool, with_beats: bool
) -> bool:
    """Replay a stored session and say which equality held.

    Parameters
    ----------
    session : str
        Its code.
    passphrase_file : Path or None
        Opens a locked store.
    speed : float or None
        Times life; None is as fast as it goes.
    as_lines, with_beats : bool
        JSON lines in place of the summary; each beat among them.

    Returns
    -------
    bool
        False where the numbers should be equal and are not.

    Raises
    ------
    AppError
        When the store does not open, there is no such session, or it cannot be read.
    """
    with open_store(passphrase_file) as vault:
        contents = open_session(vault, session, as_recorded=True)
    tally = Tally()
    if as_lines:
        lines = JsonLines(write_line, beats=with_beats)
        lines.start(session_head([session], list(contents.head.codes)))
        equality = _run(contents, [tally, lines], speed, is_shown=not Console().is_terminal)
        lines.finish(tally.summary())
        write_line(json.dumps({"replay": _object(equality)}) + "\n")
    else:
        equality = _run(contents, [tally], speed, is_shown=True)
        print_summary(tally.summary())
        write_line(_words(equality))
    return equality.outcome is not Outcome.DIFFERENT


def _run(contents: SessionContents, sinks: list[Sink], speed: float | None, *, is_shown: bool) -> Equality:
    items = None if speed is None else in_time(merge_items(contents.items()), choose_session_clock(), speed)
    with progress(SpinnerColumn(), TextColumn("{task.description}"), is_shown=is_shown) as bar:
        return asyncio.run(replay_stored(contents, [*sinks, ShownTime(bar)], items))


def _object(equality: Equality) -> dict[str, object]:
    return {
        "outcome": str(equality.outcome),
        "stored_sha256": equality.stored_sha256,
        "new_sha256": equality.new_sha256,
        "same_environment": equality.is_same_environment,
    }


def _words(equality: Equality) -> str:
    said = {
        Outcome.EQUAL: _("Equal to the last bit."),
        Outcome.WITHIN_TOLERANCE: _(
            "Made in another environment: every number within {tolerance:g}, verdicts and zones equal."
        ).format(tolerance=TOLERANCE),
        Outcome.DIFFERENT: _("The numbers differ from the stored ones."),
        Outcome.OTHER_SCORER: _("Another version of the scorer made the stored numbers: they are not compared."),
        Outcome.INCOMPLETE: _("A part of it was not recorded, or is lost: the numbers are not compared."),
    }[equality.outcome]
    hashes = _("stored {stored}\nnew    {new}\n").format(stored=equality.stored_sha256, new=equality.new_sha256)
    return f"{hashes}{said}\n"
