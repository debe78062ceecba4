# SPDX-License-Identifier: MIT
"""The window as a process: it opens without a display server, ends with Ctrl+C, and leaves nothing behind."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_PATIENCE_S = 30.0
_STEP_S = 0.1

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C is not sent to one process there")


def run_until_logged(folder: Path, words: str, *arguments: str) -> tuple[int, str]:
    """Start the window, end it with Ctrl+C once `words` stand in its log; give its exit code and what it said."""
    environ = os.environ | {"ATTUNE_HOME": str(folder), "QT_QPA_PLATFORM": "offscreen"}
    log = folder / "attune.log"
    with subprocess.Popen(
        [sys.executable, "-m", "app", *arguments], cwd=ROOT, env=environ, stderr=subprocess.PIPE, text=True
    ) as running:
        for _ in range(round(_PATIENCE_S / _STEP_S)):
            if running.poll() is not None or (log.exists() and words in log.read_text(encoding="utf-8")):
                break
            with contextlib.suppress(subprocess.TimeoutExpired):
                running.wait(_STEP_S)
        running.send_signal(signal.SIGINT)
        try:
            _, errors = running.communicate(timeout=_PATIENCE_S)
        finally:
            running.kill()
    return running.returncode, errors


def test_the_demo_opens_a_session_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    code, errors = run_until_logged(tmp_path, "session of 1 sources begins", "--demo")
    assert code == 0
    assert "Traceback" not in errors
    assert "did not close" not in (tmp_path / "attune.log").read_text(encoding="utf-8")


def test_broken_settings_are_kept_aside_and_the_window_opens(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text(json.dumps({"version": 1, "theme": "blue"}), encoding="utf-8")
    code, errors = run_until_logged(tmp_path, "begins", "--demo")
    assert code == 0
    assert "Traceback" not in errors
    assert (tmp_path / "settings.json.broken-1").exists()
