# SPDX-License-Identifier: MIT
"""A step of the rest while it runs: the ring, what to do, and each second once. No heart rate: nothing to get right."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dsp.baseline import Calibration
from resources.words import gettext as _
from ui.calibration.lane import Lane
from ui.calibration.progress import RestProgress
from ui.calibration.ring import Ring
from ui.calibration.words import held_up_words, step_words, to_go_words
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.backdrop import hatch_tile
from ui.widgets.label import safe_label

_MIDDLE = Qt.AlignmentFlag.AlignHCenter


class RestPage(QWidget):
    """The running step.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setAccessibleName(_("Rest"))
        self.ring = Ring(look)
        self.lane = Lane(look)
        self.heading = safe_label(look, kind=Type.PAGE, align=_MIDDLE)
        self.line = safe_label(look, kind=Type.LABEL, tone="text2", wrap=True, align=_MIDDLE)
        self._legend = _part()
        legend = QHBoxLayout(self._legend)
        legend.setContentsMargins(0, 0, 0, 0)
        legend.setSpacing(8)
        legend.addStretch(1)
        for is_counted, words in ((True, _("counts")), (False, _("does not count: it only takes a little longer"))):
            legend.addWidget(_Swatch(look, words, is_counted=is_counted))
            legend.addWidget(safe_label(look, words, tone="text2"))
            legend.addSpacing(24)
        legend.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.ring, 10)
        layout.addSpacing(16)
        layout.addWidget(self.heading)
        layout.addWidget(self.line)
        layout.addStretch(1)
        layout.addSpacing(16)
        layout.addWidget(self.lane)
        layout.addSpacing(8)
        layout.addWidget(self._legend)

    def show_progress(self, progress: RestProgress, now: Calibration) -> None:
        """Show how far the step is; while it waits, why."""
        words = step_words(now.step)
        self.ring.show_seconds(now.clean_s, now.wanted_s)
        self.heading.say(words.heading)
        self.line.say(held_up_words(now.why) if now.why is not None else f"{words.line} {to_go_words(now)}")
        self.lane.show_runs(progress.runs, now.wanted_s)

    def fold(self, *, is_tight: bool) -> None:
        """Leave out what explains, where there is little room."""
        self._legend.setVisible(not is_tight)


class _Swatch(QWidget):
    """A small square of the lane."""

    def __init__(self, look: Look, words: str, *, is_counted: bool) -> None:
        super().__init__()
        self._look = look
        self._is_counted = is_counted
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(16, 16)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._is_counted:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.color("disc"))
        else:
            painter.setPen(QPen(self._look.color("edge"), 1))
            painter.drawTiledPixmap(self.rect(), hatch_tile(self._look, "bg"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        painter.end()


def _part() -> QWidget:
    part = QWidget()
    part.setAccessibleName("")
    return part
