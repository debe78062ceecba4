# SPDX-License-Identifier: MIT
"""The settings of the practice: sensors, the window, cues, what hides by itself, and places, as rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from resources.words import gettext as _
from ui.clinician.marker_words import LONGEST_TYPE, MOST_TYPES, MarkerWords, clean_types
from ui.foreign import safe_text
from ui.settings.changes import Changes
from ui.settings.choice import Choice, switch, told, way
from ui.settings.form import Asked, Form
from ui.settings.row import SettingRow
from ui.settings.seam import Surroundings
from ui.theme import Look
from ui.widgets.button import Button, Size

_GB = 1e9
_MOST_LABELS_SHOWN = 6


def sensor_rows(look: Look, changes: Changes, around: Surroundings, look_for: Callable[[], None]) -> tuple[Choice, ...]:
    """Give what is remembered of sensors, and where own profiles lie."""
    find = way(
        look,
        (_("Sensors"), _("look for sensors, name them by their printed label, say what a stream measures")),
        _("Look for sensors"),
        look_for,
    )
    hint = switch(
        look,
        (_("How to wear the strap"), _("show the page with pictures before the search")),
        read=lambda: not changes.now.connect_hint_seen,
        take=lambda is_on: changes.take(replace(changes.now, connect_hint_seen=not is_on)),
    )
    streams = switch(
        look,
        (_("LabStreamingLayer"), _("ask the local network for streams while the connect screen shows")),
        read=lambda: changes.now.looks_for_streams,
        take=lambda is_on: changes.take(replace(changes.now, looks_for_streams=is_on)),
    )
    profiles = told(look, _("Own sensor profiles"), around.profiles_folder)
    return find, _labels(look, changes), hint, streams, profiles


def window_rows(look: Look) -> tuple[Choice, ...]:
    """Say where the edges of a window come from."""
    note = _(
        "Without a guided rest there is no band. After one, its edges come from that rest, and from the person’s own "
        "recent sessions; in a session they can be moved by hand, with a reason, and moved back. Under People, edges "
        "that were moved by hand are taken back for the next session."
    )
    return (told(look, _("Edges of the window"), note),)


def cue_rows(look: Look, changes: Changes) -> tuple[Choice, ...]:
    """Give the offers, and the types of markers."""
    offers = switch(
        look,
        (_("Offers"), _("somebody on their own is offered something when they are outside their window")),
        read=lambda: changes.now.offers_wanted,
        take=lambda is_on: changes.take(replace(changes.now, offers_wanted=is_on)),
    )
    return offers, _markers(look, changes)


def privacy_rows(look: Look) -> tuple[Choice, ...]:
    """Say what hides by itself."""
    lock = _(
        "After five minutes without use all but the running session hides; ten minutes after its end everything does. "
        "The breathing is never covered."
    )
    return (told(look, _("Hides by itself"), lock),)


def folder_rows(look: Look, around: Surroundings) -> tuple[Choice, ...]:
    """Say where everything lies, and how much room there is."""
    space = SettingRow(look, _("Free space"), "")

    def refresh() -> None:
        free = around.free_bytes()
        words = _("{free:.1f} GB; eight hours of one person take about 25 MB")
        space.tell(_("nobody can tell") if free is None else words.format(free=free / _GB))

    return told(look, _("Data folder"), around.data_folder), Choice(space, refresh)


def _labels(look: Look, changes: Changes) -> Choice:
    """Make the row of the labels that were typed for sensors."""
    forget = Button(look, _("Forget them"), size=Size.NORMAL)
    row = SettingRow(look, _("Labels of sensors"), "", forget)

    def refresh() -> None:
        labels = [safe_text(label) for _address, label in changes.now.labels]
        forget.setEnabled(bool(labels))
        more = "…" if len(labels) > _MOST_LABELS_SHOWN else ""
        row.tell(", ".join(labels[-_MOST_LABELS_SHOWN:]) + more if labels else _("none yet"))

    forget.clicked.connect(lambda: changes.take(replace(changes.now, labels=())))
    return Choice(row, refresh)


def _markers(look: Look, changes: Changes) -> Choice:
    """Make the row of the types of markers: one for each key."""
    keys = [str(key) for key in range(1, MOST_TYPES + 1)]
    asked = [Asked(key, _("Key {key}").format(key=key), is_secret=False, longest=LONGEST_TYPE) for key in keys]
    form = Form(look, _("Change them"), _("Keep these"), asked)
    row = SettingRow(look, _("Types of markers"), "", form)

    def shown() -> Sequence[str]:
        words = MarkerWords(changes.now.markers)
        return [words.words_of(kind) for kind in words.types]

    def refresh() -> None:
        row.tell(_("keys 1 to 9: {types}").format(types=", ".join(map(safe_text, shown()))))

    def take(typed: Mapping[str, str]) -> None:
        kinds = [typed[key].strip() for key in keys]
        changes.take(replace(changes.now, markers=clean_types(kinds) if kinds[: len(shown())] != [*shown()] else ()))
        form.close_up()
        refresh()

    form.opened.connect(lambda: form.fill(dict(zip(keys, shown(), strict=False))))
    form.sent.connect(take)
    return Choice(row, refresh)
