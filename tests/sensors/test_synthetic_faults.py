# SPDX-License-Identifier: MIT
import numpy as np
import pytest

from dsp.codes import Modality, NoticeCode, Reason, SourceState
from dsp.stream import Chunk, FloatArray, Gap, Item, Notice, Status
from sensors.made_up.faults import Faults, Span
from sensors.made_up.script import CALM, Stretch
from sensors.synthetic import SyntheticPerson
from tests.sensors.reading import chunks_of, joined, taken, told, until
from tests.virtual_time import run_virtual

CALM_ALWAYS = (Stretch(3600.0, CALM),)


def lived(faults: Faults, seconds: float = 60.0, *, start_s: float = 0.0) -> list[Item]:
    person = SyntheticPerson(5, script=CALM_ALWAYS, faults=faults, start_s=start_s)
    return run_virtual(taken(person, until(start_s + seconds + 0.5)))


def ratios(faults: Faults) -> FloatArray:
    """Give each interval as a share of the median of the nine about it, over 20 min."""
    rr_ms = joined(lived(faults, 1200.0), Modality.RR)[1]
    usual = np.median(np.lib.stride_tricks.sliding_window_view(rr_ms, 9), axis=1)
    share: FloatArray = rr_ms[4:-4] / usual
    return share


def states(items: list[Item]) -> list[tuple[float, SourceState, Reason | None]]:
    return [(item.t, item.state, item.reason) for item in items if isinstance(item, Status)]


def test_a_faultless_person_has_no_odd_intervals() -> None:
    share = ratios(Faults())
    assert np.all((share > 0.75) & (share < 1.3))


def test_premature_beats_come_early_and_are_followed_by_a_pause() -> None:
    share = ratios(Faults(ectopic_per_min=2.0))
    early = np.flatnonzero(share[:-1] < 0.75)
    assert 25 <= len(early) <= 60  # 40 expected in 20 min
    assert np.median(share[early]) == pytest.approx(0.65, abs=0.05)
    assert np.median(share[early + 1]) == pytest.approx(1.35, abs=0.05)


def test_a_missed_beat_doubles_an_interval() -> None:
    share = ratios(Faults(missed_per_min=2.0))
    assert 25 <= np.count_nonzero(share > 1.7) <= 60
    assert not np.any(share < 0.75)


def test_an_extra_beat_splits_an_interval() -> None:
    share = ratios(Faults(extra_per_min=2.0))
    split = np.flatnonzero(share[:-1] + share[1:] < 1.25)
    assert 25 <= len(split) <= 60
    np.testing.assert_allclose(share[split] + share[split + 1], 1.0, atol=0.25)


def test_a_lost_link_says_so_and_marks_what_is_missing_when_it_returns() -> None:
    items = lived(Faults(dropouts=(Span(20.0, 5.0),)))
    assert states(items) == [
        (0.0, SourceState.STREAMING, None),
        (20.0, SourceState.RECONNECTING, Reason.LINK_LOST),
        (25.0, SourceState.STREAMING, None),
    ]
    gaps = [item for item in items if isinstance(item, Gap)]
    assert gaps == [Gap(20.0, 25.0, Reason.LINK_LOST, "demo:5")]
    where = items.index(gaps[0])
    before = [item for item in items[:where] if isinstance(item, Chunk)]
    after = [item for item in items[where:] if isinstance(item, Chunk)]
    assert all(c.t[-1] <= 20.0 for c in before)
    assert all(c.t[0] > 25.0 for c in after)


def test_a_lost_link_changes_nothing_of_what_gets_through() -> None:
    whole = told([item for item in lived(Faults()) if isinstance(item, Chunk)])
    torn = told([item for item in lived(Faults(dropouts=(Span(20.0, 5.0),))) if isinstance(item, Chunk)])
    assert torn == [line for line in whole if line in set(torn)]
    assert len(torn) < len(whole)


def test_a_strap_off_the_skin_sends_on_without_beats() -> None:
    items = lived(Faults(contact_lost=(Span(20.0, 5.0),)))
    contact = [(item.t, item.values) for item in items if isinstance(item, Notice) and item.code is NoticeCode.CONTACT]
    assert contact == [(20.0, (("on", False),)), (25.0, (("on", True),))]
    assert [item for item in items if isinstance(item, Gap)] == [
        Gap(20.0, 25.0, Reason.NO_CONTACT, "demo:5", modality=Modality.RR)
    ]
    t, _ = joined(items, Modality.RR)
    assert not np.any((t > 20.0) & (t <= 25.0))
    assert len(states(items)) == 1
    np.testing.assert_allclose(np.diff(joined(items, Modality.ACC)[0]), 0.04)


def test_motion_shakes_the_chest() -> None:
    t, acc_mg = joined(lived(Faults(motion=(Span(20.0, 5.0),))), Modality.ACC)
    size_mg = np.linalg.norm(acc_mg, axis=1)
    moving = (t > 20.0) & (t <= 25.0)
    assert size_mg[moving].std() > 150.0
    assert size_mg[~moving].std() < 15.0


def test_spans_count_from_the_persons_begin_and_cost_whole_seconds() -> None:
    items = lived(Faults(dropouts=(Span(20.5, 1.0),)), start_s=100.0)
    assert [(item.start_s, item.end_s) for item in items if isinstance(item, Gap)] == [(120.0, 122.0)]


def test_a_link_that_is_lost_at_once_and_twice_marks_each_time() -> None:
    items = lived(Faults(dropouts=(Span(0.0, 3.0), Span(10.0, 2.0))))
    assert [(item.start_s, item.end_s) for item in items if isinstance(item, Gap)] == [(0.0, 3.0), (10.0, 12.0)]
    assert len(chunks_of(items, Modality.HR)) == 61 - 5


@pytest.mark.parametrize("rate", [-0.1, 21.0, float("nan")])
def test_rates_of_faults_are_0_to_20_a_minute(rate: float) -> None:
    with pytest.raises(ValueError, match="ectopic_per_min must be 0 to 20"):
        Faults(ectopic_per_min=rate)


@pytest.mark.parametrize("duration_s", [0.0, -1.0, float("nan"), float("inf")])
def test_a_span_lasts(duration_s: float) -> None:
    with pytest.raises(ValueError, match="a span must be finite and longer than 0 s"):
        Span(0.0, duration_s)
