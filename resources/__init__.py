# SPDX-License-Identifier: MIT
"""Data files only: font, icons, devices, protocols, translations."""
