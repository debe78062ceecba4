# SPDX-License-Identifier: MIT
"""The settings of the practice: people, sensors, the window, cues, language, privacy and places, as rows."""

from collections.abc import Callable
from dataclasses import replace
from gettext import gettext as _

from PySide6.QtCore import QObject, Signal

from ui.choices import PreferenceKeeper
from ui.foreign import safe_text
from ui.settings.own_rows import Choice, choice, switch
from ui.settings.row import SettingRow
from ui.settings.seam import Surroundings
from ui.theme import Look
from ui.widgets.button import Button, Size

_GB = 1e9
_MOST_LABELS_SHOWN = 6


class Ways(QObject):
    """Where a row leads, for the screen to hand on."""

    people = Signal()
    sensors = Signal()


def people_row(look: Look, ways: Ways) -> Choice:
    """Give the way to the people, what they agreed to, and their checklist."""
    note = _("what each one agreed to, how long it is kept, and the checklist; asked at the start of a session")
    return _way(look, (_("People and their checklist"), note), _("Sessions and people"), ways.people.emit)


def sensor_rows(look: Look, keeper: PreferenceKeeper, around: Surroundings, ways: Ways) -> tuple[Choice, ...]:
    """Give what is remembered of sensors, and where own profiles lie."""
    look_after = _way(
        look,
        (_("Sensors"), _("look for sensors, name them by their printed label, say what a stream measures")),
        _("Look for sensors"),
        ways.sensors.emit,
    )
    hint = switch(
        look,
        (_("How to wear the strap"), _("show the page with pictures before the search")),
        read=lambda: not keeper.now.connect_hint_seen,
        take=lambda is_on: keeper.keep(replace(keeper.now, connect_hint_seen=not is_on)),
    )
    streams = switch(
        look,
        (_("LabStreamingLayer"), _("ask the local network for streams while the connect screen shows")),
        read=lambda: keeper.now.looks_for_streams,
        take=lambda is_on: keeper.keep(replace(keeper.now, looks_for_streams=is_on)),
    )
    return (
        look_after,
        _labels(look, keeper),
        hint,
        streams,
        _told(look, _("Own sensor profiles"), around.profiles_folder),
    )


def window_rows(look: Look) -> tuple[Choice, ...]:
    """Say where the edges of a window come from."""
    note = _(
        "Without a guided rest there is no band. After one, its edges come from that rest, and from the person’s own "
        "recent sessions; in a session they can be moved by hand, with a reason, and moved back."
    )
    return (Choice(SettingRow(look, _("Edges of the window"), note), _stay),)


def cue_rows(look: Look, keeper: PreferenceKeeper, around: Surroundings) -> tuple[Choice, ...]:
    """Give the offers, and the clinic's own cues and wording."""
    offers = switch(
        look,
        (_("Offers"), _("somebody on their own is offered something when they are outside their window")),
        read=lambda: keeper.now.offers_wanted,
        take=lambda is_on: keeper.keep_offers(are_wanted=is_on),
    )
    wording = around.wording or _("none yet; any sentence of the screens can be said in the words of your clinic")
    return (
        offers,
        _told(look, _("Own cues"), around.cues_file),
        _told(look, _("Own wording"), f"{safe_text(wording)}\n{around.wording_file}"),
    )


def language_rows(look: Look, keeper: PreferenceKeeper, around: Surroundings) -> tuple[Choice, ...]:
    """Give the languages; a name of a language is never translated."""
    codes = ("", *(code for code, _name in around.languages))
    words = (_("Language"), _("from the next start on"))
    return (
        choice(
            look,
            words,
            (_("As the system"), *(name for _code, name in around.languages)),
            read=lambda: codes.index(keeper.now.language) if keeper.now.language in codes else 0,
            take=lambda index: keeper.keep(replace(keeper.now, language=codes[index])),
        ),
    )


def privacy_rows(look: Look) -> tuple[Choice, ...]:
    """Say how what is stored is kept, and how to change it."""
    passphrase = _(
        "The key lies with the system’s keyring, or beside the data until there is a passphrase; the first name "
        "that is typed asks for one. In a terminal, “attune protect” sets another."
    )
    code = _("Opens the store without the passphrase. In a terminal, “attune protect --recovery-code” makes a new one.")
    lock = _(
        "After five minutes without use all but the running session hides; ten minutes after its end everything does. "
        "The breathing is never covered."
    )
    return (
        Choice(SettingRow(look, _("Passphrase"), passphrase), _stay),
        Choice(SettingRow(look, _("Recovery code, on paper"), code), _stay),
        Choice(SettingRow(look, _("Hides by itself"), lock), _stay),
    )


def folder_rows(look: Look, around: Surroundings) -> tuple[Choice, ...]:
    """Say where everything lies, and how much room there is."""
    space = SettingRow(look, _("Free space"), "")

    def refresh() -> None:
        free = around.free_bytes()
        words = _("{free:.1f} GB; eight hours of one person take about 25 MB")
        space.tell(_("nobody can tell") if free is None else words.format(free=free / _GB))

    return _told(look, _("Data folder"), around.data_folder), Choice(space, refresh)


def _labels(look: Look, keeper: PreferenceKeeper) -> Choice:
    """Make the row of the labels that were typed for sensors."""
    forget = Button(look, _("Forget them"), size=Size.NORMAL)
    row = SettingRow(look, _("Labels of sensors"), "", forget)

    def refresh() -> None:
        labels = [safe_text(label) for _address, label in keeper.now.labels]
        forget.setEnabled(bool(labels))
        more = "…" if len(labels) > _MOST_LABELS_SHOWN else ""
        row.tell(", ".join(labels[-_MOST_LABELS_SHOWN:]) + more if labels else _("none yet"))

    def clear() -> None:
        keeper.keep(replace(keeper.now, labels=()))
        refresh()

    forget.clicked.connect(clear)
    return Choice(row, refresh)


def _way(look: Look, words: tuple[str, str], name: str, act: Callable[[], None]) -> Choice:
    """Make a row that leads somewhere."""
    button = Button(look, name, size=Size.NORMAL)
    button.clicked.connect(act)
    return Choice(SettingRow(look, *words, button), _stay)


def _told(look: Look, title: str, place: str) -> Choice:
    """Make a row that names a place."""
    return Choice(SettingRow(look, title, place), _stay)


def _stay() -> None:
    """Have nothing to bring up to date."""
