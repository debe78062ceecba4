# SPDX-License-Identifier: MIT
"""Opens the window: the one module of `app` that knows Qt."""

import signal
import sys
from gettext import gettext as _
from typing import TYPE_CHECKING

from app.clock import choose_session_clock, choose_sleepless_clock
from app.conductor import Outside
from app.display import display_fault
from app.errors import AppError, Fault
from app.folders import data_folder
from app.log import start_log
from app.settings import SettingsFile
from app.wiring import Wiring
from app.worker import Worker

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget


def run_window(*, is_demo: bool) -> int:
    """Open the window and stay until it is closed.

    Parameters
    ----------
    is_demo : bool
        Whether it starts with the synthetic person.

    Returns
    -------
    int
        The exit code.

    Raises
    ------
    AppError
        When no window can open here.
    """
    application = _application()
    from ui.main_window import MainWindow

    folder = data_folder()
    start_log(folder)
    settings = SettingsFile(folder)
    wiring = Wiring()
    worker = Worker(_outside(wiring))
    window = MainWindow(worker, settings.load(), settings.save)
    window.show()
    worker.start()
    if problem := " ".join(filter(None, (settings.problem, wiring.problem))):
        _tell(window, problem)
    if is_demo:
        window.begin(("demo",), _("a made-up person"))
    try:
        return application.exec()
    finally:
        worker.close()


def _outside(wiring: Wiring) -> Outside:
    clock, sleepless = choose_session_clock(), choose_sleepless_clock()
    return Outside(clock, sleepless, wiring.connect, wiring.search, wiring.search_streams, wiring.remember)


def _application() -> "QApplication":
    """Make the application, or say why there can be none; Ctrl+C in its terminal ends it."""
    if fault := display_fault():
        raise AppError(Fault.NO_DISPLAY, fault)
    try:
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication
    except ImportError as error:
        words = _("the window needs libraries that are missing ({error}); the README names them for each system.")
        raise AppError(Fault.NO_TOOLKIT, words.format(error=error)) from error
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Attune")
    # by a timer, because to quit before the event loop runs would be forgotten
    signal.signal(signal.SIGINT, lambda _number, _frame: QTimer.singleShot(0, application.quit))
    return application


def _tell(window: "QWidget", problem: str) -> None:
    """Say what is wrong with the settings, without holding up anything."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QMessageBox

    box = QMessageBox(QMessageBox.Icon.Information, "Attune", problem, parent=window)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
