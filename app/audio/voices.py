# SPDX-License-Identifier: MIT
"""How a breath sounds: for each voice how loud it is at a place in the breath, and the wave that carries it.

Law: a voice is silent at both ends of a part, and every swell and every fade takes at least 50 ms, so no turn of the
breath clicks. All of it is a function of the place and of the samples played before; nothing is random at run time.

Notes
-----
- Tones glide by a fifth with the depth of the breath: rising is in, sinking is out, so they carry the breath alone.
- Air is one loop of noise each for in and out, shaped in the frequency domain and therefore without a seam.
"""

import math
from collections.abc import Mapping
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.audio.breath_parts import Place
from app.audio.score import Voice
from dsp.plan import BreathPart

Samples = NDArray[np.float64]

RATE_HZ: Final = 48_000
SHORTEST_RAMP_S: Final = 0.05
_RISE_S, _FALL_S = 0.4, 0.9  # of a tone: the attack of a bowed string, a longer release
_MARK_RISE_S, _MARK_DECAY_S = 0.08, 0.35
_LOWEST_HZ, _FIFTH = 220.0, 7.0 / 12.0  # A3: small loudspeakers still carry it
_PARTIALS = ((1, 0.75), (2, 0.19), (3, 0.06))  # a flute's: hardly more than its fundamental
_MARK_HZ: Mapping[BreathPart, float] = {BreathPart.INHALE: 440.0, BreathPart.EXHALE: 293.66}
_LOOP_S = 4.0
_AIR_HZ: Mapping[BreathPart, float] = {BreathPart.INHALE: 900.0, BreathPart.EXHALE: 420.0}
_AIR_PEAK = 0.9
_AIR_SEED = 20_261_124


def level_of(voice: Voice, place: Place) -> float:
    """Tell how loud a voice is at a place of the breath, 0 to 1."""
    if place.part not in (BreathPart.INHALE, BreathPart.EXHALE) or voice is Voice.OFF:
        return 0.0
    left_s = place.length_s - place.since_s
    if voice is Voice.AIR:  # as the air moves: the slope of the depth
        return math.sin(math.pi * place.since_s / place.length_s)
    if voice is Voice.MARKS:
        decay = math.exp(-max(place.since_s - _MARK_RISE_S, 0.0) / _MARK_DECAY_S)
        return _eased(place.since_s / _MARK_RISE_S) * decay * _eased(left_s / _MARK_RISE_S)
    rise_s = _ramp(_RISE_S, place.length_s)
    fall_s = _ramp(_FALL_S, place.length_s)
    return _eased(place.since_s / rise_s) * _eased(left_s / fall_s)


def pitch_of(voice: Voice, place: Place) -> float:
    """Tell the frequency of a tonal voice at a place of the breath, Hz."""
    if voice is Voice.MARKS:
        return _MARK_HZ.get(place.part, _MARK_HZ[BreathPart.EXHALE])
    return _LOWEST_HZ * math.exp2(_FIFTH * place.depth)


def tone(phase: Samples) -> Samples:
    """Give the wave of a tone at these phases, in turns; at most 1."""
    wave = np.zeros_like(phase)
    for multiple, weight in _PARTIALS:
        wave += weight * np.sin(2.0 * np.pi * multiple * phase)
    return wave


def air(part: BreathPart, position: int, count: int) -> Samples:
    """Give `count` samples of the noise of a part, from a position in the stream on; at most 1."""
    loop = _loop(_AIR_HZ.get(part, _AIR_HZ[BreathPart.EXHALE]))
    return loop[(position + np.arange(count)) % len(loop)]


@cache
def _loop(centre_hz: float) -> Samples:
    """Make a seamless loop of noise around a frequency, falling softly to both sides; the same on every machine."""
    length = round(_LOOP_S * RATE_HZ)
    rng = np.random.default_rng(_AIR_SEED)  # noqa: TID251 - a constant, written as its seed
    spectrum = np.fft.rfft(rng.standard_normal(length))
    octaves = np.log2(np.maximum(np.fft.rfftfreq(length, 1.0 / RATE_HZ), 1.0) / centre_hz)
    loop = np.fft.irfft(spectrum * np.exp(-0.5 * (octaves / 0.9) ** 2), length)
    shaped: Samples = loop * (_AIR_PEAK / np.max(np.abs(loop)))
    shaped.flags.writeable = False
    return shaped


def _ramp(wanted_s: float, length_s: float) -> float:
    """Give the length of a ramp in a part that may be too short for it."""
    return max(min(wanted_s, length_s / 3.0), SHORTEST_RAMP_S)


def _eased(share: float) -> float:
    """Go from 0 to 1 by half a cosine wave."""
    return 0.5 - 0.5 * math.cos(math.pi * min(max(share, 0.0), 1.0))
