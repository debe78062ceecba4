# SPDX-License-Identifier: MIT
"""The laws of the estimate, on people who are made up. `python -m benchmarks.arousal.laws` prints the table.

Calibrations are real ones on 200 s of rest; bounds are then set by hand, so that each law is tried at every width.
"""

from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean

from benchmarks.arousal.made_up import Course, Life, bounds, command, rest, run, states_of
from benchmarks.figure import Figure, table
from dsp.baseline import ArousalState, Baseline
from dsp.codes import Action, Zone
from dsp.stream import Command, Frame

UPPERS = (0.7, 1.25, 1.8)
ONSET_S, REST_S = 300.0, 200.0
SEEDS = range(5)

_HELD_S = 180.0
_KNOWN = 0.95


def change(base: float, by: float, begin_s: float, end_s: float) -> Course:
    """Give a course that is `by` higher from one second to another."""
    return lambda t: base + (by if begin_s <= t < end_s else 0.0)


def still(value: float) -> Course:
    return lambda t: value


def aroused(end_s: float, *, by_bpm: float = 15.0) -> Life:
    """Give a life of strap and skin, up from 300 s on: the rate, twice the level, and 6 responses a minute more."""
    return Life(
        bpm=change(65.0, by_bpm, ONSET_S, end_s),
        scl=change(4.0, 4.0, ONSET_S, end_s),
        scr_per_min=change(1.0, 6.0, ONSET_S, end_s),
        motion_mg=still(5.0),
    )


def channel_sets(by_bpm: float = 15.0) -> dict[str, Life]:
    """Give the same arousal as each set of sensors sees it."""
    whole = aroused(ONSET_S + _HELD_S, by_bpm=by_bpm)
    return {
        "strap": replace(whole, scl=None),
        "strap without acceleration": replace(whole, scl=None, motion_mg=None),
        "a device's own rate": replace(whole, scl=None, sends_beats=False),
        "skin": replace(whole, bpm=None),
        "strap and skin": whole,
        "rate and skin": replace(whole, sends_beats=False),
    }


def latency(frames: Sequence[Frame], zone: Zone = Zone.ABOVE, onset_s: float = ONSET_S) -> float | None:
    """Give the seconds from the onset to the first state of this zone; None where there is none."""
    found = [state.t for state in states_of(frames) if state.zone is zone and state.t >= onset_s]
    return found[0] - onset_s if found else None


def known_share(states: Sequence[ArousalState], from_s: float) -> float:
    """Give the share of seconds with a known state."""
    return fmean(state.zone is not Zone.UNKNOWN for state in states if state.t > from_s)


def at_width(life: Life, upper: float, *, seed: int, seconds: int = 480) -> list[Frame]:
    """Run a life after a rest, with bounds of this width."""
    return run(life, seconds, [*rest(0.0, REST_S), bounds(REST_S + 1.0, upper)], seed=seed)


def usual(m_bpm: float, age_days: int) -> Command:
    """Give an earlier session's calibration with the strap alone."""
    values = (("h_m", m_bpm), ("h_sigma", 3.0), ("h_n", 9.0), ("upper", 0.7), ("lower", -0.7), ("age_days", age_days))
    return command(0.0, Action.BASELINE, **dict(values))


def _known() -> list[Figure]:
    figures = []
    for spoiled in (0.0, 0.05):
        life = Life(bpm=still(65.0), spoiled=spoiled)
        shares = [known_share(states_of(run(life, 900, rest(0.0, REST_S), seed=seed)), REST_S) for seed in SEEDS]
        what = f"strap alone, {100 * spoiled:.0f} % of beats missed: known on"
        words = f"{100 * fmean(shares):.1f} % ({100 * min(shares):.1f} at least)"
        figures.append(Figure(what, words, ">= 95 %", fmean(shares) >= _KNOWN))
    return figures


def _entering() -> list[Figure]:
    figures = []
    for name, life in channel_sets().items():
        told = [latency(at_width(life, upper, seed=seed)) for upper in UPPERS for seed in SEEDS]
        found = [s for s in told if s is not None]
        slowest = f", after {max(found):.0f} s at most" if found else ""
        is_met = len(found) == len(told)
        figures.append(Figure(f"15 bpm for 3 min, {name}", f"{len(found)} of {len(told)}{slowest}", "all", is_met))
    return figures


def _not_entering() -> Figure:
    lives = [replace(life, scl=None) for life in (aroused(480.0, by_bpm=2.0),)]
    told = [latency(at_width(life, upper, seed=seed)) for life in lives for upper in UPPERS for seed in SEEDS]
    count = sum(s is not None for s in told)
    return Figure("2 bpm alone enters above", f"{count} of {len(told)}", "0", count == 0)


def _silent() -> list[Figure]:
    figures = []
    life = replace(channel_sets()["strap and skin"], scl=still(4.0), scr_per_min=still(1.0))
    flat_heart = replace(channel_sets()["strap and skin"], bpm=still(65.0))
    for upper in UPPERS:
        told = [latency(at_width(life, upper, seed=seed)) for seed in SEEDS]
        found = [s for s in told if s is not None]
        words = f"{len(found)} of {len(told)}" + (f", after {max(found):.0f} s at most" if found else "")
        figures.append(Figure(f"15 bpm, skin silent, U {upper}", words, "enters", len(found) == len(told)))
        told = [latency(at_width(flat_heart, upper, seed=seed)) for seed in SEEDS]
        count = sum(s is not None for s in told)
        figures.append(Figure(f"skin up, heart at rest, U {upper}", f"{count} of {len(told)} enter", ""))
    return figures


