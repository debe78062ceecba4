# SPDX-License-Identifier: MIT
"""For a researcher: every stream, the recorder, the delay from a notification to its frame, and what happened."""
