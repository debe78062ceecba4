# SPDX-License-Identifier: MIT
"""The settings of how Attune looks and sounds to a person, as rows that show and change the preferences."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _

from ui.appearance import Appearance
from ui.choices import SOUNDS, TEXT_SCALES, THEMES, VOLUMES, PreferenceKeeper
from ui.foreign import safe_text
from ui.settings.row import SettingRow
from ui.sound.seam import SoundState
from ui.sound.sounding import Sounding
from ui.sound.words import sound_words, state_words
from ui.theme import Look
from ui.tokens import HUES
from ui.widgets.button import Button, Size
from ui.widgets.segmented import Segmented

_LONGEST_SHOWN = 36


@dataclass(frozen=True, slots=True)
class Choice:
    """A row with one choice out of few, and what brings it up to date."""

    row: SettingRow
    refresh: Callable[[], None]


def choice(
    look: Look,
    words: tuple[str, str],
    options: Sequence[str],
    *,
    read: Callable[[], int | None],
    take: Callable[[int], None],
) -> Choice:
    """Make a row of one choice out of few.

    Parameters
    ----------
    look : Look
        The look it follows.
    words : (str, str)
        Title and sentence.
    options : sequence of str
        What can be chosen.
    read : callable
        Gives the index of what holds; None where it is none of them.
    take : callable
        Takes the index of what was chosen.
    """
    control = Segmented(look, words[0], options)
    control.chosen.connect(take)
    row = SettingRow(look, *words, control)
    return Choice(row, lambda: control.choose(read()))


def switch(look: Look, words: tuple[str, str], *, read: Callable[[], bool], take: Callable[[bool], None]) -> Choice:
    """Make a row that is off or on."""
    return choice(look, words, (_("Off"), _("On")), read=lambda: int(read()), take=lambda index: take(bool(index)))


def appearance_rows(look: Look, keeper: PreferenceKeeper, appearance: Appearance) -> tuple[Choice, ...]:
    """Give theme, size of the text, motion and hues."""
    theme = choice(
        look,
        (_("Colours"), _("dark, light, or as the system has it")),
        (_("As the system"), _("Dark"), _("Light")),
        read=lambda: THEMES.index(keeper.now.theme),
        take=lambda index: appearance.take(replace(keeper.now, theme=THEMES[index])),
    )
    text = choice(
        look,
        (_("Size of the text"), _("everything grows with it")),
        (_("Usual"), _("Large"), _("Larger")),
        read=lambda: _index(TEXT_SCALES, keeper.now.text_scale),
        take=lambda index: appearance.take(replace(keeper.now, text_scale=TEXT_SCALES[index])),
    )
    motion = choice(
        look,
        (_("Motion"), _("how the breathing is shown; with rings and words nothing moves")),
        (_("Moving shape"), _("Rings and words")),
        read=lambda: int(keeper.now.reduced_motion),
        take=lambda index: appearance.take(replace(keeper.now, reduced_motion=bool(index))),
    )
    return theme, text, motion, _hues(look, keeper, appearance)


def _hues(look: Look, keeper: PreferenceKeeper, appearance: Appearance) -> Choice:
    """Make the row of the colours of above and below."""
    names = tuple(HUES)
    return choice(
        look,
        (_("Colours of above and below"), _("their shapes and words stay the same")),
        (_("Amber, violet"), _("Yellow, blue"), _("Greys")),
        read=lambda: names.index(keeper.now.hues),
        take=lambda index: appearance.take(replace(keeper.now, hues=names[index])),
    )


def sound_rows(look: Look, keeper: PreferenceKeeper, sounding: Sounding) -> tuple[Choice, ...]:
    """Give the kind of sound, how loud it is, and what it comes from."""
    kind = choice(
        look,
        (_("Sound of the breath"), _("fades in from silence; with closed eyes it carries the breath alone; key A")),
        [sound_words(kind) for kind in SOUNDS],
        read=lambda: SOUNDS.index(keeper.now.sound),
        take=lambda index: sounding.choose(SOUNDS[index]),
    )
    volume = choice(
        look,
        (_("How loud"), _("beside the volume of the computer")),
        (_("Soft"), _("Middle"), _("Full")),
        read=lambda: _index(VOLUMES, keeper.now.volume),
        take=lambda index: sounding.choose_volume(VOLUMES[index]),
    )
    return kind, volume, _device(look, keeper, sounding)


def _device(look: Look, keeper: PreferenceKeeper, sounding: Sounding) -> Choice:
    """Make the row that goes through the devices which are there."""
    button = Button(look, _("The system’s own choice"), size=Size.NORMAL)
    usual = _("what the sound comes from; press for the next one that is plugged in")
    row = SettingRow(look, _("Loudspeaker or headphones"), usual, button)

    def refresh() -> None:
        news = sounding.news
        device = keeper.now.sound_device
        button.say(_shown(device) if device else _("The system’s own choice"))
        is_away = news.state in {SoundState.AWAY, SoundState.NO_DEVICE}
        row.tell(state_words(news.state, _shown(news.device)) if is_away else usual)

    def go_on() -> None:
        known = ("", *sounding.news.devices)
        at = known.index(keeper.now.sound_device) if keeper.now.sound_device in known else -1
        sounding.choose_device(known[(at + 1) % len(known)])
        sounding.look()

    button.clicked.connect(go_on)
    return Choice(row, refresh)


def _shown(device: str) -> str:
    name = safe_text(device)
    return name if len(name) <= _LONGEST_SHOWN else name[: _LONGEST_SHOWN - 1] + "…"


def _index(values: Sequence[float], value: float) -> int | None:
    return values.index(value) if value in values else None