def slow_fall(seed: int) -> list[ArousalState]:
    """Give the states of an hour over which the rate falls by 6 bpm, with three earlier sessions."""
    earlier = [usual(70.0, age) for age in (9, 8, 7)]
    life = Life(bpm=lambda t: 70.0 - 6.0 * max(t - REST_S, 0.0) / 3600.0, motion_mg=still(5.0))
    return states_of(run(life, 3800, [*earlier, *rest(0.0, REST_S)], seed=seed))


def _falling() -> list[Figure]:
    below = sum(state.zone is Zone.BELOW for seed in SEEDS for state in slow_fall(seed))
    life = Life(bpm=change(70.0, -12.0, 600.0, 1e9), motion_mg=still(5.0))
    earlier = [usual(70.0, age) for age in (9, 8, 7)]
    told = [
        latency(run(life, 900, [*earlier, *rest(0.0, REST_S)], seed=seed), Zone.BELOW, onset_s=600.0) for seed in SEEDS
    ]
    found = [s for s in told if s is not None]
    return [
        Figure("-6 bpm over an hour, seconds below", f"{below}", "0", below == 0),
        Figure("-12 bpm at once enters below", f"{len(found)} of {len(told)}", ""),
    ]


def fidgeting(motion_mg: Course, *, has_skin: bool) -> Life:
    """Give a panic of 20 bpm with hands and trunk that do not rest."""
    whole = replace(aroused(1e9, by_bpm=20.0), motion_mg=motion_mg)
    return whole if has_skin else replace(whole, scl=None)


def _fidgeting() -> list[Figure]:
    figures = []
    kinds = {
        "60 mg": change(5.0, 55.0, ONSET_S, 1e9),
        "200 mg": change(5.0, 195.0, ONSET_S, 1e9),
        "200 mg for 4 s in 10": lambda t: 200.0 if t >= ONSET_S and t % 10.0 < 4.0 else 5.0,
    }
    for name, motion_mg in kinds.items():
        told = [latency(run(fidgeting(motion_mg, has_skin=True), 500, rest(0.0, REST_S), seed=seed)) for seed in SEEDS]
        slowest = max((s if s is not None else 1e9) for s in told)
        what = f"fidgeting at {name} with panic: above after"
        figures.append(Figure(what, f"{slowest:.0f} s at most", "<= 150 s", slowest <= 150.0))
    alone = [
        latency(run(fidgeting(kinds["200 mg"], has_skin=False), 500, rest(0.0, REST_S), seed=seed)) for seed in SEEDS
    ]
    count = sum(s is not None for s in alone)
    figures.append(Figure("the same without skin: told at all", f"{count} of {len(alone)} (moving)", ""))
    return figures


def third_session(seed: int) -> float:
    """Give the share of calm minutes that read below in the third session, after a first rest of +12 bpm."""
    earlier: list[Baseline] = []
    share = 0.0
    for session in range(3):
        life = Life(bpm=change(72.0, 12.0 if session == 0 else 0.0, 0.0, REST_S), motion_mg=still(5.0))
        told = [replace(one, age_days=session - i) for i, one in enumerate(earlier)]
        commands = [command(0.0, Action.BASELINE, **dict(one.to_values())) for one in told]
        frames = run(life, 900, [*commands, *rest(0.0, REST_S)], seed=10 * seed + session)
        earlier += [baseline for frame in frames for baseline in frame.baselines]
        states = [state for state in states_of(frames) if state.t > REST_S + 60.0]
        share = fmean(state.zone is Zone.BELOW for state in states)
    return share


def plateau(life: Life, seed: int) -> float:
    """Give the share of a plateau of 20 min that reads above."""
    states = states_of(run(life, 1500, rest(0.0, REST_S), seed=seed))
    return fmean(state.zone is Zone.ABOVE for state in states if state.t > ONSET_S)


def _lasting() -> list[Figure]:
    share = max(third_session(seed) for seed in SEEDS)
    whole = aroused(1e9)
    lives = {"strap": replace(whole, scl=None), "skin": replace(whole, bpm=None), "both": whole}
    least = {name: min(plateau(life, seed) for seed in range(2)) for name, life in lives.items()}
    words = ", ".join(f"{name} {100 * value:.0f} %" for name, value in least.items())
    return [
        Figure("first rest +12 bpm: calm minutes below, session 3", f"{100 * share:.1f} %", "<= 5 %", share <= 0.05),
        Figure("a plateau of 20 min stays above", words, ">= 80 %", min(least.values()) >= 0.8),
    ]


def run_all() -> list[Figure]:
    return [*_known(), *_entering(), _not_entering(), *_silent(), *_falling(), *_fidgeting(), *_lasting()]


if __name__ == "__main__":
    print(table(run_all()))
