# SPDX-License-Identifier: MIT
"""The screens: they show what frames carry and send a person's decisions back."""
