# SPDX-License-Identifier: MIT
"""What holds for the whole suite: no deadlines, and LabStreamingLayer on this machine only.

How fast something is, a benchmark tells, not a test on a busy machine. liblsl reads its configuration at its first
use, and the session clock is such a use: so the suite chooses a session of its own before any test runs.
"""

import contextlib
import os

from hypothesis import settings

from sensors.lsl.config import use_loopback
from sensors.source import SensorError

settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")

with contextlib.suppress(SensorError):  # without liblsl the tests that need it say so
    use_loopback(f"attune-test-{os.getpid()}", is_quiet=True)
