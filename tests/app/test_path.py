# SPDX-License-Identifier: MIT
"""The one path as a whole: recordings and the synthetic person to frames, lines and the hash."""

import asyncio
import json
import os
import pickle
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.jsonlines import JsonLines
from app.live import run_live
from app.live_merge import Roster
from app.merge import Feed, merge_items, merge_recorded
from app.session import Sink, run_session
from app.sinks import ItemLog
from app.tally import Tally
from dsp.codes import Action, CueKind, Modality, Reason
from dsp.pipeline import Pipeline
from dsp.stream import Chunk, Command, Frame, Item, Tick
from sensors.realtime import RealTime
from sensors.replay import Recording
from sensors.source import Source
from sensors.synthetic import SyntheticPerson
from tests.app.sources import Live, commands_at_their_time
from tests.virtual_time import run_virtual

DATA = Path(os.environ.get("ATTUNE_DATA", Path(__file__).parents[3] / "shared" / "data"))

Line = Mapping[str, Any]


class Frames:
    """Keeps the frames of a short session."""

    def __init__(self) -> None:
        self.all: list[Frame] = []

    def put(self, frame: Frame) -> None:
        self.all.append(frame)


async def replayed(sources: Sequence[Source], sinks: Sequence[Sink]) -> None:
    await run_session(merge_recorded(sources), Pipeline(), sinks)


def lines_of(path: Path) -> list[Line]:
    written: list[str] = []
    tally = Tally()
    lines = JsonLines(written.append, beats=True)
    run_virtual(replayed([Recording(path)], [tally, lines]))
    lines.finish(tally.summary())
    return [json.loads(line) for line in written]


def rr_text(folder: Path, rr_ms: Sequence[float]) -> Path:
    path = folder / "rr.txt"
    path.write_text("".join(f"{value!r}\n" for value in rr_ms), encoding="utf-8")
    return path


