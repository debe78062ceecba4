# SPDX-License-Identifier: MIT
"""What a person sees of their own session."""
