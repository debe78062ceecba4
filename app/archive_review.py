# SPDX-License-Identifier: MIT
"""Looking at a stored session again, for the screens; each function waits for the disk, on the archive's own thread."""

from pathlib import Path

from app.guide.language import menu_language
from app.guide.menu import read_menu
from app.report.blocks import Variant
from app.report.writing import ReportWish as Wish
from app.report.writing import record_of, titles_in, write_report
from app.store.vault import Vault
from app.texts import texts_folder
from ui.review.seam import LookedBack, Reported, ReportWish, Reviewed


def reviewed(vault: Vault, session: str, *, has_notes: bool) -> Reviewed:
    """Read a session for the review, with the clinician's notes where they were asked for."""
    menu, _problem = read_menu(texts_folder(vault.folder), menu_language())
    return Reviewed(record_of(vault, session, titles_in(menu), has_notes=has_notes), has_notes)


def look_back(vault: Vault, said: LookedBack) -> None:
    """Keep what a person said of a session."""
    if said.rating is not None:
        vault.looking_back.rate(said.code, said.session, said.rating)
    if said.words:
        vault.looking_back.add_words(said.code, said.session, said.t, said.words)


def reported(vault: Vault, wish: ReportWish) -> Reported:
    """Write a report where the person chose."""
    menu, _problem = read_menu(texts_folder(vault.folder), menu_language())
    asked = Wish(wish.session, Path(wish.path), Variant(wish.reader), wish.person, wish.has_notes)
    write_report(vault, asked, titles_in(menu), force=wish.is_replacing)
    return Reported(wish.session, wish.path)