def rr_csv(folder: Path, rr_ms: Sequence[float]) -> Path:
    t_s = np.cumsum(rr_ms) / 1000.0
    path = folder / "rr.csv"
    rows = [f"{float(t)!r},{float(value)!r}" for t, value in zip(t_s, rr_ms, strict=True)]
    path.write_text("t_s,rr_ms\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def rr_ms() -> Sequence[float]:
    """Give 5 min of a person who sits: slow swings and noise, nothing that a verdict would set aside."""
    rng = np.random.Generator(np.random.PCG64(4))
    beats = np.arange(330)
    swings = 40.0 * np.sin(beats / 5.0) + 25.0 * np.sin(beats / 17.0)
    return [float(value) for value in np.round(900.0 + swings + rng.normal(0.0, 12.0, len(beats)))]


def seconds_in(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if "hr_bpm" in line]


def check_against_numpy(lines: Sequence[Line], rr_ms: Sequence[float]) -> int:
    """Compute every second's numbers over its stated window with numpy; give how many seconds had them."""
    rr = np.asarray(rr_ms)
    t_beat = np.cumsum(rr) / 1000.0
    counts = {line["beat"]["t"]: line["beat"]["nn_ms"] is not None for line in lines if "nn_ms" in line.get("beat", {})}
    counted = np.array([rr_ms if counts.get(t) else np.nan for t, rr_ms in zip(t_beat, rr, strict=True)])
    with_numbers = 0
    for line in seconds_in(lines):
        confirmed = t_beat[1:] <= line["t"]  # a beat counts when the one after it is there
        window = counted[:-1][confirmed & (t_beat[:-1] > line["t"] - 60.0)]
        nn = window[np.isfinite(window)]
        if len(nn) < 20:
            assert line["rmssd_ms"] is None
            continue
        if len(nn) < 0.95 * len(window):
            continue
        with_numbers += 1
        d, s = np.diff(window), window[1:] + window[:-1]  # neither bridges a beat that does not count
        d, s = d[np.isfinite(d)], s[np.isfinite(s)]
        expected = {
            "rmssd_ms": np.sqrt(np.mean(d**2)),
            "sdnn_ms": np.std(nn, ddof=1),
            "pnn50_percent": 100.0 * np.sum(np.abs(d) > 50.0) / len(d),
            "sd1_ms": np.std(d, ddof=1) / np.sqrt(2.0),
            "sd2_ms": np.std(s, ddof=1) / np.sqrt(2.0),
        }
        for name, value in expected.items():
            assert line[name] == pytest.approx(value, rel=1e-9), (name, line["t"])
        shown = rr[(t_beat <= line["t"])][-3:]
        of_4_s = rr[(t_beat <= line["t"]) & (t_beat > line["t"] - 4.0)]
        heard = of_4_s if len(of_4_s) > len(shown) else shown
        assert line["hr_bpm"] == pytest.approx(60_000.0 / np.mean(heard), rel=1e-9)
    return with_numbers


def test_a_list_of_intervals_and_a_table_of_the_same_give_the_same_lines(
    tmp_path: Path, rr_ms: Sequence[float]
) -> None:
    text, table = lines_of(rr_text(tmp_path, rr_ms)), lines_of(rr_csv(tmp_path, rr_ms))
    named = [line for line in text if "notice" not in line]
    assert named == [line for line in table if "notice" not in line]
    assert named[-1]["summary"]["counts"]["beats"] == len(rr_ms)


def test_the_numbers_are_those_that_numpy_computes_over_the_stated_windows(
    tmp_path: Path, rr_ms: Sequence[float]
) -> None:
    assert check_against_numpy(lines_of(rr_text(tmp_path, rr_ms)), rr_ms) > 250


def test_the_numbers_of_a_real_recording_are_those_of_numpy() -> None:
    path = DATA / "rr" / "hrv_rest_rri.txt"
    if not path.exists():
        pytest.skip("the recordings of ../shared/data are not here")
    assert check_against_numpy(lines_of(path), np.loadtxt(path).tolist()) > 900


def test_each_second_has_its_line_from_the_first_whole_one_on(tmp_path: Path, rr_ms: Sequence[float]) -> None:
    times = [line["t"] for line in seconds_in(lines_of(rr_text(tmp_path, rr_ms)))]
    last = int(np.ceil(np.sum(rr_ms) / 1000.0))
    assert times == [float(t) for t in range(1, last + 1)]


def test_each_beat_is_written_when_detected_and_when_confirmed(tmp_path: Path, rr_ms: Sequence[float]) -> None:
    beats = [line["beat"] for line in lines_of(rr_text(tmp_path, rr_ms)) if "beat" in line]
    detected = [beat for beat in beats if beat["verdict"] == "provisional"]
    confirmed = [beat for beat in beats if beat["verdict"] != "provisional"]
    assert [beat["rr_ms"] for beat in detected] == list(rr_ms)
    assert [beat["t"] for beat in confirmed] == [beat["t"] for beat in detected[:-1]]
    assert all(beat["confirmed_t"] > beat["t"] for beat in confirmed)


def test_a_source_that_falls_silent_keeps_its_seconds_is_stale_and_then_unknown() -> None:
    async def run() -> list[Frame]:
        clock = asyncio.get_running_loop().time
        frames = Frames()
        beats = [Chunk(Modality.RR, [0.8 * k], [800.0], 0.8 * k, "small") for k in range(1, 51)]  # type: ignore[arg-type]  # a Chunk copies any array-like
        feeds = [Feed(Live(beats))]
        await run_live(Roster(feeds), commands_at_their_time([]), [frames], clock=clock, sleepless=clock, seconds=60.0)
        return frames.all

    seconds = {frame.item.t: frame.features[0] for frame in run_virtual(run()) if isinstance(frame.item, Tick)}
    assert sorted(seconds) == [float(t) for t in range(61)]
    fresh, fading, gone = seconds[40.0], seconds[43.0], seconds[46.0]
    assert fresh.hr_bpm.value == pytest.approx(75.0)
    assert 0.0 < fading.hr_bpm.quality < fresh.hr_bpm.quality
    assert (gone.hr_bpm.value, gone.hr_bpm.why) == (None, Reason.STALE)
    assert (gone.rmssd_ms.value, gone.rmssd_ms.why) == (None, Reason.STALE)


_DECISIONS = (
    Command(5.3, Action.PACE, "client", values=(("breaths_per_min", 7.0),)),
    Command(40.1, Action.PAUSE, "client"),
    Command(55.7, Action.RESUME, "clinician"),
    Command(80.2, Action.PACE, "client", values=(("breaths_per_min", 5.5), ("inhale", 1.0), ("exhale", 2.0))),
    Command(120.9, Action.STOP_CUES, "client"),
)


def test_a_session_with_decisions_replays_to_the_same_numbers() -> None:
    async def live() -> tuple[ItemLog, Tally, Frames]:
        clock = asyncio.get_running_loop().time
        log, tally, frames = ItemLog(), Tally(), Frames()
        feeds = []
        for seed, person in ((5, "client"), (6, "partner")):
            source = RealTime(SyntheticPerson(seed, person=person), clock=clock)
            feeds.append(Feed(source, person, source.see))
        decisions = commands_at_their_time(_DECISIONS)
        await run_live(Roster(feeds), decisions, [log, tally, frames], clock=clock, sleepless=clock, seconds=150.0)
        return log, tally, frames

    async def again(items: Sequence[Item]) -> tuple[Tally, Frames]:
        tally, frames = Tally(), Frames()
        await run_session(merge_items(items), Pipeline(("client", "partner")), [tally, frames])
        return tally, frames

    log, tally, frames = run_virtual(live())
    tally_again, frames_again = run_virtual(again(log.items))
    assert [item for item in log.items if isinstance(item, Command)] == list(_DECISIONS)
    assert {cue.kind for frame in frames.all for cue in frame.cues} == set(CueKind)
    assert frames_again.all == frames.all
    assert tally_again.summary() == tally.summary()


def test_the_hash_of_a_session_does_not_depend_on_how_its_chunks_were_cut(
    tmp_path: Path, rr_ms: Sequence[float]
) -> None:
    async def hash_of(change: Callable[[Item], Sequence[Item]]) -> str:
        items = [item async for item in merge_recorded([Recording(rr_text(tmp_path, rr_ms))])]
        tally = Tally()
        await run_session(merge_items([part for item in items for part in change(item)]), Pipeline(), [tally])
        return tally.summary().sha256

    assert run_virtual(hash_of(lambda item: [item])) == run_virtual(hash_of(_sample_by_sample))


def _sample_by_sample(item: Item) -> Sequence[Item]:
    if not isinstance(item, Chunk):
        return [item]
    return [
        Chunk(item.modality, t, value, item.arrival, item.source, item.person)
        for t, value in zip(item.t.reshape(-1, 1), item.values.reshape(-1, 1), strict=True)
    ]


def test_an_hour_of_the_synthetic_person_passes_in_seconds_with_flat_memory() -> None:
    """When every window is full, what five more minutes leave behind is nothing."""
    held: dict[float, int] = {}
    pipeline = Pipeline()

    class Measured:
        def put(self, frame: Frame) -> None:
            if isinstance(frame.item, Tick) and frame.item.t in (3300.0, 3600.0):
                held[frame.item.t] = len(pickle.dumps(pipeline))

    tally = Tally()
    run_virtual(_until(3600.0, SyntheticPerson(8), [tally, Measured()], pipeline))
    assert tally.summary().seconds == 3600
    assert tally.summary().persons["client"].beats > 3000
    assert held[3600.0] <= 1.02 * held[3300.0]


async def _until(end_s: float, source: Source, sinks: Sequence[Sink], pipeline: Pipeline) -> None:
    async def cut(items: AsyncIterator[Item]) -> AsyncIterator[Item]:
        async for item in items:
            yield item
            if isinstance(item, Tick) and item.t >= end_s:
                return

    await run_session(cut(merge_recorded([source])), pipeline, sinks)
