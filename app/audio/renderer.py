# SPDX-License-Identifier: MIT
"""Renders a breath as sound, block by block: what to play is a score, when is the stream clock's.

Laws: how the stream is cut into blocks changes no sample; the gain never moves faster than from silence to full in
50 ms (back in 25 ms when something stops), so that no turn of the breath clicks, and no new plan, pause, volume or
voice; what comes after silence fades in over 3 s; no sample is beyond 1.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from app.audio.breath_parts import Place, place_at
from app.audio.score import Score, Voice
from app.audio.stream_clock import StreamClock
from app.audio.voices import RATE_HZ, SHORTEST_RAMP_S, air, level_of, pitch_of, tone
from dsp.plan import BreathPart

_QUANTUM = 240  # samples, 5 ms: a new score holds from the next one on
_KNOT = 48  # samples, 1 ms: where the plan is asked
_KNOTS = _QUANTUM // _KNOT
_KNOT_S = _KNOT / RATE_HZ
_RISE = _KNOT_S / SHORTEST_RAMP_S  # the most that the gain moves from knot to knot
_STOP = _KNOT_S / 0.025  # with the 60 ms of a device's buffer the stop key is heard within 100 ms
_FADE_IN_S = 3.0
_LOUDEST = 0.5  # -6 dBFS: headroom, and no volume that startles
_REST = Place(BreathPart.REST, 0.0, 0.0, 0.0)


class Renderer:
    """One stream of sound.

    Parameters
    ----------
    clock : StreamClock
        When each sample is heard.
    read_score : callable
        Gives what is to be played now; another thread replaces it whole.
    """

    def __init__(self, clock: StreamClock, read_score: Callable[[], Score]) -> None:
        self._clock = clock
        self._read_score = read_score
        self._voice = Voice.OFF
        self._place = _REST
        self._gain = 0.0  # of the breath, 0 to 1
        self._volume = 0.0  # as an amplitude
        self._phase = 0.0  # of the tone, in turns
        self._pitch_hz = 0.0
        self._heard_s = 0.0  # since the last silence
        self._position = 0  # of the next sample that is made
        self._left = np.zeros(0, np.float32)

    @property
    def is_silent(self) -> bool:
        """Whether nothing sounds, and nothing is about to fade."""
        return self._gain == 0.0

    def render(self, count: int) -> NDArray[np.float32]:
        """Give the next `count` samples, (count,), each from -1 to 1."""
        blocks, have = [self._left], len(self._left)
        while have < count:
            blocks.append(self._quantum())
            have += _QUANTUM
        samples = np.concatenate(blocks)
        self._left = samples[count:]
        return samples[:count]

    def _quantum(self) -> NDArray[np.float32]:
        score = self._read_score()
        self._change_voice(score)
        pitch_before = self._pitch_hz
        gains = [self._gain * self._volume]
        for knot in range(1, _KNOTS + 1):
            self._step(score, self._clock.time_of(self._position + knot * _KNOT))
            gains.append(self._gain * self._volume)
        samples = self._wave(pitch_before) if any(gains) else np.zeros(_QUANTUM)
        samples *= np.interp(np.arange(1, _QUANTUM + 1) / _KNOT, np.arange(_KNOTS + 1), gains)
        self._position += _QUANTUM
        return samples.astype(np.float32)

    def _change_voice(self, score: Score) -> None:
        """Take another voice, once the one before has faded."""
        if self._gain == 0.0 and self._voice is not score.voice:
            self._voice = score.voice
            self._heard_s = 0.0

    def _step(self, score: Score, t: float) -> None:
        """Go on by one knot: towards what the plan wants at `t`, no faster than a ramp allows."""
        is_wanted = score.plan is not None and score.voice is self._voice is not Voice.OFF
        place = place_at(score.plan, t) if is_wanted and score.plan is not None else _REST
        if place.part is BreathPart.REST:
            self._heard_s = 0.0 if self._gain == 0.0 else self._heard_s
            self._gain = max(self._gain - _STOP, 0.0)
            return
        self._place = place
        self._pitch_hz = pitch_of(self._voice, place)
        self._heard_s += _KNOT_S
        volume = score.volume**2 * _LOUDEST
        self._volume = volume if self._gain == 0.0 else self._volume + _held(volume - self._volume)
        self._gain += _held(level_of(self._voice, place) * self._fade() - self._gain)

    def _fade(self) -> float:
        share = min(self._heard_s / _FADE_IN_S, 1.0)
        return share * share * (3.0 - 2.0 * share)

    def _wave(self, pitch_before: float) -> NDArray[np.float64]:
        if self._voice is Voice.AIR:
            return air(self._place.part, self._position, _QUANTUM)
        pitches = np.linspace(pitch_before or self._pitch_hz, self._pitch_hz, _QUANTUM + 1)[1:]
        phases = self._phase + np.cumsum(pitches) / RATE_HZ
        self._phase = float(phases[-1] % 1.0)
        return tone(phases)


def _held(step: float) -> float:
    """Give as much of a step as a ramp allows from one knot to the next."""
    return min(max(step, -_RISE), _RISE)
