# SPDX-License-Identifier: MIT
"""The command line: a stable contract that scripts and outside checks use; no command but the window imports Qt."""
