# SPDX-License-Identifier: MIT
"""The sensors seen nearby, in the order in which they were first seen, each with one state and one fix.

Law: the order never changes while looking, and a sensor's words come from its newest state alone.
"""

from dataclasses import dataclass, replace
from gettext import gettext as _

from dsp.codes import Modality, Reason, SourceState
from dsp.stream import Sighting, Status
from ui.foreign import safe_text
from ui.words import advice_on, gives_words

_MOST = 32  # rows: more sensors than this around one person are noise


@dataclass(frozen=True, slots=True)
class SensorWords:
    """One row of the list, in words that are safe to show; `bars` is 0 to 4, 0 where the strength is unknown."""

    address: str
    name: str
    suffix: str
    gives: str
    icon: str
    bars: int
    radio: str
    battery_percent: int | None
    state_icon: str
    state: str
    fix: str
    action: str
    is_busy: bool


class NearbySensors:
    """Keeps the list; a sighting or a status changes one row."""

    def __init__(self) -> None:
        self._seen: dict[str, Sighting] = {}
        self._states: dict[str, Status] = {}

    def __len__(self) -> int:
        return len(self._seen)

    def see(self, sighting: Sighting) -> str | None:
        """Add or renew a sensor; its address, or None when nothing that is shown changed or the list is full."""
        earlier = self._seen.get(sighting.address)
        if earlier is None and len(self._seen) >= _MOST:
            return None
        newer = _merged(earlier, sighting)
        self._seen[sighting.address] = newer
        return None if earlier is not None and _shown(earlier) == _shown(newer) else sighting.address

    def hear(self, status: Status) -> str | None:
        """Take a state of a sensor in the list; its address, or None when it is not in the list."""
        address = status.source.removeprefix("ble:")
        if address not in self._seen:
            return None
        self._states[address] = status
        return address

    def rest(self, address: str) -> None:
        """Forget the state of a sensor: it is there to be connected again."""
        self._states.pop(address, None)

    def words(self, address: str) -> SensorWords:
        """Give the row of a sensor."""
        sighting = self._seen[address]
        status = self._states.get(address)
        icon, state, fix, action = _state_words(status)
        bars = _bars(sighting.rssi_dbm)
        return SensorWords(
            address=address,
            name=safe_text(sighting.name) or _("unnamed sensor"),
            suffix=safe_text("".join(c for c in address if c.isalnum())[-4:].upper()),
            gives=gives_words(sighting.gives) or _("not known yet"),
            icon=_icon_for(sighting.gives),
            bars=bars,
            radio=_radio_words(bars),
            battery_percent=sighting.battery_percent,
            state_icon=icon,
            state=state,
            fix=fix,
            action=action,
            is_busy=status is not None and status.state in _BUSY,
        )


_BUSY = {SourceState.CONNECTING, SourceState.DISCOVERING, SourceState.SUBSCRIBING, SourceState.RECONNECTING}


def _shown(sighting: Sighting) -> Sighting:
    """Give what can be seen of a sighting: its strength in bars only."""
    return replace(sighting, rssi_dbm=_bars(sighting.rssi_dbm))


def _merged(earlier: Sighting | None, newer: Sighting) -> Sighting:
    """Keep what an advertisement left out this time."""
    if earlier is None:
        return newer
    return replace(
        newer,
        name=newer.name or earlier.name,
        gives=newer.gives or earlier.gives,
        battery_percent=earlier.battery_percent if newer.battery_percent is None else newer.battery_percent,
    )


def _icon_for(gives: tuple[Modality, ...]) -> str:
    if Modality.EDA in gives:
        return "finger"
    is_strap = Modality.RR in gives or Modality.ECG in gives or not gives
    return "strap" if is_strap else "armband"


def _bars(rssi_dbm: int | None) -> int:
    """Count bars for a strength; the steps are round figures of a body-worn sensor in one room."""
    return 0 if rssi_dbm is None else 1 + sum(rssi_dbm >= step for step in (-80, -67, -55))


def _radio_words(bars: int) -> str:
    """Say how near a sensor sounds."""
    return (_("unknown"), _("far"), _("fair"), _("near"), _("close"))[bars]


def _state_words(status: Status | None) -> tuple[str, str, str, str]:
    """Give icon, state, fix and action for the newest state."""
    connect, stop, again = _("Connect"), _("Stop"), _("Try again")
    if status is None or status.state in {SourceState.IDLE, SourceState.SCANNING, SourceState.STOPPED}:
        return "link", _("Ready"), _("Connect to use it"), connect
    if status.state is SourceState.FAILED:
        return "resting", _("Not answering"), advice_on(status.reason or Reason.NOT_FOUND).step, again
    fix = "" if status.reason is None else advice_on(status.reason).step
    return {
        SourceState.CONNECTING: ("faint", _("Connecting"), _("calling it"), stop),
        SourceState.DISCOVERING: ("faint", _("Connecting"), _("asking what it gives"), stop),
        SourceState.SUBSCRIBING: ("faint", _("Connecting"), _("waiting for heartbeats"), stop),
        SourceState.STREAMING: ("clear", _("Clear"), _("heartbeats arrive"), stop),
        SourceState.STALE: ("resting", _("Resting"), fix or _("Wet the two patches"), stop),
        SourceState.RECONNECTING: ("resting", _("Calling again"), fix or _("Keep it near"), stop),
    }[status.state]
