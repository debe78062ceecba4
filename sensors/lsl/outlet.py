# SPDX-License-Identifier: MIT
"""An LSL outlet: what it says of itself, and what it sends.

Law: one thread makes, feeds and closes an outlet (two at once corrupt samples). Whatever a name holds, it stands in the
description as letters, digits and little else: an apostrophe in a name or a source id breaks the lookup of readers.
Nothing waits for a reader; to one that never reads only its own buffer is lost.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from dsp.codes import Reason
from dsp.stream import FloatArray
from sensors.lsl.library import load_pylsl
from sensors.source import SensorError

Tree = Mapping[str, "Tree | str | Sequence[Tree]"]
"""Elements by their name; a sequence repeats the element."""

_BUFFERED_S = 60  # for a reader that is behind
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9 _.-]+")
_PORT = re.compile(r"_port>([0-9]{1,5})</v[46]")
_LONGEST = 64


class _Element(Protocol):
    def append_child(self, name: str) -> "_Element": ...
    def append_child_value(self, name: str, value: str) -> "_Element": ...


@dataclass(frozen=True, slots=True)
class OutletSaid:
    """What an outlet says of itself.

    Parameters
    ----------
    name, type, source_id : str
        Of the stream; made plain before they are used.
    channels : tuple of mapping
        The elements of each `desc/channels/channel`: label, unit, type and more.
    rate_hz : float
        Nominal; 0 for a stream that sends when something happens.
    is_text : bool
        Whether its samples are texts.
    desc : mapping
        What else stands in its description.
    """

    name: str
    type: str
    source_id: str
    channels: tuple[Tree, ...]
    rate_hz: float = 0.0
    is_text: bool = False
    desc: Tree = field(default_factory=dict)


def plain_name(text: str) -> str:
    """Give what may stand in a name or a source id: at most 64 letters, digits, spaces, `_`, `.` and `-`."""
    return " ".join(_NOT_PLAIN.sub("", text).split())[:_LONGEST].strip()


class Outlet:
    """An open outlet, until `close`.

    Parameters
    ----------
    said : OutletSaid
        What it says of itself.
    shift_s : float
        LSL's clock less the clock of the times that it is given.

    Raises
    ------
    SensorError
        `LSL_MISSING`; `STREAM_REFUSED` when liblsl makes no outlet.
    """

    def __init__(self, said: OutletSaid, *, shift_s: float = 0.0) -> None:
        pylsl = load_pylsl()
        self._shift_s = shift_s
        kind = "string" if said.is_text else "float32"
        info = pylsl.StreamInfo(
            plain_name(said.name), said.type, len(said.channels), said.rate_hz, kind, plain_name(said.source_id)
        )
        _describe(info.desc(), {"channels": {"channel": said.channels}, **said.desc})
        try:
            self._held = [pylsl.StreamOutlet(info, max_buffered=_BUFFERED_S)]
        except (RuntimeError, OSError) as fault:
            raise SensorError(Reason.STREAM_REFUSED, f"liblsl makes no outlet '{said.name}'") from fault

    @property
    def ports(self) -> frozenset[int]:
        """Where it listens for readers and their questions."""
        return frozenset(map(int, _PORT.findall(self._held[0].get_info().as_xml())))

    def push(self, t: FloatArray, values: FloatArray) -> None:
        """Send samples.

        Parameters
        ----------
        t : array, shape (n,)
            Their times, seconds.
        values : array, shape (n, channels)
            The samples; NaN is a missing one.
        """
        self._held[0].push_chunk(np.ascontiguousarray(values, np.float32), (t + self._shift_s).tolist())

    def text(self, t: float, text: str) -> None:
        """Send one text."""
        self._held[0].push_sample([text], t + self._shift_s)

    def has_readers(self) -> bool:
        """Tell whether somebody reads it now."""
        return bool(self._held[0].have_consumers())

    def close(self) -> None:
        """End it: readers find it no more."""
        self._held.clear()


def _describe(element: _Element, tree: Tree) -> None:
    for name, said in tree.items():
        if isinstance(said, str):
            element.append_child_value(name, said)
        else:
            for one in [said] if isinstance(said, Mapping) else said:
                _describe(element.append_child(name), one)
