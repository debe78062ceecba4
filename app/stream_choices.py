# SPDX-License-Identifier: MIT
"""What people said of LSL streams that do not say it themselves: asked once, kept by type, name and source id.

Law: that of `app.json_file`; what a choice says is checked against what its modality can be in, when it is made and
when it is read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

from app.json_file import JsonFile, must_be
from dsp.codes import Modality, Reason
from resources.words import gettext as _
from sensors.lsl.facts import MOST_CHANNELS, StreamKey
from sensors.lsl.recognise import Signal
from sensors.lsl.units import Unit, read_unit, units_of
from sensors.source import SensorError

_MOST = 256  # streams: a lab has some dozens
_AXES = 3
_LEAST_HZ = {Modality.ECG: 90.0, Modality.PPG: 10.0, Modality.ACC: 4.0, Modality.EDA: 3.0}  # what dsp reads from
_MOST_HZ = {Modality.RR: 10.0}  # more often than any heart beats: no stream of intervals


class StreamChoices(Mapping[StreamKey, tuple[Signal, ...]]):
    """The choices in one folder, read when they are first asked for.

    Parameters
    ----------
    folder : Path
        The data folder; made when the first choice is kept.
    """

    def __init__(self, folder: Path) -> None:
        self._file = JsonFile(folder / "streams.json")
        self._chosen: dict[StreamKey, tuple[Signal, ...]] = self._file.load(_read, {})

    @property
    def problem(self) -> str:
        """What is wrong with the file, for the user; empty where all is well."""
        return self._file.problem

    def __getitem__(self, key: StreamKey) -> tuple[Signal, ...]:
        return self._chosen[key]

    def __iter__(self) -> Iterator[StreamKey]:
        return iter(self._chosen)

    def __len__(self) -> int:
        return len(self._chosen)

    def choose(self, key: StreamKey, signal: Signal) -> None:
        """Keep what a person said; it takes the place of what was said of the same columns, or the same modality."""
        others = [
            other
            for other in self._chosen.pop(key, ())
            if other.modality is not signal.modality and not set(other.columns) & set(signal.columns)
        ]
        self._chosen[key] = tuple(sorted([*others, signal], key=lambda each: each.columns))
        while len(self._chosen) > _MOST:
            del self._chosen[next(iter(self._chosen))]  # the one that was chosen longest ago
        self._file.save({"streams": [_written(key, signals) for key, signals in self._chosen.items()]})


def signal_of(channel: int, modality: Modality, unit: str, *, channel_count: int) -> Signal:
    """Make the signal that a person described.

    Parameters
    ----------
    channel : int
        The column, from 0; of acceleration the first of three.
    modality : Modality
        What it measures.
    unit : str
        A unit's code (`kiloohm`) or the way streams write it (`kOhm`); empty: as usual for the modality.
    channel_count : int
        How many columns the stream has.

    Raises
    ------
    ValueError
        When the stream has no such columns, or the modality no such unit.
    """
    columns = tuple(range(channel, channel + (_AXES if modality is Modality.ACC else 1)))
    if channel < 0 or columns[-1] >= channel_count:
        raise ValueError(f"channel must be 0 to {channel_count - 1} with all its columns, not {channel}")
    allowed = units_of(modality)
    known = Unit(unit) if unit in allowed else read_unit(unit, modality)
    if known is None:
        raise ValueError(f"unit must be {', '.join(allowed)}, not {unit!r}")
    return Signal(modality, columns, known)


def check_rate(modality: Modality, rate_hz: float) -> None:
    """Refuse what a stream cannot measure at its rate; one without a regular rate (0 Hz) may measure anything.

    Raises
    ------
    SensorError
        `RATE_TOO_LOW`; `STREAM_UNKNOWN` for intervals that come more often than a heart beats.
    """
    least_hz, most_hz = _LEAST_HZ.get(modality, 0.0), _MOST_HZ.get(modality, rate_hz)
    if 0.0 < rate_hz < least_hz:
        words = _("{modality} needs at least {least:g} samples a second, and this stream has {rate:g}")
        detail = words.format(modality=modality.upper(), least=least_hz, rate=rate_hz)
        raise SensorError(Reason.RATE_TOO_LOW, detail)
    if rate_hz > most_hz:
        words = _("{modality} comes at most {most:g} times a second, and this stream sends {rate:g}")
        detail = words.format(modality=modality.upper(), most=most_hz, rate=rate_hz)
        raise SensorError(Reason.STREAM_UNKNOWN, detail)


def _written(key: StreamKey, signals: tuple[Signal, ...]) -> Mapping[str, object]:
    said = [{"channel": each.columns[0], "modality": str(each.modality), "unit": str(each.unit)} for each in signals]
    return {**asdict(key), "signals": said}


def _read(found: Mapping[str, object]) -> dict[StreamKey, tuple[Signal, ...]]:
    streams = found.get("streams", [])
    if set(found) - {"streams"} or not isinstance(streams, list):
        raise ValueError(must_be("streams", _("a list of streams, and nothing stands beside it"), sorted(found)))
    return dict(_read_stream(stream) for stream in streams[-_MOST:])


def _read_stream(stream: object) -> tuple[StreamKey, tuple[Signal, ...]]:
    if not isinstance(stream, dict) or set(stream) != {"type", "name", "source_id", "signals"}:
        raise ValueError(must_be("streams", _("objects of type, name, source_id and signals"), stream))
    texts = {name: stream[name] for name in ("type", "name", "source_id")}
    signals = stream["signals"]
    if not all(isinstance(text, str) for text in texts.values()) or not isinstance(signals, list):
        raise ValueError(must_be("streams", _("texts, and a list of signals"), stream))
    return StreamKey(**texts), tuple(_read_signal(signal) for signal in signals[:MOST_CHANNELS])


def _read_signal(signal: object) -> Signal:
    wanted = must_be("signals", _("objects of channel (a whole number), modality and unit that go together"), signal)
    if not isinstance(signal, dict) or set(signal) != {"channel", "modality", "unit"}:
        raise ValueError(wanted)
    channel, modality, unit = signal["channel"], signal["modality"], signal["unit"]
    if type(channel) is not int or not isinstance(modality, str) or not isinstance(unit, str):
        raise ValueError(wanted)
    try:
        return signal_of(channel, Modality(modality), unit, channel_count=MOST_CHANNELS)
    except ValueError as fault:
        raise ValueError(wanted) from fault
