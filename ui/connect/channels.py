# SPDX-License-Identifier: MIT
"""One channel of a stream, stepped through, or the first of several that belong together.

Law: a channel is chosen by itself only where it can be no other one; a running number is never chosen by itself.
"""

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from resources.words import gettext as _
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.label import safe_label

_COUNTERS = {"nseq", "seq", "sequence", "counter", "count", "index", "sample", "samples", "timestamp", "time"}
_WORD = re.compile(r"[a-z]+")


class Channels(QWidget):
    """Two buttons, and which channel is chosen.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setAccessibleName(_("Which channel?"))
        self._labels: tuple[str, ...] = ()
        self._answered: set[int] = set()
        self._chosen: int | None = None
        self._width = 1  # channels that belong together
        self._previous = Button(look, "", size=Size.NORMAL, icon="chevron-left")
        self._next = Button(look, "", size=Size.NORMAL, icon="chevron-right")
        self._previous.setAccessibleName(_("Previous channel"))
        self._next.setAccessibleName(_("Next channel"))
        self._which = safe_label(look, kind=Type.FIGURES)
        self._previous.clicked.connect(lambda: self._step(-1))
        self._next.clicked.connect(lambda: self._step(1))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._previous)
        layout.addWidget(self._next)
        layout.addWidget(self._which)
        layout.addStretch(1)

    @property
    def chosen(self) -> int | None:
        """The channel that is chosen, from 0; None before one is."""
        return self._chosen

    @property
    def has_answer(self) -> bool:
        """Whether something was said of a channel already."""
        return bool(self._answered)

    def has_room_for(self, width: int) -> bool:
        """Tell whether so many channels, one beside the other, are there from the chosen one on."""
        return (self._chosen or 0) + width <= len(self._labels)

    def widen(self, width: int) -> None:
        """Take so many channels from the chosen one on as one signal's."""
        self._width = width
        self._show()

    def forget_answers(self) -> None:
        """Take what was said as not said."""
        self._answered = set()
        self._choose_the_only_one()

    def ask(self, labels: tuple[str, ...]) -> bool:
        """Ask about the channels with these (safe) labels; tell whether they are other ones than before."""
        if labels == self._labels:
            return False
        self._labels = labels
        self._answered = set()
        self._choose_the_only_one()
        return True

    def take_answer(self) -> bool:
        """Take what is chosen as said; tell whether there are channels of which nothing is said."""
        if self._chosen is not None:
            self._answered.update(range(self._chosen, self._chosen + self._width))
        self._choose_the_only_one()
        return bool(self._open())

    def _open(self) -> list[int]:
        """Give the channels that may measure something and of which nothing is said."""
        return [k for k, label in enumerate(self._labels) if k not in self._answered and not _is_counter(label)]

    def _choose_the_only_one(self) -> None:
        may_be = self._open()
        self._choose(may_be[0] if len(may_be) == 1 and not self._answered else None)

    def _step(self, by: int) -> None:
        at = -1 if self._chosen is None else self._chosen
        self._choose(min(max(at + by, 0), len(self._labels) - 1))

    def _choose(self, channel: int | None) -> None:
        self._chosen = channel
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        channel, count = self._chosen, len(self._labels)
        self._which.say(self._words(count))
        self._previous.setEnabled(channel is not None and channel > 0)
        self._next.setEnabled((-1 if channel is None else channel) + 1 < count)

    def _words(self, count: int) -> str:
        if self._chosen is None:
            return _("Which of its {all} channels?").format(all=count)
        first, last = self._chosen + 1, self._chosen + self._width
        one, several = _("Channel {n} of {all}"), _("Channels {n} to {last} of {all}")
        which = (one if first == last else several).format(n=first, last=last, all=count)
        labels = ", ".join(label for label in self._labels[self._chosen : last] if label)
        return f"{which}: {labels}" if labels else which


def _is_counter(label: str) -> bool:
    """Tell whether a label is one of running numbers and times."""
    return bool(_COUNTERS & set(_WORD.findall(label.casefold())))
