# SPDX-License-Identifier: MIT
"""The one error of `app`: what could not be done, and one clear sentence for the person who asked for it."""

from enum import StrEnum


class Fault(StrEnum):
    """Why the application could not do what it was asked for."""

    NO_DISPLAY = "no_display"
    NO_TOOLKIT = "no_toolkit"
    PACKAGES_APART = "packages_apart"
    NO_OUTPUT = "no_output"
    GIVEN_TWICE = "given_twice"
    BEYOND_END = "beyond_end"  # a time after the end of a recording was asked for
    NOTHING_HEARD = "nothing_heard"  # a source that sent nothing until the session ended
    LOCKED = "locked"  # a passphrase or the recovery code is needed
    WRONG_KEY = "wrong_key"
    NO_KEYRING = "no_keyring"
    KEYS_DAMAGED = "keys_damaged"
    VAULT_DAMAGED = "vault_damaged"
    NEWER_STORE = "newer_store"  # a newer version of Attune wrote it
    OTHER_STORE = "other_store"
    STORE_BUSY = "store_busy"
    WEAK_PASSPHRASE = "weak_passphrase"  # noqa: S105 - the name of a fault
    NOT_PROTECTED = "not_protected"  # a name needs a passphrase or a keyring first
    NO_CONSENT = "no_consent"
    UNKNOWN_CODE = "unknown_code"
    UNKNOWN_PROTOCOL = "unknown_protocol"
    UNKNOWN_CONDITION = "unknown_condition"
    NOT_CONFIRMED = "not_confirmed"
    TOO_LATE = "too_late"
    NO_BACKUP = "no_backup"
    NOT_WRITTEN = "not_written"
    ALREADY_THERE = "already_there"  # an export overwrites nothing without being asked
    BAD_TARGET = "bad_target"  # no place, or no name, that can be written
    NO_SPACE = "no_space"
    CANNOT_WRITE = "cannot_write"
    NOTHING_TO_EXPORT = "nothing_to_export"
    NO_SESSION = "no_session"  # none runs that could take a marker, or more than one does
    BAD_MARKER = "bad_marker"
    NO_TERMINAL = "no_terminal"
    NO_SCHEDULER = "no_scheduler"  # a cluster that is not there, or went away
    MISSING_EXTRA = "missing_extra"  # a package that is installed only where it is wanted


class AppError(Exception):
    """The one error of `app`.

    Parameters
    ----------
    fault : Fault
        What happened, as a code.
    detail : str
        One clear sentence, with what to do about it.
    """

    def __init__(self, fault: Fault, detail: str) -> None:
        super().__init__(detail)
        self.fault = fault
        self.detail = detail
