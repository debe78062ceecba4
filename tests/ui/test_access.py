# SPDX-License-Identifier: MIT
"""Everybody can use it: names for all, targets large enough, a ring that shows the focus, and words never cut off."""

import itertools
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QSizePolicy, QWidget

from dsp.baseline import Baseline, ChannelRest
from dsp.codes import Action, Channel, NoticeCode, Reason, SourceState, Zone
from dsp.finding import Assessment, Criteria, RateScore, Resonance
from dsp.stream import CLIENT, Command, Frame, Recording, Status, Tick
from tests.ui.archive.test_flow import ROWS, asked, end, stored
from tests.ui.conftest import Stage, Staging
from tests.ui.connect.near import (
    ALL,
    BAND,
    FINGERS,
    H10,
    OTHER_STRAP,
    RIDDLE,
    SHIMMER,
    STRAP,
    STREAM,
    button,
    connect,
    connected_session,
    give,
    hear,
    look,
    note,
    row,
)
from tests.ui.review.test_screen import opened, revealed, two_people
from ui.archive.growth import EdgeRow, Grown, HelpRow, PastRow, TrendRow
from ui.archive.practice import Guard, KeyState, PersonRecord
from ui.archive.seam import Hidden
from ui.archive.shelf import Door, Going, Shelf
from ui.arousal.bounds_slider import Handle
from ui.client.ask_card import AskCard
from ui.review.looking import Looking
from ui.tokens import DARK
from ui.widgets.button import Button
from ui.widgets.choice_card import _ICON, _ICON_LOW, ChoiceCard
from ui.widgets.field import Field
from ui.widgets.label import Label

_ASKED = 8
PURE_LAYOUT = {QAccessible.Role.Client, QAccessible.Role.ScrollBar, QAccessible.Role.Pane, QAccessible.Role.Window}


