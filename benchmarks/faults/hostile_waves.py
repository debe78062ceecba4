# SPDX-License-Identifier: MIT
"""The waveforms of a hostile person: an ECG and a light on the skin, which now and then hold no heart at all.

They follow the person's true beats, each as a few bell curves, and share no code with what judges them. In some spells
there is a heart in what is sent and in others there is none (`HEARTLESS`): then nothing may be told of it.
"""

from collections import deque

import numpy as np

from dsp.codes import Modality
from dsp.stream import Chunk, FloatArray, read_only

HEARTLESS = ("noise", "loud noise", "flat", "rail", "mains", "once a second", "nonsense", "silent", "wander")
_WITH_HEART = ("upside down", "steps", "twice", "running back", "holes", "lone spikes", "small", "shaken")
_SPELLS = (*HEARTLESS, *_WITH_HEART)
_LIGHT_SPELLS = ("noise", "flat", "nonsense", "silent", "twice", "running back")

_WAVES_S_MV = ((-0.16, 0.03, 0.1), (0.0, 0.012, 1.0), (0.035, 0.012, -0.25), (0.26, 0.05, 0.25))  # when, width, height
_REACH_S = 0.5
_SOURCE = "chest"
_BAND = "band"


class HostileWaves:
    """Give a person's waveforms second by second.

    Parameters
    ----------
    seed : int
        Of everything that happens.

    Attributes
    ----------
    has_ecg : bool
        Whether there is an ECG.
    heartless_since : float or None
        Since when the ECG holds no heart; None while it holds one.
    """

    def __init__(self, seed: int) -> None:
        self._chance = chance = np.random.default_rng([seed, 7])
        self.has_ecg, self._has_light = bool(chance.random() < 0.35), bool(chance.random() < 0.15)
        self.heartless_since: float | None = None
        self._rate_hz = float(chance.choice([100.0, 130.0, 250.0]))
        self._often = float(chance.choice([0.0, 0.01, 0.03, 0.1]))  # spells that begin in a second
        self._height_mv = float(chance.choice([0.4, 1.0, 2.5]))
        self._noise_mv = float(chance.choice([0.005, 0.03]))
        self._beats: deque[float] = deque(maxlen=12)
        self._spell, self._spell_until = "", 0.0
        self._light_spell, self._light_until = "", 0.0

    def beat(self, t: float) -> None:
        """Take a true beat."""
        self._beats.append(t)

    def second(self, now: float) -> list[Chunk]:
        """Give what comes of the second that ends now; beats up to half a second later are known."""
        chunks = []
        if self.has_ecg:
            chunks.append(self._ecg(now))
        if self._has_light:
            chunks.append(self._light(now))
        return chunks

    def _ecg(self, now: float) -> Chunk:
        self._spell, self._spell_until = self._next(self._spell, self._spell_until, now, _SPELLS)
        self._note_heart(now)
        t = now - 1.0 + np.arange(1, int(self._rate_hz) + 1) / self._rate_hz - _REACH_S  # all of a beat is known by now
        mv = self._height_mv * _waves(t, self._beats) + self._noise_mv * self._chance.standard_normal(len(t))
        t, mv = self._spoiled(t, mv)
        return Chunk(Modality.ECG, read_only(t), read_only(mv), now, _SOURCE)

    def _note_heart(self, now: float) -> None:
        if self._spell not in HEARTLESS:
            self.heartless_since = None
        elif self.heartless_since is None:
            self.heartless_since = now - 1.0 - _REACH_S

    def _spoiled(self, t: FloatArray, mv: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Do to the samples what the spell does."""
        chance, n = self._chance, len(t)
        white = chance.standard_normal(n)
        some = chance.random(n) < 0.02
        slow = np.sin(2.0 * np.pi * 0.3 * t)
        other = {
            "noise": 0.3 * white,
            "loud noise": 3.0 * white,
            "flat": np.full(n, 0.2),
            "rail": np.full(n, 5.0),
            "mains": 1.5 * np.sin(2.0 * np.pi * 50.0 * t),
            "nonsense": chance.choice([np.nan, np.inf, -np.inf, 1e300, -1e300], n),
            "wander": 4.0 * slow + 0.02 * white,
            "upside down": -mv,
            "steps": mv + np.where(np.arange(n) > n // 2, 2.0, 0.0),
            "lone spikes": np.where(some, mv + 4.0, mv),
            "small": 0.2 * mv,
            "shaken": mv + 0.4 * white + 1.5 * slow,
        }.get(self._spell, mv)
        match self._spell:
            case "once a second":
                return t[:1], mv[:1]
            case "silent":
                return t[:0], mv[:0]
            case "twice":
                return np.repeat(t, 2), np.repeat(other, 2)
            case "running back":
                return t - 3.0 * some, other
            case "holes":
                return t[n // 4 :], other[n // 4 :]
        return t, other

    def _light(self, now: float) -> Chunk:
        self._light_spell, self._light_until = self._next(self._light_spell, self._light_until, now, _LIGHT_SPELLS)
        n = 25
        t = now - 1.0 + np.arange(1, n + 1) / n - _REACH_S
        pulses = [np.exp(-0.5 * ((t - beat - 0.3) / 0.1) ** 2) for beat in self._beats]
        light = 1000.0 - 100.0 * np.sum(pulses, axis=0) if pulses else np.full(n, 1000.0)
        some = self._chance.random(n) < 0.05
        values = {
            "noise": 1000.0 + 100.0 * self._chance.standard_normal(n),
            "flat": np.full(n, 1000.0),
            "nonsense": self._chance.choice([np.nan, np.inf, 1e300], n),
        }.get(self._light_spell, light)
        match self._light_spell:
            case "silent":
                t, values = t[:0], values[:0]
            case "twice":
                t, values = np.repeat(t, 2), np.repeat(values, 2)
            case "running back":
                t = t - 3.0 * some
        return Chunk(Modality.PPG, read_only(t), read_only(values), now, _BAND)

    def _next(self, spell: str, until: float, now: float, spells: tuple[str, ...]) -> tuple[str, float]:
        """Give what is wrong throughout now, and until when."""
        if now < until:
            return spell, until
        if self._chance.random() < self._often:
            return str(self._chance.choice(spells)), now + float(self._chance.exponential(15.0))
        return "", 0.0


def _waves(t: FloatArray, beats: deque[float]) -> FloatArray:
    total = np.zeros(len(t))
    for beat in beats:
        if t[0] - 1.0 < beat < t[-1] + 1.0:
            for when, width, height in _WAVES_S_MV:
                total += height * np.exp(-0.5 * ((t - beat - when) / width) ** 2)
    return total
