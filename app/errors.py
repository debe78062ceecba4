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
