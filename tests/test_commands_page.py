# SPDX-License-Identifier: MIT
"""docs/commands.md says what the commands say of themselves."""

import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_WRITE = ("typer", "app.cli.commands", "utils", "docs", "--name", "attune", "--title", "Commands")


def test_the_page_of_commands_is_the_one_that_make_site_writes() -> None:
    told = subprocess.run([sys.executable, "-m", *_WRITE], cwd=_ROOT, capture_output=True, text=True, check=True)
    page = (_ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert page.split() == told.stdout.split(), "run `make site` and commit docs/commands.md"
