# SPDX-License-Identifier: MIT
"""What works here: each part that Attune needs or can use, and for each fault its fix."""

import asyncio
import contextlib
import os
import platform
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.advice import terminal_advice
from app.clock import Clock
from app.conductor import Search
from app.display import display_fault
from app.errors import AppError
from app.merge import closing
from app.store.unlock import store_ways
from app.store.wraps import WrapKind
from app.versions import version_of
from dsp.stream import Status
from resources.words import gettext as _
from sensors.foreign_text import clean_text
from sensors.lsl.library import load_pylsl
from sensors.source import SensorError

_SEARCH_S = 5.0
_LEAST_FREE_BYTES = 200_000_000  # eight long sessions
_LEAST_PYTHON = (3, 11)
_LIBRARIES = ("numpy", "scipy", "bleak", "pyedflib", "pyqtgraph")
_BAD_TOOLKIT = "6.12.0"  # loses references to None on CPython 3.11: a live plot ends the process


@dataclass(frozen=True, slots=True)
class Check:
    """One part: whether it works, what was found, and the fix where it does not."""

    name: str
    is_fine: bool
    found: str
    fix: str = ""


def sound_devices() -> Sequence[str]:
    """Give the names of the devices that sound can come out of.

    Raises
    ------
    ImportError
        Where the library that finds them is missing.
    """
    from app.audio.devices import DevicePlayers

    return DevicePlayers().devices()


def examine(
    folder: Path,
    clock: Clock,
    search: Search,
    problem: str = "",
    sound: Callable[[], Sequence[str]] = sound_devices,
) -> Sequence[Check]:
    """Check everything; a radio may take some seconds.

    Parameters
    ----------
    folder : Path
        The data folder; nothing is written.
    clock : Clock
        The session clock.
    search : callable
        Makes a search for sensors: whether Bluetooth works is found by using it.
    problem : str
        What is wrong with the user's own device profiles and answers; empty where all is well.
    sound : callable
        Gives the devices that sound can come out of.
    """
    return (
        Check("attune", is_fine=True, found=version_of("attune-biofeedback") or _("run from its own folder")),
        _python(),
        *map(_library, _LIBRARIES),
        _toolkit(),
        _cipher(),
        _extra("pyarrow", _("not installed; only tables as Parquet need it")),
        _extra("distributed", _("not installed; only attune analyze --scheduler needs it")),
        _lsl(),
        asyncio.run(_bluetooth(clock, search)),
        _display(),
        _audio(sound),
        _keyring(folder),
        _folder(folder),
        _own_files(folder, problem),
        _disk(folder),
    )


def _python() -> Check:
    fix = "" if sys.version_info >= _LEAST_PYTHON else _("install Python 3.11 or newer")
    return Check("python", not fix, f"{platform.python_version()} ({platform.system()} {platform.machine()})", fix)


def _library(name: str) -> Check:
    version = version_of(name)
    fix = "" if version else _("install {name} into this environment").format(name=name)
    return Check(name, not fix, version or _("missing"), fix)


def _toolkit() -> Check:
    check = _library("PySide6-Essentials")
    if check.found != _BAD_TOOLKIT:
        return check
    return Check(check.name, is_fine=False, found=check.found, fix=_("install another version than 6.12.0: it aborts"))


def _cipher() -> Check:
    """Say what encrypts the store, by what the library says of itself."""
    try:
        import sqlcipher3
    except ImportError:
        return _library("sqlcipher3")
    with contextlib.closing(sqlcipher3.connect(":memory:")) as database:
        said = database.execute("PRAGMA cipher_version").fetchone()
    if said:
        return Check("sqlcipher3", is_fine=True, found=f"{version_of('sqlcipher3')} (SQLCipher {said[0]})")
    fix = _("install the sqlcipher3 wheel of PyPI, which has SQLCipher in it: without it nothing is encrypted")
    return Check("sqlcipher3", is_fine=False, found=_("there is no SQLCipher in it"), fix=fix)


