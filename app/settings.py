# SPDX-License-Identifier: MIT
"""The settings file: the choices of `ui.preferences`, as JSON with a version, in the data folder.

Law: that of `app.json_file`; a choice that is none of those allowed makes the file one that cannot be understood.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path
from types import MappingProxyType

from app.json_file import JsonFile, must_be
from resources.words import gettext as _
from ui.choices import (
    LONGEST_DEVICE,
    LONGEST_LABEL,
    LONGEST_PATH,
    MAX_RATE,
    MIN_RATE,
    MOST_LABELS,
    PORTS,
    SOUNDS,
    TEXT_SCALES,
    THEMES,
)
from ui.clinician.marker_words import LONGEST_TYPE, MOST_TYPES, clean_types
from ui.foreign import safe_text
from ui.key_table import clean_keys
from ui.preferences import GUIDES, SIGHTS, STYLES, Preferences
from ui.tokens import HUES

_RANGES: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "breaths_per_min": (MIN_RATE, MAX_RATE),
        "inhale": (1.0, 10.0),
        "exhale": (1.0, 10.0),
        "text_scale": (min(TEXT_SCALES), max(TEXT_SCALES)),
        "volume": (0.0, 1.0),
    }
)


class SettingsFile:
    """The settings in one folder.

    Parameters
    ----------
    folder : Path
        The data folder; made when the settings are first saved.
    """

    def __init__(self, folder: Path) -> None:
        self._file = JsonFile(folder / "settings.json")

    @property
    def problem(self) -> str:
        """What `load` found wrong, for the user; empty where all is well."""
        return self._file.problem

    def load(self) -> Preferences:
        """Read the settings; the defaults where there are none that can be used."""
        return self._file.load(_checked, Preferences())

    def save(self, preferences: Preferences) -> None:
        """Write the settings so that a crash leaves the old file or the new one, never half of one."""
        self._file.save(asdict(preferences))


def _checked(found: Mapping[str, object]) -> Preferences:
    """Take each choice that the file names, and the usual one for the rest."""
    allowed = [field.name for field in fields(Preferences)]
    for name in found:
        if name not in allowed:
            raise ValueError(
                _("cannot be used: '{name}' is not a setting; there are {allowed}").format(
                    name=safe_text(name), allowed=", ".join(allowed)
                )
            )
    usual = Preferences()
    return Preferences(
        theme=_one_of("theme", THEMES, found.get("theme", usual.theme)),
        breaths_per_min=_number("breaths_per_min", found.get("breaths_per_min", usual.breaths_per_min)),
        inhale=_number("inhale", found.get("inhale", usual.inhale)),
        exhale=_number("exhale", found.get("exhale", usual.exhale)),
        text_scale=_number("text_scale", found.get("text_scale", usual.text_scale)),
        reduced_motion=_switch("reduced_motion", found.get("reduced_motion", usual.reduced_motion)),
        connect_hint_seen=_switch("connect_hint_seen", found.get("connect_hint_seen", usual.connect_hint_seen)),
        looks_for_streams=_switch("looks_for_streams", found.get("looks_for_streams", usual.looks_for_streams)),
        sees=_sights(found.get("sees", [])),
        offers_wanted=_switch("offers_wanted", found.get("offers_wanted", usual.offers_wanted)),
        hues=_one_of("hues", (*HUES,), found.get("hues", usual.hues)),
        language=_language(found.get("language", usual.language)),
        sound=_one_of("sound", SOUNDS, found.get("sound", usual.sound)),
        volume=_number("volume", found.get("volume", usual.volume)),
        sound_device=_name("sound_device", found.get("sound_device", usual.sound_device)),
        labels=_labels(found.get("labels", [])),
        ports=_ports(found.get("ports", [])),
        markers=_markers(found.get("markers", [])),
        style=_one_of("style", STYLES, found.get("style", usual.style)),
        guide=_one_of("guide", GUIDES, found.get("guide", usual.guide)),
        clinician_display=_name("clinician_display", found.get("clinician_display", usual.clinician_display)),
        keys=_keys(found.get("keys", [])),
        has_letter_keys=_switch("has_letter_keys", found.get("has_letter_keys", usual.has_letter_keys)),
        texts_folder=_name("texts_folder", found.get("texts_folder", usual.texts_folder), LONGEST_PATH),
    )


def _one_of(name: str, allowed: tuple[str, ...], value: object) -> str:
    if not isinstance(value, str) or value not in allowed:
        raise ValueError(must_be(name, ", ".join(allowed), value))
    return value


def _language(value: object) -> str:
    if not isinstance(value, str) or not (value == "" or re.fullmatch(r"[a-z]{2,3}(_[A-Z]{2})?", value)):
        raise ValueError(must_be("language", _("a code like es or pt_BR"), value))
    return value


def _name(name: str, value: object, most: int = LONGEST_DEVICE) -> str:
    if not isinstance(value, str) or len(value) > most:
        wanted = _("a name of at most {most} characters").format(most=most)
        raise ValueError(must_be(name, wanted, value))
    return value


def _number(name: str, value: object) -> float:
    least, most = _RANGES[name]
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:  # NaN is not
        raise ValueError(must_be(name, _("{least:g} to {most:g}").format(least=least, most=most), value))
    return float(value)


def _switch(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(must_be(name, _("true or false"), value))
    return value


def _sights(value: object) -> tuple[str, ...]:
    """Read what the person wished to see."""
    names: list[object] = value if isinstance(value, list) else [value]
    if any(name not in SIGHTS for name in names):
        raise ValueError(must_be("sees", _("some of {names}").format(names=", ".join(SIGHTS)), value))
    return tuple(sight for sight in SIGHTS if sight in names)


def _markers(value: object) -> tuple[str, ...]:
    """Read a clinic's own types of markers: at most nine texts of at most 32 characters."""
    types: list[object] = value if isinstance(value, list) else [value]
    texts = [kind for kind in types if isinstance(kind, str) and 0 < len(kind) <= LONGEST_TYPE]
    if len(texts) != len(types) or len(types) > MOST_TYPES:
        wanted = _("at most {most} texts of at most {longest} characters")
        raise ValueError(must_be("markers", wanted.format(most=MOST_TYPES, longest=LONGEST_TYPE), value))
    return clean_types(texts)


