# SPDX-License-Identifier: MIT
"""How a person's preferences change while the screens show: one step at a time, each handed on to be saved."""

from collections.abc import Callable
from dataclasses import replace

from ui.foreign import safe_text
from ui.preferences import SIGHTS, Preferences

THEMES = ("system", "dark", "light")
TEXT_SCALES = (1.0, 1.25, 1.5)
SOUNDS = ("off", "tones", "air", "marks")
VOLUMES = (0.25, 0.5, 1.0)
MIN_RATE, MAX_RATE = 4.0, 12.0  # breaths a minute when set by hand, signals.md section 4
PERSONAL = ("style", "guide", "sees", "sound", "volume", "breaths_per_min", "inhale", "exhale", "offers_wanted")
"""What is a person's own: of somebody who is stored it comes and goes with them."""

LONGEST_LABEL = 16  # characters: a label printed on a strap is a word and a number
LONGEST_PATH = 4096  # characters: what Linux allows for a path
LONGEST_DEVICE = 256  # characters: what the systems allow for the name of a sound device
MOST_LABELS = 256  # the sensors of a large practice; the oldest make room
PORTS = ("A1", "A2", "A3", "A4", "A5", "A6")
USUAL_PORT = "A3"  # where a BITalino has its skin sensor as it is sold


def with_next_theme(preferences: Preferences, *, is_system_light: bool) -> Preferences:
    """Give the same with the next theme, round and round; from the system's own first to the other one."""
    system, dark, light = THEMES
    turn = (system, dark, light) if is_system_light else (system, light, dark)
    following = dict(zip(turn, (*turn[1:], turn[0]), strict=True))
    return replace(preferences, theme=following.get(preferences.theme, system))


def with_next_text_size(preferences: Preferences) -> Preferences:
    """Give the same with the next larger text, after the largest the smallest."""
    larger = [scale for scale in TEXT_SCALES if scale > preferences.text_scale]
    return replace(preferences, text_scale=larger[0] if larger else TEXT_SCALES[0])


def with_other_motion(preferences: Preferences) -> Preferences:
    """Give the same with a moving shape, or with rings and words."""
    return replace(preferences, reduced_motion=not preferences.reduced_motion)


class PreferenceKeeper:
    """Holds the preferences of now and hands every change on to be saved.

    Parameters
    ----------
    preferences : Preferences
        As they were at the last start.
    save : callable
        Remembers them; called once for each change.
    """

    def __init__(self, preferences: Preferences, save: Callable[[Preferences], None]) -> None:
        self._now = preferences
        self._saved = preferences
        self._save = save
        self._is_lent = False

    @property
    def now(self) -> Preferences:
        """The preferences as they are."""
        return self._now

    def keep(self, preferences: Preferences) -> None:
        """Take these preferences; saved only when something changed that is this computer's own."""
        self._now = preferences
        saved = _with_own(preferences, self._saved) if self._is_lent else preferences
        if saved != self._saved:
            self._saved = saved
            self._save(saved)

    def lend(self, preferences: Preferences) -> None:
        """Have a person's own choices for one session: they are theirs, and stay nobody else's."""
        self._is_lent = True
        self._now = _with_own(self._now, preferences)

    def give_back(self) -> None:
        """Have this computer's own choices again."""
        self._is_lent = False
        self._now = self._saved

    def keep_rate(self, breaths_per_min: float) -> None:
        """Remember a pace, taken into the range that may be set by hand."""
        self.keep(replace(self._now, breaths_per_min=min(max(breaths_per_min, MIN_RATE), MAX_RATE)))

    def keep_ratio(self, inhale: float, exhale: float) -> None:
        """Remember the proportions of a breath."""
        self.keep(replace(self._now, inhale=inhale, exhale=exhale))

    def keep_sight(self, sight: str, *, is_seen: bool) -> None:
        """Remember whether the person wishes to see this of themselves."""
        seen = {*self._now.sees, sight} if is_seen else {*self._now.sees} - {sight}
        self.keep(replace(self._now, sees=tuple(name for name in SIGHTS if name in seen)))

    def keep_offers(self, *, are_wanted: bool) -> None:
        """Remember whether somebody on their own wants to be offered something."""
        self.keep(replace(self._now, offers_wanted=are_wanted))

    def keep_style(self, style: str) -> None:
        """Remember the shape that the person breathes with, of `STYLES`."""
        self.keep(replace(self._now, style=style))

    def keep_guide(self, guide: str) -> None:
        """Remember whether the person breathes along or only notices, of `GUIDES`."""
        self.keep(replace(self._now, guide=guide))

    def keep_sound(self, kind: str) -> None:
        """Remember how the breath sounds, of `SOUNDS`."""
        self.keep(replace(self._now, sound=kind))

    def keep_volume(self, volume: float) -> None:
        """Remember how loud it is, 0 to 1."""
        self.keep(replace(self._now, volume=min(max(volume, 0.0), 1.0)))

    def keep_sound_device(self, device: str) -> None:
        """Remember what the sound comes from; an empty name is the system's own choice."""
        self.keep(replace(self._now, sound_device=device[:LONGEST_DEVICE]))

    def label_of(self, address: str) -> str:
        """Give the label printed on a sensor; empty where none was typed."""
        return dict(self._now.labels).get(address, "")

    def keep_label(self, address: str, label: str) -> None:
        """Remember the label printed on a sensor; an empty one is forgotten."""
        safe = safe_text(label)[:LONGEST_LABEL].rstrip()
        others = tuple(pair for pair in self._now.labels if pair[0] != address)
        if safe != self.label_of(address):
            labels = (*others, (address, safe)) if safe else others
            self.keep(replace(self._now, labels=labels[-MOST_LABELS:]))

    def port_of(self, address: str) -> str:
        """Give the port of a device that its skin sensor is plugged in at."""
        return dict(self._now.ports).get(address, USUAL_PORT)

    def keep_port(self, address: str, port: str) -> None:
        """Remember the port of a device that its skin sensor is plugged in at; the usual one is forgotten."""
        others = tuple(pair for pair in self._now.ports if pair[0] != address)
        ports = others if port == USUAL_PORT else (*others, (address, port))
        if port in PORTS and port != self.port_of(address):
            self.keep(replace(self._now, ports=ports[-MOST_LABELS:]))


def _with_own(preferences: Preferences, other: Preferences) -> Preferences:
    """Give the preferences with what is personal taken from others."""
    return replace(preferences, **{name: getattr(other, name) for name in PERSONAL})
