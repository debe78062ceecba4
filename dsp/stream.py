# SPDX-License-Identifier: MIT
"""What flows through Attune: the vocabulary that sensors, signal processing, screens and the application share.

Every value is frozen and names its person; arrays are float64, copied in and read-only. Times are seconds on the
session clock. Missing data is data (`Gap`), and a reason is a code with values, never prose.
"""

from dataclasses import dataclass

from dsp.baseline import ArousalState as ArousalState  # noqa: PLC0414  # a part of this vocabulary
from dsp.baseline import Baseline, Calibration, Excursion
from dsp.chunk import Chunk as Chunk  # noqa: PLC0414
from dsp.chunk import FloatArray as FloatArray  # noqa: PLC0414
from dsp.chunk import read_only as read_only  # noqa: PLC0414
from dsp.codes import (
    Action,
    Adherence,
    CueKind,
    CueQuestion,
    Modality,
    NoticeCode,
    Reason,
    SensorKind,
    SourceState,
    Verdict,
)
from dsp.features import ABSENT as ABSENT  # noqa: PLC0414
from dsp.features import BreathLocking as BreathLocking  # noqa: PLC0414
from dsp.features import Features as Features  # noqa: PLC0414
from dsp.features import Measure as Measure  # noqa: PLC0414
from dsp.features import SignalQuality as SignalQuality  # noqa: PLC0414
from dsp.finding import Resonance
from dsp.plan import BreathPart, PacingPlan

Value = str | float | int | bool
Values = tuple[tuple[str, Value], ...]

CLIENT = "client"
NOBODY = "nobody"
"""Whose the items of a source are until it is assigned to a person; nothing is computed of them and nothing kept."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Data that are missing between two times of one modality (None: of every modality of that source)."""

    start_s: float
    end_s: float
    reason: Reason
    source: str
    person: str = CLIENT
    modality: Modality | None = None

    @property
    def t(self) -> float:
        """The time at which the gap is known to end."""
        return self.end_s


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person may want to know, as a code with its values."""

    t: float
    code: NoticeCode
    source: str
    person: str = CLIENT
    values: Values = ()


@dataclass(frozen=True, slots=True)
class Status:
    """The state of a source from `t` on; `detail` is for the log and the terminal, never for a client."""

    t: float
    source: str
    state: SourceState
    person: str = CLIENT
    reason: Reason | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Marker:
    """A mark of a type (never free text)."""

    t: float
    type: str
    author: str
    person: str = CLIENT


@dataclass(frozen=True, slots=True)
class Tick:
    """Time passing: one each second of the session clock, after all data up to `t`."""

    t: float


@dataclass(frozen=True, slots=True)
class Command:
    """A person's decision that changes the computing."""

    t: float
    action: Action
    author: str
    person: str = CLIENT
    values: Values = ()


Item = Chunk | Gap | Notice | Status | Marker | Tick | Command


@dataclass(frozen=True, slots=True)
class Beat:
    """One heartbeat and the RR interval that it ends.

    Made twice: provisional when detected, and with its final verdict after the next beat. `detected_t` is the time of
    the newest sample that was needed to see it, `confirmed_t` of the one that settled the verdict; `nn_ms` is the
    corrected interval, None while provisional or where the interval does not count. `origin` says what it was seen in:
    the waveform (ECG), intervals that the device counted itself (RR), or light (PPG).
    """

    t: float
    rr_ms: float
    verdict: Verdict
    detected_t: float
    person: str = CLIENT
    nn_ms: float | None = None
    confirmed_t: float | None = None
    origin: Modality = Modality.RR


@dataclass(frozen=True, slots=True)
class Scr:
    """One skin conductance response.

    Parameters
    ----------
    t, peak_t : float
        Onset and peak, seconds on the session clock.
    amplitude_microsiemens : float
        From onset to peak.
    person : str
        Whose it is.
    """

    t: float
    peak_t: float
    amplitude_microsiemens: float
    person: str = CLIENT


@dataclass(frozen=True, slots=True)
class Cue:
    """What is offered at `t`; the plan lets a reader go on by itself.

    `adherence` says whether the breath follows it, None where nobody leads or nobody looks; `question` waits for an
    answer, and so does `offer`, the name of what somebody offers now (`resources/cues`).
    """

    t: float
    person: str = CLIENT
    kind: CueKind = CueKind.SILENCE
    part: BreathPart = BreathPart.REST
    depth: float = 0.0
    breaths_per_min: float | None = None
    plan: PacingPlan | None = None
    adherence: Adherence | None = None
    question: CueQuestion | None = None
    offer: str | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """All that one item added: what every sink gets."""

    item: Item
    beats: tuple[Beat, ...] = ()
    scrs: tuple[Scr, ...] = ()
    features: tuple[Features, ...] = ()
    states: tuple[ArousalState, ...] = ()
    cues: tuple[Cue, ...] = ()
    gaps: tuple[Gap, ...] = ()
    notices: tuple[Notice, ...] = ()
    statuses: tuple[Status, ...] = ()
    markers: tuple[Marker, ...] = ()
    calibrations: tuple[Calibration, ...] = ()
    baselines: tuple[Baseline, ...] = ()
    excursions: tuple[Excursion, ...] = ()
    resonances: tuple[Resonance, ...] = ()


@dataclass(frozen=True, slots=True)
class Sighting:
    """A sensor seen nearby: what it is called, what it can give, and how near it is.

    `address` is a source as on the command line (`ble:...`, `lsl:...`). `unknown_channels` are the labels of a stream
    that does not say what it measures: somebody has to be asked, and then `gives` says it. `guess` is what it seems to
    measure where only the unit is not known. `battery_percent` is what a device says of it before it is connected: few
    do; of a connected one a `Notice` says it.
    """

    address: str
    name: str
    gives: tuple[Modality, ...]
    rssi_dbm: int | None = None
    battery_percent: int | None = None
    kind: SensorKind = SensorKind.STRAP
    unknown_channels: tuple[str, ...] = ()
    guess: Modality | None = None


@dataclass(frozen=True, slots=True)
class Recording:
    """How far a session is on the disk, as the recording light shows it.

    Parameters
    ----------
    persons : tuple of str
        Who is recorded; nobody: the light is off.
    on_disk_t : float or None
        The session clock's time up to which everything is on the disk; None before anything is.
    behind_s : float
        How much newer what came last is, seconds: kept in memory.
    reason : Reason or None
        Why the disk takes nothing just now.
    full_in_s : float or None
        When the disk will be full at the measured rate, seconds; None where that is far off or not known.
    lost_s : float
        Seconds that could not be kept, because the disk took nothing for too long.
    """

    persons: tuple[str, ...] = ()
    on_disk_t: float | None = None
    behind_s: float = 0.0
    reason: Reason | None = None
    full_in_s: float | None = None
    lost_s: float = 0.0
