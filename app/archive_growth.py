# SPDX-License-Identifier: MIT
"""A person's growth for the screens: read from the closed sessions, on the archive's own thread."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.growth import Growth, PastSession, growth_of
from app.store.contents import SessionContents, SessionHead, Value, decisions_of
from app.store.reading import open_session
from app.store.session_index import SessionState
from app.store.vault import Vault
from dsp.growth.felt_edge import FeltEdge
from dsp.growth.trend import Trend
from dsp.stream import Command, Item
from ui.archive.growth import EdgeRow, Grown, HelpRow, PastRow, TrendRow


def grown(vault: Vault, code: str) -> Grown:
    """Read a person's sessions that have ended, and tell what moved.

    Parameters
    ----------
    vault : Vault
        The open store.
    code : str
        The person's code.
    """
    return shown_growth(code, growth_of(ended_sessions(vault, code), code))


def ended_sessions(vault: Vault, code: str, up_to: str = "") -> Sequence[SessionContents]:
    """Open a person's sessions that have ended; where one is named, those that began no later than it."""
    ended = [entry for entry in vault.sessions.of(code) if entry.state is not SessionState.OPEN]
    last = next((entry.head.started_utc_s for entry in ended if entry.head.session == up_to), None)
    heads = [entry.head for entry in ended if last is None or entry.head.started_utc_s <= last]
    return [open_session(vault, head.session) for head in heads]


def grown_apart(sessions: Sequence[SessionContents], code: str, is_stopped: threading.Event) -> Grown | None:
    """Tell what moved over some sessions, on a thread of its own; None where somebody stopped it."""
    try:
        return shown_growth(code, growth_of([_Stoppable(session, is_stopped) for session in sessions], code))
    except _StoppedError:
        return None


class _StoppedError(Exception):
    """Nobody waits for it any more."""


@dataclass(frozen=True, slots=True)
class _Stoppable:
    """A session whose reading can be stopped between its parts."""

    session: SessionContents
    is_stopped: threading.Event

    @property
    def head(self) -> SessionHead:
        return self.session.head

    def values(self) -> Iterator[Value]:
        for value in self.session.values():
            if self.is_stopped.is_set():
                raise _StoppedError
            yield value

    def items(self) -> Iterator[Item]:
        return self.session.items()

    def decisions(self) -> Iterator[Command]:
        return decisions_of(self.session)


def shown_growth(code: str, found: Growth) -> Grown:
    """Give what was found as the screens, and the terminal, show it."""
    edge = found.edge
    return Grown(
        code,
        tuple(_past(session) for session in found.sessions),
        found.others,
        EdgeRow(edge.level, edge.low, edge.high, edge.n_ratings) if isinstance(edge, FeltEdge) else None,
        "" if isinstance(edge, FeltEdge) else edge.value,
        tuple(_trend(name, trend) for name, trend in found.trends.items()),
        tuple(
            HelpRow(zone, one.offer, one.count, one.came_back, one.median_s)
            for zone, helps in found.helps.items()
            for one in helps
        ),
    )


def _past(session: PastSession) -> PastRow:
    measures = session.measures
    return PastRow(
        session.head.started_utc_s,
        session.head.utc_offset_s,
        measures.surely_inside,
        measures.possibly_inside,
        measures.excursions_per_hour,
        bool(measures.ways_back),
        measures.return_s,
        measures.rest_hr_bpm,
        measures.rest_breaths_per_min,
    )


def _trend(name: str, trend: Trend | None) -> TrendRow:
    if trend is None:
        return TrendRow(name)
    return TrendRow(name, trend.n_sessions, trend.change, trend.mdc, trend.p, trend.is_shown)
