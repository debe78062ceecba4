# SPDX-License-Identifier: MIT
"""The sound in words."""

from resources.words import gettext as _
from ui.sound.seam import SoundState

_LONGEST_SHOWN = 28  # characters of a device: one line on the client's screen


def sound_words(kind: str) -> str:
    """Name a kind of sound, of `ui.choices.SOUNDS`."""
    names = {
        "off": _("Silent"),
        "tones": _("Soft tones"),
        "air": _("Breath of air"),
        "marks": _("Soft marks"),
    }
    return names[kind]


def state_words(state: SoundState, device: str, *, is_back: bool = False) -> str:
    """Say briefly whether the sound can be heard; `is_back` after it could not. Empty where all is well."""
    if state is SoundState.NO_DEVICE:
        return _("There is no loudspeaker here. The breathing goes on.")
    if state is SoundState.AWAY and device:
        shown = device if len(device) <= _LONGEST_SHOWN else device[: _LONGEST_SHOWN - 1] + "…"
        return _("The sound waits for {device}.").format(device=shown)
    if state is SoundState.AWAY:
        return _("The sound waits for its loudspeaker.")
    return _("The sound is back.") if is_back and state is SoundState.READY else ""
