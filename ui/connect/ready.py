# SPDX-License-Identifier: MIT
"""Who is ready for a session: what each person wears, and whether it can begin."""

from collections.abc import Callable

from dsp.stream import CLIENT, NOBODY
from resources.words import gettext as _
from ui.connect.condition import condition_of
from ui.connect.sensors import Nearby, NearbySensors
from ui.connect.wears import Wearer, Worn
from ui.people import PEOPLE, owner_words, person_name


def is_ready(sensors: NearbySensors) -> bool:
    """Tell whether the client wears a sensor."""
    return bool(sensors.joined(CLIENT))


def ready_words(sensors: NearbySensors) -> str:
    """Say who is ready, or what is missing."""
    if not sensors.joined():
        return _("Connect a sensor, or choose a way without one.")
    people = [_ready_part(person, sensors.joined(person)) for person in PEOPLE if sensors.joined(person)]
    if not people:
        return _("Say whose it is, then start.")
    if not is_ready(sensors):
        return _("Still to be said: which sensor is the client’s.")
    return _("Ready now: {people}.").format(people="; ".join(people))


def wearers_of(sensors: NearbySensors, name_of: Callable[[str], str]) -> tuple[Wearer, ...]:
    """Tell what each person wears, the client first; the sensors that are nobody's yet last.

    Parameters
    ----------
    sensors : NearbySensors
        What is near.
    name_of : callable
        Gives the safe name of a sensor.
    """
    people = [(person, sensors.joined(person)) for person in (*PEOPLE, NOBODY)]
    return tuple(Wearer(person_name(person), _worn(worn, name_of)) for person, worn in people if worn)


def _worn(worn: tuple[Nearby, ...], name_of: Callable[[str], str]) -> tuple[Worn, ...]:
    return tuple(_worn_one(nearby, name_of(nearby.address)) for nearby in worn)


def _worn_one(nearby: Nearby, name: str) -> Worn:
    """Give one line; its state is said in words too, where it is not clear."""
    condition = condition_of(nearby)
    words = name if condition.icon == "clear" else _("{name}: {state}").format(name=name, state=condition.state)
    return Worn(_what(nearby), condition.icon, words)


def _what(nearby: Nearby) -> str:
    if nearby.gives_heart and nearby.gives_skin:
        return _("Heart and skin")
    if nearby.gives_heart or nearby.gives_skin:
        return _("Heart") if nearby.gives_heart else _("Skin")
    return _("Markers") if nearby.gives_markers else _("Other")


def _ready_part(person: str, worn: tuple[Nearby, ...]) -> str:
    has_heart, has_skin = any(n.gives_heart for n in worn), any(n.gives_skin for n in worn)
    if has_heart and has_skin:
        words = _("{person}, heart and skin")
    elif has_heart or has_skin:
        words = _("{person}, heart only") if has_heart else _("{person}, skin only")
    else:
        words = "{person}"
    return words.format(person=owner_words(person))
