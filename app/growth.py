# SPDX-License-Identifier: MIT
"""One person over sessions: read from the recordings, what each session came to, and what really moved.

Law: made-up people's sessions never enter; sessions with another device than the newest one are told and compared with
nothing. Growth is the felt edge rising in raw units, and the way back becoming shorter; nothing else is called so.

Notes
-----
The felt edge of a session is that of the ratings of its own and the two sessions before it, brought into beats a minute
by the session's own rest: m + sigma g(edge).
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.store.contents import SessionContents, SessionHead, decisions_of
from dsp.arousal.scale import unsquash
from dsp.baseline import ArousalState, Baseline, Excursion
from dsp.codes import Action, Channel, NoticeCode, Zone
from dsp.growth.felt_edge import Felt, FeltEdge, NoEdge, Rating, felt_edge
from dsp.growth.helps import NOTHING, Help, Outside, what_helps
from dsp.growth.session_measures import SessionMeasures, session_measures
from dsp.growth.trend import Trend, trends
from dsp.stream import Command, Cue, Features, Notice

_BEFORE_S = 60.0  # a felt rating stands beside the mean level of the minute before it
_EDGE_SESSIONS = 3
_SEED = 20190  # of the draws: the same sessions always give the same growth


@dataclass(frozen=True, slots=True)
class PastSession:
    """What is known of one session of one person."""

    head: SessionHead
    device: str
    measures: SessionMeasures
    ratings: tuple[Rating, ...]
    outside: tuple[Outside, ...]
    baseline: Baseline | None


@dataclass(frozen=True, slots=True)
class Growth:
    """What moved over the sessions that can be compared.

    Parameters
    ----------
    sessions : tuple of PastSession
        Oldest first, all with the newest one's device.
    others : int
        Sessions with another device, or of a made-up person, which are left out.
    edge : FeltEdge or NoEdge
        The felt edge over all of them.
    trends : mapping of str to Trend or None
        Of `edge_bpm` and `return_s`; None where too few sessions know it.
    helps : mapping of Zone to tuple of Help
        What was followed by the way back, above and below.
    """

    sessions: tuple[PastSession, ...]
    others: int
    edge: FeltEdge | NoEdge
    trends: Mapping[str, Trend | None]
    helps: Mapping[Zone, tuple[Help, ...]]


def growth_of(contents: Iterable[SessionContents], code: str) -> Growth:
    """Read one person's sessions.

    Parameters
    ----------
    contents : iterable of SessionContents
        In any order.
    code : str
        The person's code (`C-7F3K`).
    """
    real, left_out = [], 0
    for session in sorted(contents, key=lambda one: one.head.started_utc_s):
        if session.head.is_synthetic:
            left_out += 1
        else:
            real.append(_Reader(session, code).read())
    alike = tuple(session for session in real if session.device == real[-1].device)
    rng = np.random.Generator(np.random.PCG64(_SEED))
    outside = [time for session in alike for time in session.outside]
    measures: dict[str, Sequence[float | None]] = {
        "edge_bpm": _edges_bpm(alike, rng),
        "return_s": [session.measures.return_s for session in alike],
    }
    return Growth(
        alike,
        left_out + len(real) - len(alike),
        felt_edge([rating for session in alike for rating in session.ratings], rng),
        trends(measures, rng),
        {zone: what_helps(outside, zone) for zone in (Zone.ABOVE, Zone.BELOW)},
    )


def _edges_bpm(sessions: Sequence[PastSession], rng: np.random.Generator) -> list[float | None]:
    """Give the felt edge of each session in beats a minute."""
    recent: deque[Sequence[Rating]] = deque(maxlen=_EDGE_SESSIONS)
    edges: list[float | None] = []
    for session in sessions:
        recent.append(session.ratings)
        edge = felt_edge([rating for ratings in recent for rating in ratings], rng)
        rest = session.baseline.rest_of(Channel.H) if session.baseline else None
        if isinstance(edge, FeltEdge) and rest is not None:
            edges.append(rest.m + rest.sigma * unsquash(edge.level))
        else:
            edges.append(None)
    return edges


class _Reader:
    """Reads one session once, and keeps of each kind what the measures need."""

    def __init__(self, session: SessionContents, code: str) -> None:
        self._session = session
        self._names = {name for name, its_code in session.head.codes.items() if its_code == code}
        self._states: list[ArousalState] = []
        self._excursions: list[Excursion] = []
        self._cues: list[Cue] = []
        self._features: list[Features] = []
        self._baselines: list[Baseline] = []
        self._device = ""

    def read(self) -> PastSession:
        for value in self._session.values():
            if value.person in self._names:
                self._take(value)
        commands = [command for command in decisions_of(self._session) if command.person in self._names]
        baseline = self._baselines[-1] if self._baselines else None
        rest = self._rest(baseline)
        return PastSession(
            self._session.head,
            self._device,
            session_measures(self._states, self._excursions, self._cues, rest),
            tuple(self._ratings(commands)),
            tuple(self._outside(commands)),
            baseline,
        )

    def _take(self, value: object) -> None:
        match value:
            case ArousalState():
                self._states.append(value)
            case Excursion():
                self._excursions.append(value)
            case Cue():
                self._cues.append(value)
            case Features():
                self._features.append(value)
            case Baseline():
                self._baselines.append(value)
            case Notice(code=NoticeCode.DEVICE):
                self._device = str(dict(value.values).get("model", ""))

    def _rest(self, baseline: Baseline | None) -> list[Features]:
        """Give the seconds of the rest, as long as its clean seconds were, up to its end."""
        if baseline is None:
            return []
        since_s = baseline.t - baseline.clean_s
        return [second for second in self._features if since_s <= second.t <= baseline.t]

    def _ratings(self, commands: Sequence[Command]) -> Iterable[Rating]:
        words = {felt.value for felt in Felt}
        for command in commands:
            rating = dict(command.values).get("rating")
            if command.action is Action.FELT and rating in words:
                before = [
                    state.level
                    for state in self._states
                    if command.t - _BEFORE_S < state.t <= command.t and state.level is not None
                ]
                if before:
                    yield Rating(self._session.head.session, float(np.mean(before)), Felt(str(rating)))

    def _outside(self, commands: Sequence[Command]) -> Iterable[Outside]:
        """Give each time outside with the first offer that was taken up in it."""
        taken = [
            (command.t, str(dict(command.values).get("offer", "")))
            for command in commands
            if command.action is Action.ANSWER and dict(command.values).get("answer") == "yes"
        ]
        end_s = self._states[-1].t if self._states else 0.0
        for last in {excursion.onset_s: excursion for excursion in self._excursions}.values():
            came_back = last.return_s is not None
            until_s = last.onset_s + last.return_s if last.return_s is not None else end_s
            t, offer = next((one for one in taken if last.onset_s <= one[0] <= until_s), (last.onset_s, NOTHING))
            yield Outside(last.zone, max(until_s - t, 0.0), came_back, offer)
