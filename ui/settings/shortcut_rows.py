# SPDX-License-Identifier: MIT
"""The settings of the keys: letters off or on, and another key for each act, refused where it means something else."""

from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QGridLayout, QWidget

from resources.words import gettext as _
from ui.key_table import Act, act_of, clean_keys, key_of, may_be_given
from ui.keys import key_words
from ui.settings.changes import Changes
from ui.settings.choice import Choice, switch, way
from ui.settings.key_button import KeyButton
from ui.settings.row import SettingRow
from ui.theme import Look
from ui.widgets.label import safe_label


def shortcut_rows(look: Look, changes: Changes) -> tuple[Choice, ...]:
    """Give whether letters act, the key of each act, and the way back to the usual ones."""
    letters = switch(
        look,
        (_("Keys that are letters"), _("without them only F-keys, Ctrl and Esc act")),
        read=lambda: changes.now.has_letter_keys,
        take=lambda is_on: changes.take(replace(changes.now, has_letter_keys=is_on)),
    )
    usual = way(
        look,
        (_("The usual keys"), _("every key as it was at first")),
        _("Have them back"),
        lambda: changes.take(replace(changes.now, keys=(), has_letter_keys=True)),
    )
    return letters, _table(look, changes), usual


def act_words(act: Act) -> str:
    """Say what a key does."""
    return {
        Act.PAUSE: _("pause and go on"),
        Act.MARK: _("mark a moment"),
        Act.FELT: _("ask how it feels"),
        Act.NOTE: _("write a note"),
        Act.PACER: _("pacer on and off"),
        Act.QUICKER: _("quicker breath"),
        Act.SLOWER: _("slower breath"),
        Act.TOO_SLOW: _("too slow for me"),
        Act.OFFER: _("offer something"),
        Act.VEIL: _("veil the screen"),
        Act.BADLY: _("something went badly"),
        Act.REST: _("guided rest"),
        Act.HIDE: _("hide the clinician’s window"),
        Act.FULL_SCREEN: _("full screen"),
        Act.SECOND_SCREEN: _("clinician’s window"),
        Act.RESEARCH: _("research window"),
        Act.THEME: _("next colours"),
        Act.SOUND: _("next sound"),
        Act.VIEW: _("next view"),
        Act.SIGHTS: _("what I see of myself"),
        Act.WORDS: _("a word for what I notice"),
        Act.EYES: _("closed eyes, with sound"),
        Act.RESONANCE: _("find the pace"),
        Act.WINDOW: _("the person’s own window"),
    }[act]


def _table(look: Look, changes: Changes) -> Choice:
    """Make the row with a button for each act."""
    table = QWidget()
    row = SettingRow(look, _("Which key does what"), "", table)
    table.setAccessibleName(_("Which key does what"))
    buttons = {act: KeyButton(look, act_words(act)) for act in Act}
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(8)
    for index, (act, button) in enumerate(buttons.items()):
        grid.addWidget(safe_label(look, act_words(act), tone="text2", wrap=True), index, 0)
        grid.addWidget(button, index, 1)
        button.typed.connect(partial(_give, row, changes, act))
    grid.setColumnStretch(0, 1)

    def refresh() -> None:
        row.tell(_("Press one, and then the new key; Esc leaves it as it is."))
        for act, button in buttons.items():
            button.show_now(key_words(key_of(act, changes.now.keys)))

    return Choice(row, refresh)


def _give(row: SettingRow, changes: Changes, act: Act, key: str) -> None:
    """Give an act a key, or say why it keeps the one it has."""
    keys = changes.now.keys
    holder = act_of(key, keys)
    shown = key_words(key) or "?"
    if not may_be_given(key):
        row.tell(_("{key} cannot be given: it means something everywhere.").format(key=shown))
    elif holder not in (None, act):
        words = _("{key} already means “{act}”; give that another key first.")
        row.tell(words.format(key=shown, act=act_words(holder or act)))
    else:
        others = tuple(pair for pair in keys if pair[0] != act.value)
        changes.take(replace(changes.now, keys=clean_keys((*others, (act.value, key)))))
