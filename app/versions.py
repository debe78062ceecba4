# SPDX-License-Identifier: MIT
"""What this Attune is made of: the versions that a session's numbers belong to."""

import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version

import numpy as np

from dsp.baseline import SCORER

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
        "scorer": SCORER,
        "python": platform.python_version(),
        **{name: version_of(name) for name in _NUMERIC},
        "cpu": sorted({*simd["baseline"], *simd.get("found", ())}),
    }


def version_texts() -> Mapping[str, str]:
    """Give the versions that decide about the last bit of a number as texts, as a stored session has them."""
    versions = numeric_versions()
    return {name: " ".join(v) if isinstance(v, list) else str(v) for name, v in versions.items()}
