# SPDX-License-Identifier: MIT
"""The keys of the clinician's window (screens.md, Keys)."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtWidgets import QWidget

from ui.clinician.cue_card import CueCard
from ui.clinician.marker_words import BADLY, MARK
from ui.cue_words import OfferWords
from ui.key_table import Act
from ui.keys import Keymap, Keys

_SCREEN = "clinician"


class Deciding(Protocol):
    """What the keys do."""

    def mark(self, kind: str) -> None:
        """Put a marker."""

    def press(self, key: str) -> None:
        """Take a digit or T."""

    def pace(self, act: str) -> None:
        """Steer the pacer."""

    def feel(self) -> None:
        """Await a felt rating."""

    def offer(self, offer: OfferWords | None) -> None:
        """Hand something over."""

    def ask_rest(self) -> None:
        """Ask before a rest."""

    def still(self) -> None:
        """Stop every cue."""

    def toggle(self) -> None:
        """Hide the window."""

    def full_screen(self) -> None:
        """Fill the display, or not."""

    def next_theme(self) -> None:
        """Change the colours."""

    def second_screen(self) -> None:
        """Go to the next display."""

    def write(self) -> None:
        """Begin a note."""

    def veil(self) -> None:
        """Veil the client's screen, or lift the veil."""


class ClinicianKeys:
    """Binds them.

    Parameters
    ----------
    window : QWidget
        Where they are heard.
    keymap : Keymap
        Which key does what.
    deciding : Deciding
        What they do.
    menu : CueCard
        What would be offered.
    """

    def __init__(self, window: QWidget, keymap: Keymap, deciding: Deciding, menu: CueCard) -> None:
        self._keys = Keys(window, keymap)
        self._window = window
        self._deciding = deciding
        self._menu = menu

    def bind_all(self) -> None:
        """Bind every key."""
        deciding, bind = self._deciding, self._keys.bind
        acts: dict[str | Act, Callable[[], None]] = {
            Act.MARK: partial(deciding.mark, MARK),
            Act.BADLY: partial(deciding.mark, BADLY),
            Act.FELT: deciding.feel,
            Act.OFFER: lambda: deciding.offer(self._menu.chosen),
            Act.REST: deciding.ask_rest,
            "Esc": deciding.still,
            Act.HIDE: deciding.toggle,
            Act.FULL_SCREEN: deciding.full_screen,
            Act.THEME: deciding.next_theme,
            Act.SECOND_SCREEN: deciding.second_screen,
            Act.NOTE: deciding.write,
            Act.VEIL: deciding.veil,
            Act.PAUSE: partial(deciding.pace, "pause"),
            Act.PACER: partial(deciding.pace, "toggle"),
            Act.TOO_SLOW: partial(deciding.pace, "too_slow"),
        }
        for key, act in acts.items():
            bind(key, act)
        for key in (*"0123456789", "T"):
            bind(key, partial(deciding.press, key))
        bind(Act.QUICKER, partial(deciding.pace, "quicker"), is_repeated=True)
        bind(Act.SLOWER, partial(deciding.pace, "slower"), is_repeated=True)
        self._keys.listen_on(_SCREEN)
