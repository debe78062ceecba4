# SPDX-License-Identifier: MIT
"""The synthetic person's body, a second at a time.

Law: the same seed and the same plans seen give the same seconds, bit for bit; breath, heart, skin and each sensor on
the chest draw from streams of their own, so that a paced breath does not change the skin.
"""

import math
from dataclasses import dataclass

import numpy as np

from dsp.plan import PacingPlan
from dsp.stream import FloatArray
from sensors.made_up.breathing import Breathing
from sensors.made_up.chest import Belt, Chest
from sensors.made_up.ecg import Ecg
from sensors.made_up.faults import Faults, Span, any_touches
from sensors.made_up.heart import Heart
from sensors.made_up.script import Script, conditions_at
from sensors.made_up.skin import Skin

CHEST_HZ = 25
_STEP_S = 1.0 / CHEST_HZ  # breath and heart go in the chest's steps
SKIN_HZ = 4
ECG_HZ = 130  # as a Polar H10 does
_STRAP_TICKS_HZ = 1024  # a strap counts RR intervals in 1/1024 s


@dataclass(frozen=True, slots=True, eq=False)
class Second:
    """What the sensors saw in (start_s, end_s].

    `beat_t` (n,) are the beats' times with the intervals `rr_ms` (n,) that they end; `stated_bpm` is the strap's own
    rate; `eda_t` (m,) with `eda_microsiemens` (m,), `chest_t` (k,) with `acc_mg` (k, 3) and `resp` (k,) in arbitrary
    units, and `ecg_t` (j,) with `ecg_mv` (j,).
    """

    start_s: float
    end_s: float
    beat_t: FloatArray
    rr_ms: FloatArray
    stated_bpm: float
    eda_t: FloatArray
    eda_microsiemens: FloatArray
    chest_t: FloatArray
    acc_mg: FloatArray
    resp: FloatArray
    ecg_t: FloatArray
    ecg_mv: FloatArray


class Body:
    """One person's body.

    Parameters
    ----------
    seed : int
        0 or more.
    start_s : float
        When it begins.
    script : tuple of Stretch
        What it lives through.
    faults : Faults
        What goes wrong with its beats, its rest and its electrodes.
    adherence : float
        How often it follows the pacer through a breath, 0 to 1.
    """

    def __init__(self, seed: int, *, start_s: float, script: Script, faults: Faults, adherence: float) -> None:
        streams = [np.random.Generator(np.random.PCG64(s)) for s in np.random.SeedSequence(seed).spawn(6)]
        first = script[0].conditions
        self._start_s = self._now_s = start_s
        self._script = script
        self._faults = faults
        self._breathing = Breathing(streams[0], adherence=adherence)
        self._heart = Heart(streams[1], faults=faults, hr_bpm=first.hr_bpm)
        self._skin = Skin(streams[2], scl_microsiemens=first.scl_microsiemens)
        self._chest = Chest(streams[3])
        self._ecg = Ecg(streams[4])
        self._belt = Belt(streams[5])
        self._last_beat: FloatArray = np.empty(0)
        self._last_breath = (start_s, 0.5)  # when, and how full the chest was

    def tap(self) -> None:
        """Let a finger tap twice on the strap, in the next second."""
        self._chest.tap()

    def advance(self, plan: PacingPlan | None) -> Second:
        """Live to the next whole second, looking at `plan`."""
        start_s, end_s = self._now_s, math.floor(self._now_s) + 1.0
        self._now_s = end_s
        now = conditions_at(self._script, start_s - self._start_s)
        moving = self._is_in(self._faults.motion, start_s, end_s)
        touching = not self._is_in(self._faults.contact_lost, start_s, end_s)
        chest_t, eda_t, ecg_t = (self._grid(rate_hz, start_s, end_s) for rate_hz in (CHEST_HZ, SKIN_HZ, ECG_HZ))
        depths = [self._breathing.advance(t, _STEP_S, now.breaths_per_min, plan) for t in chest_t.tolist()]
        pulses = self._heart.advance(end_s, _STEP_S, depths, now)
        beat_t, rr_ms = self._intervals([pulse.t for pulse in pulses if pulse.is_seen])
        pulses.append(self._heart.coming(end_s))
        filled = self._depths_at(ecg_t, chest_t, depths)
        return Second(
            start_s=start_s,
            end_s=end_s,
            beat_t=beat_t,
            rr_ms=rr_ms,
            stated_bpm=round(self._heart.stated_bpm),
            eda_t=eda_t,
            eda_microsiemens=self._skin.advance(len(eda_t), 1.0 / SKIN_HZ, now),
            chest_t=chest_t,
            acc_mg=self._chest.advance(depths, moving=moving),
            resp=self._belt.advance(depths, moving=moving),
            ecg_t=ecg_t,
            ecg_mv=self._ecg.advance(ecg_t, filled, pulses, moving=moving, touching=touching),
        )

    def _depths_at(self, t: FloatArray, chest_t: FloatArray, depths: list[float]) -> FloatArray:
        """Give how full the chest is at the times `t`, between the steps of the breath."""
        times, values = [self._last_breath[0], *chest_t.tolist()], [self._last_breath[1], *depths]
        self._last_breath = times[-1], values[-1]
        return np.interp(t, times, values)

    def _is_in(self, spans: tuple[Span, ...], start_s: float, end_s: float) -> bool:
        return any_touches(spans, start_s - self._start_s, end_s - self._start_s)

    def _grid(self, rate_hz: int, start_s: float, end_s: float) -> FloatArray:
        """Give the times of a steady sampling, which began with the person, in (start_s, end_s]."""
        first = math.floor((start_s - self._start_s) * rate_hz + 1e-6) + 1
        last = math.floor((end_s - self._start_s) * rate_hz + 1e-6)
        return np.minimum(self._start_s + np.arange(first, last + 1) / rate_hz, end_s)

    def _intervals(self, beats: list[float]) -> tuple[FloatArray, FloatArray]:
        """Put beats on the strap's own clock, and give those that end an interval with it."""
        ticks = np.ceil(np.array(beats) * _STRAP_TICKS_HZ) / _STRAP_TICKS_HZ
        t = np.concatenate([self._last_beat, ticks])
        self._last_beat = t[-1:]
        return t[1:], np.diff(t) * 1000.0
