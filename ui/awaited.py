# SPDX-License-Identifier: MIT
"""The session that was asked for: which source is waited for, and what is still of the session before."""

from dsp.stream import Chunk, Frame, Status


class Awaited:
    """Remembers what was begun last, and whether its source has yet to stream."""

    def __init__(self) -> None:
        self._source = ""
        self._since_t = float("-inf")

    @property
    def is_file(self) -> bool:
        """Whether a recording is waited for."""
        return _kind(self._source) in {"file", "session"}

    def begin(self, source: str, t: float) -> None:
        """Wait for a source from `t` on; an empty one is not waited for."""
        self._source = source
        self._since_t = t

    def forget(self) -> None:
        """Wait no longer."""
        self._source = ""

    def is_old(self, frame: Frame) -> bool:
        """Whether a frame still belongs to the session before."""
        item = frame.item
        return (item.arrival if isinstance(item, Chunk) else item.t) < self._since_t

    def is_answered_by(self, status: Status) -> bool:
        """Whether a status speaks of the awaited source; a demo or a file may write its own name in full."""
        if not self._source or status.t < self._since_t:
            return False
        kind = _kind(self._source)
        return status.source == self._source or (kind != "ble" and _kind(status.source) == kind)


def _kind(source: str) -> str:
    """Give the kind of a source: `ble`, `file`, `demo`."""
    return source.partition(":")[0]
