# SPDX-License-Identifier: MIT
"""The settings of what keeps the store: passphrase, recovery code, who works with it, when it hides.

Law: the passphrase that holds is asked for before anything about it changes; a new one is typed twice.
"""

from collections.abc import Mapping

from PySide6.QtCore import QObject

from resources.words import gettext as _
from resources.words import ngettext
from ui.archive.practice import Guard, KeyState, KeyWish
from ui.archive.seam import Refused, Task
from ui.consent.words import refusal
from ui.settings.choice import Choice
from ui.settings.form import Asked, Form
from ui.settings.row import SettingRow
from ui.settings.store_side import StoreSide
from ui.theme import Look

_LEAST_LETTERS = 8
_LONGEST_NAME = 40


class KeyRows(QObject):
    """Rows about the keys.

    Parameters
    ----------
    look : Look
        The look they follow.
    store : StoreSide
        What is asked, and what answers.
    parent : QObject
        Their owner.
    """

    def __init__(self, look: Look, store: StoreSide, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._state = KeyState(Guard.NO_STORE)
        self._waiting: Form | None = None
        current = Asked("current", _("The passphrase of now, or the recovery code"))
        new = Asked("new", _("New passphrase, at least eight letters"))
        again = Asked("again", _("The new one once more"))
        name = Asked("name", _("Name of whoever it is for"), is_secret=False, longest=_LONGEST_NAME)
        self._passphrase = Form(look, _("Set a passphrase"), _("Set it"), (current, new, again))
        self._code = Form(look, _("Make a new code"), _("Make it"), (current,))
        self._others = Form(look, _("Add somebody"), _("Add them"), (name, current, new, again))
        self._rows = (
            SettingRow(look, _("Passphrase"), "", self._passphrase),
            SettingRow(look, _("Recovery code, on paper"), "", self._code),
            SettingRow(look, _("Who works with it"), "", self._others),
        )
        self._passphrase.sent.connect(lambda typed: self._send(self._passphrase, typed))
        self._code.sent.connect(lambda typed: self._send(self._code, typed))
        self._others.sent.connect(lambda typed: self._send(self._others, typed))
        store.keys_told.connect(self._take)
        store.refused.connect(self._refuse)
        self._tell()

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The rows."""
        return tuple(Choice(row, self._tell) for row in self._rows)

    def fold(self) -> None:
        """Forget what was typed."""
        self._waiting = None
        for form in (self._passphrase, self._code, self._others):
            form.fold()

    def _send(self, form: Form, typed: Mapping[str, str]) -> None:
        """Check what was typed, and ask for it."""
        if words := _fault(typed):
            form.refuse(words)
            return
        self._waiting = form
        wish = KeyWish(typed.get("new", ""), typed.get("current", ""), typed.get("name", "").strip())
        self._store.protect(wish)

    def _take(self, state: KeyState) -> None:  # a slot of Qt's
        self._state = state
        if self._waiting is not None:
            self._waiting.close_up()
            self._waiting = None
        self._tell()

    def _refuse(self, refused: Refused) -> None:  # a slot of Qt's
        if refused.task is Task.KEYS and self._waiting is not None:
            advice = refusal(refused.fault)
            self._waiting.refuse(f"{advice.sentence} {advice.step}")
            self._waiting = None

    def _tell(self) -> None:
        """Say how it stands, and ask only for what there is."""
        has_one = self._state.guard is Guard.PASSPHRASE
        held = ("current",) if has_one else ()
        passphrase, code, others = self._rows
        passphrase.tell(guard_words(self._state.guard))
        self._passphrase.name_it(_("Change it") if has_one else _("Set a passphrase"))
        self._passphrase.ask_for((*held, "new", "again"))
        code.tell(_code_words(self._state))
        code.close_off(is_closed=not has_one)
        others.tell(_others_words(self._state))
        others.close_off(is_closed=not has_one)


def guard_words(guard: Guard) -> str:
    """Say what keeps the store."""
    return {
        Guard.NO_STORE: _("Nothing is stored yet. A passphrase can be set now, or when the first name is typed."),
        Guard.FILE: _("Not protected yet: the key lies in a file beside the data. A passphrase takes its place."),
        Guard.KEYRING: _("The system’s keyring holds the key for whoever is logged in. A passphrase takes its place."),
        Guard.PASSPHRASE: _("A passphrase protects the store. To change it, the one of now is asked for first."),
    }[guard]


def _code_words(state: KeyState) -> str:
    if state.guard is not Guard.PASSPHRASE:
        return _("Opens the store when the passphrase is forgotten; the first passphrase comes with one.")
    if not state.has_recovery_code:
        return _("There is none yet. It opens the store when the passphrase is forgotten.")
    return _("Opens the store when the passphrase is forgotten. A new one ends the one before.")


def _others_words(state: KeyState) -> str:
    if state.guard is not Guard.PASSPHRASE:
        return _("Each can have a passphrase of their own, once there is a first one; the log says who did what.")
    if state.operators < 1:
        return _("Each has a passphrase of their own; the log says who did what.")
    words = ngettext(
        "{n} person. Each has a passphrase of their own; the log says who did what.",
        "{n} people. Each has a passphrase of their own; the log says who did what.",
        state.operators,
    )
    return words.format(n=state.operators)


def _fault(typed: Mapping[str, str]) -> str:
    """Say what is missing in what was typed; empty where nothing is."""
    if "name" in typed and not typed["name"].strip():
        return _("Type the name of whoever it is for.")
    if "current" in typed and not typed["current"].strip():
        return _("Type the passphrase of now first, or the recovery code.")
    if "new" in typed and len(typed["new"]) < _LEAST_LETTERS:
        return _("A passphrase has at least eight letters. A few words in a row are easy to keep.")
    if typed.get("new") != typed.get("again"):
        return _("The two new ones are not the same. Type both once more.")
    return ""
