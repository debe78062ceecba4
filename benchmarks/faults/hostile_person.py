# SPDX-License-Identifier: MIT
"""A made-up person whose sensors go wrong in every way we know of; it shares no code with what judges signals.

Each second gives what the sensors send in it: mostly sound, with lone faults among the beats and, at times, some
seconds in which one thing is wrong throughout. How often is drawn for each person, so that many windows lie about the
limit between fit and unfit. Nothing is promised of the items but their types: times repeat, run back and lie ahead.
"""

import math
import random
from collections.abc import Callable, Iterator

from benchmarks.faults.hostile_waves import HostileWaves
from dsp.codes import Modality, Reason
from dsp.stream import Chunk, Gap, Item, read_only

Sample = tuple[float, float]  # seconds, and what a strap or an electrode says
Way = Callable[[random.Random, float, float], list[Sample]]

_SOURCE = "strap"
_NONSENSE = (math.nan, math.inf, -math.inf, 0.0, -800.0, 1e-300, 1e300, 0.001, 65535.0)
_CONSTANT_MS = 790.0
_RAILS = (0.0, 100.0, -1.0, math.nan, math.inf)
_DAY_S = 86_400.0
_EDA_HZ, _ACC_HZ = 4, 8

_BEAT_WAYS: dict[str, Way] = {
    "missed": lambda chance, t, rr: [] if chance.random() < 0.5 else [(t, 2.0 * rr)],
    "halved": lambda chance, t, rr: [(t - rr / 2000.0, rr / 2.0), (t, rr / 2.0)],
    "cut": lambda chance, t, rr: [(t - rr * (1.0 - (x := chance.random())) / 1000.0, rr * x), (t, rr * (1.0 - x))],
    "early": lambda chance, t, rr: [(t - 0.3 * rr / 1000.0, 0.7 * rr)],
    "noisy": lambda chance, t, rr: [(t, rr * chance.uniform(0.5, 1.8))],
    "any": lambda chance, t, rr: [(t, chance.uniform(50.0, 5000.0))],
    "nonsense": lambda chance, t, rr: [(t, chance.choice(_NONSENSE))],
    "constant": lambda chance, t, rr: [(t, _CONSTANT_MS)],
    "twice": lambda chance, t, rr: [(t, rr), (t, rr)],
    "crowded": lambda chance, t, rr: [(t + k * 0.002, rr) for k in range(chance.randrange(2, 30))],
    "running back": lambda chance, t, rr: [(t - chance.uniform(0.0, 20.0), rr)],
    "ahead": lambda chance, t, rr: [(t + chance.uniform(0.0, 40.0), rr)] if chance.random() < 0.05 else [(t, rr)],
    "without a time": lambda chance, t, rr: [(chance.choice(_NONSENSE[:3]), rr)],
    "silent": lambda chance, t, rr: [],
}
_SKIN_WAYS: dict[str, Way] = {
    "rail": lambda chance, t, level: [(t, 100.0)],
    "off": lambda chance, t, level: [(t, chance.uniform(0.0, 0.02))],
    "nonsense": lambda chance, t, level: [(t, chance.choice(_RAILS))],
    "steps": lambda chance, t, level: [(t, level + chance.choice((0.0, 3.0, -3.0)))],
    "noisy": lambda chance, t, level: [(t, level + chance.gauss(0.0, 2.0))],
    "still": lambda chance, t, level: [(t, 4.0)],
    "twice": lambda chance, t, level: [(t, level), (t, level)],
    "running back": lambda chance, t, level: [(t - chance.uniform(0.0, 5.0), level)],
    "silent": lambda chance, t, level: [],
}
_LONE = ("missed", "halved", "cut", "early", "noisy", "any", "nonsense")


