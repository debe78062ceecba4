# SPDX-License-Identifier: MIT
"""What this Attune is made of: the versions that a session's numbers belong to."""

import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version

import numpy as np

_NUMERIC = ("numpy", "scipy")


def version_of(distribution: str) -> str | None:
    """Give a distribution's version without importing it, None where it is not installed."""
    try:
        return version(distribution)
    except PackageNotFoundError:
        return None


def numeric_versions() -> Mapping[str, object]:
    """Give the versions that decide about the last bit of a number."""
    simd = np.show_config(mode="dicts")["SIMD Extensions"]
    return {
        "attune": version_of("attune-biofeedback"),
        "python": platform.python_version(),
        **{name: version_of(name) for name in _NUMERIC},
        "cpu": sorted({*simd["baseline"], *simd.get("found", ())}),
    }
