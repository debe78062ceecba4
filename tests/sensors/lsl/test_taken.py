# SPDX-License-Identifier: MIT
from dataclasses import replace

import pytest

from dsp.codes import Reason
from sensors.lsl.facts import StreamFacts
from sensors.lsl.search import Found
from sensors.lsl.taken import Taken, pick
from sensors.source import SensorError

MINE = StreamFacts("EDA", "EDA", 1, 4.0, "float32", "device 1", "uid 1", "lab", created_at=100.0)
TAKEN = Taken(MINE, heard_at=500.0)


class NoInfo:
    def uid(self) -> str:
        return ""

    def as_xml(self) -> str:
        return ""


def found(facts: StreamFacts) -> Found:
    return Found(facts.uid, NoInfo(), facts)


def test_before_anything_was_read_the_only_stream_is_taken() -> None:
    only = found(MINE)
    assert pick([only], None) is only
    assert pick([], None) is None


def test_of_several_streams_none_is_chosen_and_a_sentence_names_them() -> None:
    streams = [found(replace(MINE, uid=uid, source_id=source_id)) for uid, source_id in (("3", "b"), ("2", "a"))]
    for order in (streams, streams[::-1]):
        with pytest.raises(SensorError, match=r"lsl:name=EDA&type=EDA&source_id=a and lsl:name=EDA&.*=b; ") as raised:
            pick(order, None)
        assert raised.value.reason is Reason.SEVERAL_STREAMS


def test_streams_that_nothing_tells_apart_are_told_so() -> None:
    with pytest.raises(SensorError, match=r"^2 streams answer to lsl:name=EDA&type=EDA&source_id=device 1; "):
        pick([found(MINE), found(replace(MINE, uid="uid 2"))], None)


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
