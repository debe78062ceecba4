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


def streams_of(
    head: SessionHead,
    outline: Outline,
    persons: Sequence[str],
    *,
    with_notes: bool,
    offsets: Mapping[tuple[str, str], Tree] = MappingProxyType({}),
) -> Streams:
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
    offsets : mapping
        Of the streams of which a bump test measured how late they are, by source and modality: what is said of it.
    """
    streams = Streams()
    for stream in outline.streams:
        streams.add(stream.key, _signal(head, stream, offsets.get((stream.key.source, stream.key.modality), {})))
    for person in persons:
        for kind, channels, desc in _computed(head):
            name = named(kind, person)
            info = Info(name, kind, channels, f"{head.session}-{person}-{kind}", desc=_desc(head, person, desc))
            streams.add((kind, person), info)
    for kind in ("Markers", "Gaps", *(["Notes"] if with_notes else [])):
        channel = ({"label": kind.lower(), "unit": "", "type": "Markers"},)
        info = Info(f"Attune {kind}", "Markers", channel, f"{head.session}-{kind}", format="string")
        streams.add((kind, ""), info)
    return streams


def _signal(head: SessionHead, stream: Stream, offset: Tree) -> Info:
    key, said = stream.key, SIGNALS[stream.key.modality]
    channels = tuple(channel(label, said.unit, said.type) for label in said.labels)
    source_id = f"{head.session}-{key.person}-{key.source}-{key.modality}"
    desc = _desc(head, key.person, {"times": EXACT_TIMES, "source": key.source}, offset)
    name = named(said.type if said.type != "GSR" else "EDA", key.person)
    return Info(name, said.type, channels, source_id, stream.declared_hz, desc=desc)


def _computed(head: SessionHead) -> Sequence[tuple[str, tuple[Tree, ...], Tree]]:
    """Give kind, channels and description of what was computed of each person."""
    beats = (
        channel("rr_ms", "ms", "Beats"),
        channel("nn_ms", "ms", "Beats"),
        channel("verdict", "", "Beats", {"values": " ".join(f"{k}={v}" for k, v in enumerate(VERDICTS))}),
    )
    scorer = {"scorer": head.versions.get("scorer", "")}
    return (("Features", number_channels(), {}), ("State", state_channels(), scorer), ("Beats", beats, {}))


def number_channels(names: Sequence[str] = NUMBERS, kind: str = "Features") -> tuple[Tree, ...]:
    """Describe numbers of `Features`, each with the window that it looks back on and its delay."""
    windows = session_head([], [])["windows"]
    looked_back = windows if isinstance(windows, Mapping) else {}
    return tuple(channel(name, _unit(name), kind, looked_back.get(name, {})) for name in names)


def state_channels() -> tuple[Tree, ...]:
    """Describe what is sent of an arousal state."""
    return tuple(channel(name, "", "State") for name in STATE)


def channel(label: str, unit: str, kind: str, more: Mapping[str, object] | None = None) -> Tree:
    """Describe one channel."""
    said = {name: str(value) for name, value in (more or {}).items()}
    return {"label": label, "unit": unit, "type": kind, **said}


def _desc(head: SessionHead, person: str, more: Tree, offset: Tree = MappingProxyType({})) -> Tree:
    own: Tree = {"person": person, "code": head.codes.get(person, ""), "session": head.session, **more}
    return {"synchronization": {"can_drop_samples": "true", **offset}, "attune": own}


def named(kind: str, person: str) -> str:
    """Name a stream: the client's have no addition."""
    return f"Attune {kind}" if person == CLIENT else f"Attune {kind} {person}"


def _unit(name: str) -> str:
    return _UNITS.get(name.rsplit("_", 1)[-1], "")
