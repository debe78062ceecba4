# SPDX-License-Identifier: MIT
"""The tests here use the real liblsl on this machine, in a session of their own that no other process sees."""

import os

import pytest

from sensors.lsl.config import use_loopback


@pytest.fixture(scope="session", autouse=True)
def lsl_session() -> str:
    """Give the session id; a sender in a process of its own takes the same."""
    session_id = f"attune-test-{os.getpid()}"
    use_loopback(session_id, is_quiet=True)
    return session_id
