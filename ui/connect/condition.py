# SPDX-License-Identifier: MIT
"""One state and one fix for a sensor, whatever happens to it.

Law: words speak of the sensor, never of the person; each state has exactly one next step, and it fits the sensor that
is meant (a strap has patches to wet, a finger sensor has electrodes to fasten).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from dsp.codes import Reason, SensorKind, SourceState
from resources.words import gettext as _
from ui.connect.sensors import Nearby
from ui.words import advice_on

LOW_PERCENT = 20


@dataclass(frozen=True, slots=True)
class Condition:
    """A state with its icon, and the one thing to do."""

    icon: str
    state: str
    fix: str


def condition_of(nearby: Nearby, successor: str = "") -> Condition:
    """Give the state and the fix of a sensor.

    Parameters
    ----------
    nearby : Nearby
        What is known of it.
    successor : str
        The safe name of another sensor that gives the same while this one does not; empty where there is none.
    """
    if not nearby.is_joined:
        return _of_one_that_waits(nearby)
    reason = None if nearby.status is None else nearby.status.reason
    if nearby.state is SourceState.STREAMING:
        return _of_one_that_streams(nearby)
    if successor and nearby.state not in _CALLED:
        return Condition("resting", _("Replaced"), _("{name} gives the heartbeats now").format(name=successor))
    if reason is None or nearby.state in _CALLED:
        return _by_state(nearby)
    return _by_reason(nearby, reason)


def contact_fix(kind: SensorKind) -> str:
    """Say what makes a sensor read the skin again."""
    return {
        SensorKind.STRAP: _("Wet the two patches"),
        SensorKind.ARM_BAND: _("Turn its light to the skin, a little snugger"),
        SensorKind.SKIN: _("Fasten both finger electrodes"),
        SensorKind.STREAM: _("Look at the program that sends it"),
    }[kind]


def fix_for(kind: SensorKind, reason: Reason) -> str:
    """Say the one thing that helps a sensor of this kind, whatever is the matter with it."""
    if reason in _UNFELT or (kind is SensorKind.STREAM and reason in _GONE):
        return contact_fix(kind)
    if kind is not SensorKind.STRAP and reason is Reason.NOT_FOUND:
        return _wake_fix(kind)
    if kind is not SensorKind.STRAP and reason in _DISAGREED:
        return _("Switch it off and on again")
    return advice_on(reason).step


_UNFELT = {Reason.SILENT, Reason.NO_CONTACT, Reason.STALE}
_GONE = {Reason.LINK_LOST, Reason.NOT_FOUND, Reason.HELD_ELSEWHERE}
_DISAGREED = {Reason.NO_HEART_RATE_SERVICE, Reason.STREAM_REFUSED}
_CALLED = {SourceState.IDLE, SourceState.CONNECTING, SourceState.DISCOVERING, SourceState.SUBSCRIBING}


def _of_one_that_waits(nearby: Nearby) -> Condition:
    if nearby.is_away:
        return Condition("resting", _("Out of reach"), fix_for(nearby.kind, Reason.NOT_FOUND))
    if nearby.refused is not None:
        is_slow = nearby.refused is Reason.RATE_TOO_LOW
        state = _("Too slow for that") if is_slow else _("That does not fit")
        return Condition("question", state, _("Say again what it measures"))
    if nearby.is_riddle and nearby.is_put_off:
        return Condition("question", _("Not used"), _("Say what it measures to use it"))
    if nearby.is_riddle:
        return Condition("question", _("What is it?"), _("It does not say what it measures"))
    if nearby.gives_markers:
        return Condition("link", _("Ready"), _("Connect to take its marks in"))
    return Condition("link", _("Ready"), _("Connect to use it"))


def _of_one_that_streams(nearby: Nearby) -> Condition:
    if not nearby.has_contact:
        return Condition("resting", _("Off the skin"), contact_fix(nearby.kind))
    if nearby.gives_heart:
        arrives = _("heartbeats arrive")
    elif nearby.gives_skin:
        arrives = _("skin conductance arrives")
    else:
        arrives = _("its marks arrive") if nearby.gives_markers else _("its signal arrives")
    return Condition("clear", _("Clear"), arrives)


def _by_state(nearby: Nearby) -> Condition:
    """Give the words of a state that needs no reason."""
    waits = _("waiting for heartbeats") if nearby.gives_heart else _("waiting for its signal")
    connecting, calling = _("Connecting"), _("calling it")
    return {
        SourceState.IDLE: Condition("faint", connecting, calling),
        SourceState.SCANNING: Condition("faint", _("Looking for it"), _wake_fix(nearby.kind)),
        SourceState.CONNECTING: Condition("faint", connecting, calling),
        SourceState.DISCOVERING: Condition("faint", connecting, _("asking what it gives")),
        SourceState.SUBSCRIBING: Condition("faint", connecting, waits),
        SourceState.STALE: Condition("resting", _("Resting"), contact_fix(nearby.kind)),
        SourceState.RECONNECTING: Condition("resting", _("Calling again"), _("Keep it near")),
        SourceState.FAILED: Condition("resting", _("Not answering"), fix_for(nearby.kind, Reason.NOT_FOUND)),
        SourceState.STOPPED: Condition("resting", _("Resting"), _("Stop using it, then connect it again")),
    }[nearby.state]


def _by_reason(nearby: Nearby, reason: Reason) -> Condition:
    """Give the words of what is the matter."""
    fix = fix_for(nearby.kind, reason)
    if reason in _UNFELT:
        return Condition("resting", _("Off the skin") if reason is Reason.NO_CONTACT else _("Resting"), fix)
    if reason in _GONE and nearby.kind is SensorKind.STREAM:
        return Condition("resting", _("Out of reach"), fix)
    return Condition("resting", _titles(nearby.kind).get(reason, _("Not answering")), fix)


def _titles(kind: SensorKind) -> Mapping[Reason, str]:
    is_strap = kind is SensorKind.STRAP
    return {
        Reason.LINK_LOST: _("Out of reach"),
        Reason.BATTERY_EMPTY: _("Battery may be empty"),
        Reason.OTHER_STRAP: _("Another strap"),
        Reason.NO_RADIO: _("No Bluetooth here"),
        Reason.RADIO_OFF: _("Bluetooth is off"),
        Reason.RADIO_DENIED: _("Bluetooth not allowed"),
        Reason.NO_BLUETOOTH_SERVICE: _("Bluetooth not running"),
        Reason.PAIRING_REFUSED: _("Not paired"),
        Reason.NO_HEART_RATE_SERVICE: _("No heartbeats from it") if is_strap else _("It did not agree"),
        Reason.STREAM_REFUSED: _("It did not agree"),
        Reason.NOT_A_SENSOR: _("Not a sensor"),
        Reason.STREAM_UNKNOWN: _("What is it?"),
        Reason.LSL_MISSING: _("Not installed here"),
    }


def _wake_fix(kind: SensorKind) -> str:
    return _("It wakes on damp skin") if kind is SensorKind.STRAP else _("Switch it on, near this computer")
