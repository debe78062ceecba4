# SPDX-License-Identifier: MIT
"""The commands about what is stored, and their options."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.completing import completing
from app.cli.examples import examples_of
from app.cli.keeping_commands import Client, Lines, PassphraseFile, add_keeping_commands
from resources.words import gettext as _


def add_store_commands(commands: typer.Typer) -> None:
    """Add the commands about what is stored."""
    said = (
        ("sessions", sessions, _("List the stored sessions.")),
        ("growth", growth, _("Say what moved over one person's sessions.")),
        ("import", import_files, _("Store recordings (XDF, CSV, EDF+) as a session, with consent.")),
        ("export", export, _("Export a session for other programs, de-identified unless asked otherwise.")),
        ("report", report, _("Write a report of a session, as a page or a PDF.")),
        ("consent", consent, _("Ask a person for consent and put it on record; without a code, for somebody new.")),
        ("checklist", checklist, _("Say which conditions of a person’s are on record, or put them there.")),
        ("protect", protect, _("Set a passphrase and print a recovery code.")),
        ("erase", erase, _("Erase all of one person's data, or one session, for ever.")),
        ("disclose", disclose, _("Write all of one person's data readably, for an access request.")),
    )
    for name, run, words in said:
        commands.command(name, help=words, epilog=examples_of(name))(run)
    add_keeping_commands(commands)


def sessions(*, as_json: Lines = False, passphrase_file: PassphraseFile = None) -> None:
    """List the stored sessions."""
    from app.cli.plain import plainly
    from app.cli.sessions import sessions as run

    with plainly():
        run(passphrase_file, as_lines=as_json)


def growth(client: Client, *, as_json: Lines = False, passphrase_file: PassphraseFile = None) -> None:
    """Say what moved over one person's sessions."""
    from app.cli.growth import growth as run
    from app.cli.plain import plainly

    with plainly():
        run(client, passphrase_file, as_lines=as_json)


def import_files(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", readable=False, help=_("XDF, CSV, EDF+ or a text of RR intervals.")),
    ],
    *,
    consent: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE[@PERSON]", help=_("Whose it is, who agreed to be stored; else it is asked.")),
    ] = None,
    clock: Annotated[
        str | None, typer.Option(metavar="NAME", help=_("Of an XDF with several clocks: the stream or host to go by."))
    ] = None,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Store recordings as a session."""
    from app.cli.import_ import import_files as run
    from app.cli.plain import plainly
    from app.cli.record import Storing

    with plainly():
        run(files, Storing(consent or (), passphrase_file), clock=clock)


def export(
    session: Annotated[str, typer.Argument(metavar="SESSION", help=_("A session's code: S-4TQ9Z."))],
    to: Annotated[
        str,
        typer.Option(
            metavar="xdf|csv|edf|bids|parquet",
            help=_("What it becomes."),
            autocompletion=completing("xdf", "csv", "edf", "bids", "parquet"),
        ),
    ],
    out: Annotated[Path, typer.Option(metavar="PATH", help=_("The file (xdf, edf) or folder to be made."))],
    *,
    identified: Annotated[
        bool, typer.Option("--identified", help=_("Codes, date and devices' names stay in it."))
    ] = False,
    notes: Annotated[bool, typer.Option("--notes", help=_("The clinician's notes go with it, as they are."))] = False,
    force: Annotated[bool, typer.Option("--force", help=_("Replace what is there."))] = False,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Export a session for other programs."""
    from app.cli.export import export as run
    from app.cli.plain import plainly
    from app.export.exporting import Format

    if to not in list(Format):
        raise typer.BadParameter(_("must be xdf, csv, edf, bids or parquet"), param_hint="--to")
    with plainly():
        run(session, Format(to), out, passphrase_file, identified=identified, with_notes=notes, force=force)


