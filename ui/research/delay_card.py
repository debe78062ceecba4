# SPDX-License-Identifier: MIT
"""How long it takes from a notification to its frame: the histogram of all streams, or of one, and in words."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from resources.words import gettext as _
from ui.foreign import safe_text
from ui.research.delay_view import DelayView
from ui.research.seam import SessionSeen, StreamSeen
from ui.research.words import delay_words, modality_words, person_words
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.card import Card
from ui.widgets.label import safe_label


class DelayCard(Card):
    """The delays of what the button names.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    def __init__(self, look: Look) -> None:
        super().__init__(look, _("From notification to frame"))
        self._chosen = 0  # 0: all of them
        self._seen: SessionSeen | None = None
        self._title = safe_label(look, _("From notification to frame"), kind=Type.TITLE)
        self.which = Button(look, _("all streams"), size=Size.NORMAL, icon="chevron-right")
        self.which.setAccessibleDescription(_("which stream: press for the next"))
        self.view = DelayView(look, _("How long frames took"))
        self.summary = safe_label(look, tone="text2", wrap=True)
        self.which.clicked.connect(self._go_on)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        layout.addLayout(head)
        layout.addWidget(self.which)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.summary)

    def show_session(self, seen: SessionSeen) -> None:
        """Show the delays of a session."""
        self._seen = seen
        stream = self._stream()
        delays = seen.delays if stream is None else stream.delays
        self.which.say(_("all streams") if stream is None else _name_of(stream))
        self.view.show_delays(delays)
        self.summary.say(delay_words(delays))

    def _stream(self) -> StreamSeen | None:
        streams = () if self._seen is None else self._seen.streams
        return streams[self._chosen - 1] if 0 < self._chosen <= len(streams) else None

    def _go_on(self) -> None:
        if self._seen is not None:
            self._chosen = (self._chosen + 1) % (len(self._seen.streams) + 1)
            self.show_session(self._seen)


def _name_of(stream: StreamSeen) -> str:
    words = _("{stream}, {person}")
    return words.format(stream=modality_words(stream.modality), person=person_words(safe_text(stream.person)))
