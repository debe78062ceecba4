# SPDX-License-Identifier: MIT
"""The keys of the clinician's window (screens.md, Keys)."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtWidgets import QWidget

from ui.clinician.cue_card import CueCard
from ui.clinician.marker_words import BADLY, MARK
from ui.cue_words import OfferWords
from ui.keys import Keys

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
    deciding : Deciding
        What they do.
    menu : CueCard
        What would be offered.
    """

    def __init__(self, window: QWidget, deciding: Deciding, menu: CueCard) -> None:
        self._keys = Keys(window)
        self._window = window
        self._deciding = deciding
        self._menu = menu

    def bind_all(self) -> None:
        """Bind every key."""
        deciding, bind = self._deciding, self._keys.bind
        acts: dict[str, Callable[[], None]] = {
            "M": partial(deciding.mark, MARK),
            "!": partial(deciding.mark, BADLY),
            "F": deciding.feel,
            "C": lambda: deciding.offer(self._menu.chosen),
            "B": deciding.ask_rest,
            "Esc": deciding.still,
            "Ctrl+L": deciding.toggle,
            "N": deciding.write,
            "V": deciding.veil,
            "Space": partial(deciding.pace, "pause"),
            "P": partial(deciding.pace, "toggle"),
            "S": partial(deciding.pace, "too_slow"),
        }
        for key, act in acts.items():
            bind(key, act)
        for key in (*"0123456789", "T"):
            bind(key, partial(deciding.press, key))
        bind("Up", partial(deciding.pace, "quicker"), is_repeated=True)
        bind("Down", partial(deciding.pace, "slower"), is_repeated=True)
        self._keys.listen_on(_SCREEN)
