# SPDX-License-Identifier: MIT
"""Is a state ever shown from a bad signal, and one from a good signal? The generator shares no code with the rules.

A person rests, soundly, and then goes on with sound spells between bad ones. In a bad spell everything that a sensor
says is wrong in one way. A second counts against us when a state is shown to which a sensor contributes that has been
bad for so long that its window must tell: 10 s, and 35 s for a counter that hangs, since half a minute of equal
intervals is what gives it away. In half of the spells wrong intervals follow one another, as a strap sends them; in the
other half they come at the times of the true beats.

`python -m benchmarks.arousal.bad_signal [EVALUATIONS [FIRST_SEED]]` prints the table.
"""

import math
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from benchmarks.arousal.made_up import rest
from benchmarks.figure import Figure, table
from dsp.codes import Modality, Zone
from dsp.pipeline import Pipeline
from dsp.stream import ArousalState, Chunk, Item, Tick, read_only

Sample = tuple[float, float]
Way = Callable[[random.Random, float, float], list[Sample]]

HEART, SKIN = "heart", "skin"
_GRACE_S, _HUNG_S = 10.0, 35.0
_REST_S, _SESSION_S = 220, 4000
_SOUND_S, _BAD_S = (40.0, 120.0), (60.0, 240.0)
_FULL_S = 60.0  # after a bad spell, until a sound signal has filled every window again
_EDA_HZ = 4
_INTERVAL_MS = (200.0, 10_000.0)  # what can follow on another

HEART_WAYS: dict[str, Way] = {
    "strap off": lambda chance, t, rr: [],
    "counter hangs": lambda chance, t, rr: [(t, 800.0)],
    "noise": lambda chance, t, rr: [(t, chance.uniform(300.0, 1800.0))],
    "anything": lambda chance, t, rr: [(t, chance.choice((math.nan, math.inf, -1.0, 0.0, 1e9, 40.0, 9000.0)))],
    "half of the beats missed": lambda chance, t, rr: [(t, rr * chance.choice((1.0, 2.0, 2.0, 3.0)))],
    "each beat seen twice": lambda chance, t, rr: [
        (t - rr * (1.0 - (share := chance.uniform(0.2, 0.8))) / 1000.0, rr * share),
        (t, rr * (1.0 - share)),
    ],
    "scattered": lambda chance, t, rr: [(t, rr * chance.uniform(0.55, 1.6))],
    "no beat for 7 s, then one": lambda chance, t, rr: [(t, rr)] if t % 8.0 < rr / 1000.0 else [],
}
SKIN_WAYS: dict[str, Way] = {
    "electrode off": lambda chance, t, level: [(t, chance.uniform(0.0, 0.02))],
    "rail": lambda chance, t, level: [(t, 100.0)],
    "not a number": lambda chance, t, level: [(t, math.nan)],
    "noise": lambda chance, t, level: [(t, level + chance.gauss(0.0, 2.0))],
    "steps": lambda chance, t, level: [(t, level + chance.choice((0.0, 3.0, -3.0)))],
    "silent": lambda chance, t, level: [],
}


@dataclass(slots=True)
class _Spell:
    """What is the matter with one sensor, since when and until when; "" is nothing."""

    way: str = ""
    since_s: float = 0.0
    until_s: float = float(_REST_S)
    follows: bool = False  # the wrong intervals follow one another

    def renew(self, chance: random.Random, t: float, ways: dict[str, Way]) -> None:
        if t < self.until_s:
            return
        self.way = chance.choice(tuple(ways)) if not self.way else ""
        self.since_s = t
        self.follows = chance.random() < 0.5
        self.until_s = t + chance.uniform(*(_BAD_S if self.way else _SOUND_S))

    def is_bad_at(self, t: float) -> bool:
        grace_s = _HUNG_S if self.way == "counter hangs" else _GRACE_S
        return bool(self.way) and t - self.since_s > grace_s


