# SPDX-License-Identifier: MIT
"""The decoders of Polar's measurements, and what may come out of them."""

import numpy as np

from benchmarks.faults.target import Feed, Target, each_alone
from sensors.ble.polar_frames import IntArray, PolarFrame, decode_frame, encode_frame, pulse_intervals, to_units
from sensors.ble.polar_pmd import (
    Answers,
    Command,
    Measurement,
    Op,
    Response,
    Status,
    Stopped,
    decode_command,
    decode_features,
    encode_command,
    encode_features,
    encode_response,
    encode_stopped,
)
from sensors.ble.polar_settings import Settings, decode_settings, encode_settings
from sensors.sample_clock import SampleClock

_OFFER = Settings(
    rate_hz=(25, 50, 100, 200), resolution_bits=(16,), range_units=(2, 4, 8), channels=(3,), factor=(2.44e-4,)
)
_OFFER_BYTES = encode_settings(_OFFER)
_ANSWERS = (
    *encode_response(Response(Op.GET_SETTINGS, Measurement.ACC, Status.SUCCESS, _OFFER_BYTES)),
    *encode_response(Response(Op.GET_SETTINGS, Measurement.ACC, Status.SUCCESS, _OFFER_BYTES), max_bytes=12),
    *encode_response(Response(Op.START, Measurement.ECG, Status.INVALID_MTU)),
    encode_stopped(Stopped((Measurement.ECG, Measurement.ACC))),
)
_COMMANDS = (
    encode_command(Command(Op.GET_SETTINGS, Measurement.ECG)),
    encode_command(Command(Op.START, Measurement.ACC, Settings(rate_hz=(200,), resolution_bits=(16,)))),
)
_RATE_HZ = {Measurement.ECG: 130.0, Measurement.PPG: 55.0, Measurement.ACC: 200.0, Measurement.PPI: 1.0}
_LAYOUTS = (  # measurement, frame type, is delta, shape, largest step
    (Measurement.ECG, 0, False, (73, 1), 500),
    (Measurement.ACC, 0, False, (12, 3), 20),
    (Measurement.ACC, 1, False, (36, 3), 300),
    (Measurement.ACC, 2, False, (24, 3), 300),
    (Measurement.ACC, 0, True, (40, 3), 30),
    (Measurement.ACC, 1, True, (57, 3), 30),
    (Measurement.PPG, 0, False, (18, 4), 5000),
    (Measurement.PPG, 0, True, (40, 4), 60),
    (Measurement.PPI, 0, False, (3, 4), 6),
)


def _check_features(data: bytes) -> int:
    return len(decode_features(data))


def _check_command(data: bytes) -> int:
    command = decode_command(data)
    assert decode_command(encode_command(command)) == command
    return 1


def _check_settings(data: bytes) -> int:
    settings = decode_settings(data)
    assert all(np.isfinite(settings.factor))
    assert decode_settings(encode_settings(settings)) == settings
    return 1


def _control_point() -> Feed:
    answers = Answers()

    def feed(data: bytes) -> int:
        answer = answers.feed(data)
        if isinstance(answer, Response):
            assert not answer.more
            assert all(np.isfinite(answer.settings.factor))
        return answer is not None

    return feed


def _measurements() -> Feed:
    """Follow the data characteristic to samples with their times."""
    clocks = {m: SampleClock(rate_hz=rate_hz, ticks_per_s=1e9) for m, rate_hz in _RATE_HZ.items()}
    newest = dict.fromkeys(_RATE_HZ, -np.inf)
    now = 0.0

    def feed(data: bytes) -> int:
        nonlocal now
        now += data[-1] / 100.0 if data else 1.0  # the last byte says how long the frame was on its way
        frame = decode_frame(data)
        n = len(frame.samples)
        _check_frame(frame)
        t = clocks[frame.measurement].update(arrival=now, stamp=frame.stamp_ns, n=n).t
        assert len(t) == n > 0
        assert np.isfinite(t).all()
        assert newest[frame.measurement] <= t[0]
        assert (np.diff(t) >= 0).all()
        assert t[-1] <= now
        newest[frame.measurement] = t[-1]
        return n

    return feed


def _check_frame(frame: PolarFrame) -> None:
    assert frame.samples.dtype == np.int64
    if frame.measurement is Measurement.PPI:
        intervals = pulse_intervals(frame)
        assert (intervals.pp_ms[intervals.is_valid] > 0).all()
    else:
        assert np.isfinite(to_units(frame, 1e3)).all()
    assert np.array_equal(decode_frame(encode_frame(frame)).samples, frame.samples)


def _true_frames() -> tuple[bytes, ...]:
    rng = np.random.Generator(np.random.PCG64(12))
    stamps = np.arange(1, 4) * 250_000_000
    return tuple(
        encode_frame(PolarFrame(measurement, int(stamp), frame_type, is_delta, _walk(rng, shape, step)))
        for stamp in stamps
        for measurement, frame_type, is_delta, shape, step in _LAYOUTS
    )


def _walk(rng: np.random.Generator, shape: tuple[int, int], step: int) -> IntArray:
    return np.abs(np.cumsum(rng.integers(-step, step + 1, shape), axis=0)) % 120  # fits in every layout


TARGETS = (
    Target("Polar features", (encode_features(Measurement),), each_alone(_check_features)),
    Target("Polar commands", _COMMANDS, each_alone(_check_command)),
    Target("Polar settings", (_OFFER_BYTES,), each_alone(_check_settings)),
    Target("Polar control point", _ANSWERS, _control_point),
    Target("Polar data, every layout, on the session clock", _true_frames(), _measurements),
)
