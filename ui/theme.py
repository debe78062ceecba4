# SPDX-License-Identifier: MIT
"""The look of the moment: tokens, type and icons for every widget, and the palette for Qt's own dialogs.

Widgets take a `Look`, read it when they paint, and dress again on `changed`.
"""

from importlib.resources import files

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from ui.preferences import Preferences
from ui.tokens import DARK, LIGHT, Tokens, Type, with_hues

_WEIGHTS = ("Regular", "Medium", "SemiBold")
_STROKE_PX = 1.6  # of the icons on the screen
_LARGE_PX, _LARGE_STROKE_PX = 48, 2.0


def load_fonts() -> None:
    """Give Inter to Qt, once; a system without it falls back to Qt's own choice."""
    if QFontDatabase.applicationFontFamilies(0):
        return
    folder = files("resources") / "fonts"
    for weight in _WEIGHTS:
        QFontDatabase.addApplicationFontFromData(QByteArray((folder / f"Inter-{weight}.ttf").read_bytes()))


def is_system_light() -> bool:
    """Tell whether the system says that it is light; where it says nothing, the screens are dark."""
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Light


def tokens_for(theme: str, scheme: Qt.ColorScheme) -> Tokens:
    """Choose the tokens; `system` follows the desktop where it says what it is, and is dark elsewhere."""
    is_light = theme == "light" or (theme == "system" and scheme == Qt.ColorScheme.Light)
    return LIGHT if is_light else DARK


def palette_of(tokens: Tokens) -> QPalette:
    """Put the tokens into a palette, for what Qt paints by itself."""
    role = QPalette.ColorRole
    colors = {
        role.Window: tokens.bg,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.raised,
        role.Button: tokens.raised,
        role.ToolTipBase: tokens.raised,
        role.WindowText: tokens.text,
        role.Text: tokens.text,
        role.ButtonText: tokens.text,
        role.ToolTipText: tokens.text,
        role.BrightText: tokens.text,
        role.PlaceholderText: tokens.text3,
        role.Highlight: tokens.signal,
        role.HighlightedText: tokens.on_primary,
        role.Link: tokens.signal,
    }
    palette = QPalette()
    for key, color in colors.items():
        palette.setColor(key, QColor(color))
    for key in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, QColor(tokens.text3))
    return palette


class Look(QObject):
    """What every widget needs in order to paint itself.

    Parameters
    ----------
    preferences : Preferences
        Theme, text size and motion.
    parent : QObject
        Its owner.
    """

    changed = Signal()

    def __init__(self, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._icons: dict[tuple[str, str, int, float], QPixmap] = {}
        if QApplication.style().name() != "fusion":  # each setting dresses every widget anew
            QApplication.setStyle("Fusion")
        load_fonts()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)
        self.dress(preferences)

    @property
    def tokens(self) -> Tokens:
        """The colours of now."""
        return self._tokens

    @property
    def is_still(self) -> bool:
        """Whether the person chose less motion."""
        return self._preferences.reduced_motion

    def dress(self, preferences: Preferences) -> None:
        """Take the look from these preferences, everywhere."""
        self._preferences = preferences
        tokens = tokens_for(preferences.theme, QGuiApplication.styleHints().colorScheme())
        self._tokens = with_hues(tokens, preferences.hues)
        self._icons.clear()
        QApplication.setPalette(palette_of(self._tokens))
        QApplication.setFont(self.font(Type.BODY))
        self.changed.emit()

    def _follow_system(self) -> None:
        self.dress(self._preferences)

    def px(self, length: float) -> int:
        """Grow a length that holds text with the person's text size."""
        return round(length * self._preferences.text_scale)

    def font(self, kind: Type) -> QFont:
        """Give the font of a kind of text."""
        font = QFont("Inter")
        font.setPixelSize(self.px(kind.size_px))
        font.setWeight(QFont.Weight(kind.weight))
        if kind.is_tabular and hasattr(font, "setFeature"):  # Qt 6.7 or newer
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def color(self, tone: str) -> QColor:
        """Give a tone of now as a colour."""
        return QColor(getattr(self._tokens, tone))

    def icon(self, name: str, tone: str, size: int, ratio: float = 1.0) -> QPixmap:
        """Draw an icon in a tone, `size` px high, for a screen of this pixel ratio."""
        key = (name, tone, size, ratio)
        if key not in self._icons:
            self._icons[key] = self._draw_icon(*key)
        return self._icons[key]

    def _draw_icon(self, name: str, tone: str, size: int, ratio: float) -> QPixmap:
        """Render the SVG; the stroke keeps its width on the screen when the icon grows."""
        source = (files("resources") / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        stroke = (_STROKE_PX if size < _LARGE_PX else _LARGE_STROKE_PX) * 24 / size
        source = source.replace("currentColor", self.color(tone).name()).replace("STROKE", f"{stroke:.3f}")
        pixmap = QPixmap(round(size * ratio), round(size * ratio))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(pixmap.rect()))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap
