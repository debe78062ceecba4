# SPDX-License-Identifier: MIT
"""The commands that keep the store as a whole, and the options that all commands about it share."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.examples import examples_of
from resources.words import gettext as _

PassphraseFile = Annotated[
    Path | None,
    typer.Option("--passphrase-file", help=_("Opens a locked store: a file whose first line is the passphrase.")),
]
Lines = Annotated[bool, typer.Option("--json", help=_("JSON, one object a line."))]
Client = Annotated[str, typer.Argument(metavar="CLIENT", help=_("A person's code: C-7F3K."))]


def add_keeping_commands(commands: typer.Typer) -> None:
    """Add the commands that keep the store as a whole."""
    said = (
        ("backup", backup, _("Make a backup of the whole store in a folder, or refresh it.")),
        ("restore", restore, _("Bring the store back from a backup; what is whole here stays.")),
        ("bring-back", bring_back, _("Bring a session back into the store that was saved in another folder.")),
        ("move", move, _("Move a session, or one person's part of it, to the person whose it is.")),
        (
            "retention",
            retention,
            _("Say which sessions were kept for longer than agreed, and delete them when told to."),
        ),
        ("audit", audit, _("Write who did what, and check that no row was changed.")),
    )
    for name, run, words in said:
        commands.command(name, help=words, epilog=examples_of(name))(run)


def backup(
    path: Annotated[Path, typer.Argument(metavar="PATH", help=_("A folder, best on another disk."))],
    passphrase_file: PassphraseFile = None,
) -> None:
    """Make a backup of the whole store."""
    from app.cli.backup import make_backup
    from app.cli.plain import plainly

    with plainly():
        make_backup(path, passphrase_file)


def restore(
    path: Annotated[Path, typer.Argument(metavar="PATH", help=_("The folder of the backup."))],
    passphrase_file: PassphraseFile = None,
) -> None:
    """Bring the store back from a backup."""
    from app.cli.backup import restore_backup
    from app.cli.plain import plainly

    with plainly():
        restore_backup(path, passphrase_file)


def bring_back(
    path: Annotated[Path, typer.Argument(metavar="FOLDER", help=_("The session's folder: .../S-4TQ9Z."))],
    passphrase_file: PassphraseFile = None,
) -> None:
    """Bring a session back into the store."""
    from app.cli.backup import bring_session_back
    from app.cli.plain import plainly

    with plainly():
        bring_session_back(path, passphrase_file)


def move(
    session: Annotated[str, typer.Argument(metavar="SESSION", help=_("A session's code: S-4TQ9Z."))],
    client: Client,
    person: Annotated[str, typer.Option(help=_("Whose part, by the name in the session."))] = "client",
    passphrase_file: PassphraseFile = None,
) -> None:
    """Move a session to the person whose it is."""
    from app.cli.plain import plainly
    from app.cli.sessions import move as run

    with plainly():
        run(session, client, person, passphrase_file)


def retention(
    days: Annotated[int | None, typer.Option(min=1, help=_("The practice keeps sessions for so many days."))] = None,
    no_limit: Annotated[bool, typer.Option("--no-limit", help=_("The practice sets no bound."))] = False,
    delete: Annotated[bool, typer.Option("--delete", help=_("Delete what is due; else it is only shown."))] = False,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Say which sessions were kept for longer than agreed."""
    from app.cli.plain import plainly
    from app.cli.sessions import retention as run

    with plainly():
        run(passphrase_file, days=days, no_limit=no_limit, delete=delete)


def audit(*, as_json: Lines = False, passphrase_file: PassphraseFile = None) -> None:
    """Write who did what, and check it."""
    from app.cli.plain import plainly
    from app.cli.protect import audit as run

    with plainly():
        run(passphrase_file, as_lines=as_json)
