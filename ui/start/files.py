# SPDX-License-Identifier: MIT
"""Choosing a recording by the system's own dialog."""

from PySide6.QtWidgets import QFileDialog, QWidget

from resources.words import gettext as _


def ask_for_recording(window: QWidget) -> str:
    """Let the person choose a recording; an empty text when they did not."""
    kinds = _("Recordings (*.csv *.txt);;All files (*)")
    return QFileDialog.getOpenFileName(window, _("Open a recording"), "", kinds)[0]
