# SPDX-License-Identifier: MIT
"""Reads a foreign recording in a process with limits, so that no file can take Attune's memory, time or life.

Law: the process ends within its time, whatever it does; between it and Attune is one file without a name, gone when it
is closed. Where the kernel counts processor time (not on Windows), that is its time: no recording is refused because
the machine is busy. Its memory is limited by the kernel on Linux; elsewhere by how its readers work alone (one chunk of
16 MiB at a time), and by its time.
"""

import contextlib
import os
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO

import app
from app.imports.reader import UNREADABLE
from app.imports.records import Index
from dsp.codes import Reason
from sensors.recorded.opened import opened
from sensors.source import SensorError

_LEAST_S = 10.0  # of processor time: promises.md, 26
_PATIENCE = (
    12.0 if find_spec("resource") else 1.0
)  # so many seconds of the clock for each: a busy machine takes its time
_BYTES_A_SECOND = 20_000_000  # a longer recording may take longer: a tenth of what is measured
_OUTPUT_TIMES, _LEAST_OUTPUT = 16, 1 << 26
_SAID = 300  # characters of what the process says


@contextlib.contextmanager
def read_confined(path: Path, kind: str) -> Iterator[Index]:
    """Read a recording; its records are there as long as the block lasts.

    Parameters
    ----------
    path : Path
        The recording.
    kind : str
        "xdf" or "edf".

    Raises
    ------
    SensorError
        `FILE_MISSING`, `FILE_IS_FOLDER`, `FILE_DENIED`, or `FILE_MALFORMED` for what is no such recording, or takes
        more memory or time than one can.
    """
    with tempfile.TemporaryFile() as records:
        with opened(path) as file:
            size = os.fstat(file.fileno()).st_size
            limit_s = _LEAST_S + size / _BYTES_A_SECOND
            said = _run(kind, file, records, limit_s=limit_s, output_bytes=_LEAST_OUTPUT + _OUTPUT_TIMES * size)
        if said is not None:
            raise SensorError(Reason.FILE_MALFORMED, f"{path} {said}")
        try:
            yield Index(records)
        except (ValueError, struct.error, OSError) as error:
            raise SensorError(Reason.FILE_MALFORMED, f"{path} cannot be read as {kind.upper()}: {error}") from error


def _run(kind: str, file: BinaryIO, records: BinaryIO, *, limit_s: float, output_bytes: int) -> str | None:
    """Let the process read; give what is wrong with the file."""
    command = [sys.executable, "-m", "app.imports.reader", kind, str(int(limit_s)), str(output_bytes)]
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            command,
            stdin=file,
            stdout=records,
            stderr=subprocess.PIPE,
            env=_environment(),
            timeout=_PATIENCE * limit_s,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"takes longer to read than the {_PATIENCE * limit_s:.0f} s that a recording of its size may"
    if done.returncode == UNREADABLE:
        return done.stderr.decode(errors="replace").strip()[:_SAID]
    return None if done.returncode == 0 else "asks for more than a recording of its size needs, and is not read"


def _environment() -> dict[str, str]:
    """Give the process our packages, and one thread: each of a numeric library's threads would count as memory."""
    root = str(Path(app.__file__ or ".").resolve().parents[1])
    one = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {**os.environ, **one, "PYTHONPATH": root, "PYTHONSAFEPATH": "1", "PYTHONDONTWRITEBYTECODE": "1"}
