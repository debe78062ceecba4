# SPDX-License-Identifier: MIT
"""The pictures that screens are held against: drawn from the scenes of the documentation, in both themes.

`make pictures` draws them anew: look at what changed before keeping it. Law: the same Qt draws the same picture with
the bundled font; each channel is kept to four bits, so that the last bits of a blend decide nothing.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(_ROOT))

from PySide6.QtCore import QSize, qVersion  # noqa: E402  # the path and the platform come first
from PySide6.QtGui import QImage  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from docs.make_screenshots import SCENES  # noqa: E402
from docs.pictures.stage import Stage  # noqa: E402
from tests.ui.direct_backstage import DirectBackstage  # noqa: E402
from ui.main_window import MainWindow  # noqa: E402

FOLDER = Path(__file__).parent / "pictures"
QT_FILE = FOLDER / "qt.txt"
THEMES = ("dark", "light")
KEPT: dict[str, Sequence[str]] = {
    "wearing": ("Skip",),
    "connect-empty": ("Nothing yet", "Put the strap on first: it wakes on the skin."),
    "connect": ("Look again",),
    "connect-asking": ("Looking stores nothing, and gives a sensor to nobody.",),
    "consent": ("Keep sessions",),
    "sessions": ("5 stored", "Export"),
    "settings": ("Settings", "Size of the text", "Take back"),
    "rest": ("3 clean minutes", "Skip this"),
    "resonance": ("Step by step",),
    "resonance-done": ("Which felt easier?",),
}
"""Each picture, with words that have to be on it before anything is compared."""

_SIZE = QSize(1120, 720)


def drawn(application: QApplication, name: str) -> Iterator[tuple[str, QImage, QWidget]]:
    """Draw one screen in each theme: the theme, the picture, and the window while it shows."""
    application.setCursorFlashTime(0)
    scene = SCENES[name]
    backstage = DirectBackstage(faults=scene.faults, script=scene.script)
    backstage.archive.shelf = scene.shelf
    window = MainWindow(backstage, replace(scene.preferences, theme=THEMES[0]), lambda _saved: None)
    stage = Stage(application, backstage, window)
    window.resize(_SIZE)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    scene.play(stage)
    for theme in THEMES:
        window._appearance.take(replace(window._keeper.now, theme=theme))
        stage.settle(0.0)
        picture = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB444)
        yield theme, picture.convertToFormat(QImage.Format.Format_RGB888), window
    window.close()
    window.deleteLater()


def path_of(name: str, theme: str) -> Path:
    """Give the place of a kept picture."""
    return FOLDER / f"{name}-{theme}.png"


def main() -> None:
    """Draw all of them, or the named ones."""
    application = QApplication(sys.argv[:1])
    FOLDER.mkdir(exist_ok=True)
    for name in sys.argv[1:] or KEPT:
        for theme, picture, _window in drawn(application, name):
            picture.save(str(path_of(name, theme)), quality=0)
    QT_FILE.write_text(f"{qVersion()}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
