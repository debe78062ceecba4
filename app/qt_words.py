# SPDX-License-Identifier: MIT
"""Qt's own dialogs in the language that Attune speaks, and the direction in which it is written."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication


def bind_qt(application: QApplication, language: str) -> None:
    """Let Qt speak a language, where Qt brings it along; English otherwise."""
    locale = QLocale(language)
    application.setLayoutDirection(locale.textDirection())
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(locale, "qtbase", "_", folder):
        application.installTranslator(translator)
