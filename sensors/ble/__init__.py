# SPDX-License-Identifier: MIT
"""Bluetooth Low Energy: byte layouts, scanning and the strap's life cycle."""
