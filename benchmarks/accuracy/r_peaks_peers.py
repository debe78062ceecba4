# SPDX-License-Identifier: MIT
"""Other people's R-peak detectors, where they are installed: sleepecg, wfdb's xqrs, and three of neurokit2.

None of them is causal: each needs the whole recording. Another three of neurokit2 do not run on it as they are.
"""

import importlib.util
import warnings
from collections.abc import Callable
from functools import partial

import numpy as np

from dsp.stream import FloatArray

Detector = Callable[[FloatArray, int], FloatArray]  # an ECG in mV and its samples a second to the times of R in s

_NEUROKIT = ("neurokit", "pantompkins1985", "kalidas2017")


def peers() -> dict[str, Detector]:
    """Give those that are there, by name."""
    found: dict[str, Detector] = {}
    if importlib.util.find_spec("sleepecg"):
        found["sleepecg"] = by_sleepecg
    if importlib.util.find_spec("wfdb"):
        found["wfdb xqrs"] = _by_xqrs
    if importlib.util.find_spec("neurokit2"):
        found |= {f"neurokit2 {method}": partial(_by_neurokit, method=method) for method in _NEUROKIT}
    return found


def by_sleepecg(ecg_mv: FloatArray, rate_hz: int) -> FloatArray:
    import sleepecg  # type: ignore[import-not-found, unused-ignore]  # a peer: there in the bench only

    return np.asarray(sleepecg.detect_heartbeats(ecg_mv, rate_hz), dtype=np.float64) / rate_hz


def _by_xqrs(ecg_mv: FloatArray, rate_hz: int) -> FloatArray:
    from wfdb.processing import (  # type: ignore[import-not-found, import-untyped, unused-ignore]  # a peer
        xqrs_detect,
    )

    return np.asarray(xqrs_detect(ecg_mv, rate_hz, verbose=False), dtype=np.float64) / rate_hz


def _by_neurokit(ecg_mv: FloatArray, rate_hz: int, *, method: str) -> FloatArray:
    import neurokit2  # type: ignore[import-not-found, unused-ignore]  # a peer: there in the bench only

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        clean = neurokit2.ecg_clean(ecg_mv, rate_hz, method=method)
        _, found = neurokit2.ecg_peaks(clean, rate_hz, method=method)
    return np.sort(np.asarray(found["ECG_R_Peaks"], dtype=np.float64)) / rate_hz
