# SPDX-License-Identifier: MIT
"""Batches: many recordings through the one path, and one table of what they came to."""
