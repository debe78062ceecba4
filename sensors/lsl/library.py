# SPDX-License-Identifier: MIT
"""pylsl and the liblsl below it, loaded when they are first needed, and quiet.

Law: whatever keeps them from loading leaves as `SensorError(LSL_MISSING)` with what to do about it. A lab's own
configuration of liblsl rules; only where there is none is liblsl told to write nothing to the terminal.
"""

import asyncio
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

from dsp.codes import Reason
from sensors.source import SensorError

_FIX = (
    "LabStreamingLayer's library (liblsl) cannot be loaded here; install it and let the environment variable PYLSL_LIB "
    "name its file"
)
_TOO_OLD = (
    "LabStreamingLayer's library (liblsl) is too old here: install version 1.17.7 or newer and let the environment "
    "variable PYLSL_LIB name its file"
)
_NEWEST_CALL = "lsl_set_config_content"  # of those that are used
_QUIET = "[log]\nlevel = -3\n"  # fatal errors only: what goes wrong with a stream, its own status says
_OWN_FILE = "LSLAPICFG"
_OWN_FILES = ("lsl_api.cfg", "~/lsl_api/lsl_api.cfg", "/etc/lsl_api/lsl_api.cfg")  # where liblsl looks, in this order


def load_pylsl() -> ModuleType:
    """Import pylsl, which loads liblsl: some tens of milliseconds the first time.

    Raises
    ------
    SensorError
        `LSL_MISSING`: there is no pylsl, no liblsl that it can load, or one that is too old.
    """
    is_first = "pylsl" not in sys.modules  # what is said later is not heard, or takes the place of what was said
    try:
        import pylsl
    except (ImportError, OSError, RuntimeError) as fault:  # no pylsl; a library that is none; no library
        raise SensorError(Reason.LSL_MISSING, _FIX) from fault
    if not hasattr(pylsl.util.lib, _NEWEST_CALL):
        raise SensorError(Reason.LSL_MISSING, _TOO_OLD)
    if is_first and not has_own_config(os.environ):
        pylsl.set_config_content(_QUIET)
    library: ModuleType = pylsl
    return library


async def loaded_pylsl() -> ModuleType:
    """Import pylsl off the event loop's thread; the same errors."""
    return await asyncio.to_thread(load_pylsl)


def has_own_config(environ: Mapping[str, str]) -> bool:
    """Tell whether liblsl would find a configuration file that somebody wrote for it."""
    return bool(environ.get(_OWN_FILE)) or any(Path(path).expanduser().is_file() for path in _OWN_FILES)
