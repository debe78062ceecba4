# SPDX-License-Identifier: MIT
"""One sentence over the sessions: what moved with what would only be wavering, or that nothing did, or too few."""

import pytest

from ui.archive.growth import Grown, PastRow, TrendRow
from ui.arousal.growth_words import over_words

_NONE = TrendRow("edge_bpm")
_STILL = TrendRow("return_s", 6, -20.0, 40.0, 0.3)
_MOVED = TrendRow("return_s", 8, -63.0, 40.0, 0.01, is_shown=True)
_UP = TrendRow("edge_bpm", 8, 7.0, 4.0, 0.01, is_shown=True)


@pytest.mark.parametrize(
    ("n", "trends", "words"),
    [
        (3, (_NONE, TrendRow("return_s")), "there are 3, and it takes 5"),
        (6, (_NONE, TrendRow("return_s")), "Over 6 sessions: too few of them show"),
        (6, (_NONE, _STILL), "Over 6 sessions: no change larger than chance."),
        (8, (_NONE, _MOVED), "the way back moved by \N{MINUS SIGN}63 s (it wavers by up to 40)"),
        (8, (_UP, _MOVED), "Over 8 sessions: the felt edge moved by +7 bpm (it wavers by up to 4); the way back"),
    ],
)
def test_what_moved_is_told_with_what_would_only_be_wavering(n: int, trends: tuple[TrendRow, ...], words: str) -> None:
    assert words in over_words(Grown("C-7F3K", (PastRow(0.0),) * n, trends=trends))
