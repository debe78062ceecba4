# SPDX-License-Identifier: MIT
"""Why a beat is set aside can be seen from its shape."""

from PySide6.QtCore import QPointF

from dsp.codes import Verdict
from ui.client.session_words import verdict_words
from ui.widgets.marks import ASIDE, strokes

_JOINED = {Verdict.NORMAL, Verdict.PROVISIONAL}


def test_each_verdict_that_sets_a_beat_aside_has_a_shape_and_words_of_its_own() -> None:
    assert set(ASIDE) == set(Verdict) - _JOINED
    assert len({verdict_words(verdict) for verdict in ASIDE} - {""}) == len(ASIDE)
    shapes = {tuple(line.toTuple() for line in strokes(verdict, QPointF(0.0, 0.0))) for verdict in ASIDE}
    assert len(shapes) == len(ASIDE)


def test_a_shape_stands_around_its_beat() -> None:
    for verdict in ASIDE:
        ends = [end for line in strokes(verdict, QPointF(100.0, 50.0)) for end in (line.p1(), line.p2())]
        assert all(abs(end.x() - 100.0) < 5.0 and abs(end.y() - 50.0) < 5.0 for end in ends)
