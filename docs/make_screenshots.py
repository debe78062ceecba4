# SPDX-License-Identifier: MIT
"""Draw every screen, in both themes, from the real window with the synthetic person behind it.

Run as `python docs/make_screenshots.py [OUTDIR [NAME...]]`; without a display it draws offscreen. The clock is moved by
hand, so the pictures are the same each time. The usual size lies in OUTDIR itself, the large window and the large text
in a folder each.
"""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(_ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize  # noqa: E402  # the path and the platform come first
from PySide6.QtGui import QImage  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from app.guide.for_screens import words_for_screens  # noqa: E402
from app.guide.menu import read_menu  # noqa: E402
from docs.pictures import beside, breathing, connect, review, session, sessions  # noqa: E402
from docs.pictures.scene import Scene  # noqa: E402
from docs.pictures.stage import Stage  # noqa: E402
from tests.ui.direct_backstage import DirectBackstage  # noqa: E402
from ui.main_window import MainWindow  # noqa: E402

SCENES: Mapping[str, Scene] = {
    **connect.SCENES,
    **breathing.SCENES,
    **session.SCENES,
    **sessions.SCENES,
    **review.SCENES,
    **beside.SCENES,
}
_THEMES = ("dark", "light")


@dataclass(frozen=True, slots=True)
class Format:
    """A size of the window and of its text, and the folder of its pictures."""

    folder: str
    size: QSize
    text_scale: float = 1.0


FORMATS = (
    Format("", QSize(1280, 720)),
    Format("2560x1440", QSize(2560, 1440)),
    Format("text-150", QSize(1280, 720), 1.5),
)


def draw(application: QApplication, scene: Scene, theme: str, how: Format) -> QImage:
    """Draw one screen."""
    backstage = DirectBackstage(faults=scene.faults, script=scene.script)
    backstage.archive.shelf = scene.shelf
    words = words_for_screens(read_menu(_ROOT / "no-own-folder", "en")[0])
    preferences = replace(scene.preferences, theme=theme, text_scale=how.text_scale)
    window = MainWindow(
        backstage, preferences, lambda _: None, choose_file=_no_recording, words=words, displays=scene.displays
    )
    stage = Stage(application, backstage, window)
    window.resize(how.size)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    scene.play(stage)
    image = _image(scene.shown(stage), stage, how)
    window.close()
    window.deleteLater()
    return image


def _image(shown: QWidget, stage: Stage, how: Format) -> QImage:
    shown.resize(how.size)
    stage.settle(1.0)
    return shown.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def _no_recording(_window: QWidget) -> str:
    return "shopping-list.csv"


def main() -> int:
    """Draw all of them, or the named ones."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else _ROOT / "docs" / "screenshots"
    application = QApplication(sys.argv[:1])
    for name in sys.argv[2:] or SCENES:
        for how in FORMATS:
            (folder / how.folder).mkdir(parents=True, exist_ok=True)
            for theme in _THEMES:
                path = folder / how.folder / f"{name}-{theme}.png"
                draw(application, SCENES[name], theme, how).save(str(path), quality=0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
