# SPDX-License-Identifier: MIT
"""The beats of one device, as it gives them: its own intervals, the R peaks of its ECG, or the pulses in its light.

Each device and signal of a person has a track of its own, with its own verdicts, so that two never run into one
another. A track also tells how well it is read, which is what the choice between tracks rests on
(`dsp/heart/choice.py`).

Law: beats depend on the items of this device alone, however chunks were cut; the score at a tick on the items up to it.
"""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from dsp.codes import Modality, Reason
from dsp.heart.beat_log import BeatLog
from dsp.heart.breath_signals import QrsShape
from dsp.heart.ecg_quality import CLEAR, EcgQuality
from dsp.heart.ppg import PulseIntervals
from dsp.heart.qrs import RPeak, RPeaks
from dsp.heart.rr import RrVerdicts
from dsp.stream import Beat, Chunk, Gap, Item, Notice

_HOLES = 256
_HOLE_S = 0.05  # without a sample: a beat may have been in it
_JUDGED_EVERY_S = 2.0
_JUDGED = 5
_MOST = 8


@dataclass(frozen=True, slots=True)
class Wave:
    """How well an ECG can be read, 0 to 1, and what is the matter with it."""

    quality: float
    why: Reason | None


class Track(Protocol):
    """What the choice and the heart ask of a track.

    Attributes
    ----------
    origin, source :
        What its beats are seen in, and by which device.
    is_fit_for_hrv : bool
        Whether differences between its intervals mean anything.
    beats : BeatLog
        Its newest beats.
    """

    origin: Modality
    source: str
    is_fit_for_hrv: bool
    beats: BeatLog

    @property
    def shape(self) -> QrsShape | None:
        """The waveform that the beats are seen in."""

    def update(self, item: Item) -> tuple[Beat | Notice, ...]:
        """Take an item of this device, or a gap; give its beats and what is to be said of them."""

    def close(self, t: float) -> tuple[Beat, ...]:
        """Settle the pending beat at `t` without the next one."""

    def score_at(self, t: float) -> float:
        """Tell how well it is read at a tick, 0 to 1."""


class IntervalTrack:
    """The intervals that a device counts by itself.

    Parameters
    ----------
    source, person : str
        Which device, and whose.
    """

    origin = Modality.RR
    shape: QrsShape | None = None

    def __init__(self, source: str, person: str) -> None:
        self.source = source
        self.is_fit_for_hrv = True
        self.beats = BeatLog()
        self._verdicts = RrVerdicts(person, Modality.RR, source)

    def update(self, item: Item) -> tuple[Beat, ...]:
        """Take intervals or a gap; give the beats that they settle and begin."""
        return self.beats.keep(self._verdicts.update(item))

    def close(self, t: float) -> tuple[Beat, ...]:
        """Settle the pending beat at `t` without the next one."""
        return self.beats.keep(self._verdicts.close(t))

    def score_at(self, t: float) -> float:
        """Give the share of sound beats."""
        return self.beats.accepted(t)


class LightTrack:
    """The pulses in a device's light: a rate, and no variability unless the device says otherwise.

    Parameters
    ----------
    source, person : str
        Which device, and whose.
    """

    origin = Modality.PPG
    shape: QrsShape | None = None

    def __init__(self, source: str, person: str) -> None:
        self.source = source
        self.is_fit_for_hrv = False
        self.beats = BeatLog()
        self._pulses = PulseIntervals(person=person)
        self._verdicts = RrVerdicts(person, Modality.PPG, source)

    def update(self, item: Item) -> tuple[Beat | Notice, ...]:
        """Take light or a gap; give beats, and first the notice what they are."""
        if isinstance(item, Gap) and not self._verdicts.concerns(item):
            return ()
        made = self._pulses.update(item)
        notices = [notice for notice in made if isinstance(notice, Notice)]
        beats = [beat for told in (item, *made) for beat in self._verdicts.update(told)]
        return *notices, *self.beats.keep(tuple(beats))

    def close(self, t: float) -> tuple[Beat, ...]:
        """Settle the pending beat at `t` without the next one."""
        return self.beats.keep(self._verdicts.close(t))

    def score_at(self, t: float) -> float:
        """Give the share of sound beats."""
        return self.beats.accepted(t)


