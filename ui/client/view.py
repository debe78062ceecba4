# SPDX-License-Identifier: MIT
"""How a person has their screen, as it travels from one session to the next: shape, sound, sights, pace, sensors.

Law: what came back from anywhere is read as what is allowed, and as the usual where it is not.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dsp.stream import Value, Values
from ui.choices import MAX_RATE, MIN_RATE, SOUNDS
from ui.preferences import GUIDES, SIGHTS, STYLES, Preferences

_MOST_SOURCES = 8
_LONGEST_SOURCE = 256  # characters of an address


@dataclass(frozen=True, slots=True)
class View:
    """A person's own choices, of `ui.choices.PERSONAL`, and the sources of the session (`ble:ADDRESS@client`)."""

    style: str = "disc"
    guide: str = "breath"
    sees: tuple[str, ...] = ()
    sound: str = "off"
    volume: float = 0.5
    breaths_per_min: float = 6.0
    inhale: float = 4.0
    exhale: float = 6.0
    offers_wanted: bool = False
    sources: tuple[str, ...] = ()

    @classmethod
    def of(cls, now: Preferences, sources: Sequence[str]) -> "View":
        """Give the choices of now."""
        return cls(
            now.style,
            now.guide,
            now.sees,
            now.sound,
            now.volume,
            now.breaths_per_min,
            now.inhale,
            now.exhale,
            now.offers_wanted,
            tuple(sources)[:_MOST_SOURCES],
        )

    @classmethod
    def from_values(cls, values: Values) -> "View":
        """Read what `to_values` gave."""
        known, usual = dict(values), cls()
        sees = _words(known.get("sees"))
        return cls(
            _one_of(STYLES, known.get("style")),
            _one_of(GUIDES, known.get("guide")),
            tuple(sight for sight in SIGHTS if sight in sees),
            _one_of(SOUNDS, known.get("sound")),
            _number(known.get("volume"), 0.0, 1.0, usual.volume),
            _number(known.get("breaths_per_min"), MIN_RATE, MAX_RATE, usual.breaths_per_min),
            _number(known.get("inhale"), 1.0, 10.0, usual.inhale),
            _number(known.get("exhale"), 1.0, 10.0, usual.exhale),
            known.get("offers_wanted") is True,
            tuple(one for one in _words(known.get("sources")) if len(one) <= _LONGEST_SOURCE)[:_MOST_SOURCES],
        )

    def to_values(self) -> Values:
        """Give the choices as the values of a command."""
        return (
            ("style", self.style),
            ("guide", self.guide),
            ("sees", "\n".join(self.sees)),
            ("sound", self.sound),
            ("volume", self.volume),
            ("breaths_per_min", self.breaths_per_min),
            ("inhale", self.inhale),
            ("exhale", self.exhale),
            ("offers_wanted", self.offers_wanted),
            ("sources", "\n".join(self.sources)),
        )

    def put_on(self, preferences: Preferences) -> Preferences:
        """Give the preferences with these choices in them."""
        return replace(
            preferences,
            style=self.style,
            guide=self.guide,
            sees=self.sees,
            sound=self.sound,
            volume=self.volume,
            breaths_per_min=self.breaths_per_min,
            inhale=self.inhale,
            exhale=self.exhale,
            offers_wanted=self.offers_wanted,
        )


def _one_of(allowed: tuple[str, ...], value: Value | None) -> str:
    return value if isinstance(value, str) and value in allowed else allowed[0]


def _number(value: Value | None, least: float, most: float, usual: float) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most
    return float(value) if is_number and value is not None else usual


def _words(value: Value | None) -> tuple[str, ...]:
    return tuple(filter(None, value.split("\n"))) if isinstance(value, str) else ()
