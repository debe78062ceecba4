# SPDX-License-Identifier: MIT
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.codes import Reason
from sensors.lsl.facts import Channel, StreamFacts, StreamKey, check, parse_facts
from sensors.source import SensorError
from tests.sensors.lsl.outlets import Spec, outlet

EDA = StreamFacts("EDA of somebody", "EDA", 1, 15.0, "float32", "id", "uid")

XML = """<?xml version="1.0"?>
<info><name>O'Brien &amp; Co</name>
<type>ECG</type><channel_count>2</channel_count><channel_format>float32</channel_format>
<source_id>a</source_id><nominal_srate>130.0</nominal_srate><uid>u-1</uid><hostname>h</hostname>
<v4data_port>16572</v4data_port><v4service_port>16573</v4service_port>
<desc><channels><channel><name>ECG</name><unit>microvolts</unit></channel><channel><label>seq</label></channel>
</channels><channel><label>elsewhere</label></channel></desc></info>"""


def refusal(facts: StreamFacts) -> str:
    with pytest.raises(SensorError) as caught:
        check(facts)
    assert caught.value.reason is Reason.NOT_A_SENSOR
    return caught.value.detail


def test_what_a_stream_says_is_read_from_its_xml() -> None:
    facts = parse_facts(XML)
    assert (facts.name, facts.type, facts.channel_count, facts.rate_hz) == ("O'Brien & Co", "ECG", 2, 130.0)
    assert (facts.uid, facts.data_port, facts.service_port) == ("u-1", 16572, 16573)
    assert facts.channels == (Channel(name="ECG", unit="microvolts"), Channel(label="seq"))
    assert facts.key == StreamKey("ECG", "O'Brien & Co", "a")


def test_what_liblsl_writes_is_read() -> None:
    opened = outlet(Spec("Äther <b>", "GSR", 2, 4.0, labels=["EDA", "SCL"], units=["µS", "kOhm"]))
    facts = parse_facts(opened.get_info().as_xml())
    assert (facts.name, facts.format, facts.rate_hz) == ("Äther <b>", "float32", 4.0)
    assert [channel.unit for channel in facts.channels] == ["µS", "kOhm"]


def refusal_of(read: Callable[[], object]) -> Reason | None:
    """Give the reason with which a stream is refused, None where it is taken; whatever else escapes is raised."""
    try:
        read()
    except SensorError as error:
        return error.reason
    return None


@given(st.text() | st.text(alphabet="<>/&;ainfodesc \n", max_size=300))
def test_any_text_gives_facts_or_is_refused(text: str) -> None:
    assert refusal_of(lambda: parse_facts(text)) in (None, Reason.NOT_A_SENSOR)


@given(st.text(max_size=400), st.sampled_from(["name", "type", "channel_count", "nominal_srate", "v4data_port", "uid"]))
def test_any_value_of_a_field_gives_facts_or_is_refused(value: str, field: str) -> None:
    escaped = value.replace("&", "&amp;").replace("<", "&lt;")
    xml = f"<info><{field}>{escaped}</{field}></info>"
    assert refusal_of(lambda: check(parse_facts(xml))) is Reason.NOT_A_SENSOR  # for all that the others do not say


@pytest.mark.parametrize(
    "xml",
    [
        "<!DOCTYPE a [<!ENTITY x 'xxxxxxxxxx'><!ENTITY y '&x;&x;&x;&x;'>]><info><name>&y;</name></info>",
        "<a>" * 1000,
        "<info>" + "<desc>" * 20,
        f"<info><desc><channels>{'<channel/>' * 65}</channels></desc></info>",
        "<info><name>" + "x" * 70_000 + "</name></info>",
        "\x00\x01",
        "<info><channel_count>" + "9" * 5000 + "</channel_count></info>",
    ],
    ids=["entities", "depth", "deep desc", "channels", "length", "no text", "digits"],
)
def test_xml_that_is_made_to_hurt_is_refused(xml: str) -> None:
    with pytest.raises(SensorError, match="description"):
        parse_facts(xml)


@pytest.mark.parametrize("type_", ["Features", "State", "Beats"])
def test_what_attune_computed_itself_is_no_sensor(type_: str) -> None:
    ours = replace(EDA, name=f"Attune {type_}", type=type_)
    assert "what Attune computed" in refusal(ours)
    check(replace(ours, name=f"Somebody's {type_}"))
    check(replace(ours, type="GSR"))


def test_a_stream_that_a_sensor_can_be_is_taken() -> None:
    check(EDA)
    check(replace(EDA, rate_hz=0.0, channel_count=64, format="double64"))
    check(replace(EDA, name="O'Brien's <i>EDA</i>"))
    check(replace(EDA, type="Markers", format="string", rate_hz=0.0))


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (replace(EDA, channel_count=10**6), "1 to 64 channels, not 1000000"),
        (replace(EDA, channel_count=0), "1 to 64 channels, not 0"),
        (replace(EDA, rate_hz=1e9), "0 to 10000 Hz, not 1e+09"),
        (replace(EDA, rate_hz=float("nan")), "0 to 10000 Hz, not nan"),
        (replace(EDA, rate_hz=float("inf")), "0 to 10000 Hz, not inf"),
        (replace(EDA, rate_hz=-1.0), "0 to 10000 Hz, not -1"),
        (replace(EDA, name="a\u202eb"), "none that cannot be seen"),
        (replace(EDA, name="x" * 65), "1 to 64 characters"),
        (replace(EDA, name=""), "1 to 64 characters"),
        (replace(EDA, format="int64"), "not 'int64'"),
        (replace(EDA, format="string"), "stream of markers"),
        (replace(EDA, type="Markers", format="string", channel_count=2), "with 1 channel only"),
    ],
)
def test_a_stream_that_no_sensor_can_be_is_refused_in_a_sentence(facts: StreamFacts, sentence: str) -> None:
    assert sentence in refusal(facts)


def test_a_name_of_ten_megabytes_costs_nothing() -> None:
    xml = "<info><name>" + "x" * 10_000_000 + "</name></info>"
    tracemalloc.start()
    began = time.perf_counter()
    with pytest.raises(SensorError):
        parse_facts(xml)
    assert time.perf_counter() - began < 0.1
    assert tracemalloc.get_traced_memory()[1] < 1e6
    tracemalloc.stop()
