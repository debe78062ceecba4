# SPDX-License-Identifier: MIT
"""What is kept: the vault, the sessions, and the keys to both."""
