# SPDX-License-Identifier: MIT
"""One raw signal with its title, its words and its quality lane; a dash where there is no sensor."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.client.signal_marks import Second
from ui.heart import Signal
from ui.theme import Look
from ui.tokens import Type
from ui.waveform import Waveform
from ui.widgets.label import safe_label
from ui.widgets.plot import PLOT_GUTTER_PX
from ui.widgets.quality_lane import QualityLane, Stretch
from ui.widgets.strip import Strip
from ui.widgets.sweep import Sweep

_DESCRIBED_EVERY_S = 15.0  # a reader of the screen is told no more often
_LANE_GAP_PX = 4


@dataclass(frozen=True, slots=True)
class Captions:
    """The words of a panel that stay: title, unit, and what stands at both ends under the plot."""

    title: str
    unit: str
    left: str
    right: str


class SignalPanel(QWidget):
    """One raw signal and what stands around it.

    Parameters
    ----------
    look : Look
        The look it follows.
    wave : Waveform
        The signal.
    plot : Strip or Sweep
        Where it is drawn.
    captions : Captions
        Its words.
    is_marked : bool
        Whether a triangle stands before the words at the right, which explain it.
    is_judged : bool
        Whether anybody judges how well it is read; where nobody does, that is said in place of the lane.
    """

    def __init__(
        self,
        look: Look,
        wave: Waveform,
        plot: Strip | Sweep,
        captions: Captions,
        *,
        is_marked: bool = False,
        is_judged: bool = True,
    ) -> None:
        super().__init__()
        self._look = look
        self._wave = wave
        self.plot = plot
        self.setAccessibleName(captions.title)
        plot.setAccessibleName(captions.title)
        self._title = safe_label(look, captions.title, kind=Type.STRONG)
        self.unit = safe_label(look, captions.unit, kind=Type.AXIS, tone="text3")
        self._mark = PeakMark(look, _("skin response"))
        self.words = safe_label(look, kind=Type.AXIS, tone="text2")
        self._none = safe_label(look, "–  " + _("no sensor"), tone="text2", align=Qt.AlignmentFlag.AlignHCenter)
        self.lane = QualityLane(look)
        self.lane.setAccessibleName(_("signal quality"))
        self.foot = safe_label(look, captions.left, kind=Type.AXIS, tone="text3")
        self.end = safe_label(look, captions.right, kind=Type.AXIS, tone="text3")
        self._unjudged = safe_label(look, _("quality not judged"), kind=Type.AXIS, tone="text3")
        self._described_t = float("-inf")
        self._below = QWidget()
        self._below.setAccessibleName("")
        self._assemble()
        look.changed.connect(self._dress)
        self._dress()
        self._mark.setVisible(is_marked)
        self.lane.setVisible(is_judged)
        self._unjudged.setVisible(not is_judged)
        self.show_sensor()

    def show_sensor(self) -> None:
        """Show the plot where there is a signal, and a dash where there is none."""
        is_there = self._wave.newest_t is not None
        if is_there == self.plot.isHidden():
            self.plot.setVisible(is_there)
            self._none.setVisible(not is_there)

    def show_quality(self, seconds: Sequence[Second]) -> None:
        """Show how well each second was read; where samples are missing it was not."""
        stretches: list[Stretch] = []
        for second in seconds:
            signal = second.signal if self._is_there(second.end_s - 0.5) else Signal.RESTING
            for left, right in self.plot.shares(second.end_s - 1.0, second.end_s):
                _extend(stretches, Stretch(left, right, signal))
        self.lane.show_stretches(stretches)

    def describe(self, t: float, summary: str) -> None:
        """Tell in words what the plot shows, at most once in 15 s."""
        if t - self._described_t >= _DESCRIBED_EVERY_S:
            self._described_t = t
            self.plot.setAccessibleDescription(summary)

    def fold(self, *, is_tight: bool) -> None:
        """Leave out what explains, where there is little room."""
        self.unit.setVisible(not is_tight)

    def clear(self) -> None:
        """Forget everything that was shown."""
        self.plot.clear()
        self.plot.setAccessibleDescription(_("no sensor"))
        self.lane.show_stretches(())
        self._described_t = float("-inf")
        self.show_sensor()

    def _is_there(self, t: float) -> bool:
        newest_t = self._wave.newest_t
        return newest_t is not None and newest_t >= t and not self._wave.holes(t, t)

    def _dress(self) -> None:
        self._below.setContentsMargins(self._look.px(PLOT_GUTTER_PX), 0, 0, 0)

    def _assemble(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self.unit)
        head.addStretch(1)
        head.addWidget(self._mark)
        head.addWidget(self.words)
        foot = QHBoxLayout()
        foot.addWidget(self.foot)
        foot.addStretch(1)
        foot.addWidget(self._unjudged)
        foot.addStretch(1)
        foot.addWidget(self.end)
        below = QVBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(_LANE_GAP_PX)
        below.addWidget(self.lane)
        below.addLayout(foot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_LANE_GAP_PX)
        layout.addLayout(head)
        layout.addWidget(self.plot, 1)
        layout.addWidget(self._none, 1)
        layout.addWidget(self._below)


class PeakMark(QWidget):
    """The triangle that stands above a skin response.

    Parameters
    ----------
    look : Look
        The look it follows.
    words : str
        What it means.
    """

    def __init__(self, look: Look, words: str) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Give 8 x 8."""
        return QSize(8, 8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the triangle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("text2"))
        painter.drawPolygon([QPointF(0, 1), QPointF(8, 1), QPointF(4, 7)])
        painter.end()


def _extend(stretches: list[Stretch], new: Stretch) -> None:
    """Add a stretch, as part of the last one where it goes on with it."""
    if stretches and stretches[-1].signal is new.signal and abs(stretches[-1].right - new.left) < 1e-9:
        stretches[-1] = Stretch(stretches[-1].left, new.right, new.signal)
    else:
        stretches.append(new)
