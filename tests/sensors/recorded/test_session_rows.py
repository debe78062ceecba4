# SPDX-License-Identifier: MIT
"""The rows of an exported session: what was written is read, and anything else is refused by its line."""

import contextlib
import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsp.codes import Action, Modality, NoticeCode, Reason, SourceState
from dsp.stream import Chunk, Command, Gap, Item, Marker, Notice, Status, Tick
from sensors.recorded.lines import read_lines
from sensors.recorded.session_rows import HEADER, header_rows, is_session_header, persons_in, read_items, rows_of
from sensors.source import SensorError

FLOATS = st.floats(-1e9, 1e9)
TEXTS = st.text(max_size=20)
VALUES = st.lists(st.tuples(TEXTS, st.one_of(TEXTS, FLOATS, st.booleans(), st.integers(-9, 9))), max_size=3).map(tuple)
EVENTS = st.one_of(
    st.builds(Tick, FLOATS),
    st.builds(Gap, FLOATS, FLOATS, st.sampled_from(Reason), TEXTS, TEXTS, st.none() | st.sampled_from(Modality)),
    st.builds(Notice, FLOATS, st.sampled_from(NoticeCode), TEXTS, TEXTS, VALUES),
    st.builds(Status, FLOATS, TEXTS, st.sampled_from(SourceState), TEXTS, st.none() | st.sampled_from(Reason), TEXTS),
    st.builds(Marker, FLOATS, TEXTS, TEXTS, TEXTS),
    st.builds(Command, FLOATS, st.sampled_from(Action), TEXTS, TEXTS, VALUES),
)


def read(text: str) -> list[Item]:
    return list(read_items(read_lines(io.BytesIO(text.encode(errors="surrogatepass")))))


@given(st.lists(EVENTS, max_size=8))
def test_events_come_back(events: list[Item]) -> None:
    assert read("".join(map(rows_of, events))) == events


@given(st.lists(FLOATS, min_size=1, max_size=9), st.sampled_from(Modality), FLOATS, TEXTS)
def test_samples_come_back_to_the_last_bit(numbers: list[float], modality: Modality, arrival: float, name: str) -> None:
    values = np.column_stack([numbers] * 3) if modality is Modality.ACC else np.array(numbers)
    (again,) = read(rows_of(Chunk(modality, np.array(numbers), values, arrival, name, name)))
    assert isinstance(again, Chunk)
    assert (again.modality, again.arrival, again.source, again.person) == (modality, arrival, name, name)
    np.testing.assert_array_equal(again.t, numbers)
    np.testing.assert_array_equal(again.values, values)


def test_the_first_rows_say_what_it_is_and_whose() -> None:
    (lines,) = read_lines(io.BytesIO(header_rows(("client", "=anna")).encode()))
    assert is_session_header(lines.texts[0])
    assert persons_in(lines) == ("client", "=anna")


@pytest.mark.parametrize("text", ["t_s,rr_ms", "", "800", ",".join(HEADER[:-1])])
def test_other_files_are_no_session(text: str) -> None:
    assert not is_session_header(text)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("1.0,,,", "4 cells"),
        ("x,,,,,,,,,,,tick,,,", "'x' stands where a number belongs"),
        ("nan,,,,,,,,,,,tick,,,", "beyond"),
        ("1.0,1.0,,,,,,,,,x,ecg,,,", "where a number belongs"),
        ("1.0,,,,,,,,,,,dance,,,", "'dance'"),
        ("1.0,,,,,,,,,,,gap,,,", "no event"),
        ("1.0,,,,,,,,,,,gap,,,[1]", "no JSON object"),
        ("1.0,,,,,,,,,,,gap,,,{", "no JSON object"),
        ('1.0,,,,,,,,,,,gap,,,"{""start_s"": ""x"", ""reason"": ""rail"", ""modality"": null}"', "no event"),
        ('1.0,,,,,,,,,,,command,,,"{""action"": ""fly"", ""author"": """", ""values"": []}"', "no event"),
        ('1.0,,,,,,,,,,,command,,,"{""action"": ""pace"", ""author"": """", ""values"": [[1, 2]]}"', "no event"),
        ('1.0,,,,,,,,,,,command,,,"{""action"": ""pace"", ""author"": """", ""values"": [[""a"", {}]]}"', "no event"),
    ],
)
def test_a_row_that_is_none_is_refused_by_its_line(row: str, said: str) -> None:
    with pytest.raises(SensorError, match=f"line 2.*{said}"):
        read("1.0,,,,,,,,,,,tick,,,\n" + row + "\n")


@given(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=80), st.sampled_from(["tick", "gap", "ecg", "notice", "x"])
)
@settings(max_examples=300)
def test_any_text_is_read_or_refused(text: str, kind: str) -> None:
    for row in (text, f"1.0,,,,,,,,,,1.0,{kind},,,{text}", f"{text},,,,,,,,,,1.0,{kind},,,"):
        with contextlib.suppress(SensorError):
            read(row)
