# SPDX-License-Identifier: MIT
"""A short text that a person types: one line, plain, with an end to its length."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from ui.foreign import safe_text
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.key_cap import KeyCap

_HEIGHT, _RADIUS, _PADDING = 32, 8, 12


class Field(QLineEdit):
    """A text field of ours; Enter keeps what was typed, Esc takes it back.

    Parameters
    ----------
    look : Look
        The look it follows.
    name : str
        What is typed into it.
    longest : int
        Characters at most.
    is_secret : bool
        Whether it is a passphrase: shown as dots, and left exactly as it was typed.
    key : str
        The key that leads to it, shown in a cap at its beginning.
    """

    kept = Signal(str)

    def __init__(self, look: Look, name: str, *, longest: int, is_secret: bool = False, key: str = "") -> None:
        super().__init__()
        self._look = look
        self._cap = KeyCap(look, key)
        self._hint = ""
        self._held = ""
        self.setAccessibleName(name)
        self.setMaxLength(longest)
        self.setFrame(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        if is_secret:
            self.setEchoMode(QLineEdit.EchoMode.Password)
        else:
            self.editingFinished.connect(self._keep)
        look.changed.connect(self._dress)
        self._dress()

    def show_text(self, text: str) -> None:
        """Show what holds, unless somebody is typing."""
        self._held = safe_text(text)[: self.maxLength()]
        if not self.hasFocus() and self._held != self.text():
            self.setText(self._held)

    def hint(self, words: str) -> None:
        """Show (our own) words while nothing is typed."""
        if words != self._hint:
            self._hint = words
            self.setAccessibleDescription(words)
            self.update()

    def show_key(self, key: str) -> None:
        """Name another key that leads to it."""
        if key != self._cap.key:
            self._cap = KeyCap(self._look, key)
            self._dress()

    def sizeHint(self) -> QSize:
        """Be as wide as its longest text."""
        width = QFontMetrics(self.font()).averageCharWidth() * (self.maxLength() + 2)
        return QSize(width + 2 * self._look.px(_PADDING), self._look.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Never be smaller than its text."""
        return self.sizeHint()

    def event(self, event: QEvent) -> bool:
        """Claim Esc while it has the focus: there it takes back what was typed, and nothing else."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep by Enter and leave; leave by Esc without keeping."""
        if _is_escape(event):
            self.setText(self._held)
            self.clearFocus()
            return
        super().keyPressEvent(event)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.clearFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame, and the text in it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.color("edge"), 1))
        painter.setBrush(self._look.color("bg"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        self._paint_hint(painter)
        painter.end()
        super().paintEvent(event)

    def _paint_hint(self, painter: QPainter) -> None:
        """Paint the key, and what is to be written, on the side where the text begins."""
        left = self._look.px(_PADDING)
        if self._cap.key:
            right = left + self._cap.width() - 4
            self._cap.paint(painter, self.width() - left if self.isRightToLeft() else right, self.height() // 2)
        if self._hint and not self.text():
            room = QRect(left + self._cap.width() + 6, 0, self.width() - 2 * left - self._cap.width(), self.height())
            if self.isRightToLeft():
                room.moveLeft(left)
            painter.setFont(self.font())
            painter.setPen(self._look.color("text3"))
            words = QFontMetrics(self.font()).elidedText(self._hint, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, words)

    def _keep(self) -> None:
        """Wash what was typed, and hand it on when it is new."""
        typed = safe_text(self.text())[: self.maxLength()]
        if typed != self.text():
            self.setText(typed)
        if typed != self._held:
            self._held = typed
            self.kept.emit(typed)

    def _dress(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, QColor(Qt.GlobalColor.transparent))
        palette.setColor(QPalette.ColorRole.Text, self._look.color("text"))
        palette.setColor(QPalette.ColorRole.PlaceholderText, self._look.color("text3"))
        self.setPalette(palette)
        self.setFont(self._look.font(Type.BODY))
        padding = self._look.px(_PADDING) - 2  # Qt keeps 2 px by itself
        cap = self._cap.width() + 4 if self._cap.key else 0
        self.setTextMargins(padding + (0 if self.isRightToLeft() else cap), 0, padding + cap * self.isRightToLeft(), 0)
        self.updateGeometry()


def _is_escape(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Escape
