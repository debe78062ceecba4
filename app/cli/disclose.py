# SPDX-License-Identifier: MIT
"""`attune disclose`: all of one person's data, readable, in one ZIP."""

from pathlib import Path

from rich.progress import BarColumn, TextColumn

from app.cli.door import open_store
from app.cli.lines import progress, write_line
from app.store.disclose import disclose
from resources.words import gettext as _
from resources.words import ngettext


def disclose_client(client: str, out: Path, passphrase_file: Path | None, *, with_notes: bool, force: bool) -> None:
    """Write the ZIP and say what is in it.

    Raises
    ------
    AppError
        `UNKNOWN_CODE`, `ALREADY_THERE`, `BAD_TARGET`, `NO_SPACE`; what opening the store raises.
    """
    with open_store(passphrase_file) as vault, progress(TextColumn(_("writing")), BarColumn()) as bar:
        task = bar.add_task("", total=None)
        count = disclose(
            vault,
            client,
            out,
            with_notes=with_notes,
            force=force,
            told=lambda done, total: bar.update(task, completed=done, total=total),
        )
    words = ngettext(
        "{path} holds {count} session, readable by whoever has it: hand it to the person alone.",
        "{path} holds {count} sessions, readable by whoever has it: hand it to the person alone.",
        count,
    )
    write_line(words.format(path=out, count=count) + "\n")
