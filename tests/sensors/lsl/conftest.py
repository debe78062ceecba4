# SPDX-License-Identifier: MIT
"""The tests here use the real liblsl on this machine, in the suite's own session that no other process sees."""

import os

import pytest


@pytest.fixture(scope="session", autouse=True)
def lsl_session() -> str:
    """Give the session id (`tests/conftest.py`); a sender in a process of its own takes the same."""
    return f"attune-test-{os.getpid()}"
