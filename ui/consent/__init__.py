# SPDX-License-Identifier: MIT
"""What a person agrees to, how storing goes on, and what becomes of a session at its end."""
