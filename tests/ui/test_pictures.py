# SPDX-License-Identifier: MIT
"""Settled screens against the pictures that were kept of them: their words first, then every pixel.

A difference is no fault by itself: look at both pictures, and keep the new one by `make pictures` where it is meant.
"""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import qVersion
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.conftest import texts_of
from tests.ui.kept_pictures import FOLDER, KEPT, QT_FILE, THEMES, drawn, path_of

_LARGEST_BYTES = 1_000_000  # of all kept pictures together


@pytest.mark.skipif(sys.platform != "linux", reason="the letters of another system differ by themselves")
@pytest.mark.skipif(
    qVersion() != QT_FILE.read_text(encoding="utf-8").strip(), reason="another Qt than the pictures were drawn with"
)
@pytest.mark.parametrize("name", KEPT)
def test_a_settled_screen_looks_as_it_was_kept(qapp: QApplication, tmp_path: Path, name: str) -> None:
    for theme, picture, window in drawn(qapp, name):
        assert not {*KEPT[name]} - words_on(window)
        kept = QImage(str(path_of(name, theme))).convertToFormat(QImage.Format.Format_RGB888)
        new = tmp_path / f"{name}-{theme}.png"
        if picture != kept:
            picture.save(str(new))
        assert picture == kept, f"compare {new} with {path_of(name, theme)}; `make pictures` keeps the new one"


def test_the_kept_pictures_are_few_and_small() -> None:
    kept = {path.name for path in FOLDER.glob("*.png")}
    assert kept == {path_of(name, theme).name for name in KEPT for theme in THEMES}
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) <= _LARGEST_BYTES


def words_on(window: QWidget) -> set[str]:
    return set(texts_of(window))
