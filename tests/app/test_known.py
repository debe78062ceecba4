# SPDX-License-Identifier: MIT
"""What a session starts with: the conditions for which there is no arousal index, before everything else."""

from pathlib import Path

import pytest

from app.known import condition_commands, known_of
from app.store.checklist import NO_AROUSAL_INDEX, Condition
from dsp.codes import Action, Reason, Zone
from dsp.pipeline import Pipeline
from dsp.stream import Tick
from tests.app.store.test_baselines import rest
from tests.app.store.vaults import agreed, opened


@pytest.mark.parametrize("condition", list(Condition))
def test_the_estimate_is_off_with_exactly_the_conditions_that_promises_name(condition: Condition) -> None:
    pipeline = Pipeline()
    for command in condition_commands([condition], "client", 1.0):
        pipeline.update(command)
    (state,) = pipeline.update(Tick(2.0)).states
    assert state.zone is Zone.UNKNOWN
    assert (state.why is Reason.CONDITION) is (condition in NO_AROUSAL_INDEX)


def test_the_newest_checklist_counts_and_comes_before_the_rests(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        code = agreed(vault)
        vault.checklists.set(code, [Condition.TRANSPLANT])
        vault.checklists.set(code, [Condition.BETA_BLOCKERS, Condition.SEIZURES])
        vault.baselines.keep(code, "S-2222", vault.wall(), rest(60.0))
        known = known_of(vault, {"client": code}, 5.0)
    assert [command.action for command in known] == [Action.CONDITION, Action.BASELINE]
    assert dict(known[0].values) == {"name": "beta_blockers", "on": True}


def test_a_checklist_that_is_all_well_turns_nothing_off(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        code = agreed(vault)
        vault.checklists.set(code, [Condition.PACEMAKER])
        vault.checklists.set(code, [])
        assert known_of(vault, {"client": code}, 5.0) == []
