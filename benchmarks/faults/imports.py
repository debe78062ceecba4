# SPDX-License-Identifier: MIT
"""Hostile recordings: XDF and EDF bombs through the confined process, and spoiled files through its readers."""

import asyncio
import contextlib
import io
import resource
import struct
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import edfio
import numpy as np

from app.export.xdf_chunks import MAGIC, Tag, clock_offset, number_samples, stream_chunk, text_sample, xml
from app.export.xdf_file import Info
from app.imports.edf_reading import read_edf
from app.imports.foreign import ForeignRecording
from app.imports.reader import MEMORY_BYTES
from app.imports.records import Index, Records
from app.imports.unreadable import UnreadableError
from app.imports.xdf_reading import read_xdf
from benchmarks.figure import Figure
from sensors.source import SensorError

MOST_S = 10.0  # promises.md, 26
SPOILED = 20_000  # of each kind
_HALF_MB = 522_000


def _header(stream: int, form: str = "double64", *, channels: int = 1, name: str = "Amp") -> bytes:
    kind = "Markers" if form == "string" else "ECG"
    info = Info(name, kind, ({"label": kind, "unit": "uV"},) * channels, "id", 250.0, format=form)
    return stream_chunk(Tag.STREAM_HEADER, stream, xml("info", info.tree()))


def _count(number: int) -> bytes:
    return b"\x08" + struct.pack("<Q", number)


def _bombs() -> Mapping[str, bytes]:
    """Give files of half a megabyte that ask for far more."""
    alternating = (struct.pack("<Bdb", 8, 1.0, 1) + struct.pack("<Bb", 0, 1)) * (_HALF_MB // 12)
    empty_texts = b"\x00\x01\x00" * (_HALF_MB // 3)
    markers = _header(1, "string")
    tiny = b"".join(stream_chunk(Tag.SAMPLES, 1, _count(1), b"\x00\x01") for _ in range(_HALF_MB // 20))
    return {
        "promised samples": _header(1) + stream_chunk(Tag.SAMPLES, 1, _count(1 << 60), bytes(_HALF_MB)),
        "one-byte samples": _header(1, "int8") + stream_chunk(Tag.SAMPLES, 1, _count(_HALF_MB // 2), bytes(_HALF_MB)),
        "stamps on and off": _header(1, "int8") + stream_chunk(Tag.SAMPLES, 1, _count(_HALF_MB // 6), alternating),
        "empty texts": markers + stream_chunk(Tag.SAMPLES, 1, _count(_HALF_MB // 3), empty_texts),
        "chunks of one sample": _header(1, "int8") + tiny,
        "a thousand streams": b"".join(_header(k, name=f"s{k}") for k in range(1000)),
        "a chunk of an exabyte": b"\x08" + struct.pack("<Q", 1 << 60) + bytes(_HALF_MB),
        "offsets alone": _header(1) + clock_offset(1, t=1.0, offset_s=1e300) * (_HALF_MB // 30),
        "a deep description": stream_chunk(Tag.STREAM_HEADER, 1, b"<a>" * (_HALF_MB // 3)),
    }


def run() -> list[Figure]:
    figures: list[Figure] = []
    slowest, before = 0.0, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with tempfile.TemporaryDirectory() as folder:
        for name, bomb in _bombs().items():
            path = Path(folder) / "bomb.xdf"
            path.write_bytes(MAGIC + bomb)
            took, items = _taken(path)
            slowest = max(slowest, took)
            figures.append(Figure(f"bomb: {name}, {len(bomb) / 1e3:.0f} kB", f"{took:.2f} s, {items} items", "ends"))
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    own = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    figures.append(Figure("slowest of them", f"{slowest:.2f} s", f"<= {MOST_S:.0f} s", slowest <= MOST_S))
    limit = f"<= {MEMORY_BYTES >> 20} MB"
    figures.append(Figure("most memory of the reading process", f"{child >> 20} MB", limit, child <= MEMORY_BYTES))
    figures.append(Figure("memory that Attune itself took more", f"{own:.0f} MB", "reported"))
    with tempfile.TemporaryDirectory() as folder:
        for name, read, whole in (("XDF", read_xdf, _true_xdf()), ("EDF", read_edf, _true_edf(Path(folder)))):
            started = time.perf_counter()
            refused, largest = _spoil(read, whole)
            took = time.perf_counter() - started
            said = (
                f"0 escaped, {refused} refused, records at most {largest / len(whole):.1f} times the file, {took:.0f} s"
            )
            figures.append(Figure(f"{SPOILED} spoiled {name} files of {len(whole)} bytes", said, "0", True))
    return figures


def _taken(path: Path) -> tuple[float, int]:
    """Replay a file's data; give how long it took and how many items came."""

    async def count() -> int:
        items = 0
        with contextlib.suppress(SensorError):
            async for _item in ForeignRecording(path, "xdf").items():
                items += 1
        return items

    started = time.perf_counter()
    items = asyncio.run(count())
    return time.perf_counter() - started, items


def _spoil(read: Callable[[io.BytesIO, Records], None], whole: bytes) -> tuple[int, int]:
    """Read files with bytes changed, cut out and doubled; give how many were refused and the most that was written."""
    read(io.BytesIO(whole), Records(io.BytesIO()))  # unspoiled it is read
    rng = np.random.Generator(np.random.PCG64(26))
    refused = largest = 0
    for content in _spoiled(rng, whole):
        out = io.BytesIO()
        try:
            read(io.BytesIO(content), Records(out))
            index = Index(out)
            for stream, _xml in list(index.described()):
                list(index.numbers(stream))
                list(index.texts(stream))
        except UnreadableError:
            refused += 1
        largest = max(largest, len(out.getvalue()))
    return refused, largest


def _spoiled(rng: np.random.Generator, whole: bytes) -> Iterator[bytes]:
    for _ in range(SPOILED):
        content = bytearray(whole)
        for _change in range(int(rng.integers(1, 8))):
            at = int(rng.integers(len(content)))
            match int(rng.integers(4)):
                case 0:
                    content[at] = int(rng.integers(256))
                case 1:
                    del content[at : at + int(rng.integers(1, 40))]
                case 2:
                    content[at:at] = content[at : at + int(rng.integers(1, 40))]
                case _:
                    content[at : at + 8] = rng.bytes(8)
            if not content:
                content = bytearray(whole)
        yield bytes(content)


def _true_xdf() -> bytes:
    t = np.arange(100) / 250.0
    markers = _header(2, "string")
    samples = number_samples(1, t, np.sin(t)[:, None]) + text_sample(2, 0.2, "breath")
    return MAGIC + _header(1) + markers + samples + clock_offset(1, t=0.1, offset_s=0.5)


def _true_edf(folder: Path) -> bytes:
    signal = edfio.EdfSignal(np.sin(np.arange(400) / 20.0), 100.0, label="ECG", physical_dimension="mV")
    said = (edfio.EdfAnnotation(0.5, None, "RR 812.5 normal"), edfio.EdfAnnotation(1.0, 2.0, "breath"))
    edfio.Edf([signal], annotations=said).write(folder / "x.edf")
    return (folder / "x.edf").read_bytes()
