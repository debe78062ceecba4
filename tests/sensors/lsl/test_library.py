# SPDX-License-Identifier: MIT
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from dsp.codes import Reason, SourceState
from dsp.stream import Status
from sensors.lsl.config import use_loopback
from sensors.lsl.finder import NAME, find
from sensors.lsl.inlet import LslInlet
from sensors.lsl.library import has_own_config, load_pylsl
from sensors.source import SensorError
from tests.sensors.lsl.listening import found, listening, now, run
from tests.sensors.lsl.outlets import ROOT


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


def test_a_liblsl_that_is_too_old_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    load_pylsl()
    monkeypatch.setattr("pylsl.util.lib", object())  # has none of the calls
    with pytest.raises(SensorError, match="is too old") as caught:
        load_pylsl()
    assert caught.value.reason is Reason.LSL_MISSING


@pytest.mark.parametrize("session_id", ["", "a b", "a\n[ports]", "x" * 65])
def test_a_session_id_is_a_plain_word(session_id: str) -> None:
    with pytest.raises(ValueError, match="session_id must be"):
        use_loopback(session_id)


@pytest.mark.parametrize("query", ["", "type="])
def test_a_query_without_a_value_is_none(query: str) -> None:
    with pytest.raises(ValueError, match="looked for by"):
        LslInlet(query, clock=now)


def first_words(folder: Path, environ: Mapping[str, str]) -> str:
    """Let a fresh interpreter use liblsl for the first time; give what stands on its standard error."""
    lines = "from sensors.lsl.library import load_pylsl; load_pylsl().resolve_streams(0.1)"
    told = subprocess.run(
        [sys.executable, "-c", lines],
        env={**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(folder), **environ},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return told.stderr


def test_liblsl_writes_nothing_to_the_terminal(tmp_path: Path) -> None:
    assert first_words(tmp_path, {}) == ""


def test_a_labs_own_configuration_rules(tmp_path: Path) -> None:
    own = tmp_path / "own.cfg"
    own.write_text("[multicast]\nResolveScope = machine\n[log]\nlevel = 6\n", encoding="utf-8")
    assert str(own) in first_words(tmp_path, {"LSLAPICFG": str(own)})


@pytest.mark.parametrize("name", ["lsl_api.cfg", "lsl_api/lsl_api.cfg"])
def test_a_file_where_liblsl_looks_is_a_labs_own(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert not has_own_config({})
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("[log]\n", encoding="utf-8")
    assert has_own_config({})
