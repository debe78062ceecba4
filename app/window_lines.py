# SPDX-License-Identifier: MIT
"""What a session says of a person's window, as notices of the JSON lines: calibrations, baselines and excursions.

Law: a calibration is told when somebody begins a step, when it ends and when it is refused, not each second of it.
"""

from collections.abc import Iterator, Mapping

from dsp.baseline import Baseline, Calibration, Excursion
from dsp.codes import CalibrationStep
from dsp.stream import Frame, Tick

_SOURCE = "arousal"
_ENDS = (CalibrationStep.DONE, CalibrationStep.REFUSED)


def window_objects(frame: Frame) -> Iterator[Mapping[str, object]]:
    """Give a frame's calibrations, baselines and excursions as notices."""
    is_second = isinstance(frame.item, Tick)
    yield from (_calibration(one) for one in frame.calibrations if one.step in _ENDS or not is_second)
    yield from (_baseline(one) for one in frame.baselines)
    yield from (_excursion(one) for one in frame.excursions)


def _calibration(calibration: Calibration) -> Mapping[str, object]:
    return {
        "t": calibration.t,
        "code": "calibration",
        "source": _SOURCE,
        "person": calibration.person,
        "step": calibration.step,
        "clean_s": calibration.clean_s,
        "wanted_s": calibration.wanted_s,
        "why": calibration.why,
    }


def _baseline(baseline: Baseline) -> Mapping[str, object]:
    head = {"t": baseline.t, "code": "baseline", "source": _SOURCE, "person": baseline.person}
    return {**dict(baseline.to_values()), **head}


def _excursion(excursion: Excursion) -> Mapping[str, object]:
    return {
        "t": excursion.t,
        "code": "excursion",
        "source": _SOURCE,
        "person": excursion.person,
        "zone": excursion.zone,
        "onset_s": excursion.onset_s,
        "depth": excursion.depth,
        "return_s": excursion.return_s,
    }
