# SPDX-License-Identifier: MIT
"""Opens the window: the one module of `app` that knows Qt."""

import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.audio.player import find_players
from app.audio.room import SoundRoom
from app.clock import Clock, choose_session_clock, choose_sleepless_clock, choose_wall_clock
from app.conductor import Outside
from app.display import display_fault
from app.errors import AppError, Fault
from app.folders import data_folder
from app.guide.for_screens import words_for_screens
from app.guide.language import menu_language
from app.guide.menu import read_menu
from app.log import start_log
from app.settings import SettingsFile
from app.surroundings import surroundings
from app.texts import texts_folder
from app.wiring import Wiring
from app.words import spoken_language
from app.worker import Worker
from resources.words import gettext as _
from ui.backstage import Message

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from app.archive_room import StoreRoom


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
    application = make_application()
    from app.qt_words import bind_qt
    from ui.main_window import MainWindow

    folder = data_folder()
    language = spoken_language()
    bind_qt(application, language)
    start_log(folder)
    settings = SettingsFile(folder)
    wiring = Wiring()
    clock = _session_clock(folder)
    worker = Worker(_outside(wiring, clock), make_room=lambda tell: _room(folder, clock, tell))
    wiring.stored = worker.stored
    chosen = settings.load()
    menu, menu_problem = read_menu(texts_folder(folder, chosen.texts_folder), menu_language())
    sound = SoundRoom(clock, find_players)
    window = MainWindow(
        worker,
        chosen,
        settings.save,
        words=words_for_screens(menu),
        sound=sound,
        around=surroundings(folder, language),
    )
    window.show()
    worker.start()
    menu_words = "" if menu_problem is None else str(menu_problem)
    if problem := " ".join(filter(None, (settings.problem, wiring.problem, menu_words))):
        _tell(window, problem)
    if is_demo:
        window.begin(("demo",), _("a made-up person"))
    try:
        return application.exec()
    finally:
        sound.close()
        worker.close()


def _session_clock(folder: Path) -> Clock:
    """Choose the session clock; that of an interrupted session goes on, even after the computer was started anew."""
    clock, wall = choose_session_clock(), choose_wall_clock()
    if not any(folder.glob("sessions/*/resume.attune")):  # the usual start needs nothing of the store
        return clock
    from app.store.recovery import session_clock_offset_s
    from app.store.resume import find_resumable

    token = find_resumable(folder, wall())
    off_s = 0.0 if token is None else session_clock_offset_s(token.head, clock(), wall())
    return (lambda: clock() + off_s) if off_s else clock


def _room(folder: Path, clock: Clock, tell: Callable[[Message], None]) -> "StoreRoom":
    from app.archive_room import StoreRoom
    from app.archive_thread import StorePlace
    from app.store.system_keyring import SystemKeyring

    return StoreRoom(StorePlace(folder, SystemKeyring(), choose_wall_clock()), clock, tell)


def _outside(wiring: Wiring, clock: Clock) -> Outside:
    sleepless = choose_sleepless_clock()
    made = (wiring.connect, wiring.search, wiring.search_streams, wiring.remember)
    return Outside(clock, sleepless, *made, folder=data_folder(), own_streams=wiring.own_streams)


def make_application() -> "QApplication":
    """Make the application, or say why there can be none; Ctrl+C in its terminal ends it.

    Raises
    ------
    AppError
        `NO_DISPLAY` or `NO_TOOLKIT`.
    """
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
