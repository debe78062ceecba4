# SPDX-License-Identifier: MIT
"""Asks the system to leave a window out of screen sharing and recordings, where it can.

Windows 10 of 2004 or newer, and macOS, keep such a window out; other systems have no way to ask: the window says so.
"""

import ctypes
import ctypes.util
import sys

from PySide6.QtWidgets import QWidget

_EXCLUDE_FROM_CAPTURE = 0x11  # WDA_EXCLUDEFROMCAPTURE
_SHARING_NONE = 0  # NSWindowSharingNone


def leave_out_of_capture(window: QWidget) -> bool:
    """Ask it for a window that is shown; tell whether the system agreed."""
    if sys.platform == "win32":
        return bool(ctypes.windll.user32.SetWindowDisplayAffinity(int(window.winId()), _EXCLUDE_FROM_CAPTURE))
    if sys.platform == "darwin":
        return _leave_out_on_macos(int(window.winId()))
    return False


def _leave_out_on_macos(view: int) -> bool:
    """Send `[[view window] setSharingType: NSWindowSharingNone]`."""
    path = ctypes.util.find_library("objc")
    if path is None:
        return False
    objc = ctypes.cdll.LoadLibrary(path)
    objc.sel_registerName.restype = ctypes.c_void_p
    send = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)(("objc_msgSend", objc))
    window = send(view, objc.sel_registerName(b"window"))
    if not window:
        return False
    put = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong)(("objc_msgSend", objc))
    put(window, objc.sel_registerName(b"setSharingType:"), _SHARING_NONE)
    return True
