# SPDX-License-Identifier: MIT
"""pylsl and the liblsl below it, loaded when they are first needed.

Law: whatever keeps them from loading leaves as `SensorError(LSL_MISSING)` with what to do about it.
"""

import asyncio
from types import ModuleType

from dsp.codes import Reason
from sensors.source import SensorError

_FIX = (
    "LabStreamingLayer's library (liblsl) cannot be loaded here; install it and let the environment variable PYLSL_LIB "
    "name its file"
)


def load_pylsl() -> ModuleType:
    """Import pylsl, which loads liblsl: some tens of milliseconds the first time.

    Raises
    ------
    SensorError
        `LSL_MISSING`: there is no pylsl, or no liblsl that it can load.
    """
    try:
        import pylsl
    except (ImportError, OSError, RuntimeError) as fault:  # no pylsl; a library that is none; no library
        raise SensorError(Reason.LSL_MISSING, _FIX) from fault
    library: ModuleType = pylsl
    return library


async def loaded_pylsl() -> ModuleType:
    """Import pylsl off the event loop's thread; the same errors."""
    return await asyncio.to_thread(load_pylsl)
