# SPDX-License-Identifier: MIT
"""The bump test: tap the sensor and press the space bar, ten times."""
