# SPDX-License-Identifier: MIT
"""How it was last time, in one line, and the one press that starts like that again."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from resources.words import gettext as _
from resources.words import number
from ui.archive.shelf import ClientRow
from ui.client.view import View
from ui.foreign import safe_text
from ui.paper.words import day_words
from ui.preferences import STYLES
from ui.sound.words import sound_words
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.card import Card
from ui.widgets.icon import Icon
from ui.widgets.label import safe_label

_HEIGHT = 80
LabelOf = Callable[[str], str]
"""Gives the label printed on a sensor by its address; empty where none was typed."""


def last_words(row: ClientRow, label_of: LabelOf) -> str:
    """Say how it was last time: sensor, shape, sound, pace, window."""
    if row.last is None or not row.last.view:
        return _("nothing remembered yet: it starts with a shape, without a sensor")
    view = View.from_values(row.last.view)
    parts = [_sensor_words(view, label_of)]
    if view.guide == "notice":
        parts.append(_("only noticing"))
    else:
        names = dict(zip(STYLES, (_("disc"), _("wave"), _("bar"), _("words only")), strict=True))
        pace = _("{pace} a minute").format(pace=number(view.breaths_per_min, ".1f"))
        parts += [names[view.style], sound_words(view.sound).lower(), pace]
    if row.last.window_utc_s is not None:
        day = day_words(row.last.window_utc_s, 0.0).split(" ")[0]
        parts.append(_("window of {day}").format(day=day))
    return ", ".join(parts)


def _sensor_words(view: View, label_of: LabelOf) -> str:
    if not view.sources:
        return _("without a sensor")
    if view.sources[0].startswith("demo"):
        return _("a made-up person")
    label = safe_text(label_of(view.sources[0].rpartition("@")[0].partition("?")[0]))
    return _("strap “{label}”").format(label=label) if label else _("strap")


class LastTimeCard(Card):
    """One person, and the way to start as last time.

    Parameters
    ----------
    look : Look
        The look it follows.
    key : str
        The key that does the same, shown in its cap.
    """

    wanted = Signal(object)  # ClientRow

    def __init__(self, look: Look, *, key: str = "") -> None:
        super().__init__(look, _("Start as last time"))
        self._look = look
        self._row: ClientRow | None = None
        self._code = safe_label(look, kind=Type.TITLE)
        self._line = safe_label(look, tone="text2", wrap=True)
        self.go = Button(look, _("Start as last time"), size=Size.LARGE, key=key)
        self.go.clicked.connect(self._start)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._code)
        words.addWidget(self._line)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(32, 12, 24, 12)
        row.setSpacing(20)
        row.addWidget(Icon(look, "refresh", "", size=24))
        row.addLayout(words, 1)
        row.addWidget(self.go)
        look.changed.connect(self._dress)
        self._dress()

    @property
    def row(self) -> ClientRow | None:
        """Who it is."""
        return self._row

    def show_row(self, row: ClientRow, label_of: LabelOf) -> None:
        """Show somebody who was here before."""
        self._row = row
        code, words = safe_text(row.code), last_words(row, label_of)
        self._code.say(code)
        self._line.say(words)
        self.go.setAccessibleDescription(f"{code}: {words}")

    def take_focus(self) -> None:
        """Let Enter start, without a ring that nobody asked for."""
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _start(self) -> None:
        if self._row is not None:
            self.wanted.emit(self._row)

    def _dress(self) -> None:
        self.setMinimumHeight(self._look.px(_HEIGHT))
