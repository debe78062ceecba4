# SPDX-License-Identifier: MIT
"""One person at a glance: head, trajectory over the window, live numbers, and where the counted seconds were."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dsp.codes import Reason, Zone
from resources.words import gettext as _
from ui.arousal.zone_mark import ZoneMark
from ui.clinician.measures import Live
from ui.clinician.person import PersonReading
from ui.clinician.person_head import PersonHead
from ui.clinician.share_bar import ShareBar
from ui.clinician.shares import Shares
from ui.clinician.trajectory_view import TrajectoryView
from ui.clinician.values_row import ValuesRow
from ui.clinician.words import MINUS, inside_words, zone_word
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.card import Card
from ui.widgets.label import safe_label
from ui.widgets.wrap import Wrap
from ui.words import clinical_words, clock_words

_RADIUS, _LIGHT_PX = 12, 5
_DESCRIBED_EVERY_S = 15.0  # a reader of the screen is told no more often
_NARROW_PX = 560
_ENDS = (600, 450, 300, 150, 0)  # seconds ago, under the trajectory


class PersonCard(Card):
    """One person.

    Parameters
    ----------
    look : Look
        The look it follows.
    code : str
        The person's (safe) code.
    """

    chosen = Signal()

    def __init__(self, look: Look, code: str) -> None:
        super().__init__(look, code)
        self._is_selected = self._is_compact = False
        self._light = ""
        self._described_t = float("-inf")
        self.head = PersonHead(look)
        self.trajectory = TrajectoryView(look)
        self._ends = [safe_label(look, kind=Type.AXIS, tone="text3") for _end in _ENDS]
        self.values = ValuesRow(look)
        self.bar = ShareBar(look, _("Time in the window"))
        self._legend = {zone: safe_label(look, kind=Type.FIGURES) for zone in Zone}
        self._assemble()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # columns are equally wide

    def show_reading(self, t: float, code: str, reading: PersonReading, battery: int | None) -> None:
        """Show what may be shown of a person at `t`."""
        self.head.code.say(code)
        if code != self.accessibleName():
            self.setAccessibleName(code)
        state = reading.arousal.state_at(t)
        self.head.show_state(state, t - reading.zone_since_t, reading.asked_at(t))
        self.head.show_signal(reading.heart.at(t), battery)
        if self._is_compact:
            self.head.show_rate(reading.values.at(Live.HEART_RATE, t))
        else:
            self.values.show_values(t, reading)
        self._show_shares(reading.shares.shares)
        lit = reading.lit_at(t)
        self._show_light("" if lit is None else lit.value)

    def draw(self, t: float, reading: PersonReading) -> None:
        """Draw the trajectory anew; called once a second."""
        newest = reading.trajectory.newest
        now = t if newest is None else max(newest.t, t - 1.0)
        self.trajectory.show_trajectory(
            now,
            reading.trajectory.seconds(now),
            reading.trajectory.marks(now),
            reading.arousal.window(),
            self._caption(t, reading),
        )
        if t - self._described_t >= _DESCRIBED_EVERY_S:
            self._described_t = t
            self.trajectory.setAccessibleDescription(self._summary(t, reading))

    def select(self, *, is_selected: bool) -> None:
        """Wear the border of the person whose signals are shown."""
        if is_selected != self._is_selected:
            self._is_selected = is_selected
            self.update()

    def fold(self, *, is_compact: bool) -> None:
        """Keep head, trajectory and numbers, where many people share the room."""
        self._is_compact = is_compact
        is_narrow = self.width() < self._look.px(_NARROW_PX)
        self.head.fold(is_tight=is_narrow or is_compact, is_compact=is_compact)
        self.values.fold(is_tight=is_narrow)
        self._ends[1].setVisible(not is_narrow)
        self._ends[3].setVisible(not is_narrow)
        for part in (self.values, self._foot, self._shares_line):
            part.setVisible(not is_compact)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Choose this person."""
        self.chosen.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, the border of the chosen one, and the quiet light at the edge."""
        super().paintEvent(event)
        if not (self._is_selected or self._light):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._is_selected:
            painter.setPen(QPen(self._look.color("signal"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        if self._light:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.color(self._light))
            painter.drawRoundedRect(QRectF(3, _RADIUS, _LIGHT_PX, self.height() - 2 * _RADIUS), 2, 2)
        painter.end()

    @property
    def light(self) -> str:
        """The tone of the light at the edge; empty where there is none."""
        return self._light

    def _show_light(self, tone: str) -> None:
        if tone != self._light:
            self._light = tone
            self.update()

    def _caption(self, t: float, reading: PersonReading) -> str:
        """Say what is to be said in the plot itself, so that nothing moves for it."""
        why = reading.heart.rmssd_at(t).why
        if reading.heart.rmssd_at(t).value is None and why is Reason.UNEVEN_BEATS:
            return clinical_words(Reason.UNEVEN_BEATS)
        state = reading.arousal.state_at(t)
        if reading.arousal.window() is None:
            return clinical_words(state.why or Reason.NO_BASELINE)
        return ""

    def _summary(self, t: float, reading: PersonReading) -> str:
        state = reading.arousal.state_at(t)
        shares = reading.shares.shares
        return _("{zone}; inside {inside}, above {above} %, below {below} %, unknown {unknown} %").format(
            zone=zone_word(state.zone),
            inside=inside_words(shares),
            above=shares.percent(shares.above_s),
            below=shares.percent(shares.below_s),
            unknown=shares.percent(shares.unknown_s),
        )

    def _show_shares(self, shares: Shares) -> None:
        self.bar.show_shares(shares)
        self._legend[Zone.WITHIN].say(inside_words(shares))
        for zone, seconds in (
            (Zone.ABOVE, shares.above_s),
            (Zone.BELOW, shares.below_s),
            (Zone.UNKNOWN, shares.unknown_s),
        ):
            self._legend[zone].say(_("{n} %").format(n=shares.percent(seconds)))

    def _assemble(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(6)
        layout.addWidget(self.head)
        layout.addWidget(self.trajectory, 1)
        self._foot = _row([*self._ends], spacing=0, is_spread=True)
        for label, ago in zip(self._ends, _ENDS, strict=True):
            label.say(_ago_words(ago))
        self._foot.setContentsMargins(0, 0, self._look.px(48), 0)
        layout.addWidget(self._foot)
        layout.addWidget(self.values)
        layout.addWidget(self.bar)
        self._shares_line = self._legend_line()
        layout.addWidget(self._shares_line)

    def _legend_line(self) -> Wrap:
        shares = [
            _row(
                [
                    ZoneMark(self._look, zone, zone_word(zone), size=12),
                    safe_label(self._look, zone_word(zone), tone="text2"),
                    self._legend[zone],
                ],
                spacing=8,
            )
            for zone in (Zone.WITHIN, Zone.ABOVE, Zone.BELOW, Zone.UNKNOWN)
        ]
        return Wrap(_("Time in the window"), shares, spacing=12)


def _ago_words(seconds: int) -> str:
    if not seconds:
        return _("now")
    if seconds == _ENDS[0]:
        return _("\N{MINUS SIGN}10 min")
    return f"{MINUS}{clock_words(seconds)}"


def _row(parts: list[QWidget], *, spacing: int, is_spread: bool = False) -> QWidget:
    """Put widgets side by side: spread over the width, or from the left."""
    row = QWidget()
    row.setAccessibleName("")
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for index, part in enumerate(parts):
        if is_spread and index:
            layout.addStretch(1)
        layout.addWidget(part)
    if not is_spread:
        layout.addStretch(1)
    return row
