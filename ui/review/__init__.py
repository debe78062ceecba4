# SPDX-License-Identifier: MIT
"""A stored session, looked at again."""
