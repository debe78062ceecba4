# SPDX-License-Identifier: MIT
"""A stored session with seconds, states, ratings, offers and notes, written by the real recorder."""

from collections.abc import Iterator, Mapping, Sequence

from app.store.recorder import Recorder
from app.store.rows import Note
from app.store.session_folder import SessionFolder
from app.store.vault import Vault
from dsp.baseline import ArousalState, Baseline, ChannelRest, Excursion
from dsp.codes import Action, Channel, Reason, Zone
from dsp.features import Features, Measure
from dsp.stream import Command, Cue, Frame, Gap, Marker, Tick, Values

START_T = 100.0
NOTE = "canary: the clinician's own words"
HOSTILE = "<script>alert(1)</script>\u202ereversed"


def stored(vault: Vault, codes: Mapping[str, str], *, seconds: int = 120, frames: Sequence[Frame] = ()) -> str:
    """Store a session of these persons with a note; give its code."""
    live = vault.begin_session(codes, started_t=START_T, versions={"attune": "0.1.0", "numpy": "2.3"})
    recorder = Recorder(SessionFolder(live.folder, live.head, live.keys), lambda: START_T + seconds, live.note_chain)
    recorder.start()
    for frame in frames or frames_of(tuple(codes), seconds):
        recorder.put(frame)
    recorder.note(Note(START_T + 20.0, "O-2222", next(iter(codes)), NOTE))
    recorder.close(START_T + seconds)
    live.close(START_T + seconds, "ab" * 32)
    return live.head.session


def frames_of(persons: Sequence[str], seconds: int) -> Iterator[Frame]:
    """A rest, then above, then inside; with all that a person may say."""
    for person in persons:
        yield command(2.0, person, Action.CALIBRATE, step="felt", state="activated", level=6.0)
    for second in range(seconds):
        t = START_T + second
        yield Frame(
            Tick(t),
            features=tuple(features(t, person) for person in persons),
            states=tuple(state(t, person, second) for person in persons),
            cues=tuple(Cue(t, person) for person in persons),
        )
    for person in persons:
        yield from told(person, seconds)


def told(person: str, seconds: int) -> Iterator[Frame]:
    """What happened besides, by the session's own seconds."""
    rest = Baseline(START_T + 29.0, person, (ChannelRest(Channel.H, 66.0, 4.0, 9.0),), 1.1, -1.1, clean_s=25.0)
    yield Frame(Tick(rest.t), baselines=(rest,))
    onset = START_T + 40.0
    yield Frame(Tick(onset), excursions=(Excursion(onset, person, Zone.ABOVE, onset),))
    yield Frame(Tick(onset + 30.0), excursions=(Excursion(onset + 30.0, person, Zone.ABOVE, onset, 0.5, 20.0),))
    mark = Marker(START_T + 45.0, HOSTILE, "clinician", person)
    yield Frame(mark, markers=(mark,))
    gap = Gap(START_T + 100.0, START_T + 104.0, Reason.LINK_LOST, "demo:1", person)
    yield Frame(gap, gaps=(gap,))
    yield command(50.0, person, Action.OFFER, offer="press_feet_and_hands", is_breath=False)
    yield command(52.0, person, Action.ANSWER, offer="press_feet_and_hands", answer="yes")
    yield command(55.0, person, Action.FELT, rating=8.0)
    yield command(80.0, person, Action.FELT, rating="too_much")
    yield command(float(seconds - 2), person, Action.FELT, rating=3.0)


def command(second: float, person: str, action: Action, **values: str | float | bool) -> Frame:
    given: Values = tuple(values.items())
    return Frame(Command(START_T + second, action, "client", person, given))


def features(t: float, person: str) -> Features:
    hr, rmssd, breath = (Measure(value, 1.0, None) for value in (66.0, 41.0, 13.0))
    return Features(t, person, t, hr_bpm=hr, rmssd_ms=rmssd, breaths_per_min=breath)


def state(t: float, person: str, second: int) -> ArousalState:
    if second < 30:
        return ArousalState(t, person)
    level = 1.9 if 40 <= second < 60 else 0.2
    zone = Zone.ABOVE if level > 1.1 else Zone.WITHIN
    return ArousalState(
        t, person, zone, level, 0.2, why=None, trace=level, band=(level - 0.3, level + 0.3), bounds=(-1.1, 1.1)
    )
