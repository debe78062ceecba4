# SPDX-License-Identifier: MIT
"""What is a skin conductance device's own: ports, ranges, refusals, profiles, and what it loses on the way."""

import numpy as np
import pytest

from dsp.codes import Modality, NoticeCode, Reason, SourceState
from dsp.stream import FloatArray
from sensors.ble.bitalino import microsiemens
from sensors.ble.kinds import kinds_of
from sensors.ble.sensor import BleSensor
from sensors.ble.shimmer import microsiemens as shimmer_microsiemens
from tests.sensors.ble.every_device import KINDS, UART, Streamer
from tests.sensors.ble.listening import Heard, listening, now, run
from tests.sensors.ble.virtual_bitalino import VirtualBitalino
from tests.sensors.ble.virtual_bluetooth import VirtualBluetooth, backend_of
from tests.sensors.ble.virtual_peripheral import ADDRESS
from tests.sensors.ble.virtual_profile import VirtualProfileDevice
from tests.sensors.ble.virtual_shimmer import VirtualShimmer

S = SourceState


def sensor_on(device: Streamer) -> BleSensor:
    return BleSensor(ADDRESS, clock=now, backend=backend_of(VirtualBluetooth([(ADDRESS, device)])), kinds=KINDS)


async def until_chunks(heard: Heard, count: int) -> None:
    await heard.until(lambda: len(heard.chunks(Modality.EDA)) >= count)


def sent_by(heard: Heard) -> FloatArray:
    return np.concatenate([chunk.raw for chunk in heard.chunks(Modality.EDA) if chunk.raw is not None])


def eda_of(heard: Heard) -> list[float]:
    return [value for chunk in heard.chunks(Modality.EDA) for value in chunk.values.tolist()]


@pytest.mark.parametrize("port", [1, 3, 6])
def test_a_bitalino_streams_the_port_that_was_chosen_and_is_stopped(port: int) -> None:
    async def scene() -> None:
        device = VirtualBitalino()
        backend = backend_of(VirtualBluetooth([(ADDRESS, device)]))
        source = BleSensor(ADDRESS, clock=now, backend=backend, kinds=kinds_of(bitalino_port=port))
        async with listening(source) as heard:
            await until_chunks(heard, 10)
            assert device.ports == (port,)
        values = eda_of(heard)
        np.testing.assert_allclose(values, microsiemens(np.arange(len(values)) + port))
        np.testing.assert_array_equal(sent_by(heard), np.arange(len(values)) + port)
        assert not device.is_streaming

    run(scene())


def test_the_port_that_was_chosen_is_read_again_after_the_link_was_lost() -> None:
    async def scene() -> None:
        device = VirtualBitalino()
        backend = backend_of(VirtualBluetooth([(ADDRESS, device)]))
        async with listening(BleSensor(ADDRESS, clock=now, backend=backend, kinds=kinds_of(bitalino_port=2))) as heard:
            await until_chunks(heard, 10)
            await device.air.drop()
            await heard.state(S.RECONNECTING, Reason.LINK_LOST)
            before = len(heard.chunks(Modality.EDA))
            await until_chunks(heard, before + 10)
            assert device.ports == (2,)
            assert heard.states.count((S.STREAMING, None)) == 2
        (gap,) = heard.gaps
        assert (gap.reason, gap.modality) == (Reason.LINK_LOST, Modality.EDA)

    run(scene())


def test_frames_that_a_bitalino_loses_are_a_gap() -> None:
    async def scene() -> None:
        device = VirtualBitalino()
        async with listening(sensor_on(device)) as heard:
            await until_chunks(heard, 20)
            device.skip(10)
            await until_chunks(heard, 40)
        (gap,) = heard.gaps
        assert (gap.reason, gap.modality) == (Reason.SAMPLES_LOST, Modality.EDA)
        assert gap.end_s - gap.start_s == pytest.approx(0.11, abs=0.02)

    run(scene())


def test_a_silent_device_is_stale_and_then_connected_anew() -> None:
    async def scene() -> None:
        device = VirtualBitalino()
        async with listening(sensor_on(device)) as heard:
            await until_chunks(heard, 20)
            device.is_silent = True
            silent = now()
            await heard.state(S.STALE, Reason.SILENT)
            assert now() - silent <= 3.2
            await heard.state(S.RECONNECTING, Reason.SILENT)
            assert now() - silent <= 10.2
            device.is_silent = False
            await heard.state(S.STREAMING)

    run(scene())


