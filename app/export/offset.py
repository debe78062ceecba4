# SPDX-License-Identifier: MIT
"""What a bump test found (`dsp/bump.py`), as descriptions of streams say it: exports, and our LSL outlets."""

from dataclasses import dataclass

from app.export.xdf_chunks import Tree
from dsp.codes import Modality, NoticeCode
from dsp.stream import Notice


@dataclass(frozen=True, slots=True)
class Offset:
    """How much later than it happened a stream says it, seconds: the median of a bump test with its 95 % interval."""

    median_s: float
    low_s: float
    high_s: float
    taps: int

    def elements(self) -> Tree:
        """Write it as elements of `desc/synchronization`; the median is to be subtracted from the stamps."""
        return {
            "offset_median": repr(self.median_s),
            "offset_low": repr(self.low_s),
            "offset_high": repr(self.high_s),
            "offset_taps": str(self.taps),
        }

    def in_short(self) -> str:
        """Write it in 22 characters at most: the median, then the interval, in seconds to 0.1 ms."""
        return f"{self.median_s:.4f} {self.low_s:.4f} {self.high_s:.4f}"


def offset_of(notice: Notice) -> tuple[tuple[str, Modality], Offset] | None:
    """Read which stream a notice is about, by source and modality, and how late it is; None where it is another one."""
    if notice.code is not NoticeCode.OFFSET:
        return None
    said = dict(notice.values)
    median_s, low_s, high_s = (float(said[name]) for name in ("median_s", "low_s", "high_s"))
    return (notice.source, Modality(str(said["modality"]))), Offset(median_s, low_s, high_s, int(said["taps"]))
