# SPDX-License-Identifier: MIT
"""What changes over sessions: the edge that a person feels, the way back, and whether either really moved."""
