# SPDX-License-Identifier: MIT
"""Builds the shim that lies between SQLCipher and the disk."""

import shutil
import subprocess
from pathlib import Path

SOURCE = Path(__file__).with_name("store_shim.c")


def compiler() -> str | None:
    """Give the C compiler, None where there is none."""
    return shutil.which("cc") or shutil.which("gcc")


def built_shim(folder: Path) -> Path:
    """Compile the shim into a folder."""
    cc = compiler()
    if cc is None:
        raise SystemExit("a C compiler is needed for this bench")
    library = folder / "store_shim.so"
    subprocess.run([cc, "-shared", "-fPIC", "-O2", "-Wall", "-o", str(library), str(SOURCE), "-ldl"], check=True)
    return library
