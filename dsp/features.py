# SPDX-License-Identifier: MIT
"""What is known of a person at one instant: each number with its quality, or the reason why it is missing.

A part of the vocabulary (`dsp/stream.py`).
"""

from dataclasses import dataclass

from dsp.codes import Modality, Reason


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that may be missing: its value, how far it can be trusted (0 to 1), and why it is missing."""

    value: float | None = None
    quality: float = 0.0
    why: Reason | None = Reason.NOT_COMPUTED


ABSENT = Measure()


@dataclass(frozen=True, slots=True)
class SignalQuality:
    """How clear each signal is, 0 to 1; None where there is none. `motion_mg` is the SD of |acc|.

    `ecg` is judged on the waveform, `rr` on the intervals in use, wherever they come from, `eda` on the electrodes that
    are read; `ecg_why`, `rr_why` and `eda_why` say what is the matter where one is not clear.
    """

    ecg: float | None = None
    rr: float | None = None
    eda: float | None = None
    motion_mg: float | None = None
    ecg_why: Reason | None = None
    rr_why: Reason | None = None
    eda_why: Reason | None = None


@dataclass(frozen=True, slots=True)
class BreathLocking:
    """How the heart's rate answers the pacer (`dsp/heart/rsa.py`).

    `half_amplitude_bpm` is |C| and `lag` arg C, in radians, of the newest paced breath, which ended at `breath_end_s`;
    `plv` and `paced_share`, 0 to 1, are over the last 6: how alike they answered, and how much of the rate's variance
    is that answer.
    """

    half_amplitude_bpm: Measure = ABSENT
    lag: Measure = ABSENT
    plv: Measure = ABSENT
    paced_share: Measure = ABSENT
    breath_end_s: float | None = None


@dataclass(frozen=True, slots=True)
class Features:
    """Everything computed at one instant; `heart_t` is the time of the newest heart data in it, None before any.

    `heart_from` says what its heart is seen in: ECG, RR, PPG, or HR from a device without intervals; None without one.
    `scr_least_microsiemens` is the smallest skin response that `scr_per_min` counts.
    """

    t: float
    person: str = "client"
    heart_t: float | None = None
    hr_bpm: Measure = ABSENT
    rmssd_ms: Measure = ABSENT
    sdnn_ms: Measure = ABSENT
    pnn50_percent: Measure = ABSENT
    sd1_ms: Measure = ABSENT
    sd2_ms: Measure = ABSENT
    lf_ms2: Measure = ABSENT
    hf_ms2: Measure = ABSENT
    lf_hf: Measure = ABSENT
    rhythm: Measure = ABSENT
    rsa_bpm: Measure = ABSENT
    breaths_per_min: Measure = ABSENT
    scl_microsiemens: Measure = ABSENT
    scr_per_min: Measure = ABSENT
    corrected_percent: Measure = ABSENT
    quality: SignalQuality = SignalQuality()
    heart_from: Modality | None = None
    breath_locking: BreathLocking = BreathLocking()
    scr_least_microsiemens: float = 0.05
