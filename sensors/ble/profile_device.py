# SPDX-License-Identifier: MIT
"""A device that a profile declares."""

from collections.abc import Iterator

from dsp.codes import Modality, NoticeCode, Reason
from dsp.stream import Item
from sensors.ble.device import Host
from sensors.ble.guard import Guard
from sensors.ble.link import Link
from sensors.ble.profile_frames import ProfileFrame, decode_frame, lost_between, modulo, splitter
from sensors.ble.profile_model import DeviceProfile, Signal
from sensors.ble.samples import SampleStream
from sensors.sample_clock import SampleClock


class ProfileDevice:
    """A `Device` that gives the signals of its profile.

    Parameters
    ----------
    source, person : str
        What each item carries.
    profile : DeviceProfile
        What the device is.
    """

    def __init__(self, source: str, person: str, profile: DeviceProfile) -> None:
        self._profile = profile
        # Without a counter in them, equal frames in a row are what a calm signal looks like.
        has_counter = profile.sequence is not None or profile.timestamp is not None
        self._guard = Guard(source, person, drops_twins=has_counter)
        self._streams = {
            Modality(signal.modality): SampleStream(
                Modality(signal.modality), _clock(profile, signal), source=source, person=person
            )
            for signal in profile.signal
        }
        self._n_samples = {Modality(signal.modality): signal.samples for signal in profile.signal}
        self._split = splitter(profile)
        self._before: ProfileFrame | None = None
        self._n_frames = 0  # with the lost ones: the stamp of a device that sends none

    async def begin(self, link: Link, host: Host) -> None:
        """Say where its electrodes lie and what counts there, listen, and write what the profile wants written."""
        if self._profile.site is not None:
            host.tell(NoticeCode.BODY_LOCATION, location=self._profile.site)
        if self._profile.smallest_response is not None:
            host.tell(NoticeCode.RESPONSE_RULE, least_microsiemens=self._profile.smallest_response)
        self._split, self._before = splitter(self._profile), None
        service, way = self._profile.match.service, self._profile.link
        await link.subscribe(service, way.notify, host.hear(self._hear))
        for data in way.init:
            await link.write(service, way.write or "", data)

    async def tend(self, link: Link, host: Host) -> None:
        """Do nothing: the samples are all."""

    async def end(self, link: Link) -> None:
        """Do nothing: a profile has no word for stopping."""

    def drop_link(self) -> None:
        """Let what comes next follow on a link that was lost."""
        for stream in self._streams.values():
            stream.break_off(Reason.LINK_LOST)

    def _hear(self, data: bytes, arrival: float) -> tuple[Item, ...]:
        frames = self._split(data)
        return tuple(item for frame in frames for item in self._guard.update(self._decode, frame, arrival))

    def _decode(self, data: bytes, arrival: float) -> Iterator[Item]:
        frame = decode_frame(self._profile, data)
        self._n_frames += 1 + (lost_between(self._profile, self._before, frame) if self._before else 0)
        self._before = frame
        for samples in frame.samples:
            stamp = frame.timestamp
            if stamp is None:
                stamp = self._n_frames * self._n_samples[samples.modality]
            stream = self._streams[samples.modality]
            yield from stream.items(samples.values, arrival=arrival, stamp=stamp, raw=samples.raw)


def _clock(profile: DeviceProfile, signal: Signal) -> SampleClock:
    """Make the clock of a signal: by the device's own clock where it sends one, else by counting samples."""
    if profile.timestamp is None:
        return SampleClock(rate_hz=signal.rate_hz, ticks_per_s=signal.rate_hz)
    ticks_per_s, wrap_ticks = profile.timestamp.ticks_per_s, modulo(profile.timestamp)
    return SampleClock(rate_hz=signal.rate_hz, ticks_per_s=ticks_per_s, wrap_ticks=wrap_ticks)
