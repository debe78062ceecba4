# SPDX-License-Identifier: MIT
"""What import-linter cannot see of the design's promises."""

import ast
import json
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("app", "dsp", "resources", "sensors", "ui")
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def run_python(code: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_no_python_package_stands_outside_the_contracts() -> None:
    folders = {path.relative_to(ROOT).parts[0] for path in ROOT.rglob("*.py") if ".venv" not in path.parts}
    assert folders <= {*PACKAGES, "tests", "benchmarks", "docs"}


def test_every_package_is_shipped_and_named_in_the_layers() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert tuple(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) == PACKAGES
    layers = " ".join(project["tool"]["importlinter"]["contracts"][0]["layers"])
    assert {"app", "dsp", "sensors", "ui"} == set(layers.replace("|", " ").split())


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_imports_by_a_name_made_at_run_time(path: Path) -> None:
    called = {
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    }
    assert not called & {"__import__", "import_module", "importlib.import_module", "eval", "exec"}


@pytest.mark.parametrize(
    "path", [p for p in SOURCES if p.name == "__init__.py"], ids=lambda path: str(path.relative_to(ROOT))
)
def test_init_files_hold_a_docstring_only(path: Path) -> None:
    body = ast.parse(path.read_text(encoding="utf-8")).body
    assert len(body) == 1
    assert isinstance(body[0], ast.Expr)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_importing_all_of_dsp_brings_in_no_screen_radio_or_loop() -> None:
    code = """
import dsp, importlib, json, pkgutil, sys
for module in pkgutil.walk_packages(dsp.__path__, "dsp."):
    importlib.import_module(module.name)
print(json.dumps(sorted({name.split(".")[0] for name in sys.modules})))
"""
    loaded = set(json.loads(run_python(code)))
    assert "dsp" in loaded
    assert not loaded & {"PySide6", "pyqtgraph", "bleak", "pylsl", "asyncio", "app", "sensors", "ui"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["live", "demo", "--seconds", "1", "--json"],
        ["replay", "RECORDING", "--json"],
        ["analyze", "RECORDING", "--out", "TABLE", "--jobs", "1"],
        ["doctor", "--json"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_the_terminal_commands_import_no_screen(arguments: list[str], tmp_path: Path) -> None:
    recording = tmp_path / "rr.txt"
    recording.write_text("800\n" * 30, encoding="utf-8")
    code = """
import sys
from app.__main__ import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
print("PySide6" in sys.modules, "ui" in {name.split(".")[0] for name in sys.modules})
"""
    places = {"RECORDING": str(recording), "TABLE": str(tmp_path / "table.csv")}
    given = [places.get(argument, argument) for argument in arguments]
    assert run_python(code, *given).splitlines()[-1].startswith("False")


def test_the_toolkit_that_aborts_on_python_3_11_is_excluded() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (toolkit,) = [line for line in project["project"]["dependencies"] if line.startswith("PySide6")]
    assert "!=6.12.0" in toolkit
    assert version("PySide6-Essentials") != "6.12.0"


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt", "requirements-bench.txt"])
def test_lock_files_hold_hashes_and_no_address(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if "://" in line or line.startswith("-")]
    pinned = [line for line in lines if "==" in line]
    assert pinned
    assert all(line.endswith("\\") for line in pinned)
