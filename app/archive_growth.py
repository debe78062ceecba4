# SPDX-License-Identifier: MIT
"""A person's growth for the screens: read from the closed sessions, on the archive's own thread."""

from app.growth import Growth, PastSession, growth_of
from app.store.reading import open_session
from app.store.session_index import SessionState
from app.store.vault import Vault
from dsp.growth.felt_edge import FeltEdge
from dsp.growth.trend import Trend
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
    ended = [entry for entry in vault.sessions.of(code) if entry.state is not SessionState.OPEN]
    return shown_growth(code, growth_of((open_session(vault, entry.head.session) for entry in ended), code))


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
