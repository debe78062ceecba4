# SPDX-License-Identifier: MIT
"""Where the session is stored: its file, how large it is, the room that is left, and how its numbers are made."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from dsp.stream import Recording
from resources.words import gettext as _
from ui.consent.words import storing_words
from ui.foreign import safe_text
from ui.research.seam import SessionSeen
from ui.research.words import DASH, file_size_words, hash_words, room_words
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.card import Card
from ui.widgets.label import safe_label
from ui.widgets.rows import Rows
from ui.words import clock_words


class RecorderCard(Card):
    """The recorder at a glance.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    def __init__(self, look: Look) -> None:
        super().__init__(look, _("Recorder"))
        self.state = safe_label(look, tone="text2")
        self.rows = Rows(look, _("Recorder"), ((Type.BODY, "text2"), (Type.FIGURES, "text")), is_spread=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(safe_label(look, _("Recorder"), kind=Type.TITLE))
        head.addStretch(1)
        head.addWidget(self.state)
        layout.addLayout(head)
        layout.addWidget(self.rows)
        layout.addStretch(1)

    def show_session(self, seen: SessionSeen, recording: Recording) -> None:
        """Show how a session is stored."""
        is_stored = bool(recording.persons)
        self.state.say(storing_words(recording).sentence)
        gaps = sum(stream.gaps for stream in seen.streams)
        not_yet = _("{n:.1f} s of signal").format(n=recording.behind_s) if is_stored else _("all of it: live only")
        self.rows.show_rows(
            (
                (_("Session file"), safe_text(seen.file.name) or DASH),
                (_("Size"), file_size_words(seen.file.size_bytes)),
                (_("Disk"), room_words(seen.file.free_bytes)),
                (_("Elapsed"), clock_words(seen.t - seen.started_t)),
                (_("Not yet saved"), not_yet),
                (_("Gaps marked"), str(gaps)),
                (_("Configuration"), hash_words(seen.configuration)),
            )
        )
