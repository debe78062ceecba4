# SPDX-License-Identifier: MIT
"""Looking on from another computer: what another Attune sends, read only."""
