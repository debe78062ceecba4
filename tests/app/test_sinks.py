# SPDX-License-Identifier: MIT
from app.merge import Feed
from app.sinks import CueFollower, Failures, ItemLog
from dsp.codes import Reason, SourceState
from dsp.stream import Cue, Frame, Item, Status, Tick
from tests.app.sources import Live, rr


def told(t: float, source: str, state: SourceState) -> Frame:
    status = Status(t, source, state, reason=Reason.LINK_LOST if state is SourceState.FAILED else None)
    return Frame(status, statuses=(status,))


def test_the_log_keeps_the_items_as_they_came() -> None:
    log = ItemLog()
    items: list[Item] = [rr(1.0), Tick(1.0), rr(2.0)]
    for item in items:
        log.put(Frame(item))
    assert log.items == items


def test_the_newest_failure_stands() -> None:
    failures = Failures()
    for frame in (told(2.0, "a", SourceState.FAILED), told(1.0, "b", SourceState.FAILED)):
        failures.put(frame)
    assert failures.newest is not None
    assert failures.newest.source == "a"


def test_a_source_that_works_again_has_not_failed() -> None:
    failures = Failures()
    for frame in (told(1.0, "a", SourceState.FAILED), told(2.0, "a", SourceState.STREAMING)):
        failures.put(frame)
    assert failures.newest is None


def test_a_source_that_was_awaited_and_never_came_is_unheard() -> None:
    failures = Failures()
    steps = (
        ("came", SourceState.SCANNING),
        ("came", SourceState.STREAMING),
        ("came", SourceState.RECONNECTING),
        ("ended", SourceState.STOPPED),
        ("failed", SourceState.SCANNING),
        ("failed", SourceState.FAILED),
        ("away", SourceState.SCANNING),
    )
    for t, (source, state) in enumerate(steps):
        failures.put(told(float(t), source, state))
    assert [status.source for status in failures.unheard] == ["away"]


def test_cues_are_shown_to_the_followers_of_their_person_alone() -> None:
    seen: dict[str, list[Cue]] = {"client": [], "partner": []}
    feeds = [Feed(Live([]), person, cues.append) for person, cues in seen.items()]
    cues = (Cue(1.0, "client"), Cue(1.0, "partner"))
    CueFollower([*feeds, Feed(Live([]))]).put(Frame(Tick(1.0), cues=cues))
    assert seen == {"client": [cues[0]], "partner": [cues[1]]}
