# SPDX-License-Identifier: MIT
"""What a session says of itself, for a researcher: its streams, its outlets, its file; and what may be asked of it.

Law: values alone; texts in them may be foreign. A figure that is not known is None.
"""

from dataclasses import dataclass
from enum import StrEnum

from dsp.codes import Modality


class Reach(StrEnum):
    """Who can read what a session sends by LSL."""

    OFF = "off"
    COMPUTER = "computer"  # programs on this computer
    NETWORK = "network"  # every computer on this network


@dataclass(frozen=True, slots=True)
class Delays:
    """How long the frames of one stream took from the arrival of what they are made of, over the last five minutes.

    Parameters
    ----------
    counts : tuple of int
        How many lie in each step of `STEPS_MS`; the last one takes all that is longer.
    median_ms, most_ms : float or None
        The median, and what 99 % do not exceed.
    n : int
        How many there are.
    """

    counts: tuple[int, ...] = ()
    median_ms: float | None = None
    most_ms: float | None = None
    n: int = 0


STEPS_A_DECADE = 8
STEPS_MS = tuple(0.1 * 10.0 ** (k / STEPS_A_DECADE) for k in range(4 * STEPS_A_DECADE + 1))
"""The bounds of the steps that delays are counted in: 0.1 ms to 1 s, eight in a decade."""


@dataclass(frozen=True, slots=True)
class StreamSeen:
    """One stream of a session.

    Parameters
    ----------
    source, address : str
        Who sends it, as items name it; and as it is asked for, with its options and its person.
    modality : Modality
        What it measures.
    person : str
        Whose it is.
    is_on : bool
        Whether its source takes part now.
    nominal_hz, actual_hz : float or None
        What it says that its rate is (None: irregular, or not said), and how many samples a second arrived over the
        last minute (None: none does).
    lost : int or None
        Samples that are known to be missing; None of an irregular stream.
    gaps : int
        How often something was missing.
    gaps_s : float
        For how long in all, seconds.
    offset_ms, spread_ms, drift_ppm : float or None
        Session clock less the sender's clock: mean and standard deviation of five minutes, and how it moves.
    delays : Delays
        From arrival to frame.
    """

    source: str
    address: str
    modality: Modality
    person: str
    is_on: bool = True
    nominal_hz: float | None = None
    actual_hz: float | None = None
    lost: int | None = None
    gaps: int = 0
    gaps_s: float = 0.0
    offset_ms: float | None = None
    spread_ms: float | None = None
    drift_ppm: float | None = None
    delays: Delays = Delays()


@dataclass(frozen=True, slots=True)
class OutletSeen:
    """One of our outlets: how much it sent, and how many read it (None where this system does not say how many)."""

    name: str
    type: str
    person: str
    nominal_hz: float | None = None
    actual_hz: float | None = None
    sent: int = 0
    readers: int | None = None
    is_read: bool = False


@dataclass(frozen=True, slots=True)
class FileSeen:
    """Where the session is stored, and the room there.

    Parameters
    ----------
    name : str
        The session's folder, without its path; empty where nothing is stored.
    size_bytes, free_bytes : int or None
        How large it is, and how much is free on its disk, or, where nothing is stored, on that of the data folder.
    """

    name: str = ""
    size_bytes: int | None = None
    free_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class SessionSeen:
    """A running session at one second.

    Parameters
    ----------
    t, started_t : float
        Now, and when it began, on the session clock.
    persons : tuple of (str, bool)
        Who takes part, and whether they are made up.
    streams : tuple of StreamSeen
        In the order in which they came.
    delays : Delays
        Of all of them together.
    file : FileSeen
        Its file.
    configuration : str
        The hash of how its numbers are made, and from what; empty where it is not known yet.
    """

    t: float
    started_t: float
    persons: tuple[tuple[str, bool], ...] = ()
    streams: tuple[StreamSeen, ...] = ()
    delays: Delays = Delays()
    file: FileSeen = FileSeen()
    configuration: str = ""


@dataclass(frozen=True, slots=True)
class SendWish:
    """What is asked of the running session: who may read it by LSL, and who of it agreed to that."""

    reach: Reach
    agreed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sent:
    """What a session sends by LSL now.

    Parameters
    ----------
    reach : Reach
        Who was to be able to read it.
    is_exposed : bool
        Whether another computer can: it was chosen, or this system keeps no socket to itself.
    persons : tuple of str
        Whose streams are sent.
    outlets : tuple of OutletSeen
        All of them.
    fault : str
        A code of why nothing is sent that was asked for; empty where all is well.
    """

    reach: Reach = Reach.OFF
    is_exposed: bool = False
    persons: tuple[str, ...] = ()
    outlets: tuple[OutletSeen, ...] = ()
    fault: str = ""


ResearchMessage = SessionSeen | Sent
