# SPDX-License-Identifier: MIT
"""The breath as sound, as the screens see it: the seam, the words, the choice."""
