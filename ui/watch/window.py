# SPDX-License-Identifier: MIT
"""A clinician's window on another machine: the trajectory of another Attune's state, read only.

Law: nothing can be decided here and nothing is kept; what is old is grey, with its age; the banner never leaves.
"""

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dsp.codes import Reason, SourceState, Zone
from dsp.stream import CLIENT, ArousalState, Frame, Status
from resources.words import gettext as _
from ui.arousal.reading import ArousalReading
from ui.arousal.zone_mark import ZoneMark
from ui.clinician.trajectory import Trajectory
from ui.clinician.trajectory_view import TrajectoryView
from ui.clinician.words import zone_line, zone_word
from ui.foreign import safe_text
from ui.paper.words import level_words
from ui.research.banner import SharingBanner
from ui.theme import Look
from ui.tokens import Type
from ui.watch.seam import Watched
from ui.watch.words import banner_words, caption_words, link_words, share_words
from ui.widgets.card import Card
from ui.widgets.label import safe_label
from ui.widgets.top_bar import TopBar

_EVERY_MS = 200
_DRAWN_EVERY_S, _SPOKEN_EVERY_S = 0.9, 15.0
_STALE_S = 3.0
_SIZE, _LEAST_SIZE = QSize(960, 540), QSize(640, 480)


class WatchWindow(QWidget):
    """The window.

    Parameters
    ----------
    look : Look
        The look it follows.
    watched : Watched
        What is looked at.
    """

    def __init__(self, look: Look, watched: Watched) -> None:
        super().__init__()
        self._look = look
        self._watched = watched
        self._arousal, self._trajectory = ArousalReading(), Trajectory()
        self._link = Status(watched.clock(), "", SourceState.SCANNING)
        self._zone, self._zone_since_t = Zone.UNKNOWN, watched.clock()
        self._drawn_t = self._spoken_t = float("-inf")
        self.setWindowTitle("Attune")
        self.setAccessibleName(_("Attune, looking on"))
        self.setMinimumSize(_LEAST_SIZE)
        self.resize(_SIZE)
        self.banner = SharingBanner(look)
        self.banner.say(banner_words(), can_stop=False)
        self.whose = safe_label(look, safe_text(watched.name), kind=Type.VALUE)
        self._mark = ZoneMark(look, Zone.UNKNOWN, zone_word(Zone.UNKNOWN), size=16)
        self.zone = safe_label(look, zone_word(Zone.UNKNOWN), kind=Type.TITLE)
        self.line = safe_label(look, tone="text2")
        self.level = safe_label(look, kind=Type.FIGURES)
        self.shares = safe_label(look, kind=Type.FIGURES, tone="text2")
        self.link = safe_label(look, tone="text2", wrap=True)
        self.trajectory = TrajectoryView(look)
        self._assemble()
        QShortcut(QKeySequence("Ctrl+W"), self).activated.connect(self.close)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.turn)
        self._timer.start()
        self.turn()

    def turn(self) -> None:
        """Take what came, and show what may be shown now."""
        for message in self._watched.drain():
            self._take(message)
        t = self._watched.clock()
        if self.isMinimized():
            return
        self._show(t)
        if t - self._drawn_t >= _DRAWN_EVERY_S:
            self._drawn_t = t
            self._draw(t)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Look no more."""
        self._timer.stop()
        super().closeEvent(event)

    def _take(self, message: Frame | Status) -> None:
        if isinstance(message, Status):
            self._link = message
            if message.state is SourceState.STREAMING:
                self.whose.say(safe_text(message.source))
            return
        self._arousal.take(message)
        for state in message.states:
            self._trajectory.add(state)
            if state.zone is not self._zone:
                self._zone, self._zone_since_t = state.zone, state.t

    def _show(self, t: float) -> None:
        newest = self._trajectory.newest
        age_s = None if newest is None else max(t - newest.t, 0.0)
        is_stale = age_s is None or age_s > _STALE_S
        state = self._arousal.state_at(t)
        zone = Zone.UNKNOWN if is_stale else state.zone
        self._mark.show_zone(zone, zone_word(zone))
        self.zone.say(zone_word(zone))
        self.zone.recolor("text3" if is_stale else "text")
        self.line.say(
            zone_line(state if not is_stale else ArousalState(t, CLIENT, why=Reason.STALE), t - self._zone_since_t)
        )
        self.level.say("–" if is_stale or state.level is None else level_words(state.level))
        self.shares.say("" if is_stale else share_words(state))
        self.link.say(link_words(self._link, age_s if is_stale else None))

    def _draw(self, t: float) -> None:
        newest = self._trajectory.newest
        now = t if newest is None else max(newest.t, t - 1.0)
        window = self._arousal.window()
        caption = caption_words(self._link, has_states=newest is not None, has_window=window is not None)
        self.trajectory.show_trajectory(now, self._trajectory.seconds(now), (), window, caption)
        if t - self._spoken_t >= _SPOKEN_EVERY_S:
            self._spoken_t = t
            self.trajectory.setAccessibleDescription(f"{self.zone.text()}, {self.line.text()}")

    def _assemble(self) -> None:
        card = Card(self._look, _("What another Attune sends"))
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        for part in (self.whose, self._mark, self.zone, self.line):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(self.shares)
        head.addWidget(self.level)
        inside.addLayout(head)
        inside.addWidget(self.trajectory, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, self._look.px(48), 0)
        for index, words in enumerate((_("10 min ago"), _("5 min ago"), _("now"))):
            if index:
                foot.addStretch(1)
            foot.addWidget(safe_label(self._look, words, kind=Type.AXIS, tone="text3"))
        inside.addLayout(foot)
        inside.addWidget(self.link)
        body = QVBoxLayout()
        body.setContentsMargins(16, 16, 16, 16)
        body.addWidget(card)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banner)
        layout.addWidget(TopBar(self._look, _("Looking on")))
        layout.addLayout(body, 1)
