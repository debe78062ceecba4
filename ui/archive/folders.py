# SPDX-License-Identifier: MIT
"""A folder, chosen by the system's own dialog."""

from collections.abc import Callable

from PySide6.QtWidgets import QFileDialog, QWidget

ChooseFolder = Callable[[QWidget, str], str]
"""Asks for a folder in a dialog of that title; gives its path, or an empty text."""


def ask_for_folder(window: QWidget, title: str) -> str:
    """Let the person choose a folder; an empty text when they did not."""
    return QFileDialog.getExistingDirectory(window, title)
