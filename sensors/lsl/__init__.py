# SPDX-License-Identifier: MIT
"""LabStreamingLayer: the search for streams, what they measure, and the inlet."""
