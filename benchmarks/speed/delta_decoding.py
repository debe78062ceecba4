# SPDX-License-Identifier: MIT
"""What the frames of a Polar strap cost to decode: delta blocks against a loop over their bits, and a second of an H10.

`python -m benchmarks.speed.delta_decoding` prints the table.
"""

import timeit
from collections.abc import Callable, Sequence
from statistics import median

import numpy as np

from benchmarks.figure import Figure, spread, table
from sensors.ble.polar_frames import PolarFrame, decode_delta, decode_frame, encode_frame, to_units
from sensors.ble.polar_pmd import Measurement
from sensors.sample_clock import SampleClock

_ROUNDS = 15
_SECONDS = 60
_FRAMES = 100  # of a stream, each with the widths that its movement asks for
_LAYOUTS = {Measurement.ACC: (10, 3, 2), Measurement.PPG: (10, 4, 3)}  # where the first sample is, channels, bytes


def run() -> list[Figure]:
    """Measure both demands, the first one with each frame type that devices send as differences."""
    rng = np.random.Generator(np.random.PCG64(3))
    in_g = _stream(rng, Measurement.ACC, 0, (57, 3), block=56)
    motion = _stream(rng, Measurement.ACC, 1, (57, 3), block=56)
    light = _stream(rng, Measurement.PPG, 0, (50, 4), block=42)  # as a Verity cuts them
    return [
        _ratio("delta decoding, motion of type 0 in 1 block, against a loop over the bits", in_g),
        _ratio("delta decoding, motion of type 1 in 1 block, against a loop over the bits", motion),
        _ratio("delta decoding, 4 channels of light in 2 blocks, against a loop over the bits", light),
        _h10(rng),
    ]


def decode_bit_by_bit(data: bytes, at: int, channels: int, size: int) -> list[list[int]]:
    """Decode a delta frame as its layout reads: one bit after the other, least significant first."""
    first, at = at, at + channels * size
    rows = [[int.from_bytes(data[i : i + size], "little", signed=True) for i in range(first, at, size)]]
    while at < len(data):
        width, count = data[at], data[at + 1]
        bit = 8 * (at + 2)
        for _ in range(count):
            row = []
            for channel in range(channels):
                value = 0
                for k in range(width):
                    if data[bit >> 3] >> (bit & 7) & 1:
                        value |= 1 << k
                    bit += 1
                if value >> (width - 1):
                    value -= 1 << width
                row.append(rows[-1][channel] + value)
            rows.append(row)
        at += 2 + (count * channels * width + 7) // 8
    return rows


def _stream(
    rng: np.random.Generator, measurement: Measurement, frame_type: int, shape: tuple[int, int], *, block: int
) -> list[bytes]:
    """Make the frames of somebody who moves now more, now less."""
    steps = rng.uniform(30.0, 200.0, _FRAMES)
    walks = [np.cumsum(np.rint(rng.normal(0.0, step, shape)).astype(np.int64), axis=0) for step in steps]
    frames = (PolarFrame(measurement, 10**9, frame_type, is_delta=True, samples=samples) for samples in walks)
    return [encode_frame(frame, block=block) for frame in frames]


def _ratio(what: str, frames: Sequence[bytes]) -> Figure:
    layout = _LAYOUTS[Measurement(frames[0][0])]
    for data in frames:
        assert decode_delta(data, *layout).tolist() == decode_bit_by_bit(data, *layout)
    ratios = []
    for _ in range(_ROUNDS):  # one after the other, so that the machine's mood meets both
        slow = _seconds(lambda: [decode_bit_by_bit(data, *layout) for data in frames], 1)
        fast = _seconds(lambda: [decode_delta(data, *layout) for data in frames], 10)
        ratios.append(slow / fast)
    return Figure(what, spread(ratios, "times", 1), ">= 20 times", min(ratios) >= 20)


def _h10(rng: np.random.Generator) -> Figure:
    ecg = _raw(rng, Measurement.ECG, 0, (73, 1))
    motion = _raw(rng, Measurement.ACC, 1, (36, 3))

    def minute() -> None:
        for data, rate_hz, n in ((ecg, 130.0, 73), (motion, 200.0, 36)):
            clock = SampleClock(rate_hz=rate_hz, ticks_per_s=1e9)
            for k in range(round(_SECONDS * rate_hz / n)):
                frame = decode_frame(data)
                to_units(frame)
                at = (k + 1) * n / rate_hz
                clock.update(arrival=at + 0.02, stamp=round(at * 1e9), n=n)

    ms = [1000 * _seconds(minute, 1) / _SECONDS for _ in range(_ROUNDS)]
    what = "a second of an H10 (ECG 130 Hz, motion 200 Hz): decoded, in units, laid on the session clock"
    return Figure(what, spread(ms, "ms", 3), "<= 1 ms", median(ms) <= 1)


def _raw(rng: np.random.Generator, measurement: Measurement, frame_type: int, shape: tuple[int, int]) -> bytes:
    samples = rng.integers(-2000, 2000, shape)
    return encode_frame(PolarFrame(measurement, 10**9, frame_type, is_delta=False, samples=samples))


def _seconds(work: Callable[[], object], times: int) -> float:
    """Give the best of a few rounds: what else the machine does only ever adds."""
    return min(timeit.repeat(work, number=times, repeat=4)) / times


if __name__ == "__main__":
    print(table(run()))
