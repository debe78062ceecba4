# SPDX-License-Identifier: MIT
"""Series of intervals that people measured, each set in two halves: one to tune on, one to report.

gudb_rpeaks: subjects with even numbers tune; the second recording of the same minutes (cables) is left out where there
is the first. nsr2db: five-minute pieces, every second one, in which every beat is annotated as normal; nsr001 tunes.
rr: hrv_08012805 tunes. mitdb: every second record tunes.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, compress
from pathlib import Path

import numpy as np

from dsp.stream import FloatArray

DATA = Path(os.environ.get("ATTUNE_DATA") or Path(__file__).parents[3] / "shared" / "data")

_PIECE_S = 300.0
_BEATS = "NLRBAaJSVrFejnE/fQ?"
_LONGEST_MS = 2000.0


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """The successive intervals of one person in ms, and which half they belong to."""

    set_name: str
    name: str
    rr_ms: FloatArray
    is_tuned_on: bool

    @property
    def misses_beats(self) -> bool:
        """Whether its own annotations leave out a beat: an interval about twice as long as both around it."""
        rr_ms = self.rr_ms
        return bool(np.any(rr_ms[1:-1] > 1.75 * np.maximum(rr_ms[:-2], rr_ms[2:])))

    @property
    def has_odd_beat(self) -> bool:
        """Whether it holds by itself what is to be put into it: an interval a quarter off both around it."""
        rr_ms = self.rr_ms
        short = rr_ms[1:-1] < 0.75 * np.minimum(rr_ms[:-2], rr_ms[2:])
        long = rr_ms[1:-1] > 1.25 * np.maximum(rr_ms[:-2], rr_ms[2:])
        return bool(np.any(short | long))


@dataclass(frozen=True, slots=True, eq=False)
class Annotated:
    """The annotated beats of one record: times in s, symbols, and the rhythm noted at each."""

    name: str
    t: FloatArray
    symbols: list[str]
    rhythms: list[str]
    is_tuned_on: bool


def load_series() -> list[Series]:
    """Give all series that are there."""
    return [*_gudb(), *_nsr2db(), *_rr()]


def load_annotated() -> list[Annotated]:
    """Give the records of mitdb that are there."""
    return [_annotated(path, is_tuned_on=k % 2 == 0) for k, path in enumerate(sorted((DATA / "mitdb").glob("*.npz")))]


def _gudb() -> Iterator[Series]:
    for path in sorted((DATA / "gudb_rpeaks").glob("*.npy")):
        if path.stem.endswith("_cs") or not path.with_name(path.name.replace("_cables", "_cs")).exists():
            rr_ms = np.diff(np.load(path)) * 4.0
            yield Series("gudb_rpeaks", path.stem, rr_ms, is_tuned_on=int(path.stem.split("_")[1]) % 2 == 0)


def _nsr2db() -> Iterator[Series]:
    for path in sorted((DATA / "nsr2db").glob("*.npz")):
        with np.load(path) as record:
            symbols, t = record["ann_symbol"], record["ann_sample"] / float(record["fs"])
        for k in range(0, int(t[-1] // _PIECE_S), 2):
            inside = (t >= k * _PIECE_S) & (t < (k + 1) * _PIECE_S)
            rr_ms = np.diff(t[inside]) * 1000.0
            if set(symbols[inside].tolist()) == {"N"} and len(rr_ms) > 150 and rr_ms.max() < _LONGEST_MS:
                yield Series("nsr2db", f"{path.stem} piece {k}", rr_ms, is_tuned_on=path.stem == "nsr001")


def _rr() -> Iterator[Series]:
    for path in sorted((DATA / "rr").iterdir()) if (DATA / "rr").is_dir() else ():
        rr_ms = np.load(path).astype(np.float64) if path.suffix == ".npy" else np.loadtxt(path)
        yield Series("rr", path.stem, rr_ms, is_tuned_on=path.stem == "hrv_08012805")


def _annotated(path: Path, *, is_tuned_on: bool) -> Annotated:
    with np.load(path) as record:
        symbols, notes = record["ann_symbol"].tolist(), record["ann_aux"].tolist()
        t = record["ann_sample"] / 360.0
    rhythms: list[str] = list(accumulate(notes, lambda last, note: note or last))
    is_beat = [symbol in _BEATS for symbol in symbols]
    return Annotated(
        path.stem, t[is_beat], list(compress(symbols, is_beat)), list(compress(rhythms, is_beat)), is_tuned_on
    )
