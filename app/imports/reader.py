# SPDX-License-Identifier: MIT
"""The reading process, `python -m app.imports.reader xdf|edf`: a recording on standard input, records on its output.

It reads what strangers wrote, so it is given little: it sets its own limits of memory, time and output before the
first byte is read. What is wrong with the file is one line on standard error and exit code 3.
"""

import sys
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import BinaryIO

from app.imports.edf_reading import read_edf
from app.imports.records import Records
from app.imports.unreadable import UnreadableError
from app.imports.xdf_reading import read_xdf

UNREADABLE = 3
"""The exit code for a file that is not what it should be."""

MEMORY_BYTES = 256 << 20
"""What the reading process may take: promises.md, 26."""

_READERS: Mapping[str, Callable[[BinaryIO, Records], None]] = MappingProxyType({"xdf": read_xdf, "edf": read_edf})


def limit(*, cpu_s: int, output_bytes: int) -> None:
    """Take away what this process will not need; Windows has no such limits, and there the parent's watch must do."""
    try:
        import resource
    except ImportError:
        return
    for what, wanted in (
        (resource.RLIMIT_DATA, MEMORY_BYTES),
        (resource.RLIMIT_CPU, cpu_s),
        (resource.RLIMIT_FSIZE, output_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)  # it may be lower already
        resource.setrlimit(what, (most, most))


def main(kind: str, cpu_s: str, output_bytes: str) -> int:
    """Read one recording."""
    limit(cpu_s=int(cpu_s), output_bytes=int(output_bytes))
    try:
        # our own buffers: an unbuffered standard output (PYTHONUNBUFFERED) writes short on a full disk and says nothing
        with open(0, "rb", closefd=False) as file, open(1, "wb", closefd=False) as out:
            _READERS[kind](file, Records(out))
    except UnreadableError as fault:
        sys.stderr.write(f"{fault}\n")
        return UNREADABLE
    except MemoryError:
        sys.stderr.write("asks for more memory than a recording needs\n")
        return UNREADABLE
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
