# SPDX-License-Identifier: MIT
"""Reports of stored sessions, for the clinician and for the person."""
