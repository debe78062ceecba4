# SPDX-License-Identifier: MIT
"""Text reaches a widget in one way only, and foreign text never unwashed (promises.md 24)."""

import ast
from pathlib import Path

import pytest

UI = Path(__file__).parents[2] / "ui"
SOURCES = sorted(UI.rglob("*.py"))
LABELS = UI / "widgets" / "label.py"
RICH = {"setHtml", "insertHtml", "setToolTip", "setWhatsThis", "setTitle", "addLegend", "LabelItem", "TextItem"}
LISTS = {"addItems", "addAction", "setItemText", "setPlaceholderText", "QComboBox", "QMenu", "QListWidget"}
TYPED = {UI / "widgets" / f"{name}.py" for name in ("label", "field", "button", "choice_card")}
"""What may set a text: the two that wash it, and the two that carry our own words alone."""


def calls_in(path: Path) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(UI)))
def test_labels_are_made_by_safe_label_alone(path: Path) -> None:
    names = {name_of(call) for call in calls_in(path)}
    assert not names & (RICH | LISTS)
    if path != LABELS:
        assert not names & {"QLabel", "Label", "setTextFormat"}
    if path not in TYPED:
        assert not names & {"setText", "QLineEdit"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(UI)))
def test_a_foreign_text_is_washed_or_matched_for_a_number(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    handled = {
        inner
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and name_of(call) in {"safe_text", "search"}
        for inner in ast.walk(call)
    }
    foreign = {"sighting.name", "status.detail", "found.name", "command.author"}
    unwashed = [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) in foreign and node not in handled
    ]
    assert not unwashed


def test_the_labels_of_channels_are_read_where_they_are_washed_alone() -> None:
    readers = [
        path.name
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "sighting.unknown_channels"
    ]
    assert readers == ["sensors.py"]
