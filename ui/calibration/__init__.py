# SPDX-License-Identifier: MIT
"""A guided rest, and the window that comes of it."""
