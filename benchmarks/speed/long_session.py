# SPDX-License-Identifier: MIT
"""The items of a long session with a chest strap's waveforms and a skin sensor, in order of arrival.

ECG 130 Hz in frames of 73 and ACC 200 Hz in frames of 36, in whole microvolts and mg and stamped in ns as a Polar H10
sends them, EDA 4 Hz in steps of 0.001 microsiemens, beats and rate each second; times as the real sample clock lays
them, arrivals up to 20 ms late.
"""

from collections.abc import AsyncGenerator, Iterator

import numpy as np

from dsp.codes import Modality
from dsp.stream import Chunk, FloatArray, Item, Tick
from sensors.sample_clock import SampleClock
from sensors.synthetic import SyntheticPerson

_LATE_S = 0.02
_REST_MG = np.array([-40.0, 985.0, 160.0])
_NOISE_MG = 2.5


def long_items(seconds: int, *, seed: int = 1) -> Iterator[Item]:
    """Give the items of so many seconds."""
    rng = np.random.Generator(np.random.PCG64(seed))
    ecg = _Frames(Modality.ECG, 130, 73, rng)
    acc = _Frames(Modality.ACC, 200, 36, rng)
    eda = _Frames(Modality.EDA, 4, 1, rng)
    for second, items in enumerate(_lived(seconds, seed)):
        breath = np.sin((second + np.arange(200) / 200) * 0.25 * 2 * np.pi)
        shaken = _REST_MG + np.outer(breath, [0.0, 0.8, 4.5]) + _NOISE_MG * rng.standard_normal((200, 3))
        chunks = list(acc.frames(np.rint(shaken)))
        for item in items:
            if item.modality is Modality.ECG:
                chunks += ecg.frames(item.values)
            elif item.modality is Modality.EDA:
                chunks += eda.frames(np.round(item.values, 3))
            elif item.modality in {Modality.RR, Modality.HR}:
                chunks.append(item)
        yield from sorted(chunks, key=lambda chunk: chunk.arrival)
        yield Tick(second + 1.0)


class _Frames:
    """Cuts a steady signal into frames, stamped and laid on the session clock."""

    def __init__(self, modality: Modality, rate_hz: int, size: int, rng: np.random.Generator) -> None:
        self._modality = modality
        self._rate_hz = rate_hz
        self._size = size
        self._rng = rng
        self._clock = SampleClock(rate_hz=rate_hz, ticks_per_s=1e9)
        self._left = np.empty((0, 3) if modality is Modality.ACC else 0)
        self._sent = 0

    def frames(self, values: FloatArray) -> Iterator[Chunk]:
        self._left = np.concatenate([self._left, values])
        while len(self._left) >= self._size:
            frame, self._left = self._left[: self._size], self._left[self._size :]
            self._sent += self._size
            taken_s = self._sent / self._rate_hz
            arrival = taken_s + float(self._rng.uniform(0.0, _LATE_S))
            stamp = round(taken_s * 1e9)
            t = self._clock.update(arrival=arrival, stamp=stamp, n=self._size).t
            yield Chunk(self._modality, t, frame, arrival, "ble:AA:BB:CC:DD:EE:FF", device_stamp=stamp)


def _lived(seconds: int, seed: int) -> Iterator[list[Chunk]]:
    """Give the chunks of each second of a made-up person."""
    source = SyntheticPerson(seed).items()
    chunks: list[Chunk] = []
    second = 1.0
    while second <= seconds:
        item = _next(source)
        if not isinstance(item, Chunk):
            continue
        if item.arrival > second:
            yield chunks
            chunks, second = [], second + 1.0
        chunks.append(item)


def _next(source: AsyncGenerator[Item, None]) -> Item:
    """Give the next item of a source that waits for nothing, without an event loop."""
    step = source.__anext__()
    while True:
        try:
            step.send(None)
        except StopIteration as end:
            item: Item = end.value
            return item
