# SPDX-License-Identifier: MIT
"""The breath as sound: synthesis, the audio clock, the players, and the room that keeps them."""
