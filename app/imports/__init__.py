# SPDX-License-Identifier: MIT
"""Recordings of other programs, read by a process of their own that can neither take much memory nor much time."""
