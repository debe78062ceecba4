# SPDX-License-Identifier: MIT
"""The closed-loop pacer in front of made-up people who follow it fully, faintly or not at all.

`python -m benchmarks.arousal.closed_loop` prints the table (some minutes).
"""

from benchmarks.arousal.pacer_people import Breather, cues_of
from benchmarks.figure import Figure, table
from dsp.codes import Adherence

_SEEDS = range(20)
_REACHED = 6.01


def run() -> list[Figure]:
    full = [_minutes_to_reach(Breather(8.0), seed) for seed in _SEEDS]
    in_time = sum(minutes is not None and 3.0 <= minutes <= 5.0 for minutes in full)
    told = ", ".join(
        "never" if minutes is None else f"{minutes:.1f}" for minutes in sorted(full, key=lambda m: m or 99)
    )
    figures = [Figure("14 to 6/min at full adherence, minutes", told, "4 +- 1", in_time == len(full))]
    for rsa_bpm in (1.0, 2.0, 3.0):
        reached = [_minutes_to_reach(Breather(rsa_bpm), seed) for seed in _SEEDS]
        share = sum(minutes is not None and minutes <= 10.0 for minutes in reached) / len(reached)
        figures.append(_share(f"followers with {rsa_bpm:g} bpm RSA: 6/min within 10 min", share, at_least=0.9))
    return [*figures, *_nobody_follows(), *_adherence()]


def _minutes_to_reach(person: Breather, seed: int) -> float | None:
    return next((t / 60.0 for t, cue in cues_of(person, seed) if (cue.breaths_per_min or 99.0) <= _REACHED), None)


def _nobody_follows() -> list[Figure]:
    reached = above = asked = 0
    for seed in _SEEDS:
        cues = [cue for _, cue in cues_of(Breather(8.0, follows=False), seed)]
        rates = [cue.breaths_per_min for cue in cues if cue.breaths_per_min is not None]
        reached += min(rates) <= _REACHED
        above += max(rates) > rates[0] + 1e-9
        asked += cues[-1].question is not None
    count = len(_SEEDS)
    return [
        Figure("nobody follows: the pace reached 6/min", f"{reached} of {count}", "0", reached == 0),
        Figure("nobody follows: the pace rose above its beginning", f"{above} of {count}", "0", above == 0),
        Figure("nobody follows: it went back twice and asked", f"{asked} of {count}", f"{count}", asked == count),
    ]


def _adherence() -> list[Figure]:
    accepted = _share_following(follows=False)
    followed = _share_following(follows=True)
    return [
        Figure("adherence accepted, nobody follows", f"{100 * accepted:.2f} %", "<= 1.5 %", accepted <= 0.015),
        _share("adherence accepted, followers with 8 bpm RSA", followed, at_least=0.7),
    ]


def _share_following(*, follows: bool) -> float:
    told = [
        cue.adherence
        for seed in _SEEDS
        for t, cue in cues_of(Breather(8.0, follows=follows), seed, by_hand=6.0)
        if t > 75.0  # six breaths, and the beats that settle them
    ]
    return sum(answer is Adherence.FOLLOWING for answer in told) / len(told)


def _share(name: str, share: float, *, at_least: float) -> Figure:
    return Figure(name, f"{100.0 * share:.1f} %", f">= {100.0 * at_least:.0f} %", share >= at_least)


if __name__ == "__main__":
    print(table(run()))
