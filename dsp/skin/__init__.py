# SPDX-License-Identifier: MIT
"""Skin conductance: level, responses, and what is no skin at all."""
