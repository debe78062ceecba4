# SPDX-License-Identifier: MIT
"""What strangers write: the names of devices, the profiles and recordings of users, and what may come out of them."""

import io
import itertools
import unicodedata
from dataclasses import asdict
from pathlib import Path

import numpy as np

from benchmarks.faults.target import Target, each_alone
from dsp.codes import Modality, Reason
from dsp.stream import Chunk
from sensors.ble.gatt import decode_text
from sensors.ble.profile import PROFILES
from sensors.foreign_text import clean_text
from sensors.lsl.facts import check, parse_facts
from sensors.lsl.recognise import Recognised, Unknown, recognise
from sensors.recorded.cells import is_number
from sensors.recorded.lines import read_lines
from sensors.recorded.rr_text import read_intervals
from sensors.recorded.table import read_table
from sensors.recorded.track import Track

_LIMIT = 1e10  # what a cell may hold
_FILES = 0.01  # a file is some hundred packets' worth of work
_NAMES = tuple(
    name.encode("utf-8", "surrogatepass")
    for name in (
        "Polar H10 0A3D4529",
        "Z\u00fcrich \u202eba\u202c",
        "\U0001f493\u200d\U0001f525",
        "a\x1b[31mb\r\n\x00",
        "\ud800x\u2028",
    )
)
_TABLE = (
    b"t_s,ecg_mv,rr_ms,eda_microsiemens,acc_x_mg,acc_y_mg,acc_z_mg,note\n"
    b"0.0,0.1,,2.5,1,2,1000,a\n0.5,-1e-3,820,2.6,1,,1000,b\n1.25,0.3,,,,,,c\n9.5,,1e3,2.4,0,0,0,d\n"
)
_STREAMS = tuple(
    (
        f"<info><name>{name}</name><type>{type_}</type><channel_count>{len(labels)}</channel_count><nominal_srate>{rate}"
        f"</nominal_srate><channel_format>{form}</channel_format><source_id>s1</source_id><uid>u</uid><created_at>1.5"
        "</created_at><v4data_port>16572</v4data_port><desc><channels>"
        + "".join(f"<channel><label>{label}</label><unit>{unit}</unit></channel>" for label, unit in labels)
        + "</channels></desc></info>"
    ).encode()
    for name, type_, rate, form, labels in (
        ("Polar H10", "ECG", "130", "float32", (("ECG", "microvolts"),)),
        ("OpenSignals", "00:07:80:65:DF:96", "1000", "double64", (("nSeq", ""), ("EDA0", "uS"), ("A2", "kOhm"))),
        ("ACC", "", "52.5", "int16", (("AccX", "g"), ("AccY", "g"), ("AccZ", "g"))),
        ("Marks", "Markers", "0", "string", (("type", ""),)),
    )
)
_INTERVALS = b"\xef\xbb\xbf# rest\r\n812\r\n798.5\r\n\r\n905\r\n+640\r\n1.1e3\r\n"
_DEVICES = Path(__file__).parents[2] / "resources" / "devices"
_PROFILES = tuple(path.read_bytes() for path in sorted(_DEVICES.glob("*.toml")))


def _check_text(data: bytes) -> int:
    _check_clean(decode_text(data))
    return 1


def _check_name(data: bytes) -> int:
    for encoding in ("utf-8", "utf-16", "latin-1"):
        _check_clean(clean_text(data.decode(encoding, "surrogateescape" if encoding == "utf-8" else "replace")))
    return 1


def _check_clean(text: str) -> None:
    assert len(text) <= 64
    assert not any(unicodedata.category(c)[0] == "C" or unicodedata.category(c) in ("Zl", "Zp") for c in text), repr(
        text
    )
    assert text == clean_text(text), "cleaning again changes it"


def _check_profile(data: bytes) -> int:
    profile = PROFILES.parse(data, "own.toml")
    _check_clean(profile.name)
    assert profile.name
    return 1


def _check_stream(data: bytes) -> int:
    """Read what an LSL stream says of itself, up to what it measures."""
    facts = parse_facts(data.decode("utf-8", "replace"))
    check(facts)
    for text in (*asdict(facts.key).values(), *(text for c in facts.channels for text in asdict(c).values())):
        _check_clean(text)
    known = recognise(facts)
    signals = known.signals if isinstance(known, Recognised) else ()
    assert all(0 <= column < facts.channel_count for signal in signals for column in signal.columns)
    assert not isinstance(known, Unknown) or len(known.labels) == facts.channel_count
    return 1 + len(signals)


def _check_recording(data: bytes) -> int:
    """Read a file as the replay does, up to its chunks."""
    tracks: dict[Modality, Track] = {}
    lines, n = read_lines(io.BytesIO(data)), 0
    for first in lines:
        read = read_intervals if is_number(first.texts[0]) else read_table
        for samples in itertools.chain.from_iterable(read(itertools.chain([first], lines))):
            track = tracks.setdefault(samples.modality, Track(samples.modality, source="file", person="client"))
            chunks = [item for _, item in track.cut(samples) if isinstance(item, Chunk)]
            for chunk in chunks:
                _check_chunk(chunk)
            n += len(chunks)
    return n


def _check_chunk(chunk: Chunk) -> None:
    assert np.isfinite(chunk.t).all()
    assert (np.diff(chunk.t) > 0).all()
    known = chunk.values[~np.isnan(chunk.values)]
    assert len(known), "a chunk without a sample"
    assert chunk.modality is Modality.ACC or len(known) == len(chunk.values), "NaN where a sample is said to be"
    assert (np.abs(known) <= _LIMIT).all()


TARGETS = (
    Target("text of the device information", _NAMES, each_alone(_check_text)),
    Target("foreign names, cleaned", _NAMES, each_alone(_check_name)),
    Target("device profile (TOML)", _PROFILES, each_alone(_check_profile), Reason.FILE_MALFORMED, _FILES),
    Target("LSL stream, its description (XML)", _STREAMS, each_alone(_check_stream), Reason.NOT_A_SENSOR),
    Target("table (CSV)", (_TABLE,), each_alone(_check_recording), Reason.FILE_MALFORMED, _FILES),
    Target("list of RR intervals", (_INTERVALS,), each_alone(_check_recording), Reason.FILE_MALFORMED, _FILES),
)
