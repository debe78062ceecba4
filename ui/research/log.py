# SPDX-License-Identifier: MIT
"""What happened in a session, for a researcher: gaps, states of sources, markers, notices and decisions, line by line.

Law: everything is taken from frames; no note and no name of a person is in it; foreign texts are washed.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dsp.codes import NoticeCode, SourceState
from dsp.stream import Command, Frame, Gap, Notice, Status
from resources.words import gettext as _
from ui.foreign import safe_text
from ui.research.words import modality_words
from ui.words import advice_on, age_words

_MOST = 1000
_FEWEST_SHOWN = frozenset({NoticeCode.BATTERY, NoticeCode.RESPONSE_RULE})  # said where they stand


@dataclass(frozen=True, slots=True)
class Event:
    """One line: when on the session clock, what it is about, and (safe) words."""

    t: float
    about: str
    words: str


class EventLog:
    """Keeps the last 1000 lines of a session."""

    def __init__(self) -> None:
        self._events: deque[tuple[int, Event]] = deque(maxlen=_MOST)
        self._n = 0

    @property
    def count(self) -> int:
        """How many lines there were in all."""
        return self._n

    def take(self, frame: Frame) -> None:
        """Take what a frame says."""
        for event in _events_of(frame):
            self._n += 1
            self._events.append((self._n, event))

    def since(self, n: int) -> Sequence[Event]:
        """Give the lines after the first `n`, as far as they are kept."""
        return [event for number, event in self._events if number > n]


def _events_of(frame: Frame) -> Iterator[Event]:
    for gap in frame.gaps:
        yield Event(gap.t, _source(gap.source), _gap_words(gap))
    for status in frame.statuses:
        yield Event(status.t, _source(status.source), _status_words(status))
    for marker in frame.markers:
        yield Event(marker.t, _("marker"), safe_text(marker.type))
    for notice in frame.notices:
        if notice.code not in _FEWEST_SHOWN:
            yield Event(notice.t, _source(notice.source), _notice_words(notice))
    if isinstance(frame.item, Command):
        said = _("{action}, by {author}").format(action=frame.item.action, author=safe_text(frame.item.author))
        yield Event(frame.item.t, _("decision"), said)
    for baseline in frame.baselines:
        words = _("window {lower:+.1f} to {upper:+.1f}, {n:.0f} clear seconds of rest")
        said = words.format(lower=baseline.lower, upper=baseline.upper, n=baseline.clean_s)
        yield Event(baseline.t, _("window"), said)


def _source(source: str) -> str:
    return safe_text(source)


def _gap_words(gap: Gap) -> str:
    what = _("all streams") if gap.modality is None else modality_words(gap.modality)
    seconds = gap.end_s - gap.start_s
    length = _("{n:.2f} s").format(n=seconds) if seconds < 10.0 else age_words(seconds)
    return _("gap of {length}, {what}: {why}").format(length=length, what=what, why=advice_on(gap.reason).sentence)


def _status_words(status: Status) -> str:
    word = {
        SourceState.IDLE: _("idle"),
        SourceState.SCANNING: _("looked for"),
        SourceState.CONNECTING: _("connecting"),
        SourceState.DISCOVERING: _("asking what it gives"),
        SourceState.SUBSCRIBING: _("asking for its streams"),
        SourceState.STREAMING: _("streaming"),
        SourceState.STALE: _("quiet"),
        SourceState.RECONNECTING: _("called again"),
        SourceState.FAILED: _("given up"),
        SourceState.STOPPED: _("left"),
    }[status.state]
    return word if status.reason is None else f"{word}: {advice_on(status.reason).sentence}"


def _notice_words(notice: Notice) -> str:
    values = ", ".join(f"{safe_text(str(name))} {safe_text(_value(value))}" for name, value in notice.values)
    return f"{notice.code}: {values}" if values else str(notice.code)


def _value(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)
