# SPDX-License-Identifier: MIT
"""The first JSON line: what made the numbers, from what, and over which window."""

from collections.abc import Mapping, Sequence

from app.versions import numeric_versions
from dsp.heart.hrv import WINDOW_S, TimeDomain
from dsp.heart.rate import HeartRate

_RATE_WINDOW_S = 4.0  # of the last 3 beats where these reach further back: dsp/heart/rate.py
_TIME_DOMAIN = ("rmssd_ms", "sdnn_ms", "pnn50_percent", "sd1_ms", "sd2_ms", "corrected_percent")


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
        "windows": {
            "hr_bpm": {"window_s": _RATE_WINDOW_S, "delay_s": HeartRate.delay_s},
            **{name: {"window_s": WINDOW_S, "delay_s": TimeDomain.delay_s} for name in _TIME_DOMAIN},
        },
    }