class Person:
    """A person whose strap and electrodes go bad at times; either may be missing."""

    def __init__(self, seed: int) -> None:
        self.chance = chance = random.Random(seed)  # noqa: S311  # not for secrets
        has = chance.choice(((True, False), (False, True), (True, True)))
        self.heart = _Spell() if has[0] else None
        self.skin = _Spell() if has[1] else None
        self._bpm, self._breath_hz = chance.uniform(52.0, 95.0), chance.uniform(0.12, 0.3)
        self._due_s, self._level = 0.5, chance.uniform(1.0, 12.0)
        self._size, self._onset_s = 0.0, 0.0

    def second(self, t: float) -> Iterator[Item]:
        if self.heart is not None:
            self.heart.renew(self.chance, t - 1.0, HEART_WAYS)
            yield from _chunk(Modality.RR, self._beats(t, self.heart), t, "strap")
        if self.skin is not None:
            self.skin.renew(self.chance, t - 1.0, SKIN_WAYS)
            yield from _chunk(Modality.EDA, self._conductance(t, self.skin.way), t, "electrodes")

    def _beats(self, t: float, spell: _Spell) -> list[Sample]:
        way, samples = spell.way, list[Sample]()
        while self._due_s <= t:
            swing = 3.0 * math.sin(2.0 * math.pi * self._breath_hz * self._due_s)
            rr_ms = 60_000.0 / (self._bpm + swing) + self.chance.gauss(0.0, 12.0)
            told = HEART_WAYS[way](self.chance, self._due_s, rr_ms) if way else [(self._due_s, rr_ms)]
            samples += told
            lasting_ms = sum(ms for _, ms in told if _INTERVAL_MS[0] < ms < _INTERVAL_MS[1]) if spell.follows else 0.0
            self._due_s += (lasting_ms or rr_ms) / 1000.0
        return samples

    def _conductance(self, t: float, way: str) -> list[Sample]:
        if self.chance.random() < 0.03:
            self._size, self._onset_s = self.chance.uniform(0.1, 0.5), t - 1.0
        samples: list[Sample] = []
        for k in range(1, _EDA_HZ + 1):
            at_s = t - 1.0 + k / _EDA_HZ
            since_s = at_s - self._onset_s
            response = 2.8 * self._size * (math.exp(-since_s / 2.0) - math.exp(-since_s / 0.75))
            level = self._level + response + self.chance.gauss(0.0, 0.003)
            samples += SKIN_WAYS[way](self.chance, at_s, level) if way else [(at_s, level)]
        return samples

    def bad(self, t: float) -> dict[str, str]:
        """Give what has been wrong for long enough, by sensor."""
        spells = {HEART: self.heart, SKIN: self.skin}
        return {name: spell.way for name, spell in spells.items() if spell is not None and spell.is_bad_at(t)}

    def is_sound(self, t: float) -> bool:
        """Tell whether all sensors have been sound for a minute."""
        spells = [spell for spell in (self.heart, self.skin) if spell is not None]
        return all(not spell.way and (spell.since_s == 0.0 or t - spell.since_s > _FULL_S) for spell in spells)


@dataclass(slots=True)
class Count:
    """What was seen: evaluations of bad signals, states shown from them by the way, sound seconds and known ones."""

    bad: int = 0
    shown: Counter[str] = field(default_factory=Counter)
    sound: int = 0
    known: int = 0


def watch(evaluations: int, *, first_seed: int = 0) -> Count:
    """Run people until so many seconds with a bad signal were judged."""
    count = Count()
    seed = first_seed
    while count.bad < evaluations:
        _live(Person(seed), count)
        seed += 1
    return count


def _live(person: Person, count: Count) -> None:
    pipeline = Pipeline()
    for command in rest(0.0, float(_REST_S)):
        if command.t == 0.0:
            pipeline.update(command)
    for second in range(1, _SESSION_S + 1):
        t = float(second)
        if second == _REST_S:
            pipeline.update(rest(0.0, t)[1])
        for item in person.second(t):
            pipeline.update(item)
        (state,) = pipeline.update(Tick(t)).states
        if second > _REST_S:
            _judge(state, person, count)


def _judge(state: ArousalState, person: Person, count: Count) -> None:
    is_shown = state.zone is not Zone.UNKNOWN
    bad = person.bad(state.t)
    count.bad += bool(bad)
    count.sound += person.is_sound(state.t)
    count.known += is_shown and person.is_sound(state.t)
    for sensor, way in bad.items():
        if is_shown and any((channel == "h") is (sensor == HEART) for channel in state.channels):
            count.shown[f"{sensor}: {way}"] += 1


def _chunk(modality: Modality, samples: list[Sample], arrival: float, source: str) -> Iterator[Chunk]:
    if samples:
        t, values = zip(*samples, strict=True)
        yield Chunk(modality, read_only(t), read_only(values), arrival, source)


def run(evaluations: int = 20_000, first_seed: int = 0) -> list[Figure]:
    count = watch(evaluations, first_seed=first_seed)
    shown = count.shown
    ways = "; ".join(f"{way} {n}" for way, n in shown.most_common())
    known = count.known / max(count.sound, 1)
    return [
        Figure(
            f"states from a bad signal, {count.bad} evaluations",
            f"{shown.total()}" + (f" ({ways})" if ways else ""),
            "0",
            shown.total() == 0,
        ),
        Figure(
            "a state on clean calibrated seconds", f"{100 * known:.1f} % of {count.sound}", ">= 95 %", known >= 0.95
        ),
    ]


if __name__ == "__main__":
    print(table(run(*(int(text) for text in sys.argv[1:3]))))
