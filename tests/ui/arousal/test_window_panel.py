# SPDX-License-Identifier: MIT
"""The own window on the session's screen: band, trace, hatch, and the state by shape and word."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from dsp.baseline import ArousalState, Baseline, ChannelRest
from dsp.codes import Action, Channel, Reason, Zone
from dsp.stream import CLIENT, Command, Frame, Tick
from tests.ui.conftest import Stage, Staging, texts_of
from ui.arousal.window_panel import WindowPanel
from ui.preferences import SIGHTS
from ui.tokens import DARK

REST = Baseline(0.0, CLIENT, (ChannelRest(Channel.H, 66.0, 4.0, 9.0),), 1.1, -1.1)


def begin(staging: Staging, **changes: object) -> tuple[Stage, WindowPanel]:
    stage = staging(sees=("heart", "window"), **changes)
    stage.window.begin(("demo",))
    stage.live(2.0)
    session = stage.window._screens.session
    assert session is not None
    return stage, session.views.window_panel


def tell(stage: Stage, zone: Zone, trace: float | None, why: Reason | None = None, **known: object) -> None:
    """Let a second of arousal arrive."""
    stage.backstage.t += 1.0
    band = None if trace is None else (trace - 0.5, trace + 0.5)
    given = {"why": why, "trace": trace, "band": band, "bounds": (-1.1, 1.1), "channels": ("h",), **known}
    state = ArousalState(stage.backstage.t, CLIENT, zone, **given)  # type: ignore[arg-type]  # a test knows the fields
    stage.backstage.say(Frame(Tick(stage.backstage.t), states=(state,)))
    stage.turn()


def test_before_a_baseline_there_is_no_band_no_state_and_the_way_to_a_rest(staging: Staging) -> None:
    stage, panel = begin(staging)
    stage.live(5.0)
    assert panel.trace.isHidden() or not panel.trace.isVisible()
    assert panel.trace.window_held is None
    assert "There is no rest to compare with yet. It comes with the first rest." in texts_of(panel)
    assert not {"settled", "activated", "cannot tell"} & set(texts_of(panel))
    panel._rest.click()
    assert stage.shown() == "calibration"


def test_a_stored_baseline_gives_the_band_with_its_date_through_the_real_pipeline(staging: Staging) -> None:
    stage, panel = begin(staging)
    for age in (9, 6, 3):
        values = tuple((name, age if name == "age_days" else value) for name, value in REST.to_values())
        stage.backstage.send(Command(stage.backstage.t, Action.BASELINE, "app", values=values))
    stage.live(90.0, step_s=5.0)
    window = panel.trace.window_held
    assert window is not None
    assert not window.is_provisional
    assert "from 3 days ago" in texts_of(panel)
    assert {"heart only"} & set(texts_of(panel))
    assert panel.word.text() != ""


def test_the_zone_is_told_by_shape_and_word_and_the_axis_stays(staging: Staging) -> None:
    stage, panel = begin(staging)
    axes = []
    for zone, level, word in ((Zone.WITHIN, 0.1, "settled"), (Zone.ABOVE, 1.6, "activated"), (Zone.BELOW, -2, "quiet")):
        tell(stage, zone, level)
        assert (panel.mark.zone, panel.word.text()) == (zone, word)
        axes.append(panel.trace.axis)
    assert axes[0] == axes[1] == axes[2]
    assert "quieter than your usual" in texts_of(panel)


def test_at_the_edge_is_unknown_by_shape_and_says_so(staging: Staging) -> None:
    stage, panel = begin(staging)
    tell(stage, Zone.UNKNOWN, 1.0, Reason.AT_EDGE)
    assert (panel.mark.zone, panel.word.text()) == (Zone.UNKNOWN, "at the edge")


def test_a_provisional_window_is_getting_to_know_the_person(staging: Staging) -> None:
    stage, panel = begin(staging)
    tell(stage, Zone.WITHIN, 0.0, is_provisional=True)
    assert panel.since.text() == "getting to know you"


def test_the_window_takes_the_middle_44_percent_of_the_height(staging: Staging) -> None:
    stage, panel = begin(staging)
    tell(stage, Zone.WITHIN, 0.0)
    trace = panel.trace
    share = (trace._y(-1.1) - trace._y(1.1)) / trace.height()
    assert abs(share - 0.44) < 0.01


def test_what_cannot_be_read_is_hatched_and_the_rest_is_not(staging: Staging) -> None:
    stage, panel = begin(staging)
    for second in range(60):
        tell(stage, Zone.WITHIN, None if second >= 30 else 0.0, Reason.MOVING if second >= 30 else None)
    image = panel.trace.grab().toImage()
    ratio = image.devicePixelRatio()

    def hatched_pixels(ago_s: float) -> int:
        """Count what is not plain ground, above the window and its range."""
        x = round(panel.trace._x(panel.trace._t - ago_s) * ratio)
        column = [image.pixelColor(x, y) for y in range(2, image.height() // 5)]
        return sum(color != QColor(DARK.surface) for color in column)

    assert min(hatched_pixels(float(ago_s)) for ago_s in range(5, 26)) > 0
    assert max(hatched_pixels(float(ago_s)) for ago_s in range(40, 55)) == 0


def test_when_the_worker_says_nothing_more_the_state_is_unknown(staging: Staging) -> None:
    stage, panel = begin(staging)
    tell(stage, Zone.WITHIN, 0.0)
    stage.backstage.is_blocked = True
    stage.live(6.0)
    assert panel.mark.zone is Zone.UNKNOWN
    assert "no fresh signals just now" in texts_of(panel)


def test_a_summary_in_words_stands_beside_the_trace(staging: Staging) -> None:
    stage, panel = begin(staging)
    tell(stage, Zone.WITHIN, 0.0)
    expected = "settled: inside your window; last five minutes: inside for 100 % of what could be read"
    assert panel.trace.accessibleDescription() == expected


def test_in_a_first_session_there_is_no_digit_no_trace_and_no_zone(staging: Staging) -> None:
    stage = staging(sees=())
    stage.window.begin(("demo",))
    stage.live(2.0)
    stage.press(Qt.Key.Key_P)
    tell(stage, Zone.ABOVE, 1.5)
    stage.live(5.0)
    session = stage.window._screens.session
    assert session is not None
    assert session.views.isHidden()
    assert not [text for text in texts_of(session) if any(letter.isdigit() for letter in text)]
    assert not {"activated", "settled", "quiet"} & set(texts_of(session))


def test_what_is_switched_on_is_shown_and_remembered(staging: Staging) -> None:
    stage = staging(sees=())
    stage.window.begin(("demo",))
    stage.live(5.0)
    session = stage.window._screens.session
    assert session is not None
    stage.press(Qt.Key.Key_W)
    assert "Would you like to see it?" in texts_of(session)
    for sight in SIGHTS:
        session.page.sights.switches[sight].click()
    session.page.sights.offers.click()
    stage.live(1.0)
    assert (stage.saved[-1].sees, stage.saved[-1].offers_wanted) == (SIGHTS, True)
    assert session._rate.isVisible()
    assert session.views.isVisible()
    session.page.sights.switches["heart"].click()
    assert stage.saved[-1].sees == ("window", "traces", "pace")
    assert not session._rate.isVisible()
