# SPDX-License-Identifier: MIT
"""The bump test's window: each press of the space bar is a marker; the session itself finds how late its streams are.

Law: a marker has the time of the key; what is shown of the taps and of the result came back through the mailbox, so
that markers of another program count as well. Nothing is computed here.
"""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dsp.codes import BUMP, TAPS, NoticeCode
from dsp.stream import CLIENT, Frame, Marker, Tick
from resources.words import gettext as _
from ui.backstage import Backstage
from ui.bump.words import nothing_words, result_words, tap_words, task_words, wait_words
from ui.foreign import safe_text
from ui.research.words import person_words
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.card import Card
from ui.widgets.focus_ring import FocusRing
from ui.widgets.label import safe_label

_LEAST_SIZE = QSize(480, 360)
_PATIENCE_S = 8.0  # after the last tap: packets of a second, and the look at them
_AUTHOR = "space bar"


class BumpWindow(QWidget):
    """One bump test after another.

    Parameters
    ----------
    look : Look
        The look it follows.
    backstage : Backstage
        Takes the markers, and has the clock.
    """

    def __init__(self, look: Look, backstage: Backstage) -> None:
        super().__init__()
        self._look = look
        self._backstage = backstage
        self._persons: tuple[str, ...] = (CLIENT,)
        self._person = CLIENT
        self._taps: list[float] = []
        self.results: list[str] = []
        self.setWindowTitle("Attune 4")
        self.setAccessibleName(_("Bump test"))
        self.setMinimumSize(_LEAST_SIZE)
        self.task = safe_label(look, task_words(), kind=Type.LABEL, wrap=True)
        self.count = safe_label(look, kind=Type.COUNT, align=Qt.AlignmentFlag.AlignHCenter)
        self.state = safe_label(look, tone="text2", wrap=True, align=Qt.AlignmentFlag.AlignHCenter)
        self.result = safe_label(look, kind=Type.LABEL, wrap=True)
        self.whose = Button(look, "", size=Size.NORMAL, icon="chevron-right")
        self.whose.setAccessibleDescription(_("whose sensor is tapped: press for the next"))
        self.again = Button(look, _("Begin again"), size=Size.NORMAL)
        self.done = Button(look, _("Done"), size=Size.NORMAL, key=_("Esc"))
        self.whose.clicked.connect(self._next_person)
        self.again.clicked.connect(lambda: self.begin(self._persons))
        self.done.clicked.connect(self.close)
        self._assemble()
        self._ring = FocusRing(look, self)
        for key, act in (("Space", self._tap), ("Esc", self.close)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)

    def begin(self, persons: Sequence[str]) -> None:
        """Begin a test of one of these people."""
        self._persons = tuple(persons) or (CLIENT,)
        self._person = self._person if self._person in self._persons else self._persons[0]
        self._taps, self.results = [], []
        self._show()

    def take(self, frame: Frame) -> None:
        """Count the taps, and show what was found."""
        if not self.isVisible():
            return
        for marker in frame.markers:
            if marker.type == BUMP and marker.person == self._person and len(self._taps) < TAPS:
                self._taps.append(marker.t)
                self._show()
        for notice in frame.notices:
            if notice.code is NoticeCode.OFFSET and notice.person == self._person:
                self.results.append(result_words(notice))
                self._show()
        is_late = len(self._taps) == TAPS and not self.results
        if is_late and isinstance(frame.item, Tick) and frame.item.t > self._taps[-1] + _PATIENCE_S:
            self.state.say(nothing_words())

    def _tap(self) -> None:
        if len(self._taps) < TAPS:
            self._backstage.mark(Marker(self._backstage.clock(), BUMP, _AUTHOR, self._person))

    def _next_person(self) -> None:
        self._person = self._persons[(self._persons.index(self._person) + 1) % len(self._persons)]
        self.begin(self._persons)

    def _show(self) -> None:
        self.whose.say(person_words(safe_text(self._person)))
        self.whose.setVisible(len(self._persons) > 1)
        self.count.say(tap_words(len(self._taps), TAPS))
        self.result.say("\n".join(self.results))
        is_waiting = len(self._taps) == TAPS and not self.results
        self.state.say(wait_words() if is_waiting else "")

    def _assemble(self) -> None:
        card = Card(self._look, _("Bump test"))
        inside = QVBoxLayout(card)
        inside.setContentsMargins(24, 16, 24, 16)
        inside.setSpacing(16)
        head = QHBoxLayout()
        head.addWidget(safe_label(self._look, _("Bump test"), kind=Type.TITLE))
        head.addStretch(1)
        head.addWidget(self.whose)
        inside.addLayout(head)
        for part in (self.task, self.count, self.state, self.result):
            inside.addWidget(part)
        inside.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self.again)
        foot.addStretch(1)
        foot.addWidget(self.done)
        inside.addLayout(foot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addWidget(card)
