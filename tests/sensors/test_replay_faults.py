# SPDX-License-Identifier: MIT
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dsp.codes import Modality, Reason, Verdict
from dsp.heart.rr import RrVerdicts
from dsp.stream import Chunk, Gap, Status
from sensors.source import SensorError
from tests.sensors.reading import items_of, joined, written

HEADER = "t_s,ecg_mv,hr_bpm\n"


def refusal(path: Path) -> SensorError:
    with pytest.raises(SensorError) as caught:
        items_of(path)
    return caught.value


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEADER + "0,1,60\n1,abc,61\n", ["line 3", "ecg_mv is 'abc'", "allowed is a number with a decimal point"]),
        (HEADER + "0,1,60\n1,2,1e999\n", ["line 3", "hr_bpm is '1e999'", "allowed is a number"]),
        (HEADER + "nan,1,60\n", ["line 2", "t_s is 'nan'", "allowed is a number"]),
        (HEADER + "0,1e300,60\n", ["line 2", "ecg_mv is '1e300'", "1e+10"]),
        (HEADER + "0,1_0,60\n", ["line 2", "ecg_mv is '1_0'", "allowed is a number"]),
        (HEADER + "0,1,60\n1,2,60\n\n0.5,2,61\n", ["line 5", "t_s is 0.5, after 1", "never run backwards"]),
        (HEADER + "0,1,60\n,2,\n", ["line 3", "t_s is empty", "each row has a time"]),
        (HEADER + "0,1,60\n1e9,2,\n", ["line 3", "t_s is 1000000000, after 0", "at most 90000 s"]),
        (HEADER + "0,1\n", ["line 2", "'0,1' has 2 cells", "allowed are 3"]),
        (HEADER + "0,1,60,7\n", ["line 2", "has 4 cells", "allowed are 3"]),
        ("0,1,60\n1,2,61\n", ["line 1", "'0,1,60'", "the first line of a CSV names its columns", "t_s", "ecg_mv"]),
        ("time,value\n0,1\n", ["line 1", "'time,value'", "t_s and any of ecg_mv, rr_ms"]),
        ("ecg_mv,hr_bpm\n0,1\n", ["line 1", "'ecg_mv,hr_bpm'", "t_s and any of"]),
        ("t_s,value\n0,1\n", ["line 1", "names no signal", "t_s and any of"]),
        ("t_s,ecg_mv,ECG_mV\n0,1,1\n", ["line 1", "names a column twice"]),
        ("t_s;ecg_mv\n0,5;1,2\n", ["line 1", "'t_s;ecg_mv'", "save the table with commas between the columns"]),
        ("t_s\tecg_mv\n0.5\t1.2\n", ["line 1", "save the table with commas between the columns"]),
        ("812,5\n790,25\n", ["line 1", "'812,5'", "write the numbers with a decimal point"]),
        ("812\nabc\n", ["line 2", "the RR interval is 'abc'", "allowed is a number"]),
        ("812\nnan\n", ["line 2", "the RR interval is 'nan'", "allowed is a number"]),
        ("812\n800\n0\n", ["line 3", "the RR interval is 0 ms", "1 to 300000 ms"]),
        ("812\n800\n-5\n", ["line 3", "the RR interval is -5 ms", "1 to 300000 ms"]),
        ("0.812\n0.8\n812\n", ["line 3", "the RR interval is 812 s", "0.001 to 300 s"]),
        ("# rates\n72\n71\n73\n", ["line 2", "72 in the middle", "200 to 3000 ms, or 0.2 to 3 s"]),
        ("812\n\x00\n", ["line 2", "byte 0x00"]),
        ("hello\n", ["line 1", "'hello' is neither a header nor an RR interval"]),
    ],
)
def test_a_fault_is_one_sentence_with_the_line_the_value_and_what_is_allowed(
    tmp_path: Path, text: str, words: list[str]
) -> None:
    error = refusal(written(tmp_path / "bad.csv", text))
    assert error.reason is Reason.FILE_MALFORMED
    assert error.detail.startswith(f"{tmp_path / 'bad.csv'}, line ")
    assert "\n" not in error.detail
    for word in words:
        assert word in error.detail


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", HEADER, HEADER + "0,,\n1,,\n"])
def test_a_file_without_samples_is_empty(tmp_path: Path, text: str) -> None:
    error = refusal(written(tmp_path / "empty.csv", text))
    assert (error.reason, error.detail) == (Reason.FILE_EMPTY, f"{tmp_path / 'empty.csv'} holds no samples")


