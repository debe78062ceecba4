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
from functools import partial
from pathlib import Path

from app.clock import Clock
from app.export.offset import Offset
from app.outlets_person import PersonOutlets
from app.outlets_said import Describing, own_place
from app.outlets_seen import CountedOutlet, seen_of
from dsp.codes import Modality
from dsp.stream import Frame, Tick
from sensors.lsl.library import load_pylsl
from sensors.lsl.outlet import Outlet, OutletSaid
from sensors.lsl.outlet_sockets import OutletSockets
from sensors.source import SensorError
from ui.research.seam import OutletSeen

_log = logging.getLogger(__name__)

_MOST_WAITING = 20_000  # frames: some ten minutes
_CLOSING_S = 3.0
_LOOK_S = 0.1  # between two looks at who still agrees, while nothing comes
_NOTHING = Frame(Tick(float("-inf")))
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
        describing = Describing(place, dict(offsets or {}), shares=shares)
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
    def own_ids(self) -> str:
        """What the source ids of these outlets begin with, and no other Attune's do."""
        return self._describing.ids_begin

    @property
    def seen(self) -> tuple[OutletSeen, ...]:
        """What each outlet sent, and who reads it, as of the last second."""
        return self._making.seen

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
        """Send nothing more of a person, and end their outlets at once; may be called from any thread."""
        self._persons -= {person}

    def hush(self) -> None:
        """Send nothing more of anybody; may be called from any thread."""
        self._persons = frozenset()

    def close(self) -> None:
        """End all outlets."""
        self.hush()
        try:
            self._waiting.put(None, timeout=_CLOSING_S)
        except queue.Full:
            return
        self._thread.join(_CLOSING_S)

    def _produce(self) -> None:
        outlets: dict[str, PersonOutlets] = {}
        try:
            for person in sorted(self._persons):
                outlets[person] = PersonOutlets(person, self._describing, partial(self._making.open, person))
            self._ready.set()
            while (frame := self._next()) is not None:
                for person in [person for person in outlets if person not in self._persons]:
                    outlets.pop(person).close()
                for each in outlets.values() if frame is not _NOTHING else ():
                    each.write(frame)
                if isinstance(frame.item, Tick) and frame is not _NOTHING:
                    self._making.look_again(frame.item.t)
        except (SensorError, RuntimeError, OSError):  # what liblsl can raise; the session goes on without it
            _log.exception("the LSL outlets stopped")
        finally:
            self._ready.set()
            for each in outlets.values():
                each.close()

    def _next(self) -> Frame | None:
        """Wait for a frame, not for long: somebody may take their consent back. None: it is over."""
        try:
            return self._waiting.get(timeout=_LOOK_S)
        except queue.Empty:
            return _NOTHING


class _Making:
    """Makes outlets, and keeps their sockets on this machine."""

    def __init__(self, shift_s: float, *, shares: bool) -> None:
        self._shift_s = shift_s
        self._shares = shares
        self.is_exposed = shares
        self.seen: tuple[OutletSeen, ...] = ()
        self._young: list[tuple[OutletSockets, frozenset[int], int]] = []
        self._opened: list[CountedOutlet] = []

    def open(self, person: str, said: OutletSaid) -> CountedOutlet:
        sockets = OutletSockets()
        outlet = CountedOutlet(said, person, Outlet(said, shift_s=self._shift_s), self._opened.remove)
        self._opened.append(outlet)
        if not self._shares:
            self.is_exposed |= not sockets.shut(outlet.ports, is_new=True)
            self._young.append((sockets, outlet.ports, _LOOKED_AGAIN))
        return outlet

    def look_again(self, t: float) -> None:
        """See who reads, and cut off who came before a socket was bound."""
        self.seen = seen_of(self._opened, t)
        for sockets, ports, _ in self._young:
            sockets.shut(ports, is_new=False)
        self._young = [(sockets, ports, left - 1) for sockets, ports, left in self._young if left > 1]
