# SPDX-License-Identifier: MIT
"""The law of the tape: at any time the columns that show are those that drawing everything anew would give."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QImage, QPainter

from dsp.codes import Modality
from dsp.stream import Frame
from tests.ui.widgets.signals_made import columns_with, different, gap, lived, packet
from ui.preferences import Preferences
from ui.theme import Look
from ui.waveform import Waveform
from ui.widgets.scale import Scale
from ui.widgets.tape import Ink, Tape

SIZE = QSize(200, 60)
SCALE = Scale(-1.0, 1.5, 0.5)
_SMOOTH = 4  # of 255: so near a smooth line's middle comes to its ink
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def look(qapp: object) -> Look:
    return Look(Preferences(theme="dark"))


def tape_of(look: Look, wave: Waveform, ink: Ink | None = None, ratio: float = 1.0) -> Tape:
    tape = Tape(look, wave, ink or Ink(grid_s=1.0))
    tape.fit(SCALE)
    tape.place(SIZE, ratio)
    return tape


def columns(tape: Tape, first: int, last: int, ratio: float = 1.0) -> QImage:
    """Give some columns, each one pixel wide."""
    image = QImage(last - first + 1, round(SIZE.height() * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    tape.show(painter, first, last, 0.0)
    painter.end()
    return image


def shown(tape: Tape, ratio: float = 1.0) -> QImage:
    """Give what shows, the newest at the right."""
    assert tape.head is not None
    return columns(tape, tape.head - tape.width + 1, tape.head, ratio)


def arrivals(start: int, missing: set[int]) -> list[tuple[float, Frame]]:
    """Give a packet a second with its arrival; where some are missing a gap is told before the next."""
    there = [k for k in range(12) if k not in missing]
    frames: list[tuple[float, Frame]] = []
    for before, k in zip([-1, *there], there, strict=False):
        if k - before > 1:
            frames.append((start + k + 1.0, gap(start + before + 1.0, start + float(k))))
        frames.append((start + k + 1.0, packet(Modality.ECG, start + k, start + k + 1.0, 130)))
    return frames


@FEW
@given(
    missing=st.sets(st.integers(1, 11)),
    steps=st.lists(st.floats(0.01, 0.9), min_size=5, max_size=60),
    ratio=st.sampled_from([1.0, 1.5, 2.0]),
    start=st.sampled_from([0, 1000, 86_400]),
)
def test_drawn_bit_by_bit_it_is_as_drawn_at_once(
    look: Look, missing: set[int], steps: list[float], ratio: float, start: int
) -> None:
    wave = Waveform(Modality.ECG, 5.0)
    tape = tape_of(look, wave, ratio=ratio)
    due = arrivals(start, missing)
    now = float(start)
    for step in steps:
        now += step
        while due and due[0][0] <= now:
            wave.take(due.pop(0)[1])
        tape.advance(now)
    again = tape_of(look, wave, ratio=ratio)
    again.advance(now)
    assume(tape.head == again.head)  # the first packet puts the wave behind: its tape waits
    once, bit_by_bit = shown(again, ratio), shown(tape, ratio)
    assert different(bit_by_bit, once) <= 1e-3 * once.width() * once.height()


def test_only_new_columns_are_drawn(look: Look) -> None:
    wave = Waveform(Modality.ECG, 5.0)
    lived(wave, Modality.ECG, 0.0, 10.0)
    tape = tape_of(look, wave)
    tape.advance(9.0)
    tape.advance(9.5)
    before = shown(tape)
    changed = tape.advance(9.6)
    assert changed is not None
    first, last = changed
    new = last - first + 1
    assert new <= 6
    kept = QSize(tape.width - new, SIZE.height())
    assert shown(tape).copy(QRect(QPoint(0, 0), kept)) == before.copy(QRect(QPoint(new, 0), kept))


def test_what_has_come_is_drawn_before_it_shows(look: Look) -> None:
    wave = Waveform(Modality.ECG, 5.0)
    lived(wave, Modality.ECG, 0.0, 10.0)
    tape = tape_of(look, wave)
    tape.advance(10.0)
    due = tape.column(10.0 - wave.lag_s) + 1, tape.column(10.0) - 3
    before = columns(tape, *due)
    tape.advance(10.0 + wave.lag_s)
    assert columns(tape, *due) == before


def test_within_a_columns_time_nothing_changes(look: Look) -> None:
    wave = Waveform(Modality.ECG, 5.0)
    lived(wave, Modality.ECG, 0.0, 10.0)
    tape = tape_of(look, wave)
    tape.advance(9.0)
    assert tape.advance(9.001) is None


def test_before_the_first_sample_there_is_ground_and_nothing_else(look: Look) -> None:
    wave = Waveform(Modality.ECG, 5.0)
    tape = Tape(look, wave, Ink())
    tape.place(SIZE, 1.0)
    tape.advance(100.0)
    image = shown(tape)
    colors = {image.pixelColor(x, y).name() for x in range(0, 200, 7) for y in range(0, 60, 7)}
    assert colors == {look.tokens.surface.lower()}


def test_a_silent_signal_is_hatched_from_its_newest_sample_on_and_no_line_is_made_up(look: Look) -> None:
    wave = Waveform(Modality.ECG, 5.0)
    lived(wave, Modality.ECG, 0.0, 10.0)
    tape = tape_of(look, wave)
    tape.advance(10.0)
    tape.advance(13.0 + wave.lag_s)
    image, head = shown(tape), tape.head or 0

    def part(t: float) -> QImage:
        return image.copy(tape.column(t) - head + tape.width - 1, 0, 8, SIZE.height())

    assert columns_with(part(9.4), look.tokens.signal, off=_SMOOTH)
    assert not columns_with(part(12.0), look.tokens.signal, off=_SMOOTH)
    assert not columns_with(part(11.0), look.tokens.signal, off=_SMOOTH)
    assert columns_with(part(9.95), look.tokens.edge)  # where the hatch begins
    hatched = part(12.0)
    assert len({hatched.pixelColor(x, y).name() for x in range(8) for y in range(SIZE.height())}) > 3


def test_a_new_axis_and_a_new_size_draw_everything_anew(look: Look) -> None:
    wave = Waveform(Modality.ECG, 5.0)
    lived(wave, Modality.ECG, 0.0, 10.0)
    tape = tape_of(look, wave)
    tape.advance(9.0)
    tape.fit(Scale(-3.0, 3.0, 1.0))
    first, last = tape.advance(9.0) or (0, 0)
    assert last - first + 1 == 200
    tape.place(QSize(300, 60), 1.0)
    first, last = tape.advance(9.0) or (0, 0)
    assert last - first + 1 == 300
