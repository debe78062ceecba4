# SPDX-License-Identifier: MIT
"""The clinician's words: shorter than the client's, about signals and seconds, never about a person's state of mind."""

from dsp.baseline import ArousalState
from dsp.codes import Reason, SourceState, Zone
from resources.words import gettext as _
from ui.arousal.words import rests_on
from ui.clinician.measures import LiveValue
from ui.clinician.sensors import SensorSeen
from ui.clinician.shares import Shares
from ui.foreign import safe_text
from ui.heart import HeartShown, Signal
from ui.words import age_words, clock_words

MINUS = "\N{MINUS SIGN}"


def zone_word(zone: Zone) -> str:
    """Give the word of a zone."""
    return {
        Zone.ABOVE: _("above"),
        Zone.WITHIN: _("inside"),
        Zone.BELOW: _("below"),
        Zone.UNKNOWN: _("unknown"),
    }[zone]


def zone_line(state: ArousalState, seconds: float) -> str:
    """Say for how long a zone holds, or why it is not known."""
    if state.is_grey:
        return _("moving")
    if state.zone is not Zone.UNKNOWN:
        return _("for {time}").format(time=clock_words(seconds))
    return short_reason(state.why)


def short_reason(why: Reason | None) -> str:
    """Say in a few words why something is not known."""
    return {
        Reason.NO_BASELINE: _("no rest yet"),
        Reason.WINDOW_OLD: _("the window is old"),
        Reason.CONDITION: _("switched off"),
        Reason.AT_EDGE: _("at the edge"),
        Reason.TOO_EARLY: _("too early to say"),
        Reason.MOVING: _("movement"),
        Reason.CONTRADICTORY: _("heart and skin differ"),
        Reason.UNEVEN_BEATS: _("uneven beats"),
        Reason.STALE: _("no fresh signal"),
        Reason.WEAK_SIGNAL: _("signal too faint"),
        Reason.SETTLING: _("settling"),
        Reason.NO_CONTACT: _("no skin contact"),
        Reason.TOO_FEW_BEATS: _("after 20 beats"),
        Reason.TOO_MANY_FLAGGED: _("too many set aside"),
        Reason.NO_RR: _("rate only"),
        Reason.NO_BREATH: _("not to be seen"),
        Reason.UNSURE: _("signals differ"),
        Reason.WAVE_UNCLEAR: _("waveform unclear"),
        Reason.NOT_FIT_FOR_HRV: _("light: rate only"),
        Reason.GAP_INSIDE: _("a pause inside"),
    }.get(why or Reason.NOT_COMPUTED, _("no signal"))


def signal_words(heart: HeartShown) -> str:
    """Say how the heart is read."""
    if heart.signal is Signal.CLEAR:
        return _("signal clear")
    if heart.age_s is None:
        return _("no heart signal")
    if heart.signal is Signal.FAINT:
        return _("faint, {age} old").format(age=age_words(heart.age_s)) if heart.is_dim else _("signal faint")
    return _("resting for {age}").format(age=age_words(heart.age_s))


def basis_words(state: ArousalState) -> str:
    """Say what the estimate rests on."""
    return rests_on(state) or (_("heart and skin") if state.channels else "")


def quality_words(value: LiveValue) -> str:
    """Say how clear a number is, and how old where it is not of now."""
    if value.value is None:
        return _("no sensor") if value.why is None else short_reason(value.why)
    clear = _("{n} % clear").format(n=round(100.0 * value.quality))
    if not value.is_dim or value.age_s is None:
        return clear
    return _("{clear}, {age} old").format(clear=clear, age=age_words(value.age_s))


def inside_words(shares: Shares) -> str:
    """Write the share inside as the range that it is."""
    low = shares.percent(shares.sure_s)
    high = shares.percent(shares.sure_s + shares.possible_s)
    return _("{n} %").format(n=low) if low == high else _("{low}–{high} %").format(low=low, high=high)


def sensor_words(seen: SensorSeen, name: str) -> str:
    """Say how a sensor goes."""
    state = seen.status.state if seen.status is not None else SourceState.IDLE
    words = {
        SourceState.STREAMING: _("streaming"),
        SourceState.STALE: _("quiet"),
        SourceState.RECONNECTING: _("called again"),
        SourceState.FAILED: _("needs a hand"),
    }.get(state, _("connecting"))
    if state is SourceState.STREAMING and not seen.is_on_skin:
        words = _("off the skin")
    if seen.battery_percent is None:
        return _("{name}: {state}").format(name=safe_text(name), state=words)
    return _("{name}: {state}, battery {n} %").format(name=safe_text(name), state=words, n=seen.battery_percent)
