# SPDX-License-Identifier: MIT
"""The three pages before a session ends: landing, how it is now, one kind sentence. Each may be left as it is.

Law: no digit while landing; what is said is said once more by a second press, and the last one counts.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.client.landing_ring import LandingRing
from ui.client.scale_row import ScaleRow
from ui.client.word_chips import WordChips
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.field import Field
from ui.widgets.label import safe_label
from ui.widgets.middle import in_middle

LANDING_S = 120.0
LONGEST_KIND = 120  # characters of the sentence
_WIDTH = 820
_MIDDLE = Qt.AlignmentFlag.AlignHCenter


def landing_words(seconds: float) -> str:
    """Say what may help to land, so many seconds into it; softly one after the other, and at the end nothing more."""
    said = (
        _("Let your eyes wander slowly. What is in this room?"),
        _("Feel both feet, and what carries you."),
        _("Let your hands find each other, or something to hold."),
        _("Your own pace now. There is nothing to follow."),
        _("Here, in your own time."),
    )
    return said[min(int(max(seconds, 0.0) / LANDING_S * (len(said) - 1)), len(said) - 1)]


class LandingPage(QWidget):
    """Two minutes to look round, to feel the feet, and to find the own pace.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setAccessibleName(_("Time to land"))
        self.ring = LandingRing(look)
        self._words = safe_label(look, landing_words(0.0), kind=Type.PAGE, wrap=True, align=_MIDDLE)
        line = safe_label(look, _("Two minutes, or as long as you like."), kind=Type.LABEL, tone="text2", align=_MIDDLE)
        line.setWordWrap(True)
        layout = _column(self)
        layout.addStretch(1)
        layout.addWidget(self.ring, 8)
        layout.addSpacing(24)
        layout.addWidget(self._words)
        layout.addWidget(line)
        layout.addStretch(2)

    def refresh(self, seconds: float) -> None:
        """Show how it is, so many seconds into it."""
        self.ring.show_share(seconds / LANDING_S)
        self._words.say(landing_words(seconds))


class NowPage(QWidget):
    """How it is now: a number, a word, both or neither.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setAccessibleName(_("How is it now?"))
        self.scale = ScaleRow(look)
        self.chips = WordChips(look)
        layout = _column(self)
        layout.addStretch(1)
        layout.addWidget(safe_label(look, _("How is it now?"), kind=Type.PAGE, wrap=True, align=_MIDDLE))
        under = _("As you feel it. No number is the right one.")
        layout.addWidget(safe_label(look, under, kind=Type.LABEL, tone="text2", wrap=True, align=_MIDDLE))
        layout.addSpacing(20)
        layout.addLayout(in_middle(self.scale, _WIDTH))
        layout.addSpacing(20)
        or_word = _("And in a word, if there is one:")
        layout.addWidget(safe_label(look, or_word, kind=Type.LABEL, tone="text2", wrap=True, align=_MIDDLE))
        layout.addSpacing(8)
        layout.addLayout(in_middle(self.chips, _WIDTH))
        layout.addStretch(2)


class KindPage(QWidget):
    """One kind sentence to oneself.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    entered = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setAccessibleName(_("One kind sentence to yourself"))
        self.field = Field(look, _("One kind sentence to yourself"), longest=LONGEST_KIND)
        self.field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.field.returnPressed.connect(self.entered)
        self.shown = Button(look, _("Show it to me at the next start"), size=Size.LIST, icon="tick")
        self.shown.setCheckable(True)
        self.shown.clicked.connect(self._say_shown)
        layout = _column(self)
        layout.addStretch(1)
        title = _("One kind sentence to yourself")
        layout.addWidget(safe_label(look, title, kind=Type.PAGE, wrap=True, align=_MIDDLE))
        under = _("As you would say it to somebody you are fond of. It stays with you.")
        layout.addWidget(safe_label(look, under, kind=Type.LABEL, tone="text2", wrap=True, align=_MIDDLE))
        layout.addSpacing(20)
        layout.addLayout(in_middle(self.field, _WIDTH))
        layout.addSpacing(16)
        layout.addWidget(self.shown, 0, _MIDDLE)
        layout.addStretch(2)

    def begin(self) -> None:
        """Ask anew."""
        self.field.show_text("")
        self.field.clear()
        self.shown.setChecked(True)
        self._say_shown()

    def _say_shown(self) -> None:
        self.shown.wear("tick" if self.shown.isChecked() else "", "")


def _column(page: QWidget) -> QVBoxLayout:
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    return layout
