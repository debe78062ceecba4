# SPDX-License-Identifier: MIT
"""An ECG that another program sends by LSL gives beats."""

import asyncio

import numpy as np
import pytest

from dsp.codes import Modality, Verdict
from dsp.pipeline import Pipeline
from dsp.stream import Item
from sensors.lsl.inlet import LslInlet
from tests.dsp.heart.made_ecg import beats, ecg
from tests.sensors.lsl.listening import listening, now, run
from tests.sensors.lsl.outlets import Spec, outlet

_SECONDS, _RATE_HZ = 20.0, 250.0


def test_the_intervals_of_an_ecg_stream_are_those_of_its_heart() -> None:
    heart = beats(seconds=_SECONDS)
    wave = ecg(heart, rate_hz=_RATE_HZ, seconds=_SECONDS)
    opened = outlet(Spec("Chest", "ECG", rate_hz=_RATE_HZ, labels=["ECG"], units=["mV"]))

    async def heard_items() -> list[Item]:
        async with listening(LslInlet("Chest", clock=now)) as heard:
            while not opened.have_consumers():  # noqa: ASYNC110 - liblsl has no event to wait for
                await asyncio.sleep(0.01)
            begin_s = now() - _SECONDS
            for t, mv in zip(wave.t.tolist(), wave.values.tolist(), strict=True):
                opened.push_sample([mv], begin_s + t)
            await heard.until(lambda: sum(len(c.t) for c in heard.chunks(Modality.ECG)) == len(wave.t))
            return list(heard.items)

    pipeline = Pipeline()
    told = [beat for item in run(heard_items()) for beat in pipeline.update(item).beats]
    begun = [beat for beat in told if beat.verdict is Verdict.PROVISIONAL]
    assert {beat.origin for beat in begun} == {Modality.ECG}
    assert len(begun) >= len(heart) - 3
    expected = 1000.0 * np.diff(heart)[-len(begun) :]
    assert [beat.rr_ms for beat in begun] == pytest.approx(expected.tolist(), abs=3.0)
