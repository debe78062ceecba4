# SPDX-License-Identifier: MIT
"""Finding a sensor and putting it on."""