def test_a_shimmer_is_read_across_all_its_ranges() -> None:
    async def scene() -> None:
        device = VirtualShimmer(lambda k: 0.2 * 1.01 ** (k % 500))
        async with listening(sensor_on(device)) as heard:
            await until_chunks(heard, 500)
        values = np.array(eda_of(heard)[:500])
        np.testing.assert_allclose(values, 0.2 * 1.01 ** np.arange(len(values)), rtol=0.02)
        words = sent_by(heard)
        np.testing.assert_array_equal(shimmer_microsiemens(words), eda_of(heard))
        assert set((words.astype(int) >> 14).tolist()) == {0, 1, 2, 3}
        assert heard.gaps == []
        assert not device.is_streaming

    run(scene())


def test_packets_that_a_shimmer_loses_are_a_gap() -> None:
    async def scene() -> None:
        device = VirtualShimmer()
        async with listening(sensor_on(device)) as heard:
            await until_chunks(heard, 50)
            device.skip(3)
            await until_chunks(heard, 100)
        (gap,) = heard.gaps
        assert gap.end_s - gap.start_s == pytest.approx(4 / 32, abs=0.04)

    run(scene())


def test_a_shimmer_that_refuses_a_command_fails_with_its_reason() -> None:
    async def scene() -> None:
        device = VirtualShimmer()
        device.refused = b"\x21"
        async with listening(sensor_on(device)) as heard:
            await heard.state(S.FAILED, Reason.STREAM_REFUSED)
            device.refused = None
            await until_chunks(heard, 1)
        assert next(s for s in heard.statuses if s.state is S.FAILED).detail

    run(scene())


def test_a_shimmer_that_samples_no_skin_conductance_is_refused() -> None:
    async def scene() -> None:
        device = VirtualShimmer()
        device.deaf_to_sensors = True
        async with listening(sensor_on(device)) as heard:
            await heard.state(S.FAILED, Reason.STREAM_REFUSED)

    run(scene())


def test_a_shimmer_that_does_not_answer_is_connected_anew() -> None:
    async def scene() -> None:
        device = VirtualShimmer()
        device.is_mute = True
        async with listening(sensor_on(device)) as heard:
            await heard.state(S.RECONNECTING, Reason.SILENT)
            device.is_mute = False
            await until_chunks(heard, 1)

    run(scene())


def test_a_profile_device_is_told_to_start_and_keeps_its_own_clock() -> None:
    async def scene() -> None:
        device = VirtualProfileDevice(UART, value=5.0)
        async with listening(sensor_on(device)) as heard:
            await until_chunks(heard, 30)
        assert device.written == [b"start\n"]
        np.testing.assert_allclose(eda_of(heard), 5.0, rtol=0.01)
        stamps = [chunk.device_stamp for chunk in heard.chunks(Modality.EDA)]
        assert stamps == [100 * (k + 1) for k in range(len(stamps))]  # the first line may be half a line
        assert len(sent_by(heard)) == len(eda_of(heard))
        assert [dict(notice.values) for notice in heard.notices(NoticeCode.BODY_LOCATION)] == [{"location": "finger"}]
        rules = [dict(notice.values) for notice in heard.notices(NoticeCode.RESPONSE_RULE)]
        assert rules == [{"least_microsiemens": 0.05}]

    run(scene())


def test_what_a_profile_device_sends_beyond_its_range_is_a_missing_value_and_kept_as_it_was_sent() -> None:
    async def scene() -> None:
        device = VirtualProfileDevice(UART, value=1e4)
        async with listening(sensor_on(device)) as heard:
            await until_chunks(heard, 10)
        assert np.isnan(eda_of(heard)).all()
        assert np.isfinite(sent_by(heard)).all()
        assert len(sent_by(heard)) >= 10

    run(scene())


def test_a_profile_is_for_the_names_that_it_declares() -> None:
    async def scene() -> None:
        device = VirtualProfileDevice(UART, name="Lamp")
        async with listening(sensor_on(device)) as heard:
            await heard.state(S.FAILED, Reason.NO_HEART_RATE_SERVICE)
        assert device.written == []
        assert not heard.notices(NoticeCode.BAD_PACKET)

    run(scene())