def test_nan_and_infinity_are_samples_that_are_missing(tmp_path: Path) -> None:
    rows = "0,1,60\n1,nan,61\n2,-inf,NaN\n3,4,Infinity\n"
    items = items_of(written(tmp_path / "missing.csv", HEADER + rows))
    ecg_t, ecg_mv = joined(items, Modality.ECG)
    assert (ecg_t.tolist(), ecg_mv.tolist()) == ([0.0, 3.0], [1.0, 4.0])
    assert joined(items, Modality.HR)[1].tolist() == [60.0, 61.0]


def test_a_sample_whose_time_repeats_is_left_out_and_marked(tmp_path: Path) -> None:
    rows = "0.1,1,60\n0.2,2,\n0.2,3,61\n0.3,4,\n0.3,5,\n"
    items = items_of(written(tmp_path / "repeated.csv", HEADER + rows))
    assert joined(items, Modality.ECG)[1].tolist() == [1.0, 2.0, 4.0]
    assert joined(items, Modality.HR)[1].tolist() == [60.0, 61.0]
    gaps = [item for item in items if isinstance(item, Gap)]
    assert [(gap.start_s, gap.end_s, gap.modality, gap.reason) for gap in gaps] == [
        (0.2, 0.2, Modality.ECG, Reason.BAD_PACKET)
    ]


def test_times_that_go_on_repeating_are_marked_once(tmp_path: Path) -> None:
    rows = "".join(f"{t},800\n" * (2 if 8 <= t < 24 else 1) for t in (0.8 * k for k in range(1, 61)))
    items = items_of(written(tmp_path / "run.csv", "t_s,rr_ms\n" + rows))
    assert [item.start_s for item in items if isinstance(item, Gap)] == [pytest.approx(8.0)]
    verdicts = RrVerdicts()
    beats = [beat for item in items for beat in verdicts.update(item) if beat.confirmed_t is not None]
    assert [beat.verdict for beat in beats].count(Verdict.AFTER_GAP) == 1
    assert len(beats) == 59  # of 60 the last one waits for the next


def test_times_that_repeat_now_and_then_are_marked_each_time(tmp_path: Path) -> None:
    rows = "".join(f"{k / 4},1,60\n" * (2 if k % 3 == 0 else 1) for k in range(12))
    gaps = [item for item in items_of(written(tmp_path / "rep.csv", HEADER + rows)) if isinstance(item, Gap)]
    assert [gap.start_s for gap in gaps if gap.modality is Modality.ECG] == [0.0, 0.75, 1.5, 2.25]


def test_a_pause_of_a_day_is_read(tmp_path: Path) -> None:
    rows = "".join(f"{t},1,60\n" for t in (0.0, 1.0, 2.0, 86403.0))
    assert len(joined(items_of(written(tmp_path / "day.csv", HEADER + rows)), Modality.ECG)[0]) == 4