class HostilePerson:
    """Give a person's items second by second.

    Parameters
    ----------
    seed : int
        Of everything that happens.

    Attributes
    ----------
    waves : HostileWaves
        The person's ECG and light, where there are any.
    """

    def __init__(self, seed: int) -> None:
        self._chance = chance = random.Random(seed)  # noqa: S311  # not for secrets
        self.now = chance.choice((0.0, 1000.0 * chance.random(), 1e6))
        self._lone = chance.choice((0.0, 0.01, 0.02, 0.04, 0.06, 0.3))  # of the beats
        self._spells = chance.choice((0.0, 0.005, 0.02, 0.1))  # that begin in a second
        self._scatter = chance.choice((0.0, 0.0, 0.0, 0.0, 0.25))  # of the intervals
        self._has_rate, self._has_skin = chance.random() < 0.5, chance.random() < 0.5
        self._mean_ms = chance.uniform(420.0, 1300.0)
        self._rsa_ms, self._breath_hz = chance.uniform(0.0, 90.0), chance.uniform(0.07, 0.4)
        self._due_t, self._due_ms = self.now, self._mean_ms
        self._level = chance.uniform(0.3, 20.0)
        self._heart_spell, self._skin_spell = ("", 0.0), ("", 0.0)
        self.waves = HostileWaves(seed)
        self._counts_beats = not self.waves.has_ecg or seed % 2 == 0

    def second(self) -> Iterator[Item]:
        """Go on by one second (seldom by a day), and give what came in it."""
        chance, before = self._chance, self.now
        self.now += 1.0
        if chance.random() < 0.0003:
            self.now += _DAY_S
            self._due_t = self.now
            if chance.random() < 0.5:
                yield Gap(before, self.now, Reason.SUSPENDED, "clock")
        beats = list(self._heart())
        if self._counts_beats:
            yield from beats
        yield from self.waves.second(self.now)
        if self._has_rate and self._counts_beats and self._heart_spell[0] != "silent":
            yield self._chunk(Modality.HR, [(self.now, self._rate())])
        if self._has_skin:
            yield self._chunk(Modality.EDA, self._skin())
            yield self._motion()

    def _heart(self) -> Iterator[Item]:
        samples: list[Sample] = []
        was = self._heart_spell[0]
        way = self._spell_of_the_heart()
        while self._due_t <= self.now:
            t, rr_ms = self._due_t, self._due_ms
            self.waves.beat(t)
            kind = self._chance.choice(_LONE) if self._chance.random() < self._lone else way
            samples += _BEAT_WAYS[kind](self._chance, t, rr_ms) if kind else [(t, rr_ms)]
            self._due_ms = self._interval_ms()
            self._due_t += self._due_ms / 1000.0
        if was == "silent" and way != was and self._chance.random() < 0.5:
            yield Gap(self.now - 2.0, self.now, Reason.LINK_LOST, _SOURCE, modality=Modality.RR)
        if samples:
            yield self._chunk(Modality.RR, samples)

    def _interval_ms(self) -> float:
        self._mean_ms = min(max(self._mean_ms + self._chance.gauss(0.0, 6.0), 380.0), 1500.0)
        breath = self._rsa_ms * math.sin(2.0 * math.pi * self._breath_hz * self._due_t)
        return (self._mean_ms + breath) * (1.0 + self._chance.uniform(-1.0, 1.0) * (self._scatter + 0.015))

    def _rate(self) -> float:
        if self._heart_spell[0] in ("nonsense", "any"):
            return self._chance.choice(_NONSENSE)
        return round(60_000.0 / self._mean_ms)

    def _skin(self) -> list[Sample]:
        chance, way, samples = self._chance, self._spell_of_the_skin(), list[Sample]()
        for k in range(1, _EDA_HZ + 1):
            rise = chance.uniform(0.05, 1.0) if chance.random() < 0.01 else 0.0
            self._level = max(self._level + rise + chance.gauss(-0.003, 0.01), 0.1)
            t = self.now - 1.0 + k / _EDA_HZ
            samples += _SKIN_WAYS[way](chance, t, self._level) if way else [(t, self._level)]
        return samples

    def _motion(self) -> Chunk:
        sd_mg = 400.0 if self._chance.random() < 0.05 else 5.0
        times = [self.now - 1.0 + k / _ACC_HZ for k in range(1, _ACC_HZ + 1)]
        axes = [[self._chance.gauss(g, sd_mg) for g in (0.0, 0.0, 1000.0)] for _ in times]
        if self._chance.random() < 0.02:
            axes[0][self._chance.randrange(3)] = self._chance.choice(_NONSENSE)
        return Chunk(Modality.ACC, read_only(times), read_only(axes), self.now, _SOURCE)

    def _spell_of_the_heart(self) -> str:
        self._heart_spell = self._spell(self._heart_spell, tuple(_BEAT_WAYS))
        return self._heart_spell[0]

    def _spell_of_the_skin(self) -> str:
        self._skin_spell = self._spell(self._skin_spell, tuple(_SKIN_WAYS))
        return self._skin_spell[0]

    def _spell(self, spell: tuple[str, float], ways: tuple[str, ...]) -> tuple[str, float]:
        """Give what is wrong throughout now, and until when."""
        if self.now < spell[1]:
            return spell
        if self._chance.random() < self._spells:
            return self._chance.choice(ways), self.now + self._chance.expovariate(0.15)
        return "", 0.0

    def _chunk(self, modality: Modality, samples: list[Sample]) -> Chunk:
        t, values = zip(*samples, strict=True) if samples else ((), ())
        return Chunk(modality, read_only(t), read_only(values), self.now, _SOURCE)
