# SPDX-License-Identifier: MIT
"""What is known of one stream of a session: its rate, what it lost, its sender's clock, and how late its frames are.

Law: it counts what frames carry and changes nothing; its memory is that of a minute of packets.
"""

from collections import deque

import numpy as np

from app.diagnostics_delays import DelayCount
from dsp.stream import Chunk, Gap
from ui.research.seam import StreamSeen

_RATE_S = 60.0
_LEAST_S = 2.0
_QUIET_S = 10.0  # then there is no rate any more
_OFFSETS_S = 300
_DRIFT_S = 60.0  # less tells nothing of a clock's drift
_LEAST_OFFSETS = 10


class RateCount:
    """How many samples a second come, over the last minute."""

    def __init__(self) -> None:
        self._packets: deque[tuple[float, int]] = deque()
        self._n = 0

    def add(self, t: float, n: int) -> None:
        """Count `n` samples that came at `t`."""
        self._packets.append((t, n))
        self._n += n
        while self._packets[0][0] < t - _RATE_S:
            self._n -= self._packets.popleft()[1]

    def rate_hz(self, t: float) -> float | None:
        """Give the rate at `t`, Hz; None before 2 s of it, and after 10 s without any."""
        if not self._packets:
            return None
        (first_t, first_n), (last_t, _) = self._packets[0], self._packets[-1]
        if t - last_t > _QUIET_S or last_t - first_t < _LEAST_S:
            return None
        return (self._n - first_n) / (last_t - first_t)


class ClockOffsets:
    """The offset of a sender's clock as it was measured, one each second for five minutes."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, float]] = deque(maxlen=_OFFSETS_S)

    def add(self, t: float, offset_s: float) -> None:
        """Take what was measured at `t`; one a second is kept."""
        if not self._seen or t - self._seen[-1][0] >= 1.0:
            self._seen.append((t, offset_s))

    def mean_ms(self) -> tuple[float | None, float | None, float | None]:
        """Give mean and standard deviation, ms, and the drift in parts per million; None where too little is known."""
        if not self._seen:
            return None, None, None
        t, offset_s = np.array(self._seen).T
        mean_s, drift = float(offset_s.mean()), None
        if len(t) >= _LEAST_OFFSETS and t[-1] - t[0] >= _DRIFT_S:
            drift = 1e6 * float(np.polyfit(t - t[0], offset_s - mean_s, 1)[0])
        return 1000.0 * mean_s, 1000.0 * float(offset_s.std()), drift


class StreamCount:
    """Counts one stream.

    Parameters
    ----------
    chunk : Chunk
        Its first one.
    """

    def __init__(self, chunk: Chunk) -> None:
        self._first = chunk
        self._person = chunk.person
        self._nominal_hz = chunk.rate_hz
        self._rate = RateCount()
        self._offsets = ClockOffsets()
        self._delays = DelayCount()
        self._missing = 0
        self._gaps, self._gaps_s = 0, 0.0

    def take(self, chunk: Chunk, t: float) -> None:
        """Count samples whose frame was there at `t`."""
        self._person = chunk.person
        self._nominal_hz = chunk.rate_hz or self._nominal_hz
        self._rate.add(chunk.arrival, len(chunk.t))
        self._delays.add(t, t - chunk.arrival)
        if chunk.clock_offset_s is not None:
            self._offsets.add(chunk.arrival, chunk.clock_offset_s)
        if len(chunk.t):
            rows = chunk.values.reshape(len(chunk.t), -1)
            self._missing += int(np.isnan(rows).any(axis=1).sum())

    def miss(self, gap: Gap) -> None:
        """Count a gap."""
        if gap.modality in (None, self._first.modality) and gap.source == self._first.source:
            self._gaps += 1
            self._gaps_s += max(gap.end_s - gap.start_s, 0.0)

    def seen(self, t: float, address: str) -> StreamSeen:
        """Say what is known at `t`; the address is empty where its source does not take part."""
        offset_ms, spread_ms, drift_ppm = self._offsets.mean_ms()
        return StreamSeen(
            self._first.source,
            address or f"{self._first.source}@{self._person}",
            self._first.modality,
            self._person,
            is_on=bool(address),
            nominal_hz=self._nominal_hz,
            actual_hz=self._rate.rate_hz(t),
            lost=self._lost(),
            gaps=self._gaps,
            gaps_s=self._gaps_s,
            offset_ms=offset_ms,
            spread_ms=spread_ms,
            drift_ppm=drift_ppm,
            delays=self._delays.delays(t),
        )

    def _lost(self) -> int | None:
        """Count the samples that a regular stream would have sent in its gaps, and those that came as missing."""
        if self._nominal_hz is None:
            return None
        return self._missing + max(round(self._gaps_s * self._nominal_hz) - self._gaps, 0)
