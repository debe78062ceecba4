# SPDX-License-Identifier: MIT
"""Keeps the sockets of outlets on this machine: liblsl listens on every address, whatever it is configured for.

On Linux the sockets that an outlet opened are found among the process's own, and the kernel is told to pass on to them
what came by the loopback device, or was sent by this machine and looped back, and to drop the rest: a peer gets no
answer. Binding them to the loopback device would do it too, and hide most streams from programs on this machine:
before liblsl 1.18 they ask by multicast, which does not go over that device, and then connect to the address by which
they were answered. No other system lets a program do that to sockets that another library made.

Law: only sockets at which an outlet listens, or was reached, are touched, and none that was open before.
"""

import ctypes
import os
import socket
import struct
import sys
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

_FDS = Path("/proc/self/fd")
_INET = (socket.AF_INET, socket.AF_INET6)

# Classic BPF (linux/filter.h): what the kernel knows of a packet besides its bytes decides.
_SO_ATTACH_FILTER = 26
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_KIND, _DEVICE = 0xFFFFF004, 0xFFFFF008
_LOOPED_BACK, _LOOPBACK_DEVICE = 5, 1
_PASS, _DROP = 0x40000, 0
_ONLY_FROM_HERE = (
    (_LOAD, 0, 0, _KIND),
    (_EQUAL, 2, 0, _LOOPED_BACK),
    (_LOAD, 0, 0, _DEVICE),
    (_EQUAL, 0, 1, _LOOPBACK_DEVICE),
    (_RETURN, 0, 0, _PASS),
    (_RETURN, 0, 0, _DROP),
)


class OutletSockets:
    """The sockets that are opened from now on."""

    def __init__(self) -> None:
        self._before = set(_sockets())

    def shut(self, ports: Collection[int], *, is_new: bool) -> bool:
        """Shut those of outlets to other machines; tell whether all of them are shut.

        Called once more a little later, it cuts off whoever came in between.

        Parameters
        ----------
        ports : collection of int
            Where the outlets listen (`Outlet.ports`).
        is_new : bool
            Whether nothing but the outlets was made since: then the sockets at the port that all outlets share, where
            questions come in, are theirs too.
        """
        opened = [fd for fd, name in _sockets() if (fd, name) not in self._before]
        shut = [_is_shut(fd) for fd in opened if _is_of_outlet(fd, ports, is_new=is_new)]
        return sys.platform == "linux" and all(shut)


def connections_by_port() -> Mapping[int, int] | None:
    """Count who is connected to this process by TCP, by the port here; None where this system does not say."""
    if sys.platform != "linux":
        return None
    return Counter(port for fd, _name in _sockets() if (port := _connected_at(fd)) is not None)


def _connected_at(fd: int) -> int | None:
    """Give the own port of a connected socket; None of every other one."""
    with _borrowed(fd) as borrowed:
        if borrowed is None or borrowed.type is not socket.SOCK_STREAM or borrowed.family not in _INET:
            return None
        try:
            borrowed.getpeername()
            port: int = borrowed.getsockname()[1]
        except OSError:  # it listens, or is closed meanwhile
            return None
        return port


def _sockets() -> Iterator[tuple[int, str]]:
    """Give the process's open sockets, each with the name that the kernel knows it by."""
    for entry in os.listdir(_FDS) if sys.platform == "linux" else ():  # noqa: PTH208 - numbers, not paths
        with suppress(OSError):  # closed meanwhile
            name = str((_FDS / entry).readlink())
            if name.startswith("socket:"):
                yield int(entry), name


def _is_of_outlet(fd: int, ports: Collection[int], *, is_new: bool) -> bool:
    with _borrowed(fd) as borrowed:
        if borrowed is None or borrowed.family not in _INET:
            return False
        is_question = is_new and borrowed.type is socket.SOCK_DGRAM
        is_shared = is_question and borrowed.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR) != 0
        return is_shared or borrowed.getsockname()[1] in ports


def _is_shut(fd: int) -> bool:
    """Let a socket hear this machine alone, and all that it accepts; tell whether it does."""
    rules = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *rule) for rule in _ONLY_FROM_HERE))
    with _borrowed(fd) as borrowed:
        try:
            if borrowed is not None:
                program = struct.pack("HL", len(_ONLY_FROM_HERE), ctypes.addressof(rules))
                borrowed.setsockopt(socket.SOL_SOCKET, _SO_ATTACH_FILTER, program)
        except OSError:  # a kernel without it
            return False
        return True


@contextmanager
def _borrowed(fd: int) -> Iterator[socket.socket | None]:
    """Look at a socket through a handle of our own; None where it is closed already."""
    try:
        borrowed = socket.socket(fileno=os.dup(fd))
    except OSError:
        yield None
        return
    with borrowed:
        yield borrowed
