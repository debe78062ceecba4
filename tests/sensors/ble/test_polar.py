# SPDX-License-Identifier: MIT
"""What is a Polar's own: its control point, its refusals, its streams beside the heartbeat."""

import asyncio

import numpy as np
import pytest

from dsp.codes import Modality, NoticeCode, Reason, SourceState
from dsp.stream import Chunk, FloatArray
from sensors.ble.polar_pmd import Measurement, Op, Status
from sensors.ble.sensor import BleSensor
from tests.sensors.ble.listening import Heard, listening, now, run
from tests.sensors.ble.streaming import Streaming
from tests.sensors.ble.virtual_bluetooth import VirtualBluetooth, backend_of
from tests.sensors.ble.virtual_peripheral import ADDRESS
from tests.sensors.ble.virtual_polar import VERITY, VirtualPolar

M = Measurement
S = SourceState
ECG, ACC = Modality.ECG, Modality.ACC


def sensor_on(air: VirtualBluetooth) -> BleSensor:
    return BleSensor(ADDRESS, clock=now, backend=backend_of(air))


def air_of(polar: VirtualPolar) -> VirtualBluetooth:
    return VirtualBluetooth([(ADDRESS, polar)])


async def until_chunks(heard: Heard, modality: Modality, count: int) -> None:
    await heard.until(lambda: len(heard.chunks(modality)) >= count)


def joined(heard: Heard, modality: Modality) -> tuple[FloatArray, FloatArray]:
    chunks = heard.chunks(modality)
    return np.concatenate([c.t for c in chunks]), np.concatenate([c.values for c in chunks])


def refusals(heard: Heard) -> list[dict[str, object]]:
    return [dict(notice.values) for notice in heard.notices(NoticeCode.STREAM_REFUSED)]


def test_an_h10_gives_every_sample_at_its_time_in_its_unit() -> None:
    async def scene() -> None:
        polar = VirtualPolar()
        async with listening(sensor_on(air_of(polar))) as heard:
            await asyncio.sleep(30)
        t, ecg_mv = joined(heard, ECG)
        np.testing.assert_array_equal(ecg_mv, np.arange(len(ecg_mv)) / 1000)
        np.testing.assert_allclose(np.diff(t), 1 / 130, atol=2e-5)
        t, acc_mg = joined(heard, ACC)
        np.testing.assert_array_equal(acc_mg[:, 0], np.arange(len(acc_mg)))
        np.testing.assert_allclose(np.diff(t), 1 / 200, atol=2e-5)
        assert heard.chunks(ECG)[0].device_stamp == 599_616_000_000_000_000 + round(73 * 1e9 / 130)

    run(scene())


def test_the_heartbeat_is_here_before_the_waveform_follows() -> None:
    async def scene() -> None:
        polar = VirtualPolar()
        polar.is_mute = True
        async with listening(sensor_on(air_of(polar))) as heard:
            await polar.air.subscribed()
            await polar.strap.notify(hr_bpm=60, rr_1024=[1024])
            await until_chunks(heard, Modality.RR, 1)
            assert heard.states[-1] == (S.STREAMING, None)
            polar.is_mute = False
            await until_chunks(heard, ECG, 1)

    run(scene())


def test_settings_that_come_in_parts_are_joined_and_the_best_offer_is_taken() -> None:
    async def scene() -> None:
        polar = VirtualPolar(max_bytes=9)
        async with listening(sensor_on(air_of(polar))) as heard:
            await until_chunks(heard, ACC, 1)
        starts = {c.measurement: c.settings for c in polar.commands if c.op is Op.START}
        assert (starts[M.ACC].rate_hz, starts[M.ACC].range_units, starts[M.ECG].rate_hz) == ((200,), (8,), (130,))

    run(scene())


def test_streams_are_stopped_before_the_link_is_closed() -> None:
    async def scene() -> None:
        polar = VirtualPolar()
        async with listening(sensor_on(air_of(polar))) as heard:
            await until_chunks(heard, ECG, 1)
            closing = now()
        assert now() - closing <= 3
        assert [(c.op, c.measurement) for c in polar.commands[-2:]] == [(Op.STOP, M.ECG), (Op.STOP, M.ACC)]

    run(scene())


def test_a_polar_that_answers_no_more_is_closed_within_three_seconds() -> None:
    async def scene() -> None:
        polar = VirtualPolar()
        async with listening(sensor_on(air_of(polar))) as heard:
            await until_chunks(heard, ECG, 1)
            polar.is_mute = True
            closing = now()
        assert now() - closing <= 3

    run(scene())


@pytest.mark.parametrize("op", [Op.GET_SETTINGS, Op.START])
@pytest.mark.parametrize("status", [s for s in Status if s not in (Status.SUCCESS, Status.ALREADY_IN_STATE)])
def test_a_refusal_is_told_by_its_name_and_takes_nothing_else_away(op: Op, status: Status) -> None:
    async def scene() -> None:
        polar = VirtualPolar()
        polar.refusals[op, M.ECG] = status
        async with listening(sensor_on(air_of(polar))) as heard:
            await until_chunks(heard, ACC, 3)
            await polar.strap.notify(hr_bpm=60, rr_1024=[1024])
            await until_chunks(heard, Modality.RR, 1)
        (refusal,) = refusals(heard)
        assert refusal["modality"] == "ecg"
        assert f"{op.name} ECG was answered with {status.name}" in str(refusal["detail"])
        assert heard.chunks(ECG) == []

    run(scene())


