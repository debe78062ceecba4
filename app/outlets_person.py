# SPDX-License-Identifier: MIT
"""One person's outlets: what a frame brings becomes samples of them.

Law: a stamp is the time of the newest sample that a number was made of, or of the tick where nothing new came; stamps
of a stream rise. What is missing is NaN. Nothing that is no number or no type of a marker leaves here.
"""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

import numpy as np

from app.export.offset import offset_of
from app.export.outline import REGULAR
from app.export.xdf import number_row, state_row
from app.export.xdf_streams import SIGNALS
from app.outlets_filling import LiveFilling, RateSeen
from app.outlets_said import Describing
from dsp.codes import CueKind, Modality, SourceState
from dsp.stream import ArousalState, Chunk, Cue, Features, FloatArray, Frame, Item, Marker, Notice, Status, Tick
from sensors.lsl.outlet import OutletSaid

_LATE_S = 2.0  # what is this old while the link is lost does not come any more
_LOST = frozenset(SourceState) - {SourceState.STREAMING, SourceState.STALE, SourceState.STOPPED, SourceState.IDLE}
_SENT = frozenset(SIGNALS) - {Modality.HR}  # the rate that is computed is sent; the device's own is in it


class Sends(Protocol):
    """What sends samples: `sensors.lsl.outlet.Outlet`."""

    def push(self, t: FloatArray, values: FloatArray) -> None:
        """Send samples: `t` (n,), `values` (n, channels)."""

    def text(self, t: float, text: str) -> None:
        """Send one text."""

    def close(self) -> None:
        """End it."""


class _Closes(Protocol):
    def close(self) -> None: ...


Open = Callable[[OutletSaid], Sends]


class PersonOutlets:
    """The outlets of one person, open from now on.

    Parameters
    ----------
    person : str
        By the name that the items use.
    describing : Describing
        What they say of themselves.
    open_outlet : callable
        Makes an outlet.
    """

    def __init__(self, person: str, describing: Describing, open_outlet: Open) -> None:
        self._person = person
        self._describing = describing
        self._open = open_outlet
        self._signals: dict[tuple[str, Modality], _SignalOutlet] = {}
        self._markers = open_outlet(describing.markers(person))
        self._heart_rate = _SecondOutlet(open_outlet(describing.heart_rate(person)))
        self._features = _SecondOutlet(open_outlet(describing.features(person)))
        self._state = _SecondOutlet(open_outlet(describing.state(person)))
        self._window = _SecondOutlet(open_outlet(describing.window(person)))
        self._newest_t = -math.inf
        self._is_paced = False

    def write(self, frame: Frame) -> None:
        """Send what a frame brings of this person."""
        item = frame.item
        if isinstance(item, Tick):
            self._second(item.t, frame)
        elif item.person == self._person:
            self._take(item)
        for marker in frame.markers:
            if marker.person == self._person:
                self._mark(marker)
        for cue in frame.cues:
            self._follow(cue)
        for notice in frame.notices:
            self._note_offset(notice)

    def close(self) -> None:
        """End them all."""
        computed = (self._heart_rate, self._features, self._window, self._state)
        opened: list[_Closes] = [self._markers, *computed, *self._signals.values()]
        for outlet in opened:
            outlet.close()

    def _take(self, item: Item) -> None:
        if isinstance(item, Chunk) and item.modality in _SENT and len(item.t):
            self._newest_t = max(self._newest_t, float(item.t[-1]))
            self._signal(item).push(item)
        elif isinstance(item, Status):
            for (source, _), signal in self._signals.items():
                if source == item.source:
                    signal.is_lost = item.state in _LOST

    def _note_offset(self, notice: Notice) -> None:
        """Describe a stream anew once a bump test has measured how late it is; readers find it again by its id."""
        found = offset_of(notice) if notice.person == self._person else None
        if found is not None:
            key, offset = found
            self._describing = replace(self._describing, offsets={**self._describing.offsets, key: offset})
            if key in self._signals:
                self._signals[key].reopen()

    def _signal(self, chunk: Chunk) -> "_SignalOutlet":
        key = (chunk.source, chunk.modality)
        if key not in self._signals:
            number = 1 + sum(modality is chunk.modality for _, modality in self._signals)
            self._signals[key] = _SignalOutlet(chunk.modality, lambda rate_hz: self._opened(*key, number, rate_hz))
        return self._signals[key]

    def _opened(self, source: str, modality: Modality, number: int, rate_hz: float) -> Sends:
        return self._open(self._describing.signal(modality, self._person, source, number, rate_hz))

    def _second(self, t: float, frame: Frame) -> None:
        for signal in self._signals.values():
            signal.miss_until(t - _LATE_S)
        for features in frame.features:
            if features.person == self._person:
                self._tell(features)
        for cue in frame.cues:
            self._follow(cue)
        for state in frame.states:
            if state.person == self._person:
                self._say(state)

    def _tell(self, features: Features) -> None:
        bpm = features.hr_bpm.value
        self._features.send(self._newest_t, features.t, number_row(features))
        heart_t = -math.inf if features.heart_t is None else features.heart_t
        self._heart_rate.send(heart_t, features.t, [math.nan if bpm is None else bpm])

    def _say(self, state: ArousalState) -> None:
        self._window.send(self._newest_t, state.t, list(state.bounds or (math.nan, math.nan)))
        self._state.send(self._newest_t, state.t, state_row(state, is_paced=self._is_paced))

    def _mark(self, marker: Marker) -> None:
        self._markers.text(marker.t, marker.type)

    def _follow(self, cue: Cue) -> None:
        if cue.person == self._person:
            self._is_paced = cue.kind is CueKind.BREATH


