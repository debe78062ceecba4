# SPDX-License-Identifier: MIT
"""Where Attune keeps its data: the user's data folder, or the one that ATTUNE_HOME names."""

import os
from collections.abc import Mapping
from pathlib import Path

from platformdirs import user_data_path


def data_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Give the data folder, which need not exist yet."""
    home = environ.get("ATTUNE_HOME")
    return Path(home).expanduser() if home else user_data_path("attune", appauthor=False)
