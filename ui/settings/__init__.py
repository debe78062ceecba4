# SPDX-License-Identifier: MIT
"""The settings: rows that are found by typing, each applied at once and kept."""
