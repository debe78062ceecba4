# SPDX-License-Identifier: MIT
"""Whether a window can open here: asked before Qt, which ends the whole process where it cannot."""

import ctypes
import os
import platform
from collections.abc import Mapping
from pathlib import Path

from resources.words import gettext as _

_X_LIBRARIES: Mapping[str, str] = {  # what Qt's X11 plugin loads, and the Debian package that has it
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def display_fault(environ: Mapping[str, str] = os.environ) -> str:
    """Say why no window can open, with what to do; empty where one can."""
    platform_name = environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if platform.system() != "Linux" or platform_name not in ("", "xcb", "wayland"):
        return ""
    if _has_wayland(environ) and platform_name != "xcb":
        return ""
    display = environ.get("DISPLAY", "")
    if not display:
        return _("there is no display here; attune live shows a session in the terminal.")
    missing = [package for library, package in _X_LIBRARIES.items() if not _loads(library)]
    if missing:
        packages = " ".join(missing)
        return _("the window needs libraries that are missing: apt install {packages}").format(packages=packages)
    if not _answers(display):
        return _("display {display} does not answer; attune live shows a session in the terminal.").format(
            display=display
        )
    return ""


def _has_wayland(environ: Mapping[str, str]) -> bool:
    name = environ.get("WAYLAND_DISPLAY", "")
    return bool(name) and (Path(environ.get("XDG_RUNTIME_DIR", "/")) / name).exists()


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _answers(display: str) -> bool:
    """Try the display as Qt will, with the system's own X client library."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(display.encode(), None))
    has_error = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not has_error
