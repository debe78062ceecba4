# SPDX-License-Identifier: MIT
"""Which streams an exported session has, named as our LSL outlets are: sensors.md, section 6, "Ours"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from types import MappingProxyType

from app.export.outline import Outline, Stream, StreamKey
from app.export.xdf_chunks import Tree
from app.export.xdf_file import EXACT_TIMES, Info
from app.head import session_head
from app.store.contents import SessionHead
from dsp.codes import Modality, Verdict
from dsp.stream import CLIENT, Features, Measure

NUMBERS = tuple(field.name for field in fields(Features) if isinstance(field.default, Measure))
STATE = ("level", "uncertainty", "zone", "p_above", "p_below", "paced")
VERDICTS = tuple(Verdict)

_UNITS = {
    "bpm": "bpm", "ms": "ms", "ms2": "ms2", "percent": "percent", "microsiemens": "microsiemens", "min": "1/min"
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signal:
    """How a modality is called in a file: type, labels of its channels, unit, and the factor to that unit."""

    type: str
    labels: tuple[str, ...]
    unit: str
    factor: float = 1.0


SIGNALS: Mapping[Modality, Signal] = MappingProxyType(
    {
        Modality.ECG: Signal("ECG", ("ecg",), "microvolts", 1000.0),
        Modality.RR: Signal("RR", ("rr",), "ms"),
        Modality.HR: Signal("HR", ("hr",), "bpm"),
        Modality.EDA: Signal("GSR", ("eda",), "microsiemens"),
        Modality.ACC: Signal("ACC", ("acc_x", "acc_y", "acc_z"), "mg"),
        Modality.RESP: Signal("RESP", ("resp",), "a.u."),
        Modality.PPG: Signal("PPG", ("ppg",), "a.u."),
    }
)


@dataclass(slots=True)
class Streams:
    """The streams of a file, and each one's number in it by what it holds."""

    infos: list[Info] = field(default_factory=list)
    by_key: dict[StreamKey | tuple[str, str], int] = field(default_factory=dict)

    def add(self, key: StreamKey | tuple[str, str], info: Info) -> None:
        """Give a stream the next number."""
        self.infos.append(info)
        self.by_key[key] = len(self.infos)


def streams_of(head: SessionHead, outline: Outline, persons: Sequence[str], *, with_notes: bool) -> Streams:
    """Describe every stream of a session.

    Parameters
    ----------
    head : SessionHead
        Names the session and its versions.
    outline : Outline
        Its signals.
    persons : sequence of str
        Everybody in it.
    with_notes : bool
        Whether the clinician's notes go with it.
    """
    streams = Streams()
    for stream in outline.streams:
        streams.add(stream.key, _signal(head, stream))
    for person in persons:
        for kind, channels, desc in _computed(head):
            name = _named(kind, person)
            info = Info(name, kind, channels, f"{head.session}-{person}-{kind}", desc=_desc(head, person, desc))
            streams.add((kind, person), info)
    for kind in ("Markers", "Gaps", *(["Notes"] if with_notes else [])):
        channel = ({"label": kind.lower(), "unit": "", "type": "Markers"},)
        info = Info(f"Attune {kind}", "Markers", channel, f"{head.session}-{kind}", format="string")
        streams.add((kind, ""), info)
    return streams


def _signal(head: SessionHead, stream: Stream) -> Info:
    key, said = stream.key, SIGNALS[stream.key.modality]
    channels = tuple(_channel(label, said.unit, said.type) for label in said.labels)
    source_id = f"{head.session}-{key.person}-{key.source}-{key.modality}"
    desc = _desc(head, key.person, {"times": EXACT_TIMES, "source": key.source})
    name = _named(said.type if said.type != "GSR" else "EDA", key.person)
    return Info(name, said.type, channels, source_id, stream.declared_hz, desc=desc)


def _computed(head: SessionHead) -> Sequence[tuple[str, tuple[Tree, ...], Tree]]:
    """Give kind, channels and description of what was computed of each person."""
    windows = session_head([], [])["windows"]
    looked_back = windows if isinstance(windows, Mapping) else {}
    numbers = tuple(_channel(name, _unit(name), "Features", looked_back.get(name, {})) for name in NUMBERS)
    state = tuple(_channel(name, "", "State") for name in STATE)
    beats = (
        _channel("rr_ms", "ms", "Beats"),
        _channel("nn_ms", "ms", "Beats"),
        _channel("verdict", "", "Beats", {"values": " ".join(f"{k}={v}" for k, v in enumerate(VERDICTS))}),
    )
    scorer = {"scorer": head.versions.get("scorer", "")}
    return (("Features", numbers, {}), ("State", state, scorer), ("Beats", beats, {}))


def _channel(label: str, unit: str, kind: str, more: Mapping[str, object] | None = None) -> Tree:
    said = {name: str(value) for name, value in (more or {}).items()}
    return {"label": label, "unit": unit, "type": kind, **said}


def _desc(head: SessionHead, person: str, more: Tree) -> Tree:
    own: Tree = {"person": person, "code": head.codes.get(person, ""), "session": head.session, **more}
    return {"synchronization": {"can_drop_samples": "true"}, "attune": own}


def _named(kind: str, person: str) -> str:
    return f"Attune {kind}" if person == CLIENT else f"Attune {kind} {person}"


def _unit(name: str) -> str:
    return _UNITS.get(name.rsplit("_", 1)[-1], "")