def consent(
    client: Annotated[str | None, typer.Argument(metavar="CLIENT", help=_("A person's code: C-7F3K."))] = None,
    *,
    stored: Annotated[
        bool | None, typer.Option("--stored/--live-only", help=_("Agreed: sessions are stored, or never."))
    ] = None,
    audience: Annotated[
        str,
        typer.Option(
            metavar="clinician|practice|research",
            help=_("Agreed: who sees the readings."),
            autocompletion=completing("clinician", "practice", "research"),
        ),
    ] = "clinician",
    keep_days: Annotated[int | None, typer.Option(min=1, help=_("Agreed: for how many days."))] = None,
    network: Annotated[
        bool | None, typer.Option("--network/--no-network", help=_("Agreed: whether readings may leave this computer."))
    ] = None,
    name: Annotated[str | None, typer.Option(help=_("The person's name; needs a passphrase or a keyring."))] = None,
    take_back: Annotated[
        bool, typer.Option("--take-back", help=_("The consent ends; nothing more is stored."))
    ] = False,
    show: Annotated[bool, typer.Option("--show", help=_("Write what holds now."))] = False,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Ask a person for consent and put it on record."""
    from app.cli.consent import Answers
    from app.cli.consent import consent as run
    from app.cli.plain import plainly
    from app.store.consent import Audience

    if audience not in list(Audience):
        raise typer.BadParameter(_("must be clinician, practice or research"), param_hint="--audience")
    answers = Answers(stored, Audience(audience), keep_days, network)
    with plainly():
        run(client, answers, passphrase_file, name=name, take_back=take_back, show=show)


def checklist(
    client: Client,
    conditions: Annotated[
        str | None, typer.Option("--set", metavar="NAME,...", help=_('All conditions that hold; "" for none.'))
    ] = None,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Say which conditions are on record, or put them there."""
    from app.cli.checklist import checklist as run
    from app.cli.plain import plainly

    names = None if conditions is None else [name for name in conditions.split(",") if name.strip()]
    with plainly():
        run(client, names, passphrase_file)


def protect(
    new_passphrase_file: Annotated[
        Path | None, typer.Option(help=_("A file whose first line is the new passphrase; else it is asked for."))
    ] = None,
    operator: Annotated[
        str | None, typer.Option(metavar="NAME", help=_("Whose passphrase; somebody new gets an own one."))
    ] = None,
    recovery_code: Annotated[
        bool, typer.Option("--recovery-code", help=_("Only print a new recovery code; the one before stops working."))
    ] = False,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Set a passphrase and print a recovery code."""
    from app.cli.plain import plainly
    from app.cli.protect import protect as run

    with plainly():
        run(passphrase_file, new_file=new_passphrase_file, operator=operator, only_recovery_code=recovery_code)


def erase(
    client: Annotated[str, typer.Argument(metavar="CLIENT", help=_("A person's code, or a session's: S-4TQ9Z."))],
    yes: Annotated[str | None, typer.Option(metavar="CODE", help=_("The code once more, for scripts."))] = None,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Erase all of one person's data, or one session."""
    from app.cli.erase import erase_code
    from app.cli.plain import plainly

    with plainly():
        erase_code(client, yes, passphrase_file)


def report(
    session: Annotated[str, typer.Argument(metavar="SESSION", help=_("A session's code: S-4TQ9Z."))],
    out: Annotated[Path, typer.Option(metavar="FILE", help=_("The file to write: .html or .pdf."))],
    *,
    reader: Annotated[
        str,
        typer.Option(
            "--for",
            metavar="clinician|client|handout",
            help=_("For whom; the handout has no graph."),
            autocompletion=completing("clinician", "client", "handout"),
        ),
    ] = "clinician",
    person: Annotated[str, typer.Option(help=_("Whose part alone, by the name in the session."))] = "",
    notes: Annotated[bool, typer.Option("--notes", help=_("The clinician's notes too, for the clinician."))] = False,
    force: Annotated[bool, typer.Option("--force", help=_("Replace the file if it is there."))] = False,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Write a report of a session."""
    from app.cli.plain import plainly
    from app.cli.report import report as run
    from app.report.blocks import Variant
    from app.report.writing import ReportWish

    if reader not in list(Variant):
        raise typer.BadParameter(_("must be clinician, client or handout"), param_hint="--for")
    if notes and reader != Variant.CLINICIAN:
        words = _("goes with --for clinician alone: notes are never the client's")
        raise typer.BadParameter(words, param_hint="--notes")
    with plainly():
        run(ReportWish(session, out, Variant(reader), person, notes), passphrase_file, force=force)


def disclose(
    client: Client,
    out: Annotated[Path, typer.Option(metavar="ZIP", help=_("The file to write."))],
    notes: Annotated[bool, typer.Option("--notes", help=_("The clinician's notes too."))] = False,
    force: Annotated[bool, typer.Option("--force", help=_("Replace the file if it is there."))] = False,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Write all of one person's data readably."""
    from app.cli.disclose import disclose_client
    from app.cli.plain import plainly

    with plainly():
        disclose_client(client, out, passphrase_file, with_notes=notes, force=force)