def settings(stage: Stage) -> None:
    stage.press(Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    screen = stage.window._screens.currentWidget()
    assert screen is not None
    screen.setFocus()


def settings_of_keys(stage: Stage) -> None:
    stage.backstage.archive.keys = KeyState(Guard.PASSPHRASE, has_recovery_code=True, operators=2)
    settings(stage)
    stage.turn()
    button(stage.window, "Change it").click()
    button(stage.window, "Add somebody").click()
    stage.window.setFocus()


def settings_of_a_person(stage: Stage) -> None:
    stage.backstage.archive.records["C-7F3K"] = PersonRecord("C-7F3K", ("pregnancy",), has_own_bounds=True)
    settings(stage)
    stage.backstage.archive.ask_person("C-7F3K")


def settings_hidden(stage: Stage) -> None:
    settings(stage)
    stage.turn()
    stage.backstage.say(Hidden(is_beyond=True, is_all=False))


def lead_to_session(stage: Stage) -> None:
    stage.window.begin(("demo",))
    stage.live(1.0)
    stage.press(Qt.Key.Key_P)
    stage.live(12.0, step_s=3.0)


def assigning(stage: Stage) -> None:
    look(stage, *ALL)
    connect(stage, STRAP, FINGERS)
    give(stage, FINGERS, "client")


def asking(stage: Stage) -> None:
    look(stage, *ALL)
    button(row(stage, RIDDLE), "Say what it is").click()


def faults(stage: Stage) -> None:
    look(stage, *ALL)
    connect(stage, STRAP, OTHER_STRAP, BAND, FINGERS, STREAM)
    hear(stage, STRAP, SourceState.RECONNECTING, Reason.LINK_LOST)
    hear(stage, OTHER_STRAP, SourceState.SCANNING, Reason.HELD_ELSEWHERE)
    hear(stage, BAND, SourceState.FAILED, Reason.PAIRING_REFUSED)
    note(stage, FINGERS, NoticeCode.CONTACT, on=False)


def worn(stage: Stage) -> None:
    connected_session(stage, H10, SHIMMER)
    note(stage, STRAP, NoticeCode.BATTERY, "client", percent=18)


def refused(stage: Stage) -> None:
    stage.press(Qt.Key.Key_3)
    source = stage.backstage.begun[0][0]
    stage.backstage.say(Status(stage.backstage.t, source, SourceState.FAILED, reason=Reason.FILE_MALFORMED))


def radio_off(stage: Stage) -> None:
    look(stage)
    stage.backstage.say(Status(stage.backstage.t, "scan", SourceState.FAILED, reason=Reason.NO_BLUETOOTH_SERVICE))


def unreadable(stage: Stage) -> None:
    lead_to_session(stage)
    stage.backstage.is_blocked = True
    stage.live(20.0, step_s=10.0)


def signals(stage: Stage) -> None:
    lead_to_session(stage)
    stage.press(Qt.Key.Key_G)


def sessions(stage: Stage) -> None:
    stage.backstage.archive.shelf = Shelf(Door.OPEN, ROWS)
    stage.press(Qt.Key.Key_4)


def erasing(stage: Stage) -> None:
    sessions(stage)
    stage.turn()
    button(stage.window, "Erase").click()
    stage.backstage.say(Going("C-7F3K", ("S-8MN2W",), ("S-8MN2W",), ("/backup",)))


def consent(stage: Stage) -> None:
    asked(stage)
    button(stage.window, "Keep sessions").click()


def disk_full(stage: Stage) -> None:
    stored(stage)
    stage.backstage.archive.light(Recording(("client",), 1.0, 20.0, Reason.DISK_FULL))


def session_over(stage: Stage) -> None:
    stored(stage)
    end(stage)


def first_session(stage: Stage) -> None:
    stage.window._keeper.keep(replace(stage.window._keeper.now, sees=()))
    lead_to_session(stage)


def choosing_sights(stage: Stage) -> None:
    first_session(stage)
    stage.press(Qt.Key.Key_W)


def windowed(stage: Stage) -> None:
    lead_to_session(stage)
    rest = Baseline(0.0, CLIENT, (ChannelRest(Channel.H, 66.0, 4.0, 9.0),), 1.1, -1.1)
    stage.backstage.send(Command(stage.backstage.t, Action.BASELINE, "app", values=rest.to_values()))
    stage.press(Qt.Key.Key_G)
    stage.press(Qt.Key.Key_G)
    stage.live(3.0)


def window_page(stage: Stage) -> None:
    windowed(stage)
    stage.press(Qt.Key.Key_K)
    stage.live(2.0)


def window_moved(stage: Stage) -> None:
    window_page(stage)
    stage.window._screens.guides.window.bounds.slider.upper_handle.setValue(20)


def window_grown(stage: Stage) -> None:
    window_page(stage)
    rows = (PastRow(1.79e9, 0.0, 0.6, 0.7, 5.0, True, 90.0, 66.0, 13.0),)
    helps = (HelpRow(Zone.ABOVE, "nothing", 4, 3, 120.0),)
    trends = (TrendRow("edge_bpm"), TrendRow("return_s", 6, -70.0, 60.0, 0.01, True))
    stage.backstage.say(Grown("C-7F3K", rows, 1, EdgeRow(1.4, 1.2, 1.6, 23), "", trends, helps))


def own_cards(stage: Stage) -> None:
    lead_to_session(stage)
    stage.window._screens.guides.show_cards()
    stage.window._asking.put_card("place", "the sea")


def felt(stage: Stage) -> None:
    lead_to_session(stage)
    stage.press(Qt.Key.Key_F)


def rest_asked(stage: Stage) -> None:
    lead_to_session(stage)
    stage.press(Qt.Key.Key_B)


def resting(stage: Stage) -> None:
    rest_asked(stage)
    calibration = stage.window._screens.guides.calibration
    assert calibration is not None
    calibration.felt.cards[1].click()
    stage.live(4.0)


def rested(stage: Stage) -> None:
    resting(stage)
    stage.press(Qt.Key.Key_S)
    stage.live(90.0, step_s=30.0)
    calibration = stage.window._screens.guides.calibration
    assert calibration is not None
    calibration.done.click()


def pace_asked(stage: Stage) -> None:
    lead_to_session(stage)
    stage.press(Qt.Key.Key_R)


def pace_found(stage: Stage) -> None:
    pace_asked(stage)
    means = Criteria(12.0, 6.0, 0.2, 0.7)
    scores = tuple(RateScore(rate, 9, means, means, 0.1) for rate in (6.5, 6.0, 5.5, 5.0, 4.5))
    found = Resonance(stage.backstage.t, CLIENT, Assessment(scores, 5.5, 5.0, 0.5, 0.9))
    stage.backstage.say(Frame(Tick(stage.backstage.t), resonances=(found,)))


def pace_tried(stage: Stage) -> None:
    pace_found(stage)
    stage.turn()
    stage.press(Qt.Key.Key_3)


def review_asked(stage: Stage) -> None:
    opened(stage)


def review(stage: Stage) -> None:
    revealed(stage).look_at(Looking(600.0, 210.0, 0.0, 600.0))


def review_of_two(stage: Stage) -> None:
    revealed(stage, two_people())


def review_report(stage: Stage) -> None:
    revealed(stage)
    button(stage.window, "PDF").click()


def review_cards(stage: Stage) -> None:
    revealed(stage)
    button(stage.window, "What is my window?").click()


WAYS: dict[str, Callable[[Stage], None]] = {
    "start": Stage.turn,
    "settings": settings,
    "settings of keys": settings_of_keys,
    "settings of a person": settings_of_a_person,
    "settings hidden": settings_hidden,
    "refused": refused,
    "connect": lambda stage: look(stage, *ALL),
    "wearing": look,
    "radio off": radio_off,
    "assigning": assigning,
    "asking": asking,
    "faults": faults,
    "worn": worn,
    "breathe": lambda stage: stage.press(Qt.Key.Key_1),
    "session": lead_to_session,
    "signals": signals,
    "unreadable": unreadable,
    "first session": first_session,
    "choosing sights": choosing_sights,
    "windowed": windowed,
    "window page": window_page,
    "window moved": window_moved,
    "window grown": window_grown,
    "own cards": own_cards,
    "felt": felt,
    "rest asked": rest_asked,
    "resting": resting,
    "rested": rested,
    "pace asked": pace_asked,
    "pace found": pace_found,
    "pace tried": pace_tried,
    "sessions": sessions,
    "erasing": erasing,
    "consent": consent,
    "disk full": disk_full,
    "session over": session_over,
    "review asked": review_asked,
    "review": review,
    "review of two": review_of_two,
    "review report": review_report,
    "review cards": review_cards,
}
SCREENS = list(WAYS)


def staged(staging: Staging, screen: str, **changes: object) -> Stage:
    given = {"connect_hint_seen": screen != "wearing", "looks_for_streams": True, "reduced_motion": True, **changes}
    stage = staging(chosen_file="/list.csv", **given)
    WAYS[screen](stage)
    stage.live(1.0)
    settle(stage)
    return stage


def visible(window: QWidget) -> list[QWidget]:
    return [widget for widget in window.findChildren(QWidget) if widget.isVisible()]


@pytest.mark.parametrize("screen", SCREENS)
def test_everybody_can_use_it(staging: Staging, screen: str) -> None:
    """One window for three looks at it: a window is dear."""
    stage = staged(staging, screen)
    assert_named(stage.window)
    assert_large_enough(stage.window)
    assert_reached(stage)


def assert_named(window: QWidget) -> None:
    """Everything that can be seen has a name."""
    walked = 0
    waiting = [QAccessible.queryAccessibleInterface(window)]
    while waiting:
        interface = waiting.pop()
        waiting += [interface.child(i) for i in range(interface.childCount())]
        if interface.state().invisible or interface.role() in PURE_LAYOUT or interface.object() is None:
            continue
        walked += 1
        name = interface.text(QAccessible.Text.Name)
        shown = interface.object()
        assert name or (isinstance(shown, Label) and not shown.text()), (shown, interface.role())
    assert walked >= 5


def assert_large_enough(window: QWidget) -> None:
    """Every button says what it does and is large enough."""
    controls = [widget for widget in visible(window) if isinstance(widget, QAbstractButton | QLineEdit | Handle)]
    assert controls
    for control in controls:
        assert control.accessibleName()
        assert min(control.width(), control.height()) >= 24


def stop_of(control: QWidget | None) -> object:
    """Give what Tab stops at: of a choice the chosen one, and any of it where none is chosen yet."""
    group = control.group() if isinstance(control, QAbstractButton) else None
    if group is None or not group.exclusive():
        return control
    return group.checkedButton() or group


def assert_reached(stage: Stage) -> None:
    """Tab reaches every button once, from top to bottom."""
    kinds = QAbstractButton | QLineEdit | Handle
    controls = [w for w in visible(stage.window) if isinstance(w, kinds) and w.isEnabled()]
    wanted = {stop_of(w) for w in controls} - {None}
    assert not isinstance(QApplication.focusWidget(), QAbstractButton)  # no ring before the first Tab
    reached = []
    for _ in range(len(wanted)):
        stage.press(Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    assert {stop_of(w) for w in reached} == wanted
    heights = [button.mapTo(stage.window, QPoint(0, 0)).y() for button in reached if button is not None]
    assert heights[0] <= heights[-1]


@pytest.mark.parametrize("screen", ["start", "connect", "session"])
def test_the_focus_is_ringed_3_px_outside_of_the_control(staging: Staging, screen: str) -> None:
    stage = staged(staging, screen)
    assert not stage.window._ring.isVisible()
    stage.press(Qt.Key.Key_Tab)
    focused = QApplication.focusWidget()
    assert focused is not None
    around = QRect(focused.mapTo(stage.window, QPoint(0, 0)), focused.size())
    assert stage.window._ring.geometry() == around.adjusted(-5, -5, 5, 5)
    image = stage.window.grab().toImage()
    for distance in (4, 5):
        assert image.pixelColor(around.center().x(), around.top() - distance) == QColor(DARK.text)
    assert image.pixelColor(around.center().x(), around.top() - 2) != QColor(DARK.text)


def test_enter_presses_the_focused_button(stage: Stage) -> None:
    stage.window._screens.start._connect.setFocus()
    stage.press(Qt.Key.Key_Return)
    assert stage.shown() == "connect"


def room_of(label: Label) -> QSize:
    return label.contentsRect().size()


@pytest.mark.parametrize("screen", SCREENS)
def test_no_word_is_cut_off_and_nothing_overlaps(staging: Staging, screen: str) -> None:
    """One window in every size of it and of its text: a window is dear."""
    stage = staged(staging, screen)
    for scale in (1.0, 1.25, 1.5):
        read_in(stage, scale)
        for size in (QSize(1440, 900), QSize(1120, 720), QSize(2560, 1440)):
            stage.window.resize(size)
            settle(stage)
            assert stage.window.size() == size
            assert_whole_words(stage.window)


def read_in(stage: Stage, text_scale: float) -> None:
    """Let the text have another size while everything is shown."""
    keeper = stage.window._keeper
    stage.window._appearance.take(replace(keeper.now, text_scale=text_scale))
    settle(stage)


def settle(stage: Stage) -> None:
    """Let a page within a page find its height: one asks the other."""
    for _ in range(_ASKED):
        stage.turn()


def assert_whole_words(window: QWidget) -> None:
    for widget in visible(window):
        if isinstance(widget, Label):
            assert_readable(widget)
        elif isinstance(widget, AskCard):
            assert widget.height_for(widget.width()) <= widget.height(), widget.text()
        elif isinstance(widget, ChoiceCard):
            assert_whole(widget)
        elif isinstance(widget, Button | Field):
            if widget.sizePolicy().horizontalPolicy() is not QSizePolicy.Policy.Ignored:  # else it scrolls
                assert widget.width() >= widget.sizeHint().width(), widget.text()
            assert widget.height() >= widget.sizeHint().height(), widget.text()
        assert_apart([child for child in widget.children() if isinstance(child, QWidget) and child.isVisible()])


def assert_readable(label: Label) -> None:
    metrics = QFontMetrics(label.font())
    if label.wordWrap():
        assert label.heightForWidth(label.width()) <= label.height() + 1, label.text()
        return
    for line in label.text().split("\n"):
        assert metrics.horizontalAdvance(line) <= room_of(label).width(), line
    assert metrics.height() * len(label.text().split("\n")) <= room_of(label).height() + 2, label.text()


def assert_whole(card: ChoiceCard) -> None:
    width = card.width() - 2 * card._padding()
    large, small = card._types()
    words = sum(card._height_of(text, kind, width) for text, kind in ((card.text(), large), (card._line, small)))
    icon = card._look.px(_ICON_LOW if card._is_compact else _ICON)
    assert words + icon + 2 * card._padding() <= card.height(), card.text()
    longest = max(card.text().split(), key=len)
    assert QFontMetrics(card._look.font(large)).horizontalAdvance(longest) <= width, card.text()


def assert_apart(siblings: list[QWidget]) -> None:
    for one, other in itertools.combinations(siblings, 2):
        assert not one.geometry().intersects(other.geometry()), (one, other)
