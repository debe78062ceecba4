# SPDX-License-Identifier: MIT
"""The body of the synthetic person: what it lives through, its breath, heart and skin, and what goes wrong."""
