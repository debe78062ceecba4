# SPDX-License-Identifier: MIT
"""A session's LSL outlets: a sink that never waits, and the one thread that makes, feeds and closes them all.

Law: there is no outlet, and no socket listens, unless a session was told to send; they end with it. Nothing of a person
is sent who is not among those who agreed, and of one who takes it back nothing more from that moment. Unless the
network was chosen, no other computer can read them (`sensors/lsl/outlet_sockets.py`) or it is said that it can.
"""

import logging
import queue
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from app.clock import Clock
from app.export.offset import Offset
from app.outlets_person import PersonOutlets
from app.outlets_said import Describing, own_place
from dsp.codes import Modality
from dsp.stream import Frame, Tick
from sensors.lsl.library import load_pylsl
from sensors.lsl.outlet import Outlet, OutletSaid
from sensors.lsl.outlet_sockets import OutletSockets
from sensors.source import SensorError

_log = logging.getLogger(__name__)

_MOST_WAITING = 20_000  # frames: some ten minutes
_CLOSING_S = 3.0
_LOOKED_AGAIN = 3  # seconds after an outlet opened, for readers that came before it was bound
_SAME_CLOCK_S = 0.001  # a session clock that is nearer to LSL's is LSL's


@contextmanager
def sending(
    persons: Collection[str],
    clock: Clock,
    folder: Path,
    *,
    shares: bool = False,
    offsets: Mapping[tuple[str, Modality], Offset] | None = None,
) -> Iterator["Outlets"]:
    """Send a session until the block ends.

    Parameters
    ----------
    persons : collection of str
        Those who agreed, by the names that the items use.
    clock : Clock
        The session clock.
    folder : Path
        The data folder.
    shares : bool
        Whether other computers may read.
    offsets : mapping of tuple to Offset
        What bump tests measured, by source and modality.

    Raises
    ------
    SensorError
        `LSL_MISSING`.
    AppError
        `NOT_WRITTEN`.
    """
    local_clock: Clock = load_pylsl().local_clock
    apart_s = local_clock() - clock()
    with own_place(folder) as place:
        describing = Describing(place, dict(offsets or {}))
        outlets = Outlets(persons, describing, shift_s=apart_s if abs(apart_s) > _SAME_CLOCK_S else 0.0, shares=shares)
        try:
            yield outlets
        finally:
            outlets.close()


class Outlets:
    """A sink; made by `sending`.

    Parameters
    ----------
    persons : collection of str
        Those who agreed.
    describing : Describing
        What the outlets say of themselves.
    shift_s : float
        LSL's clock less the session clock.
    shares : bool
        Whether other computers may read.
    """

    def __init__(self, persons: Collection[str], describing: Describing, *, shift_s: float, shares: bool) -> None:
        self._persons = frozenset(persons)
        self._waiting: queue.Queue[Frame | None] = queue.Queue(_MOST_WAITING)
        self._ready = threading.Event()
        self._making = _Making(shift_s, shares=shares)
        self._describing = describing
        self._thread = threading.Thread(target=self._produce, name="attune-outlets", daemon=True)
        self._thread.start()
        self._ready.wait(_CLOSING_S)

    @property
    def persons(self) -> frozenset[str]:
        """Whose streams are sent now."""
        return self._persons

    @property
    def is_open_to_network(self) -> bool:
        """Whether another computer can read: it was chosen, or this system cannot keep the sockets to itself."""
        return self._making.is_exposed

    def put(self, frame: Frame) -> None:
        """Take a frame, never waiting; where the thread is ten minutes behind, it is lost."""
        try:
            self._waiting.put_nowait(frame)
        except queue.Full:
            _log.warning("an LSL outlet is behind; samples are lost")

    def stop(self, person: str) -> None:
        """Send nothing more of a person, and end their outlets; may be called from any thread."""
        self._persons -= {person}

    def close(self) -> None:
        """End all outlets."""
        self._persons = frozenset()
        try:
            self._waiting.put(None, timeout=_CLOSING_S)
        except queue.Full:
            return
        self._thread.join(_CLOSING_S)

    def _produce(self) -> None:
        outlets: dict[str, PersonOutlets] = {}
        try:
            for person in sorted(self._persons):
                outlets[person] = PersonOutlets(person, self._describing, self._making.open)
            self._ready.set()
            while (frame := self._waiting.get()) is not None:
                for person in [person for person in outlets if person not in self._persons]:
                    outlets.pop(person).close()
                for each in outlets.values():
                    each.write(frame)
                if isinstance(frame.item, Tick):
                    self._making.look_again()
        except (SensorError, RuntimeError, OSError):  # what liblsl can raise; the session goes on without it
            _log.exception("the LSL outlets stopped")
        finally:
            self._ready.set()
            for each in outlets.values():
                each.close()


class _Making:
    """Makes outlets, and keeps their sockets on this machine."""

    def __init__(self, shift_s: float, *, shares: bool) -> None:
        self._shift_s = shift_s
        self._shares = shares
        self.is_exposed = shares
        self._young: list[tuple[OutletSockets, frozenset[int], int]] = []

    def open(self, said: OutletSaid) -> Outlet:
        sockets = OutletSockets()
        outlet = Outlet(said, shift_s=self._shift_s)
        if not self._shares:
            ports = outlet.ports
            self.is_exposed |= not sockets.shut(ports, is_new=True)
            self._young.append((sockets, ports, _LOOKED_AGAIN))
        return outlet

    def look_again(self) -> None:
        """Cut off who came before a socket was bound."""
        for sockets, ports, _ in self._young:
            sockets.shut(ports, is_new=False)
        self._young = [(sockets, ports, left - 1) for sockets, ports, left in self._young if left > 1]
