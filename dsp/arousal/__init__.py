# SPDX-License-Identifier: MIT
"""The arousal estimate against a person's own rest: channels, rest, window, level, states and what holds them back."""
