# SPDX-License-Identifier: MIT
import asyncio
import math
from contextlib import aclosing
from itertools import pairwise

import numpy as np
import pytest

from dsp.codes import CueKind, Modality, NoticeCode, SourceState
from dsp.plan import PacingPlan, Segment
from dsp.stream import Chunk, Cue, Item, Notice, Status
from sensors.made_up.script import ACTIVATED, CALM, QUIET, Conditions, Stretch
from sensors.synthetic import SyntheticPerson
from tests.sensors.reading import chunks_of, joined, taken, told, until
from tests.virtual_time import run_virtual


def always(conditions: Conditions) -> tuple[Stretch, ...]:
    return (Stretch(3600.0, conditions),)


def lived(person: SyntheticPerson, seconds: float) -> list[Item]:
    return run_virtual(taken(person, until(seconds + 0.5)))


def paced(person: SyntheticPerson, per_min: float, seconds: float) -> list[Item]:
    """Show a steady pacer from the first item on."""

    async def read() -> list[Item]:
        found: list[Item] = []
        async with aclosing(person.items()) as items:
            async for item in items:
                if not found:
                    person.see(Cue(0.0, kind=CueKind.BREATH, plan=PacingPlan((Segment(0.0, 60.0 / per_min),))))
                found.append(item)
                if isinstance(item, Chunk) and item.arrival > seconds:
                    return found
        raise AssertionError("the person never ends")

    return run_virtual(read())


def rmssd_ms(items: list[Item]) -> float:
    return float(np.sqrt(np.mean(np.diff(joined(items, Modality.RR)[1]) ** 2)))


def answer_to_pacer(items: list[Item], per_min: float, *, after_s: float = 60.0) -> complex:
    """Demodulate the heart rate against the pacer: half its swing, and its lag."""
    t, rr_ms = joined(items, Modality.RR)
    t, hr_bpm = t[t > after_s], 60000.0 / rr_ms[t > after_s]
    return complex(2 * np.mean((hr_bpm - hr_bpm.mean()) * np.exp(-2j * np.pi * t * per_min / 60.0)))


def test_the_person_is_said_to_be_made_up_before_anything_else() -> None:
    first, second = lived(SyntheticPerson(7, person="partner", start_s=50.0), 51.0)[:2]
    assert first == Notice(50.0, NoticeCode.SYNTHETIC, "demo:7", "partner")
    assert second == Status(50.0, "demo:7", SourceState.STREAMING, "partner")


def test_the_same_seed_gives_the_same_person_to_the_last_bit() -> None:
    assert told(lived(SyntheticPerson(3), 60)) == told(lived(SyntheticPerson(3), 60))
    assert told(paced(SyntheticPerson(3), 6, 60)) == told(paced(SyntheticPerson(3), 6, 60))
    assert told(lived(SyntheticPerson(3), 60)) != told(lived(SyntheticPerson(4), 60))


def test_what_was_seen_before_does_not_count_when_opened_again() -> None:
    person = SyntheticPerson(3)
    fresh = told(lived(person, 60))
    paced(person, 6, 60)
    assert told(lived(person, 60)) == fresh


def test_a_paced_breath_does_not_change_the_skin() -> None:
    free, slow = lived(SyntheticPerson(3), 60), paced(SyntheticPerson(3), 6, 60)
    assert told(chunks_of(free, Modality.EDA)[:59]) == told(chunks_of(slow, Modality.EDA)[:59])
    assert rmssd_ms(free) != rmssd_ms(slow)


@pytest.mark.parametrize("start_s", [0.0, 12.3, 1e6 + 0.2, -3.5])
def test_packets_come_at_whole_seconds_and_hold_what_the_second_brought(start_s: float) -> None:
    chunks = [item for item in lived(SyntheticPerson(1, start_s=start_s), start_s + 30) if isinstance(item, Chunk)]
    assert all(c.arrival == math.ceil(c.t[0]) == math.ceil(c.t[-1]) for c in chunks)
    assert all(a.arrival <= b.arrival for a, b in pairwise(chunks))


def test_each_beat_is_its_interval_after_the_one_before_on_the_straps_clock() -> None:
    t, rr_ms = joined(lived(SyntheticPerson(1), 300), Modality.RR)
    assert (np.diff(t) * 1000).tolist() == rr_ms[1:].tolist()
    assert np.all(rr_ms * 1.024 == np.round(rr_ms * 1.024))


def test_packets_carry_no_interval_one_and_two() -> None:
    items = lived(SyntheticPerson(1), 600)
    packets = [c.device_stamp for c in chunks_of(items, Modality.HR)]
    counts = {c.device_stamp: len(c.t) for c in chunks_of(items, Modality.RR)}
    assert {counts.get(packet, 0) for packet in packets} >= {0, 1, 2}


def test_samples_come_at_the_rates_of_their_sensors() -> None:
    items = lived(SyntheticPerson(1), 60)
    rates_hz = {Modality.HR: 1, Modality.EDA: 4, Modality.ACC: 25, Modality.RESP: 25, Modality.ECG: 130}
    for modality, rate_hz in rates_hz.items():
        t, _ = joined(items, modality)
        np.testing.assert_allclose(np.diff(t), 1 / rate_hz)


