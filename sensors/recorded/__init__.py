# SPDX-License-Identifier: MIT
"""Reading recordings: text in bounded blocks, tables and RR lists, and the cutting of samples into chunks."""
