# SPDX-License-Identifier: MIT
from dataclasses import replace

from sensors.lsl.facts import StreamFacts
from sensors.lsl.search import Found
from sensors.lsl.taken import Taken, pick

MINE = StreamFacts("EDA", "EDA", 1, 4.0, "float32", "device 1", "uid 1", "lab", created_at=100.0)
TAKEN = Taken(MINE, heard_at=500.0)


class NoInfo:
    def uid(self) -> str:
        return ""

    def as_xml(self) -> str:
        return ""


def found(facts: StreamFacts) -> Found:
    return Found(facts.uid, NoInfo(), facts)


def test_of_several_streams_always_the_same_one_is_taken_first() -> None:
    streams = [found(replace(MINE, uid=uid, source_id=source_id)) for uid, source_id in (("3", "b"), ("2", "a"))]
    assert pick(streams, None) == pick(streams[::-1], None) == streams[1]
    assert pick([], None) is None


def test_the_same_outlet_and_the_same_source_id_are_the_same_stream() -> None:
    again = found(MINE)
    restarted = found(replace(MINE, uid="uid 2", hostname="moved", created_at=3.0))
    assert pick([again], TAKEN) == again
    assert pick([restarted], TAKEN) == restarted
    assert pick([restarted, again], TAKEN) == again


def test_with_a_source_id_that_changes_it_is_the_one_opened_later_on_the_same_machine() -> None:
    restarted = found(replace(MINE, uid="uid 2", source_id="device 7", created_at=501.0))
    assert pick([restarted], TAKEN) == restarted


def test_somebody_elses_stream_is_never_taken_for_the_lost_one() -> None:
    others = [
        replace(MINE, uid="uid 2", source_id="device 2"),  # it was there before
        replace(MINE, uid="uid 2", source_id="device 2", created_at=501.0, hostname="another"),
        replace(MINE, uid="uid 2", source_id="device 2", created_at=501.0, name="EDA of another"),
        replace(MINE, uid="uid 2", source_id="device 2", created_at=float("nan")),
    ]
    assert all(pick([found(other)], TAKEN) is None for other in others)


def test_a_twin_without_a_source_id_is_not_taken_for_the_lost_one() -> None:
    mine = Taken(replace(MINE, source_id=""), heard_at=500.0)
    assert pick([found(replace(MINE, source_id="", uid="uid 2"))], mine) is None


def test_where_two_would_do_none_is_taken() -> None:
    streams = [found(replace(MINE, uid=uid, source_id=uid, created_at=501.0)) for uid in ("2", "3")]
    assert pick(streams, TAKEN) is None
