# SPDX-License-Identifier: MIT
"""What a person chose about the screens; the application keeps it, the screens only read it and make a new one."""

from dataclasses import dataclass

SIGHTS = ("heart", "window", "traces", "pace")
"""What can be switched on: the heart rate and its signal, the own window, the traces, the hand on the pace."""

STYLES = ("disc", "wave", "bar", "words")
GUIDES = ("breath", "notice")


@dataclass(frozen=True, slots=True)
class Preferences:
    """The choices that outlast a session.

    Parameters
    ----------
    theme : str
        `system`, `dark` or `light`.
    breaths_per_min, inhale, exhale : float
        The pacer's rate, and the weights of its breath.
    text_scale : float
        Size of all text against the usual one.
    reduced_motion : bool
        Whether nothing moves that need not.
    connect_hint_seen : bool
        Whether the page about wearing the strap is skipped.
    looks_for_streams : bool
        Whether the connect screen asks the network for LSL streams.
    sees : tuple of str
        What the person wished to see of themselves in a session, of `SIGHTS`; nothing in their first one.
    offers_wanted : bool
        Whether somebody on their own is offered something when they are outside their window.
    hues : str
        The colours of above and below: `amber`, `yellow` or `grey`.
    language : str
        Code of the language that was chosen; empty: the system's.
    sound : str
        How the breath sounds: `off`, `tones`, `air` or `marks`.
    volume : float
        How loud, 0 to 1.
    sound_device : str
        What it comes from; empty: what the system chooses.
    labels : tuple of (str, str)
        The label that is printed on a sensor, by its address; the newest comes last.
    ports : tuple of (str, str)
        The port that the skin sensor of a device is plugged in at, by its address, where it is not the usual one.
    markers : tuple of str
        A clinic's own types of markers; without any, those that are shipped.
    style : str
        The shape that a person breathes with, of `STYLES`.
    guide : str
        `breath`: a shape to breathe with; `notice`: nothing to follow, only noticing.
    clinician_display : str
        The display of the clinician's window, by its name and serial number; empty where none was chosen.
    keys : tuple of (str, str)
        The keys that were chosen in place of the usual ones, each behind its act (`ui/key_table.py`).
    has_letter_keys : bool
        Whether letters, signs and arrows act, and not only F-keys, Ctrl and Esc.
    texts_folder : str
        Where a clinic's own wording and cues lie; empty: in the data folder.
    """

    theme: str = "system"
    breaths_per_min: float = 6.0
    inhale: float = 4.0
    exhale: float = 6.0
    text_scale: float = 1.0
    reduced_motion: bool = False
    connect_hint_seen: bool = False
    looks_for_streams: bool = False
    sees: tuple[str, ...] = ()
    offers_wanted: bool = False
    hues: str = "amber"
    language: str = ""
    sound: str = "off"
    volume: float = 0.5
    sound_device: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    ports: tuple[tuple[str, str], ...] = ()
    markers: tuple[str, ...] = ()
    style: str = "disc"
    guide: str = "breath"
    clinician_display: str = ""
    keys: tuple[tuple[str, str], ...] = ()
    has_letter_keys: bool = True
    texts_folder: str = ""