def _keys(value: object) -> tuple[tuple[str, str], ...]:
    """Read the keys that were chosen: pairs of an act and a key; two acts with one key have their usual ones back."""
    pairs: list[object] = value if isinstance(value, list) else [value]
    keys: list[tuple[str, str]] = []
    for pair in pairs:
        if not isinstance(pair, list) or not (len(pair) == 2 and all(isinstance(text, str) for text in pair)):
            raise ValueError(must_be("keys", _("pairs of an act and a key"), pair))
        keys.append((pair[0], pair[1]))
    return clean_keys(keys)


def _labels(value: object) -> tuple[tuple[str, str], ...]:
    """Read the labels of sensors: pairs of an address and a label, both as the screens would have written them."""
    pairs: list[object] = value if isinstance(value, list) else [value]
    labels: list[tuple[str, str]] = []
    for pair in pairs:
        if not isinstance(pair, list) or not (len(pair) == 2 and all(isinstance(text, str) for text in pair)):
            raise ValueError(must_be("labels", _("pairs of an address and a label"), pair))
        labels.append((pair[0], safe_text(pair[1])[:LONGEST_LABEL]))
    return tuple(labels[-MOST_LABELS:])


def _ports(value: object) -> tuple[tuple[str, str], ...]:
    """Read where the skin sensors of devices are plugged in: pairs of an address and a port."""
    pairs: list[object] = value if isinstance(value, list) else [value]
    ports: list[tuple[str, str]] = []
    for pair in pairs:
        if not isinstance(pair, list) or len(pair) != 2 or not isinstance(pair[0], str) or pair[1] not in PORTS:
            wanted = _("pairs of an address and one of {ports}").format(ports=", ".join(PORTS))
            raise ValueError(must_be("ports", wanted, pair))
        ports.append((pair[0], pair[1]))
    return tuple(ports[-MOST_LABELS:])
