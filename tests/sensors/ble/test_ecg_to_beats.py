# SPDX-License-Identifier: MIT
"""The ECG of a strap gives beats: from the samples in its packets to their intervals."""

import asyncio

import numpy as np
import pytest

from dsp.codes import Modality, Verdict
from dsp.pipeline import Pipeline
from sensors.ble.polar_frames import IntArray
from sensors.ble.polar_pmd import Measurement
from sensors.ble.sensor import BleSensor
from tests.dsp.heart.made_ecg import beats, ecg
from tests.sensors.ble.listening import listening, now, run
from tests.sensors.ble.virtual_bluetooth import VirtualBluetooth, backend_of
from tests.sensors.ble.virtual_peripheral import ADDRESS
from tests.sensors.ble.virtual_polar import VirtualPolar

_HEART = beats(seconds=60.0)
_MICROVOLT = np.round(1000.0 * ecg(_HEART, seconds=60.0).values).astype(np.int64)


class _OnAChest(VirtualPolar):
    def _samples(self, measurement: Measurement, k: IntArray) -> IntArray:
        return _MICROVOLT[k].reshape(-1, 1) if measurement is Measurement.ECG else super()._samples(measurement, k)


def test_the_intervals_of_a_straps_ecg_are_those_of_its_heart() -> None:
    async def scene() -> None:
        sensor = BleSensor(ADDRESS, clock=now, backend=backend_of(VirtualBluetooth([(ADDRESS, _OnAChest())])))
        async with listening(sensor) as heard:
            await asyncio.sleep(40)
        pipeline = Pipeline()
        told = [beat for item in heard.items for beat in pipeline.update(item).beats]
        begun = [beat for beat in told if beat.verdict is Verdict.PROVISIONAL]
        assert {beat.origin for beat in begun} == {Modality.ECG}
        assert len(begun) > 35
        first = int(np.argmin(np.abs(1000.0 * np.diff(_HEART)[:6] - begun[0].rr_ms)))
        expected = 1000.0 * np.diff(_HEART)[first : first + len(begun)]
        assert [beat.rr_ms for beat in begun] == pytest.approx(expected.tolist(), abs=4.0)

    run(scene())
