# SPDX-License-Identifier: MIT
import numpy as np
import pytest

from dsp.codes import Modality
from sensors.lsl.facts import Channel, StreamFacts
from sensors.lsl.recognise import Recognised, Signal, Unknown, recognise, samples_to_look_at, with_units
from sensors.lsl.units import Unit


def stream(
    type_: str, *channels: Channel, name: str = "some stream", count: int | None = None, rate_hz: float = 100.0
) -> StreamFacts:
    width = count or len(channels) or 1
    return StreamFacts(name, type_, width, rate_hz, "float32", "id", "uid", channels=channels)


def signals(facts: StreamFacts) -> list[tuple[Modality, tuple[int, ...], Unit]]:
    recognised = recognise(facts)
    assert isinstance(recognised, Recognised), recognised
    return [(s.modality, s.columns, s.unit) for s in recognised.signals]


@pytest.mark.parametrize(
    ("word", "modality", "unit"),
    [
        *((word, Modality.ECG, "mV") for word in ("ECG", "ekg", "Ecg")),
        *((word, Modality.EDA, "uS") for word in ("EDA", "GSR", "sc", "SCL", "Electrodermal", "Skin Conductance")),
        *((word, Modality.RR, "ms") for word in ("RR", "RRI", "IBI", "ppi", "RR-Interval")),
        *((word, Modality.HR, "bpm") for word in ("HR", "HeartRate", "heart_rate")),
        *((word, Modality.PPG, "") for word in ("PPG", "PPG_RED", "ppg:ir")),
        ("RESP", Modality.RESP, ""),
    ],
)
def test_a_stream_is_recognised_by_type_label_or_name_tag(word: str, modality: Modality, unit: str) -> None:
    column = (modality, (0,))
    assert signals(stream(word, Channel(unit=unit)))[0][:2] == column
    assert signals(stream("AA:BB:CC", Channel(label=word, unit=unit)))[0][:2] == column
    assert signals(stream("", Channel(name=word, unit=unit)))[0][:2] == column


def test_emotibit_is_recognised_without_a_description() -> None:
    assert signals(stream("EDA", rate_hz=15)) == [(Modality.EDA, (0,), Unit.MICROSIEMENS)]
    assert signals(stream("HeartRate", rate_hz=0)) == [(Modality.HR, (0,), Unit.BPM)]


def test_a_polar_bridge_tags_its_channel_with_a_name() -> None:
    channel = Channel(name="ECG", type="ECG", unit="microvolts")
    assert signals(stream("ECG", channel, rate_hz=130)) == [(Modality.ECG, (0,), Unit.MICROVOLT)]


def test_a_shimmer_bridge_sends_resistance() -> None:
    channels = Channel(label="Timestamp", unit="ms"), Channel(label="GSR_CAL", unit="kOhms")
    assert signals(stream("Shimmer", *channels)) == [(Modality.EDA, (1,), Unit.KILOOHM)]


def test_opensignals_begins_with_a_running_number_and_its_type_is_an_address() -> None:
    channels = Channel(label="nSeq"), Channel(label="ECG0", unit="mV"), Channel(label="EDA1", unit="uS")
    assert signals(stream("00:07:80:58:9B:3F", *channels, name="OpenSignals")) == [
        (Modality.ECG, (1,), Unit.MILLIVOLT),
        (Modality.EDA, (2,), Unit.MICROSIEMENS),
    ]


def test_a_running_number_is_never_taken_for_the_signal() -> None:
    assert signals(stream("EDA", Channel(label="nSeq"), Channel(label="A1"))) == [
        (Modality.EDA, (1,), Unit.MICROSIEMENS)
    ]


def test_motion_has_three_columns() -> None:
    axes = [Channel(label=f"Acc{axis}", unit="mg") for axis in "XYZ"]
    assert signals(stream("IMU", Channel(label="T"), *axes)) == [(Modality.ACC, (1, 2, 3), Unit.MILLI_G)]
    assert signals(stream("ACC", count=3)) == [(Modality.ACC, (0, 1, 2), Unit.BY_RANGE)]
    assert isinstance(recognise(stream("ACC", count=2)), Unknown)


@pytest.mark.parametrize(
    ("type_", "unit", "modality"),
    [
        ("ECG", "microvolts", Modality.ECG),
        ("RR", "ms", Modality.RR),
        ("HR", "bpm", Modality.HR),
        ("GSR", "microsiemens", Modality.EDA),
    ],
)
def test_what_attune_itself_sends_is_recognised(type_: str, unit: str, modality: Modality) -> None:
    facts = stream(type_, Channel(label=type_, unit=unit), name=f"Attune {type_}")
    assert [signal[0] for signal in signals(facts)] == [modality]


@pytest.mark.parametrize(
    "facts",
    [
        stream("EEG", Channel(label="Fp1")),
        stream("Audio", count=2),
        stream("", name="misc"),
        stream("Secret", name="x"),
    ],
    ids=["eeg", "audio", "nameless", "secret"],
)
def test_a_stream_that_says_nothing_known_is_asked_about(facts: StreamFacts) -> None:
    unknown = recognise(facts)
    assert isinstance(unknown, Unknown)
    assert unknown.key == facts.key
    assert "choose the signal and its unit once" in unknown.sentence


