# SPDX-License-Identifier: MIT
"""What the settings consist of: every section with its rows, in their order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from resources.words import gettext as _
from ui.settings.changes import Changes
from ui.settings.choice import Choice
from ui.settings.key_rows import KeyRows
from ui.settings.own_rows import appearance_rows, language_rows, sound_rows
from ui.settings.people_rows import PeopleRows
from ui.settings.practice_rows import cue_rows, folder_rows, privacy_rows, sensor_rows, window_rows
from ui.settings.seam import Surroundings
from ui.settings.shortcut_rows import shortcut_rows
from ui.settings.store_side import StoreSide
from ui.settings.wording_rows import ChooseFolder, wording_rows
from ui.sound.sounding import Sounding
from ui.theme import Look


@dataclass(frozen=True, slots=True)
class Ways:
    """Where rows lead, and what asks for a folder."""

    people: Callable[[], None]
    sensors: Callable[[], None]
    choose_folder: ChooseFolder


class Page(QObject):
    """The sections of the settings.

    Parameters
    ----------
    look : Look
        The look they follow.
    changes : Changes
        Keeps what is chosen.
    store : StoreSide
        What is asked of the store.
    sounding : Sounding
        The devices of the sound.
    around : Surroundings
        Places and languages.
    ways : Ways
        Where rows lead.
    """

    def __init__(
        self, look: Look, changes: Changes, store: StoreSide, *, sounding: Sounding, around: Surroundings, ways: Ways
    ) -> None:
        super().__init__(changes)
        self._people = PeopleRows(look, store, ways.people, self)
        self._keys = KeyRows(look, store, self)
        own: Sequence[tuple[str, Sequence[Choice]]] = (
            (_("Appearance"), appearance_rows(look, changes)),
            (_("Sound"), sound_rows(look, changes, sounding)),
            (_("Language"), language_rows(look, changes, around)),
            (_("Keys"), shortcut_rows(look, changes)),
        )
        practice: Sequence[tuple[str, Sequence[Choice]]] = (
            (_("People"), self._people.choices),
            (_("Sensors"), sensor_rows(look, changes, around, ways.sensors)),
            (_("Window"), window_rows(look)),
            (_("Cues and wording"), (*cue_rows(look, changes), *self._wording(look, changes, around, ways))),
            (_("Privacy and keys"), (*self._keys.choices, *privacy_rows(look))),
            (_("Folders"), folder_rows(look, around)),
        )
        self.sections = (*own, *practice)
        self.first_beyond = len(own)
        self.choices = tuple(one for _title, rows in self.sections for one in rows)
        sounding.changed.connect(self._refresh)

    def begin(self, *, is_in_session: bool) -> None:
        """Close the ways that would end a session while one runs."""
        self._people.list_row.row.close_off(is_closed=is_in_session)
        self.end()

    def end(self) -> None:
        """Forget what was typed, and show nobody any more."""
        self._keys.fold()
        self._people.fold()

    def _refresh(self) -> None:
        for one in self.choices:
            one.refresh()

    @staticmethod
    def _wording(look: Look, changes: Changes, around: Surroundings, ways: Ways) -> Sequence[Choice]:
        return wording_rows(look, changes, around, ways.choose_folder)
