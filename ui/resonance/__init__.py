# SPDX-License-Identifier: MIT
"""At which slow pace the heart answers the breath most, tried out step by step."""
