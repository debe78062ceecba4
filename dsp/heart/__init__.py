# SPDX-License-Identifier: MIT
"""From RR intervals to beats with verdicts, heart rate and its variability."""
