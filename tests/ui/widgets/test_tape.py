# SPDX-License-Identifier: MIT
"""The law of the tape: at any time it is the picture that drawing everything anew would give."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QSize

from dsp.codes import Modality
from dsp.stream import Frame
from tests.ui.widgets.signals_made import different, gap, lived, packet
from ui.preferences import Preferences
from ui.theme import Look
from ui.waveform import Waveform
from ui.widgets.scale import Scale
from ui.widgets.tape import Ink, Tape

SIZE = QSize(200, 60)
SCALE = Scale(-1.0, 1.5, 0.5)
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def look(qapp: object) -> Look:
    return Look(Preferences(theme="dark"))


def tape_of(look: Look, wave: Waveform, ink: Ink | None = None, ratio: float = 1.0) -> Tape:
    tape = Tape(look, wave, ink or Ink(grid_s=1.0))
    tape.fit(SCALE)
    tape.place(SIZE, ratio)
    return tape


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
    assert different(tape._pixmap, again._pixmap) <= 1e-3 * tape._pixmap.width() * tape._pixmap.height()


def test_only_new_columns_are_drawn(look: Look) -> None:
    wave = Waveform(Modality.ECG, 5.0)
    lived(wave, Modality.ECG, 0.0, 10.0)
    tape = tape_of(look, wave)
    tape.advance(9.0)
    tape.advance(9.5)
    before = tape._pixmap.toImage()
    changed = tape.advance(9.6)
    assert changed is not None
    first, last = changed
    assert last - first + 1 <= 6
    after = tape._pixmap.toImage()
    kept = [x for x in range(tape.width) if x not in {column % tape.width for column in range(first, last + 1)}]
    assert all(before.pixel(x, y) == after.pixel(x, y) for x in kept for y in range(SIZE.height()))


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
    image = tape._pixmap.toImage()
    colors = {image.pixelColor(x, y).name() for x in range(0, 200, 7) for y in range(0, 60, 7)}
    assert colors == {look.tokens.surface.lower()}


def test_a_silent_signal_is_hatched_from_its_newest_sample_on_and_no_line_is_made_up(look: Look) -> None:
    wave = Waveform(Modality.ECG, 5.0)
    lived(wave, Modality.ECG, 0.0, 10.0)
    tape = tape_of(look, wave)
    tape.advance(10.0)
    tape.advance(13.0 + wave.lag_s)
    image = tape._pixmap.toImage()

    def colors(t: float) -> set[str]:
        x = tape.column(t) % tape.width
        return {image.pixelColor(x + k, y).name() for y in range(SIZE.height()) for k in range(8)}

    assert look.tokens.signal.lower() in colors(9.4)
    assert look.tokens.signal.lower() not in colors(12.0) | colors(11.0)
    assert look.tokens.edge.lower() in colors(9.95)  # where the hatch begins
    assert len(colors(12.0)) > 3


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
