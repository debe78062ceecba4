# SPDX-License-Identifier: MIT
import numpy as np
import pytest

from app.store.consent import Audience, Gate, Terms, only_of, terms_in_words
from dsp.codes import Modality, Verdict
from dsp.stream import NOBODY, ArousalState, Beat, Chunk, Features, Frame, Tick


class Kept:
    def __init__(self) -> None:
        self.frames: list[Frame] = []

    def put(self, frame: Frame) -> None:
        self.frames.append(frame)


def second(t: float) -> Frame:
    features = (Features(t, "client"), Features(t, "partner"))
    return Frame(Tick(t), features=features, states=(ArousalState(t, "client"), ArousalState(t, "partner")))


def beat_of(person: str) -> Frame:
    chunk = Chunk(Modality.RR, np.array([1.0]), np.array([800.0]), 1.0, "demo", person)
    return Frame(chunk, beats=(Beat(1.0, 800.0, Verdict.PROVISIONAL, 1.0, person),))


def test_a_gate_passes_on_what_belongs_to_those_who_agreed() -> None:
    kept = Kept()
    gate = Gate(kept, ["client"])
    for frame in (beat_of("client"), beat_of("partner"), beat_of(NOBODY), second(2.0)):
        gate.put(frame)
    assert [[one.person for one in frame.beats] for frame in kept.frames] == [["client"], []]
    assert [[one.person for one in frame.features] for frame in kept.frames] == [[], ["client"]]
    assert [[one.person for one in frame.states] for frame in kept.frames] == [[], ["client"]]


def test_nothing_passes_from_the_moment_a_consent_ends() -> None:
    kept = Kept()
    gate = Gate(kept, ["client", "partner"])
    gate.put(second(1.0))
    gate.stop("client")
    gate.put(beat_of("client"))
    gate.put(second(2.0))
    gate.stop("partner")
    gate.put(second(3.0))
    assert [[one.person for one in frame.features] for frame in kept.frames] == [["client", "partner"], ["partner"]]


def test_a_frame_of_one_person_keeps_its_item() -> None:
    frame = second(1.0)
    assert only_of(frame, frozenset()).item is frame.item
    assert only_of(frame, frozenset({"client", "partner"})) == frame


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("keep_days", [None, 30])
@pytest.mark.parametrize("network", [False, True])
def test_the_words_say_who_sees_what_how_long_and_where(
    audience: Audience, keep_days: int | None, network: bool
) -> None:
    words = " ".join(terms_in_words(Terms(audience, keep_days=keep_days, network=network)))
    assert ("researchers" in words) == (audience is Audience.RESEARCH)
    assert ("30 days" in words) == (keep_days == 30)
    assert ("another computer" in words) == network
    assert "change your mind" in words


def test_live_only_says_that_nothing_is_kept() -> None:
    assert "without a trace" in " ".join(terms_in_words(Terms(stores=False)))


def test_a_session_is_kept_for_a_day_at_least() -> None:
    with pytest.raises(ValueError, match="at least 1 day, not 0"):
        Terms(keep_days=0)