def test_a_line_far_into_a_file_is_named_by_its_own_number(tmp_path: Path) -> None:
    rows = "".join(f"{k / 128},0.5,60\n" + ("\n" if k % 10 == 0 else "") for k in range(20_000))
    error = refusal(written(tmp_path / "long.csv", HEADER + rows + "20000,0.5,6o\n"))
    assert "line 22002: hr_bpm is '6o'" in error.detail


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("812\nr\u00e9pos\n".encode("latin-1"), ["line 2", "byte 0xe9 is not UTF-8 text", "save the file as UTF-8"]),
        ("t_s,hr_bpm\n0,60\n".encode("utf-16"), ["line 1", "byte 0xff is not UTF-8 text"]),
        (b"\x89PNG\r\n\x1a\n\x00\x00", ["line 1", "byte 0x89 is not UTF-8 text"]),
        (b"t_s,hr_bpm\n" + b"9" * 200_000, ["line 2", "is longer than 65536 bytes"]),
        (b"9" * 200_000, ["line 1", "is longer than 65536 bytes"]),
    ],
    ids=["another encoding", "utf-16", "a picture", "an endless row", "an endless number"],
)
def test_bytes_that_are_no_table_are_refused_by_their_line(tmp_path: Path, data: bytes, words: list[str]) -> None:
    path = tmp_path / "bytes.csv"
    path.write_bytes(data)
    error = refusal(path)
    assert error.reason is Reason.FILE_MALFORMED
    for word in words:
        assert word in error.detail


def test_what_a_terminal_would_obey_is_not_repeated(tmp_path: Path) -> None:
    error = refusal(written(tmp_path / "bad.csv", HEADER + "0,\x1b[31m\u202e,60\n"))
    assert error.detail.isprintable()


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", written(tmp_path / "a.csv", "1\n") / "below", Path("a\0b.csv")):
        assert refusal(path).reason is Reason.FILE_MISSING


def test_a_folder_is_said_to_be_one(tmp_path: Path) -> None:
    error = refusal(tmp_path)
    assert (error.reason, error.detail) == (
        Reason.FILE_IS_FOLDER,
        f"{tmp_path} is a folder; a recording is a file",
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe").reason is Reason.FILE_DENIED


@pytest.fixture
def without_privileges() -> Iterator[None]:
    """Let a test that runs as root meet permissions as everybody does."""
    if not hasattr(os, "geteuid"):
        pytest.skip("permissions work otherwise here")
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    yield
    os.seteuid(before)


def test_a_file_that_may_not_be_read_is_said_to_be_denied(tmp_path: Path, without_privileges: None) -> None:
    with pytest.raises(PermissionError):
        (tmp_path / "own.csv").read_text()
    assert refusal(tmp_path / "own.csv").reason is Reason.FILE_DENIED


@example(text="t_s,rr_ms\n0,1\n0,1\n")
@example(text="1\n\ufeff2")
@example(text="t_s,acc_x_mg\n1e10,1e10\n")
@given(text=st.one_of(st.text(), st.lists(st.text('0123456789.,-e\n "t_srr_ms#;\r', max_size=30)).map("\n".join)))
def test_any_text_gives_items_or_the_one_error(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(text.encode("utf-8", errors="surrogatepass"))
    assert _outcome(path) in _ITEMS_OR_REFUSED


@given(cells=st.lists(st.tuples(*[st.sampled_from(["", "0", "1", "2.5", "-1", "1e9", "x", "nan"])] * 3), max_size=8))
def test_any_row_gives_items_or_the_one_error(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, ...]]
) -> None:
    rows = "\n".join(",".join(row) for row in cells)
    path = written(tmp_path_factory.getbasetemp() / "rows.csv", "t_s,rr_ms,acc_x_mg\n" + rows)
    assert _outcome(path) in _ITEMS_OR_REFUSED


@given(data=st.binary(max_size=300))
def test_any_bytes_give_items_or_the_one_error(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "bytes.csv"
    path.write_bytes(data)
    assert _outcome(path) in _ITEMS_OR_REFUSED


_ITEMS_OR_REFUSED = (None, Reason.FILE_MALFORMED, Reason.FILE_EMPTY)


def _outcome(path: Path) -> Reason | None:
    """Give the reason with which a file is refused, None where it gave items and nothing else."""
    try:
        items = items_of(path)
    except SensorError as error:
        return error.reason if error.detail.isprintable() else Reason.NOT_COMPUTED  # not a sentence for a terminal
    is_recording = isinstance(items[0], Status) and all(isinstance(item, Chunk | Gap) for item in items[1:])
    return None if is_recording else Reason.NOT_COMPUTED
