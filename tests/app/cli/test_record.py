# SPDX-License-Identifier: MIT
"""A session in the terminal that is stored starts as the person's last one ended."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli.commands import commands
from app.clock import choose_wall_clock
from app.store.reading import open_session
from dsp.baseline import Baseline, ChannelRest
from dsp.codes import Action, Channel
from dsp.stream import ArousalState, Command
from tests.app.store.vaults import agreed, opened


def test_a_stored_session_begins_with_the_baselines_of_the_earlier_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATTUNE_HOME", str(tmp_path))
    rest = Baseline(7.0, "client", (ChannelRest(Channel.H, 60.0, 4.0, 9.0),), 1.2, -1.2)
    with opened(tmp_path) as vault:
        code = agreed(vault)
        vault.baselines.keep(code, "S-2222A", choose_wall_clock()(), rest)
    result = CliRunner().invoke(
        commands, ["live", "demo@partner", "--record", "--consent", f"{code}@partner", "--seconds", "1.2", "--json"]
    )
    assert result.exit_code == 0
    with opened(tmp_path) as vault:
        (entry,) = vault.sessions.all()
        session = open_session(vault, entry.head.session)
        first, *_rest = session.items()
        assert isinstance(first, Command)
        assert (first.action, first.person, dict(first.values)["h_m"]) == (Action.BASELINE, "partner", 60.0)
        states = [value for value in session.values() if isinstance(value, ArousalState)]
        assert states
        assert all(state.bounds is not None for state in states)
