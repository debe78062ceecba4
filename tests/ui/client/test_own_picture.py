# SPDX-License-Identifier: MIT
"""A person's own picture: small enough to travel with the card, and one sentence where a file is none."""

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, qRgb

from dsp.codes import Action
from tests.ui.conftest import Stage, texts_of
from tests.ui.connect.near import press
from ui.client.own_picture import pixmap_of, read_picture


def noisy(path: Path, width: int, height: int) -> str:
    """A picture that hardly gets smaller by being encoded."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    for y in range(height):
        for x in range(width):
            image.setPixel(x, y, qRgb((x * 7919) % 256, (y * 104729 + x) % 256, (x * y) % 256))
    assert image.save(str(path))
    return str(path)


def plain_png(path: Path) -> str:
    image = QImage(2400, 1200, QImage.Format.Format_RGB32)
    image.fill(QColor("#2D5E7B"))
    assert image.save(str(path))
    return str(path)


@pytest.mark.usefixtures("qapp")
def test_a_large_picture_comes_back_small_and_in_its_proportions(tmp_path: Path) -> None:
    text = read_picture(plain_png(tmp_path / "sea.png"))
    assert text is not None
    pixmap = pixmap_of(text)
    assert (pixmap.width(), pixmap.height()) == (960, 480)


@pytest.mark.usefixtures("qapp")
def test_a_picture_that_hardly_gets_smaller_still_fits(tmp_path: Path) -> None:
    text = read_picture(noisy(tmp_path / "noise.png", 400, 300))
    assert text is not None
    assert len(base64.b64decode(text)) < 72_000
    assert not pixmap_of(text).isNull()


@pytest.mark.usefixtures("qapp")
@given(data=st.binary(max_size=200))
def test_any_bytes_are_a_picture_or_none(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "any.png"
    path.write_bytes(data)
    read_picture(str(path))
    pixmap_of(data.decode("latin-1"))


def cards(stage: Stage) -> None:
    stage.window.begin(("demo",))
    stage.live(1.0)
    stage.window._screens.guides.show_cards()
    press(stage, stage.window, "A picture")


def test_a_chosen_picture_becomes_a_card_of_ones_own(stage: Stage, tmp_path: Path) -> None:
    cards(stage)
    screen = stage.window._screens.guides.cards
    assert screen is not None
    path = plain_png(tmp_path / "sea.png")
    screen.choose_picture = lambda _window: path
    press(stage, screen, "Choose a picture")
    assert screen._preview.isVisible()
    screen.field.setText("the sea")
    press(stage, screen, "Add")
    told = [dict(c.values) for c in stage.backstage.sent if c.action is Action.CARD]
    assert told[-1]["words"] == "the sea"
    assert not pixmap_of(str(told[-1]["picture"])).isNull()
    stage.live(0.5)
    stage.window._screens.turn_to("session")
    stage.window._asking._hand_over(stage.window._asking.words.offers[0])
    stage.live(0.5)
    stage.press(Qt.Key.Key_1)
    stage.live(0.5)
    session = stage.window._screens.session
    assert session is not None
    assert session.ask_panel._picture.isVisible()


def test_a_file_that_is_no_picture_is_refused_in_one_sentence(stage: Stage, tmp_path: Path) -> None:
    cards(stage)
    screen = stage.window._screens.guides.cards
    assert screen is not None
    (tmp_path / "eggs.jpg").write_text("two dozen eggs")
    screen.choose_picture = lambda _window: str(tmp_path / "eggs.jpg")
    press(stage, screen, "Choose a picture")
    assert "This is no picture that can be read. JPEG, PNG and WebP can." in texts_of(screen)
    press(stage, screen, "Add")
    assert not [c for c in stage.backstage.sent if c.action is Action.CARD]
