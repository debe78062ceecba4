# SPDX-License-Identifier: MIT
"""When a recording was made, where its file says so: read from its first bytes, or from `about.json` beside it.

Law: any bytes give a time or None; a date from before such recordings were made, as a de-identified file has, is None.
"""

import json
import re
import zlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sensors.recorded.opened import opened

_HEAD_BYTES = 65_536
_EARLIEST_UTC_S = 631_152_000.0  # 1990: de-identified files begin in 1970 (ours) or 1985 (EDF+)
_XDF_DATE = re.compile(rb"<datetime>([^<]{8,40})</datetime>")
_EDF_DATE = re.compile(rb"(\d\d)\.(\d\d)\.(\d\d)(\d\d)\.(\d\d)\.(\d\d)")
_GZIP = 31  # of zlib: with a gzip head
_EDF_CENTURY = 85  # years from here on are of the 20th


def made_at(path: Path, first_t: float) -> float | None:
    """Tell when a recording began.

    Parameters
    ----------
    path : Path
        The file.
    first_t : float
        The time of its first sample, seconds on its own clock.

    Returns
    -------
    float or None
        Seconds since 1970 UTC at `first_t`.

    Raises
    ------
    SensorError
        `FILE_MISSING`, `FILE_IS_FOLDER` or `FILE_DENIED`.
    """
    with opened(path) as file:
        head = file.read(_HEAD_BYTES)
    try:
        utc_s = _from_head(head) if _is_binary(head) else _from_about(path.with_name("about.json"), first_t)
    except (ValueError, OverflowError, OSError):
        return None
    return utc_s if utc_s is not None and utc_s >= _EARLIEST_UTC_S else None


def _is_binary(head: bytes) -> bool:
    return head.startswith((b"XDF:", b"\x1f\x8b", b"0       "))


def _from_head(head: bytes) -> float | None:
    if head.startswith(b"\x1f\x8b"):
        try:
            head = zlib.decompressobj(wbits=_GZIP).decompress(head, _HEAD_BYTES)
        except zlib.error:
            return None
    if head.startswith(b"XDF:"):
        said = _XDF_DATE.search(head)
        return datetime.fromisoformat(said[1].decode("ascii")).timestamp() if said else None
    date = _EDF_DATE.fullmatch(head[168:184])
    if date is None:
        return None
    day, month, year, hour, minute, second = map(int, date.groups())
    century = 1900 if year >= _EDF_CENTURY else 2000
    return datetime(century + year, month, day, hour, minute, second).astimezone().timestamp()


def _from_about(path: Path, first_t: float) -> float | None:
    """Read what an exported session says of itself beside its samples."""
    if not path.is_file() or path.stat().st_size > _HEAD_BYTES:
        return None
    about = json.loads(path.read_bytes())
    if not isinstance(about, Mapping):
        return None
    utc_s, started_t = about.get("started_utc_s"), about.get("started_t_s")
    if isinstance(utc_s, float | int) and isinstance(started_t, float | int):
        return float(utc_s) + first_t - float(started_t)
    return None
