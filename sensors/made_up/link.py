# SPDX-License-Identifier: MIT
"""What reaches the receiver of the synthetic person's sensors: packets a second apart, unless link or contact are lost.

Law: nothing is missing without a gap, and the gap comes before the first data after it.
"""

import numpy as np

from dsp.codes import Modality, NoticeCode, Reason, SourceState
from dsp.stream import Chunk, FloatArray, Gap, Item, Notice, Status
from sensors.made_up.body import CHEST_HZ, ECG_HZ, SKIN_HZ, Second
from sensors.made_up.faults import Faults, Span, any_touches


class Link:
    """The link to one person's sensors.

    Parameters
    ----------
    source, person : str
        What the items carry.
    start_s : float
        When the person begins: the spans of the faults count from here.
    faults : Faults
        When link or contact are lost.
    """

    def __init__(self, *, source: str, person: str, start_s: float, faults: Faults) -> None:
        self._source = source
        self._person = person
        self._start_s = start_s
        self._faults = faults
        self._packets = 0
        self._link_lost_s: float | None = None
        self._contact_lost_s: float | None = None

    def opened(self) -> list[Item]:
        """Say that the person is made up, and that it streams."""
        made_up = Notice(self._start_s, NoticeCode.SYNTHETIC, self._source, self._person)
        return [made_up, self._status(self._start_s, SourceState.STREAMING)]

    def carried(self, second: Second) -> list[Item]:
        """Give what arrives of a second, at its end."""
        self._packets += 1
        items = self._link_items(second)
        if self._link_lost_s is None:
            items += self._contact_items(second)
            items += self._chunks(second)
        return items

    def _link_items(self, second: Second) -> list[Item]:
        lost = self._in(self._faults.dropouts, second)
        since_s = self._link_lost_s
        if lost and since_s is None:
            self._link_lost_s = second.start_s
            return [self._status(second.start_s, SourceState.RECONNECTING, Reason.LINK_LOST)]
        if not lost and since_s is not None:
            self._link_lost_s = None
            gap = Gap(since_s, second.start_s, Reason.LINK_LOST, self._source, self._person)
            return [self._status(second.start_s, SourceState.STREAMING), gap]
        return []

    def _contact_items(self, second: Second) -> list[Item]:
        lost = self._in(self._faults.contact_lost, second)
        since_s = self._contact_lost_s
        if lost and since_s is None:
            self._contact_lost_s = second.start_s
            return [self._contact(second.start_s, on=False)]
        if not lost and since_s is not None:
            self._contact_lost_s = None
            gap = Gap(since_s, second.start_s, Reason.NO_CONTACT, self._source, self._person, Modality.RR)
            return [self._contact(second.start_s, on=True), gap]
        return []

    def _chunks(self, second: Second) -> list[Item]:
        chunks: list[Item] = []
        if self._contact_lost_s is None:
            stated = np.array([second.end_s]), np.array([second.stated_bpm])
            chunks.append(self._chunk(Modality.HR, *stated, second))
            if len(second.beat_t):
                chunks.append(self._chunk(Modality.RR, second.beat_t, second.rr_ms, second))
        if len(second.eda_t):
            chunks.append(self._chunk(Modality.EDA, second.eda_t, second.eda_microsiemens, second, SKIN_HZ))
        if len(second.chest_t):
            chunks.append(self._chunk(Modality.ACC, second.chest_t, second.acc_mg, second, CHEST_HZ))
            chunks.append(self._chunk(Modality.RESP, second.chest_t, second.resp, second, CHEST_HZ))
        if len(second.ecg_t):
            chunks.append(self._chunk(Modality.ECG, second.ecg_t, second.ecg_mv, second, ECG_HZ))
        return chunks

    def _in(self, spans: tuple[Span, ...], second: Second) -> bool:
        return any_touches(spans, second.start_s - self._start_s, second.end_s - self._start_s)

    def _status(self, t: float, state: SourceState, reason: Reason | None = None) -> Status:
        return Status(t, self._source, state, self._person, reason)

    def _contact(self, t: float, *, on: bool) -> Notice:
        return Notice(t, NoticeCode.CONTACT, self._source, self._person, (("on", on),))

    def _chunk(
        self, modality: Modality, t: FloatArray, values: FloatArray, second: Second, rate_hz: float | None = None
    ) -> Chunk:
        return Chunk(modality, t, values, second.end_s, self._source, self._person, self._packets, rate_hz=rate_hz)
