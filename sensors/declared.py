# SPDX-License-Identifier: MIT
"""What people declare in TOML files of their own: device profiles, protocols, the words of cues.

Law: any file is what it should be or raises `SensorError` with one sentence: the file, the key, and what is allowed
there. Reading one runs nothing of its author's.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from types import MappingProxyType
from typing import Generic, TypeVar

from pydantic import BeforeValidator, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from dsp.codes import Reason
from sensors.foreign_text import clean_text
from sensors.source import SensorError

T = TypeVar("T")

_MAX_FILE_BYTES = 65536


@dataclass(frozen=True, slots=True)
class Shelf(Generic[T]):
    """What some folders hold, by the stem of each file, and the files that could not be read."""

    found: Mapping[str, T]
    faults: tuple[SensorError, ...] = ()


@dataclass(frozen=True, slots=True)
class Declared(Generic[T]):
    """A kind of file.

    Parameters
    ----------
    noun : str
        What one is called in a sentence.
    adapter : TypeAdapter
        What is allowed in it.
    """

    noun: str
    adapter: TypeAdapter[T]

    def read_folders(self, folders: Iterable[Path]) -> Shelf[T]:
        """Read every `*.toml` of some folders; a later folder's file replaces an earlier one of the same name.

        A folder that is not there is an empty one. A file that cannot be used becomes a fault and keeps nothing else
        back.
        """
        found: dict[str, T] = {}
        faults = []
        for path in (path for folder in folders for path in sorted(folder.glob("*.toml"))):
            try:
                found[path.stem] = self.read(path)
            except SensorError as error:
                faults.append(error)
        return Shelf(MappingProxyType(found), tuple(faults))

    def read(self, path: Path) -> T:
        """Read one file.

        Raises
        ------
        SensorError
            `FILE_MISSING`, `FILE_IS_FOLDER` or `FILE_DENIED`; `FILE_MALFORMED` when it is not what it should be.
        """
        name = clean_text(path.name)
        if path.is_dir():
            raise SensorError(Reason.FILE_IS_FOLDER, f"{name} is a folder; a {self.noun} is a file")
        if path.exists() and not path.is_file():  # opening a pipe waits for a writer
            raise SensorError(Reason.FILE_DENIED, f"{name} is a pipe or a device; a {self.noun} is a file")
        try:
            with path.open("rb") as file:
                data = file.read(_MAX_FILE_BYTES + 1)
        except FileNotFoundError as error:
            raise SensorError(Reason.FILE_MISSING, f"there is no file {name}") from error
        except OSError as error:
            raise SensorError(Reason.FILE_DENIED, f"{name} cannot be read: {error.strerror}") from error
        return self.parse(data, name)

    def parse(self, data: bytes, file: str) -> T:
        """Read the bytes of a file of this name."""
        if len(data) > _MAX_FILE_BYTES:
            raise _malformed(file, f"must have at most {_MAX_FILE_BYTES} bytes")
        try:
            return self.adapter.validate_python(tomllib.loads(data.decode()))
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


def only_keys_of(table: type) -> BeforeValidator:
    """Allow a table the keys of a dataclass and no others."""
    known = sorted(f.name for f in fields(table))

    def check(value: object) -> object:
        unknown = [str(key) for key in value if key not in known] if isinstance(value, dict) else []
        if unknown:
            words = {"key": clean_text(unknown[0]), "known": ", ".join(known)}
            raise PydanticCustomError("key", "has no key '{key}'; allowed are {known}", words)
        return value

    return BeforeValidator(check)


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