class WaveTrack:
    """The R peaks of a device's ECG, and how well its waveform can be read.

    Parameters
    ----------
    source, person : str
        Which device, and whose.

    Notes
    -----
    Where samples are missing between two peaks, the interval between them tells nothing: a beat may have been there.
    """

    origin = Modality.ECG

    def __init__(self, source: str, person: str) -> None:
        self.source = source
        self.is_fit_for_hrv = True
        self.beats = BeatLog()
        self.shape = QrsShape()
        self._peaks = RPeaks()
        self._quality = EcgQuality()
        self._judged_s, self._judged = -math.inf, Wave(0.0, None)
        self._clear: deque[bool] = deque(maxlen=_JUDGED)
        self._verdicts = RrVerdicts(person, Modality.ECG, source)
        self._last: RPeak | None = None
        self._newest_t = -math.inf
        self._holes: deque[float] = deque(maxlen=_HOLES)  # the ends of what is missing

    def update(self, item: Item) -> tuple[Beat, ...]:
        """Take ECG or a gap; give the beats that it settles and begins."""
        if isinstance(item, Gap):
            return self._break(item.end_s) if self._verdicts.concerns(item) else ()
        if not isinstance(item, Chunk) or item.modality is not Modality.ECG:
            return ()
        peaks = self._peaks.update(item)
        self._quality.update(item, peaks)
        self.shape.take(item)
        self._find_holes(item)
        return tuple(beat for peak in peaks for beat in self._follow(peak))

    def close(self, t: float) -> tuple[Beat, ...]:
        """Settle the pending beat at `t` without the next one."""
        return self.beats.keep(self._verdicts.close(t))

    def judge(self, t: float) -> Wave:
        """Tell at each tick how well the waveform can be read; it is judged anew every 2 s."""
        if not 0.0 <= t - self._judged_s < _JUDGED_EVERY_S:
            self._judged_s, self._judged = t, Wave(*self._quality.at(t))
            if self._judged.why is not Reason.SETTLING:  # too young to be judged speaks not against it
                self._clear.append(self._judged.quality >= CLEAR)
        return self._judged

    def score_at(self, t: float) -> float:
        """Give the share of sound beats, or of the last 10 s in which the waveform was clear where that is less."""
        return min(self.beats.accepted(t), sum(self._clear) / max(len(self._clear), 1))

    def _follow(self, peak: RPeak) -> tuple[Beat, ...]:
        last, self._last = self._last, peak
        if last is None:
            return ()
        while self._holes and self._holes[0] <= last.t:
            self._holes.popleft()
        if self._holes and self._holes[0] <= peak.t:
            return self.close(peak.detected_t)
        return self.beats.keep(self._verdicts.take(peak.t, 1000.0 * (peak.t - last.t), peak.detected_t))

    def _break(self, t: float) -> tuple[Beat, ...]:
        self._last = None
        return self.close(t)

    def _find_holes(self, chunk: Chunk) -> None:
        """Note where samples are missing, or are no numbers."""
        t = chunk.t[np.isfinite(chunk.values) & np.isfinite(chunk.t)]
        newest = np.maximum.accumulate(np.concatenate([[self._newest_t], t]))
        self._newest_t = float(newest[-1])
        self._holes.extend(newest[1:][newest[1:] - newest[:-1] > _HOLE_S].tolist())


class Tracks:
    """All tracks of one person; a ninth is not followed.

    Parameters
    ----------
    person : str
        Whose they are.

    Attributes
    ----------
    all : list of Track
        In the order in which they came.
    """

    def __init__(self, person: str) -> None:
        self.all: list[Track] = []
        self._person = person
        self._unfit: set[str] = set()

    def asked(self, item: Item) -> list[Track]:
        """Give the tracks that an item concerns: all for a gap, the device's own for its samples."""
        if isinstance(item, Gap):
            return self.all
        if not isinstance(item, Chunk) or item.modality not in _MADE_OF:
            return []
        own = [track for track in self.all if track.source == item.source and track.origin is item.modality]
        is_needless = item.modality is Modality.PPG and any(track.origin is Modality.RR for track in self.all)
        if not own and not is_needless and len(self.all) < _MOST:
            own = [_MADE_OF[item.modality](item.source, self._person)]
            own[0].is_fit_for_hrv &= item.modality is Modality.ECG or item.source not in self._unfit
            self.all += own
        return [] if is_needless else own

    def mark(self, source: str, *, is_fit_for_hrv: bool) -> None:
        """Take what a device says of the pulse intervals that it sends."""
        if is_fit_for_hrv:
            self._unfit.discard(source)
        elif len(self._unfit) < _MOST:
            self._unfit.add(source)
        for track in self.all:
            if track.source == source and track.origin is not Modality.ECG:
                track.is_fit_for_hrv = is_fit_for_hrv


_MADE_OF: dict[Modality, Callable[[str, str], Track]] = {
    Modality.RR: IntervalTrack,
    Modality.ECG: WaveTrack,
    Modality.PPG: LightTrack,
}
