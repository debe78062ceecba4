# SPDX-License-Identifier: MIT
"""The first window: three ways in."""