def test_the_belt_and_the_heart_breathe_together() -> None:
    items = paced(SyntheticPerson(1, script=always(CALM), adherence=1.0), 6, 120)
    resp_t, resp = joined(items, Modality.RESP)
    beat_t, rr_ms = joined(items, Modality.RR)
    late = beat_t > 60
    assert np.corrcoef(np.interp(beat_t[late], resp_t, resp), -rr_ms[late])[0, 1] > 0.5
    assert -0.1 < resp.min() < 0.1
    assert 0.9 < resp.max() < 1.1


@pytest.mark.parametrize(
    ("conditions", "hr_bpm", "rmssd"),
    [(CALM, (59, 69), (32, 50)), (ACTIVATED, (85, 95), (7, 15)), (QUIET, (52, 62), (38, 65))],
    ids=["calm", "activated", "quiet"],
)
def test_the_heart_has_textbook_sizes(
    conditions: Conditions, hr_bpm: tuple[float, float], rmssd: tuple[float, float]
) -> None:
    people = [lived(SyntheticPerson(seed, script=always(conditions)), 300) for seed in range(5)]
    rates = [60000.0 / joined(items, Modality.RR)[1].mean() for items in people]
    assert hr_bpm[0] < np.mean(rates) < hr_bpm[1]
    assert rmssd[0] < np.mean([rmssd_ms(items) for items in people]) < rmssd[1]


def test_the_straps_own_rate_is_that_of_its_intervals() -> None:
    items = lived(SyntheticPerson(2), 600)
    t, stated_bpm = joined(items, Modality.HR)
    beat_t, rr_ms = joined(items, Modality.RR)
    minutes = [
        (np.mean(stated_bpm[k : k + 60]), 60000 / rr_ms[(beat_t > k) & (beat_t <= k + 60)].mean())
        for k in range(0, len(t) - 60, 60)
    ]
    assert all(abs(stated - counted) < 2.5 for stated, counted in minutes)


def test_the_heart_swings_more_the_nearer_the_breath_comes_to_its_resonance() -> None:
    person = SyntheticPerson(1, script=always(CALM), adherence=1.0)
    swings = [abs(answer_to_pacer(paced(person, per_min, 300), per_min)) for per_min in (15, 10, 6)]
    assert swings[0] < swings[1] < swings[2]
    assert 8.0 < 2 * swings[2] < 16.0  # bpm, peak to trough


def test_who_does_not_adhere_does_not_answer_the_pacer() -> None:
    follows = SyntheticPerson(1, script=always(CALM), adherence=1.0)
    ignores = SyntheticPerson(1, script=always(CALM), adherence=0.0)
    assert abs(answer_to_pacer(paced(follows, 6, 300), 6)) > 4.0
    assert abs(answer_to_pacer(paced(ignores, 6, 300), 6)) < 1.0


def test_the_skin_answers_more_often_and_stands_higher_when_activated() -> None:
    calm = joined(lived(SyntheticPerson(1, script=always(CALM)), 600), Modality.EDA)[1]
    activated = joined(lived(SyntheticPerson(1, script=always(ACTIVATED)), 600), Modality.EDA)[1]
    assert np.median(activated) > 1.4 * np.median(calm)
    assert _rises(activated) > 2 * _rises(calm) > 0
    assert np.all((calm > 0.05) & (calm < 60.0))


def test_the_default_script_goes_up_and_down_and_begins_again() -> None:
    t, rr_ms = joined(lived(SyntheticPerson(1), 1200), Modality.RR)

    def rate_bpm(start_s: float, end_s: float) -> float:
        return float(60000.0 / rr_ms[(t > start_s) & (t <= end_s)].mean())

    calm, activated, again, quiet = (rate_bpm(*span) for span in ((60, 180), (220, 300), (340, 480), (520, 600)))
    assert activated > calm + 15
    assert quiet < again < activated - 15
    assert rate_bpm(820, 900) > calm + 15


def test_a_long_life_shares_the_event_loop() -> None:
    async def interrupt() -> int:
        turns = 0

        async def count() -> None:
            nonlocal turns
            while True:
                turns += 1
                await asyncio.sleep(0)

        other = asyncio.create_task(count())
        await taken(SyntheticPerson(1), until(100))
        other.cancel()
        return turns

    assert run_virtual(interrupt()) >= 100


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"seed": -1}, "seed must be 0 or more, not -1"),
        ({"adherence": 1.5}, "adherence must be 0 to 1, not 1.5"),
        ({"start_s": math.inf}, "start_s must be finite, not inf"),
        ({"script": ()}, "script must have at least 1 stretch, not 0"),
    ],
)
def test_what_cannot_be_is_refused_by_its_rule(wrong: dict[str, object], rule: str) -> None:
    with pytest.raises(ValueError, match=rule):
        SyntheticPerson(**wrong)  # type: ignore[arg-type]  # each row of the table is wrong on purpose


def _rises(eda: np.ndarray[tuple[int], np.dtype[np.float64]]) -> int:
    """Count the times that conductance rises by 0.05 microsiemens within a second."""
    fast = eda[4:] - eda[:-4] > 0.05
    return int(np.count_nonzero(fast[1:] & ~fast[:-1]))
