# SPDX-License-Identifier: MIT
"""The clinician's window: one to eight people at once, and the hand on what they are offered."""
