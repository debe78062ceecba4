# SPDX-License-Identifier: MIT
"""A person's own window on their screen: three words, five minutes of trace, and where they are, in words.

Law: no number; before there is a window no band, no trace and no state word, but the way to one.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dsp.baseline import Baseline
from dsp.codes import Reason, Zone
from resources.words import gettext as _
from ui.arousal.reading import ArousalReading
from ui.arousal.trace_view import TraceView
from ui.arousal.words import rest_wanted_words, rests_on, trace_summary, window_words, zone_words
from ui.arousal.zone_mark import ZoneMark
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.label import safe_label
from ui.words import advice_on

_LEFT_PX, _RIGHT_PX = 192, 190
_DESCRIBED_EVERY_S = 15.0  # a reader of the screen is told no more often
_WITHOUT = (Reason.NO_BASELINE, Reason.WINDOW_OLD, Reason.CONDITION)


class WindowPanel(QWidget):
    """The own window, the trace and the state.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    rest_wanted = Signal()
    more_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(_("Your window"))
        self.trace = TraceView(look)
        self.trace.setAccessibleName(_("Your window, the last five minutes"))
        self._names = {
            Zone.ABOVE: safe_label(look, _("activated"), kind=Type.LABEL, tone="text2"),
            Zone.WITHIN: safe_label(look, _("your window"), kind=Type.LABEL, tone="text2"),
            Zone.BELOW: safe_label(look, _("quiet"), kind=Type.LABEL, tone="text2"),
        }
        self.since = safe_label(look, kind=Type.AXIS, tone="text3")
        self.mark = ZoneMark(look, Zone.UNKNOWN, _("not known"))
        self.word = safe_label(look, kind=Type.CHOICE, wrap=True)
        self.line = safe_label(look, tone="text2", wrap=True)
        self.basis = safe_label(look, kind=Type.AXIS, tone="text3")
        self.none = safe_label(look, kind=Type.LABEL, tone="text2", wrap=True, align=Qt.AlignmentFlag.AlignHCenter)
        self.wanted = safe_label(look, kind=Type.AXIS, tone="text2", wrap=True)
        self.renew = Button(look, _("A new rest"), size=Size.NORMAL, key="B")
        self.renew.clicked.connect(self.rest_wanted)
        self.more = Button(look, _("More"), size=Size.NORMAL, key="K", is_quiet=True)
        self.more.setAccessibleDescription(_("the window for the clinician: bounds, rest, and what moved"))
        self.more.clicked.connect(self.more_wanted)
        self._rest = Button(look, _("Begin a rest"), size=Size.LIST, key="B")
        self._rest.clicked.connect(self.rest_wanted)
        self._left, self._right, self._middle, self._without = _part(), _part(), _part(), _part()
        self._ends = [safe_label(look, text, kind=Type.AXIS, tone="text3") for text in (_("5 minutes ago"), _("now"))]
        self._assemble()
        look.changed.connect(self._dress)
        self._dress()
        self.clear()

    def clear(self) -> None:
        """Forget everything that was shown."""
        self._baseline: Baseline | None = None
        self._drawn: object = None
        self._described_t = float("-inf")
        self.trace.clear()
        self._show_parts(has_window=False)
        self._say_without(Reason.NO_BASELINE)

    def refresh(self, t: float, reading: ArousalReading) -> None:
        """Show what may be shown at `t`, seconds on the session clock."""
        if reading.baseline is not self._baseline:
            self._baseline = reading.baseline
            self.trace.refit()
        state, window = reading.state_at(t), reading.window()
        why = reading.holding.rest_wanted
        known = state, window, why, int(t)
        if known == self._drawn:
            return
        self._drawn = known
        has_window = window is not None and state.why not in _WITHOUT
        self._show_parts(has_window=has_window)
        if window is None or not has_window:
            self._say_without(state.why or Reason.NO_BASELINE)
            return
        words = zone_words(state)
        self._say_zone(Zone.UNKNOWN if state.is_grey else state.zone, words.word, words.line)
        self.since.say(window_words(window))
        self.basis.say(rests_on(state))
        self.basis.setVisible(bool(self.basis.text()))
        self.wanted.say(rest_wanted_words(why))
        for part in (self.wanted, self.renew):
            part.setVisible(why is not None)
        points = reading.trace_at(t)
        self.trace.show_trace(max(points[-1].t, t - 1.0) if points else t, points, window)
        if t - self._described_t >= _DESCRIBED_EVERY_S:
            self._described_t = t
            self.trace.setAccessibleDescription(trace_summary(points, window, words))

    def fold(self, *, is_tight: bool) -> None:
        """Leave out what explains, where there is little room."""
        for label in self._ends:
            label.setVisible(not is_tight)

    def _show_parts(self, *, has_window: bool) -> None:
        for part in (self._left, self._middle, self._right):
            part.setVisible(has_window)
        self._without.setVisible(not has_window)

    def _say_zone(self, zone: Zone, word: str, line: str) -> None:
        self.mark.show_zone(zone, word)
        self.word.say(word)
        self.line.say(line)
        for name, label in self._names.items():
            label.recolor("text" if name is zone else "text2")

    def _say_without(self, why: Reason) -> None:
        advice = advice_on(why)
        self.none.say(f"{advice.sentence} {advice.step}." if why is not Reason.CONDITION else advice.sentence)
        self._rest.setVisible(why is not Reason.CONDITION)

    def _dress(self) -> None:
        self._left.setFixedWidth(self._look.px(_LEFT_PX))
        self._right.setFixedWidth(self._look.px(_RIGHT_PX))

    def _assemble(self) -> None:
        self._assemble_names()
        self._assemble_trace()
        self._assemble_state()
        without = QVBoxLayout(self._without)
        without.addStretch(1)
        without.addWidget(self.none)
        without.addSpacing(12)
        without.addWidget(self._rest, 0, Qt.AlignmentFlag.AlignHCenter)
        without.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._left)
        layout.addWidget(self._middle, 1)
        layout.addSpacing(24)
        layout.addWidget(self._right)
        layout.addWidget(self._without, 1)

    def _assemble_names(self) -> None:
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 8, 16, 24)
        left.setSpacing(0)
        for zone, label in self._names.items():
            row = QHBoxLayout()
            row.setSpacing(14)
            row.addWidget(ZoneMark(self._look, zone, label.text(), size=14))
            row.addWidget(label, 1)
            left.addLayout(row)
            if zone is Zone.WITHIN:
                left.addWidget(self.since)
            if zone is not Zone.BELOW:
                left.addStretch(1)

    def _assemble_trace(self) -> None:
        ends = QHBoxLayout()
        ends.addWidget(self._ends[0])
        ends.addStretch(1)
        ends.addWidget(self._ends[1])
        ends.addSpacing(12)
        middle = QVBoxLayout(self._middle)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(8)
        middle.addWidget(self.trace, 1)
        middle.addLayout(ends)

    def _assemble_state(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.mark)
        head.addWidget(self.word, 1)
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addStretch(1)
        right.addLayout(head)
        right.addWidget(self.line)
        right.addWidget(self.basis)
        right.addWidget(self.wanted)
        right.addSpacing(4)
        right.addWidget(self.renew, 0, Qt.AlignmentFlag.AlignLeft)
        right.addStretch(1)
        right.addWidget(self.more, 0, Qt.AlignmentFlag.AlignRight)


def _part() -> QWidget:
    part = QWidget()
    part.setAccessibleName("")
    part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    return part
