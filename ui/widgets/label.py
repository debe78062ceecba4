# SPDX-License-Identifier: MIT
"""Every word on a screen: labels that show plain text only.

`safe_label` is the one way in which text reaches a label, and thereby a widget of ours: rich text would load local
files from a device's name (promises.md 24). Foreign text passes `safe_text` first; a test holds both.
"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget

from ui.foreign import plain
from ui.theme import Look
from ui.tokens import Type


class Label(QLabel):
    """Plain text in one kind of type and one tone (a colour of the tokens); made by `safe_label`."""

    def __init__(self, look: Look, kind: Type, tone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._kind = kind
        self._tone = tone
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        look.changed.connect(self._dress)
        self._dress()

    def say(self, text: str) -> None:
        """Show a text, once it is plain."""
        text = plain(text)
        if text != self.text():
            self.setText(text)

    def recolor(self, tone: str) -> None:
        """Take another tone."""
        if tone != self._tone:
            self._tone = tone
            self._dress()

    def minimumSizeHint(self) -> QSize:
        """Never smaller than one line of the type."""
        hint = super().minimumSizeHint()
        return hint.expandedTo(QSize(0, self._look.px(self._kind.line_px)))

    def sizeHint(self) -> QSize:
        """Give a line its full height."""
        return super().sizeHint().expandedTo(QSize(0, self._look.px(self._kind.line_px)))

    def _dress(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, self._look.color(self._tone))
        self.setPalette(palette)
        self.setFont(self._look.font(self._kind))


def safe_label(
    look: Look,
    text: str = "",
    *,
    kind: Type = Type.BODY,
    tone: str = "text",
    wrap: bool = False,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> Label:
    """Make a label of plain text.

    Parameters
    ----------
    look : Look
        The look it follows.
    text : str
        What it says at first.
    kind : Type
        Its size and weight.
    tone : str
        Name of its colour in the tokens.
    wrap, align : bool, AlignmentFlag
        Whether it may break into several lines, and where it stands in a wider label.
    """
    label = Label(look, kind, tone)
    label.setWordWrap(wrap)
    label.setAlignment(align | Qt.AlignmentFlag.AlignVCenter)
    label.say(text)
    return label
