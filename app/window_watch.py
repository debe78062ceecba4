# SPDX-License-Identifier: MIT
"""Opens the window of `attune watch`."""

from app.clock import choose_session_clock
from app.folders import data_folder
from app.settings import SettingsFile
from app.watching import Watching
from app.window import make_application
from sensors.lsl.library import load_pylsl
from sensors.lsl.search import Query


def run_watch_window(query: Query, *, seconds: float | None) -> int:
    """Open the window and stay until it is closed, or the time is over.

    Parameters
    ----------
    query : Query
        Which stream.
    seconds : float or None
        How long.

    Raises
    ------
    AppError
        When no window can open here.
    SensorError
        `LSL_MISSING`.
    """
    application = make_application()
    from PySide6.QtCore import QTimer

    from app.qt_words import bind_qt
    from app.words import spoken_language
    from ui.theme import Look
    from ui.watch.window import WatchWindow

    load_pylsl()  # without it nothing comes: said before a window opens
    bind_qt(application, spoken_language())
    watching = Watching(query, choose_session_clock())
    watching.start()
    window = WatchWindow(Look(SettingsFile(data_folder()).load(), application), watching)
    window.show()
    if seconds is not None:
        QTimer.singleShot(round(1000 * seconds), application.quit)
    try:
        return application.exec()
    finally:
        watching.close()
