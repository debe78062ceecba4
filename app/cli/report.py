# SPDX-License-Identifier: MIT
"""`attune report`: a stored session as a page or a PDF, for the clinician or for the person."""

import os
from pathlib import Path

from rich.progress import BarColumn, TextColumn

from app.cli.door import open_store
from app.cli.lines import progress, write_line
from app.errors import AppError, Fault
from app.folders import data_folder
from app.guide.language import menu_language
from app.guide.menu import read_menu
from app.report.writing import ReportWish, refuse_bad_report, titles_in, write_report
from app.store.codes import read_code
from app.texts import texts_folder
from resources.words import gettext as _


def report(wish: ReportWish, passphrase_file: Path | None, *, force: bool) -> None:
    """Write a report and say where it is.

    Parameters
    ----------
    wish : ReportWish
        Which one; its session however it was typed.
    passphrase_file : Path or None
        Opens a locked store.
    force : bool
        What stands there is replaced.

    Raises
    ------
    AppError
        `NO_TOOLKIT` where a PDF cannot be drawn here; what opening the store and `write_report` raise.
    """
    refuse_bad_report(wish.path, force=force)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # a page is drawn without any display
    menu, _problem = read_menu(texts_folder(data_folder()), menu_language())
    with open_store(passphrase_file) as vault, progress(TextColumn(_("writing the report")), BarColumn()) as bar:
        bar.add_task("", total=None)
        named = ReportWish(read_code(wish.session, "S"), wish.path, wish.variant, wish.person, wish.has_notes)
        try:
            write_report(vault, named, titles_in(menu), force=force)
        except ImportError as error:
            words = _("a PDF needs libraries that are missing ({error}); an HTML report does without them.")
            raise AppError(Fault.NO_TOOLKIT, words.format(error=error)) from error
    warning = _("{path} is made, with the clinician’s notes in it: keep it as you would the notes.")
    write_line((warning if wish.has_notes else _("{path} is made.")).format(path=wish.path) + "\n")
