# SPDX-License-Identifier: MIT
"""The quiet words about a sensor: its battery, what it does not give, a device that is another one than before.

Law: each is said once a session and sensor, but for how the partner's sensors are, of which nobody else speaks; the
words speak of the sensor; nothing of a notice's own text is shown.
"""

from collections.abc import Iterable

from dsp.codes import NoticeCode, SourceState
from dsp.stream import NOBODY, Notice
from resources.words import gettext as _
from ui.connect.condition import LOW_PERCENT, condition_of
from ui.connect.row_words import name_of
from ui.connect.sensors import Nearby
from ui.people import PARTNER, owner_words, person_name
from ui.words import gives_words

_LONGEST_SERIAL = 64


class SensorNews:
    """Remembers what was said of each sensor."""

    def __init__(self) -> None:
        self._said: set[tuple[str, NoticeCode]] = set()
        self._serials: dict[str, str] = {}

    def forget(self) -> None:
        """Begin anew with the next session."""
        self._said.clear()
        self._serials.clear()

    def words_on(self, notice: Notice, name: str) -> str:
        """Give the sentence of a notice; empty where there is none, or where it was said.

        Parameters
        ----------
        notice : Notice
            What a sensor tells.
        name : str
            The safe name of the sensor.
        """
        words = self._words(notice, name or _("the sensor"))
        key = (notice.source, notice.code)
        if not words or key in self._said:
            return ""
        self._said.add(key)
        return words

    def _words(self, notice: Notice, name: str) -> str:
        values = dict(notice.values)
        percent = values.get("percent")
        if notice.code is NoticeCode.BATTERY and type(percent) is int and percent <= LOW_PERCENT:
            return _("The battery of {name} is at {percent} %.").format(name=name, percent=percent)
        if notice.code is NoticeCode.NO_RR:
            return _("{name} gives a rate only, not each beat.").format(name=name)
        if notice.code is NoticeCode.STREAM_REFUSED:
            return _("{name} does not give all that it can just now.").format(name=name)
        if notice.code is NoticeCode.DEVICE and self._is_another(notice.source, str(values.get("serial", ""))):
            return _("{name} is another device than before: look whose it is.").format(name=name)
        return ""

    def _is_another(self, source: str, serial: str) -> bool:
        short = serial[:_LONGEST_SERIAL]
        return bool(short) and self._serials.setdefault(source, short) != short


def owner_news(nearby: Nearby, label: str) -> str:
    """Say whose a sensor is now."""
    name = name_of(nearby, label)
    if nearby.person == NOBODY:
        return _("{name} is nobody’s now.").format(name=name)
    return _("{name} is the {person}’s now.").format(name=name, person=owner_words(nearby.person))


def gives_of(own: Iterable[tuple[str, Nearby]], partners: Iterable[tuple[str, Nearby]] = ()) -> str:
    """Say which of the client's (safely named) sensors gives what, and of each of the partner's how it is."""
    parts = [f"{name}: {gives_words(nearby.gives)}" if nearby.gives else name for name, nearby in own]
    words = _("{partner}, {name}: {state}")
    parts += [words.format(partner=person_name(PARTNER), name=name, state=_state_of(n)) for name, n in partners]
    return "  ·  ".join(parts)


def partner_news(before: Nearby, now: Nearby, name: str) -> str:
    """Say that a sensor of the partner's is read from now on, or not any more; empty where neither is so."""
    was_clear, is_clear = (_is_clear(nearby) for nearby in (before, now))
    if now.person != PARTNER or was_clear == is_clear or now.status is None:
        return ""
    if is_clear:
        return _("The partner’s {name} is read now.").format(name=name)
    condition = condition_of(now)
    words = _("The partner’s {name}: {state}. {fix}.")
    return words.format(name=name, state=condition.state, fix=condition.fix)


def _state_of(nearby: Nearby) -> str:
    return condition_of(nearby).state


def _is_clear(nearby: Nearby) -> bool:
    return nearby.state is SourceState.STREAMING and nearby.has_contact
