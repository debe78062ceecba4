# SPDX-License-Identifier: MIT
"""A person's own window, and where they are in it."""
