# SPDX-License-Identifier: MIT
"""What leads through a session: protocols step by step, and the words of what is offered."""
