# SPDX-License-Identifier: MIT
"""The notifications of one strap, to items: what arrived, when its beats were, and what is missing in between.

Law: any bytes in any order give items and never raise; no beat is given twice, none lost without a `Gap` or a
`BAD_PACKET` that says so; no clock is read.
"""

from collections.abc import Iterator

import numpy.typing as npt

from dsp.codes import Modality, NoticeCode, Reason
from dsp.stream import Chunk, Gap, Item, Notice, Value, read_only
from sensors.ble.gatt import HeartRateMeasurement, decode_heart_rate
from sensors.ble.guard import Guard
from sensors.stamps import BeatTimes

_NO_RR_AFTER_S = 10.0  # a packet without RR is usual below 60 bpm, ten seconds of them are not
_MS_PER_TICK = 1000 / 1024


class HeartRatePackets:
    """Turns the packets of one strap into items, across every reconnect.

    Parameters
    ----------
    source, person : str
        What each item carries.
    says_no_rr : bool
        Whether to tell that no intervals come; not where they come another way.
    """

    def __init__(self, source: str, person: str, *, says_no_rr: bool = True) -> None:
        self._source = source
        self._person = person
        self._beat_times = BeatTimes()
        self._n_packets = 0
        self._guard = Guard(source, person)
        self._heard_at: float | None = None
        self._contact: bool | None = None
        self._why_broken: Reason | None = None
        self._rate_broken: tuple[float, Reason] | None = None  # since when, and why
        self._rate_since: float | None = None
        self._is_rr_settled = not says_no_rr  # intervals came, or their absence was told

    def drop_link(self) -> None:
        """Let the next packet follow on a link that was lost."""
        self._why_broken = Reason.LINK_LOST
        self._break_rate(self._heard_at, Reason.LINK_LOST)

    def update(self, data: bytes, arrival: float) -> tuple[Item, ...]:
        """Take one notification.

        Parameters
        ----------
        data : bytes
            As received.
        arrival : float
            When, seconds on the session clock.
        """
        return self._guard.update(self._items, data, arrival)

    def _items(self, data: bytes, arrival: float) -> Iterator[Item]:
        self._n_packets += 1
        measurement = decode_heart_rate(data)
        yield from self._contact_items(measurement, arrival)
        yield from self._rate_items(measurement, arrival)
        yield from self._rr_items(measurement, arrival)
        self._heard_at = arrival

    def _break_rate(self, since: float | None, reason: Reason) -> None:
        if since is not None and self._rate_broken is None:
            self._rate_broken = since, reason

    def _contact_items(self, measurement: HeartRateMeasurement, arrival: float) -> Iterator[Item]:
        contact = measurement.contact
        if contact is not None and contact != self._contact:
            self._contact = contact
            yield self._notice(arrival, NoticeCode.CONTACT, on=contact)
        if contact is False and not any(measurement.rr_1024):
            self._why_broken = self._why_broken or Reason.NO_CONTACT
            self._break_rate(self._heard_at, Reason.NO_CONTACT)

    def _rate_items(self, measurement: HeartRateMeasurement, arrival: float) -> Iterator[Item]:
        is_off_skin = measurement.contact is False and not any(measurement.rr_1024)
        if measurement.hr_bpm == 0 or is_off_skin:  # off the skin some straps repeat their last rate: not a reading
            return
        if self._rate_broken is not None:
            since, reason = self._rate_broken
            yield self._gap(Modality.HR, (since, arrival), reason)
            self._rate_broken = None
        yield self._chunk(Modality.HR, [arrival], [measurement.hr_bpm], arrival)
        if self._rate_since is None:
            self._rate_since = arrival

    def _rr_items(self, measurement: HeartRateMeasurement, arrival: float) -> Iterator[Item]:
        rr_1024 = [rr for rr in measurement.rr_1024 if rr > 0]  # 0 is no interval
        if rr_1024 and self._why_broken is not None:
            self._beat_times.start_segment()
        placed = self._beat_times.update(arrival, [rr / 1024 for rr in rr_1024])
        if placed.gap is not None:
            yield self._gap(Modality.RR, placed.gap, self._why_broken or Reason.BEATS_LOST)
        if rr_1024:
            self._why_broken, self._is_rr_settled = None, True
            yield self._chunk(Modality.RR, placed.t, [rr * _MS_PER_TICK for rr in rr_1024], arrival)
        elif not self._is_rr_settled and self._rate_since is not None and arrival - self._rate_since >= _NO_RR_AFTER_S:
            self._is_rr_settled = True
            yield self._notice(arrival, NoticeCode.NO_RR)

    def _chunk(self, modality: Modality, t: npt.ArrayLike, values: npt.ArrayLike, arrival: float) -> Chunk:
        return Chunk(
            modality,
            read_only(t),
            read_only(values),
            arrival,
            source=self._source,
            person=self._person,
            device_stamp=self._n_packets,
        )

    def _gap(self, modality: Modality, span: tuple[float, float], reason: Reason) -> Gap:
        return Gap(*span, reason, self._source, self._person, modality)

    def _notice(self, t: float, code: NoticeCode, **values: Value) -> Notice:
        return Notice(t, code, self._source, self._person, tuple(values.items()))