def test_a_stream_left_running_is_stopped_and_started_anew() -> None:
    async def scene() -> None:
        polar = VirtualPolar()
        async with listening(sensor_on(air_of(polar))) as heard:
            await polar.air.subscribed()
            polar.run(M.ECG)
            await until_chunks(heard, ECG, 1)
        assert refusals(heard) == []
        asked = [c.op for c in polar.commands if c.measurement is M.ECG]
        assert asked == [Op.GET_SETTINGS, Op.START, Op.STOP, Op.GET_SETTINGS, Op.START, Op.STOP]

    run(scene())


@pytest.mark.parametrize("garbles", [1, 2])
def test_an_answer_that_cannot_be_read_is_asked_for_once_more(garbles: int) -> None:
    async def scene() -> None:
        polar = VirtualPolar()
        polar.garbles = garbles
        async with listening(sensor_on(air_of(polar))) as heard:
            await until_chunks(heard, ACC, 2)
        assert [r["modality"] for r in refusals(heard)] == ["ecg"] * (garbles - 1)

    run(scene())


def test_a_stream_that_the_device_stops_is_started_again_once() -> None:
    async def scene() -> None:
        polar = VirtualPolar()
        async with listening(sensor_on(air_of(polar))) as heard:
            await until_chunks(heard, ECG, 3)
            await polar.stop(M.ECG)
            await until_chunks(heard, ECG, 6)
            assert [(gap.modality, gap.reason) for gap in heard.gaps] == [(ECG, Reason.SAMPLES_LOST)]
            await polar.stop(M.ECG)
            await heard.until(lambda: refusals(heard))
            n_chunks = len(heard.chunks(ACC))
            await until_chunks(heard, ACC, n_chunks + 5)
        assert refusals(heard) == [{"modality": "ecg", "detail": "the device stopped it twice"}]
        assert M.ECG not in polar.running

    run(scene())


@pytest.mark.parametrize("frames", [1, 2, 5])
def test_lost_frames_are_a_gap_of_their_length(frames: int) -> None:
    async def scene() -> None:
        polar = VirtualPolar()
        async with listening(sensor_on(air_of(polar))) as heard:
            await until_chunks(heard, ECG, 10)
            polar.skip(M.ECG, frames)
            await until_chunks(heard, ECG, 20)
        (gap,) = [gap for gap in heard.gaps if gap.modality is ECG]
        assert gap.reason is Reason.SAMPLES_LOST
        assert gap.end_s - gap.start_s == pytest.approx(frames * 73 / 130, abs=0.1)

    run(scene())


@pytest.mark.parametrize("code", [5, 8, 15])
def test_measurements_that_want_pairing_are_paired_for_once_beside_the_heartbeat(code: int) -> None:
    async def scene() -> None:
        polar = VirtualPolar(wants_pairing=code)
        air = air_of(polar)
        async with listening(sensor_on(air)) as heard:
            await until_chunks(heard, ECG, 1)
        assert (air.log.count("pair"), air.log.count("connect")) == (1, 1)

    run(scene())


def test_an_arm_band_gives_its_pulse_and_marks_what_does_not_count() -> None:
    async def scene() -> None:
        polar = VirtualPolar(VERITY)
        async with listening(sensor_on(air_of(polar))) as heard:
            await until_chunks(heard, Modality.RR, 5)
            polar.ppi_flags = 0b100  # it lost the skin
            await asyncio.sleep(5)
            polar.ppi_flags = 0b110
            await until_chunks(heard, Modality.RR, 10)
            polar.ppi_flags = 0b111  # it moves
            await asyncio.sleep(5)
            polar.ppi_flags = 0b110
            await until_chunks(heard, Modality.RR, 15)
        assert [gap.reason for gap in heard.gaps if gap.modality is Modality.RR] == [Reason.NO_CONTACT, Reason.MOVING]
        assert [dict(n.values)["on"] for n in heard.notices(NoticeCode.CONTACT)] == [True, False, True]
        assert not heard.notices(NoticeCode.NO_RR)

    run(scene())


def test_a_battery_that_runs_low_is_told_while_it_streams() -> None:
    async def scene() -> None:
        polar = VirtualPolar()
        polar.refusals = {(Op.START, M.ECG): Status.DEVICE_IN_CHARGER, (Op.START, M.ACC): Status.DEVICE_IN_CHARGER}
        async with listening(sensor_on(air_of(polar))) as heard:
            await polar.air.subscribed()
            beating = Streaming(polar.strap.notify, 1.0)
            await heard.state(S.STREAMING)
            await heard.calm()
            polar.strap.battery = b"\x09"
            await asyncio.sleep(301)
            beating.stop()
        assert [dict(n.values)["percent"] for n in heard.notices(NoticeCode.BATTERY)] == [87, 9]

    run(scene())


def test_a_strap_off_the_skin_is_told_and_its_waveform_goes_on() -> None:
    async def scene() -> None:
        polar = VirtualPolar()
        async with listening(sensor_on(air_of(polar))) as heard:
            await until_chunks(heard, ECG, 1)
            for contact in (True, False):
                await polar.strap.notify(hr_bpm=60 * contact, contact=contact)
            await until_chunks(heard, ECG, 5)
        assert [dict(n.values)["on"] for n in heard.notices(NoticeCode.CONTACT)] == [True, False]
        assert heard.states.count((S.CONNECTING, None)) == 1

    run(scene())


def test_no_chunk_of_a_polar_is_of_another_source() -> None:
    async def scene() -> None:
        async with listening(sensor_on(air_of(VirtualPolar()))) as heard:
            await until_chunks(heard, ECG, 2)
        assert {item.source for item in heard.items if isinstance(item, Chunk)} == {f"ble:{ADDRESS}"}

    run(scene())
