# SPDX-License-Identifier: MIT
"""Data files: font, icons, devices, protocols, translations; and the one door to the translations."""
