# SPDX-License-Identifier: MIT
import itertools
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.codes import Modality, Reason, SourceState
from dsp.stream import Chunk, Gap, Status
from sensors.replay import Recording
from tests.sensors.reading import chunks_of, items_of, joined, shared_data, told, written
from tests.virtual_time import run_virtual

RR_MS = [812.0, 790.5, 1023.25, 655.0, 980.0, 870.0]


def test_beats_of_an_rr_list_end_at_the_sums_of_its_intervals(tmp_path: Path) -> None:
    t, rr_ms = joined(items_of(written(tmp_path / "rr.txt", "\n".join(map(str, RR_MS)))), Modality.RR)
    assert rr_ms.tolist() == RR_MS
    assert t.tolist() == (np.cumsum(RR_MS) / 1000).tolist()


def test_intervals_in_seconds_are_told_by_their_range(tmp_path: Path) -> None:
    t, rr_ms = joined(items_of(written(tmp_path / "rr.txt", "".join(f"{x / 1000}\n" for x in RR_MS))), Modality.RR)
    np.testing.assert_allclose(rr_ms, RR_MS, rtol=1e-15)
    np.testing.assert_allclose(t, np.cumsum(RR_MS) / 1000, rtol=1e-15)


@pytest.mark.parametrize(
    "text",
    ["812\r\n790\r\n", "\ufeff812\n790\n", "# a strap\n\n812\n  790  \n\n# end", "812.0\n7.9e2"],
    ids=["crlf", "byte order mark", "comments and blank lines", "other ways to write numbers"],
)
def test_an_rr_list_may_be_written_in_the_usual_ways(tmp_path: Path, text: str) -> None:
    assert joined(items_of(written(tmp_path / "rr.txt", text)), Modality.RR)[1].tolist() == [812.0, 790.0]


@pytest.mark.parametrize("name", ["hrv_rest_rri.txt", "hrv_08012805.txt"])
def test_real_rr_lists_are_read_as_numpy_reads_them(name: str) -> None:
    path = shared_data() / "rr" / name
    expected = np.loadtxt(path)
    t, rr_ms = joined(items_of(path), Modality.RR)
    assert rr_ms.tolist() == expected.tolist()
    assert t.tolist() == (np.cumsum(expected) / 1000).tolist()


def test_a_table_gives_each_column_as_its_modality(tmp_path: Path) -> None:
    text = (
        "t_s,ecg_mv,rr_ms,hr_bpm,eda_microsiemens,acc_x_mg,acc_y_mg,acc_z_mg,resp,ppg\n"
        "0.25,0.5,800,75,4.5,1,2,3,0.1,9\n"
    )
    items = items_of(written(tmp_path / "all.csv", text))
    values = {c.modality: c.values.tolist() for c in items if isinstance(c, Chunk)}
    assert values == {
        Modality.ECG: [0.5],
        Modality.RR: [800.0],
        Modality.HR: [75.0],
        Modality.EDA: [4.5],
        Modality.ACC: [[1.0, 2.0, 3.0]],
        Modality.RESP: [0.1],
        Modality.PPG: [9.0],
    }


def test_an_empty_cell_gives_no_sample(tmp_path: Path) -> None:
    text = "t_s,ecg_mv,rr_ms\n0.1,0.5,\n0.2,,\n0.3, ,800\n0.4,0.7,\n"
    items = items_of(written(tmp_path / "few.csv", text))
    assert [a.tolist() for a in joined(items, Modality.ECG)] == [[0.1, 0.4], [0.5, 0.7]]
    assert [a.tolist() for a in joined(items, Modality.RR)] == [[0.3], [800.0]]


def test_a_missing_axis_is_nan_beside_the_ones_that_are_there(tmp_path: Path) -> None:
    items = items_of(written(tmp_path / "acc.csv", "t_s,acc_x_mg,acc_y_mg\n0.1,1,2\n0.2,,\n0.3,3,\n"))
    t, acc_mg = joined(items, Modality.ACC)
    assert t.tolist() == [0.1, 0.3]
    np.testing.assert_array_equal(acc_mg, [[1, 2, np.nan], [3, np.nan, np.nan]])


@pytest.mark.parametrize(
    "text",
    [
        "\ufefft_s,hr_bpm\r\n1,60\r\n2,61\r\n",
        '"t_s","hr_bpm"\n"1","60"\n"2","61"\n',
        " T_S , HR_bpm \n 1 , 60 \n 2 , 61 \n",
        "hr_bpm,t_s,note\n60,1,sitting\n61,2,nan\n",
        "# made by hand\n\nt_s,hr_bpm\n1,60\n\n2,61",
    ],
    ids=["byte order mark and crlf", "quotes", "spaces and capitals", "an unknown column", "comment and blank lines"],
)
def test_a_table_may_be_written_in_the_usual_ways(tmp_path: Path, text: str) -> None:
    t, hr_bpm = joined(items_of(written(tmp_path / "hr.csv", text)), Modality.HR)
    assert (t.tolist(), hr_bpm.tolist()) == ([1.0, 2.0], [60.0, 61.0])


