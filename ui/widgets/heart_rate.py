# SPDX-License-Identifier: MIT
"""The heart rate and the state of its signal: fixed places, so that nothing shifts when a value comes or goes."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QWidget

from resources.words import gettext as _
from ui.heart import HeartShown, Signal
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.card import Hairline
from ui.widgets.icon import Icon
from ui.widgets.label import safe_label
from ui.words import age_words

_DASHES = "– –"


class HeartRate(QWidget):
    """A large number, or two dashes, with its unit.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(_("Heart rate"))
        self._icon = Icon(look, "heart", _("heart"), size=20, tone="text2")
        self._number = safe_label(look, _DASHES, kind=Type.RATE, align=Qt.AlignmentFlag.AlignRight)
        self._unit = safe_label(look, _("beats a\nminute"), tone="text2")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._icon)
        layout.addWidget(self._number)
        layout.addSpacing(12)
        layout.addWidget(self._unit)
        look.changed.connect(self._dress)
        self._dress()

    def show_heart(self, heart: HeartShown) -> None:
        """Show what may be shown."""
        is_live = heart.bpm is not None and not heart.is_dim
        self._number.say(_DASHES if heart.bpm is None else str(heart.bpm))
        self._number.recolor("text" if is_live else "text3")
        self._icon.recolor("signal" if is_live else "text2")

    def _dress(self) -> None:
        """Keep room for three digits from the start."""
        self._number.setFixedWidth(QFontMetrics(self._look.font(Type.RATE)).horizontalAdvance("000") + 2)


class SignalBadge(QWidget):
    """How well the sensor can be read: a shape, a word and, where it is old, an age.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(_("Signal"))
        self._words_of = {
            Signal.CLEAR: _("signal clear"),
            Signal.FAINT: _("signal faint"),
            Signal.RESTING: _("resting"),
        }
        self._icon = Icon(look, "resting", _("resting"), size=20)
        self._words = safe_label(look, _("resting"), kind=Type.FIGURES, tone="text2")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(Hairline(look, is_upright=True))
        layout.addSpacing(20)
        layout.addWidget(self._icon)
        layout.addWidget(self._words)
        look.changed.connect(self._dress)
        self._dress()

    def show_heart(self, heart: HeartShown) -> None:
        """Show the state of the signal, and its age from when the value is dimmed on."""
        words = name = self._words_of[heart.signal]
        if heart.is_dim and heart.age_s is not None:
            words = _("faint,\n{age} old").format(age=age_words(heart.age_s))
        elif heart.signal is Signal.RESTING and heart.age_s is not None:
            words = _("resting\nfor {age}").format(age=age_words(heart.age_s))
        self._icon.show_icon(heart.signal.value, name, "text2")
        self._words.say(words)

    def _dress(self) -> None:
        """Keep room for the longest words."""
        metrics = QFontMetrics(self._look.font(Type.FIGURES))
        longest = (
            _("signal clear"),
            _("signal faint"),
            *(_("for {age}").format(age=age_words(age)) for age in (59, 3540, 7200)),
        )
        self._words.setFixedWidth(max(metrics.horizontalAdvance(text) for text in longest) + 4)
