# SPDX-License-Identifier: MIT

import json
import struct
import typing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.digest import canonical
from app.store.contents import Value
from app.store.rows import Note, Packed, Vocabulary
from dsp.codes import CueKind, NoticeCode, Reason, Zone
from dsp.plan import BreathPart, BreathShape, PacingPlan, Segment
from dsp.stream import (
    ArousalState,
    Chunk,
    Cue,
    Features,
    Frame,
    Gap,
    Item,
    Marker,
    Measure,
    Notice,
    Tick,
)

PLAN = PacingPlan((Segment(1.0, 10.0), Segment(11.0, 11.5, BreathShape(4.0, 6.0, 1.0, 0.0))), end_s=90.0)
EXAMPLES = [
    Tick(0.1 + 0.2),
    Gap(1.0, 2.0, Reason.LINK_LOST, "ble:AA", "partner", None),
    Notice(1.0, NoticeCode.DEVICE, "ble:AA", values=(("maker", "Polär 心"), ("battery", 80), ("x", 0.5), ("on", True))),
    Features(5.0, hr_bpm=Measure(61.5, 0.9, None)),
    ArousalState(5.0, zone=Zone.WITHIN, level=0.25, channels=("h", "s")),
    Cue(5.0, kind=CueKind.BREATH, part=BreathPart.EXHALE, depth=0.5, breaths_per_min=6.0, plan=PLAN),
    Note(5.0, "O-2M8R", "client", "free words \ud800 with half a pair"),
]


def row_of(value: object, vocabulary: Vocabulary) -> bytes:
    row = bytearray()
    vocabulary.write(value, row)
    return bytes(row)


@pytest.mark.parametrize("value", EXAMPLES, ids=lambda value: type(value).__name__)
def test_every_kind_of_value_comes_back(value: object) -> None:
    kept = Vocabulary.from_text(Vocabulary.of_today().to_text())
    back = kept.reader(row_of(value, Vocabulary.of_today())).read()
    assert back == value
    assert type(back) is type(value)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(), st.tuples))
def test_plain_values_come_back_to_the_last_bit(value: object) -> None:
    vocabulary = Vocabulary.of_today()
    back = vocabulary.reader(row_of(value, vocabulary)).read()
    assert repr(back) == repr(value)


@given(st.integers(0, 2**64 - 1))
def test_a_float_keeps_its_bits(bits: int) -> None:
    vocabulary, data = Vocabulary.of_today(), struct.pack("<Q", bits)
    back = vocabulary.reader(row_of(struct.unpack("<d", data)[0], vocabulary)).read()
    assert struct.pack("<d", back) == data


@given(st.binary(max_size=80))
def test_any_bytes_are_a_value_or_refused(data: bytes) -> None:
    reader = Vocabulary.of_today().reader(data)
    try:
        while not reader.is_at_end:
            reader.read()
    except ValueError:
        return


def test_the_closed_list_has_everything_that_flows() -> None:
    records, _ = json.loads(Vocabulary.of_today().to_text())
    flowing = {kind.__name__ for kind in (*typing.get_args(Item), *typing.get_args(Value))} - {Chunk.__name__}
    assert flowing < set(records)


def test_what_is_not_in_the_vocabulary_is_not_stored() -> None:
    for stranger in ({"a": 1}, object(), Frame(Tick(0.0)), {1}):
        with pytest.raises(TypeError, match="vocabulary"):
            row_of(stranger, Vocabulary.of_today())


def test_a_field_that_came_later_takes_its_default_and_one_that_went_is_passed_over() -> None:
    records, codes = json.loads(Vocabulary.of_today().to_text())
    earlier = json.dumps([{**records, "Marker": ["author", "colour", "type", "t"]}, codes])
    row = bytearray(row_of(Marker(1.0, "x", "y"), Vocabulary.of_today())[:2])  # the record's number
    for value in ("O-1", "red", "sip", 2.0):
        Vocabulary.of_today().write(value, row)
    assert Vocabulary.from_text(earlier).reader(bytes(row)).read() == Marker(2.0, "sip", "O-1", "client")


def test_a_code_that_is_not_known_any_more_stays_a_text() -> None:
    records, codes = json.loads(Vocabulary.of_today().to_text())
    index = codes["Zone"].index("within")
    codes["Zone"][index] = "bygone"
    row = row_of(ArousalState(1.0, zone=Zone.WITHIN), Vocabulary.of_today())
    back = Vocabulary.from_text(json.dumps([records, codes])).reader(row).read()
    assert "bygone" in canonical(back)


def test_a_record_of_a_newer_version_is_refused() -> None:
    records, codes = json.loads(Vocabulary.of_today().to_text())
    text = json.dumps([{**{k: v for k, v in records.items() if k != "Tick"}, "Tock": ["t"]}, codes])
    row = bytes((8, len(records) - 1, 0))
    with pytest.raises(ValueError, match="Tock"):
        Vocabulary.from_text(text).reader(row).read()


def test_a_chunk_is_never_stored_but_packed() -> None:
    packed = Packed(("ecg", 1.0, "ble:AA", "client", None), b"\x00\x01")
    back = Vocabulary.of_today().reader(row_of(packed, Vocabulary.of_today())).read()
    assert isinstance(back, Packed)
    assert (back.chunk, back.arrays) == (packed.chunk, packed.arrays)
