# SPDX-License-Identifier: MIT
import sys

import pytest

from dsp.codes import Reason, SourceState
from dsp.stream import Status
from sensors.lsl.config import use_loopback
from sensors.lsl.finder import NAME, find
from sensors.lsl.inlet import LslInlet
from sensors.source import SensorError
from tests.sensors.lsl.listening import found, listening, now, run


@pytest.fixture
def no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pylsl", None)  # what `import pylsl` then does is what it does where there is none


@pytest.mark.usefixtures("no_library")
def test_without_liblsl_a_source_says_what_to_do() -> None:
    async def read() -> None:
        async with listening(LslInlet("x", clock=lambda: 0.0)) as heard:
            await heard.calm()
            await heard.calm()

    with pytest.raises(SensorError, match="PYLSL_LIB") as caught:
        run(read())
    assert caught.value.reason is Reason.LSL_MISSING


@pytest.mark.usefixtures("no_library")
def test_without_liblsl_the_search_says_what_to_do() -> None:
    status = run(found(find(clock=lambda: 0.0), 0))[NAME]
    assert isinstance(status, Status)
    assert (status.state, status.reason) == (SourceState.FAILED, Reason.LSL_MISSING)


@pytest.mark.parametrize("session_id", ["", "a b", "a\n[ports]", "x" * 65])
def test_a_session_id_is_a_plain_word(session_id: str) -> None:
    with pytest.raises(ValueError, match="session_id must be"):
        use_loopback(session_id)


@pytest.mark.parametrize("query", ["", "type="])
def test_a_query_without_a_value_is_none(query: str) -> None:
    with pytest.raises(ValueError, match="looked for by"):
        LslInlet(query, clock=now)
