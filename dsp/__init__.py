# SPDX-License-Identifier: MIT
"""Numbers only: what flows, beats, variability and the pacing plan. Knows no clock, no file, no radio."""