@pytest.mark.parametrize(
    "facts",
    [stream("EDA", Channel(unit="ADC")), stream("GSR")],
    ids=["a unit that is none", "GSR may be a resistance"],
)
def test_a_unit_that_is_not_known_is_asked_about(facts: StreamFacts) -> None:
    unknown = recognise(facts)
    assert isinstance(unknown, Unknown)
    assert unknown.guess is Modality.EDA
    assert "the unit of its eda" in unknown.sentence


def test_a_choice_is_remembered_by_type_name_and_source_id() -> None:
    facts = stream("Secret", count=4)
    chosen = (Signal(Modality.EDA, (2,), Unit.KILOOHM),)
    known = recognise(facts, {facts.key: chosen})
    assert isinstance(known, Recognised)
    assert known.signals == chosen
    assert isinstance(recognise(stream("Secret", name="another", count=4), {facts.key: chosen}), Unknown)


def test_a_choice_that_does_not_fit_the_stream_any_more_is_asked_again() -> None:
    facts = stream("Secret", count=2)
    assert isinstance(recognise(facts, {facts.key: (Signal(Modality.EDA, (2,), Unit.KILOOHM),)}), Unknown)


def test_units_that_only_the_signal_tells_are_looked_for_in_two_seconds_of_it() -> None:
    (ecg,) = (Signal(Modality.ECG, (1,), Unit.BY_RANGE),)
    assert samples_to_look_at([ecg], 130.0) == 260
    assert samples_to_look_at([Signal(Modality.RR, (0,), Unit.BY_RANGE)], 0.0) == 1
    values = np.column_stack([np.zeros(260), 500 * np.sin(np.arange(260))])
    assert with_units([ecg], values) == (Signal(Modality.ECG, (1,), Unit.MICROVOLT),)


@pytest.mark.parametrize(
    ("name", "type_", "count"),
    [
        ("SC room 3 EEG", "EEG", 8),
        ("Dr. S. C. Miller", "EEG", 32),
        ("Dr. S. C. Miller", "", 1),
        ("task accuracy", "Performance", 3),
        ("task accuracy", "", 3),
        ("Access panel", "", 3),
        ("eyetracker HR", "Gaze", 1),
        ("Tobii GSR room", "Gaze", 1),
        ("Station RR", "Mocap", 1),
        ("My ECG", "", 8),
    ],
)
def test_a_word_in_a_name_says_nothing_against_the_type_or_of_several_channels(
    name: str, type_: str, count: int
) -> None:
    assert isinstance(recognise(stream(type_, name=name, count=count)), Unknown)


@pytest.mark.parametrize(("word", "modality"), [("ECG", Modality.ECG), ("rr", Modality.RR), ("PPG_RED", Modality.PPG)])
def test_a_stream_is_recognised_by_a_whole_word_of_its_own_name(word: str, modality: Modality) -> None:
    assert signals(stream("misc", name=f"My {word}"))[0][:2] == (modality, (0,))


@pytest.mark.parametrize("type_", ["", "signal", "Biosignals", "physio", "data", "00:07:80:58:9B:3F", "EmotiBit"])
def test_a_name_says_what_it_is_where_the_type_names_no_kind(type_: str) -> None:
    assert signals(stream(type_, name="EmotiBit EDA")) == [(Modality.EDA, (0,), Unit.MICROSIEMENS)]


def test_a_channel_of_unknown_unit_stays_open_beside_the_known_one() -> None:
    facts = stream("Shimmer", Channel(label="ECG", unit="mV"), Channel(label="GSR"))
    known = recognise(facts)
    assert isinstance(known, Recognised)
    assert (known.gives, known.ask) == (
        (Modality.ECG,),
        Unknown(facts.key, facts.channels, 2, 100.0, guess=Modality.EDA),
    )


def test_an_answer_stands_beside_what_the_stream_says_itself() -> None:
    facts = stream("Shimmer", Channel(label="ECG", unit="mV"), Channel(label="GSR"))
    known = recognise(facts, {facts.key: (Signal(Modality.EDA, (1,), Unit.KILOOHM),)})
    assert isinstance(known, Recognised)
    assert known.gives == (Modality.ECG, Modality.EDA)
    assert known.ask is not None
    assert known.ask.guess is None


def test_an_answer_takes_the_place_of_what_the_stream_says_of_the_same_channel() -> None:
    facts = stream("ECG")
    chosen = (Signal(Modality.RESP, (0,), Unit.ARBITRARY),)
    known = recognise(facts, {facts.key: chosen})
    assert isinstance(known, Recognised)
    assert known.signals == chosen


def test_what_a_stream_says_plainly_is_not_asked_about() -> None:
    known = recognise(stream("EDA", Channel(unit="uS")))
    assert isinstance(known, Recognised)
    assert known.ask is None
