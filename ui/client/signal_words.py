# SPDX-License-Identifier: MIT
"""The words beside the raw signals."""

from dsp.codes import Reason
from dsp.stream import FloatArray, Measure
from resources.words import gettext as _


def ecg_unit(rate_hz: float | None) -> str:
    """Give the unit, with the rate where it is known."""
    return _("mV") if rate_hz is None else _("mV, {rate} Hz").format(rate=round(rate_hz))


def wave_words(why: Reason | None) -> str:
    """Say what the lane under the ECG shows, and what is the matter where it is not clear."""
    matter = {
        Reason.SETTLING: _("settling"),
        Reason.GAP_INSIDE: _("a pause in it"),
        Reason.RATE_TOO_LOW: _("too few samples a second"),
        Reason.FLAT: _("the line stands still"),
        Reason.RAIL: _("beyond what the sensor can measure"),
        Reason.NOISY: _("faint: wet the two patches"),
        Reason.ARTIFACT: _("the electrodes move"),
        Reason.MOVING: _("you move"),
    }.get(why or Reason.NOT_COMPUTED)
    return _("signal quality") if matter is None else _("signal quality: {matter}").format(matter=matter)


def response_words(per_min: Measure, *, least: float, is_tight: bool) -> str:
    """Tell how many skin responses there are a minute, and which ones count (signals.md section 2)."""
    if per_min.why is Reason.NO_RESPONSES:
        return _("SCR: no response so far; some skins answer rarely")
    count = "–" if per_min.value is None else str(round(per_min.value))
    if is_tight:
        return _("SCR: {count} a minute").format(count=count)
    return _("SCR of {least:.2g} \N{MICRO SIGN}S or more: {count} a minute").format(least=least, count=count)


def ecg_summary(values: FloatArray, beats: int, span_s: float) -> str:
    """Sum up the ECG for somebody who does not see it."""
    if not len(values):
        return _("no sensor")
    return _("last {span} s: {low:.1f} to {high:.1f} mV, {beats} beats").format(
        span=round(span_s), low=values.min(), high=values.max(), beats=beats
    )


def eda_summary(values: FloatArray, responses: int, *, least: float) -> str:
    """Sum up the skin conductance for somebody who does not see it."""
    if not len(values):
        return _("no sensor")
    return _("last minute: {low:.2f} to {high:.2f} microsiemens, {responses} responses of {least:.2g} or more").format(
        low=values.min(), high=values.max(), responses=responses, least=least
    )


def breath_summary(values: FloatArray) -> str:
    """Sum up the breath for somebody who does not see it; its unit is the belt's own."""
    if not len(values):
        return _("no sensor")
    return _("last minute: the belt goes from {low:.2g} to {high:.2g}, without a unit").format(
        low=values.min(), high=values.max()
    )


def clear_words(clear: int, seconds: int) -> str:
    """Say for how long the signal was clear."""
    return _("clear for {clear} of {seconds} s").format(clear=clear, seconds=seconds)
