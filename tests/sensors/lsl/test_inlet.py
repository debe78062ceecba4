# SPDX-License-Identifier: MIT
import asyncio
import gc
import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pylsl
import pytest

from dsp.codes import Modality, Reason, SourceState
from dsp.stream import Chunk, FloatArray, Gap, Marker, Notice, Status
from sensors.lsl.facts import StreamKey
from sensors.lsl.inlet import LslInlet
from sensors.lsl.recognise import Signal
from sensors.lsl.units import Unit
from tests.sensors.ble.listening import Heard
from tests.sensors.lsl.listening import listening, now, run
from tests.sensors.lsl.outlets import Spec, outlet, sender

STREAMING = SourceState.STREAMING


def joined(heard: Heard, modality: Modality) -> tuple[FloatArray, FloatArray]:
    chunks = heard.chunks(modality)
    return np.concatenate([c.t for c in chunks]), np.concatenate([c.values for c in chunks])


async def connected(opened: pylsl.StreamOutlet) -> None:
    """Wait until the inlet takes what is pushed."""
    while not opened.have_consumers():  # noqa: ASYNC110 - liblsl has no event to wait for
        await asyncio.sleep(0.01)


async def given(source: LslInlet, opened: pylsl.StreamOutlet, rows: Sequence[object], modality: Modality) -> FloatArray:
    """Push rows, a tenth of a second apart, and give the values that they become."""
    async with listening(source) as heard:
        await connected(opened)
        at = now()
        for k, row in enumerate(rows):
            opened.push_sample(row, at - 0.1 * (len(rows) - k))
        await heard.until(lambda: sum(len(c.t) for c in heard.chunks(modality)) == len(rows))
        return joined(heard, modality)[1]


def test_resistance_becomes_conductance() -> None:
    opened = outlet(Spec("Shimmer", "GSR", rate_hz=10, labels=["GSR"], units=["kOhm"]))
    values = run(given(LslInlet("Shimmer", clock=now), opened, [[200.0], [100.0], [math.inf]], Modality.EDA))
    assert values.tolist() == [5.0, 10.0, pytest.approx(math.nan, nan_ok=True)]


def test_a_stream_is_found_by_its_type() -> None:
    opened = outlet(Spec("RR of a bridge", "RRI", format="double64", units=["s"]))
    values = run(given(LslInlet("type=RRI", clock=now), opened, [[0.8], [0.9]], Modality.RR))
    assert values.tolist() == [800.0, 900.0]


def test_an_apostrophe_is_a_letter_like_another() -> None:
    opened = outlet(Spec("O'Brien's \"EDA\"", rate_hz=10, source_id="it's"))
    values = run(given(LslInlet("O'Brien's \"EDA\"", clock=now), opened, [[3.0]], Modality.EDA))
    assert values.tolist() == [3.0]


def test_what_a_person_chose_for_an_unknown_stream_holds() -> None:
    opened = outlet(Spec("Secret", "Lab", 2, 10.0, "int16"))
    choices = {StreamKey("Lab", "Secret", "id of Secret"): (Signal(Modality.EDA, (1,), Unit.KILOOHM),)}
    source = LslInlet("Secret", clock=now, choices=choices)
    assert run(given(source, opened, [[7, 500]], Modality.EDA)).tolist() == [2.0]


def test_an_ecg_without_a_unit_is_read_by_its_range() -> None:
    opened = outlet(Spec("ECG", "ECG", rate_hz=10.0))
    beats = [[0.0], [0.0], [1200.0], [0.0], [0.0]] * 4
    values = run(given(LslInlet("ECG", clock=now), opened, beats, Modality.ECG))
    assert values.max() == pytest.approx(1.2)


def test_markers_come_as_markers() -> None:
    async def first() -> Marker:
        opened = outlet(Spec("Events", "Markers", format="string"))
        async with listening(LslInlet("Events", clock=now)) as heard:
            await connected(opened)
            opened.push_sample(["stimulus <b>"])
            await heard.until(lambda: [i for i in heard.items if isinstance(i, Marker)])
            return next(i for i in heard.items if isinstance(i, Marker))

    assert run(first()).type == "stimulus <b>"


def test_its_items_keep_the_contract_of_every_source() -> None:
    async def read() -> Heard:
        opened = outlet(Spec("Contract", "EDA", rate_hz=50.0))
        source = LslInlet("Contract", clock=now, person="partner")
        before = asyncio.all_tasks()
        async with listening(source) as heard:
            await connected(opened)
            for k in range(40):
                opened.push_sample([float(k)])
                await asyncio.sleep(0.02)
            await heard.until(lambda: len(joined(heard, Modality.EDA)[0]) >= 40)
        assert asyncio.all_tasks() == before
        return heard

    heard = run(read())
    gc.collect()  # what was left open would complain now
    state = SourceState.IDLE
    for item in heard.items:
        assert isinstance(item, Chunk | Gap | Notice | Status)
        assert (item.source, item.person) == ("lsl:Contract", "partner")
        state = item.state if isinstance(item, Status) else state
        assert state is STREAMING or not isinstance(item, Chunk)
    chunks = heard.chunks(Modality.EDA)
    t, values = joined(heard, Modality.EDA)
    assert values.tolist() == list(range(40))
    assert np.all(np.diff(t) > 0)
    assert all(0 <= c.arrival - c.t[-1] < 0.1 for c in chunks)
    assert all(a.arrival <= b.arrival for a, b in pairwise(chunks))
    assert all(isinstance(c.device_stamp, float) for c in chunks)
    assert [s.state for s in heard.statuses] == [
        SourceState.IDLE,
        SourceState.SCANNING,
        SourceState.DISCOVERING,
        SourceState.CONNECTING,
        SourceState.SUBSCRIBING,
        STREAMING,
    ]


