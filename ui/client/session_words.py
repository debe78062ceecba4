# SPDX-License-Identifier: MIT
"""The sentences of the session screen, made of what is known at an instant."""

import numpy as np

from dsp.codes import Reason, SensorKind, SourceState, Verdict
from dsp.stream import ABSENT, Measure, Status
from resources.words import gettext as _
from ui.connect.condition import fix_for
from ui.heart import HeartShown, Signal
from ui.tachogram import Beats, Points
from ui.words import advice_about, advice_on, strap_unreadable

_WHOLE = 0.95  # of the window: its borders cut one beat each


def rmssd_words(measure: Measure, corrected_percent: Measure = ABSENT) -> str:
    """Tell the RMSSD with the seconds that its beats cover and the share set aside, or why there is none."""
    if measure.value is not None:
        seconds = 60 if measure.quality >= _WHOLE else round(60 * measure.quality)
        words = _("RMSSD {value} ms, last {seconds} s").format(value=round(measure.value), seconds=seconds)
        aside = corrected_percent.value
        return words if not aside else _("{words}, {share} % set aside").format(words=words, share=max(1, round(aside)))
    reason = measure.why or Reason.NOT_COMPUTED
    why = {
        Reason.TOO_FEW_BEATS: _("after 20 beats that count"),
        Reason.TOO_MANY_FLAGGED: _("too many beats set aside"),
        Reason.UNEVEN_BEATS: _("the strap is read unevenly"),
        Reason.NO_RR: _("this sensor sends a rate only"),
        Reason.STALE: _("no fresh heartbeats"),
        Reason.NOT_FIT_FOR_HRV: _("light is fit for a rate, not for variability"),
        Reason.WAVE_UNCLEAR: _("the waveform is not clear"),
        Reason.NOT_COMPUTED: _("not there yet"),
    }.get(reason)
    return _("RMSSD: {why}").format(why=why or advice_on(reason).sentence)


def line_words(
    heart: HeartShown,
    status: Status | None,
    *,
    is_breathing: bool,
    is_paused: bool = False,
    has_heart: bool = True,
    standing: str = "",
    kind: SensorKind = SensorKind.STRAP,
    is_bare: bool = False,
) -> str:
    """Give the one line under the breathing word; without a heart sensor no heartbeats are waited for.

    Where nothing was switched on (`is_bare`), the word stands alone as long as all is well.

    `standing` is a clinic's own standing line, in place of the usual one; `kind` is that of the source whose state it
    is.
    """
    if status is not None and status.state is SourceState.STOPPED:
        return _("That was the whole recording.") if is_recording(status.source) else _("The strap is resting.")
    if status is not None and status.state is SourceState.FAILED:
        return f"{advice_about(status).sentence} {fix_for(kind, status.reason or Reason.BLUETOOTH_FAULT)}"
    if has_heart and heart.age_s is None:
        return "" if is_bare and is_breathing else _("Listening for the first heartbeats.")
    if has_heart and heart.signal is Signal.RESTING:
        return strap_unreadable(breathing=is_breathing)
    if is_paused:
        return _("go on whenever you like")
    usual = _("soft and small, no need to fill up") if is_breathing else _("begin the breathing whenever you like")
    return "" if is_bare else (standing if is_breathing else "") or usual


def is_recording(source: str) -> bool:
    """Whether a source's address is that of a file."""
    return source.startswith("file:")


def tachogram_summary(beats: Beats) -> str:
    """Sum up the tachogram for somebody who does not see it."""
    values = beats.counted.y
    if not len(values):
        return _("no beats that count in the last minute")
    told = _("last minute: {n} beats count, {low} to {high} ms apart, {aside} set aside").format(
        n=len(values), low=round(values.min()), high=round(values.max()), aside=len(beats.set_aside.y)
    )
    kinds = [f"{beats.verdicts.count(verdict)} {verdict_words(verdict)}" for verdict in dict.fromkeys(beats.verdicts)]
    return f"{told}: {', '.join(kinds)}" if kinds else told


def verdict_words(verdict: Verdict) -> str:
    """Say why a beat is set aside."""
    return {
        Verdict.ECTOPIC: _("too early"),
        Verdict.EXTRA: _("one too many"),
        Verdict.MISSED: _("one was missed"),
        Verdict.AFTER_GAP: _("after a pause"),
        Verdict.IMPLAUSIBLE: _("too long or too short"),
    }.get(verdict, "")


def rate_summary(points: Points) -> str:
    """Sum up the heart rate for somebody who does not see the trend."""
    values = points.y[np.isfinite(points.y)]
    if not len(values):
        return _("no heart rates in the last minute")
    return _("last minute: {low} to {high} beats a minute, now {now}").format(
        low=round(values.min()), high=round(values.max()), now=round(values[-1])
    )
