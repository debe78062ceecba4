# SPDX-License-Identifier: MIT
import math
from dataclasses import make_dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.digest import Digest, canonical
from dsp.codes import Reason, Verdict
from dsp.plan import PacingPlan, Segment
from dsp.stream import Beat, Cue, Features, Frame, Gap, Measure, Tick
from tests.app.sources import rr

persons = st.sampled_from(["client", "partner"])
beats = st.builds(Beat, st.floats(0, 1e4), st.floats(300, 2000), st.sampled_from(Verdict), st.floats(0, 1e4), persons)
features = st.builds(Features, st.floats(0, 1e4), persons, hr_bpm=st.builds(Measure, st.floats(30, 240)))
values = st.lists(st.one_of(beats, features), max_size=30)


def digest_of(frames: list[Frame]) -> str:
    digest = Digest()
    for frame in frames:
        digest.put(frame)
    return digest.hexdigest()


def frame_of(value: Beat | Features, t: float = 0.0) -> Frame:
    return Frame(rr(t), beats=(value,)) if isinstance(value, Beat) else Frame(Tick(t), features=(value,))


@given(values)
def test_the_hash_does_not_depend_on_chunks_or_on_the_borders_of_frames(values: list[Beat | Features]) -> None:
    seen = tuple(value for value in values if isinstance(value, Beat))
    made = tuple(value for value in values if isinstance(value, Features))
    assert digest_of([frame_of(value, t) for t, value in enumerate(values)]) == digest_of(
        [Frame(Tick(9.0), features=made), Frame(rr(5.0)), Frame(rr(7.0), beats=seen)]
    )


@given(values, st.data())
def test_the_last_bit_of_any_number_changes_the_hash(values: list[Beat | Features], data: st.DataObject) -> None:
    beat = data.draw(beats)
    other = Beat(beat.t, math.nextafter(beat.rr_ms, math.inf), beat.verdict, beat.detected_t, beat.person)
    rest = [frame_of(value) for value in values]
    assert digest_of([*rest, frame_of(beat)]) != digest_of([*rest, frame_of(other)])


def test_the_order_within_a_type_and_person_counts() -> None:
    one, two = (Beat(t, 800.0, Verdict.NORMAL, t) for t in (1.0, 2.0))
    assert digest_of([frame_of(one), frame_of(two)]) != digest_of([frame_of(two), frame_of(one)])


def test_the_same_values_of_another_person_have_another_hash() -> None:
    mine, theirs = (Beat(1.0, 800.0, Verdict.NORMAL, 1.0, person) for person in ("client", "partner"))
    assert digest_of([frame_of(mine)]) != digest_of([frame_of(theirs)])


def test_a_recording_under_another_name_has_the_same_hash() -> None:
    gaps = [Gap(1.0, 2.0, Reason.BEATS_LOST, source) for source in ("file:a.csv", "file:b.csv")]
    one, other = (digest_of([Frame(gap, gaps=(gap,))]) for gap in gaps)
    assert one == other


def test_a_number_of_numpy_is_the_same_number() -> None:
    assert canonical(np.float64(0.1)) == canonical(0.1)


def test_plans_within_cues_are_hashed_to_their_last_segment() -> None:
    plans = [PacingPlan((Segment(0.0, period_s),)) for period_s in (10.0, math.nextafter(10.0, 11.0))]
    assert canonical(Cue(0.0, plan=plans[0])) != canonical(Cue(0.0, plan=plans[1]))


@pytest.mark.parametrize("value", [np.array([1.0]), {"a": 1}, object()])
def test_a_value_that_the_vocabulary_does_not_have_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical(value)


def test_a_field_that_a_later_version_adds_changes_no_hash_while_it_has_its_default() -> None:
    before = make_dataclass("Beat", [("t", float)], frozen=True)
    after = make_dataclass("Beat", [("t", float), ("gain", float, 1.0)], frozen=True)
    assert canonical(before(2.0)) == canonical(after(2.0))
    assert canonical(after(2.0)) != canonical(after(2.0, 1.5))
    assert canonical(make_dataclass("Beat", [("t", float, -0.0)])(0.0)) != canonical(before(-0.0))
