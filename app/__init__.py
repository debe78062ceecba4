# SPDX-License-Identifier: MIT
"""Puts Attune together: clock, worker, session, settings and the command line."""
