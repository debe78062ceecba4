# SPDX-License-Identifier: MIT
"""EDF and EDF+ to records, data record by data record, continuous or not.

Law: any bytes give records or raise `UnreadableError`; memory is bounded by one data record of 16 MiB and 100,000
annotations. Signals of one rate become one stream, annotations become markers, and `RR 812.5` an RR interval.

References
----------
Kemp and Olivan 2003, doi 10.1016/S1388-2457(03)00123-8; https://www.edfplus.info/specs/edfplus.html.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from app.export.xdf_chunks import Tree, xml
from app.export.xdf_file import EXACT_TIMES, Info
from app.imports.records import LONGEST_TEXT, Records
from app.imports.unreadable import UnreadableError
from dsp.stream import FloatArray
from sensors.lsl.facts import HIGHEST_HZ, MOST_CHANNELS

_MOST_SIGNALS = 512
_LONGEST_RECORD = 1 << 24
_MOST_ANNOTATIONS = 100_000
_ANNOTATIONS = "EDF Annotations"
_FIELDS = (16, 80, 8, 8, 8, 8, 8, 80, 8, 32)  # bytes of each signal's entries, in order
_MISSING = -32768  # in our own files
_RR = re.compile(rb"RR ([0-9]+(?:\.[0-9]+)?)(?: .*)?")
_OURS = (b"missing ", b"gap ", b"late ", b"note: ")
_TAL = re.compile(rb"([+-][0-9]+(?:\.[0-9]*)?)(?:\x15[0-9.]*)?\x14([^\x00]*)\x14\x00")
_RR_STREAM, _MARKER_STREAM, _FIRST_STREAM = 1, 2, 3
_EXACT: Tree = {"attune": {"times": EXACT_TIMES}}


@dataclass(frozen=True, slots=True)
class _Signal:
    """One signal: `at` and `count` are its place in a data record, in samples; `gain` and `shift` make it physical."""

    label: str
    unit: str
    at: int
    count: int
    gain: float
    shift: float


@dataclass(frozen=True, slots=True)
class _Header:
    signals: tuple[_Signal, ...]
    record_s: float
    is_ours: bool

    @property
    def record_samples(self) -> int:
        return sum(signal.count for signal in self.signals)


def read_edf(file: BinaryIO, records: Records) -> None:
    """Read a file to its end.

    Raises
    ------
    UnreadableError
        Where it is no EDF.
    """
    header = _read_header(file)
    groups = _describe(header, records)
    said: list[tuple[float, bytes]] = []
    start_s = 0.0
    while len(content := file.read(2 * header.record_samples)) == 2 * header.record_samples:
        told = list(_annotations(header, content))
        start_s = next((t for t, text in told if not text), start_s)
        said += [(t, text) for t, text in told if text]
        if len(said) > _MOST_ANNOTATIONS:
            raise UnreadableError(f"has more than {_MOST_ANNOTATIONS} annotations")
        samples = np.frombuffer(content, "<i2")
        for stream, group in groups:
            steps = np.arange(group[0].count, dtype=np.float64)
            t = start_s + steps * (header.record_s / group[0].count)
            values = np.column_stack([_physical(signal, samples, is_ours=header.is_ours) for signal in group])
            records.numbers(stream, t, values, "double64")
        start_s += header.record_s
    _say(sorted(said), records)
    records.close()


def _read_header(file: BinaryIO) -> _Header:
    main = file.read(256)
    if len(main) < 256 or main[:8].strip() not in (b"0", b""):
        raise UnreadableError("is no EDF: it does not begin with its version, 0")
    count = _number(main[252:256], "signals")
    record_s = _number(main[244:252], "length of a data record")
    if not (1 <= count <= _MOST_SIGNALS and count == int(count) and 0.0 <= record_s <= 3600.0):
        raise UnreadableError(f"has {count:g} signals in data records of {record_s:g} s, which cannot be")
    signals = tuple(_signals(file, int(count)))
    header = _Header(signals, record_s or 1.0, b"Attune" in main[88:168])
    if not 1 <= 2 * header.record_samples <= _LONGEST_RECORD:
        raise UnreadableError(f"has data records of {2 * header.record_samples} bytes")
    return header


def _signals(file: BinaryIO, count: int) -> Iterator[_Signal]:
    columns = [[file.read(size) for _ in range(count)] for size in _FIELDS]
    at = 0
    for label, _transducer, unit, low, high, lowest, highest, _filters, samples, _reserved in zip(
        *columns, strict=True
    ):
        name = label.decode("latin-1").strip()
        n = int(_number(samples, "samples of a signal"))
        if n < 0:
            raise UnreadableError(f"has {n} samples of a signal in a data record")
        steps = _number(highest, "digital maximum") - _number(lowest, "digital minimum")
        span = _number(high, "physical maximum") - _number(low, "physical minimum")
        gain = span / steps if steps else math.nan
        shift = _number(low, "physical minimum") - gain * _number(lowest, "digital minimum")
        yield _Signal(name, unit.decode("latin-1").strip(), at, n, gain, shift)
        at += n


def _number(text: bytes, what: str) -> float:
    try:
        value = float(text.decode("ascii").strip())
    except ValueError as error:
        raise UnreadableError(f"has {text[:16]!r} for the {what}") from error
    if not abs(value) < 1e9:
        raise UnreadableError(f"has {text[:16]!r} for the {what}")
    return value


def _describe(header: _Header, records: Records) -> list[tuple[int, Sequence[_Signal]]]:
    """Describe the streams; give those of signals, by their number."""
    by_count: dict[int, list[_Signal]] = {}
    for signal in header.signals:
        if signal.label != _ANNOTATIONS and signal.count and signal.count <= HIGHEST_HZ * header.record_s:
            by_count.setdefault(signal.count, []).append(signal)
    groups: list[tuple[int, Sequence[_Signal]]] = []
    for count, alike in by_count.items():
        for at in range(0, len(alike), MOST_CHANNELS):
            groups.append((_FIRST_STREAM + len(groups), alike[at : at + MOST_CHANNELS]))
            channels = tuple({"label": signal.label, "unit": signal.unit} for signal in groups[-1][1])
            info = Info("EDF", "EDF", channels, "", count / header.record_s, desc=_EXACT)
            records.describe(groups[-1][0], xml("info", info.tree()))
    intervals = Info("RR", "RR", ({"label": "RR", "unit": "ms"},), "", desc=_EXACT)
    records.describe(_RR_STREAM, xml("info", intervals.tree()))
    markers = Info("Annotations", "Markers", ({"label": "annotations"},), "", format="string", desc=_EXACT)
    records.describe(_MARKER_STREAM, xml("info", markers.tree()))
    return groups


def _physical(signal: _Signal, samples: npt.NDArray[np.int16], *, is_ours: bool) -> FloatArray:
    digital = samples[signal.at : signal.at + signal.count]
    physical = signal.shift + signal.gain * digital.astype(np.float64)
    if is_ours:
        physical[digital == _MISSING] = np.nan
    return physical


def _annotations(header: _Header, content: bytes) -> Iterator[tuple[float, bytes]]:
    """Give the annotations of a data record; the one without a text is the time at which the record begins."""
    for signal in header.signals:
        if signal.label == _ANNOTATIONS:
            lists = content[2 * signal.at : 2 * (signal.at + signal.count)]
            for onset, texts in _TAL.findall(lists):
                for text in texts.split(b"\x14"):
                    yield float(onset), text[:LONGEST_TEXT]


def _say(said: Sequence[tuple[float, bytes]], records: Records) -> None:
    for t, text in said:
        if interval := _RR.fullmatch(text):
            records.numbers(_RR_STREAM, np.array([t]), np.array([[float(interval[1])]]), "double64")
        elif not text.startswith(_OURS):
            records.text(_MARKER_STREAM, t, text)
