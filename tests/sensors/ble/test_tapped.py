# SPDX-License-Identifier: MIT
"""A strap that is nobody's and is tapped on the air tells it, and then belongs to whom it is given."""

import asyncio

from dsp.codes import Action, Modality, NoticeCode
from dsp.pipeline import Pipeline
from dsp.stream import NOBODY, Chunk, Command
from sensors.ble.sensor import BleSensor
from tests.sensors.ble.listening import listening, now, run
from tests.sensors.ble.virtual_bluetooth import VirtualBluetooth, backend_of
from tests.sensors.ble.virtual_polar import VirtualPolar
from tests.sensors.ble.virtual_strap import ADDRESS

SOURCE = f"ble:{ADDRESS}"


def test_two_taps_on_a_strap_of_nobodys_are_heard_through_its_acceleration() -> None:
    async def scene() -> None:
        polar = VirtualPolar()
        air = VirtualBluetooth([(ADDRESS, polar)])
        async with listening(BleSensor(ADDRESS, clock=now, person=NOBODY, backend=backend_of(air))) as heard:
            await heard.until(lambda: heard.chunks(Modality.ACC))
            await asyncio.sleep(10.0)
            tapped = now()
            polar.tap()
            await asyncio.sleep(4.0)
        pipeline = Pipeline(())
        frames = [pipeline.update(item) for item in heard.items]
        taps = [n for frame in frames for n in frame.notices if n.code is NoticeCode.TAPPED_TWICE]
        assert [n.source for n in taps] == [SOURCE]
        assert tapped < taps[0].t <= tapped + 2.5
        values = (("source", SOURCE), ("to", "partner"))
        pipeline.update(Command(now(), Action.ASSIGN, "clinician", values=values))
        item = pipeline.update(heard.chunks(Modality.ACC)[-1]).item
        assert isinstance(item, Chunk)
        assert item.person == "partner"

    run(scene())
