# SPDX-License-Identifier: MIT
"""Samples laid on an even grid, for formats that know one rate and one start for each signal.

Law: each value on the grid is a sample of the session, at most half a step from its time where the device keeps its
rate; where nothing was sampled it is NaN. Nothing is interpolated.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.export.outline import Outline, Stream, StreamKey, key_of
from app.export.progress import Told, untold
from app.store.contents import SessionContents, signals_of
from dsp.codes import Modality
from dsp.stream import Chunk, FloatArray

_FOLLOWS = 1.75  # steps; nearer samples follow on each other, and a slot between them is the device's slower quartz
_STATED_HZ = 1.0  # of the rate that a device states, once a second


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """One signal: `values` (n, columns), sample k at `start_t + k / rate_hz`."""

    stream: Stream
    rate_hz: float
    values: FloatArray

    def missing(self) -> list[tuple[int, int]]:
        """Give the runs of slots without a sample, as (first, one after the last)."""
        return runs_of(np.asarray(np.isnan(self.values).any(axis=1)))


def grids_of(contents: SessionContents, outline: Outline, told: Told = untold) -> list[Grid]:
    """Lay every signal of a session that has a rate on a grid from `outline.start_t` on.

    Parameters
    ----------
    contents : SessionContents
        The session.
    outline : Outline
        What it holds.
    told : callable
        Hears the time that has been reached.
    """
    grids = {stream.key: _empty(stream, outline) for stream in outline.streams if _rate_hz(stream)}
    last: dict[StreamKey, float] = {}
    for chunk in signals_of(contents):
        key = key_of(chunk)
        if key in grids:
            told(chunk.arrival)
            _lay(grids[key], chunk, outline.start_t, last.get(key, -np.inf))
            last[key] = float(chunk.t[-1])
    return list(grids.values())


def runs_of(flags: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Give the runs of what is true, as (first, one after the last)."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def by_person(grids: list[Grid]) -> Mapping[str, list[Grid]]:
    """Give each person's grids, in order."""
    sorted_out: dict[str, list[Grid]] = {}
    for grid in grids:
        sorted_out.setdefault(grid.stream.key.person, []).append(grid)
    return sorted_out


def _rate_hz(stream: Stream) -> float:
    return _STATED_HZ if stream.key.modality is Modality.HR else stream.declared_hz


def _empty(stream: Stream, outline: Outline) -> Grid:
    rate_hz = _rate_hz(stream)
    slots = 1 + round((outline.end_t - outline.start_t) * rate_hz)
    return Grid(stream, rate_hz, np.full((slots, stream.columns), np.nan))


def _lay(grid: Grid, chunk: Chunk, start_t: float, before: float) -> None:
    values = np.where(np.isfinite(chunk.values), chunk.values, np.nan).reshape(len(chunk.t), -1)
    slots = np.rint((chunk.t - start_t) * grid.rate_hz).astype(np.int64)
    steps = np.diff(chunk.t, prepend=before) * grid.rate_hz
    skipped = np.diff(slots, prepend=round((before - start_t) * grid.rate_hz) if np.isfinite(before) else slots[0])
    held = (skipped == 2) & (steps < _FOLLOWS)
    grid.values[slots[held] - 1] = values[held]
    grid.values[slots] = values
