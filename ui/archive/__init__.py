# SPDX-License-Identifier: MIT
"""What was stored: the sessions, opening, exporting and erasing them."""