def _extra(name: str, without: str) -> Check:
    """Say of a part that only some commands need whether it is there; missing, it is no fault."""
    return Check(name, is_fine=True, found=version_of(name) or without)


def _lsl() -> Check:
    try:
        pylsl = load_pylsl()
    except SensorError as error:
        fix = _("only LabStreamingLayer needs it: install liblsl and let PYLSL_LIB name it")
        return Check("liblsl", is_fine=False, found=error.detail, fix=fix)
    major, minor = divmod(int(pylsl.library_version()), 100)
    return Check("liblsl", is_fine=True, found=f"{major}.{minor} (pylsl {version_of('pylsl')})")


async def _bluetooth(clock: Clock, search: Search) -> Check:
    try:
        async with asyncio.timeout(_SEARCH_S), closing(search(clock)) as messages:
            async for message in messages:
                if isinstance(message, Status) and message.reason is not None:
                    advice = terminal_advice(message.reason)
                    return Check("bluetooth", is_fine=False, found=advice.sentence, fix=advice.step)
                return Check("bluetooth", is_fine=True, found=_("a search can start"))
    except TimeoutError:
        pass
    found = _("no answer in {seconds:g} s").format(seconds=_SEARCH_S)
    return Check("bluetooth", is_fine=False, found=found, fix=_("switch Bluetooth off and on"))


def _display() -> Check:
    fault = display_fault()
    return Check("display", not fault, _("no window can open") if fault else _("a window can open"), fault)


def _audio(sound: Callable[[], Sequence[str]]) -> Check:
    try:
        names = [clean_text(name) for name in sound()]
    except ImportError:
        return _library("miniaudio")
    if names:
        return Check("audio", is_fine=True, found=", ".join(names))
    fix = _("connect headphones or a speaker; without, everything but sound works")
    return Check("audio", is_fine=False, found=_("there is no device to hear anything from"), fix=fix)


def _keyring(folder: Path) -> Check:
    """Say what keeps the store from whoever has the computer; nothing is opened."""
    from app.store.system_keyring import SystemKeyring

    try:
        kinds = store_ways(folder)
    except AppError as error:
        return Check("keyring", is_fine=False, found=error.detail, fix=_("attune restore brings a store back"))
    if WrapKind.PASSPHRASE in kinds:
        return Check("keyring", is_fine=True, found=_("a passphrase keeps the store"))
    fix = _("set a passphrase: attune protect")
    if WrapKind.FILE in kinds:
        return Check("keyring", is_fine=False, found=_("not yet protected: the key lies beside the data"), fix=fix)
    if not SystemKeyring().is_there:
        return Check("keyring", is_fine=False, found=_("there is none here"), fix=fix)
    return Check("keyring", is_fine=True, found=_("there is one"))


def _folder(folder: Path) -> Check:
    nearest = _nearest(folder)
    if nearest.is_dir() and os.access(nearest, os.W_OK):
        return Check("data folder", is_fine=True, found=str(folder))
    fix = _("make {place} writable, or let ATTUNE_HOME name another folder").format(place=nearest)
    return Check("data folder", is_fine=False, found=str(folder), fix=fix)


def _own_files(folder: Path, problem: str) -> Check:
    if not problem:
        return Check("own files", is_fine=True, found=_("all can be read"))
    fix = _("mend it in {folder}, or take it away").format(folder=folder)
    return Check("own files", is_fine=False, found=problem, fix=fix)


def _disk(folder: Path) -> Check:
    free = shutil.disk_usage(_nearest(folder)).free
    found = _("{megabytes} MB free").format(megabytes=free // 1_000_000)
    if free >= _LEAST_FREE_BYTES:
        return Check("disk", is_fine=True, found=found)
    return Check("disk", is_fine=False, found=found, fix=_("free at least 200 MB"))


def _nearest(folder: Path) -> Path:
    """Give the folder, or what of its path is there."""
    return next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
