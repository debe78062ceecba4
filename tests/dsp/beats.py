# SPDX-License-Identifier: MIT
"""Items for the tests of the heart: from plain series of intervals, and hostile ones from hypothesis."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st

from dsp.codes import Action, Modality, NoticeCode, Reason
from dsp.heart.rr import RrVerdicts
from dsp.stream import Beat, Chunk, Command, Gap, Item, Notice, Tick


def rr_chunk(rr_ms: npt.ArrayLike, *, start_s: float = 0.0, source: str = "strap") -> Chunk:
    """Give intervals that follow each other, the first from `start_s` on, as one chunk."""
    rr = np.asarray(rr_ms, dtype=np.float64)
    t = start_s + np.cumsum(rr) / 1000.0
    return Chunk(Modality.RR, t, rr, float(t[-1]), source)


def rates(bpm: Sequence[float], *, start_s: float = 1.0, source: str = "strap") -> Chunk:
    """Give a device's own rates, one a second."""
    t = start_s + np.arange(float(len(bpm)))
    return Chunk(Modality.HR, t, np.array(bpm), float(t[-1]), source)


def gap(start_s: float, end_s: float, *, source: str = "strap", reason: Reason = Reason.BEATS_LOST) -> Gap:
    """Give a gap in the intervals."""
    return Gap(start_s, end_s, reason, source, modality=Modality.RR)


def beats_of(items: Sequence[Item]) -> list[Beat]:
    """Give all that the verdicts make of items."""
    verdicts = RrVerdicts()
    return [beat for item in items for beat in verdicts.update(item)]


def confirmed(items: Sequence[Item]) -> list[Beat]:
    """Give the beats whose verdict is final."""
    return [beat for beat in beats_of(items) if beat.confirmed_t is not None]


def by_seconds(chunks: Sequence[Chunk], until_s: int) -> Iterator[Chunk | Tick]:
    """Give data as they would come: each second all chunks' samples up to it, then its tick."""
    for second in range(1, until_s + 1):
        for chunk in chunks:
            due = (chunk.t > second - 1) & (chunk.t <= second)
            if due.any():
                yield Chunk(chunk.modality, chunk.t[due], chunk.values[due], float(second), chunk.source)
        yield Tick(float(second))


_TIMES = st.floats(-10.0, 200.0) | st.floats()
_NUMBERS = st.floats(200.0, 2400.0) | st.floats(allow_nan=True)
_COMMAND_VALUES = st.dictionaries(
    st.sampled_from(["breaths_per_min", "inhale", "exhale", "hold_full", "hold_empty", "source"]),
    st.floats() | st.integers() | st.booleans() | st.text(max_size=3) | st.just(10**400),
)


@st.composite
def _chunks(draw: st.DrawFn, modality: Modality) -> Chunk:
    samples = draw(st.lists(st.tuples(_TIMES, _NUMBERS), max_size=8))
    t, values = zip(*samples, strict=True) if samples else ((), ())
    return Chunk(modality, np.array(t), np.array(values), 0.0, draw(st.sampled_from(["strap", "watch"])))


@st.composite
def _plain_beats(draw: st.DrawFn) -> Chunk:
    rr_ms = draw(st.lists(st.floats(300.0, 1500.0), min_size=1, max_size=40))
    return rr_chunk(rr_ms, start_s=draw(st.floats(0.0, 60.0)))


HOSTILE_ITEMS = st.lists(
    _chunks(Modality.RR)
    | _chunks(Modality.HR)
    | _chunks(Modality.EDA)
    | _chunks(Modality.ECG)
    | _chunks(Modality.PPG)
    | _plain_beats()
    | st.builds(Gap, _TIMES, _TIMES, st.sampled_from(Reason), st.sampled_from(["strap", "clock"]))
    | st.builds(Notice, _TIMES, st.sampled_from(NoticeCode), st.just("strap"))
    | st.builds(
        Command,
        _TIMES,
        st.sampled_from(Action),
        st.just("clinician"),
        values=_COMMAND_VALUES.map(lambda values: tuple(values.items())),
    )
    | st.builds(Tick, st.floats(-10.0, 200.0)),
    max_size=12,
)
"""Everything that can reach a person's stages, in any order, with any number in it; only ticks have honest times."""

CUTS = st.lists(st.integers(0, 200), max_size=8)
