# SPDX-License-Identifier: MIT
"""Sessions for other programs: XDF, CSV, EDF+, BIDS and Parquet, de-identified unless asked otherwise."""
