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
TYPED |= {UI / "client" / "ask_card.py"}
"""What may set a text: the three that wash it, and the two that carry our own words alone."""


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


def attributes_in(tree: ast.AST, names: set[str]) -> list[ast.Attribute]:
    """Give where attributes of these names are read; a method that is called is none."""
    called = {node.func for node in ast.walk(tree) if isinstance(node, ast.Call)}
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in names and node not in called
        if isinstance(node.ctx, ast.Load)
    ]


FOREIGN = {"name", "detail", "author", "type", "label"}
"""What devices, streams, files and stored sessions call themselves, whatever the variable is called."""

WASHED = {
    "earlier.name": "washed when it was kept (ui/connect/sensors.py)",
    "nearby.name": "washed when it was kept",
    "self.name": "of `Nearby`: washed when it was kept; of a flow: a method",
    "self._flow.name": "a method",
    "owner.label": "washed when it was typed (ui/choices.py)",
    "words.name": "made of washed names (ui/connect/row_words.py), or our own word for a step",
    "wearer.name": "our own word for a person",
    "worn.name": "made of washed names",
    "step.name": "washed when it was taken (ui/client/steps.py)",
    "step_words(step).name": "our own word for a step",
    "command.author": "held against our own word alone",
    "answer.name": "a code, told to the session and shown nowhere",
    "card.answer.name": "a code, told to the session and shown nowhere",
    "event.type": "Qt's",
    "marker.type": "held against our own word alone (ui/bump/window.py)",
    "outlet.name": "the key of a row; its words are washed (ui/research/words.py)",
    "outlet.type": "the key of a row; its words are washed (ui/research/words.py)",
    "cells.name": "washed where the row's words are made (ui/research/words.py)",
    "one.name": "our own name of a field in a form",
    "exported.path": "where the person chose to write",
    "moment.label": "washed when it was read (app/report/reading.py, ui/review/screen.py)",
    "row.name": "our own word for a part of a session, or for a signal",
    "kind.name": "of our own types of text",
    "shape.kind.name": "of our own types of text",
    "self.detail": "a widget",
    "self.sessions.detail": "a widget",
}
"""The readings of such attributes that need no washing, each with its reason."""

READS_VALUES = {
    "arousal/holding.py",
    "bump/words.py",
    "client/ask_own.py",
    "client/asking.py",
    "client/own_things.py",
    "client/source_states.py",
    "client/steps.py",
    "client/word_lane.py",
    "clinician/person.py",
    "clinician/sensors.py",
    "connect/news.py",
    "connect/sensors.py",
    "pacing.py",
    "research/log.py",
    "resonance/run.py",
}
"""Who reads the values of notices and commands: for numbers and codes alone, or a text that is washed at once."""


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(UI)))
def test_a_foreign_text_is_washed_where_it_is_read(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    washed = {
        inner
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and name_of(call) in {"safe_text", "search"}
        for inner in ast.walk(call)
    }
    read = {ast.unparse(node) for node in attributes_in(tree, FOREIGN) if node not in washed}
    assert not read - set(WASHED)


def test_the_values_of_notices_are_read_in_known_places_alone() -> None:
    readers = {
        str(path.relative_to(UI))
        for path in SOURCES
        for node in attributes_in(ast.parse(path.read_text(encoding="utf-8")), {"values"})
        if ast.unparse(node).split(".")[-2] in {"command", "notice", "item", "frame", "message"}
    }
    assert readers == READS_VALUES


def test_the_labels_of_channels_are_read_where_they_are_washed_alone() -> None:
    readers = {
        path.name
        for path in SOURCES
        for node in attributes_in(ast.parse(path.read_text(encoding="utf-8")), {"unknown_channels"})
        if ast.unparse(node).startswith("sighting")
    }
    assert readers == {"sensors.py"}


DRAWN = {
    "clinician/card_head.py",
    "clinician/value_cell.py",
    "widgets/field.py",
    "clinician/trajectory_view.py",
    "archive/table.py",
    "arousal/bounds_slider.py",
    "arousal/now_card.py",
    "calibration/lane.py",
    "calibration/ring.py",
    "calibration/stepper.py",
    "client/ask_card.py",
    "paper/painter.py",
    "resonance/rate_table.py",
    "research/delay_view.py",
    "research/stream_row.py",
    "review/moments.py",
    "widgets/button.py",
    "widgets/choice_card.py",
    "widgets/key_cap.py",
    "widgets/pacer.py",
    "widgets/plot.py",
}
"""Who draws words without a label: our own alone, or such as were washed where they came in."""


def test_words_are_drawn_without_a_label_in_known_places_alone() -> None:
    drawing = {str(path.relative_to(UI)) for path in SOURCES if "drawText" in {name_of(c) for c in calls_in(path)}}
    assert drawing == DRAWN


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(UI)))
def test_a_title_is_our_own_word_and_what_is_added_is_a_curve(path: Path) -> None:
    for call in calls_in(path):
        if name_of(call) in {"setWindowTitle", "setApplicationDisplayName"}:
            assert all(isinstance(argument, ast.Constant) for argument in call.args)
        if name_of(call) == "addItem":
            assert path.parent.name == "widgets"
            assert [ast.unparse(argument) for argument in call.args] == ["self._curve"]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(UI)))
def test_what_is_said_to_those_who_do_not_see_is_no_raw_text_either(path: Path) -> None:
    spoken = {"setText", "setAccessibleName", "setAccessibleDescription", "drawText", "say", "safe_label"}
    raw = FOREIGN | {"values", "unknown_channels", "rest", "stem", "path"}
    for call in calls_in(path):
        if name_of(call) in spoken:
            for argument in [*call.args, *(keyword.value for keyword in call.keywords)]:
                read = {ast.unparse(node) for node in attributes_in(argument, raw)}
                assert not read - set(WASHED) or name_of_washer(argument)


def name_of_washer(argument: ast.expr) -> str:
    """Give what washes an argument; empty where nothing does."""
    return name_of(argument) if isinstance(argument, ast.Call) and name_of(argument) in {"safe_text", "plain"} else ""
