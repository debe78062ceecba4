# SPDX-License-Identifier: MIT
"""The XDF reader by itself: everything that the specification allows, and any bytes at all."""

import contextlib
import io
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.export import xdf_chunks
from app.export.xdf_chunks import BOUNDARY, MAGIC, Tag, chunk, clock_offset, number_samples, stream_chunk, text_sample
from app.export.xdf_file import Info
from app.imports.records import Index, Records
from app.imports.unreadable import UnreadableError
from app.imports.xdf_reading import read_xdf

EDA = Info("Foreign EDA", "EDA", ({"label": "EDA", "unit": "uS"},), "id", 4.0)


def header(info: Info = EDA, stream: int = 1, form: str | None = None) -> bytes:
    xml = xdf_chunks.xml("info", info.tree())
    if form is not None:
        xml = xml.replace(b"double64", form.encode())
    return stream_chunk(Tag.STREAM_HEADER, stream, xml)


def read(*chunks: bytes) -> Index:
    out = io.BytesIO()
    read_xdf(io.BytesIO(MAGIC + b"".join(chunks)), Records(out))
    return Index(out)


def all_of(index: Index, stream: int = 1) -> tuple[list[float], list[list[float]]]:
    pieces = list(index.numbers(stream))
    return [v for t, _ in pieces for v in t.tolist()], [row for _, values in pieces for row in values.tolist()]


def test_samples_with_stamps_come_back() -> None:
    t = np.arange(10000) / 4.0
    index = read(header(), number_samples(1, t[:1], t[:1, None]), number_samples(1, t[1:], t[1:, None]))
    assert all_of(index) == (t.tolist(), [[v] for v in t.tolist()])


def test_stamps_that_are_left_out_go_on_at_the_rate() -> None:
    rows = struct.pack("<Bdd", 8, 10.0, 1.0) + b"".join(struct.pack("<Bd", 0, v) for v in (2.0, 3.0))
    rows += struct.pack("<Bdd", 8, 20.0, 4.0) + struct.pack("<Bd", 0, 5.0)
    index = read(header(), stream_chunk(Tag.SAMPLES, 1, b"\x01\x05", rows))
    assert all_of(index) == ([10.0, 10.25, 10.5, 20.0, 20.25], [[1.0], [2.0], [3.0], [4.0], [5.0]])


@pytest.mark.parametrize(("form", "code"), [("float32", "f"), ("int32", "i"), ("int16", "h"), ("int8", "b")])
def test_every_format_of_numbers_is_read(form: str, code: str) -> None:
    row = struct.pack(f"<Bd{code}", 8, 1.0, 42)
    assert all_of(read(header(form=form), stream_chunk(Tag.SAMPLES, 1, b"\x01\x01", row))) == ([1.0], [[42.0]])


@pytest.mark.parametrize("length", [b"\x01\x01", b"\x04\x01\x00\x00\x00", b"\x08\x01" + bytes(7)])
def test_lengths_may_have_one_four_or_eight_bytes(length: bytes) -> None:
    row = struct.pack("<Bdd", 8, 1.0, 42.0)
    assert all_of(read(header(), stream_chunk(Tag.SAMPLES, 1, length, row)))[0] == [1.0]


def test_texts_and_offsets_come_back() -> None:
    markers = Info("M", "Markers", ({"label": "m"},), "", format="string")
    index = read(
        header(markers), text_sample(1, 3.0, "ä" * 300), text_sample(1, 4.0, "b"), clock_offset(1, t=5.0, offset_s=-2.0)
    )
    (first, second) = index.texts(1)
    assert (first[0], len(first[1])) == (3.0, 256)
    assert second == (4.0, b"b")
    assert index.offsets(1).tolist() == [[5.0, -2.0]]


def test_a_file_that_was_cut_off_is_read_up_to_there() -> None:
    t = np.arange(4.0)
    whole = MAGIC + header() + number_samples(1, t, t[:, None]) + chunk(Tag.BOUNDARY, BOUNDARY)
    last = number_samples(1, t + 4.0, t[:, None])
    for cut in range(len(last)):
        out = io.BytesIO()
        read_xdf(io.BytesIO(whole + last[:cut]), Records(out))
        assert all_of(Index(out))[0] == t.tolist()


@pytest.mark.parametrize(
    ("chunks", "said"),
    [
        ([b"\x03abc"], "a length of 3 bytes"),
        ([b"\x08" + b"\xff" * 8], "a chunk of 18446744073709551615 bytes"),
        ([b"\x04" + struct.pack("<I", 1 << 25)], "a chunk of 33554432 bytes"),
        ([header(), stream_chunk(Tag.SAMPLES, 1, b"\x04\xff\xff\xff\xff")], "not all there"),
        ([header(), stream_chunk(Tag.SAMPLES, 1, b"\x01\x02", struct.pack("<Bdd", 8, 1.0, 1.0))], "not all there"),
        ([header(), stream_chunk(Tag.SAMPLES, 1, b"\x01\x01", struct.pack("<Bdd", 7, 1.0, 1.0))], "not all there"),
        ([header(), header()], "described twice"),
        ([header(stream=k) for k in range(65)], "more than 64 streams"),
    ],
)
def test_what_cannot_be_is_refused_in_words(chunks: list[bytes], said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        read(*chunks)


@pytest.mark.parametrize(
    ("begin", "said"), [(b"", "no XDF"), (b"\x1f\x8b\x08\x00", "unpack it first"), (b"RIFF", "no XDF")]
)
def test_what_is_no_xdf_is_said(begin: bytes, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        read_xdf(io.BytesIO(begin), Records(io.BytesIO()))


@pytest.mark.parametrize(
    "change",
    [
        (b"<channel_count>1", b"<channel_count>999999"),
        (b"double64", b"int64"),
        (b"<nominal_srate>4", b"<nominal_srate>1e99"),
    ],
)
def test_a_stream_that_no_sensor_can_be_is_left_out(change: tuple[bytes, bytes]) -> None:
    xml = xdf_chunks.xml("info", EDA.tree()).replace(*change)
    index = read(stream_chunk(Tag.STREAM_HEADER, 1, xml), stream_chunk(Tag.SAMPLES, 1, b"\x01\x09", b"whatever"))
    assert list(index.described()) == []


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for begin in (b"", MAGIC, MAGIC + header()):
        with contextlib.suppress(UnreadableError):
            read_xdf(io.BytesIO(begin + data), Records(io.BytesIO()))


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_a_file_with_bytes_changed_is_read_or_refused(data: st.DataObject) -> None:
    t = np.arange(40.0)
    content = bytearray(MAGIC + header() + number_samples(1, t, t[:, None]) + text_sample(1, 2.0, "x"))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
    out = io.BytesIO()
    try:
        read_xdf(io.BytesIO(bytes(content)), Records(out))
    except UnreadableError:
        return
    assert len(out.getvalue()) <= 2000


@given(st.binary(max_size=200))
def test_any_records_are_read_or_refused(data: bytes) -> None:
    try:
        index = Index(io.BytesIO(data))
        for stream in range(4):
            list(index.numbers(stream))
    except ValueError:
        pass
