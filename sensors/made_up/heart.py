# SPDX-License-Identifier: MIT
"""The synthetic person's heart: an integral pulse model whose rate swings with the breath.

The rate is a mean, a slow drift, and the answer of one resonance near 0.1 Hz (the baroreflex: a band-pass that passes
slow breaths whole and in phase, and faster ones smaller and later) to the breath and to noise; the noise makes the
waves of about 10 s that every heart shows. Each time the integral of the rate reaches a whole number, it beats.

References
----------
McSharry et al. 2003, doi 10.1109/TBME.2003.808805: the idea of a rate made of a mean, a respiratory and a 0.1 Hz part.
Vaschillo et al. 2006, doi 10.1007/s10484-006-9009-3: the resonance, and heart rate in phase with the breath there.
"""

import math
from dataclasses import dataclass
from enum import Enum

import numpy as np

from sensors.made_up.faults import Faults
from sensors.made_up.noise import Drift
from sensors.made_up.script import Conditions

_RESONANCE_HZ = 0.095  # 5.7 breaths a minute
_SHARPNESS = 1.0  # quality of the resonance: at 14 breaths/min 0.43 of it is left
_RESTLESSNESS = 0.12  # noise into the resonance, depths of breath times root second: its waves have an SD of 0.06
_DRIFT_SD_BPM = 2.2
_JITTER = 0.004  # SD of a beat's own time, as a share of a beat
_MAX_RATE_BPM = 220.0
_MIN_RATE_BPM = 28.0
_FIELD_TIME_S = 4.0  # a strap states the rate over the last few seconds
_EARLY = 0.65  # where in its interval a premature beat comes


class Kind(Enum):
    """What a beat is to the body, and to the strap that counts intervals."""

    USUAL = "usual"
    EARLY = "early"  # premature, from elsewhere in the heart
    UNSEEN = "unseen"  # real, but the strap does not see it
    IMAGINED = "imagined"  # seen by the strap alone


@dataclass(frozen=True, slots=True)
class Pulse:
    """One beat: when it is, in seconds (while planned: in beats), and what it is."""

    t: float
    kind: Kind

    @property
    def is_seen(self) -> bool:
        """Whether the strap sees it."""
        return self.kind is not Kind.UNSEEN

    @property
    def is_real(self) -> bool:
        """Whether the heart beats."""
        return self.kind is not Kind.IMAGINED


class Heart:
    """The beats of one person, and what a strap makes of them.

    Parameters
    ----------
    rng : Generator
        Its variability.
    faults : Faults
        How often beats come early, go unseen, or are seen where none is.
    hr_bpm : float
        The mean rate at the begin.
    """

    def __init__(self, rng: np.random.Generator, *, faults: Faults, hr_bpm: float) -> None:
        self._rng = rng
        self._faults = faults
        self._drift = Drift(rng, sd=_DRIFT_SD_BPM)
        self._swing = 0.0  # the resonance's answer, in depths of breath
        self._swing_sum = 0.0  # and its integral
        self._beats = rng.random()  # the integral of the rate
        self._whole = 1.0  # the next true beat
        self._next = [Pulse(1.0, Kind.USUAL)]  # what comes, in beats; the last one is real
        self._rate_bpm = hr_bpm
        self.stated_bpm = hr_bpm

    def advance(self, end_s: float, step_s: float, depths: list[float], now: Conditions) -> list[Pulse]:
        """Go on by as many steps as there are depths of breath.

        Parameters
        ----------
        end_s, step_s : float
            The time at the end of the last step, and the length of a step, seconds.
        depths : list of float
            How full the chest is at the end of each step, 0 to 1.
        now : Conditions
            Mean rate, and the swing of the rate with the breath.

        Returns
        -------
        list of Pulse
            The beats of these steps.
        """
        mean_bpm = now.hr_bpm + self._drift.advance(step_s * len(depths))
        noise = _RESTLESSNESS / math.sqrt(step_s) * self._rng.standard_normal(len(depths))
        beats: list[Pulse] = []
        for k, (depth, restless) in enumerate(zip(depths, noise.tolist(), strict=True), 1 - len(depths)):
            self._resonate(depth + restless, step_s)
            rate_bpm = min(max(mean_bpm + now.rsa_bpm * self._swing, _MIN_RATE_BPM), _MAX_RATE_BPM)
            self.stated_bpm += (rate_bpm - self.stated_bpm) * step_s / _FIELD_TIME_S
            self._beats += rate_bpm / 60.0 * step_s
            beats += self._passed(end_s + k * step_s, rate_bpm)
            self._rate_bpm = rate_bpm
        return beats

    def coming(self, end_s: float) -> Pulse:
        """Give the real beat that comes after `end_s`, the end of the last step, at the rate of now."""
        pulse = next(pulse for pulse in self._next if pulse.is_real)
        return Pulse(end_s + (pulse.t - self._beats) * 60.0 / self._rate_bpm, pulse.kind)

    def _resonate(self, drive: float, step_s: float) -> None:
        """Move the band-pass s (w/Q) / (s^2 + s w/Q + w^2) on by one step."""
        w = 2.0 * math.pi * _RESONANCE_HZ
        self._swing += step_s * (w / _SHARPNESS * (drive - self._swing) - w * w * self._swing_sum)
        self._swing_sum += step_s * self._swing

    def _passed(self, t: float, rate_bpm: float) -> list[Pulse]:
        """Give the beats that the integral has passed by `t`."""
        beats = []
        while self._next[0].t <= self._beats:
            pulse = self._next.pop(0)
            beats.append(Pulse(t - (self._beats - pulse.t) * 60.0 / rate_bpm, pulse.kind))
            if not self._next:
                self._next = self._plan_beats(rate_bpm)
        return beats

    def _plan_beats(self, rate_bpm: float) -> list[Pulse]:
        """Decide what comes next: the true beat, or what a fault makes of it."""
        faults, last, chance = self._faults, self._whole, self._rng.random() * rate_bpm
        self._whole += 1.0
        beat = self._whole + _JITTER * self._rng.standard_normal()
        if chance < faults.ectopic_per_min:
            self._whole += 1.0
            return [Pulse(last + _EARLY, Kind.EARLY), Pulse(self._whole, Kind.USUAL)]
        chance -= faults.ectopic_per_min
        if chance < faults.missed_per_min:
            self._whole += 1.0
            return [Pulse(beat, Kind.UNSEEN), Pulse(self._whole, Kind.USUAL)]
        chance -= faults.missed_per_min
        if chance < faults.extra_per_min:
            return [Pulse(last + self._rng.uniform(0.3, 0.7), Kind.IMAGINED), Pulse(beat, Kind.USUAL)]
        return [Pulse(beat, Kind.USUAL)]
