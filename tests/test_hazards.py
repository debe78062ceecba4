# SPDX-License-Identifier: MIT
"""Each hazard of docs/hazards.md has a control, and each control a test that is really there."""

import ast
import re
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[1]
_NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def _rows() -> list[tuple[str, str, str]]:
    page = (_ROOT / "docs" / "hazards.md").read_text(encoding="utf-8")
    cells = [line.strip("|").split("|") for line in page.splitlines() if line.startswith("| ")]
    return [(hazard.strip(), control.strip(), held) for hazard, control, held in cells[1:]]


def _tests_in(file: str) -> set[str]:
    tree = ast.parse((_ROOT / file).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


@pytest.mark.parametrize(("hazard", "control", "held"), _rows(), ids=lambda words: words[:40])
def test_a_hazard_has_a_control_that_is_tested(hazard: str, control: str, held: str) -> None:
    named = _NAMED.findall(held)
    assert hazard
    assert control
    assert named, "no test is named"
    missing = [f"{file}::{test}" for file, test in named if test not in _tests_in(file)]
    assert not missing


def test_the_hazards_that_the_promises_name_are_there() -> None:
    told = " ".join(hazard for hazard, _, _ in _rows()).lower()
    for named in (
        "strap of another",
        "window",
        "over-breathing",
        "makes it worse",
        "old looks alive",
        "note",
        "memory",
    ):
        assert named in told, named
