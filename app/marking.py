# SPDX-License-Identifier: MIT
"""Markers from another terminal: a local socket of the running session, which only its owner can open.

Law: the socket lies in a folder that is its owner's alone (0700) and is gone with the session. Only a type comes in, of
at most 32 characters that can be seen: a marker is no note. What comes in is stamped when it comes, and nothing that
somebody writes there stops the session.
"""

import asyncio
import contextlib
import errno
import hashlib
import json
import logging
import os
import socket
import tempfile
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from app.clock import Clock
from app.errors import AppError, Fault
from dsp.stream import CLIENT, Marker
from resources.words import gettext as _
from sensors.foreign_text import clean_text

_log = logging.getLogger(__name__)

LONGEST_TYPE = 32
_AUTHOR = "terminal"
_MOST_BYTES = 1024
_PATIENCE_S = 2.0
_IS_THERE = hasattr(socket, "AF_UNIX") and hasattr(os, "getuid")


@dataclass(frozen=True, slots=True)
class Marking:
    """Where markers of a session come in.

    Parameters
    ----------
    clock : Clock
        The session clock.
    persons : callable
        Says who is in the session; asked with each marker.
    take : callable
        Puts a marker into the session; called on its event loop.
    """

    clock: Clock
    persons: Callable[[], Iterable[str]]
    take: Callable[[Marker], object]

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take one marker and say when it was, or why it is none."""
        with contextlib.suppress(OSError, TimeoutError, ValueError):  # who asks wrongly, or leaves, gets no answer
            async with asyncio.timeout(_PATIENCE_S):
                said = json.loads(await reader.readline())
                writer.write(json.dumps(self._taken(said)).encode() + b"\n")
                await writer.drain()
        writer.close()

    def _taken(self, said: object) -> Mapping[str, object]:
        asked = said if isinstance(said, dict) else {}
        kind, person = str(asked.get("type", "")), str(asked.get("person", CLIENT))
        if fault := fault_of(kind):
            return {"fault": fault}
        persons = sorted(set(self.persons()))
        if person not in persons:
            words = _("there is no {person} in this session; there are {persons}.")
            return {"fault": words.format(person=clean_text(person), persons=", ".join(persons))}
        marker = Marker(self.clock(), kind, _AUTHOR, person)
        self.take(marker)
        return {"t": marker.t, "type": marker.type, "person": marker.person}


@asynccontextmanager
async def open_for_markers(folder: Path, marking: Marking) -> AsyncIterator[None]:
    """Let markers come in until the block ends; where the system has no such sockets, none come.

    Parameters
    ----------
    folder : Path
        The data folder.
    marking : Marking
        The session.
    """
    async with contextlib.AsyncExitStack() as stack:
        if _IS_THERE:
            try:
                path = _own_folder(folder, is_made=True) / f"{os.getpid()}.sock"
                path.unlink(missing_ok=True)  # of a process that had this number before
                server = await asyncio.start_unix_server(marking.answer, path, limit=_MOST_BYTES)
            except OSError as error:
                _log.warning("no markers from other terminals: %s", error.strerror)
            else:
                stack.callback(_remove, path)
                stack.callback(server.close)
        yield


def send_marker(folder: Path, kind: str, person: str = CLIENT) -> Mapping[str, object]:
    """Put a marker into the one session that runs; give it with its time.

    Parameters
    ----------
    folder : Path
        The data folder.
    kind : str
        The marker's type.
    person : str
        Of whom it is.

    Raises
    ------
    AppError
        `NO_SESSION` where none runs or several do, `BAD_MARKER` where the session does not take it.
    """
    if fault := fault_of(kind):
        raise AppError(Fault.BAD_MARKER, fault)
    question = json.dumps({"type": kind, "person": person}).encode() + b"\n"
    with contextlib.ExitStack() as stack:
        sessions = [stack.enter_context(session) for session in _running(folder)]
        if len(sessions) != 1:
            raise AppError(Fault.NO_SESSION, _none_running() if not sessions else _several_running())
        sessions[0].sendall(question)
        answer = sessions[0].makefile("rb").readline(_MOST_BYTES)
    said: dict[str, object] = json.loads(answer or b"{}")
    if "t" not in said:
        raise AppError(Fault.BAD_MARKER, str(said.get("fault", _("the session did not take the marker."))))
    return said


def fault_of(kind: str) -> str:
    """Say why a text is no marker's type; empty where it is one."""
    if kind and kind == clean_text(kind) and len(kind) <= LONGEST_TYPE:
        return ""
    words = _("a marker's type has 1 to {most} characters that can be seen; a note is not a marker.")
    return words.format(most=LONGEST_TYPE)


def _running(folder: Path) -> Iterator[socket.socket]:
    """Connect to the sessions that run; what a crash left is removed."""
    for path in sorted(_own_folder(folder).glob("*.sock")) if _IS_THERE else ():
        session = socket.socket(socket.AF_UNIX)
        session.settimeout(_PATIENCE_S)
        try:
            session.connect(str(path))
        except ConnectionRefusedError:
            session.close()
            path.unlink(missing_ok=True)
        except OSError:
            session.close()
        else:
            yield session


def _own_folder(folder: Path, *, is_made: bool = False) -> Path:
    """Give the folder of the sockets, which is its owner's alone; a path in the data folder could be too long."""
    of = hashlib.sha256(os.fsencode(folder.absolute())).hexdigest()[:12]
    own = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / f"attune-{os.getuid()}-{of}"
    if is_made:
        own.mkdir(mode=0o700, exist_ok=True)
    with contextlib.suppress(FileNotFoundError):
        if own.stat(follow_symlinks=False).st_uid != os.getuid() or own.is_symlink():
            raise PermissionError(errno.EACCES, _("the folder of the sockets is somebody else's"))
        own.chmod(0o700)
    return own


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # another session's is there
        path.parent.rmdir()


def _none_running() -> str:
    return _("no session runs here that could take a marker; begin one with attune live, or in the window.")


def _several_running() -> str:
    return _("several sessions run here; end the others, so that the marker comes into the right one.")