def test_chunks_never_reach_over_a_whole_second_and_come_in_order_of_time(tmp_path: Path) -> None:
    rows = "".join(f"{k / 130:.6f},{k % 7},{4 if k % 32 == 0 else ''}\n" for k in range(1000))
    items = items_of(written(tmp_path / "ecg.csv", "t_s,ecg_mv,eda_microsiemens\n" + rows))
    chunks = [item for item in items if isinstance(item, Chunk)]
    assert all(len(set(np.ceil(c.t))) == 1 for c in chunks)
    assert all(a.arrival <= b.arrival for a, b in itertools.pairwise(chunks))
    assert all(c.arrival == c.t[-1] for c in chunks)
    assert len(joined(items, Modality.ECG)[0]) == 1000


def test_a_sample_at_a_whole_second_comes_before_that_seconds_tick(tmp_path: Path) -> None:
    items = items_of(written(tmp_path / "eda.csv", "t_s,eda_microsiemens\n4.5,1\n5.0,2\n5.5,3\n"))
    assert [c.t.tolist() for c in chunks_of(items, Modality.EDA)] == [[4.5, 5.0], [5.5]]


def test_a_recording_streams_before_its_first_sample(tmp_path: Path) -> None:
    first = items_of(written(tmp_path / "eda.csv", "t_s,eda_microsiemens\n-2.5,1\n"))[0]
    assert isinstance(first, Status)
    assert (first.t, first.state) == (-2.5, SourceState.STREAMING)


def test_beats_that_are_missing_leave_a_gap_before_the_interval_that_follows(tmp_path: Path) -> None:
    items = items_of(written(tmp_path / "rr.csv", "t_s,rr_ms\n1.0,800\n2.0,1000\n3.25,950\n5.25,900\n"))
    (gap,) = [item for item in items if isinstance(item, Gap)]
    assert (gap.start_s, gap.reason, gap.modality) == (3.25, Reason.BEATS_LOST, Modality.RR)
    assert gap.end_s == pytest.approx(4.35)
    after = items[items.index(gap) + 1]
    assert isinstance(after, Chunk)
    assert after.t.tolist() == [5.25]


def test_a_step_far_beyond_the_usual_ones_is_a_gap(tmp_path: Path) -> None:
    times = [*np.arange(0, 10, 0.25), *np.arange(14, 20, 0.25)]
    text = "t_s,eda_microsiemens\n" + "".join(f"{t},3\n" for t in times)
    gaps = [item for item in items_of(written(tmp_path / "eda.csv", text)) if isinstance(item, Gap)]
    assert [(g.start_s, g.end_s, g.reason) for g in gaps] == [(9.75, 14.0, Reason.SAMPLES_LOST)]


def test_a_slow_signal_has_no_gaps_between_its_usual_steps(tmp_path: Path) -> None:
    text = "t_s,hr_bpm\n" + "".join(f"{t},60\n" for t in range(0, 100, 2))
    assert not any(isinstance(item, Gap) for item in items_of(written(tmp_path / "hr.csv", text)))


def test_every_item_names_the_person_and_the_file(tmp_path: Path) -> None:
    source = Recording(written(tmp_path / "rr.txt", "800\n900\n"), person="partner")

    async def read() -> list[tuple[str, str]]:
        return [(item.person, item.source) async for item in source.items() if isinstance(item, Chunk | Status)]

    assert set(run_virtual(read())) == {("partner", f"file:{tmp_path / 'rr.txt'}")}


@given(
    rr_ms=st.lists(st.integers(300, 2000), min_size=1, max_size=60),
    other=st.lists(st.floats(-5, 5, allow_nan=False), max_size=60),
)
def test_what_is_written_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, rr_ms: list[int], other: list[float]
) -> None:
    t = (np.cumsum(rr_ms) / 1000).tolist()
    rows = itertools.zip_longest(zip(t, rr_ms, strict=True), other)
    text = "t_s,rr_ms,ecg_mv\n" + "".join(f"{a[0]},{a[1]},{'' if b is None else b}\n" for a, b in rows if a)
    items = items_of(written(tmp_path_factory.getbasetemp() / "written.csv", text))
    assert [a.tolist() for a in joined(items, Modality.RR)] == [t, rr_ms]
    assert [a.tolist() for a in joined(items, Modality.ECG)] == [t[: len(other)], other[: len(t)]]


def test_a_list_of_intervals_and_a_table_of_the_same_beats_are_the_same_beats(tmp_path: Path) -> None:
    a = items_of(written(tmp_path / "rr.txt", "\n".join(map(str, RR_MS))))
    rows = zip(np.cumsum(RR_MS) / 1000, RR_MS, strict=True)
    b = items_of(written(tmp_path / "rr.csv", "t_s,rr_ms\n" + "".join(f"{t},{x}\n" for t, x in rows)))
    assert [line.replace("rr.txt", "rr.csv") for line in told(a)] == told(b)


def test_a_large_file_is_streamed_in_constant_memory(tmp_path: Path) -> None:
    cells = f"0.123456789,{'sitting ' * 25}"
    path = written(tmp_path / "large.csv", "t_s,ecg_mv,note\n" + "".join(f"{k / 128},{cells}\n" for k in range(95_000)))
    assert path.stat().st_size > 20e6

    async def count() -> int:
        return sum([len(item.t) async for item in Recording(path).items() if isinstance(item, Chunk)])

    tracemalloc.start()
    try:
        assert run_virtual(count()) == 95_000
        assert tracemalloc.get_traced_memory()[1] < 8e6
    finally:
        tracemalloc.stop()
