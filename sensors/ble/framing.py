# SPDX-License-Identifier: MIT
"""Frames of a fixed length in a stream of bytes that notifications cut anywhere.

Law: the same frames come out however the input is cut; bytes that belong to no frame are skipped; nothing is raised,
and at most a few frames are held back.
"""

import itertools
from collections.abc import Callable


class FrameFinder:
    """Finds frames: `feed` what arrived, get the whole frames that it completes.

    A frame is taken at once where it follows on the last one; elsewhere only as the first of several in a row, because
    a short check lets chance through.

    Parameters
    ----------
    size : int
        Bytes of a frame, at least 1.
    in_a_row : int
        How many frames must lie one after the other before a position is believed, at least 1.
    is_frame : callable
        Whether these bytes can be a frame.
    is_next : callable
        Whether the second of two frames is the one right after the first (or so near that chance is out).
    can_follow : callable
        Whether the second of two frames can come after the first, frames between them being lost.
    """

    def __init__(
        self,
        size: int,
        *,
        in_a_row: int,
        is_frame: Callable[[bytes], bool],
        is_next: Callable[[bytes, bytes], bool],
        can_follow: Callable[[bytes, bytes], bool],
    ) -> None:
        if size < 1 or in_a_row < 1:
            raise ValueError(f"size and in_a_row must be at least 1, not {size} and {in_a_row}")
        self._size = size
        self._in_a_row = in_a_row
        self._is_frame = is_frame
        self._is_next = is_next
        self._can_follow = can_follow
        self._buffer = b""
        self._last: bytes | None = None  # the frame that ends where the buffer starts; None: the position is not known

    def feed(self, data: bytes) -> tuple[bytes, ...]:
        """Take the next bytes of the stream."""
        buffer, at, found = self._buffer + data, 0, []
        while len(buffer) - at >= self._size:
            frame = buffer[at : at + self._size]
            if not self._follows(frame):
                if len(buffer) - at < self._in_a_row * self._size:
                    break
                if not self._starts_row(buffer, at):
                    at, self._last = at + 1, None
                    continue
            found.append(frame)
            at, self._last = at + self._size, frame
        self._buffer = buffer[at:]
        return tuple(found)

    def _follows(self, frame: bytes) -> bool:
        return self._last is not None and self._is_frame(frame) and self._is_next(self._last, frame)

    def _starts_row(self, buffer: bytes, at: int) -> bool:
        ends = range(at, at + self._in_a_row * self._size, self._size)
        frames = [buffer[start : start + self._size] for start in ends]
        pairs = itertools.pairwise(frames)
        return all(map(self._is_frame, frames)) and all(self._can_follow(a, b) for a, b in pairs)