class _SecondOutlet:
    """Sends one row a second."""

    def __init__(self, outlet: Sends) -> None:
        self._outlet = outlet
        self._last_t = -math.inf

    def send(self, newest_t: float, tick_t: float, row: list[float]) -> None:
        """Send a row that was made of samples up to `newest_t`, at the tick `tick_t`."""
        t = newest_t if self._last_t < newest_t <= tick_t else tick_t
        if t > self._last_t:
            self._last_t = t
            self._outlet.push(np.array([t]), np.array([row]))

    def close(self) -> None:
        self._outlet.close()


class _SignalOutlet:
    """Sends what one sensor measures, from the moment at which its rate is known."""

    def __init__(self, modality: Modality, open_outlet: Callable[[float], Sends]) -> None:
        self._open = open_outlet
        self._factor = SIGNALS[modality].factor
        self._columns = len(SIGNALS[modality].labels)
        self._seen = RateSeen() if modality in REGULAR else None
        self._filling: LiveFilling | None = None
        self._outlet: Sends | None = None
        self._rate_hz = 0.0
        self.is_lost = False

    def push(self, chunk: Chunk) -> None:
        """Send a chunk, or keep it until the rate is known."""
        t, values = chunk.t, self._scaled(chunk.values)
        if self._outlet is None:
            if self._seen is not None:
                known_hz = self._seen.update(t, values)
                if known_hz is None:
                    return
                t, values = self._seen.kept()
                self._seen, self._filling = None, LiveFilling(known_hz, self._columns)
                self._rate_hz = self._filling.declared_hz
            self._outlet = self._open(self._rate_hz)
        if self._filling is not None:
            t, values = self._filling.update(t, values)
        self._outlet.push(t, values)

    def reopen(self) -> None:
        """End the outlet and open it with what is known now."""
        if self._outlet is not None:
            self._outlet.close()
            self._outlet = self._open(self._rate_hz)

    def miss_until(self, t: float) -> None:
        """Send what is known to be missing up to `t`, if the link is lost."""
        if self.is_lost and self._filling is not None and self._outlet is not None:
            times, values = self._filling.lost_until(t)
            if len(times):
                self._outlet.push(times, values)

    def close(self) -> None:
        if self._outlet is not None:
            self._outlet.close()

    def _scaled(self, values: FloatArray) -> FloatArray:
        scaled = np.where(np.isfinite(values), values * self._factor, math.nan)
        return scaled.reshape(len(values), self._columns)
