# SPDX-License-Identifier: MIT
"""Small painted parts that several screens share."""