def test_times_are_on_the_session_clock_whichever_it_is() -> None:
    async def offset() -> float:
        opened = outlet(Spec("Elsewhere", "EDA", rate_hz=10.0))
        async with listening(LslInlet("Elsewhere", clock=lambda: now() + 1e6)) as heard:
            await connected(opened)
            pushed = now()
            opened.push_sample([1.0], pushed)
            await heard.until(lambda: heard.chunks(Modality.EDA))
            return float(heard.chunks(Modality.EDA)[0].t[0]) - pushed

    assert run(offset()) == pytest.approx(1e6, abs=0.01)


def test_eight_channels_of_1_khz_lose_nothing(lsl_session: str) -> None:
    async def count() -> FloatArray:
        async with listening(LslInlet("Fast", clock=now)) as heard:
            await heard.until(lambda: sum(len(c.t) for c in heard.chunks(Modality.ECG)) >= 1500)
            assert not heard.gaps
            return joined(heard, Modality.ECG)[1]

    labels = [*(f"aux{k}" for k in range(7)), "ECG"]
    with sender(lsl_session, Spec("Fast", "misc", 8, 1000.0, "double64", labels=labels, units=[""] * 7 + ["mV"])):
        values = run(count())
    np.testing.assert_array_equal(np.diff(values), 1.0)


def test_64_streams_of_4_hz_lose_nothing(lsl_session: str) -> None:
    async def count() -> list[Heard]:
        sources = [LslInlet(f"Many{k}", clock=now) for k in range(64)]
        async with asyncio.TaskGroup() as tasks:
            readers = [tasks.create_task(first_of(source)) for source in sources]
        return [reader.result() for reader in readers]

    async def first_of(source: LslInlet) -> Heard:
        async with listening(source) as heard:
            await heard.until(lambda: sum(len(c.t) for c in heard.chunks(Modality.EDA)) >= 6)
        return heard

    with sender(lsl_session, Spec("Many", rate_hz=4.0), 64):
        for heard in run(count()):
            np.testing.assert_array_equal(np.diff(joined(heard, Modality.EDA)[1]), 1.0)
            assert not heard.gaps


@pytest.mark.parametrize("source_id", ["stable", None], ids=["a stable source id", "a changing one"])
def test_an_outlet_that_is_killed_and_started_again_is_back_in_3_s_and_its_gap_is_marked(
    lsl_session: str, source_id: str | None
) -> None:
    ids = ("start 1", "start 2") if source_id is None else (source_id, source_id)
    specs = [Spec("Mortal", rate_hz=50.0, source_id=each) for each in ids]

    async def recover() -> float:
        async with listening(LslInlet("Mortal", clock=now)) as heard:
            with sender(lsl_session, specs[0]) as process:
                await heard.until(lambda: len(heard.chunks(Modality.EDA)) > 10)
                process.kill()
            await heard.until(lambda: heard.states[-2:-1] == [(SourceState.RECONNECTING, Reason.LINK_LOST)])
            before = heard.chunks(Modality.EDA)
            assert heard.states[-1] == (SourceState.SCANNING, None)
            with sender(lsl_session, specs[1]):
                began = now()
                await heard.until(
                    lambda: heard.states[-1] == (STREAMING, None) and heard.items[-1:] != [heard.statuses[-1]]
                )
                took_s = now() - began
                await heard.until(lambda: len(heard.chunks(Modality.EDA)) > len(before))
            (gap,) = heard.gaps
            after = heard.chunks(Modality.EDA)[len(before)]
            assert (gap.reason, gap.modality) == (Reason.LINK_LOST, Modality.EDA)
            assert (gap.start_s, gap.end_s) == (before[-1].t[-1], after.t[0])
            return took_s

    assert run(recover()) <= 3.0


def test_a_sender_that_stalls_is_stale_after_3_s_and_streams_again() -> None:
    async def stall() -> float:
        opened = outlet(Spec("Stalling", rate_hz=10.0))
        async with listening(LslInlet("Stalling", clock=now)) as heard:
            await connected(opened)
            opened.push_sample([1.0])
            await heard.state(STREAMING)
            began = now()
            await heard.state(SourceState.STALE, Reason.SILENT)
            took_s = now() - began
            opened.push_sample([2.0])
            await heard.state(STREAMING)
            await heard.until(lambda: len(heard.chunks(Modality.EDA)) == 2)
            assert [gap.reason for gap in heard.gaps] == [Reason.SAMPLES_LOST]
            return took_s

    assert run(stall()) == pytest.approx(3.0, abs=0.3)


def test_nothing_is_waited_for_on_the_event_loop(lsl_session: str) -> None:
    async def longest_s() -> float:
        async with listening(LslInlet("Slow", clock=now)) as heard:
            worst, before = 0.0, now()
            while STREAMING not in [state for state, _ in heard.states]:
                await asyncio.sleep(0.001)
                worst, before = max(worst, now() - before), now()
            return worst

    with sender(lsl_session, Spec("Slow", rate_hz=10.0)):
        assert run(longest_s()) < 0.4  # a first time correction waits 0.65 s, an open or a search longer
