# SPDX-License-Identifier: MIT
"""The few kinds of rows that settings are made of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from resources.words import gettext as _
from ui.settings.row import SettingRow
from ui.theme import Look
from ui.widgets.button import Button, Size
from ui.widgets.segmented import Segmented


def stay() -> None:
    """Have nothing to bring up to date."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A row, and what brings it up to date."""

    row: SettingRow
    refresh: Callable[[], None] = stay


def choice(
    look: Look,
    words: tuple[str, str],
    options: Sequence[str],
    *,
    read: Callable[[], int | None],
    take: Callable[[int], None],
) -> Choice:
    """Make a row of one choice out of few.

    Parameters
    ----------
    look : Look
        The look it follows.
    words : (str, str)
        Title and sentence.
    options : sequence of str
        What can be chosen.
    read : callable
        Gives the index of what holds; None where it is none of them.
    take : callable
        Takes the index of what was chosen.
    """
    control = Segmented(look, words[0], options)
    control.chosen.connect(take)
    row = SettingRow(look, *words, control)
    return Choice(row, lambda: control.choose(read()))


def switch(look: Look, words: tuple[str, str], *, read: Callable[[], bool], take: Callable[[bool], None]) -> Choice:
    """Make a row that is off or on."""
    return choice(look, words, (_("Off"), _("On")), read=lambda: int(read()), take=lambda index: take(bool(index)))


def way(look: Look, words: tuple[str, str], name: str, act: Callable[[], None]) -> Choice:
    """Make a row that leads somewhere, or does something at once."""
    button = Button(look, name, size=Size.NORMAL)
    button.clicked.connect(act)
    return Choice(SettingRow(look, *words, button))


def told(look: Look, title: str, place: str) -> Choice:
    """Make a row that only tells."""
    return Choice(SettingRow(look, title, place))
