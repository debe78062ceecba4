# SPDX-License-Identifier: MIT
"""The keys of the whole application: each heard only on the screens where it means something.

A text field that has the focus keeps its letters: Qt offers it a key before any shortcut. A person may choose the key
of each act, and switch off all but F-keys, Ctrl and Esc (`ui/key_table.py`).
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from resources.words import gettext as _
from ui.choices import PreferenceKeeper
from ui.key_table import Act, act_of, is_for_fields, key_of, usual_key
from ui.widgets.button import Button
from ui.widgets.field import Field

Named = Button | Field
"""What names the key that leads to it."""


class Keymap(QObject):
    """Which key does what, as it was chosen.

    Parameters
    ----------
    keeper : PreferenceKeeper
        Remembers it.
    parent : QObject
        Its owner.
    """

    changed = Signal()

    def __init__(self, keeper: PreferenceKeeper, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keeper = keeper

    @property
    def has_letters(self) -> bool:
        """Whether letters, signs and arrows act, and not only F-keys, Ctrl and Esc."""
        return self._keeper.now.has_letter_keys

    def key_of(self, act: Act) -> str:
        """Give the key of an act."""
        return key_of(act, self._keeper.now.keys)

    def shown(self, act: Act) -> str:
        """Give what a button says of its key: nothing where that key is switched off."""
        return key_words(self.key_of(act)) if self.hears(self.key_of(act)) else ""

    def hears(self, key: str) -> bool:
        """Tell whether a key acts at all."""
        return self.has_letters or is_for_fields(key)

    @property
    def is_usual(self) -> bool:
        """Whether every key is the usual one, and acts."""
        return self.has_letters and not self._keeper.now.keys

    def name_all(self, window: QWidget) -> None:
        """Let every button of a window name the key that does the same now, or none that is switched off."""
        acts = {key_words(usual_key(act)): act for act in Act}
        for button in window.findChildren(Button):
            usual = button.usual_key
            if usual in acts:
                button.show_key(self.shown(acts[usual]))
            elif len(usual) == 1:
                button.show_key(usual if self.has_letters else "")

    def label(self, button: Named, act: Act) -> None:
        """Keep what names the key of an act in step."""
        _Label(self, button, lambda: self.shown(act))

    def label_fixed(self, button: Named, key: str) -> None:
        """Keep what names a key in step that cannot be given away: it is only switched off."""
        _Label(self, button, lambda: key if self.hears(key) else "")


class _Label(QObject):
    """Goes with what it labels."""

    def __init__(self, keymap: Keymap, button: Named, name: Callable[[], str]) -> None:
        super().__init__(button)
        self._button = button
        self._name = name
        keymap.changed.connect(self._renew)
        self._renew()

    def _renew(self) -> None:
        self._button.show_key(self._name())


class Keys(QObject):
    """Shortcuts of a window, switched by the screen that shows.

    Parameters
    ----------
    window : QWidget
        Where the keys are heard.
    keymap : Keymap
        Which key does what.
    """

    def __init__(self, window: QWidget, keymap: Keymap) -> None:
        super().__init__(window)
        self._window = window
        self._keymap = keymap
        self._screen = ""
        self._is_usual = True
        self._bound: list[tuple[QShortcut, tuple[str, ...], Act | None]] = []
        keymap.changed.connect(self._renew)

    def bind(
        self, key: str | Act, act: Callable[[], None], screens: Sequence[str] = (), *, is_repeated: bool = False
    ) -> None:
        """Let a key, or the key of an act, do something on these screens; on every one where none is named.

        A letter that is an act's usual key goes along with that act: a key means one thing, whatever the screen.
        """
        meant = key if isinstance(key, Act) else act_of(key, ()) if len(key) == 1 else None
        shortcut = QShortcut(QKeySequence(key if meant is None else self._keymap.key_of(meant)), self._window)
        shortcut.setAutoRepeat(is_repeated)
        shortcut.activated.connect(lambda: self._act(shortcut, act))
        self._bound.append((shortcut, tuple(screens), meant))

    def listen_on(self, screen: str) -> None:
        """Hear the keys of this screen; of none when it is empty."""
        self._screen = screen
        if not (self._keymap.is_usual and self._is_usual):  # screens are made when they are first needed
            self._is_usual = self._keymap.is_usual
            self._keymap.name_all(self._window)
        for shortcut, screens, _meant in self._bound:
            key = shortcut.key().toString()
            is_heard = self._keymap.hears(key) if _is_switched(key, _meant) else True
            shortcut.setEnabled(is_heard and bool(screen) and (not screens or screen in screens))

    def _renew(self) -> None:
        """Take the keys that were chosen."""
        for shortcut, _screens, meant in self._bound:
            if meant is not None:
                shortcut.setKey(QKeySequence(self._keymap.key_of(meant)))
        self.listen_on(self._screen)

    def _act(self, shortcut: QShortcut, act: Callable[[], None]) -> None:
        """Do what a key means; unless it means that for fields too, only while nobody is typing."""
        if is_for_fields(shortcut.key().toString()) or not isinstance(self._window.focusWidget(), QLineEdit):
            act()


def _is_switched(key: str, meant: Act | None) -> bool:
    """Whether a key goes with the letters: every act's, and every single letter, digit or sign."""
    return meant is not None or len(key) == 1


def key_words(key: str) -> str:
    """Name a key."""
    named = {
        "Space": _("Space"),
        "Up": _("Up"),
        "Down": _("Down"),
        "PgUp": _("Page up"),
        "PgDown": _("Page down"),
        "Home": _("Home"),
        "End": _("End"),
        "Esc": _("Esc"),
    }
    return named.get(key, key)
