# SPDX-License-Identifier: MIT
"""The clinic's own texts: the folder with its wording and its cues, looked through before it is taken."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QWidget

from resources.words import gettext as _
from ui.settings.changes import Changes
from ui.settings.choice import Choice, told
from ui.settings.row import SettingRow
from ui.settings.seam import Surroundings
from ui.theme import Look
from ui.widgets.button import Button, Size

ChooseFolder = Callable[[QWidget, str], str]
"""Asks for a folder under a title; gives its path, or an empty text."""


def wording_rows(look: Look, changes: Changes, around: Surroundings, choose: ChooseFolder) -> tuple[Choice, ...]:
    """Give the folder of the own texts, and what is in it.

    Parameters
    ----------
    look : Look
        The look it follows.
    changes : Changes
        Keeps the choice.
    around : Surroundings
        Looks through a folder.
    choose : callable
        Asks for a folder.
    """
    other = Button(look, _("Choose a folder"), size=Size.NORMAL)
    usual = Button(look, _("The usual one"), size=Size.NORMAL)
    row = SettingRow(
        look, _("Folder of your own texts"), "", _side_by_side(_("Folder of your own texts"), other, usual)
    )
    found = told(look, _("Own wording and own cues"), "")

    def refresh() -> None:
        folder = changes.now.texts_folder
        row.tell(folder or around.data_folder)
        usual.setEnabled(bool(folder))
        found.row.tell(_about(around, folder))

    def take() -> None:
        folder = choose(row.window(), _("The folder with “wording” and “cues”"))
        if not folder:
            return
        texts = around.texts_in(folder)
        if not texts.is_there:
            row.tell(texts.problem)
        else:
            changes.take(replace(changes.now, texts_folder=folder))

    other.clicked.connect(take)
    usual.clicked.connect(lambda: changes.take(replace(changes.now, texts_folder="")))
    return Choice(row, refresh), found


def _about(around: Surroundings, folder: str) -> str:
    """Say what is in the folder, and where a sentence of one's own is written down."""
    texts = around.texts_in(folder)
    how = _("“wording/{language}.toml” says any sentence in your words, “cues/{language}.toml” what is offered.")
    said = [texts.said or _("none yet."), how.format(language=around.language), _("From the next start on.")]
    return " ".join([*said, texts.problem])


def _side_by_side(name: str, *buttons: QWidget) -> QWidget:
    pair = QWidget()
    pair.setAccessibleName(name)
    line = QHBoxLayout(pair)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    for button in buttons:
        line.addWidget(button)
    return pair
