# SPDX-License-Identifier: MIT
"""liblsl's configuration where nothing may leave this machine: tests, demonstrations, `--lsl` on loopback.

Everywhere else the lab's own file rules, so this is never called there: the content given here beats any file. Only
where there is none are outlets given room to be found.
"""

import os
import re

from sensors.lsl.library import has_own_config, load_pylsl

_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,64}")

# Streams are asked for on this machine only, each port of the range by itself: multicast needs an interface that has
# it, and loopback has not. With the usual range of 32 ports only 33 of 64 outlets were found.
_CONTENT = """\
[ports]
PortRange = 256
IPv6 = disable
[multicast]
ResolveScope = machine
[lab]
KnownPeers = {{127.0.0.1}}
SessionID = {session_id}
[log]
level = {level}
"""
_MANY_OUTLETS = """\
[ports]
PortRange = 256
IPv6 = disable
[log]
level = -3
"""
_WARNINGS, _NOTHING = -1, -3


def loopback_config(session_id: str, *, is_quiet: bool = False) -> str:
    """Give the content of a configuration file for liblsl that finds and is found on this machine only.

    Parameters
    ----------
    session_id : str
        Streams of another session id are never seen; letters, digits, `_` and `-`.
    is_quiet : bool
        Let liblsl write nothing to the terminal.

    Raises
    ------
    ValueError
        When the session id is none.
    """
    if not _PLAIN.fullmatch(session_id):
        raise ValueError(f"session_id must be 1 to 64 letters, digits, _ or -, not {session_id!r}")
    return _CONTENT.format(session_id=session_id, level=_NOTHING if is_quiet else _WARNINGS)


def use_many_outlets() -> None:
    """Let up to 256 outlets of this process be found, over IPv4; a lab's own configuration rules.

    It must come before the first use of liblsl (later it has no effect). Two ports for each outlet, as IPv6 wants them,
    would leave only the first 16 within the range in which other programs look by default.

    Raises
    ------
    SensorError
        `LSL_MISSING`.
    """
    pylsl = load_pylsl()
    if not has_own_config(os.environ):
        pylsl.set_config_content(_MANY_OUTLETS)


def use_loopback(session_id: str, *, is_quiet: bool = False) -> None:
    """Let LabStreamingLayer be used on this machine only, among those of the same session id.

    It holds for the whole process and must come before the first use of liblsl (later it has no effect). The
    parameters are those of `loopback_config`.

    Raises
    ------
    SensorError
        `LSL_MISSING`.
    ValueError
        When the session id is none.
    """
    load_pylsl().set_config_content(loopback_config(session_id, is_quiet=is_quiet))
