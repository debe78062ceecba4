# SPDX-License-Identifier: MIT
"""Which of a person's tracks the heart is read from: one at a time, the better one, and not to and fro.

A track ranks by how well it is read. Three things are added to that:

- A waveform that is about as clear as a device's own intervals goes before them: it shows each beat where it is, and
  everybody can look at it.
- Where a clear waveform does not bear a device's intervals out, these rank by the share that it does bear out.
- What is not fit for variability comes last.

A track is left when another one ranks higher by a margin for some seconds, or when it has fallen silent and another is
read well enough. From that tick on no more of its beats begin; the change comes with the first beat of the new track
that is none of those already told of. It is a gap: the first interval of the new track counts for nothing.

Law: what passes depends on the order of the items alone; the choice is made on ticks, but for the first track, which
is the one whose beat comes first.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dsp.codes import Modality, Verdict
from dsp.heart.agreement import agreement
from dsp.heart.tracks import Track
from dsp.stream import Beat

_WAVE_LEAD = 0.10
_UNFIT_LAG = 1.0
_MARGIN = 0.05
_PATIENCE = 5  # ticks with a track that can be read
_LEAST = 0.5  # of a track that may follow another: noise is no heart
_CLEAR = 0.8  # of a waveform that may judge others
_COMPARED_EVERY = 5  # ticks
_SHOWN_S = 10.0  # before a track has been read for so long, nobody is used to it: it is left at once
_NEW = 0.5  # of an interval: so much later a beat is another one


class Choice:
    """Pass on the beats of one track at a time.

    Attributes
    ----------
    used : Track or None
        The one that is read now; None before the first beat.
    """

    def __init__(self) -> None:
        self.used: Track | None = None
        self._begin_t: float | None = None  # the first tick with a track
        self._next: Track | None = None  # the one that is to be read
        self._ticks = self._ticks_ahead = 0
        self._borne_out: dict[Track, float] = {}  # the share of a track's beats that a clear waveform shows too
        self._lag_s = 0.0  # of the used track's times behind those of the next
        self._first_t = self._last_t = -math.inf  # of the used track since it is used; of all that passed
        self._is_cut = False  # the next beat to pass does not follow the last one that passed

    def hear(self, track: Track, beats: Sequence[Beat]) -> tuple[Beat, ...]:
        """Take what a track gave; give what passes."""
        if self.used is None and beats:
            self.used = track
        return tuple(passed for beat in beats for passed in self._pass(track, beat))

    def _pass(self, track: Track, beat: Beat) -> Iterator[Beat]:
        if beat.verdict is not Verdict.PROVISIONAL:
            if track is self.used and self._first_t <= beat.t <= self._last_t:
                yield self._settled(beat)
            return
        if track is self._next and self._is_new(beat):
            yield from self._change(track, beat)
        if track is self.used and self._next is None:
            if self._is_cut:
                self._first_t, self._is_cut = beat.t, False
            self._last_t = beat.t
            yield beat

    def decide(self, t: float, tracks: Sequence[Track]) -> None:
        """Choose anew, at each tick."""
        used = self.used
        if used is not None and self._begin_t is None:
            self._begin_t = t
        rivals = [track for track in tracks if track is not used]
        if used is None or not rivals or self._is_under_way(t):
            return
        if self._ticks % _COMPARED_EVERY == 0:
            self._borne_out = _borne_out(t, tracks)
        self._ticks += 1
        best = max(rivals, key=lambda track: self._rank(track, t))
        is_read = best.score_at(t) >= _LEAST
        is_ahead = is_read and self._rank(best, t) > self._rank(used, t) + _MARGIN
        self._ticks_ahead = self._ticks_ahead + 1 if is_ahead else 0
        is_orphaned = is_read and used.beats.is_silent(t)
        if is_orphaned or self._ticks_ahead >= self._patience(used, t):
            together = agreement(used.beats.seen(t), best.beats.seen(t))
            self._next, self._lag_s = best, together.lag_s if together else 0.0

    def _patience(self, used: Track, t: float) -> int:
        is_young = self._begin_t is not None and t - self._begin_t < _SHOWN_S
        return 1 if is_young or used.score_at(t) < _LEAST else _PATIENCE

    def _is_under_way(self, t: float) -> bool:
        """Tell whether a change only waits for its beat; if the next track has fallen silent, it is given up."""
        if self._next is not None and self._next.beats.is_silent(t):
            self._next, self._is_cut, self._ticks_ahead = None, True, 0
        return self._next is not None

    def _rank(self, track: Track, t: float) -> float:
        rank = min(track.score_at(t), self._borne_out.get(track, 1.0))
        if track.origin is Modality.ECG:
            rank += _WAVE_LEAD
        return rank if track.is_fit_for_hrv else rank - _UNFIT_LAG

    def _is_new(self, beat: Beat) -> bool:
        """Tell whether a beat of the next track is none of those that passed already."""
        since_s = beat.t + self._lag_s - self._last_t
        return beat.t > self._last_t and since_s > _NEW * beat.rr_ms / 1000.0

    def _change(self, track: Track, beat: Beat) -> Iterator[Beat]:
        """Go over to a track with this beat of it; give the last of the old one with its verdict."""
        for last in self.used.close(beat.detected_t) if self.used is not None else ():
            if self._first_t <= last.t <= self._last_t:
                yield self._settled(last)
        self.used, self._next, self._is_cut, self._ticks_ahead = track, None, True, 0

    def _settled(self, beat: Beat) -> Beat:
        """Take its interval from the first beat after a change: it reaches back to where another track was read."""
        if beat.t == self._first_t and beat.verdict is Verdict.NORMAL:
            return replace(beat, verdict=Verdict.AFTER_GAP, nn_ms=None)
        return beat


def _borne_out(t: float, tracks: Sequence[Track]) -> dict[Track, float]:
    """Hold the intervals of devices against the clearest waveform, if one is clear."""
    waves = [track for track in tracks if track.origin is Modality.ECG and track.score_at(t) >= _CLEAR]
    if not waves:
        return {}
    judge = max(waves, key=lambda wave: wave.score_at(t)).beats.seen(t)
    others = [track for track in tracks if track.origin is not Modality.ECG]
    compared = ((track, agreement(track.beats.seen(t), judge)) for track in others)
    return {track: together.share for track, together in compared if together is not None}
