# SPDX-License-Identifier: MIT
"""10^4 spoiled packets over every decoder (10^6 for each: `benchmarks/faults/decoders.py`)."""

import pytest

from benchmarks.faults.decoders import TARGETS, fire
from benchmarks.faults.target import Feed, Target, each_alone
from dsp.codes import Reason
from sensors.source import SensorError

_EACH = 10_000 // len(TARGETS)
_FEWEST = 5  # values that came out, or nothing but refusals was tried


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_only_the_one_error_escapes_a_decoder_and_no_value_is_impossible(target: Target) -> None:
    outcome = fire(target, _EACH)
    assert outcome.findings == {}
    assert outcome.read + outcome.refused == _EACH
    assert outcome.read >= _FEWEST


def _breaks_off(data: bytes) -> int:
    return data[3]


def _refuses_wrongly(data: bytes) -> int:
    raise SensorError(Reason.SILENT, "nothing came")


def _refuses_with_a_command(data: bytes) -> int:
    raise SensorError(Reason.BAD_PACKET, "\x1b[2J")


@pytest.mark.parametrize("decode", [_breaks_off, _refuses_wrongly, _refuses_with_a_command])
def test_what_escapes_a_faulty_decoder_is_found(decode: Feed) -> None:
    outcome = fire(Target("faulty", (b"abcd",), each_alone(decode)), 200)
    assert len(outcome.findings) == 1
