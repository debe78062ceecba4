# SPDX-License-Identifier: MIT
"""The wire: Bluetooth straps, recordings and the synthetic person."""
