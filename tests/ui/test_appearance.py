# SPDX-License-Identifier: MIT
"""Theme, size of the text and motion change at once and are remembered."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontInfo

from tests.ui.conftest import Stage, Staging, texts_of
from ui.theme import tokens_for
from ui.tokens import DARK, LIGHT, Type


@pytest.mark.parametrize(
    ("theme", "scheme", "tokens"),
    [
        ("dark", Qt.ColorScheme.Light, DARK),
        ("light", Qt.ColorScheme.Dark, LIGHT),
        ("system", Qt.ColorScheme.Light, LIGHT),
        ("system", Qt.ColorScheme.Dark, DARK),
        ("system", Qt.ColorScheme.Unknown, DARK),
    ],
)
def test_the_theme_follows_the_system_only_where_it_is_asked_to(
    theme: str, scheme: Qt.ColorScheme, tokens: object
) -> None:
    assert tokens_for(theme, scheme) is tokens


def test_a_key_changes_the_theme_everywhere_and_it_is_saved(staging: Staging) -> None:
    stage = staging(theme="system")  # which says nothing here, so it is dark, and the first step is to light
    assert stage.window.grab().toImage().pixelColor(5, 5) == QColor(DARK.bg)
    stage.press(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert stage.saved[-1].theme == "light"
    assert stage.window.grab().toImage().pixelColor(5, 5) == QColor(LIGHT.bg)
    assert "Light" in texts_of(stage.window)


def test_buttons_on_the_first_window_change_the_look_too(staging: Staging) -> None:
    stage = staging(theme="system")
    stage.window.resize(1440, 900)
    start = stage.window._screens.start
    start._theme.click()
    start._text_size.click()
    start._motion.click()
    newest = stage.saved[-1]
    assert (newest.theme, newest.text_scale, newest.reduced_motion) == ("light", 1.25, True)
    assert {"Light", "Large text", "Rings and words"} <= set(texts_of(stage.window))


def test_text_sizes_go_round(stage: Stage) -> None:
    for _ in range(3):
        stage.window._screens.start._text_size.click()
    assert [saved.text_scale for saved in stage.saved] == [1.25, 1.5, 1.0]


def test_the_type_is_inter_at_the_persons_size(staging: Staging) -> None:
    look = staging(text_scale=1.5).window._look
    font = look.font(Type.PAGE)
    assert QFontInfo(font).family() == "Inter"
    assert font.pixelSize() == 42


def test_figures_have_equal_widths(stage: Stage) -> None:
    from PySide6.QtGui import QFontMetricsF

    metrics = QFontMetricsF(stage.window._look.font(Type.RATE))
    assert metrics.horizontalAdvance("111") == pytest.approx(metrics.horizontalAdvance("888"))


def test_an_icon_is_drawn_once_and_again_in_another_theme(stage: Stage) -> None:
    look = stage.window._look
    first = look.icon("heart", "signal", 20)
    assert look.icon("heart", "signal", 20) is first
    stage.press(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert look.icon("heart", "signal", 20) is not first
