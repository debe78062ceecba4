# SPDX-License-Identifier: MIT
"""A sensor that someone built, declared in a TOML file: how to find it, how its bytes are cut, what they mean.

A profile has names and numbers only, no expressions and no handshakes: reading one runs nothing of its author's.

Law: any file is a profile or raises `SensorError` with one sentence: the file, the key, and what is allowed there.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from dsp.codes import Reason
from sensors.ble.profile_model import DEVICE_PROFILE, DeviceProfile
from sensors.ble.text import clean_text
from sensors.source import SensorError

_PROFILE: TypeAdapter[DeviceProfile] = TypeAdapter(DEVICE_PROFILE)
_MAX_FILE_BYTES = 65536


@dataclass(frozen=True, slots=True)
class ProfileShelf:
    """The profiles of some folders by the stem of their file, and the files that could not be read."""

    profiles: Mapping[str, DeviceProfile]
    faults: tuple[SensorError, ...] = ()


def read_profiles(folders: Iterable[Path]) -> ProfileShelf:
    """Read every `*.toml` of some folders; a later folder's file replaces an earlier one of the same name.

    A folder that is not there is an empty one. A file that is no profile becomes a fault and keeps nothing else back.
    """
    profiles: dict[str, DeviceProfile] = {}
    faults = []
    for path in (path for folder in folders for path in sorted(folder.glob("*.toml"))):
        try:
            profiles[path.stem] = read_profile(path)
        except SensorError as error:
            faults.append(error)
    return ProfileShelf(MappingProxyType(profiles), tuple(faults))


def read_profile(path: Path) -> DeviceProfile:
    """Read one file.

    Raises
    ------
    SensorError
        `FILE_MISSING`, `FILE_IS_FOLDER` or `FILE_DENIED`; `FILE_MALFORMED` when it is no profile.
    """
    name = clean_text(path.name)
    if path.is_dir():
        raise SensorError(Reason.FILE_IS_FOLDER, f"{name} is a folder; a profile is a file")
    if path.exists() and not path.is_file():  # opening a pipe waits for a writer
        raise SensorError(Reason.FILE_DENIED, f"{name} is a pipe or a device; a profile is a file")
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_FILE_BYTES + 1)
    except FileNotFoundError as error:
        raise SensorError(Reason.FILE_MISSING, f"there is no file {name}") from error
    except OSError as error:
        raise SensorError(Reason.FILE_DENIED, f"{name} cannot be read: {error.strerror}") from error
    return parse_profile(data, name)


def parse_profile(data: bytes, file: str) -> DeviceProfile:
    """Read a profile from the bytes of a file of this name."""
    if len(data) > _MAX_FILE_BYTES:
        raise _malformed(file, f"must have at most {_MAX_FILE_BYTES} bytes")
    try:
        return _PROFILE.validate_python(tomllib.loads(data.decode()))
    except ValidationError as error:
        raise _malformed(file, _sentence(error.errors(include_url=False)[0])) from error
    except UnicodeDecodeError as error:
        raise _malformed(file, f"must be UTF-8 text, and is not at byte {error.start}") from error
    except tomllib.TOMLDecodeError as error:
        raise _malformed(file, f"is no TOML: {error}") from error
    except RecursionError as error:
        raise _malformed(file, "is no TOML: it is nested too deep") from error
    except ValueError as error:  # what int() says of more than 4300 digits
        raise _malformed(file, "is no TOML: it has a number of thousands of digits") from error


def _sentence(error: ErrorDetails) -> str:
    """Say one fault: the key, what is allowed, what it is."""
    key = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error["loc"]).lstrip(".")
    if error["type"] == "missing":
        return f"{key} is missing"
    says = error["msg"].removeprefix("Value error, ")
    if error["type"] == "dataclass_type":
        says = "must be a table"
    says = re.sub("^[A-Z][a-z]+ should", "must", says)
    return f"{clean_text(key)} {says}{_not(error['input'], says)}".strip()


def _not(said: object, says: str) -> str:
    """Say what stands in the file, where that helps and is not said yet."""
    if not isinstance(said, str | int | float) or ", not" in says:
        return ""
    is_huge = isinstance(said, int) and said.bit_length() > 64  # Python refuses to write thousands of digits
    return ", not a number of more than 64 bits" if is_huge else f", not {clean_text(repr(said))}"


def _malformed(file: str, sentence: str) -> SensorError:
    return SensorError(Reason.FILE_MALFORMED, f"{file}: {sentence}")
