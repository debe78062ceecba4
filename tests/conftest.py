# SPDX-License-Identifier: MIT
"""Hypothesis without deadlines: how fast something is, a benchmark tells, not a test on a busy machine."""

from hypothesis import settings

settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")
