# SPDX-License-Identifier: MIT
"""The settings of how Attune looks, sounds and speaks to a person, as rows that show and change the preferences."""

from collections.abc import Sequence
from dataclasses import replace

from resources.words import gettext as _
from ui.choices import SOUNDS, TEXT_SCALES, THEMES, VOLUMES
from ui.foreign import safe_text
from ui.settings.changes import Changes
from ui.settings.choice import Choice, choice
from ui.settings.row import SettingRow
from ui.settings.seam import Surroundings
from ui.sound.seam import SoundState
from ui.sound.sounding import Sounding
from ui.sound.words import sound_words, state_words
from ui.theme import Look
from ui.tokens import HUES
from ui.widgets.button import Button, Size

_LONGEST_SHOWN = 36


def appearance_rows(look: Look, changes: Changes) -> tuple[Choice, ...]:
    """Give theme, size of the text, motion and hues."""
    theme = choice(
        look,
        (_("Colours"), _("dark, light, or as the system has it")),
        (_("As the system"), _("Dark"), _("Light")),
        read=lambda: THEMES.index(changes.now.theme),
        take=lambda index: changes.take(replace(changes.now, theme=THEMES[index])),
    )
    text = choice(
        look,
        (_("Size of the text"), _("everything grows with it")),
        (_("Usual"), _("Large"), _("Larger")),
        read=lambda: _index(TEXT_SCALES, changes.now.text_scale),
        take=lambda index: changes.take(replace(changes.now, text_scale=TEXT_SCALES[index])),
    )
    motion = choice(
        look,
        (_("Motion"), _("how the breathing is shown; with rings and words nothing moves")),
        (_("Moving shape"), _("Rings and words")),
        read=lambda: int(changes.now.reduced_motion),
        take=lambda index: changes.take(replace(changes.now, reduced_motion=bool(index))),
    )
    return theme, text, motion, _hues(look, changes)


def _hues(look: Look, changes: Changes) -> Choice:
    """Make the row of the colours of above and below."""
    names = tuple(HUES)
    return choice(
        look,
        (_("Colours of above and below"), _("their shapes and words stay the same")),
        (_("Amber, violet"), _("Yellow, blue"), _("Greys")),
        read=lambda: names.index(changes.now.hues),
        take=lambda index: changes.take(replace(changes.now, hues=names[index])),
    )


def sound_rows(look: Look, changes: Changes, sounding: Sounding) -> tuple[Choice, ...]:
    """Give the kind of sound, how loud it is, and what it comes from."""
    kind = choice(
        look,
        (_("Sound of the breath"), _("fades in from silence; with closed eyes it carries the breath alone; key A")),
        [sound_words(kind) for kind in SOUNDS],
        read=lambda: SOUNDS.index(changes.now.sound),
        take=lambda index: changes.take(replace(changes.now, sound=SOUNDS[index])),
    )
    volume = choice(
        look,
        (_("How loud"), _("beside the volume of the computer")),
        (_("Soft"), _("Middle"), _("Full")),
        read=lambda: _index(VOLUMES, changes.now.volume),
        take=lambda index: changes.take(replace(changes.now, volume=VOLUMES[index])),
    )
    return kind, volume, _device(look, changes, sounding)


def _device(look: Look, changes: Changes, sounding: Sounding) -> Choice:
    """Make the row that goes through the devices which are there."""
    button = Button(look, _("The system’s own choice"), size=Size.NORMAL)
    usual = _("what the sound comes from; press for the next one that is plugged in")
    row = SettingRow(look, _("Loudspeaker or headphones"), usual, button)

    def refresh() -> None:
        news = sounding.news
        device = changes.now.sound_device
        button.say(_shown(device) if device else _("The system’s own choice"))
        is_away = news.state in {SoundState.AWAY, SoundState.NO_DEVICE}
        row.tell(state_words(news.state, _shown(news.device)) if is_away else usual)

    def go_on() -> None:
        known = ("", *sounding.news.devices)
        at = known.index(changes.now.sound_device) if changes.now.sound_device in known else -1
        changes.take(replace(changes.now, sound_device=known[(at + 1) % len(known)]))
        sounding.look()

    button.clicked.connect(go_on)
    return Choice(row, refresh)


def language_rows(look: Look, changes: Changes, around: Surroundings) -> tuple[Choice, ...]:
    """Give the languages; a name of a language is never translated."""
    codes = ("", *(code for code, _name in around.languages))
    return (
        choice(
            look,
            (_("Language"), _("from the next start on")),
            (_("As the system"), *(name for _code, name in around.languages)),
            read=lambda: codes.index(changes.now.language) if changes.now.language in codes else 0,
            take=lambda index: changes.take(replace(changes.now, language=codes[index])),
        ),
    )


def _shown(device: str) -> str:
    name = safe_text(device)
    return name if len(name) <= _LONGEST_SHOWN else name[: _LONGEST_SHOWN - 1] + "…"


def _index(values: Sequence[float], value: float) -> int | None:
    return values.index(value) if value in values else None
