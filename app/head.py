# SPDX-License-Identifier: MIT
"""The first JSON line: what made the numbers, from what, and over which window."""

from collections.abc import Mapping, Sequence

from app.versions import numeric_versions
from dsp.heart import hrv, respiration, rhythm, spectrum
from dsp.heart.hrv import TimeDomain
from dsp.heart.rate import HeartRate
from dsp.heart.respiration import Respiration
from dsp.heart.rhythm import Rhythm
from dsp.heart.rsa import BreathSwing
from dsp.heart.spectrum import Spectrum
from dsp.skin.eda import SkinConductance
from dsp.skin.scr import LEAST_MICROSIEMENS

_TIME_DOMAIN = ("rmssd_ms", "sdnn_ms", "pnn50_percent", "sd1_ms", "sd2_ms", "corrected_percent")
_BANDS = ("lf_ms2", "hf_ms2", "lf_hf")
_RESPONSE_DELAY_S = 3.5  # at most, after a response's peak: dsp/skin/eda.py

Span = Mapping[str, float | int | str]


def session_head(sources: Sequence[str], persons: Sequence[str]) -> Mapping[str, object]:
    """Give versions, sources and persons, and the window and the delay of every number that is computed.

    Parameters
    ----------
    sources, persons : sequence of str
        The names of the sources, and whom they measure.
    """
    return {
        "versions": numeric_versions(),
        "sources": list(sources),
        "persons": list(persons),
        "windows": _windows(),
    }


def _windows() -> Mapping[str, Span]:
    """Say what each number looks back on, in the order of a second's line.

    `least_beats` and `least_s` say how many beats count where the window holds fewer, and how much of it there must
    be; `beats` whether those that count are as they were detected, or confirmed by the ones after them. Where a
    device has a rule of its own, its notice `response_rule` says which response counts instead of `least_microsiemens`.
    """
    time_domain = _of_confirmed(hrv.WINDOW_S, TimeDomain.delay_s)
    bands = _of_confirmed(spectrum.WINDOW_S, Spectrum.delay_s, least_s=120.0)
    return {
        "hr_bpm": {"window_s": 4.0, "delay_s": HeartRate.delay_s, "least_beats": 3, "beats": "detected"},
        **dict.fromkeys(_TIME_DOMAIN, time_domain),
        **dict.fromkeys(_BANDS, bands),
        "rhythm": _of_confirmed(rhythm.WINDOW_S, Rhythm.delay_s, least_s=60.0),
        "rsa_bpm": _of_confirmed(60.0, BreathSwing.delay_s),
        "breaths_per_min": _of_confirmed(respiration.WINDOW_S, Respiration.delay_s, least_s=respiration.WINDOW_S),
        "scl_microsiemens": {"window_s": 8.0, "delay_s": SkinConductance.delay_s},
        "scr_per_min": {
            "window_s": 60.0,
            "delay_s": _RESPONSE_DELAY_S,
            "least_s": 30.0,
            "least_microsiemens": LEAST_MICROSIEMENS,
        },
    }


def _of_confirmed(window_s: float, delay_s: float, **least: float) -> Span:
    return {"window_s": window_s, "delay_s": delay_s, **least, "beats": "confirmed"}
