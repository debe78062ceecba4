# SPDX-License-Identifier: MIT
"""Figures, drawn by one function for screen and paper."""
