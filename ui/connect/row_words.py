# SPDX-License-Identifier: MIT
"""All that one row of the list says, in words that are safe to show."""

from dataclasses import dataclass
from enum import Enum

from dsp.codes import Modality, SensorKind, SourceState
from dsp.stream import NOBODY
from resources.words import gettext as _
from ui.connect.condition import LOW_PERCENT, Condition, condition_of
from ui.connect.sensors import Nearby
from ui.people import OWNERS, belongs_words, owner_words, person_name
from ui.words import gives_words


class Act(Enum):
    """What the row's one button does."""

    CONNECT = "connect"
    STOP = "stop"
    AGAIN = "again"
    OPEN = "open"  # what can be said about the sensor, below its row


@dataclass(frozen=True, slots=True)
class OwnerWords:
    """What the row says about whose the sensor is; `can_tell`: by itself. `label` is the one printed on it."""

    person: str
    title: str
    line: str
    can_tell: bool
    label: str


@dataclass(frozen=True, slots=True)
class SensorWords:
    """One row of the list; `bars` is 0 to 4, 0 where the strength is unknown or means nothing."""

    address: str
    name: str
    suffix: str
    gives: str
    icon: str
    bars: int
    radio: str
    battery_percent: int | None
    charge: str
    condition: Condition
    act: Act
    action: str
    owner: OwnerWords
    unknown_channels: tuple[str, ...]
    guess: Modality | None
    is_riddle: bool
    is_refused: bool  # what was said of it does not fit
    port: str  # of a BITalino: where its skin sensor is plugged in; empty of any other sensor

    @property
    def summary(self) -> str:
        """The row in one sentence, for those who do not see it."""
        parts = (self.suffix, self.gives, self.radio, self.charge, self.condition.state, self.condition.fix)
        return ", ".join(part for part in parts if part)


def words_of(nearby: Nearby, label: str, *, asked: str, successor: str = "", port: str = "") -> SensorWords:
    """Give the row of a sensor.

    Parameters
    ----------
    nearby : Nearby
        What is known of it.
    label : str
        The label printed on it; empty where none was typed.
    asked : str
        The person who is asked to tap next.
    successor : str
        The safe name of the sensor that gives the same in its place.
    port : str
        Where its skin sensor is plugged in, if it has several ports.
    """
    act = _act_on(nearby)
    is_stream = nearby.kind is SensorKind.STREAM
    return SensorWords(
        address=nearby.address,
        name=label or _own_name(nearby),
        suffix=_suffix(nearby, is_labelled=bool(label)),
        gives=gives_words(nearby.gives) or (_("markers") if nearby.gives_markers else _("not known yet")),
        icon=_ICONS[nearby.kind],
        bars=0 if nearby.is_away else nearby.bars,
        radio=_("on this network") if is_stream else "" if nearby.is_away else _radio_words(nearby.bars),
        battery_percent=nearby.battery_percent,
        charge="" if is_stream else charge_words(nearby.battery_percent),
        condition=condition_of(nearby, successor),
        act=act,
        action=_action_words(act, nearby),
        owner=_owner_words(nearby, label, asked),
        unknown_channels=nearby.unknown_channels,
        guess=nearby.guess,
        is_riddle=nearby.is_riddle and not nearby.is_joined,
        is_refused=nearby.refused is not None,
        port=port if nearby.has_ports else "",
    )


def name_of(nearby: Nearby, label: str) -> str:
    """Give the name of a sensor wherever it is spoken of: its label, or its own name and the end of its address."""
    return label or f"{_own_name(nearby)} {nearby.suffix}".strip()


_ICONS = {
    SensorKind.STRAP: "strap",
    SensorKind.ARM_BAND: "armband",
    SensorKind.SKIN: "finger",
    SensorKind.STREAM: "stream",
}
_BUSY = {SourceState.IDLE, SourceState.CONNECTING, SourceState.DISCOVERING, SourceState.SUBSCRIBING}


def _own_name(nearby: Nearby) -> str:
    return nearby.name or _("unnamed sensor")


def _suffix(nearby: Nearby, *, is_labelled: bool) -> str:
    kind = {
        SensorKind.STRAP: "",
        SensorKind.ARM_BAND: _("arm band"),
        SensorKind.SKIN: _("skin"),
        SensorKind.STREAM: _("LSL stream"),
    }[nearby.kind]
    parts = (_own_name(nearby) if is_labelled else "", kind, nearby.suffix)
    return ", ".join(part for part in parts if part)


def _radio_words(bars: int) -> str:
    """Say how near a sensor sounds."""
    return (_("unknown"), _("far"), _("fair"), _("near"), _("close"))[bars]


def charge_words(percent: int | None) -> str:
    """Say how full a battery is."""
    if percent is None:
        return _("battery unknown")
    words = _("{percent} %, low") if percent <= LOW_PERCENT else _("{percent} %")
    return words.format(percent=percent)


def _act_on(nearby: Nearby) -> Act:
    if not nearby.is_joined:
        return Act.OPEN if nearby.is_riddle else Act.CONNECT
    if nearby.state is SourceState.FAILED:
        return Act.AGAIN
    return Act.STOP if nearby.state in _BUSY else Act.OPEN


def action_names() -> tuple[str, ...]:
    """Give every word that the button of a row may carry."""
    return (*map(owner_words, OWNERS), _("Say what it is"), _("Connect"), _("Stop"), _("Try again"))


def _action_words(act: Act, nearby: Nearby) -> str:
    if act is Act.OPEN:
        return owner_words(nearby.person) if nearby.is_joined else _("Say what it is")
    return {Act.CONNECT: _("Connect"), Act.STOP: _("Stop"), Act.AGAIN: _("Try again")}[act]


def _owner_words(nearby: Nearby, label: str, asked: str) -> OwnerWords:
    if nearby.person != NOBODY:
        title = belongs_words(nearby.person)
        felt = _("It felt two taps.") if nearby.feels_taps else _("It felt being lifted.")
        line = " ".join((felt, _("Not so? Choose again."))[0 if nearby.is_by_tap else 1 :])
    elif nearby.can_tell_wearer:
        ask = _("{person}: tap it twice") if nearby.feels_taps else _("{person}: lift it off the skin twice")
        title = ask.format(person=person_name(asked))
        line = _("Then we know whose it is. Or choose here.")
    else:
        title, line = belongs_words(NOBODY), _("It cannot feel a tap: choose here.")
    return OwnerWords(nearby.person, title, line, nearby.can_tell_wearer, label)
